"""Comparison of two reports: what they share, measured; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ondit.comparing.account import Account
from ondit.comparing.alignment import Floats, Pair, Run, covered, in_order, likeness, mutual, runs

_LEAST_TOLD = 4
"""Words a sentence must tell to speak for a dependence; "The inquiry goes on" is alike anywhere."""

_ALIKE = 0.5
"""Least share of words two sentences have in common (Dice) to be one sentence rewritten; of
independent sentences on one event one in two hundred reaches it."""


@dataclass(frozen=True)
class Comparison:
    """Two reports beside each other, in the order of the case."""

    one: Account
    other: Account

    @cached_property
    def runs(self) -> list[Run]:
        """Runs of narrated words that both have."""
        return runs(self.one.narrated, self.other.narrated)

    @cached_property
    def spoken(self) -> list[Run]:
        """Runs of quoted words that both have."""
        return runs(self.one.spoken, self.other.spoken)

    @cached_property
    def same(self) -> tuple[float, float]:
        """Share of each report's narrated words that lie in common runs."""
        return (
            _share(covered(self.runs, len(self.one.words)), self.one.telling),
            _share(covered(self.runs, len(self.other.words), other=True), self.other.telling),
        )

    @cached_property
    def sentences(self) -> list[Pair]:
        """Sentences of the same words, more or less, that prefer each other."""
        return mutual(likeness(self.one, self.other), _ALIKE)

    def telling(self, pairs: list[Pair]) -> list[Pair]:
        """Return those of `pairs` in which both sentences tell something themselves."""
        return [
            pair
            for pair in pairs
            if self.one.told[pair.first] >= _LEAST_TOLD
            and self.other.told[pair.other] >= _LEAST_TOLD
        ]

    def named(self, pairs: list[Pair]) -> list[Pair]:
        """Return those of `pairs` whose sentences have a name or number in common."""
        return [p for p in pairs if self.one.names[p.first] & self.other.names[p.other]]

    def kept(self, pairs: list[Pair]) -> float:
        """Return the share of the words told in `pairs` that lie in common runs."""
        words = self.one.words
        inside = np.isin(words.sentence, [pair.first for pair in pairs]) & self.one.telling
        return _share(covered(self.runs, len(words)), inside)

    def is_verbatim(self, pairs: list[Pair], least: float) -> bool:
        """Return whether `pairs` keep the words, `least` of them, and their order."""
        alike = float(np.mean([pair.score for pair in pairs])) if pairs else 0.0
        return (self.kept(pairs) + alike) / 2 >= least and len(in_order(pairs)) == len(pairs)

    def share(self, pairs: list[Pair]) -> tuple[float, float]:
        """Return the share of each report's narrated words that lie in sentences of `pairs`."""
        found = []
        for account, numbers in (
            (self.one, [pair.first for pair in pairs]),
            (self.other, [pair.other for pair in pairs]),
        ):
            words = account.told
            found.append(float(words[numbers].sum() / max(words.sum(), 1)) if numbers else 0.0)
        return found[0], found[1]


def _share(marks: NDArray[np.bool_], counted: NDArray[np.bool_]) -> float:
    return float((marks & counted).sum() / max(counted.sum(), 1))


def chain(scores: Floats, least: float) -> list[Pair]:
    """Return the sentences that prefer each other, as far as they go forward in both reports."""
    return in_order(mutual(scores, least))
