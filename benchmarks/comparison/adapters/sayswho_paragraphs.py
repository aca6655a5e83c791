"""sayswho's quotation finder, paragraph by paragraph: it ends at an empty line otherwise."""

from __future__ import annotations

from sayswho.quote_finder import (  # type: ignore[import-not-found]  # in the tool's environment only
    quote_finder,
)

from benchmarks.comparison.adapters import Read
from benchmarks.comparison.adapters.triples import by_paragraph

PACKAGES = ("sayswho", "spacy")


def load(language: str) -> Read:
    """Return the reader for `language`."""
    return by_paragraph(quote_finder, language)
