"""Fitting the models of events: one number a trait, found by a hash, kept small by a penalty.

Traits either are there or not, so the examples are two lists of places: which example,
which number. Everything is solved by conjugate gradients over them, in seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ondit.reading.events import BUCKETS, bucket

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

_STEPS = 200
"""Of conjugate gradients; the error falls below `_ENOUGH` long before."""

_ENOUGH = 1e-6
"""Share of the first error at which the numbers are good enough: halves hold three digits."""

_ROUNDS = 12
"""Of reweighting for the logistic; it settles within eight."""


@dataclass(frozen=True)
class Table:
    """Examples as places: example `rows[i]` shows the trait whose number is `columns[i]`."""

    rows: Places
    columns: Places
    size: int

    def totals(self, values: Numbers) -> Numbers:
        """Return what `values` add up to for each example."""
        return np.bincount(self.rows, values[self.columns], self.size).astype(np.float64)

    def gathered(self, amounts: Numbers) -> Numbers:
        """Return what each number collects when every example gives its amount to its traits."""
        return np.bincount(self.columns, amounts[self.rows], BUCKETS).astype(np.float64)


def common(shown: Iterable[frozenset[str]], *, least: int) -> frozenset[str]:
    """Return the traits that occur `least` times or more."""
    counts = Counter(name for names in shown for name in names)
    return frozenset(name for name, count in counts.items() if count >= least)


def table(shown: Sequence[frozenset[str]], known: frozenset[str]) -> Table:
    """Return `shown` as places, traits that are not `known` left out."""
    places = [sorted(bucket(name) for name in names & known) for names in shown]
    rows = np.repeat(np.arange(len(places)), [len(found) for found in places])
    columns = np.array([place for found in places for place in found], dtype=np.int64)
    return Table(rows, columns, len(places))


def ridge(
    examples: Table, wanted: Numbers, *, penalty: float, weights: Numbers | None = None
) -> Numbers:
    """Return the numbers of least squared error under a `penalty` on their squares.

    Args:
        examples: what is shown.
        wanted: what should come out for each.
        penalty: the larger, the smaller the numbers.
        weights: how much each example counts; all the same when None.
    """
    shares = np.ones(examples.size) if weights is None else weights
    values: Numbers = np.zeros(BUCKETS)
    left = examples.gathered(shares * wanted)
    step, error = left.copy(), float(left @ left)
    goal = _ENOUGH * error
    for _ in range(_STEPS):
        if error <= goal:
            break
        turned = examples.gathered(shares * examples.totals(step)) + penalty * step
        far = error / float(step @ turned)
        values, left = values + far * step, left - far * turned
        before, error = error, float(left @ left)
        step = left + error / before * step
    return values


def logistic(examples: Table, right: Numbers, *, penalty: float) -> Numbers:
    """Return the numbers of a logistic regression: ridges over what is still misjudged."""
    values: Numbers = np.zeros(BUCKETS)
    for _ in range(_ROUNDS):
        total = examples.totals(values)
        share = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        weights = np.maximum(share * (1 - share), 1e-4)
        wanted = total + (right - share) / weights
        values = ridge(examples, wanted, penalty=penalty, weights=weights)
    return values
