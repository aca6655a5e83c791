"""The network's arithmetic, held against a loop anyone can read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.tagging.columns import Floats
from ondit.reading.tagging.network import recurrent


def layer(width: int, given: int, seed: int = 0) -> dict[str, Floats]:
    """Return random weights of one recurrent layer."""
    draw = np.random.default_rng(seed)
    shapes = {"W": (given, 4 * width), "U": (width, 4 * width), "b": (4 * width,)}
    return {
        f"x.{way}.{part}": draw.normal(0, 0.5, shape).astype(np.float32)
        for way in ("forward", "backward")
        for part, shape in shapes.items()
    }


def one_way(weights: dict[str, Floats], way: str, row: Floats) -> Floats:
    """Return the states of an LSTM over one row, written as the textbook writes it."""
    width = weights[f"x.{way}.U"].shape[0]
    state, cell = np.zeros(width), np.zeros(width)
    states = []
    for step in row:
        gates = step @ weights[f"x.{way}.W"] + state @ weights[f"x.{way}.U"]
        let_in, forget, new, out = np.split(gates + weights[f"x.{way}.b"], 4)
        cell = cell / (1 + np.exp(-forget)) + np.tanh(new) / (1 + np.exp(-let_in))
        state = np.tanh(cell) / (1 + np.exp(-out))
        states.append(state)
    return np.array(states)


@given(lengths=st.lists(st.integers(1, 9), min_size=1, max_size=5), seed=st.integers(0, 9))
def test_both_ways_agree_with_the_textbook(lengths: list[int], seed: int) -> None:
    weights = layer(4, 3, seed)
    given = np.random.default_rng(seed).normal(size=(sum(lengths), 3)).astype(np.float32)
    found = recurrent(weights, "x", given, np.array(lengths, np.int32))
    edges = np.cumsum(lengths)[:-1]
    for row, states in zip(np.split(given, edges), np.split(found, edges), strict=True):
        onward = one_way(weights, "forward", row)
        back = one_way(weights, "backward", row[::-1])[::-1]
        assert states == pytest.approx(np.concatenate([onward, back], -1), abs=1e-5)


def test_a_passage_reads_the_same_beside_a_longer_one() -> None:
    weights = layer(4, 3)
    given = np.random.default_rng(1).normal(size=(14, 3)).astype(np.float32)
    alone = recurrent(weights, "x", given[:5], np.array([5], np.int32))
    beside = recurrent(weights, "x", given, np.array([5, 9], np.int32))
    assert beside[:5] == pytest.approx(alone, abs=1e-6)
