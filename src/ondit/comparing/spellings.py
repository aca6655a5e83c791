"""Spellings of names: one key for "Prigojine", "Prigozhin" and "Пригожин"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from rapidfuzz.fuzz import ratio

from ondit.comparing.words import folded
from ondit.language.lexicon import Entry, Head, read_table

_TABLE = Path(__file__).parent / "packs" / "names.toml"
_WORD = re.compile(r"[^\W\d_]+")

Row = tuple[str, str]


class Equals(Entry, frozen=True, kw_only=True):
    """Words that answer to each other in two languages."""

    names: tuple[str, ...]


class NameTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``names.toml``: how names of other scripts are spelled in Latin letters."""

    head: Head
    spellings: tuple[Row, ...]
    """Patterns and what they are taken for, applied in order."""
    loose: tuple[Row, ...]
    """More of them, for names whose vowels are not written."""
    particles: tuple[str, ...]
    """Words before a surname that come and go: "al", "ben"."""
    not_roles: tuple[str, ...]
    """Words of a description that tell no role."""
    given: tuple[Equals, ...]
    role: tuple[Equals, ...]


class Parts(NamedTuple):
    """A name cut into words: what stands before the surname, and the surname."""

    given: tuple[str, ...]
    surname: str


@cache
def table() -> NameTable:
    """Return the table of spellings."""
    return read_table(_TABLE, NameTable)


@cache
def _rules(layer: Literal["spellings", "loose"]) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows: tuple[Row, ...] = getattr(table(), layer)
    return tuple((re.compile(pattern), taken) for pattern, taken in rows)


@cache
def _standing_for(layer: str) -> dict[str, str]:
    entries: tuple[Equals, ...] = getattr(table(), layer)
    return {name: entry.names[0] for entry in entries for name in entry.names}


@lru_cache(maxsize=50_000)
def spelling(word: str, *, loose: bool = False) -> str:
    """Return what spellings of one name share.

    >>> [spelling(word) for word in ("Prigojine", "Prigozhin", "Пригожин")]
    ['prigojin', 'prigojin', 'prigojin']
    >>> spelling("Mohamed", loose=True) == spelling("Muhammad", loose=True)
    True
    """
    key = folded(word)
    rules = _rules("spellings") + (_rules("loose") if loose else ())
    for pattern, taken in rules:
        key = pattern.sub(taken, key)
    return key


def given(word: str) -> str:
    """Return a given name under the form that stands for all its forms.

    >>> given("Oleksandr") == given("Alexandre")
    True
    """
    plain = folded(word)
    return spelling(_standing_for("given").get(plain, plain))


def parts(name: str) -> Parts:
    """Return given names and surname of `name`, without particles.

    >>> parts("Omar al-Sayed")
    Parts(given=('Omar',), surname='Sayed')
    """
    words = [w for w in _WORD.findall(name) if folded(w) not in table().particles]
    words = words or _WORD.findall(name) or [name]
    return Parts(tuple(words[:-1]), words[-1])


def roles(descriptions: Iterable[str]) -> frozenset[str]:
    """Return the roles that descriptions name, each under one word for both languages.

    >>> roles(["le maire de Varn"]) & roles(["mayor of Varn"])
    frozenset({'mayor'})
    """
    told = (w for text in descriptions for w in _common(text) if w not in table().not_roles)
    return frozenset(_standing_for("role").get(w, w) for w in told)


def known_roles(found: frozenset[str]) -> frozenset[str]:
    """Return those of `found` that the table knows in both languages."""
    return found & frozenset(_standing_for("role").values())


def shared_roles(these: frozenset[str], those: frozenset[str]) -> list[str]:
    """Return the roles that two sets share, or spell nearly alike: professor, professeur.

    >>> shared_roles(frozenset({"professor"}), frozenset({"professeur", "ami"}))
    ['professor']
    """
    return sorted(
        one
        for one in these
        if one in those
        or (len(one) >= _LONG and any(ratio(one, other) >= _NEAR for other in those))
    )


_LONG = 6
"""Letters below which words that are spelled nearly alike mean different things."""
_NEAR = 82
"""Per cent of letters in order that two spellings share: professor/professeur and
secretary/secretaire have 84, teacher/preacher 80, producer/procurer 75."""


def _common(text: str) -> Iterator[str]:
    """Yield the words of a description that are no names: in small letters, first, or a role."""
    for number, word in enumerate(_WORD.findall(text)):
        plain = folded(word)
        if not number or word[:1].islower() or plain in _standing_for("role"):
            yield plain
