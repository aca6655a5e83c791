"""The encoder: what its file says is what is computed, shown on one of a single layer."""

from __future__ import annotations

import struct
from math import erf, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("jax", reason="training needs the extra 'train'")

from ondit.training.encoder import read

WIDTH, INNER, HEADS = 32, 64, 2
PIECES = [("<s>", 0.0), ("</s>", 0.0), ("?", 0.0), ("▁quay", -4.0), ("▁qua", -2.0), ("y", -3.0)]


def q4(draw: np.random.Generator, rows: int, columns: int) -> tuple[bytes, np.ndarray[Any, Any]]:
    """Return random rows packed in blocks of 32 numbers, and the numbers themselves."""
    numbers = draw.integers(0, 16, (rows, columns // 32, 32))
    blocks = b"".join(
        struct.pack(
            "<e16B", 0.0625, *(low | high << 4 for low, high in zip(b[:16], b[16:], strict=True))
        )
        for b in numbers.reshape(-1, 32).tolist()
    )
    return blocks, ((numbers - 8) * 0.0625).reshape(rows, columns)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, dict[str, np.ndarray[Any, Any]]]:
    draw = np.random.default_rng(5)
    packed, plain = {}, {}
    shapes = {
        "emb.word": (len(PIECES), WIDTH),
        "l0.fi.w": (INNER, WIDTH),
        "l0.fo.w": (WIDTH, INNER),
    }
    shapes |= {f"l0.{part}.w": (WIDTH, WIDTH) for part in ("q", "k", "v", "ao")}
    for name, shape in shapes.items():
        packed[name], plain[name] = q4(draw, *shape)
    sizes = {"emb.pos": 520 * WIDTH, "emb.type": WIDTH, "l0.fi.b": INNER}
    names = "emb.ln.w emb.ln.b l0.q.b l0.k.b l0.v.b l0.ao.b l0.fo.b l0.aln.w l0.aln.b l0.oln.w"
    sizes |= dict.fromkeys([*names.split(), "l0.oln.b"], WIDTH)
    for name, size in sizes.items():
        plain[name] = draw.normal(0, 0.3, size).astype(np.float32)
        packed[name] = plain[name].tobytes()
    path = tmp_path / "encoder.bin"
    path.write_bytes(_file(packed))
    return path, plain


def _file(packed: dict[str, bytes]) -> bytes:
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, HEADS, INNER, len(PIECES), 520, 1, 1e-5, 32)
    blob = b"".join(piece.encode() for piece, _ in PIECES)
    bounds = np.cumsum([0, *(len(piece.encode()) for piece, _ in PIECES)]).astype("<u4")
    head += struct.pack("<5iQ", len(PIECES), 0, 1, 1, 2, len(blob)) + bounds.tobytes()
    head += np.array([score for _, score in PIECES], "<f4").tobytes() + blob
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", len(packed))
    at = len(head) + sum(2 + len(name) + 21 for name in packed)
    body = b""
    for name, content in packed.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", 0, 0, at + len(body), len(content))
        body += content
    return head + body


def normed(plain: dict[str, Any], name: str, states: Any) -> Any:
    centred = states - states.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
    return centred / spread * plain[f"{name}.w"] + plain[f"{name}.b"]


def by_hand(plain: dict[str, Any], pieces: list[int]) -> Any:
    """Return the states after the only layer, one head after the other."""

    def linear(name: str, states: Any) -> Any:
        return states @ plain[f"l0.{name}.w"].T + plain[f"l0.{name}.b"]

    places = plain["emb.pos"].reshape(-1, WIDTH)[: len(pieces)]
    states = normed(plain, "emb.ln", plain["emb.word"][pieces] + places + plain["emb.type"])
    query, key, value = (linear(name, states) for name in "qkv")
    size, seen = WIDTH // HEADS, []
    for head in range(HEADS):
        own = slice(head * size, (head + 1) * size)
        powers = np.exp(query[:, own] @ key[:, own].T / sqrt(size))
        seen.append(powers / powers.sum(-1, keepdims=True) @ value[:, own])
    states = normed(plain, "l0.aln", states + linear("ao", np.concatenate(seen, -1)))
    wide = linear("fi", states)
    wide = wide * 0.5 * (1 + np.vectorize(erf)(wide / sqrt(2)))
    return normed(plain, "l0.oln", states + linear("fo", wide))


def test_the_likeliest_pieces_are_taken(made: tuple[Path, Any]) -> None:
    encoder = read(made[0])
    assert encoder.cut("quay") == [3]  # -4 as one piece, -5 as two
    assert encoder.cut("quayy") == [3, 5]
    assert 2 in encoder.cut("dock")


def test_states_are_what_the_layers_compute(made: tuple[Path, Any]) -> None:
    path, plain = made
    (found, other) = read(path).states([["quay", "quayy"], ["quay"]])
    states = by_hand(plain, [0, 3, 3, 5, 1])
    assert found[0, WIDTH:] == pytest.approx(states[1], abs=0.01)
    assert found[1, WIDTH:] == pytest.approx(states[2:4].mean(0), abs=0.01)
    assert other[0, WIDTH:] == pytest.approx(by_hand(plain, [0, 3, 1])[1], abs=0.01)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(60))
    with pytest.raises(ValueError, match="E5S1"):
        read(path)
