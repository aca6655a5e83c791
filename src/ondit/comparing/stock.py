"""Stock: sentences that belong to pages and not to stories, by where else they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from ondit.comparing.account import Account
from ondit.comparing.candidates import Pairs
from ondit.comparing.words import Keys

_REPEATED = 3
"""Reports that must hold a sentence for it to be looked at by the company it keeps."""

_SAMPLE = 5
"""Reports that are looked at of those that hold it."""

_COMPANY = 0.25
"""Share of their other sentences that two reports must have in common for a sentence to belong to
what was handed on; an outlet's standing lines are two or three of a dozen."""


def without_repeated(accounts: Sequence[Account]) -> list[Account]:
    """Return the accounts with the sentences marked that many hold who share little else.

    What a thousand outlets reprint is no stock: all its sentences go together.
    """
    stock = np.array(sorted(_repeated(accounts)), np.uint64)
    return [_without(account, stock) for account in accounts]


def _repeated(accounts: Sequence[Account]) -> Iterator[int]:
    held = [np.unique(account.sentence_keys) for account in accounts]
    if not held:
        return
    keys = np.concatenate([np.zeros(0, np.uint64), *held])
    holders = np.repeat(np.arange(len(held)), [len(row) for row in held])
    order = np.argsort(keys, kind="stable")
    keys, holders = keys[order], holders[order]
    begins = np.flatnonzero(np.diff(keys, prepend=~keys[:1]) != 0)
    ends = [*begins[1:], len(keys)]
    for begin, end in zip(begins, ends, strict=True):
        if end - begin >= _REPEATED:
            sample = holders[begin:end][:: max(1, (end - begin) // _SAMPLE)][:_SAMPLE]
            if _strangers([held[n] for n in sample]):
                yield int(keys[begin])


def _strangers(rows: Sequence[Keys]) -> bool:
    """Return whether most pairs of reports share little but the one sentence."""
    apart = [
        len(np.intersect1d(one, other, assume_unique=True)) - 1
        < _COMPANY * (min(len(one), len(other)) - 1)
        for one, other in combinations(rows, 2)
    ]
    return sum(apart) * 2 > len(apart)


def without_unnamed(accounts: Sequence[Account], sharing: Pairs) -> list[Account]:
    """Return the accounts with the sentences marked that any page holds.

    A sentence that names nothing and stands word for word in reports which otherwise share nothing
    is no part of a story: a line on cookies, a formula, a filler.
    """
    family = _families(len(accounts), sharing)
    rows = [_unnamed(account) for account in accounts]
    keys = np.concatenate([np.zeros(0, np.uint64), *rows])
    held = np.repeat(np.array(family, np.int64), [len(row) for row in rows])
    known, at = np.unique(keys, return_inverse=True)
    least, most = np.full(len(known), len(family)), np.full(len(known), -1)
    np.minimum.at(least, at, held)
    np.maximum.at(most, at, held)
    stock = known[least != most]
    return [_without(account, stock) for account in accounts]


def _families(count: int, pairs: Pairs) -> list[int]:
    """Return for each report the smallest position of those that it shares text with."""
    family = list(range(count))
    for one, other in pairs:
        low, high = sorted((_eldest(family, one), _eldest(family, other)))
        family[high] = low
    return [_eldest(family, n) for n in range(count)]


def _eldest(family: list[int], member: int) -> int:
    while family[member] != member:
        family[member] = family[family[member]]
        member = family[member]
    return member


def _unnamed(account: Account) -> Keys:
    return account.sentence_keys[[n for n, names in enumerate(account.names) if not names]]


def _without(account: Account, stock: Keys) -> Account:
    found = frozenset(map(int, np.flatnonzero(np.isin(account.sentence_keys, stock))))
    return account.without(found) if found else account
