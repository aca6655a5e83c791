"""Cases of invented reports with what they share, made by hand."""

from __future__ import annotations

from typing import Any

from ondit.model import Published, Record, Span
from ondit.model.comparison import (
    Contradiction,
    Corroboration,
    Derivation,
    Group,
    Interval,
    Origin,
    Pairing,
    Passage,
    ReportClaim,
    Reported,
)
from tests.case.dossier_samples import Sample

SENTENCE = "The gate at Selvane broke at dawn, the harbour office said, and 14 people were hurt."


def report(number: int, outlet: str | None = None, text: str = SENTENCE, **meta: Any) -> Record:
    """Return a report with a claim laid to the harbour office, and one of its own."""
    day = meta.pop("day", f"2031-03-{number % 28 + 1:02}")
    language = meta.pop("language", "en")
    sample = Sample(
        f"Report {number} begins.\n{text}",
        name=f"report-{number}.txt",
        language=language,
        outlet=outlet or f"Outlet {number}",
        verdict="article",
        published=Published(value=day, earliest=day, latest=day),
        **meta,
    )
    office = sample.entity("the harbour office", "organisation", "organisation")
    by = sample.said(
        "The gate at Selvane broke at dawn",
        "the harbour office",
        "said",
        "organisation",
        speaker=office,
    )
    sample.claim("The gate at Selvane broke at dawn", by=(by,))
    sample.claim("14 people were hurt")
    return sample.done()


def span(record: Record, words: str) -> Span:
    """Return where the words stand."""
    start = record.text.index(words)
    return Span(start=start, end=start + len(words), exact=words)


class Shared:
    """A corroboration under construction."""

    def __init__(self, *records: Record) -> None:
        self.records = records
        self.names = [f"r{n}" for n in range(1, len(records) + 1)]
        self.derivations: list[Derivation] = []
        self.origins: list[Origin] = []
        self.groups: list[Group] = []
        self.contradictions: list[Contradiction] = []

    def tie(self, first: int, later: int, kind: str, *, known: bool = True) -> None:
        """Tie two reports, by their numbers."""
        records = self.records[first - 1], self.records[later - 1]
        spans = [span(record, record.text.splitlines()[1]) for record in records]
        pairing = Pairing(kind="same-words", from_span=spans[0], to_span=spans[1], note="16 words")
        self.derivations.append(
            Derivation(
                from_=f"r{first}",
                to=f"r{later}",
                kind=kind,
                direction="known" if known else "unknown",
                evidence=(pairing, Pairing(kind="credit", note="names Outlet 1")),
            )
        )

    def origin(self, *numbers: int, **more: Any) -> None:
        """Put reports under one origin."""
        passages = tuple(Passage(report=f"r{n}", span=s) for n, s in more.pop("passages", ()))
        names = tuple(f"r{n}" for n in numbers)
        number = len(self.origins)
        self.origins.append(Origin(id=f"o-{number}", reports=names, passages=passages, **more))

    def group(self, *places: tuple[int, int], low: int = 1, high: int = 1) -> None:
        """Group claims: pairs of a report's number and a claim's position in it."""
        claims = tuple(self.place(*place) for place in places)
        reports = len({number for number, _ in places})
        self.groups.append(
            Group(
                id=f"g-{len(self.groups)}",
                claims=claims,
                reports=reports,
                publishers=reports,
                families=reports,
                origins=Interval(low=low, high=high),
                first_seen="2031-03-02",
            )
        )

    def clash(self, one: tuple[int, int], other: tuple[int, int], kind: str, note: str) -> None:
        """Set two claims against each other."""
        self.contradictions.append(
            Contradiction(
                a=self.place(*one),
                b=self.place(*other),
                kind=kind,
                evidence=(Pairing(kind="number", note=note),),
            )
        )

    def place(self, number: int, position: int) -> ReportClaim:
        """Return the name of a claim."""
        claim = self.records[number - 1].claims[position].id
        return ReportClaim(report=f"r{number}", claim=claim)

    def done(self) -> Corroboration:
        """Return the corroboration."""
        return Corroboration(
            reports=tuple(
                Reported(id=name, sha256=record.capture.sha256, path_or_url=record.input)
                for name, record in zip(self.names, self.records, strict=True)
            ),
            derivations=tuple(self.derivations),
            origins=tuple(self.origins),
            groups=tuple(self.groups),
            contradictions=tuple(self.contradictions),
        )


def agency() -> tuple[tuple[Record, ...], Corroboration]:
    """Return six reports: a dispatch, two that hand it on, two of no known order, one alone."""
    shared = Shared(
        report(1, "Agence Littoral"),
        report(2, "Le Courrier"),
        report(3, "The Harbour Gazette"),
        report(4, "La Dépêche", language="fr"),
        report(5, "The Gull"),
        report(6, "The Lantern"),
    )
    shared.tie(1, 2, "partial")
    shared.tie(2, 3, "rewrite")
    shared.tie(4, 5, "translation", known=False)
    shared.tie(1, 6, "cites")
    shared.tie(5, 6, "shared-quote", known=False)
    shared.origin(1, 2, 3, began="r1")
    shared.origin(4, 5)
    shared.origin(6)
    shared.group((1, 1), (2, 1), (3, 1))
    shared.group((1, 0), (3, 0), (4, 0), (5, 0), (6, 0), low=2, high=3)
    shared.group((2, 1), (6, 1), low=2, high=2)
    shared.clash((1, 1), (6, 1), "disagreement", "14 against ..12")
    return shared.records, shared.done()


def wide(size: int) -> tuple[tuple[Record, ...], Corroboration]:
    """Return one dispatch and many copies of it."""
    shared = Shared(*(report(n) for n in range(1, size + 1)))
    for number in range(2, size + 1):
        shared.tie(1, number, "copy")
    shared.origin(*range(1, size + 1), began="r1")
    shared.group(*((n, 1) for n in range(1, size + 1)))
    return shared.records, shared.done()
