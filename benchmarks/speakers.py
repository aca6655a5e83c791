"""Speakers and kinds of source on the marked texts that the tests keep, given the attributions.

What this measures is the resolution alone: sources, cues and contents are those of the marks.
"""

from __future__ import annotations

from ondit.language.lexicon import load_pack
from ondit.language.syntax import load_model
from tests.reading.resolved import shares, texts

PARTS = tuple((language, part) for language in ("en", "fr") for part in ("dev", "test"))


def scores() -> dict[str, float]:
    """Return per cent right by language and part: ``en_test.speaker``, ``en_test.source_kind``."""
    found = {}
    for language, part in PARTS:
        rates = shares(language, part)
        for name in ("speaker", "source_kind"):
            found[f"{language}_{part}.{name}"] = rates[name]
    return found


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
