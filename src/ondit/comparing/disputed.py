"""Disputed numbers: one thing for which two reports give different figures, and why they may.

Between two reports that hand on the same sentence, another number is an error of copying or a later
edition. Between reports of their own it is a disagreement, or an update where the later one has the
count that had to grow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from ondit.comparing.account import stem
from ondit.comparing.clash import Clash, of_numbers, prefer
from ondit.comparing.derivation import Case, Edge
from ondit.comparing.facts import one_story, told_by_both
from ondit.comparing.figures import NUMBER, Figure, agree
from ondit.comparing.network import STRONG, Link
from ondit.comparing.stories import in_common
from ondit.comparing.words import WORD
from ondit.model.comparison import ContradictionKind

RISING = {"killed", "injured", "missing", "arrested", "displaced"}
"""Roles of counts that grow as more becomes known."""

_FAR = 2.5
"""Ratio of two measures beyond which they measure different things; a hurried reader would not take
one for the other."""

_MEASURES = {"percent", "money", "length", "speed", "mass", "area", "volume", "temperature"}

_OF_ANYTHING = {"percent", "money"}

_COUNTED = {"count", "percent", "mass", "length", "speed", "duration"}

_LARGE = 10
"""Counts from which the same size is no chance: any two reports hold a three and a four."""

_SAME_SIZE = 1.6
"""Ratio up to which two counts are of one size."""

_ANYBODY = "people"
"""The thing that tells nothing of who is counted."""

_NO_PART = {None, "age", "echo"}

Figures = Sequence[tuple[Figure, ...]]


# -- one sentence, two numbers ---------------------------------------------------------------------


def altered(case: Case, links: Sequence[Link], figures: Figures) -> Iterator[Clash]:
    """Yield numbers that changed where a sentence was handed on."""
    for link in links:
        if link.edge.kind in STRONG:
            one, other = figures[link.edge.one], figures[link.edge.other]
            for first, second in _answering(link.edge):
                here = [f for f in one if f.sentence == first]
                there = [f for f in other if f.sentence == second]
                yield from _changed(case, link, here, there)
            yield from _swapped(one, other)


def _swapped(here: Sequence[Figure], there: Sequence[Figure]) -> Iterator[Clash]:
    """Yield numbers with the same digits in another order, wherever a report handed on has them."""
    left, right = _without(here, there), _without(there, here)
    for one in left:
        like = [f for f in right if _transposed(one, f) or (_permuted(one, f) and _alike(one, f))]
        if len(like) == 1 and not agree(one, like[0]):
            yield of_numbers(one, like[0], "copying-error")


def _alike(one: Figure, other: Figure) -> bool:
    """Return whether two figures count or measure one thing as far as their words tell."""
    thing = _thing(one)
    return thing is not None and thing == _thing(other)


def _answering(edge: Edge) -> Iterator[tuple[int, int]]:
    """Yield the sentences that answer each other, also those that stand alone between two such.

    Where a number was altered, a translation may have nothing left that its sentence is known by.
    """
    for pair in edge.pairs:
        yield pair.first, pair.other
    for before, after in pairwise(edge.pairs if edge.kind == "translation" else ()):
        between = after.first - before.first
        if between == after.other - before.other and between <= _BETWEEN:
            yield from ((before.first + n, before.other + n) for n in range(1, between))


_BETWEEN = 4
"""Sentences from one that answers to the next."""


def _changed(
    case: Case, link: Link, here: Sequence[Figure], there: Sequence[Figure]
) -> Iterator[Clash]:
    """Yield the one number on each side that the other side does not give."""
    left, right = _without(here, there), _without(there, here)
    if len(left) == len(right) == 1:
        (one,), (other,) = left, right
        like = one.kind == other.kind or NUMBER in (one.kind, other.kind)
        if like and not agree(one, other) and (_near(one, other) or _misprint(one, other)):
            yield of_numbers(one, other, _kind_of_change(case, link, one, other))


def _without(here: Sequence[Figure], there: Sequence[Figure]) -> list[Figure]:
    """Return the figures that another side does not give, each once."""
    values = {figure.value for figure in there}
    return list({f.value: f for f in here if f.value not in values}.values())


def _kind_of_change(case: Case, link: Link, one: Figure, other: Figure) -> ContradictionKind:
    """Return whether a change is a later edition's, or was made in copying."""
    names = [case.accounts[n].identity.publishing for n in (link.edge.one, link.edge.other)]
    if names[0] is not None and names[0] == names[1]:
        return "update"
    if _misprint(one, other):
        return "copying-error"
    return "update" if _tells_both(case, one, other) or _grew(case, one, other) else "copying-error"


def _misprint(one: Figure, other: Figure) -> bool:
    """Return whether one number is the other with a slip: digits swapped, one wrong, a nought more.

    One wrong digit says so only in a number of four and more, which seldom changes by so little.
    """
    small, large = sorted((one.middle, other.middle))
    noughts = small > 0 and large / small in {10.0, 100.0, 1000.0}
    digits = list(zip(one.shown, other.shown, strict=False))
    wrong = len(one.shown) == len(other.shown) > _DIGITS and sum(a != b for a, b in digits) == 1
    return noughts or wrong or _permuted(one, other)


def _permuted(one: Figure, other: Figure) -> bool:
    return one.shown != other.shown and sorted(one.shown) == sorted(other.shown)


def _transposed(one: Figure, other: Figure) -> bool:
    """Return whether two numbers have the same digits, more of them than chance would put so."""
    return len(one.shown) >= _DIGITS and _permuted(one, other)


_DIGITS = 3


def _tells_both(case: Case, one: Figure, other: Figure) -> bool:
    """Return whether either report has the other's number too, as who corrects one does."""
    held = [
        {(q.low, q.high) for q in case.accounts[figure.fact.report].record.quantities}
        | {(float(word), float(word)) for word in _digits(case, figure.fact.report)}
        for figure in (one, other)
    ]
    return one.value in held[1] or other.value in held[0]


def _digits(case: Case, report: int) -> Iterator[str]:
    """Yield the numbers of a report that are no part of a date."""
    words, record = case.accounts[report].words, case.accounts[report].record
    dated = [(timex.span.start, timex.span.end) for timex in record.timexes]
    for n in words.numbers.nonzero()[0].tolist():
        inside = any(first <= words.starts[n] < last for first, last in dated)
        if words.folded[n].isdecimal() and not inside:
            yield words.folded[n]


def _grew(case: Case, one: Figure, other: Figure) -> bool:
    """Return whether the report that states the later day has more of what can only grow."""
    later = _later(case, one, other)
    if later is None:
        return False
    early = other if later is one else one
    return _grows(one, other) and (later.low or 0) > (early.low or 0)


def _grows(one: Figure, other: Figure) -> bool:
    """Return whether the two are counts that grow: of harm done, or of what comes to light."""
    things = [figure.thing for figure in (one, other) if figure.thing is not None]
    return bool({one.role, other.role} & RISING) or any(thing.growing for thing in things)


def _later(case: Case, one: Figure, other: Figure) -> Figure | None:
    """Return which figure's report states a later day or instant, or None."""
    days = [case.accounts[f.fact.report].record.meta.published.value for f in (one, other)]
    first, second = days
    if not first or not second:
        return None
    size = min(len(first), len(second))
    if first[:size] == second[:size]:
        return None
    return one if first[:size] > second[:size] else other


# -- counts of independent reports -----------------------------------------------------------------


def disputed(case: Case, figures: Figures, home: dict[int, int]) -> Iterator[Clash]:
    """Yield numbers that two reports of one story give for one thing, each on its own."""
    for one, other in case.near:
        if home[one] == home[other] or not _one_matter(case, one, other):
            continue
        names = any(map(str.isalpha, in_common(case.accounts[one], case.accounts[other])))
        if names:
            yield from _revised(figures[one], figures[other])
            yield from _revised(figures[other], figures[one])
            yield from _of_one_thing(case, figures[one], figures[other])
        if one_story(case, one, other):
            yield from _of_one_size(case, figures[one], figures[other])


_ONE_MATTER = 0.02
"""Least cosine of two reports' anchors where they also share a name and count the same thing."""

_DAYS = 10
"""Days between two reports beyond which the same count is more likely of another event."""


def _one_matter(case: Case, one: int, other: int) -> bool:
    if case.closeness(one, other) < _ONE_MATTER:
        return False
    first, second = _day(case, one), _day(case, other)
    return first is None or second is None or abs(first - second).days <= _DAYS


def _day(case: Case, report: int) -> date | None:
    stated = case.accounts[report].record.meta.published.value or ""
    return date.fromisoformat(stated[:10]) if len(stated) >= len("2026-01-01") else None


def _revised(revising: Sequence[Figure], there: Iterable[Figure]) -> Iterator[Clash]:
    """Yield the counts that one report gives beside an older one that is the other report's."""
    for before, figure in pairwise(revising):
        older = not figure.noun or figure.role == "echo"
        near = 0 <= figure.sentence - before.sentence <= 1 and _near(before, figure)
        if (
            older
            and near
            and before.kind == "count"
            and before.low is not None
            and (figure.low or 0) >= _LARGE
        ):
            for other in there:
                if other.kind == "count" and other.value == figure.value:
                    yield of_numbers(before, other, "update")


def _of_one_thing(case: Case, here: Iterable[Figure], there: Iterable[Figure]) -> Iterator[Clash]:
    """Yield the numbers of what both report one number of."""
    things = _things(here), _things(there)
    for thing in sorted(things[0].keys() & things[1].keys()):
        one, other = things[0][thing], things[1][thing]
        if len(one) == len(other) == 1 and _differ(case, one[0], other[0]):
            yield of_numbers(one[0], other[0], _kind_between(case, one[0], other[0]))


def _differ(case: Case, one: Figure, other: Figure) -> bool:
    of_one = _of_one_subject(case, one, other) and _of_one_measure(case, one, other)
    return of_one and not agree(one, other) and _near(one, other)


def _of_one_measure(case: Case, one: Figure, other: Figure) -> bool:
    """Return whether the claims of two shares, or of two sums of money, have a word in common.

    Of what a share is one, or what is paid for, its unit does not tell, as that of a speed does.
    """
    if one.kind not in _OF_ANYTHING:
        return True
    units = {stem(word) for figure in (one, other) for word in WORD.findall(figure.span.exact)}
    return bool(told_by_both(case, one.fact, other.fact) - units)


def _of_one_subject(case: Case, one: Figure, other: Figure) -> bool:
    """Return whether neither claim names what the other report never names.

    Shares of one firm are not those of another; of people harmed it does not matter who tells.
    """
    if one.role == other.role and one.role not in _NO_PART:
        return True
    return _known(case, one, other.fact.report) and _known(case, other, one.fact.report)


def _known(case: Case, figure: Figure, report: int) -> bool:
    account = case.accounts[report]
    return not figure.names or bool(figure.names & (account.named | account.headed))


def _things(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Return the figures by what they count, each value once."""
    found: dict[str, dict[object, Figure]] = defaultdict(dict)
    for figure in figures:
        thing = _thing(figure)
        if thing:
            found[thing].setdefault(figure.value, figure)
    return {thing: list(values.values()) for thing, values in found.items()}


def _thing(figure: Figure) -> str | None:
    """Return what a figure counts or measures, as far as two languages name it alike."""
    if figure.role not in _NO_PART:
        return f"{figure.kind} {figure.role}"
    if figure.kind in _MEASURES:
        return f"{figure.kind} {figure.unit}"
    if figure.kind == "count" and figure.thing is not None:
        return None if figure.thing.name == _ANYBODY else f"count {figure.thing.name}"
    if figure.kind == "count" and figure.unit and figure.noun:
        return f"count {figure.noun}…"
    return None


def _near(one: Figure, other: Figure) -> bool:
    """Return whether two numbers are near enough to be meant for the same thing."""
    small, large = sorted((abs(one.middle), abs(other.middle)))
    nobody = small == 0 and one.role == other.role and one.role in RISING
    return nobody or (small > 0 and large <= _FAR * small)


def _kind_between(case: Case, one: Figure, other: Figure) -> ContradictionKind:
    if _transposed(one, other):
        return "copying-error"
    if _tells_both(case, one, other) or _grew(case, one, other):
        return "update"
    return "disagreement"


def _of_one_size(case: Case, here: Sequence[Figure], there: Sequence[Figure]) -> Iterator[Clash]:
    """Yield the counts that remain when equal ones are paired, near enough to be the same count.

    Either must be the only count of its size that its report leaves over. Where vectors are at
    hand, their sentences must also prefer each other.
    """
    left, right = _without(_large(here), _large(there)), _without(_large(there), _large(here))
    pairs = [
        (one, other)
        for one in left
        for other in right
        if _same_count(one, other)
        and _of_one_subject(case, one, other)
        and _of_one_measure(case, one, other)
    ]
    often = Counter(id(figure) for pair in pairs for figure in pair)
    for one, other in pairs:
        alone = often[id(one)] == often[id(other)] == 1
        if alone and (case.vectors is None or prefer(case.vectors, case, one.fact, other.fact)):
            yield of_numbers(one, other, _kind_between(case, one, other))


def _large(figures: Iterable[Figure]) -> list[Figure]:
    return [f for f in figures if f.kind in _COUNTED and (f.low or 0) >= _LARGE]


def _same_count(one: Figure, other: Figure) -> bool:
    if one.kind != other.kind or (one.kind != "count" and one.unit != other.unit):
        return False
    if (one.role != other.role and None not in (one.role, other.role)) or {
        one.person,
        other.person,
    } == {True, False}:
        return False
    small, large = sorted((one.middle, other.middle))
    return not agree(one, other) and large <= _SAME_SIZE * small
