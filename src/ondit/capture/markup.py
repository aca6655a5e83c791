"""The visible text of a page, cut where its blocks end, each piece with its place in the source.

A thin adapter over turbohtml's tokenizer: the rest of the floor knows passages, not tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from turbohtml import Token, Tokenizer, TokenType

from ondit.model import CaptureError

# Elements whose text a reader does not see, or does not see as text of the page.
_UNSEEN = frozenset(
    {
        "script", "style", "template", "noscript", "head", "title", "textarea", "select", "svg",
        "math", "iframe", "object", "audio", "video", "canvas", "datalist", "noembed", "noframes",
        "map",
    }
)  # fmt: skip
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    }
)  # fmt: skip
# Elements that begin a line of their own.
_BLOCK = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
        "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
# A start tag ends the open elements on the right, up to the nearest container on the far right.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_NO_P_INSIDE = _BLOCK - {"body", "html", "button", "option", "optgroup", "td", "th", "tr"}
_P = (frozenset({"p"}), frozenset({"td", "th", "button", "body", "table", "div", "li"}))

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS_LINE = frozenset('.!?…:;»”"')
# Attributes that hold a date, whatever the element.
_DATED = frozenset({"datePublished", "dateModified", "dateCreated"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SCREEN_READER = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|assistive-text|offscreen)\b"
)


class Run(NamedTuple):
    """Source characters ``start:end`` and the text that they show."""

    start: int
    end: int
    text: str
    linked: bool = False
    is_break: bool = False
    """The source is a line break's tag, the text white space."""


class Element(NamedTuple):
    """One open element."""

    tag: str
    start: int
    """Offset of its start tag in the source, which is its name elsewhere."""
    signs: str
    """Its class, id, role and itemprop, in lower case."""
    unseen: bool
    linked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One line or paragraph as a reader sees it: white space folded, references resolved."""

    text: str
    runs: tuple[Run, ...]
    """Stretches of the source that lie together; between them are tags."""
    path: tuple[Element, ...]
    """The open elements, outermost first."""
    linked: int
    """Number of its characters that are inside links."""

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Source offset after the last character."""
        return self.runs[-1].end

    @property
    def block(self) -> Element | None:
        """The innermost element that begins a line of its own."""
        return next((e for e in reversed(self.path) if e.tag in _BLOCK), None)

    @property
    def tags(self) -> tuple[str, ...]:
        """Names of the open elements, outermost first."""
        return tuple(e.tag for e in self.path)


class Tag(NamedTuple):
    """A start tag that tells something of the page: html, meta, link, base, or a date."""

    name: str
    start: int
    attributes: dict[str, str]
    path: tuple[Element, ...]
    """The elements open around it."""


class Raw(NamedTuple):
    """The content of an element that is no visible text: a script, the title, a noscript."""

    element: Element
    attributes: dict[str, str]
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What it holds."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Markup:
    """A page taken apart."""

    source: str
    passages: list[Passage] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    raws: list[Raw] = field(default_factory=list)
    """Titles, scripts that hold data, and noscript texts."""
    scripts: int = 0
    """Characters of scripts that hold programs."""

    def raw(self, tag: str) -> Iterator[Raw]:
        """Yield the unseen contents of elements named `tag`."""
        return (raw for raw in self.raws if raw.element.tag == tag)


def read_markup(source: str, *, max_depth: int, max_text: int = 9_500_000) -> Markup:
    """Return the parts of a page.

    Args:
        source: the decoded page; offsets everywhere count its code points.
        max_depth: nesting beyond which the extractor's parser silently loses text.
        max_text: length of one text beyond which it does the same.

    Raises:
        CaptureError: when a limit is passed; the message names it.
    """
    return _Reader(source, max_depth, max_text).read()


class _Reader:
    """One pass over the tokens, with the stack of open elements."""

    def __init__(self, source: str, max_depth: int, max_text: int) -> None:
        self.markup = Markup(source)
        self.max_depth, self.max_text = max_depth, max_text
        self.stack: list[Element] = []
        self.runs: list[Run] = []
        self.path: tuple[Element, ...] | None = None
        self.breaks = 0
        self.after_end = False
        self.raw: tuple[dict[str, str], list[Run]] | None = None

    def read(self) -> Markup:
        # Same length, so that offsets hold: the tokenizer would make one character of two.
        plain = self.markup.source.replace("\r\n", " \n").replace("\r", "\n")
        lines = [0, *accumulate(len(line) + 1 for line in plain.split("\n"))]
        tokenizer = Tokenizer(resolve_references=False, capture_source=True)
        for tokens in (tokenizer.feed(plain), tokenizer.close()):
            for token in tokens:
                self._token(token, lines[token.line - 1] + token.col)
        self._flush()
        return self.markup

    def _token(self, token: Token, at: int) -> None:
        if token.type is TokenType.TEXT or token.type is TokenType.CHARACTER_REFERENCE:
            self._text(token, at)
        elif token.type is TokenType.START_TAG:
            self._open(token, at)
            self.after_end = False
        elif token.type is TokenType.END_TAG:
            self._close(token.tag or "")
            self.after_end = True

    # -- text --------------------------------------------------------------------------------------

    def _text(self, token: Token, at: int) -> None:
        text = token.data or ""
        if len(text) > self.max_text:
            raise CaptureError(
                f"one text of {len(text):,} characters; at most {self.max_text:,} are read"
            )
        length = len(token.source) if token.source else len(text)
        run = Run(at, at + length, text, linked=bool(self.stack) and self.stack[-1].linked)
        if self.stack and self.stack[-1].unseen:
            if self.raw is not None:
                self.raw[1].append(run)
        elif self.stack and any(e.tag == "pre" for e in self.stack):
            self._preformatted(run)
        else:
            self._visible(run)

    def _preformatted(self, run: Run) -> None:
        position = 0
        for gap in _EMPTY_LINE.finditer(run.text):
            self._visible(_slice(run, position, gap.start()))
            self._flush()
            position = gap.end()
        self._visible(_slice(run, position, len(run.text)))

    def _visible(self, run: Run) -> None:
        if self.path is None:
            if not run.text.strip():
                return
            self.path = tuple(self.stack)
        if run.text.strip():
            self.breaks, self.after_end = 0, False
        self.runs.append(run)

    def _flush(self) -> None:
        if self.path is not None:
            passage = _passage(self.runs, self.path)
            if passage is not None:
                self.markup.passages.append(passage)
        self.runs, self.path, self.breaks = [], None, 0

    # -- elements ----------------------------------------------------------------------------------

    def _open(self, token: Token, at: int) -> None:
        tag = token.tag or ""
        if tag == "br":
            self._break(at)
        if tag in _BLOCK:
            self._flush()
            self._end_implied(tag)
        attributes = {name: value or "" for name, value in token.attrs or ()}
        if tag in {"html", "meta", "link", "time", "base"} or _is_dated(tag, attributes):
            self.markup.tags.append(Tag(tag, at, attributes, tuple(self.stack)))
        if tag in _VOID or (token.self_closing and self._in_drawing()):
            return
        self._push(tag, at, attributes)

    def _break(self, at: int) -> None:
        """Take a line break for a space, or for the end of the paragraph.

        It ends the paragraph when another follows, and where a sentence or a formatted stretch (a
        headline in bold) ends.
        """
        if self.path is None or (self.stack and self.stack[-1].unseen):
            return
        self.breaks += 1
        shown = "".join(run.text for run in self.runs[-4:]).rstrip()
        in_heading = any(e.tag in _HEADINGS for e in self.path)
        if self.breaks > 1 or ((self.after_end or shown[-1:] in _ENDS_LINE) and not in_heading):
            self._flush()
        else:
            end = self.markup.source.find(">", at) + 1
            self.runs.append(Run(at, end, "\n", is_break=True))

    def _in_drawing(self) -> bool:
        return any(e.tag in {"svg", "math"} for e in self.stack)

    def _push(self, tag: str, at: int, attributes: dict[str, str]) -> None:
        above = self.stack[-1] if self.stack else None
        unseen = (above is not None and above.unseen and above.tag != "head") or _unseen(
            tag, attributes
        )
        linked = tag == "a" or (above is not None and above.linked)
        signs = " ".join(attributes.get(n, "") for n in ("class", "id", "role", "itemprop"))
        self.stack.append(Element(tag, at, signs.lower(), unseen, linked))
        if len(self.stack) > self.max_depth:
            raise CaptureError(
                f"elements nested deeper than {self.max_depth}; no text is read from such a page"
            )
        if tag in {"title", "script", "noscript"} and self.raw is None:
            self.raw = (attributes, [])

    def _end_implied(self, tag: str) -> None:
        if tag in _NO_P_INSIDE:
            self._pop_to(*_P)
        if tag in _ENDS:
            self._pop_to(*_ENDS[tag])

    def _pop_to(self, wanted: frozenset[str], barriers: frozenset[str]) -> None:
        for index in range(len(self.stack) - 1, -1, -1):
            tag = self.stack[index].tag
            if tag in wanted:
                self._cut(index)
                return
            if tag in barriers:
                return

    def _close(self, tag: str) -> None:
        if tag in _BLOCK:
            self._flush()
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].tag == tag:
                self._cut(index)
                return

    def _cut(self, index: int) -> None:
        for element in reversed(self.stack[index:]):
            self._keep_raw(element)
        del self.stack[index:]

    def _keep_raw(self, element: Element) -> None:
        if self.raw is None or element.tag not in {"title", "script", "noscript"}:
            return
        attributes, runs = self.raw
        self.raw = None
        if element.tag == "script" and "json" not in attributes.get("type", ""):
            self.markup.scripts += sum(len(run.text) for run in runs)
            return
        self.markup.raws.append(Raw(element, attributes, tuple(runs)))


def _is_dated(tag: str, attributes: dict[str, str]) -> bool:
    """Whether an element states a date for machines."""
    return attributes.get("itemprop") in _DATED or (tag == "abbr" and "title" in attributes)


def _unseen(tag: str, attributes: dict[str, str]) -> bool:
    if tag in _UNSEEN:
        return True
    if tag in _BLOCK:
        return False  # a script may show it; the extractor decides
    return (
        "hidden" in attributes
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
        or bool(_SCREEN_READER.search(attributes.get("class", "").lower()))
    )


def _slice(run: Run, start: int, end: int) -> Run:
    """Return part of a literal run; a reference is one character and is never cut."""
    if end - start == len(run.text):
        return run
    return Run(run.start + start, run.start + end, run.text[start:end], run.linked)


# -- folding ---------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """Return `text` as HTML shows it: runs of white space are one space, NUL is nothing."""
    return _SPACE.sub(" ", text).replace("\x00", "")


def _passage(runs: list[Run], path: tuple[Element, ...]) -> Passage | None:
    kept: list[Run] = []
    after_space = True
    for run in runs:
        shown = _without_lead(run) if after_space else run
        if shown is None or not fold(shown.text):
            continue
        kept.append(shown)
        after_space = fold(shown.text).endswith(" ")
    kept = _trimmed(kept)
    if not kept:
        return None
    linked = sum(len(run.text) for run in kept if run.linked)
    joined = _joined(kept)
    return Passage("".join(run.text for run in joined), joined, path, linked)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Return the runs without white space of any kind at either end."""
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        first = runs[0]
        lead = len(first.text) - len(first.text.lstrip())
        runs[0] = _slice(first, lead, len(first.text))
        last = runs[-1]
        runs[-1] = _slice(last, 0, len(last.text.rstrip()))
    return runs


def _without_lead(run: Run) -> Run | None:
    text = run.text.lstrip(" \t\n\r\f")
    if not text:
        return None
    return _slice(run, len(run.text) - len(text), len(run.text))


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs folded, with those that touch in the source made one."""
    joined: list[Run] = []
    for run in runs:
        touch = bool(joined) and joined[-1].end == run.start
        if touch and not (run.is_break or joined[-1].is_break):
            before = joined.pop()
            joined.append(Run(before.start, run.end, before.text + run.text))
        else:
            joined.append(run)
    return tuple(run._replace(text=fold(run.text)) for run in joined)
