"""Proposals: attributions as the network sees them, read off its probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from ondit.language.onethread import one_thread
from ondit.reading.tagging.columns import Columns, Floats, Ints
from ondit.reading.tagging.network import CONTENT, SOURCE, encode, label, tag
from ondit.reading.tagging.passages import Passage, row_of
from ondit.reading.tagging.relations import Relations, relations
from ondit.reading.tagging.weights import Model

_TOGETHER = 4096
"""Tokens of one row: large products, little memory."""

LIKELY_CUE = 0.3
"""Least probability of a cue worth asking whose and what; the calibration weighs the rest."""

_CUE_BEGINS = {"bio": 3, "cue": 1}
"""Column of "begins a cue" in each output layer; "goes on" is the next."""

_LEAST_PIECE = 2.5
"""Probability mass, in tokens, of a second piece of a content; smaller ones are noise. Set on the
PolNeAR training part, where pieces behind an interruption are rarely shorter than three words."""


@dataclass(frozen=True)
class Proposal:
    """One attribution as the network sees it; token indices of the text, in order."""

    cue: tuple[int, ...]
    head: int
    source: tuple[int, ...]
    content: tuple[tuple[int, ...], ...]
    """Pieces of the content, each an unbroken run of tokens."""
    outer: float
    """Probability that the cue introduces an outermost attribution."""
    any: float
    """Probability that it introduces one at all, nested ones included."""
    whose: float
    """Mean probability of the source's tokens; of there being none, without a source."""
    what: float
    """Mean probability of the content's tokens."""


def propose(model: Model, cut: Sequence[Passage]) -> Iterator[Proposal]:
    """Yield what the network proposes for passages of one text."""
    left = [passage for passage in cut if len(passage)]
    while left:
        ends = np.cumsum([len(passage) for passage in left])
        size = max(1, int(np.searchsorted(ends, _TOGETHER, side="right")))
        group, left = left[:size], left[size:]
        with one_thread():
            found = list(_of_row(model, group))
        yield from found


def _of_row(model: Model, group: Sequence[Passage]) -> Iterator[Proposal]:
    given = row_of(group)
    states = encode(model.arrays, given)
    cuts = np.cumsum(given.lengths)[:-1]
    outer, anyhow = (np.split(tag(model.arrays, states, layer), cuts) for layer in ("bio", "cue"))
    found = [
        (row, cue, head_of(cue, passage.columns.heads))
        for row, passage in enumerate(group)
        for cue in cues(outer[row], anyhow[row])
    ]
    if not found:
        return
    seen = [(row, head, _relations(group[row].columns, cue, head)) for row, cue, head in found]
    roles = label(model.arrays, states, given.lengths, seen)
    for (row, cue, head), role in zip(found, roles, strict=True):
        passage = group[row]
        read = _read(passage, role, cue)
        if read is not None:
            source, content, whose, what = read
            yield Proposal(
                cue=tuple(passage.first + i for i in cue),
                head=passage.first + head,
                source=tuple(passage.first + i for i in source),
                content=tuple(tuple(passage.first + i for i in piece) for piece in content),
                outer=_probability(outer[row], cue, "bio"),
                any=_probability(anyhow[row], cue, "cue"),
                whose=whose,
                what=what,
            )


def _relations(table: Columns, cue: Sequence[int], head: int) -> Relations:
    return relations(
        heads=table.heads,
        labels=table.relations,
        sentences=table.sentences,
        quotations=table.quotations,
        cue=cue,
        head=head,
    )


def _probability(tags: Floats, cue: Sequence[int], layer: str) -> float:
    first = _CUE_BEGINS[layer]
    return float(tags[list(cue), first : first + 2].sum(axis=-1).max())


def cues(outer: Floats, anyhow: Floats) -> Iterator[list[int]]:
    """Yield the likely cues of one passage, each a run of tokens.

    Cues of outermost attributions first; then what the layer that also knows nested ones adds.
    """
    taken: set[int] = set()
    for run in _likely_runs(outer[:, 3:5]):
        taken |= set(run)
        yield run
    for run in _likely_runs(anyhow[:, 1:3]):
        if not taken & set(run):
            yield run


def _likely_runs(likely: Floats) -> Iterator[list[int]]:
    """Yield runs of tokens that are likely to begin, or go on, a cue; a new one begins a run."""
    run: list[int] = []
    for token, (begins, goes_on) in enumerate(likely.tolist()):
        inside = begins + goes_on > LIKELY_CUE
        if run and (not inside or begins > goes_on):
            yield run
            run = []
        if inside:
            run.append(token)
    if run:
        yield run


def head_of(tokens: Sequence[int], heads: Ints) -> int:
    """Return the first of `tokens` whose head is not among them."""
    inside = set(tokens)
    return next((t for t in tokens if heads[t] not in inside or heads[t] == t), tokens[0])


# -- one cue's source and content ------------------------------------------------------------


def _read(
    passage: Passage, roles: Floats, cue: Sequence[int]
) -> tuple[list[int], list[list[int]], float, float] | None:
    """Return source, pieces of the content, and how sure they are; None without a content."""
    punctuation = passage.columns.punctuation
    best = roles > 0.5
    content = set(np.flatnonzero(best[:, CONTENT]).tolist()) - set(cue)
    source = set(np.flatnonzero(best[:, SOURCE]).tolist()) - set(cue)
    content = _closed(content, punctuation) - set(cue) - source
    pieces = _pieces(content, roles[:, CONTENT], punctuation)
    if not pieces:
        return None
    source = _closed(source, punctuation) - set(cue) - {i for piece in pieces for i in piece}
    whole = max(_runs(source), key=lambda run: roles[run, SOURCE].sum(), default=[])
    every = [i for piece in pieces for i in piece]
    whose = roles[whole, SOURCE].mean() if whole else 1 - roles[:, SOURCE].max()
    return whole, pieces, float(whose), float(roles[every, CONTENT].mean())


def _closed(tokens: set[int], punctuation: NDArray[np.bool_]) -> set[int]:
    """Return `tokens` with the gaps of one token, or of punctuation alone, filled."""
    filled = set(tokens)
    ordered = sorted(tokens)
    for left, right in pairwise(ordered):
        if right - left == 2 or bool(punctuation[left + 1 : right].all()):
            filled |= set(range(left + 1, right))
    return filled


def _pieces(
    tokens: set[int],
    likely: Floats,
    punctuation: NDArray[np.bool_],
) -> list[list[int]]:
    """Return the runs of `tokens` that hold words; of several, the likeliest and the long."""
    runs = [run for run in _runs(tokens) if not punctuation[run].all()]
    weights = [float(likely[run].sum()) for run in runs]
    least = min(max(weights, default=0.0), _LEAST_PIECE)
    return [run for run, weight in zip(runs, weights, strict=True) if weight >= least]


def _runs(tokens: set[int]) -> list[list[int]]:
    ordered = enumerate(sorted(tokens))
    return [[t for _, t in run] for _, run in groupby(ordered, key=lambda pair: pair[1] - pair[0])]
