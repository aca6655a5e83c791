"""Comparison of two reports: what they share, measured; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ondit.comparing.account import Account
from ondit.comparing.alignment import Floats, Pair, Run, covered, in_order, likeness, mutual, runs
from ondit.comparing.words import Ints, Keys

_LEAST_NARRATED = 4
"""Words a sentence must narrate to be aligned; "said the mayor" is alike everywhere."""

_ALIKE = 0.5
"""Least share of words two sentences have in common (Dice) to be one sentence rewritten; of
independent sentences on one event one in two hundred reaches it."""


@dataclass(frozen=True)
class Comparison:
    """Two reports beside each other, in the order of the case."""

    one: Account
    other: Account
    stock: Keys
    """Sorted hashes of stock phrases, which count for nothing."""

    @cached_property
    def runs(self) -> list[Run]:
        """Runs of narrated words that both have."""
        return runs(self.one.narrated, self.other.narrated, self.stock)

    @cached_property
    def spoken(self) -> list[Run]:
        """Runs of quoted words that both have."""
        return runs(self.one.spoken, self.other.spoken, self.stock)

    @cached_property
    def same(self) -> tuple[float, float]:
        """Share of each report's narrated words that lie in common runs."""
        return (
            _share(covered(self.runs, len(self.one.words)), ~self.one.words.quoted),
            _share(covered(self.runs, len(self.other.words), other=True), ~self.other.words.quoted),
        )

    @cached_property
    def sentences(self) -> list[Pair]:
        """Sentences of the same words, more or less, that prefer each other."""
        scores = likeness(self.one, self.other)
        for axis, account in enumerate((self.one, self.other)):
            dumb = narrated_words(account) < _LEAST_NARRATED
            scores[dumb if axis == 0 else (slice(None), dumb)] = 0.0
        return mutual(scores, _ALIKE)

    def share(self, pairs: list[Pair]) -> tuple[float, float]:
        """Return the share of each report's narrated words that lie in sentences of `pairs`."""
        found = []
        for account, numbers in (
            (self.one, [pair.first for pair in pairs]),
            (self.other, [pair.other for pair in pairs]),
        ):
            words = narrated_words(account)
            found.append(float(words[numbers].sum() / max(words.sum(), 1)) if numbers else 0.0)
        return found[0], found[1]


def narrated_words(account: Account) -> Ints:
    """Return the number of narrated words of each sentence."""
    numbers = account.words.sentence[~account.words.quoted]
    return np.bincount(numbers, minlength=len(account.sentences)).astype(np.int64)


def _share(marks: NDArray[np.bool_], counted: NDArray[np.bool_]) -> float:
    return float((marks & counted).sum() / max(counted.sum(), 1))


def chain(scores: Floats, least: float) -> list[Pair]:
    """Return the sentences that prefer each other, as far as they go forward in both reports."""
    return in_order(mutual(scores, least))
