"""Corpora with attributions, read where they lie: JSON Lines of PolNeAR, gold with inline tags."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ondit.capture import report_from_bytes
from ondit.language.lexicon import load_pack
from ondit.language.syntax import annotate
from ondit.model import Quotation, Record, Text
from ondit.reading import quotation

Ranges = list[tuple[int, int]]


@dataclass(frozen=True)
class Marked:
    """One attribution as annotators marked it; code point ranges."""

    source: Ranges
    cue: Ranges
    content: Ranges


@dataclass(frozen=True)
class Document:
    """One annotated text, parsed, with its quotations as ondit sees them."""

    name: str
    text: Text
    quotations: tuple[Quotation, ...]
    marked: tuple[Marked, ...]
    nested: bool
    """Whether attributions inside attributions are annotated."""


_POLNEAR_ROLES = ("sources", "cues", "contents")


def polnear(path: Path) -> Iterator[Document]:
    """Yield the documents of a PolNeAR file; its guide marks the outermost attribution only."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            marked = tuple(
                Marked(
                    *([(s, e) for s, e in one[role]] for role in ("sources", "cues", "contents"))
                )
                for one in row["attributions"]
                if one["contents"]
            )
            yield _document(row["id"], row["text"], "en", marked, nested=False)


def inline(folder: Path, language: str) -> Iterator[Document]:
    """Yield the documents of a folder of texts with inline tags."""
    for path in sorted(folder.glob("*.xml")):
        with path.open(encoding="utf-8", newline="") as file:
            string, marked = untagged(file.read())
        yield _document(path.stem, string, language, marked, nested=True)


_TAG = re.compile(r'<(/?)([scqn])((?: [a-z]+="[^"]*")*)>')
_ROLES = {"s": "source", "c": "cue", "q": "content"}


def untagged(tagged: str) -> tuple[str, tuple[Marked, ...]]:
    """Return the text of `tagged` and the attributions that its tags mark.

    Raises:
        ValueError: when a tag closes what was not open.
    """
    parts: list[str] = []
    opened: list[tuple[str, int, str]] = []
    found: dict[str, dict[str, Ranges]] = defaultdict(lambda: defaultdict(list))
    at = length = 0
    for match in _TAG.finditer(tagged):
        parts.append(tagged[at : match.start()])
        length += match.start() - at
        at = match.end()
        if not match[1]:
            number = re.search(r' a="([^"]*)"', match[3])
            opened.append((match[2], length, number[1] if number else ""))
            continue
        if not opened or opened[-1][0] != match[2]:
            raise ValueError(f"</{match[2]}> at {match.start()} closes no open <{match[2]}>")
        tag, start, identifier = opened.pop()
        if tag in _ROLES:
            found[identifier][_ROLES[tag]].append((start, length))
    parts.append(tagged[at:])
    marked = (Marked(r["source"], r["cue"], r["content"]) for r in found.values())
    return "".join(parts), tuple(one for one in marked if one.content)


def _document(
    name: str, string: str, language: str, marked: tuple[Marked, ...], *, nested: bool
) -> Document:
    (report,) = report_from_bytes(string.encode(), name=f"{name}.txt", plain=True)
    if report.text != string:
        raise ValueError(f"{name}: read as {len(report.text)} characters, not {len(string)}")
    text = annotate(string, language=language, blocks=report.blocks, key=report.capture.sha256)
    record = Record(
        input=name, capture=report.capture, text=string, meta=report.meta, blocks=report.blocks
    )
    quotations = tuple(quotation.find(text, record, load_pack(language)))
    return Document(name, text, quotations, marked, nested)
