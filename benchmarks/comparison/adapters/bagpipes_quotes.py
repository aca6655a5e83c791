"""bagpipes-spacy's quote detector: what stands between quotation marks; it knows no speakers."""

from __future__ import annotations

import bagpipes_spacy  # type: ignore[import-not-found]  # noqa: F401  registers the component; in the tool's environment only
import spacy

from benchmarks.comparison.adapters import Clock, Found, Read

PACKAGES = ("bagpipes-spacy", "spacy")


def load(language: str) -> Read:
    """Return the reader for `language`; it needs a tokenizer and no model."""
    tokenize = spacy.blank(language)
    detect = tokenize.create_pipe("quote_detector")

    def read(text: str, clock: Clock) -> list[Found]:
        with clock.parsing():
            doc = tokenize(text)
        quotes = detect(doc)._.quotes
        return [
            {"sources": [], "cues": [], "contents": [(quote.start_char, quote.end_char)]}
            for quote in quotes
        ]

    return read
