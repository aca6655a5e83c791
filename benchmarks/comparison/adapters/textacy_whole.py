"""textacy's direct quotations, on a text in one piece: the call that its documentation shows."""

from __future__ import annotations

from textacy.extract import (  # type: ignore[import-not-found]  # in the tool's environment only
    direct_quotations,
)

from benchmarks.comparison.adapters import Read
from benchmarks.comparison.adapters.triples import whole

PACKAGES = ("textacy", "spacy")


def load(language: str) -> Read:
    """Return the reader for `language`."""
    return whole(direct_quotations, language)
