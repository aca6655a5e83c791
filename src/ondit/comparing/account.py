"""Account: one record as comparisons see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ondit.comparing.fingerprints import by_hash, shingles, winnowed
from ondit.comparing.identity import Identity, identity_of, page_words
from ondit.comparing.words import WORD, Ints, Keys, Words, folded, key, words_of
from ondit.language.lexicon import available, load_pack
from ondit.language.segmentation import sentences
from ondit.model import Record, Span, cut

Marks = NDArray[np.bool_]
Sentences = NDArray[np.int32]

_LEFT_OUT = {"headline", "caption"}
"""Copies change headlines, and captions belong to pictures."""

_FRAME = 0.3
"""Share of quoted words from which a sentence is the frame of a quotation."""

_PREFIX = 5
"""Letters by which French and English words of one root are alike: handbook table of anchors."""


@dataclass(frozen=True)
class Anchors:
    """Numbers, days, places, names and beginnings of words: a row for each in each sentence."""

    sentences: Sentences
    keys: Keys

    @cached_property
    def all(self) -> Keys:
        """The anchors of the whole report, sorted, each once."""
        return np.unique(self.keys)


_LASTING = (
    "anchors",
    "dated",
    "headed",
    "lower",
    "named",
    "names",
    "sentence_keys",
    "spoken",
    "known_words",
    "vocabulary",
)
"""What an account has computed that no stock changes."""


@dataclass(frozen=True)
class Account:
    """One report: its words, its sentences, and who hands it out."""

    id: str
    record: Record
    sentences: tuple[tuple[int, int], ...]
    """Ranges of code points, without headline, captions and furniture."""
    words: Words
    identity: Identity
    stock: frozenset[int] = frozenset()
    """Numbers of sentences that stand on any page ("Sign up for our letter"), and tell nothing."""

    def without(self, stock: frozenset[int]) -> Account:
        """Return the account with more sentences set aside, keeping what does not depend on it."""
        found = replace(self, stock=self.stock | stock)
        kept = {name: self.__dict__[name] for name in _LASTING if name in self.__dict__}
        found.__dict__.update(kept)
        return found

    @cached_property
    def telling(self) -> Marks:
        """Which words the report tells in its own voice.

        A sentence that mostly quotes is the frame of its quotation ("…, said the mayor, Ana Orme,
        on Monday"): whoever quotes the same words frames them alike, so it tells nothing.
        """
        quoted = np.bincount(self.words.sentence[self.words.quoted], minlength=len(self.sentences))
        size = np.bincount(self.words.sentence, minlength=len(self.sentences))
        own = quoted <= _FRAME * size
        own[list(self.furniture)] = False
        told: Marks = own[self.words.sentence] & ~self.words.quoted
        return told

    @property
    def furniture(self) -> frozenset[int]:
        """Sentences that belong to the page and not to what it reports."""
        return self.stock | self._speaking

    @cached_property
    def _speaking(self) -> frozenset[int]:
        """Sentences without a name that speak to the page's readers."""
        words = page_words(self.record.language or "")
        found = {
            int(number)
            for word, number, quoted in zip(
                self.words.folded, self.words.sentence, self.words.quoted, strict=True
            )
            if word in words and not quoted
        }
        return frozenset(number for number in found if not self.names[number])

    @cached_property
    def told(self) -> Ints:
        """Number of words that each sentence tells."""
        numbers = self.words.sentence[self.telling]
        return np.bincount(numbers, minlength=len(self.sentences)).astype(np.int32)

    @cached_property
    def narrated(self) -> tuple[Ints, Keys]:
        """Where each shingle of what is told first begins (word), and its hash; by hash."""
        return by_hash(shingles(self.words, self.telling))

    @cached_property
    def spoken(self) -> tuple[Ints, Keys]:
        """The same of quoted speech."""
        return by_hash(shingles(self.words, self.words.quoted))

    @cached_property
    def fingerprints(self) -> Keys:
        """The winnowed hashes of the sentences that tell something by name."""
        begins, hashes = shingles(self.words, self.telling)
        telling = np.array([bool(names) for names in self.names], np.bool_)
        return winnowed(hashes[telling[self.words.sentence[begins]]])

    @cached_property
    def all_fingerprints(self) -> Keys:
        """The winnowed hashes of all that is narrated."""
        return winnowed(shingles(self.words, self.telling)[1])

    @cached_property
    def vocabulary(self) -> tuple[Ints, Keys]:
        """Sentence and key of each word of three letters or more, and of each number."""
        words = self.words
        counted = (words.ends - words.starts > 2) | words.numbers
        at, keys = words.sentence[counted], words.keys[counted]
        order = np.lexsort((keys, at))
        at, keys = at[order], keys[order]
        first = np.ones(len(at), np.bool_)
        first[1:] = (np.diff(at) != 0) | (keys[1:] != keys[:-1])
        return at[first], keys[first]

    @cached_property
    def known_words(self) -> Keys:
        """The keys of the vocabulary, sorted, each once."""
        return np.unique(self.vocabulary[1])

    @cached_property
    def anchors(self) -> Anchors:
        """What survives translation, of each sentence."""
        found = sorted({(number, key(anchor)) for number, anchor in _anchors(self)})
        return Anchors(
            sentences=np.array([number for number, _ in found], np.int32),
            keys=np.array([anchor for _, anchor in found], np.uint64),
        )

    def anchor_words(self, number: int) -> dict[int, str]:
        """Return the anchors of a sentence by their keys, to be shown."""
        return {key(anchor): anchor for at, anchor in _anchors(self) if at == number}

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """Words with a capital inside each sentence, and its numbers: what tells stories apart.

        The outlet's own name tells none.
        """
        found: list[set[str]] = [set() for _ in self.sentences]
        own = {word for name in self.identity.names for word in name.split()}
        before, text = -1, self.record.text
        for word, start, number in zip(
            self.words.folded, self.words.starts, self.words.sentence, strict=True
        ):
            opening, before = number != before, number
            named = text[start].isupper() and not opening and word not in own
            if named or (word.isdigit() and len(word) > 1):
                found[number].add(word)
        return tuple(map(frozenset, found))

    @cached_property
    def named(self) -> frozenset[str]:
        """The names and numbers of all sentences."""
        return frozenset().union(*self.names)

    def names_in(self, spans: Iterable[Span]) -> frozenset[str]:
        """Return the names that stand in `spans`, but for those that open a sentence."""
        found = set[str]()
        for span in spans:
            first, last = np.searchsorted(self.words.starts, (span.start, span.end))
            for word, number in zip(
                self.words.folded[first:last], self.words.sentence[first:last], strict=True
            ):
                if word.isalpha() and word in self.names[number]:
                    found.add(word)
        return frozenset(found - self.dated - self.lower)

    @cached_property
    def headed(self) -> frozenset[str]:
        """Words with a capital that open a sentence or stand in the headline: names, or not."""
        text, words, before, found = self.record.text, self.words, -1, set[str]()
        for word, start, number in zip(words.folded, words.starts, words.sentence, strict=True):
            if number != before and text[start].isupper():
                found.add(word)
            before = number
        return frozenset(found | {folded(w) for w in self._head_words() if w[0].isupper()})

    @cached_property
    def lower(self) -> frozenset[str]:
        """Words that stand somewhere without a capital."""
        text = self.record.text
        starts = zip(self.words.folded, self.words.starts, strict=True)
        return frozenset(word for word, start in starts if text[start].islower())

    @cached_property
    def proper(self) -> frozenset[str]:
        """Words that the report writes with a capital wherever they stand."""
        return (self.named | self.headed) - self.lower

    @cached_property
    def dated(self) -> frozenset[str]:
        """Words of the expressions of time, "Thursday": no names, though some have a capital."""
        return frozenset(
            folded(word) for timex in self.record.timexes for word in WORD.findall(timex.span.exact)
        )

    def _head_words(self) -> Iterator[str]:
        for block in self.record.blocks:
            if block.kind == "headline":
                yield from WORD.findall(self.record.text[block.start : block.end])

    @cached_property
    def sentence_keys(self) -> Keys:
        """One key a sentence: that of its words in their order."""
        words = [""] * len(self.sentences)
        for word, number in zip(self.words.folded, self.words.sentence, strict=True):
            words[number] += f" {word}"
        return np.fromiter(map(key, words), np.uint64, len(words))

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
