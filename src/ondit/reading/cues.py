"""Cues: the words that signal a statement, found by lexicon and surface, with the parse as support.

A cue knows its entry in the pack (what act it reports, what complements it takes), the token that
heads it, and its span: auxiliaries, negation and adverbs inside, subject and complementiser out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import Act, Text, Token
from ondit.model.annotations import Stance

Family = Literal["verb", "noun", "adjective", "preposition"]


class CueEntry(Entry, frozen=True, kw_only=True):
    """What all cue entries share: the lemmas and what is done by saying so."""

    lemmas: tuple[str, ...]
    act: Act
    stance: Stance = "relays"
    acts: dict[str, Act] = {}
    """Lemmas of this entry whose act differs from `act`."""

    def act_of(self, lemma: str) -> Act:
        """Return the act that `lemma` reports."""
        return self.acts.get(lemma, self.act)


class VerbEntry(CueEntry, frozen=True, kw_only=True):
    """A verb of saying, thinking, wanting; the flags name the complements that hold its content."""

    forms: tuple[str, ...] = ()
    """Inflected forms that parsers take for another word."""
    clause: bool = True
    infinitive: bool = False
    object: bool = False
    parenthetical: bool = False
    prepositions: tuple[str, ...] = ()
    """Prepositions whose complement is the content: "called for", "s'attend à"."""
    document: bool = False
    """Its subject is what shows something (a poll, a report), as often as who says it."""


class PrepositionEntry(Entry, frozen=True, kw_only=True):
    """Prepositions that name a source: "selon", "according to"."""

    phrases: tuple[str, ...]


class HearsayEntry(Entry, frozen=True, kw_only=True):
    """Adverbs of hearsay: a content without a source."""

    words: tuple[str, ...]


class GovernorEntry(Entry, frozen=True, kw_only=True):
    """Verbs that lend a reporting infinitive their subject: "a dû reconnaître", "refused to say"."""

    lemmas: tuple[str, ...]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``cues.toml``."""

    head: Head
    verb: tuple[VerbEntry, ...]
    noun: tuple[CueEntry, ...]
    adjective: tuple[CueEntry, ...]
    preposition: tuple[PrepositionEntry, ...]
    hearsay: tuple[HearsayEntry, ...] = ()
    governor: tuple[GovernorEntry, ...] = ()
    bare: tuple[str, ...] = ()
    """Verbs that take a clause without "that" so often that we trust it where the parse is lost."""


class Lexicon:
    """The cue table of one language, indexed by what the text shows."""

    def __init__(self, table: Cues) -> None:
        self.verbs = {lemma: entry for entry in table.verb for lemma in entry.lemmas}
        self.forms = {form: entry for entry in table.verb for form in entry.forms}
        self.nouns = {lemma: entry for entry in table.noun for lemma in entry.lemmas}
        self.adjectives = {lemma: entry for entry in table.adjective for lemma in entry.lemmas}
        self.bare = set(table.bare)
        self.governors = {lemma for entry in table.governor for lemma in entry.lemmas}
        phrases = sorted((p for e in table.preposition for p in e.phrases), key=len, reverse=True)
        self.prepositions = re.compile(
            r"\b(" + "|".join(_elided(p) for p in phrases) + ")", re.IGNORECASE
        )


def _elided(phrase: str) -> str:
    """Return a pattern in which a final "de" may be contracted or elided."""
    if phrase.endswith(" de"):
        return re.escape(phrase[:-3]) + r"\s+(?:de\b|du\b|des\b|d')"
    return re.escape(phrase).replace(r"\ ", r"\s+") + r"\b"


@lru_cache
def lexicon(pack: Pack) -> Lexicon:
    """Return the indexed cue table of `pack`."""
    return Lexicon(pack.table("cues", Cues))


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in one text."""

    family: Family
    head: int
    """Token index of the verb, noun, adjective, or first token of the preposition."""
    members: tuple[int, ...]
    """Token indices of its words, in order."""
    act: Act
    stance: Stance
    lemma: str
    entry: VerbEntry | None = None
    bare: bool = False

    @property
    def first(self) -> int:
        """Index of its first token."""
        return self.members[0]

    @property
    def last(self) -> int:
        """Index of its last token."""
        return self.members[-1]


def find_cues(text: Text, pack: Pack) -> Iterator[Cue]:
    """Yield the cues of `text` in text order; needs the token table."""
    words = lexicon(pack)
    taken: set[int] = set()
    for cue in _prepositions(text, words):
        taken.update(cue.members)
        yield cue
    for token in text.tokens or ():
        if token.index in taken:
            continue
        cue = (
            _verb(text, token, words) or _noun(text, token, words) or _adjective(text, token, words)
        )
        if cue is not None and not taken & set(cue.members):
            taken.update(cue.members)
            yield cue


def _prepositions(text: Text, words: Lexicon) -> Iterator[Cue]:
    for match in words.prepositions.finditer(text.view):
        members = tuple(t.index for t in text.tokens_in(match.start(), match.end()))
        if members and text.block_at(match.start()):
            yield Cue("preposition", members[0], members, "statement", "relays", match[0].lower())


# -- verbs -----------------------------------------------------------------------------------

_GROUP = {"aux", "aux:tense", "aux:pass", "neg", "prt", "expl:comp", "expl:pass", "expl", "cop"}
_CLITICS = {
    "se",
    "s'",
    "l'",
    "le",
    "la",
    "les",
    "lui",
    "leur",
    "en",
    "y",
    "m'",
    "me",
    "nous",
    "vous",
    "n'",
    "ne",
}


def _verb(text: Text, token: Token, words: Lexicon) -> Cue | None:
    entry = words.forms.get(token.text.lower())
    if entry is None and token.pos in {"VERB", "AUX"}:
        entry = words.verbs.get(token.lemma.lower())
    if entry is None or _attributive(text, token):
        return None
    members = verb_group(text, token.index)
    if token.morph.get("VerbForm") == "Inf":
        governing = _governing(text, token, words)
        if governing is None:
            return None
        members = tuple(sorted({*governing, *members}))
    act = entry.act_of(token.lemma.lower())
    lemma = token.lemma.lower()
    bare = lemma in words.bare
    return Cue("verb", token.index, members, act, entry.stance, lemma, entry, bare)


def _governing(text: Text, token: Token, words: Lexicon) -> tuple[int, ...] | None:
    """Return the verb group that the infinitive depends on, when it may report through it."""
    tokens = text.tokens or ()
    if any(
        tokens[c].dep in {"aux", "aux:tense"} and tokens[c].pos == "AUX"
        for c in text.children[token.index]
    ):
        return ()  # "will say", "has to say"
    head = tokens[token.head]
    if head.index < token.index and head.lemma.lower() in words.governors:
        return verb_group(text, head.index)
    return None


def _attributive(text: Text, token: Token) -> bool:
    """Return whether the word is an adjective in all but tag: "the said ferry", "so-called"."""
    return token.dep in {"amod", "compound", "aux", "aux:tense", "aux:pass", "case", "fixed"}


def verb_group(text: Text, head: int) -> tuple[int, ...]:
    """Return the token indices of the verb group headed by `head`, a contiguous run less subjects.

    Auxiliaries, negation, particles, clitics and the adverbs between them belong to it.
    """
    tokens = text.tokens or ()
    inside = {head}
    for child in text.children[head]:
        token = tokens[child]
        clitic = token.pos == "PRON" and child < head and token.text.lower() in _CLITICS
        negation = token.text.lower() in {"ne", "n'", "pas", "not", "n't", "never"}
        if (token.dep in _GROUP or clitic or negation) and abs(child - head) <= 6:
            inside.add(child)
    low, high = min(inside), max(inside)
    between = {i for i in range(low, high) if tokens[i].pos in {"ADV", "PART"}}
    for index in sorted(range(low, high), reverse=True):
        if index not in inside | between and tokens[index].pos in {
            "PUNCT",
            "NOUN",
            "PROPN",
            "VERB",
        }:
            inside = {i for i in inside | between if i > index}
            return tuple(sorted(inside))
    return tuple(sorted(inside | between))


# -- nouns and adjectives --------------------------------------------------------------------


def _noun(text: Text, token: Token, words: Lexicon) -> Cue | None:
    if token.pos != "NOUN":
        return None
    entry = words.nouns.get(token.lemma.lower())
    if entry is None:
        return None
    members = tuple(
        i
        for i in range(max(token.index - 3, 0), token.index + 1)
        if i == token.index or (text.tokens or ())[i].head == token.index and _modifies(text, i)
    )
    lemma = token.lemma.lower()
    return Cue("noun", token.index, members, entry.act_of(lemma), entry.stance, lemma)


def _modifies(text: Text, index: int) -> bool:
    return (text.tokens or ())[index].dep in {"det", "amod", "nummod"}


def _adjective(text: Text, token: Token, words: Lexicon) -> Cue | None:
    if token.pos not in {"ADJ", "VERB"}:
        return None
    entry = words.adjectives.get(token.lemma.lower()) or words.adjectives.get(token.text.lower())
    if entry is None or token.dep in {"amod", "compound"}:
        return None
    members = _predicate(text, token.index)
    lemma = token.lemma.lower()
    return Cue("adjective", token.index, members, entry.act_of(lemma), entry.stance, lemma)


def _predicate(text: Text, index: int) -> tuple[int, ...]:
    """Return the adjective with its copula: in one scheme its child, in the other its head."""
    tokens = text.tokens or ()
    token = tokens[index]
    inside = {index}
    if token.dep in {"acomp", "oprd"}:
        inside |= set(verb_group(text, token.head))
    for child in text.children[index]:
        if tokens[child].dep in {"cop", "neg", "advmod", *_GROUP} and child < index:
            inside.add(child)
    low = min(inside)
    if index - low > 5:
        return (index,)
    return tuple(i for i in range(low, index + 1) if i in inside or tokens[i].pos == "ADV")
