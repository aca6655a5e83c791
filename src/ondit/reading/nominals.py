"""The pack's words for people, groups and organisations, compiled for one pass over a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import Token, view
from ondit.model.annotations import MentionKind, SourceKind

RoleClass = Literal["office", "person", "group", "organisation"]
Gender = Literal["m", "f", "n"]
Number = Literal["s", "p"]


class TitleWords(Entry, frozen=True, kw_only=True):
    """Words before a name that tell a person, sometimes the person's gender."""

    words: tuple[str, ...]
    gender: Gender | None = None


class RoleNouns(Entry, frozen=True, kw_only=True):
    """Nouns that stand for a person (by office or otherwise), a group, or an organisation."""

    class_: RoleClass = msgspec.field(name="class")
    nouns: tuple[str, ...]
    """Each ``masculine|feminine`` or one form for both."""


class BodyNames(Entry, frozen=True, kw_only=True):
    """Well-known organisations and outlets that parsers mistake for people or places."""

    kind: Literal["organisation", "outlet"]
    names: tuple[str, ...]


class PlainWords(Entry, frozen=True, kw_only=True):
    """A list of words of one use."""

    words: tuple[str, ...]


class GivenNames(Entry, frozen=True, kw_only=True):
    """First names that let a reader guess the pronoun."""

    names: tuple[str, ...]
    gender: Gender
    wide: bool = False
    """Places bear some of them too: they tell a person's pronoun, not that a person is named."""


class AliasWords(Entry, frozen=True, kw_only=True):
    """Words of nicknaming, between a name and the nickname."""

    words: tuple[str, ...]
    comma: bool = False
    """They are verbs of speech too, and nickname only behind a comma ("Ivo Tarn, dit Le Roux")."""


class PronounWords(Entry, frozen=True, kw_only=True):
    """Pronouns and possessives with what they agree with; None agrees with anything."""

    words: tuple[str, ...]
    gender: Gender | None = None
    number: Number | None = None
    person: Literal[1, 3]
    possessive: bool = False
    relative: bool = False
    order: Literal["first", "last"] | None = None
    """It takes up the first or the last of those just mentioned ("the former", "ce dernier")."""


class OutletWords(Entry, frozen=True, kw_only=True):
    """Words that tell a newspaper, agency or broadcaster from another name."""

    words: tuple[str, ...]
    before: bool = False
    """They stand before the name ("the weekly Mirador"); else they are part of it."""


class BroaderNouns(Entry, frozen=True, kw_only=True):
    """Nouns by which a report takes up whom it has described by a narrower one."""

    words: tuple[str, ...]
    """Nouns, feminine forms too, with what follows them where that belongs to them."""
    of: tuple[str, ...]
    """The narrower role nouns, in the masculine form that ``role`` gives."""


class TakenUp(Entry, frozen=True, kw_only=True):
    """Nouns too general to introduce anybody: with an article they take up who was just named."""

    kind: Literal["person", "organisation", "outlet", "document"]
    words: tuple[str, ...]


class Predicative(Entry, frozen=True, kw_only=True):
    """Verbs by which a clause tells what somebody is: "is", "was elected", "named ... as"."""

    lemmas: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    """Lemmas of the auxiliaries that leave it a fact."""
    negations: tuple[str, ...]
    as_: tuple[str, ...] = msgspec.field(name="as", default=())


class Determiners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Closed classes of small words that a noun phrase begins or is linked with."""

    definite: tuple[str, ...]
    indefinite: tuple[str, ...]
    possessive: tuple[str, ...]
    coordination: tuple[str, ...]
    two: tuple[str, ...]
    of: tuple[str, ...]
    stop: tuple[str, ...]
    """Words that no noun phrase goes on through."""


class MentionTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``mentions.toml``."""

    head: Head
    title: tuple[TitleWords, ...]
    role: tuple[RoleNouns, ...]
    body: tuple[BodyNames, ...]
    outlet: tuple[OutletWords, ...]
    broader: tuple[BroaderNouns, ...]
    taken_up: tuple[TakenUp, ...]
    not_name: tuple[PlainWords, ...]
    particle: tuple[PlainWords, ...]
    given: tuple[GivenNames, ...]
    alias: tuple[AliasWords, ...]
    pronoun: tuple[PronounWords, ...]
    pair: tuple[PlainWords, ...]
    fixed: tuple[PlainWords, ...]
    """Set phrases whose nouns stand for nobody ("human rights")."""
    impersonal: tuple[PlainWords, ...]
    """Pronoun and verb that together stand for nobody ("il y a", "it seems")."""
    predicative: tuple[Predicative, ...]
    determiner: Determiners


@dataclass(frozen=True, slots=True)
class Role:
    """One form of a role noun: its class, the key that its forms share, the gender it shows."""

    class_: RoleClass
    key: str
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class Words:
    """``mentions.toml`` as lookups; all keys are lower-case view text except titles."""

    titles: dict[str, Gender | None]
    roles: dict[str, Role]
    bodies: re.Pattern[str]
    body_kinds: dict[str, Literal["organisation", "outlet"]]
    outlet_words: frozenset[str]
    before_outlets: frozenset[str]
    broader: dict[str, frozenset[str]]
    """Broader noun to the keys of the role nouns below it."""
    taken_up: dict[str, frozenset[str]]
    """Noun to what it takes up: person, organisation, outlet, document."""
    not_names: frozenset[str]
    particles: frozenset[str]
    given: dict[str, Gender | None]
    sure_given: frozenset[str]
    """First names that tell a person from a place or an organisation."""
    aliases: re.Pattern[str]
    after_comma: frozenset[str]
    """Those of `aliases` that count only behind a comma."""
    pronouns: dict[str, PronounWords]
    long_pronouns: re.Pattern[str]
    """Pronouns of more than one word."""
    pairs: re.Pattern[str]
    fixed: re.Pattern[str]
    impersonal: re.Pattern[str]
    predicative: frozenset[str]
    """Lemmas of the verbs that tell what somebody is."""
    predicative_aux: frozenset[str]
    predicative_not: frozenset[str]
    predicative_as: frozenset[str]
    stops: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    possessive: frozenset[str]
    coordination: frozenset[str]
    two: frozenset[str]
    of: frozenset[str]
    gendered: bool
    """Whether every noun has a gender, so that pronouns agree with nouns (French)."""

    def role(self, token: Token) -> Role | None:
        """Return the role that `token` is a form of, by its text, its lemma, its bare plural."""
        text = token.text.lower()
        return (
            self.roles.get(text)
            or self.roles.get(token.lemma.lower())
            or (self.roles.get(text[:-1]) if text[-1:] in "sx" else None)
        )


@lru_cache
def words_of(pack: Pack) -> Words:
    """Return the compiled ``mentions.toml`` of `pack`."""
    table = pack.table("mentions", MentionTable)
    bodies = {view(name): entry.kind for entry in table.body for name in entry.names}
    return Words(
        titles={word: entry.gender for entry in table.title for word in entry.words},
        roles=_roles(table),
        bodies=_names_pattern(bodies),
        body_kinds=dict(bodies),
        outlet_words=_outlets(table, before=False),
        before_outlets=_outlets(table, before=True),
        broader=_broader(table),
        taken_up=_taken_up(table),
        not_names=_flat(table.not_name),
        particles=_flat(table.particle),
        given=_given(table),
        sure_given=frozenset(n for e in table.given if not e.wide for n in e.names),
        aliases=_phrases_pattern(_flat(table.alias)),
        after_comma=_flat(tuple(entry for entry in table.alias if entry.comma)),
        pronouns={view(w).lower(): entry for entry in table.pronoun for w in entry.words},
        long_pronouns=_phrases_pattern(_long_pronouns(table)),
        pairs=_phrases_pattern(_flat(table.pair)),
        fixed=_phrases_pattern(_flat(table.fixed)),
        impersonal=_phrases_pattern(_flat(table.impersonal)),
        predicative=frozenset(w for e in table.predicative for w in e.lemmas),
        predicative_aux=frozenset(w for e in table.predicative for w in e.auxiliaries),
        predicative_not=frozenset(w for e in table.predicative for w in e.negations),
        predicative_as=frozenset(w for e in table.predicative for w in e.as_),
        stops=frozenset(table.determiner.stop),
        definite=frozenset(table.determiner.definite),
        indefinite=frozenset(table.determiner.indefinite),
        possessive=frozenset(table.determiner.possessive),
        coordination=frozenset(table.determiner.coordination),
        two=frozenset(table.determiner.two),
        of=frozenset(table.determiner.of),
        gendered=any(p.possessive and p.gender is None and p.number == "s" for p in table.pronoun),
    )


def _flat(entries: tuple[PlainWords | AliasWords, ...]) -> frozenset[str]:
    return frozenset(view(word).lower() for entry in entries for word in entry.words)


def _long_pronouns(table: MentionTable) -> frozenset[str]:
    words = (view(word).lower() for entry in table.pronoun for word in entry.words)
    return frozenset(word for word in words if " " in word)


def _outlets(table: MentionTable, *, before: bool) -> frozenset[str]:
    entries = (entry for entry in table.outlet if entry.before == before)
    return frozenset(view(word).lower() for entry in entries for word in entry.words)


def _taken_up(table: MentionTable) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in table.taken_up:
        for word in entry.words:
            found[view(word)] = found.get(view(word), frozenset()) | {entry.kind}
    return found


def _broader(table: MentionTable) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in table.broader:
        for word in entry.words:
            found[view(word)] = found.get(view(word), frozenset()) | frozenset(map(view, entry.of))
    return found


def _roles(table: MentionTable) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for entry in table.role:
        for noun in entry.nouns:
            masculine, _, feminine = view(noun).partition("|")
            gender: Gender | None = "m" if feminine else None
            found.setdefault(masculine.lower(), Role(entry.class_, masculine, gender))
            if feminine:
                found.setdefault(feminine.lower(), Role(entry.class_, masculine, "f"))
    return found


def _given(table: MentionTable) -> dict[str, Gender | None]:
    """Return first names with their gender; None for those that both lists hold."""
    found: dict[str, Gender | None] = {}
    for entry in table.given:
        for name in entry.names:
            both = found.get(name, entry.gender) != entry.gender
            found[name] = None if both else entry.gender
    return found


def _names_pattern(names: dict[str, Literal["organisation", "outlet"]]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")


def _phrases_pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(map(re.escape, longest))
    return re.compile(r"(?<![\w-])(?:" + alternatives + r")(?![\w-])", re.IGNORECASE)


# -- sources.toml -----------------------------------------------------------------------------


class AnonymityWords(Entry, frozen=True, kw_only=True):
    """Phrases by which a report says that it withholds a name."""

    phrases: tuple[str, ...]


class SourceNouns(Entry, frozen=True, kw_only=True):
    """Nouns that, as a source, are of one kind."""

    kind: SourceKind
    nouns: tuple[str, ...]


class SourcePronouns(Entry, frozen=True, kw_only=True):
    """Pronouns without an antecedent that, as a source, are of one kind."""

    kind: SourceKind
    words: tuple[str, ...]


class Metonym(Entry, frozen=True, kw_only=True):
    """What a place is when it speaks."""

    kind: SourceKind


class SourceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``sources.toml``."""

    head: Head
    anonymity: tuple[AnonymityWords, ...]
    noun: tuple[SourceNouns, ...]
    pronoun: tuple[SourcePronouns, ...]
    metonym: tuple[Metonym, ...]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """``sources.toml`` as lookups."""

    anonymity: re.Pattern[str]
    nouns: dict[str, SourceKind]
    pronouns: dict[str, SourceKind]
    place: SourceKind

    def noun(self, token: Token) -> SourceKind | None:
        """Return the kind of source that the noun `token` is, or None."""
        return self.nouns.get(token.text.lower()) or self.nouns.get(token.lemma.lower())


@lru_cache
def source_words_of(pack: Pack) -> SourceWords:
    """Return the compiled ``sources.toml`` of `pack`."""
    table = pack.table("sources", SourceTable)
    phrases = frozenset(view(p).lower() for entry in table.anonymity for p in entry.phrases)
    return SourceWords(
        anonymity=_phrases_pattern(phrases),
        nouns={view(noun): entry.kind for entry in table.noun for noun in entry.nouns},
        pronouns={view(word): entry.kind for entry in table.pronoun for word in entry.words},
        place=table.metonym[0].kind,
    )


def kind_of_name(label: str | None) -> MentionKind | None:
    """Return the kind of mention for a parser's entity label, or None for those we leave out."""
    return _LABELS.get(label or "")


_LABELS: dict[str, MentionKind] = {
    "PER": "person", "PERSON": "person", "ORG": "organisation",
    "LOC": "place", "GPE": "place", "FAC": "place",
}  # fmt: skip
