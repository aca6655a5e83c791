"""Stories: how alike reports are in what survives rewriting and translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from ondit.comparing.account import Account, Anchors, stem
from ondit.comparing.alignment import Floats, common
from ondit.comparing.identity import TABLES
from ondit.comparing.words import Keys
from ondit.language.lexicon import Head, read_table

Counts = NDArray[np.int64]


class Rarity:
    """How much an anchor tells: the logarithm of how few reports hold it."""

    def __init__(self, keys: Keys, reports: Counts, count: int) -> None:
        self.keys = keys
        """Anchors, sorted, each once."""
        self.reports = reports
        """How many reports hold each."""
        self.count = count
        """Reports that were counted."""
        self._sizes: dict[str, float] = {}

    @classmethod
    def among(cls, accounts: Iterable[Account]) -> Rarity:
        """Return how rare anchors are among reports, copies counted once."""
        held = [account.anchors.all for account in _told_once(accounts)]
        keys, reports = np.unique(
            np.concatenate([np.zeros(0, np.uint64), *held]), return_counts=True
        )
        return cls(keys, reports.astype(np.int64), len(held))

    def of(self, anchors: Keys) -> Floats:
        """Return the weight of each anchor; in a case of one story all weigh about the same."""
        at = np.searchsorted(self.keys, anchors)
        known = at < len(self.keys)
        known[known] = self.keys[at[known]] == anchors[known]
        reports = np.zeros(len(anchors))
        reports[known] = self.reports[at[known]]
        found: Floats = np.log(1 + (self.count + 1) / (1 + reports))
        return found

    def size(self, name: str, anchors: Anchors) -> float:
        """Return the length of the weighted anchors of the report called `name`."""
        if name not in self._sizes:
            self._sizes[name] = float(np.sqrt((self.of(anchors.all) ** 2).sum()))
        return self._sizes[name]


_COPIED = 0.7
"""Share of a report's sentences that stand in another, from which it is not counted once more: a
copy must not make what it tells look common."""


def _told_once(accounts: Iterable[Account]) -> Iterator[Account]:
    """Yield the accounts but for copies of others, whatever order they come in."""
    known = set[int]()
    for account in sorted(accounts, key=lambda a: a.sentence_keys.tobytes()):
        keys = account.sentence_keys.tolist()
        if sum(key in known for key in keys) <= _COPIED * len(keys):
            known.update(keys)
            yield account


def likeness_of_anchors(one: Account, other: Account, rarity: Rarity) -> Floats:
    """Return the cosine of the weighted anchors of each two sentences."""
    shared = _shared(one, other)
    tables = [_table(account, shared, rarity) for account in (one, other)]
    sizes = [_sizes(account, rarity) for account in (one, other)]
    found: Floats = (tables[0] @ tables[1].T) / np.maximum(np.outer(*sizes), 1e-9)
    return found


def _shared(one: Account, other: Account) -> Keys:
    """Return the anchors that both reports hold, sorted, each once."""
    here, _ = common(one.anchors.all, other.anchors.all)
    return one.anchors.all[here]


def _table(account: Account, shared: Keys, rarity: Rarity) -> Floats:
    """Return a row a sentence, a column an anchor, holding its weight where it stands."""
    table = np.zeros((len(account.sentences), len(shared)))
    if len(shared):
        anchors = account.anchors
        column = np.minimum(np.searchsorted(shared, anchors.keys), len(shared) - 1)
        known = shared[column] == anchors.keys
        table[anchors.sentences[known], column[known]] = rarity.of(anchors.keys[known])
    return table


def _sizes(account: Account, rarity: Rarity) -> Floats:
    weights = rarity.of(account.anchors.keys) ** 2
    found: Floats = np.sqrt(
        np.bincount(account.anchors.sentences, weights, minlength=len(account.sentences))
    )
    return found


def closeness(one: Account, other: Account, rarity: Rarity) -> float:
    """Return the cosine of the weighted anchors of two whole reports."""
    shared = _shared(one, other)
    sizes = rarity.size(one.id, one.anchors) * rarity.size(other.id, other.anchors)
    return float((rarity.of(shared) ** 2).sum() / max(sizes, 1e-9))


def in_common(one: Account, other: Account) -> frozenset[str]:
    """Return the names and telling numbers of both reports, days and months aside.

    A capital that opens a sentence or stands in a headline makes a name of what the other report
    writes with one where nothing else calls for it.
    """
    shared = (one.named & other.named) | (one.named & other.headed) | (one.headed & other.named)
    lower = one.lower | other.lower
    return frozenset(word for word in shared - one.dated - other.dated if _tells(word, lower))


def _tells(word: str, lower: frozenset[str]) -> bool:
    if word.isalpha():
        return len(word) >= _SHORTEST and word not in lower and word not in _widely()
    return len(word) >= _SHORTEST and not _YEAR.fullmatch(word)


class _Widely(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``widely.toml``."""

    head: Head
    words: dict[str, tuple[str, ...]]


@cache
def _widely() -> frozenset[str]:
    """Return the names that a great many stories share."""
    words = read_table(TABLES / "widely.toml", _Widely).words
    return frozenset(chain.from_iterable(words[kind] for kind in words if kind != _SMALL))


@cache
def small_stems() -> frozenset[str]:
    """Return the beginnings of words that any claim may hold."""
    return frozenset(map(stem, read_table(TABLES / "widely.toml", _Widely).words[_SMALL]))


_SMALL = "small"


_SHORTEST = 3
"""Letters of a name, digits of a number: "I" and "La" have capitals too, and any report a 12."""

_YEAR = re.compile(r"(19|20)\d\d")
