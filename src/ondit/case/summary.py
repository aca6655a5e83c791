"""What a case says at a glance: claims with their voices, sources, timeline, counts; plain values.

Command line and dossier show these values; they count nothing themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from ondit.case.corrections import Correction
from ondit.case.search import fold
from ondit.model import Claim, Record, SpanIndex
from ondit.model.annotations import Polarity, SourceKind, Status, TimexType
from ondit.model.voices import Ground, Voice, voices

GROUNDS: dict[Ground, str] = {
    "report": "in the report's own voice",
    "named": "on a named person",
    "organisation": "on an organisation, document or outlet",
    "role": "on a person known by role",
    "anonymous": "on someone unnamed",
    "unstated": "on a source not stated",
}
"""What a claim can rest on, in words, in the order in which they are shown."""

# Sources of these kinds are one and the same wherever their name occurs in a case. Two reports'
# "a resident" may be two people, so the other kinds stay apart by report.
_SAME_BY_NAME: frozenset[SourceKind] = frozenset(
    {"named_person", "organisation", "document", "outlet"}
)


_Key = tuple[str, str, str]


class When(msgspec.Struct, frozen=True, kw_only=True):
    """One time expression of a claim."""

    words: str
    type: TimexType
    value: str | None
    earliest: str | None
    latest: str | None


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim with all that a reader needs to weigh it, resolved to words."""

    report: int | None
    """Number of the report in its case; None outside of one."""
    input: str
    outlet: str | None
    published: str | None
    claim: str
    words: str
    start: int
    quoted: bool
    """The claim stands between quotation marks of speech."""
    subject: str | None
    status: Status
    polarity: Polarity
    ground: Ground
    voices: tuple[Voice, ...]
    """Innermost first; empty when the report says it in its own voice."""
    times: tuple[When, ...]
    earliest: str | None
    latest: str | None
    """Bounds that its days and hours set together; durations set none."""
    places: tuple[str, ...]
    quantities: tuple[str, ...]
    entities: tuple[str, ...]
    """Names of the entities that the claim mentions."""
    corrections: tuple[Correction, ...] = ()
    """What people decided on the claim, its attributions or its speakers."""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims are wanted: those that answer every condition that is not None or empty."""

    source: str | None = None
    """Occurs in the name or words of one of the claim's voices, accents and case aside."""
    status: tuple[Status, ...] = ()
    """Any of these."""
    entity: str | None = None
    """Occurs in the name of an entity that the claim mentions."""
    text: str | None = None
    """Occurs in the claim's words."""
    since: date | None = None
    """The claim speaks of a time that may lie on this day or later."""
    until: date | None = None
    """The claim speaks of a time that may lie on this day or earlier."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on whom claims of the case rest."""

    name: str
    kind: SourceKind
    claims: int
    """Claims of which it is the innermost source."""
    relayed: int
    """Claims that it hands on from somebody else."""
    reports: tuple[str, ...]
    """Inputs of the reports that cite it."""

    @property
    def anonymous(self) -> bool:
        """True when the reports withhold the name, or never had one."""
        return self.kind in ("anonymous_person", "collective", "unspecified")


EVERYTHING = Filter()
"""No condition: all claims."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that speak of the same stretch of time."""

    earliest: str | None
    latest: str | None
    """ISO days; equal when the day is known, apart when only bounds are."""
    claims: tuple[ClaimRow, ...]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many claims there are, of which status, resting on what."""

    reports: int
    claims: int
    status: dict[Status, int]
    grounds: dict[Ground, int]
    corrected: int


def claim_rows(
    record: Record,
    *,
    number: int | None = None,
    corrections: Mapping[str, tuple[Correction, ...]] | None = None,
) -> Iterator[ClaimRow]:
    """Yield the claims of `record` in text order, each resolved to words."""
    quoted = SpanIndex(
        (q.span.start, q.span.end, q) for q in record.quotations if q.kind == "speech"
    )
    mentioned = SpanIndex((m.span.start, m.span.end, m.entity) for m in record.mentions)
    names = {e.id: e.name for e in record.entities}
    for claim in sorted(record.claims, key=lambda c: c.spans[0].start):
        chain = voices(record, claim)
        first = claim.spans[0]
        found = (e for s in claim.spans for e in mentioned.inside(s.start, s.end) if e)
        times, earliest, latest = _times(record, claim)
        yield ClaimRow(
            report=number,
            input=record.input,
            outlet=record.meta.outlet,
            published=record.meta.published.value,
            claim=claim.id,
            words=" … ".join(span.exact for span in claim.spans),
            start=first.start,
            quoted=bool(quoted.covering(first.start, first.end)),
            subject=claim.subject.exact if claim.subject else None,
            status=claim.status,
            polarity=claim.polarity,
            ground=chain[0].ground if chain else "report",
            voices=chain,
            times=times,
            earliest=earliest,
            latest=latest,
            places=tuple(p.span.exact for p in record.places if p.id in claim.places),
            quantities=_quantities(record, claim),
            entities=tuple(dict.fromkeys(names[e] for e in found)),
            corrections=_corrections(claim, chain, corrections or {}),
        )


def _times(record: Record, claim: Claim) -> tuple[tuple[When, ...], str | None, str | None]:
    """Return the claim's time expressions, and the bounds that its days and hours set together."""
    times = tuple(
        When(words=t.span.exact, type=t.type, value=t.value, earliest=t.earliest, latest=t.latest)
        for t in record.timexes
        if t.id in claim.times
    )
    dated = [when for when in times if when.type in ("DATE", "TIME")]
    earliest = min((when.earliest for when in dated if when.earliest), default=None)
    latest = max((when.latest for when in dated if when.latest), default=None)
    return times, earliest, latest


def _quantities(record: Record, claim: Claim) -> tuple[str, ...]:
    """Return the words of the claim's quantities but those that are its times as well."""
    times = {t.span for t in record.timexes if t.id in claim.times}
    found = (q.span for q in record.quantities if q.id in claim.quantities)
    return tuple(span.exact for span in found if span not in times)


def _corrections(
    claim: Claim, chain: tuple[Voice, ...], corrections: Mapping[str, tuple[Correction, ...]]
) -> tuple[Correction, ...]:
    targets = [claim.id, *claim.attribution, *(v.speaker for v in chain if v.speaker)]
    return tuple(c for target in targets for c in corrections.get(target, ()))


def sources(rows: Iterable[ClaimRow]) -> list[Source]:
    """Return who the claims rest on, the most cited first.

    People, organisations, documents and outlets with a name are one source throughout the case;
    everyone else (a role, someone anonymous, a group) is a source of one report.
    """
    own: Counter[_Key] = Counter()
    relayed: Counter[_Key] = Counter()
    shown: dict[_Key, tuple[str, SourceKind]] = {}
    cited: dict[_Key, dict[str, None]] = {}
    for row in rows:
        for place, voice in enumerate(row.voices):
            key = _key(row, voice)
            (relayed if place else own)[key] += 1
            shown.setdefault(key, (voice.name or "source not stated", voice.kind))
            cited.setdefault(key, {})[row.input] = None
    found = [
        Source(
            name=name, kind=kind, claims=own[key], relayed=relayed[key], reports=tuple(cited[key])
        )
        for key, (name, kind) in shown.items()
    ]
    return sorted(found, key=lambda s: (-s.claims, -s.relayed, fold(s.name)))


def _key(row: ClaimRow, voice: Voice) -> _Key:
    name = fold(voice.name or "")
    if voice.kind in _SAME_BY_NAME:
        return (voice.kind, name, "")
    return (voice.kind, voice.speaker or name, f"{row.report}:{row.input}")


def timeline(rows: Iterable[ClaimRow]) -> list[Moment]:
    """Return the dated claims by the stretch of time they speak of, earliest first.

    A stretch without a beginning is ordered by its end; claims without a date are left out.
    """
    moments: dict[tuple[str | None, str | None], list[ClaimRow]] = {}
    for row in rows:
        if row.earliest or row.latest:
            moments.setdefault((row.earliest, row.latest), []).append(row)
    ordered = sorted(moments, key=lambda m: (m[0] or m[1] or "", m[1] or "9999"))
    return [Moment(earliest=e, latest=x, claims=tuple(moments[e, x])) for e, x in ordered]


def count(rows: Iterable[ClaimRow]) -> Counts:
    """Return how many claims there are, by status and by what they rest on."""
    rows = list(rows)
    grounds = Counter(row.ground for row in rows)
    return Counts(
        reports=len({(row.report, row.input) for row in rows}),
        claims=len(rows),
        status=dict(Counter(row.status for row in rows).most_common()),
        grounds={ground: grounds[ground] for ground in GROUNDS if grounds[ground]},
        corrected=sum(1 for row in rows if row.corrections),
    )
