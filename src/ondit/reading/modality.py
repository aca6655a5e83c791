"""Modality: the words of a language that set how sure a clause is, read from its pack."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import Act
from ondit.model.annotations import Certainty, Status
from ondit.reading import forms


class Finding(NamedTuple):
    """A status, the rule that found it, and the words it rests on."""

    status: Status
    rule: str
    cue: tuple[int, int] | None
    certainty: Certainty | None = None


# What an attribution's act makes of a content that shows no mark of its own.
BY_ACT: dict[Act, Status] = {
    "denial": "denied",
    "hope": "hoped",
    "demand": "hoped",
    "plan": "planned",
    "promise": "planned",
    "threat": "planned",
    "prediction": "predicted",
    "fear": "predicted",
    "accusation": "unconfirmed",
    "question": "asked",
    "suggestion": "hedged",
}


class Trigger(Entry, frozen=True, kw_only=True):
    """A verb that sets the status of the clause it heads or governs."""

    name: str
    status: Status
    lemmas: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """Relations of which it must have one, filled by no pronoun: "annonce une fermeture"."""


class Governor(Entry, frozen=True, kw_only=True):
    """A noun, adjective or verb that sets the status of the clause that completes it."""

    name: str
    status: Status
    lemmas: tuple[str, ...]
    negated: bool = False
    """Whether it does so only when it is itself negated: "ne sait pas ce que"."""


class Marker(Entry, frozen=True, kw_only=True):
    """Words that set the status of the clause they stand in, as forms."""

    name: str
    status: Status
    words: tuple[str, ...]
    certainty: Certainty | None = None
    not_after: tuple[str, ...] = ()
    """Words behind which the form is another: "le risque de" is no verb."""
    spoken: bool = True
    """Whether it counts in quoted words: there "prétendu" is the speaker's scorn."""


class Words(Entry, frozen=True, kw_only=True):
    """A closed class that the rules ask for by name."""

    name: str
    words: tuple[str, ...]


class Factuality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``factuality.toml``."""

    head: Head
    trigger: tuple[Trigger, ...]
    governor: tuple[Governor, ...]
    adverb: tuple[Marker, ...]
    phrase: tuple[Marker, ...]
    word_class: tuple[Words, ...]

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, for whoever runs their examples."""
        return (*self.trigger, *self.governor, *self.adverb, *self.phrase, *self.word_class)


class Lexicon:
    """The table of one language, indexed by what the text shows."""

    def __init__(self, table: Factuality) -> None:
        self.triggers = {lemma: entry for entry in table.trigger for lemma in entry.lemmas}
        self.governors = {lemma: entry for entry in table.governor for lemma in entry.lemmas}
        self.classes = {entry.name: frozenset(entry.words) for entry in table.word_class}
        self.if_phrase = _pattern(tuple(self.classes["if-phrase"]))
        self.explains = _pattern(tuple(self.classes["explains"]))
        self.doubts = _pattern(tuple(self.classes["doubts"]))
        self.given = _pattern(tuple(self.classes["given"]))
        self.future_time = _pattern(tuple(self.classes["future-time"]))
        self.scheduled = _pattern(tuple(self.classes["scheduled"]))
        self.markers = [(entry, _pattern(entry.words)) for entry in (*table.adverb, *table.phrase)]


_END = r"(?!\w)"


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for forms; behind an elided word ("d'") the next one follows at once."""
    sources = (forms.source(w, {}).removesuffix(_END) for w in words)
    return re.compile(rf"(?:{'|'.join(sources)})(?:(?<=')|{_END})", re.IGNORECASE)


@lru_cache
def lexicon(pack: Pack) -> Lexicon:
    """Return the indexed factuality table of `pack`."""
    return Lexicon(pack.table("factuality", Factuality))
