"""Account: one record as comparisons see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ondit.comparing.fingerprints import shingles, winnowed
from ondit.comparing.identity import Identity, identity_of
from ondit.comparing.words import Ints, Keys, Words, folded, words_of
from ondit.language.lexicon import available, load_pack
from ondit.language.segmentation import sentences
from ondit.model import Record, Span, cut

_LEFT_OUT = {"headline", "caption"}
"""Copies change headlines, and captions belong to pictures."""

_PREFIX = 5
"""Letters by which French and English words of one root are alike: handbook table of anchors."""


@dataclass(frozen=True)
class Account:
    """One report: its words, its sentences, and who hands it out."""

    id: str
    record: Record
    sentences: tuple[tuple[int, int], ...]
    """Ranges of code points, without headline, captions and furniture."""
    words: Words
    identity: Identity

    @cached_property
    def narrated(self) -> tuple[Ints, Keys]:
        """Where each shingle outside quoted speech begins (word), and its hash."""
        return shingles(self.words, ~self.words.quoted)

    @cached_property
    def spoken(self) -> tuple[Ints, Keys]:
        """The same of quoted speech."""
        return shingles(self.words, self.words.quoted)

    @cached_property
    def fingerprints(self) -> Keys:
        """The winnowed hashes of what is narrated."""
        return winnowed(self.narrated[1])

    @cached_property
    def anchors(self) -> tuple[frozenset[str], ...]:
        """What survives translation, of each sentence."""
        found: list[set[str]] = [set() for _ in self.sentences]
        for number, anchor in _anchors(self):
            found[number].add(anchor)
        return tuple(map(frozenset, found))

    @cached_property
    def all_anchors(self) -> frozenset[str]:
        """The anchors of the whole report."""
        return frozenset().union(*self.anchors)

    def span(self, first: int, last: int) -> Span:
        """Return the span from word `first` to word `last`, both included."""
        return cut(self.record.text, int(self.words.starts[first]), int(self.words.ends[last]))

    def sentence_span(self, number: int) -> Span:
        """Return the span of a sentence."""
        return cut(self.record.text, *self.sentences[number])

    def sentence_at(self, position: int) -> int | None:
        """Return the number of the sentence that holds a code point, or None."""
        for number, (first, last) in enumerate(self.sentences):
            if first <= position < last:
                return number
        return None


def account_of(id: str, record: Record) -> Account:
    """Return what comparisons need of `record`, under the name `id`."""
    found = tuple(_sentences(record))
    speech = ((q.span.start, q.span.end) for q in record.quotations if q.kind == "speech")
    return Account(
        id=id,
        record=record,
        sentences=found,
        words=words_of(record.text, found, speech),
        identity=identity_of(record),
    )


def _sentences(record: Record) -> Iterator[tuple[int, int]]:
    language = record.language
    pack = load_pack(language) if language in available() else None
    for block in record.blocks:
        if block.kind not in _LEFT_OUT:
            yield from sentences(record.text, block.start, block.end, pack)


def _anchors(account: Account) -> Iterator[tuple[int, str]]:
    """Yield sentence and anchor: numbers, days, known places, beginnings of words, short names."""
    words, text = account.words, account.record.text
    for position, word in enumerate(words.folded):
        number = int(words.sentence[position])
        if word[0].isdigit():
            yield number, word.lstrip("0") or "0"
        elif len(word) >= _PREFIX:
            yield number, word[:_PREFIX]
        elif len(word) > 1 and text[words.starts[position]].isupper():
            yield number, word
    yield from _grounded(account)


def _grounded(account: Account) -> Iterator[tuple[int, str]]:
    record = account.record
    found: Iterable[tuple[int, str]] = (
        *((q.span.start, f"{amount:g}") for q in record.quantities for amount in _amounts(q)),
        *((t.span.start, t.value[:10]) for t in record.timexes if t.value and t.type == "DATE"),
        *((p.span.start, f"geonames:{p.geonames}") for p in record.places if p.geonames),
    )
    for position, anchor in found:
        number = account.sentence_at(position)
        if number is not None:
            yield number, anchor


def _amounts(quantity: object) -> Iterator[float]:
    for name in ("value", "low", "high"):
        amount = getattr(quantity, name)
        if amount is not None:
            yield float(amount)


def stem(word: str) -> str:
    """Return the beginning of a word by which it is known in several forms."""
    return folded(word)[:_PREFIX]
