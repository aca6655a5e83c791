"""Markdown signs: front matter and link lines are furniture, headings and list items are blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ondit.capture.furniture import Layout, Line, Mark
from ondit.model import Candidate
from ondit.model.capture import BlockKind

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<body>.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]+)\s*:\s*(?P<value>\S.*?)\s*$", re.MULTILINE)
_FIELDS = {
    "title": "title", "date": "published", "published": "published", "author": "byline",
    "authors": "byline", "byline": "byline", "outlet": "outlet", "source": "outlet",
    "publisher": "publisher", "updated": "modified", "modified": "modified", "section": "section",
    "url": "canonical", "link": "canonical", "canonical": "canonical",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?$")
_LINK = r"!?\[[^\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"
_LINKS_ONLY = re.compile(rf"^(?:[-*+•|·,>\s]|{_LINK}|<https?://[^>\s]+>|https?://\S+)+$")
_RULER = re.compile(r"^(?:(?:[-*_=]\s*){3,})$")
_SIGNS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"#{1,6}\s+"), "heading"),
    (re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+"), "list-item"),
    (re.compile(r"(?:>\s?)+"), "quote"),
)


def read_markdown(string: str, layout: Layout) -> Layout:
    """Return the layout with Markdown's signs taken into account; the text is unchanged."""
    front = _FRONT_MATTER.match(string)
    end = front.end() if front else 0
    marks = dict(layout.marks)
    kinds: dict[int, BlockKind] = {}
    signs: dict[int, int] = {}
    for line in layout.lines:
        if line.start < end:
            marks[line.index] = Mark("other", "markdown:front-matter")
        elif _LINKS_ONLY.match(line.string) or _RULER.match(line.string):
            marks.setdefault(line.index, Mark("navigation", "markdown:links"))
        else:
            _read_signs(line, kinds, signs)
    headline = _headline(layout, marks, kinds)
    if headline:
        marks.pop(headline.index, None)
    told = tuple(_fields(front["body"] or "")) if front else ()
    return msgspec.structs.replace(
        layout,
        marks=marks,
        kinds=kinds,
        signs=signs,
        headline=headline,
        candidates=told + tuple(c for c in layout.candidates if not _in_front(c, told)),
    )


def _read_signs(line: Line, kinds: dict[int, BlockKind], signs: dict[int, int]) -> None:
    for pattern, kind in _SIGNS:
        match = pattern.match(line.string)
        if match and match.end() < len(line.string):
            kinds[line.index], signs[line.index] = kind, match.end()
            return


def _headline(layout: Layout, marks: dict[int, Mark], kinds: dict[int, BlockKind]) -> Line | None:
    """Return the first heading; without one, the headline that the plain reading saw."""
    for line in layout.lines:
        heading = kinds.get(line.index) == "heading"
        if heading and marks.get(line.index, Mark("section", "")).kind in {
            "section",
            "headline-repeat",
        }:
            return line
        if line.prose and line.index not in marks:
            break
    seen = layout.headline
    return seen if seen and seen.index not in marks else None


def _fields(body: str) -> Iterator[Candidate]:
    """Yield what ``key: value`` lines of the front matter say; nested YAML is left alone."""
    for match in _FIELD.finditer(body):
        field = _FIELDS.get(match["key"].casefold())
        value = match["value"].strip().strip("\"'")
        if field in {"published", "modified"} and not _DAY.match(value):
            continue
        if field and value and value[0] not in "[{|>&*":
            yield Candidate(
                field=field,
                value=value.replace(" ", "T") if field in {"published", "modified"} else value,
                source=f"front-matter:{match['key']}",
            )


def _in_front(candidate: Candidate, told: tuple[Candidate, ...]) -> bool:
    """Whether a candidate was read from the front matter's lines and is told there already."""
    return any(candidate.field == c.field and candidate.value in c.value for c in told)
