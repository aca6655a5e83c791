"""Batches: passages side by side, padded to one length, as a compiled step wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ondit.reading.tagging.columns import Floats, Ints
from ondit.reading.tagging.passages import Passage


@dataclass(frozen=True)
class Batch:
    """Passages side by side, padded to the longest; arrays begin with (passages, tokens)."""

    fields: Ints
    dependents: Floats
    heads: Ints
    mask: Floats
    """1 where a passage has a token, 0 where it is padded."""


def batch(group: Sequence[Passage], *, rows: int, length: int) -> Batch:
    """Return `group` as one batch, padded to `rows` passages of `length` tokens."""
    width, kinds = group[0].columns.fields.shape[1], group[0].columns.dependents.shape[1]
    made = Batch(
        fields=np.zeros((rows, length, width), np.int32),
        dependents=np.zeros((rows, length, kinds), np.float32),
        heads=np.zeros((rows, length), np.int32),
        mask=np.zeros((rows, length), np.float32),
    )
    for row, passage in enumerate(group):
        size = len(passage)
        made.fields[row, :size] = passage.columns.fields
        made.dependents[row, :size] = passage.columns.dependents
        made.heads[row, :size] = passage.columns.heads
        made.mask[row, :size] = 1
    return made
