"""Words of a report as comparisons see them: folded, numbered, each with its place in the text.

The text itself never changes; a word is a key (64 bits, the same on every machine) and the range
of code points it was read from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]

WORD = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ’']\d{3})*(?![\d])|[^\W\d_]+|\d+")
"""A number with its thousands, or a run of letters."""

_GROUPING = re.compile(r"[.,\u00a0\u202f\u2009 ’']")


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return `word` in lower case Latin letters without accents, a number without its spaces.

    >>> [folded(word) for word in ("Été", "Пригожин", "1 200", "1,200")]
    ['ete', 'prigozhin', '1200', '1200']
    """
    if word.isascii() and word.isalpha():
        return word.lower()
    if word[0].isdigit():
        return anyascii(_GROUPING.sub("", word))
    plain = unicodedata.normalize("NFKD", word.casefold())
    return anyascii("".join(c for c in plain if not unicodedata.combining(c))).lower() or word


@lru_cache(maxsize=200_000)
def key(word: str) -> int:
    """Return 64 bits that stand for `word`; no random seed takes part."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Words:
    """Words in text order; all arrays have one entry a word."""

    starts: Ints
    ends: Ints
    keys: Keys
    quoted: NDArray[np.bool_]
    """Stands inside somebody's quoted speech."""
    sentence: Ints
    """Number of the sentence the word stands in."""
    numbers: NDArray[np.bool_]
    """Is a number."""
    folded: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.folded)


def words_of(
    text: str, sentences: Sequence[tuple[int, int]], quotations: Iterable[tuple[int, int]]
) -> Words:
    """Return the words of `sentences` of `text`.

    Args:
        text: the report's text.
        sentences: half-open ranges of code points, in order, that do not overlap.
        quotations: ranges of quoted speech.
    """
    starts: list[int] = []
    ends: list[int] = []
    plain: list[str] = []
    numbers: list[int] = []
    for number, (first, last) in enumerate(sentences):
        for found in WORD.finditer(text, first, last):
            starts.append(found.start())
            ends.append(found.end())
            plain.append(folded(found[0]))
            numbers.append(number)
    begun = np.array(starts, np.int32)
    quoted = np.zeros(len(begun), np.bool_)
    for first, last in quotations:
        quoted[np.searchsorted(begun, first) : np.searchsorted(begun, last)] = True
    return Words(
        starts=begun,
        ends=np.array(ends, np.int32),
        keys=np.fromiter(map(key, plain), np.uint64, len(plain)),
        quoted=quoted,
        sentence=np.array(numbers, np.int32),
        numbers=np.fromiter((word[0].isdigit() for word in plain), np.bool_, len(plain)),
        folded=tuple(plain),
    )
