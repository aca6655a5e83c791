"""Morphology: futures and conditionals known by their endings, where tags miss three in ten."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import Token

Mood = Literal["Fut", "Cnd"]


class Ending(Entry, frozen=True, kw_only=True):
    """Endings of one mood, behind a stem that the table knows."""

    mood: Mood
    third: tuple[str, ...]
    """Endings of the third persons."""
    other: tuple[str, ...]
    """Endings of the first and second persons."""


class Morphology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``morphology.toml``: how a language forms its future and its conditional."""

    head: Head
    ending: tuple[Ending, ...] = ()
    stems: tuple[str, ...] = ()
    """How the stem of these moods ends; ``^`` is where the word begins."""
    tagged_stem: str = ""
    """How a stem must end for a parser's tag to be believed."""
    not_stems: tuple[str, ...] = ()
    """How stems of other tenses end that look like one: "tir-ait", "engendr-ait"."""


class Moods:
    """What the form of a word says of its mood and person."""

    def __init__(self, table: Morphology) -> None:
        self._table = table
        endings = [(e, entry.mood, True) for entry in table.ending for e in entry.third]
        endings += [(e, entry.mood, False) for entry in table.ending for e in entry.other]
        self._endings = sorted(endings, key=lambda e: len(e[0]), reverse=True)

    def shown(self, word: str) -> tuple[Mood, bool] | None:
        """Return the mood that `word` shows, and whether in a third person; None for others."""
        for ending, mood, third in self._endings:
            if word.endswith(ending) and self._stem(word.removesuffix(ending)):
                return mood, third
        return None

    def of(self, token: Token) -> Mood | None:
        """Return the mood of `token`, by its form or else by its tag."""
        if token.pos == "PROPN" or not token.text[:1].islower():
            return None
        shown = self.shown(token.text)
        if shown is not None:
            return shown[0]
        if token.pos not in {"VERB", "AUX"} or not self._endings:
            return None
        if token.morph.get("Mood") == "Cnd" and self._believed(token.text, "Cnd"):
            return "Cnd"
        future = token.morph.get("Tense") == "Fut" and self._believed(token.text, "Fut")
        return "Fut" if future else None

    def first_or_second(self, token: Token) -> bool:
        """Return whether the form is one of a first or second person."""
        shown = self.shown(token.text)
        return shown is not None and not shown[1]

    def _believed(self, word: str, mood: Mood) -> bool:
        """Return whether the form allows what the tag says: no conditional without its r."""
        last = self._table.tagged_stem
        return any(word.endswith(last + ending) for ending, of, _ in self._endings if of == mood)

    def _stem(self, stem: str) -> bool:
        marked = f"^{stem}"
        return marked.endswith(self._table.stems) and not marked.endswith(self._table.not_stems)


@lru_cache
def moods(pack: Pack) -> Moods:
    """Return what the forms of the language of `pack` say of their mood."""
    return Moods(pack.table("morphology", Morphology))
