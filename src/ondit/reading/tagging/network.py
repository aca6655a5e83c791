"""The network, in numpy: two recurrent layers over a passage, a third as seen from one cue.

The second layer also sees the state of each token's head in the parse. The first two tell where
cues are (and sources and contents, which helps them learn); the third, for one cue, which tokens
are its source and its content. It is a labeller of semantic roles with the cue as its predicate
(He et al., 2017), kept small: about a million numbers besides the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ondit.reading.tagging.columns import FIELDS, Floats, Ints
from ondit.reading.tagging.passages import Row
from ondit.reading.tagging.relations import Relations

Weights = Mapping[str, Floats]

TABLES: dict[str, tuple[str, int]] = {
    "word": ("words", 48), "word-again": ("words", 48), "lemma": ("lemmas", 48),
    "lemma-again": ("lemmas", 48), "prefix": ("prefixes", 12), "suffix": ("suffixes", 16),
    "shape": ("shapes", 8), "pos": ("pos", 16), "morph": ("morph", 16),
    "relation": ("relations", 24), "head-lemma": ("governors", 48), "head-pos": ("head-pos", 12),
    "head-relation": ("head-relations", 16), "head-distance": ("distances", 8),
    "quotation": ("quotations", 16), "cue": ("cues", 16), "name": ("names", 8),
    "pos-before": ("pos-before", 8), "grandparent-lemma": ("governors", 48), "place": ("places", 8),
    "meaning": ("meanings", 64),
}  # fmt: skip
"""Table of vectors of each field, and their length."""

ADDED = {"word-again": "word", "lemma-again": "lemma"}
"""Fields whose vector is added to another's: the second hash of the same word."""

FROZEN = ("meanings", "meanings.keys")
"""What is not learned here: vectors of words, and the ordered numbers they are looked up by. They
are means over the states of a large multilingual encoder (`ondit.training.meanings`)."""

OUTSIDE, SOURCE, CONTENT = 0, 1, 2
"""Roles that the third layer tells apart."""


def look_up(weights: Weights, fields: Ints, dependents: Floats) -> Floats:
    """Return the vectors of tokens, shape (..., features).

    Args:
        weights: the tables are read.
        fields: shape (..., fields).
        dependents: shape (..., dependents).
    """
    found: dict[str, Floats] = {}
    for number, field in enumerate(FIELDS):
        table, _ = TABLES[field]
        if field == "meaning":
            vectors = _meanings(weights, fields[..., number])
        else:
            vectors = weights[table][fields[..., number]]
        if field in ADDED:
            found[ADDED[field]] = found[ADDED[field]] + vectors
        else:
            found[field] = vectors
    return np.concatenate([*found.values(), dependents], axis=-1)


def _meanings(weights: Weights, wanted: Ints) -> Floats:
    """Return the vectors of words, zeros for those that have none."""
    keys = weights["meanings.keys"]
    rows = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    vectors: Floats = weights["meanings"][rows] * (keys[rows] == wanted)[..., None]
    return vectors


def encode(weights: Weights, given: Row) -> Floats:
    """Return the states of the second layer, shape (tokens, width)."""
    vectors = look_up(weights, given.fields, given.dependents)
    entry = np.maximum(vectors @ weights["entry.W"] + weights["entry.b"], 0)
    low = recurrent(weights, "low", entry, given.lengths)
    both = np.concatenate([low, low[given.heads]], axis=-1)
    return recurrent(weights, "high", both, given.lengths)


def tag(weights: Weights, states: Floats, layer: str) -> Floats:
    """Return the probabilities of output layer `layer` ("bio" or "cue") for each token."""
    return _softmax(states @ weights[f"{layer}.W"] + weights[f"{layer}.b"])


def label(
    weights: Weights,
    states: Floats,
    lengths: Ints,
    seen: Sequence[tuple[int, int, Relations]],
) -> list[Floats]:
    """Return the probabilities of roles for each token, as seen from each cue.

    Args:
        weights: of the third layer.
        states: what `encode` returned.
        lengths: of the passages.
        seen: for each cue the number of its passage, its head token and the relations to it.

    Returns:
        For each cue an array of shape (tokens of its passage, roles).
    """
    firsts = np.cumsum(lengths) - lengths
    own, cue = states @ weights["role.token"], weights["role.cue"]
    hidden = np.concatenate([
        own[firsts[row] : firsts[row] + lengths[row]] + states[firsts[row] + head] @ cue
        for row, head, _ in seen
    ])  # fmt: skip
    hidden += weights["role.b"]
    for number, name in enumerate(Relations._fields):
        classes = np.concatenate([found[number] for _, _, found in seen])
        hidden += weights[f"role.{name}"][classes]
    hidden = np.maximum(hidden, 0)
    sizes = lengths[[row for row, _, _ in seen]]
    deep = recurrent(weights, "deep", hidden, sizes)
    scores = deep @ weights["roles.deep"] + hidden @ weights["roles.flat"] + weights["roles.b"]
    return np.split(_softmax(scores), np.cumsum(sizes)[:-1])


def recurrent(weights: Weights, layer: str, given: Floats, lengths: Ints) -> Floats:
    """Return the states of a bidirectional LSTM (Hochreiter and Schmidhuber, 1997).

    Both ways go in step, each passage from its own end, the longest first: nothing is padded, and
    what lies behind a passage is never computed. Sigmoids are taken as half a tanh, all gates of a
    step at once.

    Args:
        weights: of the layer.
        layer: its name.
        given: the tokens of all passages, one after the other: shape (tokens, features).
        lengths: tokens of each passage.

    Returns:
        An array of shape (tokens, twice the width).
    """
    order = np.argsort(-lengths, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    rows, size = np.repeat(rank, lengths), np.repeat(lengths, lengths)
    onward = np.arange(len(given)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    back = size - 1 - onward
    across = np.stack([_halved(weights[f"{layer}.{way}.U"]) for way in _WAYS])
    gates = np.empty((lengths.max(), 2, len(lengths), across.shape[-1]), np.float32)
    for way, steps in enumerate((onward, back)):
        gates[steps, way, rows] = _into(weights, f"{layer}.{_WAYS[way]}", given)
    states = _steps(gates, across, lengths[order])
    return np.concatenate([states[onward, 0, rows], states[back, 1, rows]], axis=-1)


_WAYS = ("forward", "backward")


def _into(weights: Weights, layer: str, given: Floats) -> Floats:
    """Return what the input adds to the gates of each token."""
    added: Floats = given @ _halved(weights[f"{layer}.W"])
    added += _halved(weights[f"{layer}.b"])
    return added


def _halved(matrix: Floats) -> Floats:
    """Return `matrix` with the columns of the three sigmoid gates halved."""
    size = matrix.shape[-1] // 4
    scale = np.repeat(np.array([0.5, 0.5, 1.0, 0.5], np.float32), size)
    return matrix * scale


def _steps(given: Floats, across: Floats, lengths: Ints) -> Floats:
    """Return the states of both ways: shape (steps, ways, rows, width).

    Args:
        given: what the input adds to the gates, shape (steps, ways, rows, gates); written over.
        across: from one step's state to the next one's gates, shape (ways, width, gates).
        lengths: of the rows, the longest first.
    """
    width = across.shape[1]
    out = np.empty((*given.shape[:3], width), np.float32)
    cell = np.zeros(out.shape[1:], np.float32)
    counts = np.searchsorted(-lengths, -np.arange(len(given))).tolist()
    state = cell
    for gates, new_state, rows in zip(given, out, counts, strict=True):
        now, kept = gates[:, :rows], cell[:, :rows]
        now += state[:, :rows] @ across
        np.tanh(now, out=now)
        sigmoids = now.reshape(2, rows, 4, width)
        let_in, forget, new, let_out = (sigmoids[:, :, gate] for gate in range(4))
        kept *= forget + 1
        let_in += 1
        let_in *= new
        kept += let_in
        kept *= 0.5
        state = new_state
        now_state = np.tanh(kept, out=state[:, :rows])
        let_out += 1
        now_state *= let_out
        now_state *= 0.5
    return out


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
