"""Contradictions: claims on one thing that cannot both hold, after copies have been collapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact, Match
from ondit.model import Quantity
from ondit.model.comparison import Contradiction, ContradictionKind, Pairing, ReportClaim

_RISING = {"killed", "injured", "missing", "arrested", "evacuated", "displaced", "total"}
"""Counts that grow as more becomes known; when the later report has more, that is an update."""

_SURE = {"asserted", "unconfirmed", "hedged"}


def contradictions(case: Case, matches: Sequence[Match]) -> Iterator[Contradiction]:
    """Yield the contradictions among claims that speak of the same thing."""
    for match in matches:
        yield from _numbers(case, match)
        yield from _denial(match, case)


def _numbers(case: Case, match: Match) -> Iterator[Contradiction]:
    for one, other in counterparts(match.one, match.other):
        if not _agree(one, other):
            pairing = Pairing(
                kind="number",
                from_span=one.span,
                to_span=other.span,
                note=f"{_bounds(one)} against {_bounds(other)}",
            )
            yield _contradiction(case, match, _number_kind(case, match, one, other), pairing)


def counterparts(one: Fact, other: Fact) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the quantities of two claims that count or measure the same thing."""
    taken = set[str]()
    for first in one.quantities:
        for second in other.quantities:
            if second.id not in taken and _comparable(first, second):
                taken.add(second.id)
                yield first, second
                break


def _comparable(one: Quantity, other: Quantity) -> bool:
    return (one.kind, one.unit, one.role) == (other.kind, other.unit, other.role)


def _agree(one: Quantity, other: Quantity) -> bool:
    """Return whether both quantities can hold: their bounds overlap, or nothing bounds them."""
    low, high = (_limit(one, other, side) for side in ("low", "high"))
    return low is None or high is None or low <= high


def _limit(one: Quantity, other: Quantity, side: str) -> float | None:
    bounds = [getattr(quantity, side) for quantity in (one, other)]
    known = [bound for bound in bounds if bound is not None]
    if not known:
        return None
    return float(max(known) if side == "low" else min(known))


def _bounds(quantity: Quantity) -> str:
    if quantity.value is not None:
        return f"{quantity.value:g}"
    low = "" if quantity.low is None else f"{quantity.low:g}"
    high = "" if quantity.high is None else f"{quantity.high:g}"
    return f"{low}..{high}"


def _number_kind(case: Case, match: Match, one: Quantity, other: Quantity) -> ContradictionKind:
    later = _later(case, match)
    if later is not None and one.role in _RISING:
        early, late = (other, one) if later == match.one.report else (one, other)
        if (late.low or 0) > (early.low or 0):
            return "update"
    return "copying-error" if match.handed_on else "disagreement"


def _later(case: Case, match: Match) -> int | None:
    """Return which report is of a later day or hour by what both state, or None."""
    stated = [case.accounts[f.report].record.meta.published for f in (match.one, match.other)]
    first, second = (published.value for published in stated)
    if not first or not second or first == second:
        return None
    if len(first) == len(second):
        return match.one.report if first > second else match.other.report
    days = [date.fromisoformat(value[:10]) for value in (first, second)]
    if days[0] == days[1]:
        return None
    return match.one.report if days[0] > days[1] else match.other.report


def _denial(match: Match, case: Case) -> Iterator[Contradiction]:
    one, other = match.one.claim, match.other.claim
    denied = [claim.status == "denied" for claim in (one, other)]
    sure = [claim.status in _SURE for claim in (one, other)]
    kind: ContradictionKind
    if denied[0] != denied[1] and (sure[0] or sure[1]):
        kind, note = "denial", "one side denies it"
    elif one.polarity != other.polarity and all(sure):
        kind = "copying-error" if match.handed_on else "disagreement"
        note = "one affirms what the other negates"
    else:
        return
    pairing = Pairing(
        kind="polarity", from_span=match.one.span, to_span=match.other.span, note=note
    )
    yield _contradiction(case, match, kind, pairing)


def _contradiction(
    case: Case, match: Match, kind: ContradictionKind, evidence: Pairing
) -> Contradiction:
    return Contradiction(
        a=report_claim(case, match.one),
        b=report_claim(case, match.other),
        kind=kind,
        evidence=(evidence,),
    )


def report_claim(case: Case, fact: Fact) -> ReportClaim:
    """Return how a claim is named outside."""
    return ReportClaim(report=case.accounts[fact.report].id, claim=fact.claim.id)
