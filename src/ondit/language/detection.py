"""Which language a text is in, among those that have a pack."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from ondit.language.lexicon import available

# Below this margin over the second best the detector guesses; measured on first four words of
# sentences it is right 96 times in 100, on a paragraph always, so we ask for a paragraph's worth.
_ENOUGH = 40
_LONG = 4000
# The script of every language that has a pack; a pack in another script changes this.
_SCRIPT = "LATIN"


def detect(string: str) -> str | None:
    """Return the tag of the likeliest language, or None when there is too little text to tell.

    The detector chooses among all languages it knows; a language without a pack is returned by its
    own tag, so that the record can say what it could not read.
    """
    sample = " ".join(string[:_LONG].split())
    if sum(c.isalpha() for c in sample) < _ENOUGH:
        return None
    tag, _ = _identifier().classify(sample)
    return str(tag)


def detect_supported(string: str) -> str | None:
    """Return the likeliest tag among the languages with a pack, for texts too short to be sure.

    None where there is nothing to go by, or where most letters are not of their script.
    """
    letters = [c for c in string[:_LONG] if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith(_SCRIPT) for c in letters)
    if not letters or latin < len(letters) / 2:
        return None
    ranked = _identifier().rank(" ".join(string[:_LONG].split()))
    return next((str(tag) for tag, _ in ranked if tag in available()), None)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
