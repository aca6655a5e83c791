"""What the attribution rules look at: one text, its grammar, its quotations, its noun phrases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ondit.language.lexicon import Pack
from ondit.model import Quotation, SpanIndex, Text, Token
from ondit.reading import grammar

Range = tuple[int, int]
"""A half-open range of code points."""

CLOSING = {",", "»", "”", '"', ",”"}
"""Tokens that part a clause from the words it reports."""


@dataclass(frozen=True)
class Scene:
    """A parsed text with its pack and its quotations at hand."""

    text: Text
    pack: Pack
    quotations: SpanIndex[Quotation]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The token table; empty without a parser."""
        return self.text.tokens or ()

    def words(self, name: str) -> frozenset[str]:
        """Return a closed class of function words."""
        return grammar.words(self.pack, name)

    def children(self, index: int) -> tuple[Token, ...]:
        """Return the tokens that the token governs, in order."""
        return tuple(self.tokens[child] for child in self.text.children[index])

    def sentence(self, index: int) -> Range | None:
        """Return the range of the sentence that the token stands in."""
        return self.text.sentence_at(self.tokens[index].start)

    def before(self, position: int, begin: int = 0) -> str:
        """Return the text from `begin` up to `position`, less the space at its end."""
        return self.text.string[begin:position].rstrip(" \u00a0\u202f")

    def closed_off(self, position: int, begin: int = 0) -> bool:
        """Return whether a comma, a dash or a closing mark parts `position` from what precedes it.

        An apostrophe does so only where it closes a quotation: "qu’" parts nothing.
        """
        before = self.before(position, begin)
        if before.endswith(("’", "'")):
            at = begin + len(before)
            return any(q.span.end == at for q in self.quotations.overlapping(at - 1, at))
        return before.endswith((",", "»", "”", '"', "–", "—", "…", "?", "!"))

    def finite(self, index: int) -> bool:
        """Return whether the predicate headed by the token is finite, alone or by an auxiliary."""
        token = self.tokens[index]
        if token.morph.get("VerbForm") == "Fin":
            return True
        return any(
            child.morph.get("VerbForm") == "Fin" and child.dep.startswith(("aux", "cop"))
            for child in self.children(index)
        )

    def holds_finite_verb(self, start: int, end: int) -> bool:
        """Return whether a finite verb stands in the range, or a past form the parse took for one.

        "The ferry left early, she said": small parsers read "left" as a participle.
        """
        verbs = (t for t in self.text.tokens_in(start, end) if t.pos in {"VERB", "AUX"})
        return any(self.finite(t.index) or t.morph.get("Tense") == "Past" for t in verbs)

    def clause(self, index: int, after: int) -> Range:
        """Return the clause of the token from its first word behind token `after` to its last."""
        sentence = self.tokens[index].sentence
        under = [
            i for i in self.text.subtree(index) if i > after and self.tokens[i].sentence == sentence
        ]
        return self.tokens[min(under)].start, self.tokens[max(under)].end

    # -- noun phrases ----------------------------------------------------------------------

    def noun_phrase(self, head: int, *, after: int = -1, before: int | None = None) -> Range | None:
        """Return the whole phrase of `head`: titles, appositions, describing relatives inside.

        Args:
            head: index of its head token.
            after: the phrase begins behind this token.
            before: and ends before this code point.
        """
        inside = self._phrase(head, after)
        low = max(self._leftmost(head, inside), after + 1)
        sentence = self.tokens[head].sentence
        high = max(i for i in inside if self.tokens[i].sentence == sentence)
        start, end = self.tokens[low].start, self.tokens[high].end
        if before is not None:
            end = min(end, before)
        end = start + len(self.text.string[start:end].rstrip(" ,;:–—-\u00a0"))
        return (start, end) if end > start else None

    def _leftmost(self, head: int, inside: set[int]) -> int:
        """Return the first token of the phrase, not reaching over a closing mark or colon."""
        low = head
        for index in sorted((i for i in inside if i < head), reverse=True):
            between = self.tokens[index:low]
            if index < low - 1 and any(t.text in {"»", "”", '"', ";", ":"} for t in between):
                break
            low = index
        while self._opens_behind_mark(low):
            low -= 1
        return low

    def _opens_behind_mark(self, low: int) -> bool:
        """Return whether a capital between a closing mark and the phrase belongs to it.

        “We waited,” Port Chief Holm said: parsers take the first word for a verb.
        """
        if low < 2 or self.tokens[low].sentence != self.tokens[low - 1].sentence:
            return False
        word, mark = self.tokens[low - 1], self.tokens[low - 2]
        return word.text[:1].isupper() and mark.text in {"»", "”", '"'}

    def _phrase(self, head: int, after: int) -> set[int]:
        inside = {head}
        for child in self.children(head):
            if child.index > after and (child.dep not in _OUTSIDE or self._kept(child, head)):
                inside |= {i for i in self.text.subtree(child.index) if i > after}
        return inside

    def _kept(self, child: Token, head: int) -> bool:
        """Return whether a child that usually stands outside is part of this phrase."""
        if child.dep == "prep":
            return child.index == head + 1 and child.text.lower() in self.words("inside-phrase")
        if child.dep == "advmod":
            return head - 2 <= child.index < head
        return child.dep == "cc" and child.index > head


_OUTSIDE = {
    "cc", "punct", "case", "mark", "cop", "aux", "parataxis", "advcl", "ccomp", "advmod", "nsubj",
    "prep", "dep",
}  # fmt: skip
"""Relations of a noun's dependents that are not part of its phrase."""
