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
from ondit.reading.tagging.passages import Batch
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


def encode(weights: Weights, given: Batch) -> Floats:
    """Return the states of the second layer, shape (passages, tokens, width)."""
    vectors = look_up(weights, given.fields, given.dependents)
    entry = np.maximum(vectors @ weights["entry.W"] + weights["entry.b"], 0)
    low = recurrent(weights, "low", entry, given.lengths)
    governors = np.take_along_axis(low, given.heads[..., None], axis=1)
    return recurrent(weights, "high", np.concatenate([low, governors], axis=-1), given.lengths)


def tag(weights: Weights, states: Floats, layer: str) -> Floats:
    """Return the probabilities of output layer `layer` ("bio" or "cue") for each token."""
    return _softmax(states @ weights[f"{layer}.W"] + weights[f"{layer}.b"])


def label(
    weights: Weights,
    states: Floats,
    lengths: Ints,
    seen: Sequence[tuple[int, int, Relations]],
) -> Floats:
    """Return the probabilities of roles for each token, as seen from each cue.

    Args:
        weights: of the third layer.
        states: what `encode` returned.
        lengths: of the batch's passages.
        seen: for each cue its passage's row, its head token and the relations to it.

    Returns:
        An array of shape (cues, tokens, roles).
    """
    rows = np.array([row for row, _, _ in seen])
    heads = np.array([head for _, head, _ in seen])
    own = states @ weights["role.token"]
    cue = states[rows, heads] @ weights["role.cue"]
    hidden = own[rows] + cue[:, None, :] + weights["role.b"]
    for number, (_, _, found) in enumerate(seen):
        for name, classes in zip(Relations._fields, found, strict=True):
            hidden[number, : len(classes)] += weights[f"role.{name}"][classes]
    hidden = np.maximum(hidden, 0)
    deep = recurrent(weights, "deep", hidden, lengths[rows])
    scores = deep @ weights["roles.deep"] + hidden @ weights["roles.flat"] + weights["roles.b"]
    return _softmax(scores)


def recurrent(weights: Weights, layer: str, given: Floats, lengths: Ints) -> Floats:
    """Return the states of a bidirectional LSTM (Hochreiter and Schmidhuber, 1997).

    Both ways go in step, each row from its own end, the longest row first: what lies behind a
    passage is never computed. Sigmoids are taken as half a tanh, all gates of a step at once.

    Args:
        weights: of the layer.
        layer: its name.
        given: shape (rows, steps, features).
        lengths: steps of each row that count.
    """
    order = np.argsort(-lengths, kind="stable")
    lengths = lengths[order]
    turned = np.maximum(lengths[:, None] - 1 - np.arange(given.shape[1]), 0)
    forward = given[order]
    backward = np.take_along_axis(forward, turned[..., None], axis=1)
    states = _steps(
        np.stack([_into(weights, f"{layer}.forward", forward),
                  _into(weights, f"{layer}.backward", backward)], axis=1),
        np.stack([_halved(weights[f"{layer}.{way}.U"]) for way in ("forward", "backward")]),
        lengths,
    )  # fmt: skip
    onward, back = np.swapaxes(states, 0, 2)[:, 0], np.swapaxes(states, 0, 2)[:, 1]
    back = np.take_along_axis(back, turned[..., None], axis=1)
    found = np.empty((*given.shape[:2], 2 * states.shape[-1]), np.float32)
    found[order] = np.concatenate([onward, back], axis=-1)
    return found


def _into(weights: Weights, layer: str, given: Floats) -> Floats:
    """Return what the input adds to the gates, step by step: shape (steps, rows, gates)."""
    turned = np.swapaxes(given, 0, 1)
    added = turned.reshape(-1, given.shape[-1]) @ _halved(weights[f"{layer}.W"])
    added += _halved(weights[f"{layer}.b"])
    return added.reshape(*turned.shape[:2], -1)


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
    out = np.zeros((*given.shape[:3], width), np.float32)
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
