"""Columns: what the network sees of each token, as integers that need no vocabulary.

Words, lemmas and affixes are hashed into tables (the hashing trick: Weinberger et al., 2009), so
that the weights hold no word of the text they were trained on. The rest are closed classes: part of
speech, relation, morphology, the state of the quotation, the class of a cue in the language pack.
What a word means is looked up by a hash of 31 bits, of which no word can be read either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ondit.language.lexicon import Pack
from ondit.model import Quotation, Text, Token
from ondit.reading.cues import lexicon

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_WORDS, _LEMMAS, _AFFIXES, _SHAPES = 1 << 14, 1 << 13, 1 << 11, 256
_RELATIONS, _MORPH, _NAMES = 128, 256, 64

FIELDS: dict[str, int] = {
    "word": _WORDS, "word-again": _WORDS, "lemma": _LEMMAS, "lemma-again": _LEMMAS,
    "prefix": _AFFIXES, "suffix": _AFFIXES, "shape": _SHAPES, "pos": 32, "morph": _MORPH,
    "relation": _RELATIONS, "head-lemma": _LEMMAS, "head-pos": 32, "head-relation": _RELATIONS,
    "head-distance": 16, "quotation": 16, "cue": 64, "name": _NAMES, "pos-before": 32,
    "grandparent-lemma": _LEMMAS, "place": 32, "meaning": 1 << 31,
}  # fmt: skip
"""Fields of a token, in order, each with the number of its values."""

LEXICAL = (
    "word", "word-again", "lemma", "lemma-again", "prefix", "suffix", "head-lemma",
    "grandparent-lemma", "meaning",
)  # fmt: skip
"""Fields that tell one word from another of its kind; some passages are learned without them."""

DEPENDENTS = (
    "nsubj", "nsubj:pass", "obj", "ccomp", "xcomp", "mark", "case", "prep", "det", "aux", "neg",
    "cop", "obl:arg", "obl:agent", "acl:relcl", "appos", "poss", "expl", "punct", "cc",
)  # fmt: skip
"""Relations of which a token is told whether it governs one."""

_POS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
_POS_NUMBER = {pos: number for number, pos in enumerate(_POS, start=1)}
_SHOWN_MORPH = ("VerbForm", "Tense", "Mood", "Number", "PronType", "Poss", "Person")
_DEPENDENT_NUMBER = {relation: number for number, relation in enumerate(DEPENDENTS)}
_QUOTED = {"speech": 1, "scare": 5, "title": 9}


@dataclass(frozen=True)
class Columns:
    """A parsed text as arrays, a row a token."""

    fields: Ints
    """Shape (tokens, fields)."""
    dependents: Floats
    """Shape (tokens, dependents): 1 where the token governs that relation."""
    heads: Ints
    relations: Ints
    sentences: Ints
    quotations: Ints
    """Number of the outermost quotation that the token stands in, -1 outside."""
    starts: Ints
    ends: Ints
    punctuation: NDArray[np.bool_]


def columns(text: Text, quotations: tuple[Quotation, ...], pack: Pack) -> Columns:
    """Return the columns of `text`, which must have been parsed."""
    tokens = text.tokens or ()
    starts = np.fromiter((t.start for t in tokens), np.int32, len(tokens))
    ends = np.fromiter((t.end for t in tokens), np.int32, len(tokens))
    heads = np.fromiter((t.head for t in tokens), np.int32, len(tokens))
    state, numbers = _quoted(quotations, starts)
    relations = np.fromiter((_relation(t.dep) for t in tokens), np.int32, len(tokens))
    own = np.array([_own(t) for t in tokens], np.int32).reshape(len(tokens), 9)
    classes = np.fromiter((_cue_class(t, pack) for t in tokens), np.int32, len(tokens))
    names = np.fromiter((_name(t.name or "") for t in tokens), np.int32, len(tokens))
    lemmas = _head_lemmas(tokens)
    before = np.concatenate([[0], own[:-1, 7]]).astype(np.int32)[: len(tokens)]
    distance = _bucket(heads - np.arange(len(tokens)))
    fields = np.column_stack([
        own, relations, lemmas[heads], own[heads, 7], relations[heads], distance, state, classes,
        names, before, lemmas[heads[heads]], _places(text, tokens), _meanings(tokens),
    ]) if tokens else np.zeros((0, len(FIELDS)))  # fmt: skip
    return Columns(
        fields=fields.astype(np.int32),
        dependents=_dependents(tokens),
        heads=heads,
        relations=relations,
        sentences=np.fromiter((t.sentence for t in tokens), np.int32, len(tokens)),
        quotations=numbers,
        starts=starts,
        ends=ends,
        punctuation=np.fromiter((t.pos == "PUNCT" for t in tokens), np.bool_, len(tokens)),
    )


# -- one token -------------------------------------------------------------------------------


def _own(token: Token) -> tuple[int, ...]:
    word = _word(token.text)
    lemma = _lemma(token.lemma)
    return (*word[:2], *lemma, *word[2:], _POS_NUMBER.get(token.pos, 0), _morph(*_shown(token)))


def _shown(token: Token) -> tuple[str, ...]:
    found = token.morph
    return tuple(found.get(name, "") for name in _SHOWN_MORPH) if found else _PLAIN


_PLAIN = ("",) * len(_SHOWN_MORPH)


@lru_cache(1 << 16)
def _word(word: str) -> tuple[int, int, int, int, int]:
    """Return both hashes of the word and those of its prefix, suffix and shape."""
    low = word.lower()
    return (
        hashed("word", low, _WORDS),
        hashed("word-again", low, _WORDS),
        hashed("prefix", low[:3], _AFFIXES),
        hashed("suffix", low[-3:], _AFFIXES),
        hashed("shape", _shape(word), _SHAPES),
    )


@lru_cache(1 << 16)
def _lemma(lemma: str) -> tuple[int, int]:
    low = lemma.lower()
    return hashed("lemma", low, _LEMMAS), hashed("lemma-again", low, _LEMMAS)


@lru_cache(1 << 16)
def meaning_key(word: str) -> int:
    """Return the number that the meaning of `word` is looked up by."""
    return crc32(word.lower().encode()) % FIELDS["meaning"]


@lru_cache(1 << 12)
def _morph(*shown: str) -> int:
    return hashed("morph", "|".join(shown), _MORPH)


@lru_cache(1 << 10)
def _relation(relation: str) -> int:
    return hashed("relation", relation, _RELATIONS)


@lru_cache(1 << 8)
def _name(kind: str) -> int:
    return hashed("name", kind, _NAMES)


def hashed(field: str, value: str, size: int) -> int:
    """Return the row of `value` in the table of `field`: the same on every machine."""
    return crc32(f"{field}\0{value}".encode()) % size


def _shape(word: str) -> str:
    """Return the word's shape, runs cut after two: "Xxx", "dd", "X.X"."""
    letters = re.sub(r"[a-zà-ÿ]", "x", re.sub(r"[A-ZÀ-Þ]", "X", word))
    return re.sub(r"(.)\1{2,}", r"\1\1", re.sub(r"\d", "d", letters))[:8]


@lru_cache(1 << 16)
def _class_of(pos: str, lemma: str, word: str, pack: Pack) -> int:
    known = lexicon(pack)
    if pos in {"VERB", "AUX"}:
        entry, base = known.verbs.get(lemma), lemma
        if entry is None and word in known.forms:
            entry, base = known.forms[word]
        if entry is not None:
            return 1 + hashed("cue", f"v{entry.act_of(base)}{entry.parenthetical}", 63)
    for family, found in (("NOUN", known.nouns.get(lemma)), ("ADJ", known.adjectives.get(lemma))):
        if pos == family and found is not None:
            return 1 + hashed("cue", f"{family}{found.act_of(lemma)}", 63)
    return 0


def _cue_class(token: Token, pack: Pack) -> int:
    """Return the class of a word that the pack knows as a cue, else 0."""
    if token.pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
        return 0
    return _class_of(token.pos, token.lemma.lower(), token.text.lower(), pack)


# -- all tokens ------------------------------------------------------------------------------


def _quoted(quotations: tuple[Quotation, ...], starts: Ints) -> tuple[Ints, Ints]:
    """Return the state of the quotation at each token, and the quotation's number.

    First, inner and last token of a speech, scare or title quotation each have a state; those of
    an unclosed one share theirs.
    """
    state = np.zeros(len(starts), np.int32)
    numbers = np.full(len(starts), -1, np.int32)
    for number, quotation in enumerate(quotations):
        low, high = np.searchsorted(starts, (quotation.span.start, quotation.span.end))
        if low >= high or (quotation.parent and state[low]):
            continue
        base = _QUOTED[quotation.kind]
        state[low:high] = base + 1
        state[low], state[high - 1] = base, base + 2
        if not quotation.closed:
            state[low:high] = base + 3
        numbers[low:high] = number
    return state, numbers


def _head_lemmas(tokens: tuple[Token, ...]) -> Ints:
    return np.fromiter((_lemma(t.lemma)[0] for t in tokens), np.int32, len(tokens))


def _meanings(tokens: tuple[Token, ...]) -> Ints:
    return np.fromiter((meaning_key(t.text) for t in tokens), np.int32, len(tokens))


def _places(text: Text, tokens: tuple[Token, ...]) -> Ints:
    """Return bits: first of its sentence, last of its line, opens a name, root, capitalised."""
    first = {0} | {b.index for a, b in pairwise(tokens) if a.sentence != b.sentence}
    last = {a.index for a, b in pairwise(tokens) if "\n" in text.string[a.end : b.start]}
    last.add(len(tokens) - 1)
    return np.fromiter(
        (
            (t.index in first) + 2 * (t.index in last) + 4 * t.name_start + 8 * (t.head == t.index)
            + 16 * t.text[:1].isupper()
            for t in tokens
        ), np.int32, len(tokens),
    )  # fmt: skip


def _dependents(tokens: tuple[Token, ...]) -> Floats:
    table = np.zeros((len(tokens), len(DEPENDENTS)), np.float32)
    for token in tokens:
        number = _DEPENDENT_NUMBER.get(token.dep)
        if number is not None and token.head != token.index:
            table[token.head, number] = 1
    return table


def _bucket(offsets: Ints | NDArray[np.int64]) -> Ints:
    """Return classes of signed distances in tokens: 0, 1, 2, up to 4, 8, 16, and beyond."""
    size = np.searchsorted([1, 2, 3, 5, 9, 17], np.abs(offsets), side="right")
    return np.where(offsets >= 0, size, size + 7).astype(np.int32)
