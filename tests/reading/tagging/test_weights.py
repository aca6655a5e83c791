"""Weights files: small, the same for the same numbers, and close to what went in."""

from __future__ import annotations

import io
from hashlib import sha256

import numpy as np
import pytest

from ondit.reading.tagging import weights
from ondit.reading.tagging.weights import load, packed, tagger_digest, unpacked
from ondit.reading.weighing import scale_of


def arrays() -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    draw = np.random.default_rng(3)
    return {
        "words": draw.normal(0, 0.1, (40, 6)).astype(np.float32),
        "entry.W": draw.normal(0, 0.1, (6, 5)).astype(np.float32),
        "entry.b": np.zeros(5, np.float32),
    }


def test_what_is_packed_comes_back_nearly() -> None:
    found = unpacked(packed(arrays()))
    assert set(found) == set(arrays())
    for name, array in arrays().items():
        assert found[name].dtype == np.float32
        assert found[name] == pytest.approx(array, abs=float(np.abs(array).max()) / 100)


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert packed(arrays()) == packed(dict(reversed(arrays().items())))


def test_a_row_of_zeros_stays_zero() -> None:
    assert unpacked(packed({"words": np.zeros((2, 3), np.float32)}))["words"].sum() == 0


def test_pickled_objects_are_refused() -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        unpacked(_with_object())


def _with_object() -> bytes:
    out = io.BytesIO()
    np.savez(out, words=np.array([{"a": 1}], dtype=object))
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_language_says_how_sure_it_is(language: str) -> None:
    model = load(language)
    assert model is not None
    assert model.digest == tagger_digest(language)
    for preset in ("precision", "balanced", "recall"):
        scale_of(model.settings, preset)


def test_the_english_network_is_the_one_its_card_describes() -> None:
    model = load("en")
    assert model is not None
    content = (weights.FOLDER / "attribution-en.npz").read_bytes()
    assert model.settings["digest"] == sha256(content).hexdigest()
    assert model.settings["digest"] in (weights.FOLDER / "attribution-en.md").read_text("utf-8")
    assert set(model.arrays) >= {"entry.W", "bio.W", "cue.W", "roles.deep"}


def test_french_is_read_by_rules_alone() -> None:
    model = load("fr")
    assert model is not None
    assert model.arrays == {}


def test_together_they_are_small() -> None:
    size = sum(path.stat().st_size for path in weights.FOLDER.iterdir())
    assert size < 25_000_000


def test_a_language_without_one_has_none() -> None:
    assert load("xx") is None
    assert tagger_digest("xx") is None
