"""Stories: how alike reports are in what survives rewriting and translation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from ondit.comparing.account import Account
from ondit.comparing.alignment import Floats


class Rarity:
    """How much an anchor tells: the logarithm of how few reports hold it."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._reports: Counter[str] = Counter()
        self._count = 0
        for account in accounts:
            self._count += 1
            self._reports.update(account.all_anchors)

    def of(self, anchor: str) -> float:
        """Return the weight of an anchor; in a case of one story all weigh about the same."""
        return math.log(1 + (self._count + 1) / (1 + self._reports[anchor]))

    def held_by(self, anchor: str) -> int:
        """Return how many reports hold the anchor."""
        return self._reports[anchor]


def likeness_of_anchors(one: Account, other: Account, rarity: Rarity) -> Floats:
    """Return the cosine of the weighted anchors of each two sentences."""
    names = sorted(one.all_anchors & other.all_anchors)
    weights = np.array([rarity.of(name) for name in names])
    place = {name: n for n, name in enumerate(names)}
    a, b = (_table(account.anchors, place, weights) for account in (one, other))
    sizes = [_sizes(account.anchors, rarity) for account in (one, other)]
    found: Floats = (a @ b.T) / np.maximum(np.outer(*sizes), 1e-9)
    return found


def _table(rows: Sequence[frozenset[str]], place: dict[str, int], weights: Floats) -> Floats:
    table = np.zeros((len(rows), len(place)))
    for number, row in enumerate(rows):
        at = [place[name] for name in row if name in place]
        table[number, at] = weights[at]
    return table


def _sizes(rows: Sequence[frozenset[str]], rarity: Rarity) -> Floats:
    return np.array([math.sqrt(sum(rarity.of(name) ** 2 for name in row)) for row in rows])


def closeness(one: Account, other: Account, rarity: Rarity) -> float:
    """Return the cosine of the weighted anchors of two whole reports."""
    shared = one.all_anchors & other.all_anchors
    weight = sum(rarity.of(name) ** 2 for name in shared)
    sizes = [math.sqrt(sum(rarity.of(n) ** 2 for n in a.all_anchors)) for a in (one, other)]
    return weight / max(sizes[0] * sizes[1], 1e-9)
