"""Event types: those of the acceptance page, and those of the marked sentences of the tests."""

from __future__ import annotations

import json
from pathlib import Path

from ondit.language.lexicon import load_pack
from ondit.language.syntax import load_model
from ondit.model import Claim, Record
from tests.reading.typed import sentences, shares

PARTS = tuple((language, part) for language in ("en", "fr") for part in ("dev", "test"))


def scores() -> dict[str, float]:
    """Return per cent by language and part: ``en_test.precision``, ``fr_dev.recall``."""
    found: dict[str, float] = {}
    for language, part in PARTS:
        rates = shares(language, part)
        names = ("precision", "recall", "roles")
        found |= {f"{language}_{part}.{name}": rates[name] for name in names}
    return found


def documents() -> int:
    """Return how many sentences are read."""
    return sum(len(sentences(language, part)) for language, part in PARTS)


def makers() -> set[str]:
    """Return the models and packs that take part."""
    models = (load_model(language) for language in ("en", "fr"))
    packs = (load_pack(language) for language in ("en", "fr"))
    return {f"{m.name}-{m.version}" for m in models if m} | {
        f"{pack.tag} pack {pack.digest[:8]}" for pack in packs
    }


Gold = tuple[int, int, str | None]
"""Where a claim stands in the annotation, and its type without the finer kind."""


def seed_scores(record: Record, annotation: Path) -> dict[str, float]:
    """Return per cent of the page's types that are right, and of those annotated that are found.

    A type is right where a gold claim that shares words with the claim bears it; the finer kinds
    of the annotation ("ASSAULT.drone") count as what they are kinds of.
    """
    rows = json.loads(annotation.read_text("utf-8"))["claims"]
    gold = [(r["span"]["start"], r["span"]["end"], _broad(r["event"])) for r in rows]
    typed = [claim for claim in record.claims if claim.event is not None]
    met = [_met(claim, gold) for claim in typed]
    wanted = sum(type_ is not None for *_, type_ in gold)
    return {
        "precision": 100 * sum(bool(m) for m in met) / max(len(typed), 1),
        "recall": 100 * len({m[0] for m in met if m}) / wanted,
    }


def _broad(type_: str) -> str | None:
    return None if type_ == "NONE" else type_.split(".", maxsplit=1)[0]


def _met(claim: Claim, gold: list[Gold]) -> list[int]:
    """Return the gold claims of the same type that share words with `claim`."""
    return [
        number
        for number, (start, end, type_) in enumerate(gold)
        if type_ == claim.event and any(s.start < end and start < s.end for s in claim.spans)
    ]
