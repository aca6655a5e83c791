"""train: what it says when it cannot."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from ondit.app.frame import FAILED, USAGE
from tests.app.conftest import Call


def test_without_corpora_it_says_where_to_name_them(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONDIT_DATA", raising=False)
    result = call("train", "attribution")
    assert result.exit_code == USAGE
    assert "--data" in result.stderr


def test_a_folder_without_the_corpus_is_named(call: Call, tmp_path: Path) -> None:
    result = call("train", "attribution", "--data", str(tmp_path))
    assert result.exit_code == USAGE
    assert "polnear/train.jsonl" in result.stderr


@pytest.mark.skipif(importlib.util.find_spec("jax") is not None, reason="JAX is installed")
def test_without_the_extra_it_says_what_to_install(call: Call, tmp_path: Path) -> None:
    (tmp_path / "polnear").mkdir()
    (tmp_path / "polnear" / "train.jsonl").touch()
    result = call("train", "attribution", "--data", str(tmp_path))
    assert result.exit_code == FAILED
    assert "ondit[train]" in result.stderr
