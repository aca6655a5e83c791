"""What reports share, for a terminal: groups, origins, contradictions, derivations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ondit.app.signs import visible
from ondit.model import CaseError, Claim, Record
from ondit.model.comparison import (
    Corroboration,
    Derivation,
    Interval,
    Pairing,
    ReportClaim,
    Reported,
)

_VERBS = {
    "copy": "copied",
    "partial": "partly copied",
    "rewrite": "rewritten",
    "translation": "translated",
    "cites": "cited",
    "shared-quote": "quotes the same words as",
}
_WORDS = 160


def groups_table(found: Corroboration, records: Mapping[str, Record]) -> RenderableType:
    """Return the claims that several reports make, the best corroborated first, and habits."""
    lines = [
        f"{one} and {other} share an account in {habit.shared} of {habit.met} matters."
        for habit in found.habits
        for one, other in [habit.publishers]
    ]
    return Group(_groups(found, records), *map(_text, lines)) if lines else _groups(found, records)


def _groups(found: Corroboration, records: Mapping[str, Record]) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    for name in ("reports", "publishers", "origins"):
        made.add_column(name, justify="right", no_wrap=True)
    made.add_column("claim", ratio=3)
    made.add_column("resting on", ratio=2)
    order = sorted(found.groups, key=lambda g: (-g.origins.high, -g.reports, g.claims[0].report))
    for group in order:
        made.add_row(
            str(group.reports),
            str(group.publishers),
            interval(group.origins),
            _text(_words(_claim(group.claims[0], records))),
            _text("; ".join(group.ultimate_sources)),
        )
    return made


def interval(bounds: Interval) -> str:
    """Return bounds as "2", or "1 to 2" where they differ."""
    return str(bounds.low) if bounds.low == bounds.high else f"{bounds.low} to {bounds.high}"


def origins_table(found: Corroboration) -> Table:
    """Return the origins, the most widely handed on first."""
    shown = {report.id: report for report in found.reports}
    made = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    made.add_column("reports", justify="right", no_wrap=True)
    made.add_column("began with", ratio=2)
    made.add_column("handed on by", ratio=3)
    for origin in sorted(found.origins, key=lambda o: (-len(o.reports), o.reports)):
        began = origin.began or (origin.reports[0] if len(origin.reports) == 1 else None)
        first = outlet(shown[began]) if began else (origin.unseen or "not known")
        others = [outlet(shown[name]) for name in origin.reports if name != began]
        made.add_row(str(len(origin.reports)), _text(first), _text(", ".join(others) or "nobody"))
    return made


def outlet(report: Reported) -> str:
    """Return what a report is called: its outlet and number."""
    name = report.outlet or report.publisher or report.path_or_url.rstrip("/").rpartition("/")[2]
    return f"{name} ({report.id[1:]})"


def contradictions_table(found: Corroboration, records: Mapping[str, Record]) -> Table:
    """Return contradicting claims side by side."""
    shown = {report.id: report for report in found.reports}
    made = Table(box=None, padding=(0, 2, 1, 0), expand=True)
    made.add_column("kind", no_wrap=True)
    made.add_column("one says", ratio=1)
    made.add_column("another says", ratio=1)
    made.add_column("because", ratio=1)
    for found_one in found.contradictions:
        sides = [
            _text(f"{outlet(shown[side.report])}: {_words(_claim(side, records))}")
            for side in (found_one.a, found_one.b)
        ]
        why = "; ".join(e.note or e.kind for e in found_one.evidence)
        made.add_row(found_one.kind, *sides, _text(why))
    return made


def derivation_parts(
    found: Corroboration, between: Sequence[Derivation], ends: Sequence[str]
) -> Iterator[RenderableType]:
    """Yield what is known of the dependence of two reports, evidence side by side."""
    shown = {report.id: report for report in found.reports}
    if not between:
        names = " and ".join(outlet(shown[end]) for end in ends)
        yield _text(f"Nothing on the pages shows that {names} depend on each other directly.")
        yield from _through(found, ends, shown)
    for derivation in between:
        first, second = outlet(shown[derivation.from_]), outlet(shown[derivation.to])
        known = derivation.direction == "known"
        verb = _VERBS[derivation.kind]
        if known or derivation.kind == "shared-quote":
            yield _text(f"{second}: {verb} {'from ' if known else ''}{first}")
        else:
            yield _text(f"{first}, {second}: one {verb} from the other, or both from a third")
        yield _evidence_table(derivation.evidence)


def _through(
    found: Corroboration, ends: Sequence[str], shown: Mapping[str, Reported]
) -> Iterator[RenderableType]:
    for origin in found.origins:
        if set(ends) <= set(origin.reports):
            others = [outlet(shown[name]) for name in origin.reports if name not in ends]
            through = ", ".join(others) or "a common origin"
            yield _text(f"They share an origin all the same, through {through}.")


def _evidence_table(evidence: Iterable[Pairing]) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 2), expand=True, show_header=False)
    made.add_column(no_wrap=True)
    for _ in range(3):
        made.add_column(ratio=1)
    for one in evidence:
        spans = [_text(span.exact) if span else Text() for span in (one.from_span, one.to_span)]
        made.add_row(one.kind, *spans, _text(one.note or ""))
    return made


def _claim(place: ReportClaim, records: Mapping[str, Record]) -> Claim:
    for claim in records[place.report].claims:
        if claim.id == place.claim:
            return claim
    raise CaseError(f"what was compared names the claim {place.claim}, which is not there")


def _words(claim: Claim) -> str:
    words = " … ".join(" ".join(span.exact.split()) for span in claim.spans)
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"


def _text(words: str) -> Text:
    return Text(visible(words))
