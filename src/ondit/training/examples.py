"""Examples: passages with what the network should say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ondit.language.lexicon import load_pack
from ondit.reading.tagging.columns import Columns, Floats, Ints, columns
from ondit.reading.tagging.network import CONTENT, SOURCE
from ondit.reading.tagging.passages import Passage, passages
from ondit.reading.tagging.proposals import head_of
from ondit.reading.tagging.relations import Relations, relations
from ondit.training.corpora import Document, Marked, Ranges

Halves = NDArray[np.float16]


@dataclass(frozen=True)
class SeenCue:
    """One marked cue of a passage, with the roles of all tokens as seen from it."""

    head: int
    relations: Relations
    roles: Ints


@dataclass(frozen=True)
class Taught:
    """What a teacher thinks of one passage, in probabilities."""

    tags: Floats
    """Of the seven tags: shape (tokens, 7)."""
    roles: tuple[Floats, ...]
    """Of the three roles, as seen from each marked cue: shape (tokens, 3)."""


@dataclass
class Example:
    """One passage to learn from."""

    passage: Passage
    bio: Ints
    """Outside 0, then begins/goes on for source 1 2, cue 3 4, content 5 6; outermost only."""
    cue: Ints
    """Outside 0, begins 1, goes on 2: every cue, nested ones too."""
    seen: list[SeenCue]
    nested: bool
    lexical: bool = True
    """Whether words count this time."""
    document: str = field(default="")
    words: tuple[str, ...] = ()
    states: Halves | None = None
    """What an encoder makes of each word, for a teacher to read: shape (tokens, width)."""
    taught: Taught | None = None
    """What a teacher thinks likely."""


def examples(document: Document) -> Iterator[Example]:
    """Yield the examples of one annotated document."""
    text = document.text
    table = columns(text, document.quotations, load_pack(text.language or ""))
    marked = [_tokens(one, table) for one in document.marked]
    for passage in passages(text, table):
        inside = [_within(one, passage) for one in marked]
        yield _example(document, passage, [one for one in inside if any(one)])


Roles = tuple[list[int], list[int], list[int]]
"""Tokens of source, cue and content."""


def _tokens(one: Marked, table: Columns) -> Roles:
    return (
        _in_ranges(one.source, table),
        _in_ranges(one.cue, table),
        _in_ranges(one.content, table),
    )


def _in_ranges(ranges: Ranges, table: Columns) -> list[int]:
    found: set[int] = set()
    for start, end in ranges:
        first = int(np.searchsorted(table.ends, start, side="right"))
        found |= set(range(first, int(np.searchsorted(table.starts, end))))
    return sorted(found)


def _within(one: Roles, passage: Passage) -> Roles:
    first, end = passage.first, passage.end
    source, cue, content = ([t - first for t in role if first <= t < end] for role in one)
    return source, cue, content


def _example(document: Document, passage: Passage, marked: Sequence[Roles]) -> Example:
    bio = np.zeros(len(passage), np.int32)
    cue = np.zeros(len(passage), np.int32)
    for one in marked:
        for role, tokens in enumerate(one):
            _tag(bio, tokens, 2 * role + 1, over=role < 2)
        _tag(cue, one[1], 1, over=True)
    seen = [_seen(passage, *one) for one in marked if one[1]]
    parsed = (document.text.tokens or ())[passage.first : passage.end]
    return Example(
        passage, bio, cue, seen, document.nested,
        document=document.name, words=tuple(token.text for token in parsed),
    )  # fmt: skip


def _tag(tags: Ints, tokens: Sequence[int], begins: int, *, over: bool) -> None:
    """Write begin and go-on tags of `tokens`; content does not write over what is there."""
    before = -2
    for token in tokens:
        if over or tags[token] == 0:
            tags[token] = begins + (token == before + 1)
            before = token


def _seen(passage: Passage, source: list[int], cue: list[int], content: list[int]) -> SeenCue:
    table = passage.columns
    head = head_of(cue, table.heads)
    roles = np.zeros(len(passage), np.int32)
    roles[source] = SOURCE
    roles[content] = CONTENT
    found = relations(
        heads=table.heads, labels=table.relations, sentences=table.sentences,
        quotations=table.quotations, cue=cue, head=head,
    )  # fmt: skip
    return SeenCue(head, found, roles)
