"""The table of event types of a pack: verbs and nouns that tell of a deed, and when they do."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Literal

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model.annotations import EventType

Role = Literal["actor", "recipient", "theme"]
Need = Literal[
    "actor", "known-actor", "affected", "named", "object", "clause", "infinitive", "passive"
]


class Verb(Entry, frozen=True, kw_only=True):
    """Verbs that tell of one type of deed, under the conditions that make it sure."""

    name: str
    type: EventType
    lemmas: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    """Lemmas of which whoever does it must be one."""
    objects: tuple[str, ...] = ()
    """Lemmas of which what it is done to must be one."""
    objects_of: tuple[str, ...] = ()
    """Lemmas of which one must hang on that: the "emergency" of "state of emergency"."""
    not_objects: tuple[str, ...] = ()
    not_subjects: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Words of which one must hang on the verb: "out" of "pulled out"."""
    not_beside: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    """What must be there: "actor", nobody or somebody who can act; "known-actor", somebody;
    "affected", somebody it is done to; "named", the same, by no pronoun; "object",
    something; "clause", a completing clause; "infinitive", a completing infinitive."""
    refuses: tuple[Need, ...] = ()
    oblique: tuple[str, ...] = ()
    """Lemmas of which one must hang on the verb by a preposition: "took to the streets"."""
    speech: bool = False
    """Whether what is said gets the type, where its own words give none: "urged them to leave"."""
    subject: Role | None = "actor"
    object: Role | None = "recipient"
    recipient: tuple[str, ...] = ()
    """Prepositions that lead to the recipient."""


class Noun(Entry, frozen=True, kw_only=True):
    """Nouns that tell of one type of deed in the constructions that are listed."""

    name: str
    type: EventType
    lemmas: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    """Verbs of which it is the object: "launched an attack"."""
    happens: tuple[str, ...] = ()
    """Verbs of which it is the subject: "the attack took place"."""
    alone: tuple[str, ...] = ()
    """Prepositions one of which makes it tell of the deed by itself: "attack on"."""
    recipient: tuple[str, ...] = ()
    object: Role = "recipient"


class EventTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``events.toml``."""

    head: Head
    carriers: tuple[str, ...]
    """Verbs that leave the deed to the infinitive they govern: "wants to", "began to"."""
    personal: tuple[str, ...]
    """Pronouns that stand for somebody who can act."""
    agents: tuple[str, ...]
    """Prepositions that lead to whoever does it: "by"."""
    counters: tuple[str, ...]
    """Nouns that only say how many: "thousands of teachers"."""
    counted_by: tuple[str, ...]
    """Prepositions that lead from them to what is counted."""
    never_passive: tuple[str, ...]
    """Verbs that parsers take for passives where they are none: "sont descendus"."""
    verb: tuple[Verb, ...]
    noun: tuple[Noun, ...]

    def entries(self) -> tuple[Verb | Noun, ...]:
        """Return all entries, for whoever runs their examples."""
        return (*self.verb, *self.noun)


class Lexicon:
    """The table of one language by lemma."""

    def __init__(self, table: EventTable) -> None:
        self.carriers = frozenset(table.carriers)
        self.personal = frozenset(table.personal)
        self.agents = frozenset(table.agents)
        self.counters = frozenset(table.counters)
        self.counted_by = frozenset(table.counted_by)
        self.never_passive = frozenset(table.never_passive)
        self.verbs: dict[str, list[Verb]] = defaultdict(list)
        self.nouns: dict[str, list[Noun]] = defaultdict(list)
        for verb in table.verb:
            for lemma in verb.lemmas:
                self.verbs[lemma].append(verb)
        for noun in table.noun:
            for lemma in noun.lemmas:
                self.nouns[lemma].append(noun)


@lru_cache
def lexicon(pack: Pack) -> Lexicon:
    """Return the indexed table of event types of `pack`."""
    return Lexicon(pack.table("events", EventTable))
