"""Habits: outlets that hand on each other's words again and again, as a case shows.

Two reports without a trace of each other may still come from one desk. Where the other matters of a
case show that two publishers more often share an account than not, what they seem to know each for
itself is counted with care: the low end of the interval takes the two for one. Nothing is merged,
and no count is ever raised. The idea is that of source dependence (Dong, Berti-Equille and
Srivastava, "Integrating conflicting data: the role of source dependence", PVLDB 2, 2009); here it
rests on derivations that were shown, not on shared errors alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import sqrt

import msgspec

from ondit.model.comparison import Corroboration, Group, Habit, Interval

Pair = frozenset[str]
"""Two publishers, or two reports."""

COPYING = {"copy", "partial", "rewrite", "translation"}

LEAST = 0.5
"""A habit is what happens more often than not, with the usual doubt of 95 % taken off."""

_Z = 1.96


def cautious(found: Corroboration) -> Corroboration:
    """Return `found` with the habits of its publishers, and intervals that allow for them.

    A group is judged by the other matters alone: what its own reports share says nothing new.
    """
    past = Past(found)
    groups = tuple(past.allowing(group) for group in found.groups)
    return msgspec.structs.replace(found, groups=groups, habits=tuple(past.habits()))


def least_share(hits: int, of: int) -> float:
    """Return the lower end of Wilson's interval for `hits` in `of`; 0 where there was nothing.

    >>> round(least_share(4, 4), 2), round(least_share(9, 12), 2), least_share(0, 0)
    (0.51, 0.47, 0.0)
    """
    if not of:
        return 0.0
    share, z = hits / of, _Z
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (share + z * z / (2 * of) - spread) / (1 + z * z / of))


class Past:
    """What the publishers of a case have shared."""

    def __init__(self, found: Corroboration) -> None:
        self._publisher = {one.id: one.publisher or one.outlet for one in found.reports}
        self._carriers = {origin.id: set(origin.reports) for origin in found.origins}
        self._met = self._meetings(found)

    def _meetings(self, found: Corroboration) -> dict[Pair, dict[Pair, bool]]:
        """Return, for each two publishers, the pairs of their reports on one matter.

        Of each pair it says whether one was made from the other or both carry one account. A
        report counts once, with the report of the other publisher that it shares most with.
        """
        shared = _sharing(found)
        met: dict[Pair, dict[Pair, bool]] = defaultdict(dict)
        for pair in shared | _together(found):
            if names := self._publishers(pair):
                met[names][pair] = pair in shared
        return {names: _once(pairs) for names, pairs in met.items()}

    def _publishers(self, reports: Pair) -> Pair | None:
        """Return the two publishers of two reports; None where they are one or not known."""
        names = {name for report in reports if (name := self._publisher[report])}
        return frozenset(names) if len(names) == len(reports) else None

    def habits(self) -> Iterator[Habit]:
        """Yield the pairs of publishers that more often share an account than not."""
        for pair, matters in sorted(self._met.items(), key=lambda row: sorted(row[0])):
            shared = sum(matters.values())
            if least_share(shared, len(matters)) > LEAST:
                one, other = sorted(pair)
                yield Habit(publishers=(one, other), met=len(matters), shared=shared)

    def allowing(self, group: Group) -> Group:
        """Return `group` with the low end at which those who share by habit are one."""
        mine = _reports(group)
        apart = [self._carriers[name] & mine for name in group.origin_ids if name in self._carriers]
        pairs = map(frozenset, combinations(sorted(mine), 2))
        bound = [set(pair) for pair in pairs if self._by_habit(pair, mine)]
        fewer = len(_joined(apart)) - len(_joined([*apart, *bound]))
        low = max(1, group.origins.low - max(0, fewer))
        return msgspec.structs.replace(group, origins=Interval(low=low, high=group.origins.high))

    def _by_habit(self, reports: Pair, mine: set[str]) -> bool:
        """Return whether two publishers share by habit, matters of the reports `mine` left out."""
        matters = self._met.get(self._publishers(reports) or frozenset(), {})
        others = [shared for pair, shared in matters.items() if not pair & mine]
        return least_share(sum(others), len(others)) > LEAST


def _once(pairs: Mapping[Pair, bool]) -> dict[Pair, bool]:
    taken = set[str]()
    kept = dict[Pair, bool]()
    for pair in sorted(pairs, key=lambda pair: (not pairs[pair], sorted(pair))):
        if not pair & taken:
            taken |= pair
            kept[pair] = pairs[pair]
    return kept


def _sharing(found: Corroboration) -> set[Pair]:
    """Return the pairs of reports of which one was made from the other, or both from one."""
    made = {frozenset((d.from_, d.to)) for d in found.derivations if d.kind in COPYING}
    return made | {
        frozenset(pair) for origin in found.origins for pair in combinations(origin.reports, 2)
    }


def _together(found: Corroboration) -> set[Pair]:
    """Return the pairs of reports that make a claim in common."""
    return {
        frozenset(pair)
        for group in found.groups
        for pair in combinations(sorted(_reports(group)), 2)
    }


def _reports(group: Group) -> set[str]:
    return {claim.report for claim in group.claims}


def _joined(sets: Iterable[set[str]]) -> list[set[str]]:
    """Return what is left when sets that share a member are one."""
    whole: list[set[str]] = []
    for one in sets:
        apart = [other for other in whole if not other & one]
        whole = [*apart, one.union(*(other for other in whole if other & one))]
    return [one for one in whole if one]
