"""Fitting: batches of examples, Adam, a cosine of steps; the same numbers from the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import cos, pi
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ondit.reading.tagging.columns import Floats, Ints
from ondit.reading.tagging.network import FROZEN
from ondit.reading.tagging.relations import Relations
from ondit.training.batches import batch
from ondit.training.examples import Example, SeenCue
from ondit.training.twin import Arrays, loss

LENGTHS = (24, 48, 80, 128, 224)
"""Lengths that passages are padded to: one compiled step each."""

TOGETHER = 3072
"""Tokens of a batch, padding included."""

_TOKENS_A_CUE = 24
"""Room for cues in a batch: one for so many tokens; in the corpora there is one for thirty."""

_WARM_UP = 0.04
"""Share of the steps in which the step size grows."""


def fit(
    weights: Arrays,
    choose: Callable[[np.random.Generator], Sequence[Example]],
    *,
    epochs: int,
    rate: float,
    seed: int,
    tell: Callable[[str], None] = lambda _: None,
) -> Arrays:
    """Return `weights` fitted to what `choose` gives for each epoch.

    Args:
        weights: where to begin.
        choose: returns an epoch's examples.
        epochs: how many times.
        rate: the largest step size; it grows first, then falls to almost nothing as a cosine.
        seed: of the order and of what is left out.
        tell: is called with a line an epoch.
    """
    draw, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    weights = {name: jnp.asarray(array) for name, array in weights.items()}
    frozen = {name: weights.pop(name) for name in FROZEN}
    moments = {name: (jnp.zeros_like(a), jnp.zeros_like(a)) for name, a in weights.items()}
    done, total = 0, 0
    for epoch in range(epochs):
        made = list(batches(choose(draw), draw))
        total = total or epochs * len(made)
        lost = []
        for group, length in made:
            done += 1
            key, now = jax.random.split(key)
            size = rate * _step_size(min(done / total, 1.0))
            weights, moments, value = _step(
                weights, moments, frozen, arrays(group, length), now,
                jnp.float32(done), jnp.float32(size),
            )  # fmt: skip
            lost.append(value)
        tell(f"epoch {epoch + 1} of {epochs}: loss {np.mean([float(v) for v in lost]):.3f}")
    return {name: np.asarray(array) for name, array in (weights | frozen).items()}


def _step_size(part: float) -> float:
    return min(1.0, part / _WARM_UP) * (0.98 * 0.5 * (1 + cos(pi * part)) + 0.02)


@partial(jax.jit, donate_argnums=(0, 1))
def _step(  # noqa: PLR0913, PLR0917  what one step reads
    weights: Arrays,
    moments: Any,
    frozen: Arrays,
    given: Arrays,
    key: Any,
    number: Any,
    size: Any,
) -> Any:
    """Return weights and moments after one step of Adam (Kingma and Ba, 2015), and the loss."""
    value, slopes = jax.value_and_grad(lambda w: loss(w | frozen, given, key))(weights)
    steep = jnp.sqrt(sum((s * s).sum() for s in slopes.values()))
    clip = jnp.minimum(1.0, 2.0 / (steep + 1e-9))
    fitted, kept = {}, {}
    for name, array in weights.items():
        slope = slopes[name] * clip
        mean = 0.9 * moments[name][0] + 0.1 * slope
        spread = 0.99 * moments[name][1] + 0.01 * slope * slope
        ahead = (mean / (1 - 0.9**number)) / (jnp.sqrt(spread / (1 - 0.99**number)) + 1e-8)
        decay = 0.0 if name.endswith(".b") else 1e-4
        fitted[name] = array - size * (ahead + decay * array)
        kept[name] = (mean, spread)
    return fitted, kept, value


def batches(
    chosen: Sequence[Example], draw: np.random.Generator
) -> Iterator[tuple[list[Example], int]]:
    """Yield groups of examples of like length, with the length they are padded to, shuffled."""
    by_length: dict[int, list[Example]] = {length: [] for length in LENGTHS}
    for index in draw.permutation(len(chosen)):
        example = chosen[index]
        by_length[next(n for n in LENGTHS if len(example.passage) <= n)].append(example)
    groups = [
        (members[first : first + TOGETHER // length], length)
        for length, members in by_length.items()
        for first in range(0, len(members), TOGETHER // length)
    ]
    yield from (groups[index] for index in draw.permutation(len(groups)))


def arrays(group: Sequence[Example], length: int) -> Arrays:
    """Return a group of examples as the arrays that the loss reads, padded to fixed shapes."""
    rows = TOGETHER // length
    given = batch([example.passage for example in group], rows=rows, length=length)
    made: Arrays = {
        "fields": given.fields, "dependents": given.dependents, "heads": given.heads,
        "mask": given.mask, "bio": np.zeros((rows, length, 7), np.float32),
        "cue": np.zeros((rows, length, 3), np.float32), "nested": np.zeros(rows, np.float32),
        "lexical": np.zeros(rows, np.float32),
    }  # fmt: skip
    if group[0].states is not None:
        made["states"] = np.zeros((rows, length, group[0].states.shape[1]), np.float32)
    for row, example in enumerate(group):
        size = len(example.passage)
        taught = example.taught
        made["bio"][row, :size] = _wanted(example.bio, 7, taught.tags if taught else None)
        made["cue"][row, :size] = _wanted(example.cue, 3)
        if example.states is not None:
            made["states"][row, :size] = example.states
        made["nested"][row] = example.nested
        made["lexical"][row] = example.lexical
    return made | _cues(list(_seen(group))[: TOGETHER // _TOKENS_A_CUE], length)


TAUGHT = 0.7
"""Share of what is wanted that a teacher's word counts for where there is one."""


def _wanted(marked: Ints, classes: int, taught: Floats | None = None) -> Floats:
    """Return the share of each class that is wanted of each token."""
    wanted: Floats = np.eye(classes, dtype=np.float32)[marked]
    return wanted if taught is None else (1 - TAUGHT) * wanted + TAUGHT * taught


def _seen(group: Sequence[Example]) -> Iterator[tuple[int, SeenCue, Floats | None]]:
    """Yield row, cue and what a teacher makes of it, for each marked cue."""
    for row, example in enumerate(group):
        for number, one in enumerate(example.seen):
            yield row, one, example.taught.roles[number] if example.taught else None


def _cues(seen: Sequence[tuple[int, SeenCue, Floats | None]], length: int) -> Arrays:
    room = TOGETHER // _TOKENS_A_CUE
    made: Arrays = {name: np.zeros((room, length), np.int32) for name in Relations._fields}
    made["roles"] = np.zeros((room, length, 3), np.float32)
    made |= {"row": np.zeros(room, np.int32), "head": np.zeros(room, np.int32)}
    made["real"] = np.zeros(room, np.float32)
    for number, (row, one, taught) in enumerate(seen):
        size = len(one.roles)
        for name, classes in zip(Relations._fields, one.relations, strict=True):
            made[name][number, :size] = classes
        made["roles"][number, :size] = _wanted(one.roles, 3, taught)
        made["row"][number], made["head"][number], made["real"][number] = row, one.head, 1
    return made
