"""Meanings: a vector for each word of the corpora, the mean of what an encoder makes of it.

A network of a million numbers learns what its corpus says often. That "touted" is a way to say and
"legislator" a kind of person it can be told: by the mean, over all its occurrences, of a word's
state in the middle of a large encoder (Bommasani et al., 2020), brought down to 64 numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ondit.reading.tagging.columns import Ints, meaning_key
from ondit.reading.tagging.network import TABLES
from ondit.training.encoder import WIDTH
from ondit.training.examples import Example
from ondit.training.twin import Arrays

Doubles = NDArray[np.float64]

OFTEN = 2
"""Occurrences that a word needs to be kept: of one, the mean is a sentence rather than a word."""

_ENOUGH = 50
"""Occurrences beyond which a word weighs no more in the choice of axes."""

_FAR, _SIZE = 4.0, 0.5
"""Deviations at which a number is cut off; spread of the numbers kept, that of the other inputs."""


def meanings(learned: Sequence[Example]) -> Arrays:
    """Return the table of words and the ordered keys they are looked up by.

    Args:
        learned: examples with their encoder states.
    """
    keys, totals, counts = _sums(learned)
    kept = counts >= OFTEN
    keys, mean, counts = keys[kept], totals[kept] / counts[kept, None], counts[kept]
    weight = np.minimum(counts, _ENOUGH)[:, None]
    centred = mean - (mean * weight).sum(0) / weight.sum()
    centred = np.clip(centred / (centred.std(0) + 1e-3), -5, 5)
    values, axes = np.linalg.eigh((centred * weight).T @ centred / weight.sum())
    size = TABLES["meaning"][1]
    spread = centred @ axes[:, ::-1][:, :size] / np.sqrt(values[::-1][:size])
    table = np.clip(spread, -_FAR, _FAR) * _SIZE
    return {"meanings": table.astype(np.float32), "meanings.keys": keys}


def _sums(learned: Sequence[Example]) -> tuple[Ints, Doubles, Doubles]:
    """Return the keys of all words in order, the sums of their states, and their counts."""
    found = [[meaning_key(word) for word in example.words] for example in learned]
    keys, owners = np.unique(np.concatenate(found), return_inverse=True)
    totals = np.zeros((len(keys), WIDTH // 2), np.float64)
    first = 0
    for example, own in zip(learned, found, strict=True):
        if example.states is not None:
            rows = owners[first : first + len(own)]
            np.add.at(totals, rows, example.states[:, : WIDTH // 2].astype(np.float32))
        first += len(own)
    counts = np.bincount(owners, minlength=len(keys)).astype(np.float64)
    return keys.astype(np.int32), totals, counts
