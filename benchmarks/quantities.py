"""Quantities: those of the acceptance page, and those of the marked texts that the tests keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ondit.language.lexicon import load_pack
from ondit.language.syntax import load_model
from ondit.model import Quantity, Record
from tests.reading.counted import shares, texts

PARTS = tuple((language, part) for language in ("en", "fr") for part in ("dev", "test"))
ENGLISH = {"bureau": "office"}
"""What the annotation calls in English and the record as the page does."""


def scores() -> dict[str, float]:
    """Return per cent right by language and part, ``en_test.exact``, and over everything."""
    found: dict[str, float] = {}
    right, of = 0.0, 0.0
    for language, part in PARTS:
        rates = shares(language, part)
        found |= {f"{language}_{part}.{name}": rates[name] for name in ("exact", "span")}
        right, of = right + rates["exact"] * rates["n"], of + rates["n"]
    return {**found, "exact": right / of}


def documents() -> int:
    """Return how many texts are read."""
    return sum(len(texts(language, part)) for language, part in PARTS)


def makers() -> set[str]:
    """Return the models and packs that take part."""
    models = (load_model(language) for language in ("en", "fr"))
    packs = (load_pack(language) for language in ("en", "fr"))
    return {f"{m.name}-{m.version}" for m in models if m} | {
        f"{pack.tag} pack {pack.digest[:8]}" for pack in packs
    }


def seed_scores(record: Record, annotation: Path) -> dict[str, float]:
    """Return per cent of the page's annotated quantities that are right.

    ``found`` is of those that are in the record at all, ``exact`` of those with low, high and
    unit right, ``role`` of the annotated roles. An annotated quantity in furniture, which is not
    read, is looked for where the report repeats the same words.
    """
    wanted = json.loads(annotation.read_text("utf-8"))["quantities"]
    pairs = [(one, _met(one, record)) for one in wanted]
    playing = [(one, met) for one, met in pairs if "role" in one]
    return {
        "found": _share([met is not None for _, met in pairs]),
        "exact": _share([met is not None and _is_exact(one, met) for one, met in pairs]),
        "role": _share([met is not None and met.role == one["role"] for one, met in playing]),
    }


def _met(wanted: dict[str, Any], record: Record) -> Quantity | None:
    start, end = wanted["start"], wanted["end"]
    if any(f.span.start <= start and end <= f.span.end for f in record.furniture):
        start = record.text.find(wanted["text"], end)
        end = start + len(wanted["text"])
    near = (q for q in record.quantities if q.span.start < end and start < q.span.end)
    return next(near, None)


def _is_exact(wanted: dict[str, Any], found: Quantity) -> bool:
    unit = ENGLISH.get(found.unit or "", found.unit)
    return (found.low, found.high, unit) == (wanted["low"], wanted["high"], wanted["unit"])


def _share(right: list[bool]) -> float:
    return 100 * sum(right) / len(right)
