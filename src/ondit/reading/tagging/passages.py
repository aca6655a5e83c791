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
class Row:
    """Passages one after the other; arrays begin with (tokens)."""

    fields: Ints
    dependents: Floats
    heads: Ints
    """Head of each token, counted along the row."""
    lengths: Ints
    """Tokens of each passage."""


def row_of(group: Sequence[Passage]) -> Row:
    """Return `group` as one row."""
    lengths = np.array([len(passage) for passage in group], np.int32)
    firsts = np.cumsum(lengths) - lengths
    heads = [p.columns.heads + first for p, first in zip(group, firsts, strict=True)]
    return Row(
        fields=np.concatenate([p.columns.fields for p in group]),
        dependents=np.concatenate([p.columns.dependents for p in group]),
        heads=np.concatenate(heads),
        lengths=lengths,
    )
