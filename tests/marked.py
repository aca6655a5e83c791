"""Texts with inline marks: ``<s>`` source, ``<c>`` cue, ``<q>`` content, ``<x>`` any span."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ondit.language.syntax import annotate
from ondit.model import Block, Text

_TAG = re.compile(r"<(/?)([a-z]+)>")


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and what the marks enclosed, as (tag, start, end)."""

    text: str
    spans: tuple[tuple[str, int, int], ...]

    def of(self, tag: str) -> list[str]:
        """Return what `tag` encloses, in order."""
        return [self.text[s:e] for t, s, e in self.spans if t == tag]


def marked(string: str) -> Marked:
    """Return the text and spans of a marked string; marks may nest."""
    out: list[str] = []
    length, position = 0, 0
    open_: list[tuple[str, int]] = []
    spans: list[tuple[str, int, int]] = []
    for match in _TAG.finditer(string):
        piece = string[position : match.start()]
        out.append(piece)
        length += len(piece)
        position = match.end()
        if match[1]:
            tag, start = open_.pop()
            assert tag == match[2], f"marks cross in {string!r}"
            spans.append((tag, start, length))
        else:
            open_.append((match[2], length))
    out.append(string[position:])
    return Marked("".join(out), tuple(sorted(spans, key=lambda s: (s[1], -s[2]))))


def blocks_of(string: str) -> tuple[Block, ...]:
    """Return one block a line of `string`, blank lines left out."""
    blocks, position = [], 0
    for line in string.split("\n"):
        if line.strip():
            blocks.append(Block(start=position, end=position + len(line)))
        position += len(line) + 1
    return tuple(blocks)


def parsed(string: str, language: str) -> Text:
    """Return `string` read by the parser of `language`, one block a line."""
    return annotate(string, language=language, blocks=blocks_of(string), key="test")


def plain(string: str, language: str = "en") -> Text:
    """Return `string` as one block without a token table."""
    return Text(string=string, language=language, blocks=blocks_of(string), key="test")
