"""Deeds: words of one kind of deed in both languages, "fermeture" and "to close"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from ondit.comparing.identity import TABLES
from ondit.comparing.words import WORD, folded
from ondit.language.lexicon import Head, read_table


class Deeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``deeds.toml``."""

    head: Head
    deeds: dict[str, tuple[str, ...]]
    """Folded words by what they tell of; a stem ends in a hyphen."""
    roles: dict[str, str]
    """Parts that people counted play, by the deed that is done to them."""
    none: tuple[str, ...]
    """Words that say a deed of nobody."""
    some: tuple[str, ...]
    """Words behind those that say it of some alone."""


@cache
def deed_table() -> Deeds:
    """Return the table of deeds."""
    return read_table(TABLES / "deeds.toml", Deeds)


@cache
def _pattern() -> re.Pattern[str]:
    """Return what finds any word of the table; its one group that matched is the deed."""
    table = deed_table().deeds
    forms = {
        name: "|".join(f"{word[:-1]}[a-z]*" if word.endswith("-") else word for word in words)
        for name, words in table.items()
    }
    return re.compile("|".join(f"(?P<{name}>{words})" for name, words in forms.items()))


@lru_cache(maxsize=50_000)
def _deed(word: str) -> str | None:
    found = _pattern().fullmatch(word)
    return found.lastgroup if found else None


@lru_cache(maxsize=50_000)
def deeds(words: str) -> frozenset[str]:
    """Return the deeds that `words` tell of.

    >>> sorted(deeds("toute fermeture de l’usine") & deeds("The works will close."))
    ['close']
    """
    return frozenset(
        deed for word in WORD.findall(words) if (deed := _deed(folded(word))) is not None
    )
