"""The text of a report put together from its passages, and the map of each character to its bytes.

Within a passage the segments are the stretches of the source between tags: their bytes, decoded,
with references resolved and white space folded, are their characters. Between passages stands a
gap, whose segment holds the bytes in between: the tags, and what was left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.entities import html5

import msgspec

from ondit.capture.body import Chosen
from ondit.capture.decode import Decoded
from ondit.capture.markup import Run, fold
from ondit.capture.selectors import Selectors
from ondit.model import Block, Furniture, Segment, Span
from ondit.model.capture import BlockKind, FurnitureKind

_SPACE = re.compile(r"[ \t\n\r\f]+")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")
# Between two passages; every character of it belongs to one segment.
GAP = "\n\n"


class Piece(msgspec.Struct, frozen=True):
    """Characters of the text and the source offsets they were read from."""

    text: str
    start: int
    end: int
    selector: str | None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One block of the report, or one stretch of furniture in it, as pieces."""

    pieces: tuple[Piece, ...]
    kind: BlockKind
    furniture: FurnitureKind | None = None
    rule: str | None = None

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


class Assembled(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its blocks, its furniture, and its map to the bytes."""

    text: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    segments: tuple[Segment, ...]


def parts(chosen: Iterable[Chosen], selectors: Selectors, source: str) -> list[Part]:
    """Return the chosen passages as parts of a text."""
    return [
        Part(
            pieces=tuple(_pieces(c, selectors.of(c.passage), source)),
            kind=c.kind,
            furniture=c.furniture,
            rule=c.rule,
        )
        for c in chosen
    ]


def assemble(parts: Iterable[Part], decoded: Decoded) -> Assembled:
    """Return the text that the parts make, in their order."""
    strings: list[str] = []
    blocks: list[Block] = []
    furniture: list[Furniture] = []
    segments: list[Segment] = []
    at, before = 0, 0
    for part in parts:
        if strings:
            gap = _gap(at, before, part.pieces[0].start, decoded)
            segments.append(gap)
            strings.append(GAP)
            at = gap.span.end
        start = at
        for piece in part.pieces:
            segments.append(_segment(piece, at, decoded))
            at += len(piece.text)
        before = part.pieces[-1].end
        strings.append(part.text)
        _place(part, start, at, blocks, furniture)
    text = "".join(strings)
    return Assembled(
        text=text, blocks=tuple(blocks), furniture=tuple(furniture), segments=tuple(segments)
    )


def _place(
    part: Part, start: int, end: int, blocks: list[Block], furniture: list[Furniture]
) -> None:
    if part.furniture is None:
        blocks.append(Block(start=start, end=end, kind=part.kind))
    else:
        span = Span(start, end, part.text)
        furniture.append(Furniture(span=span, kind=part.furniture, rule=part.rule or ""))


def _segment(piece: Piece, at: int, decoded: Decoded) -> Segment:
    return Segment(
        span=Span(at, at + len(piece.text), piece.text),
        byte_start=decoded.byte_at(piece.start),
        byte_end=decoded.byte_at(piece.end),
        selector=piece.selector,
    )


def _gap(at: int, before: int, after: int, decoded: Decoded) -> Segment:
    """Return the segment of a gap; empty where the next part stands earlier in the source."""
    return Segment(
        span=Span(at, at + len(GAP), GAP),
        byte_start=decoded.byte_at(before),
        byte_end=decoded.byte_at(max(before, after)),
    )


def _pieces(chosen: Chosen, selector: str | None, source: str) -> Iterator[Piece]:
    """Yield the runs of a passage, the first and last cut where only a part was chosen."""
    at = 0
    for run in chosen.passage.runs:
        low, high = max(chosen.start, at), min(chosen.end, at + len(run.text))
        if low < high:
            start, end = _within(run, low - at, high - at, source)
            yield Piece(run.text[low - at : high - at], start, end, selector)
        at += len(run.text)


def _within(run: Run, low: int, high: int, source: str) -> tuple[int, int]:
    """Return the source range of the characters ``low:high`` of a run."""
    if (low, high) == (0, len(run.text)):
        return run.start, run.end
    edges = source_edges(source[run.start : run.end])
    return run.start + edges[low][0], run.start + edges[high - 1][1]


def narrow(segment: Segment, content: bytes, charset: str, span: Span) -> tuple[int, int] | None:
    """Return the byte range of the part of a page's segment that `span` holds.

    Args:
        segment: of a page.
        content: the captured bytes.
        charset: of the capture.
        span: of the same text; what of it is outside the segment is left out.

    Returns:
        None when the bytes cannot be read back, as in a damaged page or in JSON.
    """
    low = max(span.start, segment.span.start) - segment.span.start
    high = min(span.end, segment.span.end) - segment.span.start
    try:
        source = content[segment.byte_start : segment.byte_end].decode(charset)
        edges = source_edges(source)
        if low >= high or len(edges) != len(segment.span.exact):
            return None
        first = len(source[: edges[low][0]].encode(charset))
        last = len(source[: edges[high - 1][1]].encode(charset))
    except (UnicodeError, LookupError):
        return None
    return segment.byte_start + first, segment.byte_start + last


def source_edges(source: str) -> list[tuple[int, int]]:
    """Return where each shown character of a stretch of source without tags begins and ends."""
    edges: list[tuple[int, int]] = []
    position = 0
    while position < len(source):
        end = _unit_end(source, position)
        shown = fold(html.unescape(source[position:end]))
        edges += [(position, end)] * len(shown)
        position = end
    return edges


def _unit_end(source: str, position: int) -> int:
    """Return the end of the character, reference, or white space that begins at `position`."""
    space = _SPACE.match(source, position)
    if space:
        return space.end()
    reference = _REFERENCE.match(source, position)
    if not reference:
        return position + 1
    name = reference[0][1:]
    if name.startswith("#"):
        return reference.end()
    lengths = range(len(name), 1, -1)
    known = next((length for length in lengths if name[:length] in html5), 0)
    return position + 1 + known
