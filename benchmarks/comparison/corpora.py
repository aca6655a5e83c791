"""The annotated texts, as the scorer reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks import card as cards

Pair = tuple[int, int]


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who said what, as annotated; spans are code points of the document's text, half-open."""

    sources: list[Pair] = []
    cues: list[Pair] = []
    contents: list[Pair] = []


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One annotated text."""

    id: str
    language: str
    text: str
    attributions: list[Attribution]

    @property
    def words(self) -> int:
        """The number of its words, as white space parts them."""
        return len(self.text.split())


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """One collection of annotated texts."""

    name: str
    title: str
    documents: list[Document]


_TITLES = {
    "polnear": "US political news (PolNeAR, development part)",
    "english_gold": "English news (our annotation)",
    "french_gold": "French news (our annotation)",
}

_TAG = re.compile(r'<(/?)([scqn])((?: [a-z]+="[^"]*")*)>')
_NUMBER = re.compile(r' a="([^"]*)"')
_ROLES = {"s": "sources", "c": "cues", "q": "contents"}


def load(root: Path) -> list[Corpus]:
    """Return the three corpora below `root`, the folder that ``ONDIT_DATA`` names otherwise.

    Raises:
        DataError: when a file is missing, or is not the one that the benchmarks' floors were
            measured on.
    """
    for task in _TITLES:
        cards.check(cards.load(task), root)
    documents = {
        "polnear": _polnear(root / "polnear" / "dev.jsonl"),
        "english_gold": _marked(root / "english_gold_dev", "en"),
        "french_gold": _marked(root / "french_gold_dev", "fr"),
    }
    return [
        Corpus(name=name, title=title, documents=list(documents[name]))
        for name, title in _TITLES.items()
    ]


def _polnear(path: Path) -> Iterator[Document]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield msgspec.convert({**json.loads(line), "language": "en"}, Document)


def _marked(folder: Path, language: str) -> Iterator[Document]:
    for path in sorted(folder.glob("*.xml")):
        text, attributions = unmark(path.read_bytes().decode("utf-8"))
        yield Document(id=path.stem, language=language, text=text, attributions=attributions)


def unmark(marked: str) -> tuple[str, list[Attribution]]:
    """Return the text below inline tags, and what they mark.

    Tags are ``<s a="1">``, ``<c a="1">`` and ``<q a="1" …>`` for source, cue and content; the
    same number ties them. ``<n …>`` marks what the attribution scorer does not look at.

    Raises:
        ValueError: when a tag closes another than the one opened last, or none.
    """
    text, opened, marks, after = "", [], [], 0
    for tag in _TAG.finditer(marked):
        text += marked[after : tag.start()]
        after = tag.end()
        if not tag[1]:
            opened.append((tag[2], tag[3], len(text)))
            continue
        if not opened or opened[-1][0] != tag[2]:
            raise ValueError(f"</{tag[2]}> at {tag.start()} closes no <{tag[2]}>")
        role, rest, start = opened.pop()
        if (number := _NUMBER.search(rest)) and role in _ROLES:
            marks.append((start, len(text), role, number[1]))
    return text + marked[after:], _tied(marks)


def _tied(marks: list[tuple[int, int, str, str]]) -> list[Attribution]:
    tied: dict[str, dict[str, list[Pair]]] = {}
    for start, end, role, number in sorted(marks):
        tied.setdefault(number, {}).setdefault(_ROLES[role], []).append((start, end))
    return [msgspec.convert(roles, Attribution) for roles in tied.values()]
