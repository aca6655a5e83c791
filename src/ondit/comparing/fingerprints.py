"""Fingerprints: hashes of four words running, and the few of them that stand for a whole report.

Schleimer, Wilkerson & Aiken (2003), Winnowing: of every window of neighbouring hashes the least is
kept, so that any common run of `WINDOW + GRAM - 1` words shares at least one of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ondit.comparing.words import Ints, Keys, Words

GRAM = 4
"""Words of a shingle; four keep a recall of .93 where a third of the words is replaced, six .13."""
WINDOW = 4
"""Shingles of which one is kept."""

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 1], np.uint64)


def shingles(words: Words, which: NDArray[np.bool_]) -> tuple[Ints, Keys]:
    """Return where each run of four words marked by `which` begins, and its hash.

    A run never bridges words that are not marked: quoted speech is cut out, not skipped.
    """
    count = len(words) - GRAM + 1
    if count <= 0:
        return np.zeros(0, np.int32), np.zeros(0, np.uint64)
    whole = np.ones(count, np.bool_)
    hashes = np.zeros(count, np.uint64)
    for shift, factor in enumerate(_FACTORS):
        whole &= which[shift : shift + count]
        hashes = (hashes ^ words.keys[shift : shift + count]) * factor
        hashes ^= hashes >> np.uint64(29)
    begins = np.flatnonzero(whole)
    return begins.astype(np.int32), hashes[begins]


def by_hash(found: tuple[Ints, Keys]) -> tuple[Ints, Keys]:
    """Return shingles sorted by hash; of one that comes again, the first place counts."""
    begins, hashes = found
    known, first = np.unique(hashes, return_index=True)
    return begins[first], known


def winnowed(hashes: Keys) -> Keys:
    """Return the fingerprints of a sequence of hashes, sorted, each once."""
    if len(hashes) <= WINDOW:
        return np.unique(hashes)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    return np.unique(windows.min(axis=1))
