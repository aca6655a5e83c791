"""Closed classes of function words, read from a pack and asked for by name."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import PackError


class WordClass(Entry, frozen=True, kw_only=True):
    """A named class of words, in lower case and with plain apostrophes."""

    name: str
    words: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"classes": "class"}):
    """Table ``grammar.toml``."""

    head: Head
    classes: tuple[WordClass, ...]


@lru_cache
def words(pack: Pack, name: str) -> frozenset[str]:
    """Return the words of class `name`.

    Raises:
        PackError: when the pack has no such class.
    """
    for entry in pack.table("grammar", Grammar).classes:
        if entry.name == name:
            return frozenset(entry.words)
    raise PackError(f"{pack.tag}/grammar.toml has no class {name!r}")
