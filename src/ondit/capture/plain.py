"""Plain text and Markdown: the text is the decoded input itself, with its furniture marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from itertools import pairwise

import msgspec

from ondit.capture.decode import Decoded, decode
from ondit.capture.furniture import Layout, Line, bare_layout, find_furniture
from ondit.capture.markdown import read_markdown
from ondit.model import Block, Candidate, Capture, Failure, Meta, Published, Report, Segment, cut
from ondit.model.capture import BlockKind, Verdict

MARKDOWN = "text/markdown"

# A run of lines this wide, broken at words and not at sentences, is one paragraph wrapped by hand.
_WRAP_NARROW, _WRAP_WIDE = 50, 100
_SHORTEST_SEGMENT = 60


def read_plain(
    content: bytes,
    *,
    input: str,
    capture: Capture,
    clean: bool = False,
    title: str | None = None,
) -> Report:
    """Return the report of a text file; `text` is the decoded input, unchanged.

    Args:
        content: the captured bytes.
        input: the input as it was given.
        capture: its record; ``text/markdown`` as media type reads Markdown's signs.
        clean: the input is known to be clean text, so no furniture is looked for.
        title: the headline, when a container tells it (the subject of a letter).
    """
    decoded = decode(content, declared=_declared(capture))
    string = decoded.string
    capture = msgspec.structs.replace(
        capture, charset=decoded.decision.charset, decision=decoded.decision
    )
    layout = _layout(string, markdown=capture.media_type == MARKDOWN, clean=clean, title=title)
    return Report(
        input=input,
        capture=capture,
        content=content,
        text=string,
        blocks=tuple(_blocks(string, layout)),
        furniture=layout.furniture(string),
        segments=tuple(_segments(decoded)),
        meta=_meta(layout),
        failures=_failures(string),
    )


def _declared(capture: Capture) -> str | None:
    """Return the charset that the server or the letter named."""
    message = Message()
    message["content-type"] = capture.headers.get("content-type", "text/plain")
    return capture.charset or message.get_content_charset()


def _layout(string: str, *, markdown: bool, clean: bool, title: str | None) -> Layout:
    if clean:
        return bare_layout(string)
    layout = find_furniture(string, title=title)
    return read_markdown(string, layout) if markdown else layout


def _failures(string: str) -> tuple[Failure, ...]:
    if not string.strip("\ufeff \t\r\n\x00"):
        return (Failure(step="capture", reason="the input holds no text", fatal=True),)
    return ()


# -- blocks --------------------------------------------------------------------------------------


def _blocks(string: str, layout: Layout) -> Iterator[Block]:
    for lines in _paragraphs(string, layout):
        kind = _kind(lines, layout)
        shift = layout.signs.get(lines[0].index, 0)
        yield Block(start=lines[0].start + shift, end=lines[-1].end, kind=kind)


def _kind(lines: list[Line], layout: Layout) -> BlockKind:
    first = lines[0]
    if first is layout.headline:
        return "headline"
    return layout.kinds.get(first.index, "paragraph")


def _paragraphs(string: str, layout: Layout) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph: one line, or several that were wrapped by hand."""
    for chunk in _chunks(string, layout):
        if _wrapped(chunk):
            yield chunk
        else:
            yield from ([line] for line in chunk)


def _chunks(string: str, layout: Layout) -> Iterator[list[Line]]:
    """Yield runs of lines with no empty line, furniture, or line of another kind between them."""
    chunk: list[Line] = []
    for line in layout.lines:
        if line.index in layout.marks:
            continue
        above = chunk[-1] if chunk else None
        apart = above is layout.headline or line.index in layout.kinds
        if above and (apart or not _adjoin(string, above, line)):
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _adjoin(string: str, above: Line, below: Line) -> bool:
    between = string[above.end : below.start]
    breaks = len(re.findall(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", between))
    return breaks == 1 and below.index == above.index + 1


def _wrapped(chunk: list[Line]) -> bool:
    """Whether the lines are one paragraph that somebody wrapped at a fixed width."""
    if len(chunk) < 2:
        return False
    upper = [len(line.string) for line in chunk[:-1]]
    if min(upper) < _WRAP_NARROW or max(upper) > _WRAP_WIDE:
        return False
    # At a fixed width the next line's first word would not have fitted.
    fits = sum(
        len(a.string) + 1 + len(b.string.split(maxsplit=1)[0]) <= max(upper)
        for a, b in pairwise(chunk)
    )
    return fits <= len(chunk) // 4 and sum(ln.ends for ln in chunk[:-1]) <= (len(chunk) - 1) // 2


# -- the map back to the bytes -------------------------------------------------------------------


def _segments(decoded: Decoded) -> Iterator[Segment]:
    """Yield runs of whole lines, breaks included, so that every character has its bytes.

    A run is one line, or several short ones, so that a page of tiny lines stays cheap.
    """
    string, start = decoded.string, 0
    while start < len(string):
        end = string.find("\n", start + _SHORTEST_SEGMENT) + 1 or len(string)
        yield Segment(
            span=cut(string, start, end),
            byte_start=decoded.byte_at(start),
            byte_end=decoded.byte_at(end),
        )
        start = end


# -- what the page says of itself ------------------------------------------------------------------


def _meta(layout: Layout) -> Meta:
    found = list(layout.candidates)
    if layout.headline:
        title = layout.headline.string[layout.signs.get(layout.headline.index, 0) :]
        found.insert(0, Candidate(field="title", value=title, source="text:headline"))
    chosen = _choose(found)
    values = {c.field: c.value for c in chosen if c.chosen}
    body = [line for line in layout.lines if line.index not in layout.marks]
    return Meta(
        title=values.get("title"),
        byline=values.get("byline"),
        outlet=values.get("outlet"),
        section=values.get("section"),
        published=_published(chosen),
        modified=values.get("modified"),
        verdict=_verdict(body),
        verdict_reasons=() if body else ("the text holds no line that is not furniture",),
        candidates=tuple(c for c in chosen if c.field != "published"),
    )


def _choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates with the first of each field marked as chosen."""
    seen: set[str] = set()
    chosen = []
    for candidate in candidates:
        first = candidate.field not in seen
        seen.add(candidate.field)
        chosen.append(msgspec.structs.replace(candidate, chosen=first))
    return chosen


def _published(candidates: list[Candidate]) -> Published:
    evidence = tuple(c for c in candidates if c.field == "published")
    if not evidence:
        return Published()
    days = {c.value[:10] for c in evidence}
    day = evidence[0].value[:10]
    return Published(
        value=evidence[0].value,
        earliest=day,
        latest=day,
        evidence=evidence,
        conflict=len(days) > 1,
    )


def _verdict(body: list[Line]) -> Verdict:
    """Return what a plain text lets us say: an article needs a paragraph, an empty page no line."""
    if not body:
        return "empty"
    return "article" if any(line.prose for line in body) else "unknown"
