"""How well times and places of the acceptance page are grounded: one function for each kind.

A kind takes what was read and what is right, and returns its scores; its names in the card stand
behind the name of the kind: ``times.value_f1``. To add a kind, write its function and name it in
`KINDS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from ondit.model import Record
from ondit.model.record import encode

Score = Callable[..., dict[str, Any]]
"""Runs a scorer with its arguments and returns what it prints."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The page as it was read, and its annotation."""

    record: Record
    gold: dict[str, Any]
    score: Score
    folder: Path
    """Where files for a scorer may be written."""


def times(page: Page) -> dict[str, float]:
    """Return the F1 of times: same characters, any overlap, overlap with the same value."""
    result = _scored(page, "times", "timex")
    return {name: float(result[name]) for name in ("strict_f1", "relaxed_f1", "value_f1")}


def places(page: Page) -> dict[str, float]:
    """Return the F1 of places found, and of these, right by id and by point."""
    result = _scored(page, "places", "toponyms")
    return {name: float(result[name]) for name in ("relaxed_f1", "id_accuracy", "acc_161km")}


def _scored(page: Page, kind: str, layer: str) -> dict[str, Any]:
    row = {"id": "page", "text": page.record.text, layer: page.gold[layer]}
    gold, found = page.folder / f"{kind}.gold.jsonl", page.folder / f"{kind}.jsonl"
    gold.write_text(json.dumps(row) + "\n", "utf-8")
    found.write_bytes(encode(page.record) + b"\n")
    return page.score("score_grounding.py", kind, gold, found)


KINDS: dict[str, Callable[[Page], dict[str, float]]] = {"times": times, "places": places}


def scores(page: Page) -> dict[str, float]:
    """Return the scores of every kind, each under its kind."""
    return {
        f"{kind}.{name}": value
        for kind, measure in KINDS.items()
        for name, value in measure(page).items()
    }
