"""textacy's direct quotations, paragraph by paragraph.

It refuses a document with an odd number of quotation marks; called so, that costs a paragraph.
"""

from __future__ import annotations

from textacy.extract import (  # type: ignore[import-not-found]  # in the tool's environment only
    direct_quotations,
)

from benchmarks.comparison.adapters import Read
from benchmarks.comparison.adapters.triples import by_paragraph

PACKAGES = ("textacy", "spacy")


def load(language: str) -> Read:
    """Return the reader for `language`."""
    return by_paragraph(direct_quotations, language)
