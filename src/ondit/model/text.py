"""The text of one report, cut into blocks, sentences and tokens; the characters never change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ondit.model.capture import Block
from ondit.model.span import Span, cut

# Characters that readers write in several ways and models know in one; each maps to exactly one
# character, so that offsets into the view are offsets into the text.
_VIEW = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ",
        "\u2011": "-", "\u2010": "-",
    }
)  # fmt: skip


def view(string: str) -> str:
    """Return `string` with plain apostrophes, spaces and hyphens; its length is unchanged."""
    return string.translate(_VIEW)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the parse; `start` and `end` are code points of the whole text."""

    index: int
    start: int
    end: int
    text: str
    """The characters of the view (plain apostrophes and spaces)."""
    lemma: str
    pos: str
    """Universal part of speech."""
    morph: dict[str, str]
    dep: str
    """Universal dependency relation; English labels are mapped to it where they have a twin."""
    head: int
    """Index of the head token; its own index at a root."""
    sentence: int
    name: str | None = None
    """Kind of the named entity the token is part of: PER, ORG, LOC, MISC, or the parser's own."""
    name_start: bool = False


@dataclass(frozen=True)
class Text:
    """One report's characters with the language-neutral cuts that every reading step needs.

    `blocks` hold the report only: furniture is between them, so a step that walks blocks or
    sentences never reads furniture.
    """

    string: str
    language: str | None
    blocks: tuple[Block, ...]
    sentences: tuple[tuple[int, int], ...] = ()
    """Half-open code point ranges, in order, each inside one block."""
    tokens: tuple[Token, ...] | None = None
    """None when no parser knows the language: steps then work from the surface alone."""
    key: str = ""
    """What stable ids are derived from: the digest of the captured bytes."""
    published: str | None = None
    """ISO day of publication when known."""

    @cached_property
    def view(self) -> str:
        """The string with plain apostrophes, spaces and hyphens; same length, same offsets."""
        return view(self.string)

    def span(self, start: int, end: int) -> Span:
        """Return the span ``start:end`` of this text."""
        return cut(self.string, start, end)

    def block_at(self, position: int) -> Block | None:
        """Return the block that holds `position`, or None between blocks."""
        return next((b for b in self.blocks if b.start <= position < b.end), None)

    def sentence_at(self, position: int) -> tuple[int, int] | None:
        """Return the sentence range that holds `position`, or None."""
        return next((s for s in self.sentences if s[0] <= position < s[1]), None)

    # -- the token table -------------------------------------------------------------------

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Indices of each token's dependents, in order."""
        table: list[list[int]] = [[] for _ in self.tokens or ()]
        for token in self.tokens or ():
            if token.head != token.index:
                table[token.head].append(token.index)
        return tuple(tuple(row) for row in table)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens or ()]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that share a character with ``start:end``."""
        if not self.tokens:
            return ()
        first = max(0, bisect_right(self._token_starts, start) - 1)
        if self.tokens[first].end <= start:
            first += 1
        return self.tokens[first : bisect_left(self._token_starts, end)]

    def subtree(self, index: int) -> Iterator[int]:
        """Yield the indices of the token and of all it governs, in no promised order."""
        stack, seen = [index], set()
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            yield current
            stack.extend(self.children[current])

    def extent(self, index: int) -> tuple[int, int]:
        """Return the code point range from the first to the last token that `index` governs."""
        tokens = self.tokens or ()
        under = list(self.subtree(index))
        return tokens[min(under)].start, tokens[max(under)].end
