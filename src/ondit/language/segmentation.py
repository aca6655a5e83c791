"""Sentences: a block of text cut where a reader would breathe, abbreviations and quotes known."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import view


class Abbreviations(Entry, frozen=True, kw_only=True):
    """Words that end in a full stop without ending the sentence."""

    words: tuple[str, ...]


class Segmentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``segmentation.toml``."""

    head: Head
    abbreviation: tuple[Abbreviations, ...]
    continues: tuple[str, ...] = ()
    """Lower-case openings that never begin a sentence after a closing mark ("a-t-il")."""


# A terminator, any closing marks behind it, then white space: a possible end of a sentence.
_END = re.compile(r"(?:[.!?…]+)(?:\s?»|[”’\"')\]])*(?=\s)|\n")
_OPENING = "«“„‘\"'([—–-•"


def sentences(string: str, start: int, end: int, pack: Pack | None) -> list[tuple[int, int]]:
    """Return the sentences of ``string[start:end]`` as half-open code point ranges.

    A full stop ends a sentence unless it closes an abbreviation or an initial, or the next word
    is lower case ("« Partez ! » a-t-il crié" is one sentence).
    """
    known = _abbreviations(pack) if pack else frozenset()
    shown = view(string[start:end])
    cuts = [m.end() for m in _END.finditer(shown) if _ends(shown, m.start(), m.end(), known)]
    bounds = [0, *cuts, len(shown)]
    found = []
    for left, right in pairwise(bounds):
        piece = shown[left:right]
        if piece.strip():
            skip = len(piece) - len(piece.lstrip())
            found.append((start + left + skip, start + left + len(piece.rstrip())))
    return found


@lru_cache
def _abbreviations(pack: Pack) -> frozenset[str]:
    table = pack.table("segmentation", Segmentation)
    return frozenset(word.lower() for entry in table.abbreviation for word in entry.words)


def _ends(shown: str, mark: int, after: int, known: frozenset[str]) -> bool:
    if shown[mark] == "\n":
        return True
    following = shown[after:].lstrip()
    if not following:
        return True
    first = following.lstrip(_OPENING).lstrip()[:1]
    if first.islower():
        return False
    if shown[mark] == "." and shown[mark : mark + 2] != "..":
        word = re.split(r"[\s(«“\"'’-]", shown[:mark])[-1]
        initial = len(word) == 1 and word.isupper() and following[:1].isupper()
        return not (initial or word.lower() + "." in known or f"{word.lower()}" in known)
    return True
