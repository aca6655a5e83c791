"""Modality: the words of a language that set how sure a clause is, read from its pack."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model.annotations import Status


class Trigger(Entry, frozen=True, kw_only=True):
    """A verb that sets the status of the clause it heads or governs."""

    name: str
    status: Status
    lemmas: tuple[str, ...]


class Marker(Entry, frozen=True, kw_only=True):
    """Words that set the status of the clause they stand in."""

    name: str
    status: Status
    words: tuple[str, ...]


class Words(Entry, frozen=True, kw_only=True):
    """A closed class that the rules ask for by name."""

    name: str
    words: tuple[str, ...]


class Factuality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``factuality.toml``."""

    head: Head
    trigger: tuple[Trigger, ...]
    adverb: tuple[Marker, ...]
    phrase: tuple[Marker, ...]
    word_class: tuple[Words, ...]


class Lexicon:
    """The table of one language, indexed."""

    def __init__(self, table: Factuality) -> None:
        self.triggers = {lemma: entry for entry in table.trigger for lemma in entry.lemmas}
        self.classes = {entry.name: frozenset(entry.words) for entry in table.word_class}
        self.markers = [
            (
                entry,
                re.compile(
                    r"(?<!\w)(?:" + "|".join(map(re.escape, entry.words)) + r")(?!\w)",
                    re.IGNORECASE,
                ),
            )
            for entry in (*table.adverb, *table.phrase)
        ]


@lru_cache
def lexicon(pack: Pack) -> Lexicon:
    """Return the indexed factuality table of `pack`."""
    return Lexicon(pack.table("factuality", Factuality))
