"""Contradictions: claims on one thing that cannot both hold, after copies have been collapsed.

Between two reports that hand on the same sentence, another number is an error of copying or a later
edition. Between reports of their own it is a disagreement, or an update where the later one has the
count that had to grow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact, Match, one_story, weighted
from ondit.comparing.network import STRONG, Link
from ondit.comparing.origins import Class
from ondit.comparing.vectors import Vectors
from ondit.comparing.words import folded
from ondit.model import Quantity
from ondit.model.comparison import Contradiction, ContradictionKind, Pairing, ReportClaim

RISING = {"killed", "injured", "missing", "arrested", "displaced"}
"""Counts that grow as more becomes known."""

_SURE = {"asserted", "unconfirmed", "hedged"}

_FAR = 2.5
"""Ratio of two measures beyond which they measure different things; a hurried reader would not take
one for the other."""

_PREFIX = 5

_MEASURES = {"percent", "money", "length", "speed", "mass", "area", "volume", "temperature"}


@dataclass(frozen=True)
class Found:
    """A contradiction before it is collapsed."""

    one: Fact
    other: Fact
    kind: ContradictionKind
    topic: str
    """What it is about, the same for all copies of both sides."""
    evidence: Pairing


def contradictions(
    case: Case,
    links: Sequence[Link],
    matches: Sequence[Match],
    facts: Sequence[tuple[Fact, ...]],
    classes: Sequence[Class],
) -> Iterator[Contradiction]:
    """Yield the contradictions of a case, each once however often both sides were copied."""
    home = _homes(classes)
    found = [
        *_handed_on(case, links, facts),
        *_denials(case, matches, facts, home),
        *_counts(case, facts, home),
    ]
    seen = set[tuple[object, ...]]()
    for one in found:
        ends = frozenset((home[one.one.report], home[one.other.report]))
        if (ends, one.topic) not in seen:
            seen.add((ends, one.topic))
            yield Contradiction(
                a=report_claim(case, one.one),
                b=report_claim(case, one.other),
                kind=one.kind,
                evidence=(one.evidence,),
            )


def _homes(classes: Sequence[Class]) -> dict[int, int]:
    """Return the first origin of each report."""
    home: dict[int, int] = {}
    for number, one in enumerate(classes):
        for report in one.reports:
            home.setdefault(report, number)
    return home


# -- one sentence, two numbers ---------------------------------------------------------------------


def _handed_on(
    case: Case, links: Sequence[Link], facts: Sequence[tuple[Fact, ...]]
) -> Iterator[Found]:
    """Yield numbers that changed where a sentence was handed on."""
    for link in links:
        if link.edge.kind in STRONG:
            for pair in link.edge.pairs:
                ends = (link.edge.one, pair.first), (link.edge.other, pair.other)
                yield from _changed(case, link, ends, facts)


def _changed(
    case: Case,
    link: Link,
    ends: tuple[tuple[int, int], tuple[int, int]],
    facts: Sequence[tuple[Fact, ...]],
) -> Iterator[Found]:
    counted = [_counted(facts[report], sentence) for report, sentence in ends]
    values = [{_value(q) for _, q in row} for row in counted]
    left = [
        [(fact, q) for fact, q in row if _value(q) not in others]
        for row, others in zip(counted, reversed(values), strict=True)
    ]
    if len(left[0]) == len(left[1]) == 1:
        (fact, one), (opposite, other) = left[0][0], left[1][0]
        if one.kind == other.kind and not _agree(one, other):
            later = _edition(case, link, one, other)
            kind: ContradictionKind = "update" if later else "copying-error"
            yield _clash(fact, opposite, one, other, kind)


def _counted(facts: Iterable[Fact], sentence: int) -> list[tuple[Fact, Quantity]]:
    """Return the quantities of a sentence, each once, with the smallest claim that holds it."""
    held: dict[str, tuple[Fact, Quantity]] = {}
    for fact in facts:
        if fact.sentence == sentence:
            for quantity in fact.quantities:
                known = held.get(quantity.id)
                if known is None or fact.size < known[0].size:
                    held[quantity.id] = (fact, quantity)
    return list(held.values())


def _value(quantity: Quantity) -> tuple[object, ...]:
    return quantity.low, quantity.high


def _edition(case: Case, link: Link, one: Quantity, other: Quantity) -> bool:
    """Return whether the change is a later edition's: of one outlet, or telling the old number."""
    ends = [case.accounts[n] for n in (link.edge.one, link.edge.other)]
    names = [account.identity.publishing for account in ends]
    if names[0] is not None and names[0] == names[1]:
        return True
    numbers = [{_value(q) for q in account.record.quantities} for account in ends]
    return _value(one) in numbers[1] or _value(other) in numbers[0]


# -- counts of independent reports -----------------------------------------------------------------


def _counts(case: Case, facts: Sequence[tuple[Fact, ...]], home: dict[int, int]) -> Iterator[Found]:
    """Yield numbers that two reports of one story give for one thing, each on its own."""
    for one, other in case.near:
        if home[one] != home[other] and one_story(case, one, other):
            here, there = _things(facts[one]), _things(facts[other])
            for thing in sorted(here.keys() & there.keys()):
                yield from _differing(case, here[thing], there[thing])
            yield from _left_over(case, one, other, facts)
            if case.vectors is not None:
                yield from _denials_proposed(case.vectors, case, one, other, facts)


def _left_over(
    case: Case, one: int, other: int, facts: Sequence[tuple[Fact, ...]]
) -> Iterator[Found]:
    """Yield the counts that remain when equal ones are paired, near enough to be the same count.

    Either must be the only count of its size that its report leaves over. Where vectors are at
    hand, their sentences must also prefer each other.
    """
    rows = [_large_counts(facts[n]) for n in (one, other)]
    values = [{_value(q) for _, q in row} for row in rows]
    left = [
        [(f, q) for f, q in row if _value(q) not in others]
        for row, others in zip(rows, reversed(values), strict=True)
    ]
    for fact, first in left[0]:
        near = [(f, q) for f, q in left[1] if _same_count(first, q)]
        if len(near) == 1 and sum(_same_count(q, near[0][1]) for _, q in left[0]) == 1:
            opposite, second = near[0]
            if case.vectors is None or _preferred(case.vectors, case, fact, opposite):
                kind = _independent_kind(case, fact, opposite, first, second)
                yield _clash(fact, opposite, first, second, kind)


def _large_counts(facts: Iterable[Fact]) -> list[tuple[Fact, Quantity]]:
    held: dict[str, tuple[Fact, Quantity]] = {}
    for fact in facts:
        for quantity in fact.quantities:
            if quantity.kind in _COUNTED and (quantity.low or 0) >= _LARGE:
                known = held.get(quantity.id)
                if known is None or fact.size < known[0].size:
                    held[quantity.id] = (fact, quantity)
    return list({_value(q): (f, q) for f, q in held.values()}.values())


_COUNTED = {"count", "percent", "mass", "length", "speed", "duration"}
_LARGE = 10
"""Counts from which the same size is no chance: any two reports hold a three and a four."""
_SAME_SIZE = 1.6
"""Ratio up to which two counts are of one size."""


def _same_count(one: Quantity, other: Quantity) -> bool:
    if one.kind != other.kind or (one.kind != "count" and one.unit != other.unit):
        return False
    if one.role != other.role or (one.unit == "person") != (other.unit == "person"):
        return False
    sizes = sorted((_middle(one), _middle(other)))
    return not _agree(one, other) and sizes[1] <= _SAME_SIZE * sizes[0]


def _preferred(vectors: Vectors, case: Case, one: Fact, other: Fact) -> bool:
    if one.sentence is None or other.sentence is None:
        return False
    rows = [vectors.of(case.accounts[fact.report]) for fact in (one, other)]
    scores = rows[0] @ rows[1].T
    here, there = scores[one.sentence], scores[:, other.sentence]
    rank = int((here > here[other.sentence]).sum() + (there > there[one.sentence]).sum())
    return rank <= _RANK


_RANK = 2
"""Sentences that may be closer, of both reports together."""


def _denials_proposed(
    vectors: Vectors, case: Case, one: int, other: int, facts: Sequence[tuple[Fact, ...]]
) -> Iterator[Found]:
    """Yield what one report's source denies of what vectors hold for the same in the other."""
    for here, there in ((one, other), (other, one)):
        for fact in facts[here]:
            if fact.claim.status == "denied":
                near = [
                    f
                    for f in facts[there]
                    if f.claim.status in _SURE and _preferred(vectors, case, fact, f)
                ]
                for opposite in sorted(near, key=lambda f: -f.size)[:1]:
                    yield from _denied(fact, opposite)


def _things(facts: Iterable[Fact]) -> dict[str, dict[str, tuple[Fact, Quantity]]]:
    """Return the quantities by what they count, by id, with the smallest claim that holds each."""
    found: dict[str, dict[str, tuple[Fact, Quantity]]] = defaultdict(dict)
    for fact in facts:
        for quantity in fact.quantities:
            for thing in _thing(quantity):
                known = found[thing].get(quantity.id)
                if known is None or fact.size < known[0].size:
                    found[thing][quantity.id] = (fact, quantity)
    return found


def _thing(quantity: Quantity) -> Iterator[str]:
    """Yield what a quantity counts or measures, as far as two languages name it alike."""
    if quantity.role and quantity.role not in {"age", "echo"}:
        yield f"{quantity.kind} {quantity.role}"
    elif quantity.kind in _MEASURES:
        yield f"{quantity.kind} {quantity.unit}"
    elif quantity.kind == "count" and quantity.unit and quantity.unit != "person":
        yield f"count {folded(quantity.unit)[:_PREFIX]}"


def _differing(
    case: Case,
    here: dict[str, tuple[Fact, Quantity]],
    there: dict[str, tuple[Fact, Quantity]],
) -> Iterator[Found]:
    """Yield the one number of each side that the other side does not give."""
    rows = [list({_value(q): (f, q) for f, q in side.values()}.items()) for side in (here, there)]
    values = [{value for value, _ in row} for row in rows]
    if values[0] & values[1] or len(rows[0]) != 1 or len(rows[1]) != 1:
        return
    (fact, one), (opposite, other) = rows[0][0][1], rows[1][0][1]
    if not _agree(one, other) and _near(one, other):
        yield _clash(
            fact, opposite, one, other, _independent_kind(case, fact, opposite, one, other)
        )


def _near(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers are near enough to be meant for the same thing."""
    sizes = sorted(abs(float(_middle(q))) for q in (one, other))
    return sizes[0] > 0 and sizes[1] <= _FAR * sizes[0]


def _middle(quantity: Quantity) -> float:
    bounds = [float(b) for b in (quantity.low, quantity.high) if b is not None]
    return sum(bounds) / max(len(bounds), 1)


def _independent_kind(
    case: Case, fact: Fact, opposite: Fact, one: Quantity, other: Quantity
) -> ContradictionKind:
    later = _later(case, fact, opposite)
    if later is not None and one.role in RISING:
        early, late = (other, one) if later == fact.report else (one, other)
        if (late.low or 0) > (early.low or 0):
            return "update"
    return "disagreement"


def _later(case: Case, one: Fact, other: Fact) -> int | None:
    """Return which report states a later day or instant, or None."""
    days = [case.accounts[fact.report].record.meta.published for fact in (one, other)]
    first, second = (day.value for day in days)
    if not first or not second:
        return None
    size = min(len(first), len(second))
    if first[:size] == second[:size]:
        return None
    return one.report if first[:size] > second[:size] else other.report


def _agree(one: Quantity, other: Quantity) -> bool:
    """Return whether both quantities can hold: their bounds overlap, or nothing bounds them."""
    lows = [float(q.low) for q in (one, other) if q.low is not None]
    highs = [float(q.high) for q in (one, other) if q.high is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _clash(
    fact: Fact, opposite: Fact, one: Quantity, other: Quantity, kind: ContradictionKind
) -> Found:
    what = next(_thing(one), one.kind)
    note = f"{_bounds(one)} against {_bounds(other)}"
    evidence = Pairing(kind="number", from_span=one.span, to_span=other.span, note=note)
    values = "/".join(sorted((_bounds(one), _bounds(other))))
    return Found(fact, opposite, kind, f"{what} {values}", evidence)


def _bounds(quantity: Quantity) -> str:
    if quantity.value is not None:
        return f"{quantity.value:g}"
    low = "" if quantity.low is None else f"{quantity.low:g}"
    high = "" if quantity.high is None else f"{quantity.high:g}"
    return f"{low}..{high}"


# -- denials ---------------------------------------------------------------------------------------


def _denials(
    case: Case,
    matches: Sequence[Match],
    facts: Sequence[tuple[Fact, ...]],
    home: dict[int, int],
) -> Iterator[Found]:
    """Yield claims that one report's source makes and another report's source denies."""
    for match in matches:
        if not match.handed_on:
            yield from _denied(match.one, match.other)
    for one, other in case.near:
        if home[one] != home[other] and one_story(case, one, other):
            yield from _denied_elsewhere(case, facts[one], facts[other])
            yield from _denied_elsewhere(case, facts[other], facts[one])


def _denied_elsewhere(
    case: Case, denying: Sequence[Fact], saying: Sequence[Fact]
) -> Iterator[Found]:
    """Yield each denial with the claim of another report that is nearest to it in words."""
    denials = [fact for fact in denying if fact.claim.status == "denied"]
    said = [fact for fact in saying if fact.claim.status in _SURE]
    if denials and said:
        scores = weighted(case, denials, said)
        for number, best in enumerate(scores.argmax(axis=1)):
            near = said[int(best)]
            shared = denials[number].words & near.words
            if scores[number, best] >= _NEAR_WORDS and len(shared) >= _LEAST_WORDS:
                yield from _denied(denials[number], near)


_NEAR_WORDS = 0.2
"""Least weighted Dice of a denial and the claim it denies: who denies seldom repeats the words."""
_LEAST_WORDS = 2


def _denied(one: Fact, other: Fact) -> Iterator[Found]:
    denied = [fact.claim.status == "denied" for fact in (one, other)]
    sure = [fact.claim.status in _SURE for fact in (one, other)]
    if denied[0] != denied[1] and any(sure):
        kind: ContradictionKind = "denial"
        note = "one side denies it"
    elif one.claim.polarity != other.claim.polarity and all(sure):
        kind, note = "disagreement", "one affirms what the other negates"
    else:
        return
    evidence = Pairing(kind=kind, from_span=one.span, to_span=other.span, note=note)
    yield Found(one, other, kind, f"{kind} {one.sentence} {other.sentence}", evidence)


def report_claim(case: Case, fact: Fact) -> ReportClaim:
    """Return how a claim is named outside."""
    return ReportClaim(report=case.accounts[fact.report].id, claim=fact.claim.id)
