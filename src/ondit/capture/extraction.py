"""What the extractors take for the report on a page: paragraphs, without their places."""

from __future__ import annotations

import re

import msgspec

# Fewer characters than this from the first extractor, and the second is asked.
_ENOUGH = 200
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Extracted(msgspec.Struct, frozen=True, kw_only=True):
    """The paragraphs of the report, and which extractor found them."""

    paragraphs: tuple[str, ...] = ()
    by: str | None = None
    """None when none of them found a text."""

    @property
    def length(self) -> int:
        """Characters in all paragraphs."""
        return sum(map(len, self.paragraphs))


def main_text(source: str) -> Extracted:
    """Return the paragraphs of the report on a page.

    Args:
        source: the decoded page, whose nesting and size the extractors' parser can hold.
    """
    # Their parser takes control characters for the end, or for an error.
    plain = _UNREADABLE.sub(" ", source)
    first = _trafilatura(plain)
    if first.length >= _ENOUGH or not plain.strip():
        return first
    second = _readability(plain)
    return second if second.length > first.length else first


def _trafilatura(source: str) -> Extracted:
    # Loaded when first needed: half a second, and most commands read no page.
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(
        source, favor_precision=True, include_comments=False, include_tables=True
    )
    text: str = getattr(found, "text", None) or ""
    return Extracted(paragraphs=_lines(text), by="trafilatura" if text else None)


def _readability(source: str) -> Extracted:
    from lxml.etree import LxmlError  # noqa: PLC0415 - as above
    from readability import Document  # noqa: PLC0415 - as above
    from readability.readability import Unparseable  # noqa: PLC0415 - as above

    from ondit.capture.markup import read_markup  # noqa: PLC0415 - as above

    try:
        summary = Document(source).summary(html_partial=True)
    except (Unparseable, LxmlError):
        return Extracted()
    # Its answer comes from the parser that we checked the page for, so no limit can be passed.
    passages = read_markup(summary, max_depth=100_000).passages
    return Extracted(
        paragraphs=tuple(p.text for p in passages), by="readability" if passages else None
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
