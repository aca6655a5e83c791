"""A report that the page does not show and states for machines alone, in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from ondit.capture.assembly import Part, Piece
from ondit.capture.markup import Markup, Raw, fold
from ondit.capture.selectors import Selectors
from ondit.model.capture import BlockKind

_STRING = r'"\s*:\s*"((?:[^"\\]|\\.)*+)"'
_BODY = re.compile(r'"articleBody' + _STRING, re.DOTALL)
_HEADLINE = re.compile(r'"headline' + _STRING, re.DOTALL)
# One character of a JSON string as it is written; a pair of surrogates is one.
_UNIT = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
# Characters of a report worth reading, and how much more than the page shows it must be.
_ENOUGH, _MORE = 400, 3


def unmarked_parts(markup: Markup, shown: Sequence[Part], selectors: Selectors) -> list[Part]:
    """Return the parts of a report that stands in JSON-LD alone; empty when the page shows one.

    Args:
        markup: the page.
        shown: the report as the page shows it.
        selectors: of the page.
    """
    visible = sum(len(part.text) for part in shown if part.furniture is None)
    for raw in markup.raw("script"):
        body = _BODY.search(raw.text) if "ld+json" in raw.attributes.get("type", "") else None
        if body is None or len(body[1]) < max(_ENOUGH, _MORE * visible):
            continue
        head = _HEADLINE.search(raw.text)
        selector = selectors.at(raw.element.start) or "script"
        found = list(_parts(raw, head, "headline", selector)) if head else []
        return found + list(_parts(raw, body, "paragraph", selector))
    return []


def _parts(raw: Raw, match: re.Match[str], kind: BlockKind, selector: str) -> Iterator[Part]:
    """Yield the paragraphs of a JSON string, each with its place in the script."""
    units = list(_UNIT.finditer(raw.text, match.start(1), match.end(1)))
    shown = [_read(unit[0]) for unit in units]
    string = "".join(shown)
    if len(string) != len(units):
        return  # a reference that we read otherwise than the page's own program would
    for paragraph in _PARAGRAPH.finditer(string):
        text = paragraph[0].strip()
        if not text:
            continue
        first = paragraph.start() + paragraph[0].index(text)
        start = units[first].start()
        end = units[first + len(text) - 1].end()
        origin = raw.runs[0].start
        piece = Piece(fold(text), origin + start, origin + end, selector)
        yield Part(pieces=(piece,), kind=kind)


def _read(unit: str) -> str:
    if not unit.startswith("\\"):
        return unit
    try:
        read: str = json.loads(f'"{unit}"')
    except ValueError:
        return unit[1:] or unit
    return read
