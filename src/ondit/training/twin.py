"""The network once more, in JAX, so that it can be differentiated.

A test holds the two against each other; what is learned here is computed with there.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ondit.reading.tagging.columns import DEPENDENTS, FIELDS, LEXICAL
from ondit.reading.tagging.network import ADDED, FROZEN, TABLES
from ondit.reading.tagging.relations import DISTANCES, KINDS, QUOTED, Relations

Arrays = dict[str, Any]

ENTRY, LOW, HIGH, ROLE, DEEP = 160, 96, 96, 96, 48
"""Widths of the layers: as wide as a quarter of the reading time allows."""

SEEN = 96
"""Numbers that a teacher keeps of an encoder's states."""

_ROLE_TABLES = {"distance": DISTANCES, "kind": KINDS, "label": FIELDS["relation"], "quoted": QUOTED}

DROPPED = {"vectors": 0.25, "low": 0.33, "high": 0.33, "states": 0.33, "role": 0.2, "word": 0.1}
"""Shares of numbers, and of words, left out while learning (Gal and Ghahramani, 2016). With .25 and
.33 the score on the development part peaked two epochs earlier and half a point lower."""


def initial(seed: int, *, meanings: Arrays | None = None, states: int = 0) -> Arrays:
    """Return untrained weights.

    Args:
        seed: of the numbers drawn.
        meanings: the frozen table of words and its keys; none by default.
        states: width of the encoder's states that a teacher reads beside all else.
    """
    draw = np.random.default_rng(seed)

    def matrix(*shape: int, scale: float | None = None) -> Any:
        spread = scale or 1 / np.sqrt(shape[0])
        return jnp.asarray(draw.normal(0, spread, shape), jnp.float32)

    sizes = {TABLES[field][0]: (size, TABLES[field][1]) for field, size in FIELDS.items()}
    made: Arrays = {
        table: matrix(*size, scale=0.1) for table, size in sizes.items() if table not in FROZEN
    }
    made |= meanings or nothing_known()
    width = sum(TABLES[field][1] for field in FIELDS if field not in ADDED) + len(DEPENDENTS)
    if states:
        made["states.W"] = matrix(states, SEEN)
        width += SEEN
    made |= {"entry.W": matrix(width, ENTRY), "entry.b": jnp.zeros(ENTRY)}
    for layer, given, size in (("low", ENTRY, LOW), ("high", 4 * LOW, HIGH), ("deep", ROLE, DEEP)):
        for way in ("forward", "backward"):
            bias = np.zeros(4 * size, np.float32)
            bias[size : 2 * size] = 1  # forget nothing at first (Jozefowicz et al., 2015)
            made |= {
                f"{layer}.{way}.W": matrix(given, 4 * size),
                f"{layer}.{way}.U": matrix(size, 4 * size),
                f"{layer}.{way}.b": jnp.asarray(bias),
            }
    made |= {"bio.W": matrix(2 * HIGH, 7), "bio.b": jnp.zeros(7)}
    made |= {"cue.W": matrix(2 * HIGH, 3), "cue.b": jnp.zeros(3)}
    made |= {"role.token": matrix(2 * HIGH, ROLE), "role.cue": matrix(2 * HIGH, ROLE)}
    made |= {f"role.{name}": matrix(size, ROLE, scale=0.1) for name, size in _ROLE_TABLES.items()}
    made |= {"role.b": jnp.zeros(ROLE), "roles.deep": matrix(2 * DEEP, 3)}
    return made | {"roles.flat": matrix(ROLE, 3), "roles.b": jnp.zeros(3)}


def nothing_known() -> Arrays:
    """Return a table of meanings that knows no word."""
    empty = np.zeros((1, TABLES["meaning"][1]), np.float32)
    return {"meanings": empty, "meanings.keys": np.full(1, -1, np.int32)}


def loss(weights: Arrays, given: Arrays, key: Any) -> Any:
    """Return the mean cross-entropy of tags and roles over one batch.

    Tags of outermost attributions are learned where only those are annotated, tags of all cues
    where nested ones are too. What is wanted is a share for each class: all for what annotators
    marked, or shared between that and what a teacher thinks likely.
    """
    keys = jax.random.split(key, 6)
    states = _dropped(keys[0], _encode(weights, given, keys[1:5]), DROPPED["states"])
    nested = given["nested"][:, None] * given["mask"]
    flat = (1 - given["nested"])[:, None] * given["mask"]
    size = given["mask"].sum()
    outer = _entropy(states @ weights["bio.W"] + weights["bio.b"], given["bio"])
    anyhow = _entropy(states @ weights["cue.W"] + weights["cue.b"], given["cue"])
    scores, mask = _roles(weights, given, states, keys[5])
    roles = _entropy(scores, given["roles"])
    tags = ((outer * flat).sum() + (anyhow * nested).sum()) / size
    return tags + (roles * mask).sum() / jnp.maximum(mask.sum(), 1)


def _entropy(scores: Any, wanted: Any) -> Any:
    return -(wanted * jax.nn.log_softmax(scores)).sum(-1)


def tags_and_roles(weights: Arrays, given: Arrays) -> tuple[Any, Any]:
    """Return the probabilities of tags, (rows, tokens, 7), and of roles, (cues, tokens, 3)."""
    states = _encode(weights, given, [None] * 4)
    scores, _ = _roles(weights, given, states, None)
    tags = states @ weights["bio.W"] + weights["bio.b"]
    return jax.nn.softmax(tags), jax.nn.softmax(scores)


def _dropped(key: Any, values: Any, share: float) -> Any:
    """Return `values` with the same `share` of features left out all along a passage.

    Without a key, nothing is.
    """
    if key is None:
        return values
    shape = (values.shape[0], 1, values.shape[-1])
    return values * jax.random.bernoulli(key, 1 - share, shape) / (1 - share)


def _encode(weights: Arrays, given: Arrays, keys: Any) -> Any:
    vectors = _look_up(weights, given, keys[3])
    vectors = _dropped(keys[0], vectors, DROPPED["vectors"])
    entry = jax.nn.relu(vectors @ weights["entry.W"] + weights["entry.b"])
    low = recurrent(weights, "low", _dropped(keys[1], entry, DROPPED["low"]), given["mask"])
    governors = jnp.take_along_axis(low, given["heads"][..., None], 1)
    both = jnp.concatenate([low, governors], -1)
    return recurrent(weights, "high", _dropped(keys[2], both, DROPPED["high"]), given["mask"])


def _look_up(weights: Arrays, given: Arrays, key: Any) -> Any:
    lexical = given["lexical"][:, None, None]
    known = given["mask"][..., None]
    if key is not None:
        known = known * (1 - jax.random.bernoulli(key, DROPPED["word"], known.shape))
    found: Arrays = {}
    for number, field in enumerate(FIELDS):
        values = given["fields"][..., number]
        if field == "meaning":
            vectors = _meanings(weights, values)
        else:
            vectors = weights[TABLES[field][0]][values]
        if field in LEXICAL:
            vectors = vectors * lexical
        if field in {"word", "prefix", "suffix"}:
            vectors = vectors * known
        into = ADDED.get(field, field)
        found[into] = found[into] + vectors if into in found else vectors
    seen = [given["states"] @ weights["states.W"]] if "states.W" in weights else []
    return jnp.concatenate([*found.values(), given["dependents"], *seen], -1)


def _meanings(weights: Arrays, wanted: Any) -> Any:
    keys = weights["meanings.keys"]
    rows = jnp.minimum(jnp.searchsorted(keys, wanted), len(keys) - 1)
    return weights["meanings"][rows] * (keys[rows] == wanted)[..., None]


def _roles(weights: Arrays, given: Arrays, states: Any, key: Any) -> tuple[Any, Any]:
    row = given["row"]
    own = (states @ weights["role.token"])[row]
    cue = (states @ weights["role.cue"])[row, given["head"]]
    hidden = own + cue[:, None, :] + weights["role.b"]
    for name in Relations._fields:
        hidden = hidden + weights[f"role.{name}"][given[name]]
    hidden = _dropped(key, jax.nn.relu(hidden), DROPPED["role"])
    mask = given["mask"][row]
    deep = recurrent(weights, "deep", hidden, mask)
    scores = deep @ weights["roles.deep"] + hidden @ weights["roles.flat"] + weights["roles.b"]
    return scores, mask * given["real"][:, None]


def recurrent(weights: Arrays, layer: str, given: Any, mask: Any) -> Any:
    """Return the states of a bidirectional LSTM, both ways in one scan."""
    ways = [f"{layer}.forward", f"{layer}.backward"]
    into, across, bias = (jnp.stack([weights[f"{w}.{part}"] for w in ways]) for part in "WUb")
    both = jnp.stack([given, given[:, ::-1]])
    held = jnp.transpose(jnp.stack([mask, mask[:, ::-1]])[..., None], (2, 0, 1, 3))
    steps = jnp.einsum("kbtd,kdh->tkbh", both, into) + bias[None, :, None]

    def step(carried: Any, now: Any) -> Any:
        state, cell = carried
        given_now, keep = now
        gates = given_now + jnp.einsum("kbh,khg->kbg", state, across)
        let_in, forget, new, out = jnp.split(gates, 4, -1)
        new_cell = jax.nn.sigmoid(forget) * cell + jax.nn.sigmoid(let_in) * jnp.tanh(new)
        new_state = jax.nn.sigmoid(out) * jnp.tanh(new_cell)
        state = keep * new_state + (1 - keep) * state
        cell = keep * new_cell + (1 - keep) * cell
        return (state, cell), state

    zeros = jnp.zeros((2, given.shape[0], across.shape[1]))
    _, states = jax.lax.scan(step, (zeros, zeros), (steps, held))
    states = jnp.transpose(states, (1, 2, 0, 3))
    return jnp.concatenate([states[0], states[1][:, ::-1]], -1)
