"""Relations: how each token of a passage stands to one cue in it.

The path through the parse, the distance, the sentence and the quotation: what a linker knows, given
to the tagger before it decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ondit.reading.tagging.columns import Ints

KINDS, DISTANCES, QUOTED = 32, 16, 16
_CUE, _CUE_HEAD = 20, 21
_FAR_UP, _FAR_DOWN = 4, 2
_UNREACHED = 5


class Relations(NamedTuple):
    """Classes of each token of a passage as seen from one cue; arrays of its length."""

    distance: Ints
    kind: Ints
    """Steps up to the common ancestor and down from it, and the cue's own tokens."""
    label: Ints
    """Relation by which the token's branch hangs on the common ancestor."""
    quoted: Ints
    """Outside quotation marks, in the cue's quotation or in another; by sentence offset."""


def relations(
    *, heads: Ints, labels: Ints, sentences: Ints, quotations: Ints, cue: Sequence[int], head: int
) -> Relations:
    """Return the relations of all tokens of a passage to the cue headed by token `head`.

    Args:
        heads: head of each token, within the passage.
        labels: number of each token's relation to its head.
        sentences: number of each token's sentence.
        quotations: number of each token's quotation, -1 outside.
        cue: the cue's tokens.
        head: the one that governs the others.
    """
    kind, label = _paths(heads.tolist(), labels.tolist(), head)
    kind[list(cue)] = _CUE
    kind[head] = _CUE_HEAD
    offset = np.arange(len(heads)) - head
    size = np.searchsorted([1, 2, 3, 5, 9, 17, 33], np.abs(offset), side="right")
    distance = np.where(offset >= 0, size, size + 8) % DISTANCES
    inside = np.where(quotations < 0, 0, np.where(quotations == quotations[head], 1, 2))
    nearness = np.clip(sentences - sentences[head], -2, 2) + 2
    return Relations(
        distance.astype(np.int32), kind, label, (inside + 3 * nearness).astype(np.int32)
    )


def _paths(heads: list[int], labels: list[int], cue: int) -> tuple[Ints, Ints]:
    """Return for each token the class of its path from the cue, and its branch's relation."""
    seen: dict[int, tuple[int, int, int]] = {}
    node, steps = cue, 0
    while node not in seen:
        seen[node] = (min(steps, _FAR_UP), 0, 0)
        node, steps = heads[node], steps + 1
    for token in range(len(heads)):
        _reach(token, heads, labels, seen)
    kind = np.empty(len(heads), np.int32)
    label = np.empty(len(heads), np.int32)
    for token, (up, down, branch) in seen.items():
        kind[token] = up * 3 + down
        label[token] = branch if down else labels[cue] if up == 0 else 0
    return kind, label


def _reach(
    token: int, heads: list[int], labels: list[int], seen: dict[int, tuple[int, int, int]]
) -> None:
    """Write the path of `token`, and of those above it, into `seen`."""
    chain = []
    while token not in seen:
        chain.append(token)
        if heads[token] == token:
            seen[token] = (_UNREACHED, 0, labels[token])
            break
        token = heads[token]
    for below in reversed(chain):
        if below in seen:
            continue
        up, down, branch = seen[heads[below]]
        own = branch if down else labels[below]
        seen[below] = (up, min(down + 1, _FAR_DOWN), own)
