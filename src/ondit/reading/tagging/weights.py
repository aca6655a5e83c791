"""Weights: the numbers of one trained network, a small file beside the code.

Tables are kept as bytes with a scale a row, matrices as half-precision numbers; both are computed
with in single precision. The file holds numbers alone: no word, no text, nothing that runs.
"""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from ondit.reading.tagging.columns import Floats

FOLDER = Path(__file__).parent / "models"
_SCALE = ":scale"


@dataclass(frozen=True)
class Model:
    """A trained attribution model with what a record cites of it."""

    name: str
    digest: str
    """SHA-256 over its weights and settings."""
    arrays: dict[str, Floats]
    """The network's; empty for a language that is read by rules alone."""
    settings: dict[str, Any]
    """The coefficients of the confidence and the thresholds of the presets; from the file."""


@cache
def load(language: str) -> Model | None:
    """Return the attribution model for `language`, or None when none is shipped."""
    digest = tagger_digest(language)
    if digest is None:
        return None
    weights, settings = _files(language)
    return Model(
        name=weights.stem,
        digest=digest,
        arrays=unpacked(weights.read_bytes()) if weights.exists() else {},
        settings=tomllib.loads(settings.read_text("utf-8")),
    )


def _files(language: str) -> tuple[Path, Path]:
    weights = FOLDER / f"attribution-{language}.npz"
    return weights, weights.with_suffix(".toml")


@cache
def tagger_digest(language: str) -> str | None:
    """Return the SHA-256 over weights and settings of the model for `language`, None without."""
    weights, settings = _files(language)
    if not settings.exists():
        return None
    numbers = weights.read_bytes() if weights.exists() else b""
    return sha256(numbers + settings.read_bytes()).hexdigest()


def packed(arrays: dict[str, Floats]) -> bytes:
    """Return `arrays` as the bytes of a weights file, the same bytes for the same numbers."""
    kept: dict[str, Any] = {}
    for name, array in sorted(arrays.items()):
        if array.ndim == 2 and "." not in name:
            scale = np.abs(array).max(axis=1) / 127
            rows = np.round(array / np.where(scale > 0, scale, 1)[:, None])
            kept[name] = rows.astype(np.int8)
            kept[name + _SCALE] = scale.astype(np.float16)
        else:
            kept[name] = array if array.dtype.kind == "i" else array.astype(np.float16)
    out = io.BytesIO()
    np.savez_compressed(out, **kept)
    return out.getvalue()


_KEYS = np.dtype(np.int32)
"""Of numbers that are looked up, not computed with."""


def _plain(array: Any) -> Any:
    return array if array.dtype == _KEYS else array.astype(np.float32)


def unpacked(content: bytes) -> dict[str, Floats]:
    """Return the arrays of a weights file, in single precision."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        kept = {name: _plain(stored[name]) for name in stored.files}
    return {
        name: array * kept[name + _SCALE][:, None] if name + _SCALE in kept else array
        for name, array in kept.items()
        if not name.endswith(_SCALE)
    }
