"""Alignment: which words and sentences of two reports answer each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ondit.comparing.account import Account
from ondit.comparing.fingerprints import GRAM
from ondit.comparing.words import Ints, Keys

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """Words that two reports share, in the same order, without a word between."""

    first: int
    """Number of its first word in the one report."""
    other: int
    """The same in the other report."""
    length: int


def common(one: Keys, other: Keys) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the keys that two sorted arrays without repeats share stand, in each."""
    if not len(one) or not len(other):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    at = np.minimum(np.searchsorted(other, one), len(other) - 1)
    here = np.flatnonzero(other[at] == one)
    return here, at[here]


def runs(one: tuple[Ints, Keys], other: tuple[Ints, Keys]) -> list[Run]:
    """Return the runs of common words of two reports' shingles, in the order of the first."""
    here, there = common(one[1], other[1])
    if not len(here):
        return []
    a, b = one[0][here], other[0][there]
    order = np.lexsort((a, a - b))
    a, b = a[order], b[order]
    broken = np.flatnonzero((np.diff(a - b) != 0) | (np.diff(a) > GRAM)) + 1
    found = [
        Run(int(x[0]), int(y[0]), int(x[-1] - x[0]) + GRAM)
        for x, y in zip(np.split(a, broken), np.split(b, broken), strict=True)
    ]
    return sorted(found, key=lambda run: run.first)


def covered(found: list[Run], size: int, *, other: bool = False) -> NDArray[np.bool_]:
    """Return which words of the one report (or the other) lie in a run."""
    marks = np.zeros(size, np.bool_)
    for run in found:
        begin = run.other if other else run.first
        marks[begin : begin + run.length] = True
    return marks


@dataclass(frozen=True)
class Pair:
    """A sentence of each report, and how alike they are (0 to 1)."""

    first: int
    other: int
    score: float


def mutual(scores: Floats, least: float) -> list[Pair]:
    """Return the pairs that prefer each other above all and score at least `least`, in order."""
    if not scores.size:
        return []
    best, back = scores.argmax(axis=1), scores.argmax(axis=0)
    return [
        Pair(i, int(j), float(scores[i, j]))
        for i, j in enumerate(best)
        if back[j] == i and scores[i, j] >= least
    ]


def in_order(pairs: list[Pair]) -> list[Pair]:
    """Return the heaviest part of `pairs` (sorted by first) that goes forward in both reports."""
    if not pairs:
        return []
    weight = [pair.score for pair in pairs]
    before = [-1] * len(pairs)
    for i, pair in enumerate(pairs):
        for j in range(i):
            if pairs[j].other < pair.other and weight[j] + pair.score > weight[i]:
                weight[i], before[i] = weight[j] + pair.score, j
    chain, at = [], int(np.argmax(weight))
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def likeness(one: Account, other: Account) -> Floats:
    """Return for each two sentences the share of their words that stands in both (Dice).

    Words of less than three letters do not count.
    """
    rows = [account.vocabulary for account in (one, other)]
    known = [account.known_words for account in (one, other)]
    shared = known[0][common(*known)[0]]
    a, b = (
        _incidence(len(account.sentences), *row, shared)
        for account, row in zip((one, other), rows, strict=True)
    )
    sizes = [
        np.bincount(row[0], minlength=len(account.sentences))
        for account, row in zip((one, other), rows, strict=True)
    ]
    found: Floats = 2 * (a @ b.T) / np.maximum(np.add.outer(*sizes), 1)
    return found


def _incidence(size: int, sentences: Ints, keys: Keys, shared: Keys) -> Floats:
    table = np.zeros((size, len(shared)))
    if len(shared):
        column = np.minimum(np.searchsorted(shared, keys), len(shared) - 1)
        known = shared[column] == keys
        table[sentences[known], column[known]] = 1.0
    return table
