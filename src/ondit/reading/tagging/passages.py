"""Passages: the stretches of a text that the network reads at once, and batches of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from ondit.model import Text
from ondit.reading.tagging.columns import Columns, Floats, Ints

LONGEST = 220
"""Tokens of the longest passage; a longer block is cut at the end of a sentence."""


@dataclass(frozen=True)
class Passage:
    """Tokens ``first:end`` of a text, their columns cut out; heads count from `first`."""

    first: int
    end: int
    columns: Columns = field(repr=False)

    def __len__(self) -> int:
        return self.end - self.first


def passages(text: Text, table: Columns) -> Iterator[Passage]:
    """Yield the passages of `text`, one a block unless the block is too long."""
    starts = [block.start for block in text.blocks]
    blocks = np.searchsorted(starts, table.starts, side="right")
    edges = np.flatnonzero(np.diff(blocks)) + 1
    bounds = [0, *edges.tolist(), len(blocks)]
    for first, end in pairwise(bounds):
        for cut in _cuts(first, end, table.sentences):
            yield _passage(*cut, table)


def _cuts(first: int, end: int, sentences: Ints) -> Iterator[tuple[int, int]]:
    while end - first > LONGEST:
        inside = sentences[first : first + LONGEST]
        whole = np.flatnonzero(inside != inside[-1])
        cut = first + (int(whole[-1]) + 1 if len(whole) else LONGEST)
        yield first, cut
        first = cut
    if end > first:
        yield first, end


def _passage(first: int, end: int, table: Columns) -> Passage:
    rows = slice(first, end)
    heads = table.heads[rows] - first
    own = np.arange(end - first, dtype=np.int32)
    inside = (heads >= 0) & (heads < end - first)
    cut = Columns(
        fields=table.fields[rows],
        dependents=table.dependents[rows],
        heads=np.where(inside, heads, own).astype(np.int32),
        relations=table.relations[rows],
        sentences=table.sentences[rows],
        quotations=table.quotations[rows],
        starts=table.starts[rows],
        ends=table.ends[rows],
        punctuation=table.punctuation[rows],
    )
    return Passage(first, end, cut)


@dataclass(frozen=True)
class Batch:
    """Passages side by side, padded to the longest; arrays begin with (passages, tokens)."""

    fields: Ints
    dependents: Floats
    heads: Ints
    mask: Floats
    """1 where a passage has a token, 0 where it is padded."""

    @property
    def lengths(self) -> Ints:
        """Tokens of each passage."""
        counted: Ints = self.mask.sum(axis=1).astype(np.int32)
        return counted


def batch(group: Sequence[Passage], *, rows: int | None = None, length: int | None = None) -> Batch:
    """Return `group` as one batch, padded to `rows` passages of `length` tokens when given."""
    rows, length = rows or len(group), length or max(map(len, group))
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
