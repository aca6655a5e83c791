"""What a page shows: its visible characters, each with its place in the source and its element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from turbohtml import Tokenizer, TokenType

# Elements whose text a browser does not show.
_HIDDEN = {
    "script", "style", "template", "head", "title", "svg", "math", "select", "option", "iframe",
    "object", "canvas", "audio", "video", "datalist", "noembed", "noframes",
}  # fmt: skip
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
}  # fmt: skip
_CLOSED_BY = {
    "p": BLOCKS - {"br", "body", "html", "caption", "td", "th", "tr", "li", "dd", "dt"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"},
    "tr": {"tr"},
    "option": {"option"},
}
_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Element:
    """An open or closed element of the page, known by the path to it."""

    tag: str
    selector: str
    hidden: bool
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Visible:
    """The visible characters of a page, in source order, parallel lists."""

    chars: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """Code point of the source where each begins."""
    ends: list[int] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    depth: int = 0
    """Deepest nesting met."""
    headings: list[tuple[str, int, int]] = field(default_factory=list)
    """Each h1 to h3 with its range of visible characters."""

    def add(self, char: str, start: int, end: int, element: Element) -> None:
        """Append one visible character."""
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)
        self.elements.append(element)


def visible(source: str, *, max_depth: int) -> Visible:
    """Return the visible characters of an HTML page.

    Tags that break a line are a newline character whose place is the tag's own. Reading stops where
    nesting passes `max_depth`; the caller looks at ``depth``.
    """
    reader = _Reader(Visible(), [Element("", "", hidden=False)])
    for kind, tag, data, start, end in _tokens(source):
        if kind is TokenType.START_TAG:
            reader.open(tag, data, start, end)
            if reader.shown.depth > max_depth:
                break
        elif kind is TokenType.END_TAG:
            reader.close(tag, start, end)
        elif not reader.stack[-1].hidden:
            for char, at, to in _characters(source, data, start, end):
                reader.shown.add(char, at, to, reader.stack[-1])
    return reader.shown


@dataclass(slots=True)
class _Reader:
    """What has been seen of a page, and the elements that are open."""

    shown: Visible
    stack: list[Element]
    heading: tuple[str, int] | None = None

    def open(self, tag: str, identity: str, start: int, end: int) -> None:
        _open(self.stack, tag, identity)
        self._break(tag, start, end)
        if tag in {"h1", "h2", "h3"}:
            self.heading = (tag, len(self.shown.chars))
        if tag in _VOID:
            self.stack.pop()
        self.shown.depth = max(self.shown.depth, len(self.stack) - 1)

    def close(self, tag: str, start: int, end: int) -> None:
        if self.heading and tag == self.heading[0]:
            self.shown.headings.append((tag, self.heading[1], len(self.shown.chars)))
            self.heading = None
        self._break(tag, start, end)
        _close(self.stack, tag)

    def _break(self, tag: str, start: int, end: int) -> None:
        """Let a tag that breaks the line stand as a newline."""
        if tag in BLOCKS and not self.stack[-1].hidden:
            self.shown.add("\n", start, end, self.stack[-1])


def _tokens(source: str) -> Iterator[tuple[TokenType, str, str, int, int]]:
    """Yield (type, tag, data, start, end) of tags, text and character references."""
    lines = [0, *(m.end() for m in _LINE.finditer(source))]
    tokenizer = Tokenizer(resolve_references=False, capture_source=True)
    produced = [*tokenizer.feed(source)]
    tokenizer.close()
    produced += list(tokenizer)
    starts = [min(lines[t.line - 1] + t.col, len(source)) for t in produced] + [len(source)]
    for token, start, end in zip(produced, starts, starts[1:], strict=False):
        if token.type in {TokenType.START_TAG, TokenType.END_TAG}:
            identity = (token.attr("id") or "") if token.type is TokenType.START_TAG else ""
            yield token.type, token.tag or "", identity, start, end
        elif token.type in {TokenType.TEXT, TokenType.CHARACTER_REFERENCE} and token.data:
            yield token.type, "", token.data, start, end


def _characters(source: str, data: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield each character of a text token with its range of the source."""
    if source[start : start + 1] == "&" and source[start:end] != data:
        yield from ((char, start, end) for char in data)
        return
    at = start
    for char in data:
        width = 2 if source[at : at + 2] == "\r\n" else 1
        yield char, at, at + width
        at += width


# -- the open elements -----------------------------------------------------------------------

_SAFE_ID = re.compile(r"[A-Za-z][\w-]{0,60}\Z")


def _open(stack: list[Element], tag: str, identity: str) -> None:
    closes = _CLOSED_BY.get(stack[-1].tag)
    if closes and tag in closes:
        stack.pop()
    parent = stack[-1]
    number = parent.counts[tag] = parent.counts.get(tag, 0) + 1
    if _SAFE_ID.match(identity):
        selector = f"{tag}#{identity}"
    else:
        step = tag if tag in {"html", "body", "head"} else f"{tag}:nth-of-type({number})"
        selector = f"{parent.selector} > {step}" if parent.selector else step
    stack.append(Element(tag, selector, hidden=parent.hidden or tag in _HIDDEN))


def _close(stack: list[Element], tag: str) -> None:
    """Close the innermost open `tag` with what is open in it; a stray end tag closes nothing."""
    for index in range(len(stack) - 1, max(0, len(stack) - 60), -1):
        if stack[index].tag == tag:
            del stack[index:]
            return


# -- folding ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The visible characters without white space, for matching; positions lead back."""

    string: str
    positions: tuple[int, ...]


_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u00ad]")


def squeeze(chars: list[str]) -> Squeezed:
    """Return the characters that are neither white space nor format characters."""
    kept = [(c, i) for i, c in enumerate(chars) if not _SPACE.match(c)]
    return Squeezed("".join(c for c, _ in kept), tuple(i for _, i in kept))


def squeezed_text(text: str) -> str:
    """Return `text` without white space and format characters."""
    return _SPACE.sub("", text)
