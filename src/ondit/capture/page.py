"""A page: its article in reading order, every character of it led back to the captured bytes.

A library finds the article; its paragraphs are then found again among the visible characters of the
page, and the text is taken from there. So the extractor decides what belongs, never how it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
import msgspec
import trafilatura
from lxml.html import HtmlElement

from ondit.capture.alignment import Placed, align
from ondit.capture.decode import Decoded, decode
from ondit.capture.failing import failed
from ondit.capture.furniture import find_furniture
from ondit.capture.limits import Limits
from ondit.capture.metadata import articles, read_metadata
from ondit.capture.verdict import judge
from ondit.capture.visible import Element, Visible, squeeze, squeezed_text, visible
from ondit.model import Block, Capture, Failure, Furniture, Meta, Report, Segment, cut
from ondit.model.capture import BlockKind, Verdict

# Below this many characters the extractor's answer is checked against a second one.
_DOUBTFUL = 200
# Only blocks this short are tried as furniture: the extractor has already weighed the long ones.
_SHORT_BLOCK = 160
# lxml gives up on one text node longer than this.
_NODE = 9_000_000

_KINDS: dict[str, BlockKind] = {
    "head": "heading",
    "item": "list-item",
    "quote": "quote",
    "cell": "paragraph",
    "p": "paragraph",
}
_BETWEEN = "\n\n"
_NO_ARTICLE: set[Verdict] = {"consent", "script-only", "empty", "index"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of visible characters that becomes one block of the text."""

    start: int
    end: int
    kind: BlockKind


def read_page(content: bytes, *, input: str, capture: Capture, limits: Limits) -> Report:
    """Return the report of an HTML page; what it cannot be read for is a failure in it."""
    decoded = decode(content, declared=_declared(capture), html=True)
    source = decoded.string
    capture = msgspec.structs.replace(
        capture, charset=decoded.decision.charset, decision=decoded.decision
    )
    if not source.strip("\ufeff \t\r\n\x00"):
        return failed(input, "the page is empty", capture=capture, content=content)
    if re.search(rf"[^<>]{{{_NODE}}}", source):
        return failed(
            input,
            "one stretch of text of over 9 million characters",
            capture=capture,
            content=content,
        )
    shown = visible(source, max_depth=limits.max_depth)
    if shown.depth > limits.max_depth:
        reason = f"elements are nested more than {limits.max_depth} deep"
        return failed(input, reason, capture=capture, content=content)
    tree = _tree(source)
    if tree is None:
        return failed(input, "no HTML could be read in it", capture=capture, content=content)
    return _report(content, decoded, shown, tree, input=input, capture=capture)


def _declared(capture: Capture) -> str | None:
    stated = capture.headers.get("content-type", "")
    match = re.search(r"charset=[\"']?([\w.:-]+)", stated, re.IGNORECASE)
    return match[1] if match else None


def _tree(source: str) -> HtmlElement | None:
    # A str with an encoding declaration is refused by lxml, so it is parsed as UTF-8 bytes.
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def _report(
    content: bytes,
    decoded: Decoded,
    shown: Visible,
    tree: HtmlElement,
    *,
    input: str,
    capture: Capture,
) -> Report:
    meta = read_metadata(tree, decoded.string, capture)
    paragraphs, failures = _paragraphs(decoded.string)
    parts, lost = _parts(paragraphs, shown, meta)
    objects = articles(tree)
    body = "".join("".join(shown.chars[p.start : p.end]) for p in parts if p.kind != "headline")
    verdict, reasons = judge(tree, body, "".join(shown.chars), objects)
    meta = msgspec.structs.replace(meta, verdict=verdict, verdict_reasons=reasons)
    if verdict in _NO_ARTICLE:
        parts = [p for p in parts if p.kind == "headline"] if verdict == "index" else []
        failures = [*failures, _fatal(verdict, reasons)]
    text, blocks, segments = _compose(parts, shown, decoded)
    furniture = tuple(_left_furniture(text, blocks))
    marked = {mark.span.start for mark in furniture}
    return Report(
        input=input,
        capture=capture,
        content=content,
        text=text,
        blocks=tuple(b for b in blocks if b.start not in marked),
        furniture=furniture,
        segments=tuple(segments),
        meta=meta,
        failures=(*failures, *_losses(paragraphs, lost)),
    )


def _fatal(verdict: Verdict, reasons: tuple[str, ...]) -> Failure:
    said = "; ".join(reasons)
    return Failure(step="capture", reason=f"this is no article ({verdict}): {said}", fatal=True)


def _left_furniture(text: str, blocks: list[Block]) -> Iterator[Furniture]:
    """Yield the short blocks that the extractor left and that are furniture in plain text too."""
    starts = {
        b.start: b for b in blocks if b.kind != "headline" and b.end - b.start <= _SHORT_BLOCK
    }
    for mark in find_furniture(text).furniture(text):
        block = starts.get(mark.span.start)
        if block is not None and block.end == mark.span.end:
            yield mark


def _losses(paragraphs: list[tuple[str, BlockKind]], lost: list[int]) -> Iterator[Failure]:
    long = [n for n in lost if len(paragraphs[n][0]) > 40]
    if long:
        size = sum(len(paragraphs[n][0]) for n in long)
        reason = f"{len(long)} extracted paragraphs ({size} characters) stand nowhere on the page"
        yield Failure(step="alignment", reason=reason)


# -- what belongs to the article ---------------------------------------------------------------


def _paragraphs(source: str) -> tuple[list[tuple[str, BlockKind]], list[Failure]]:
    """Return the extractor's paragraphs with their kinds, by a second one where it finds little."""
    extracted = trafilatura.extract(
        source,
        output_format="xml",
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        with_metadata=False,
        deduplicate=False,
    )
    found = list(_from_xml(extracted)) if extracted else []
    if sum(len(text) for text, _ in found) >= _DOUBTFUL:
        return found, []
    second = list(_second_opinion(source))
    if sum(len(t) for t, _ in second) > 2 * sum(len(t) for t, _ in found):
        reason = "the extractor found little; the article is a second extractor's"
        return second, [Failure(step="extraction", reason=reason)]
    return found, []


def _from_xml(extracted: str) -> Iterator[tuple[str, BlockKind]]:
    root = lxml.etree.fromstring(extracted.encode("utf-8"), lxml.etree.XMLParser(huge_tree=False))
    for element in root.iter(*_KINDS):
        if any(child.tag in _KINDS for child in element):
            lead = " ".join((element.text or "").split())
        else:
            lead = " ".join("".join(element.itertext()).split())
        if lead:
            yield lead, _KINDS[element.tag]


def _second_opinion(source: str) -> Iterator[tuple[str, BlockKind]]:
    from readability import Document  # noqa: PLC0415 - needed for few pages

    try:
        summary = lxml.html.fromstring(Document(source).summary(html_partial=True))
    except (ValueError, TypeError, lxml.etree.LxmlError):
        return
    for element in summary.iter("p", "li", "h2", "h3", "blockquote"):
        text = " ".join(element.text_content().split())
        if text:
            yield text, "heading" if element.tag in {"h2", "h3"} else "paragraph"


def _parts(
    paragraphs: list[tuple[str, BlockKind]], shown: Visible, meta: Meta
) -> tuple[list[_Part], list[int]]:
    """Return headline and paragraphs as stretches of the page, and the paragraphs found nowhere."""
    placed, lost = align([text for text, _ in paragraphs], squeeze(shown.chars))
    parts = [_part(one, paragraphs[one.number][1]) for one in placed]
    headline = _headline(shown, meta, parts)
    if headline is not None:
        parts = [
            headline,
            *(p for p in parts if p.end <= headline.start or p.start >= headline.end),
        ]
    return parts, lost


def _part(one: Placed, kind: BlockKind) -> _Part:
    return _Part(one.start, one.end, kind)


def _headline(shown: Visible, meta: Meta, parts: list[_Part]) -> _Part | None:
    """Return the visible heading that says the title, the one nearest before the body."""
    title = squeezed_text(meta.title or "").casefold()
    first = min((p.start for p in parts), default=len(shown.chars))
    found = []
    for _, start, end in shown.headings:
        said = squeezed_text("".join(shown.chars[start:end])).casefold()
        if said and title and (said in title or title in said) and len(said) >= len(title) // 2:
            found.append(_Part(start, end, "headline"))
    before = [part for part in found if part.start <= first]
    return before[-1] if before else (found[0] if found else None)


# -- the text and its way back -----------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """Characters of the text that one element of the page holds without a break."""

    text: str
    start: int
    end: int
    element: Element | None


def _compose(
    parts: list[_Part], shown: Visible, decoded: Decoded
) -> tuple[str, list[Block], list[Segment]]:
    """Return the text, its blocks, and segments that cover every character of it in order."""
    runs: list[_Run] = []
    blocks: list[Block] = []
    length = 0
    for part in parts:
        made = _runs(shown, part.start, part.end)
        if not made:
            continue
        if runs:
            start = runs[-1].end
            between = _Run(_BETWEEN, start, max(start, made[0].start), None)
            runs.append(between)
            length += len(_BETWEEN)
        size = sum(len(run.text) for run in made)
        blocks.append(Block(start=length, end=length + size, kind=part.kind))
        runs += made
        length += size
    text = "".join(run.text for run in runs)
    return text, blocks, list(_segments(text, runs, decoded))


def _runs(shown: Visible, start: int, end: int) -> list[_Run]:
    """Return the folded characters of a stretch: white space is one space, none at the edges."""
    runs: list[_Run] = []
    pending: tuple[int, int] | None = None
    for at in range(start, end):
        char, left, right = shown.chars[at], shown.starts[at], shown.ends[at]
        if char in " \t\r\n\x0b\x0c":
            if runs:
                pending = (pending[0] if pending else left, right)
            continue
        if pending is not None:
            _append(runs, " ", pending[0], max(pending[1], pending[0]), shown.elements[at])
            pending = None
        _append(runs, char, left, right, shown.elements[at])
    return runs


def _append(runs: list[_Run], char: str, start: int, end: int, element: Element) -> None:
    last = runs[-1] if runs else None
    if last is not None and last.element is element and last.end == start:
        last.text += char
        last.end = end
    else:
        runs.append(_Run(char, start, end, element))


def _segments(text: str, runs: list[_Run], decoded: Decoded) -> Iterator[Segment]:
    at = 0
    for run in runs:
        yield Segment(
            span=cut(text, at, at + len(run.text)),
            byte_start=decoded.byte_at(run.start),
            byte_end=decoded.byte_at(run.end),
            selector=run.element.selector if run.element else None,
        )
        at += len(run.text)
