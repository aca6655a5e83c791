"""sayswho's quotation finder, on a text in one piece.

The package's second half merges speakers with a coreference model that cannot be installed beside
a current spaCy; it changes neither the quotations nor the words of a speaker, which is what the
scorer looks at.
"""

from __future__ import annotations

from sayswho.quote_finder import (  # type: ignore[import-not-found]  # in the tool's environment only
    quote_finder,
)

from benchmarks.comparison.adapters import Read
from benchmarks.comparison.adapters.triples import whole

PACKAGES = ("sayswho", "spacy")


def load(language: str) -> Read:
    """Return the reader for `language`."""
    return whole(quote_finder, language)
