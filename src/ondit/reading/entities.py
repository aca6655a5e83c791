"""Entities of one report: mentions that stand for the same person, group or organisation.

Nothing is trained and nothing invented: surnames, appositions, nicknames, acronyms, and
descriptions that come back with the article. What could be two entities stays two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ondit.model import Entity, Span, Text, identify, trim
from ondit.model.annotations import SourceKind
from ondit.reading.kinds import kind_of_phrase, noun_kind, withheld_at
from ondit.reading.nicknames import take_nicknames
from ondit.reading.nominals import SourceWords, Words
from ondit.reading.phrases import Phrase
from ondit.reading.predicates import predicated

# Between a name and the description behind it: a comma or dash, perhaps an age.
_BESIDE = re.compile(r"(?:, \d{1,3}(?: ans)?)?(?:, | – | — | \()")
_SUBJECTS = {"nsubj", "nsubj:pass"}
_ACRONYM = re.compile(r"\s\(([A-ZÀ-Þ][\w.-]{1,11})\)")


@dataclass(eq=False, slots=True)
class Cluster:
    """The phrases of one entity while it is being put together."""

    phrases: list[Phrase] = field(default_factory=list)
    rule: str = "entity.first"
    aliases: list[str] = field(default_factory=list)
    modifiers: set[str] = field(default_factory=set)
    spelled_out: Phrase | None = None
    """What an acronym abbreviates."""

    def add(self, phrase: Phrase, rule: str | None = None) -> None:
        """Take `phrase` in; `rule` says why, when it was not the first."""
        self.phrases.append(phrase)
        self.modifiers |= phrase.modifiers
        if rule is not None:
            self.rule = rule

    @property
    def names(self) -> list[Phrase]:
        """The phrases that are proper names."""
        return [p for p in self.phrases if p.form == "name"]


def cluster(
    text: Text, phrases: list[Phrase], words: Words, source_words: SourceWords
) -> list[Entity]:
    """Return the entities that `phrases` stand for and write their ids into the phrases.

    Nicknames are added to `phrases`, and what they merely contain is taken out: « the notary of
    Sarvan » speaks of its bearer, not of Sarvan. Pronouns are left for the speakers step.
    """
    nicknames = take_nicknames(text, phrases, words)
    clusters = _Clusters(text, words)
    clusters.take_names([p for p in phrases if p.form == "name" and p not in nicknames])
    for nickname, bearer in nicknames.items():
        clusters.join(nickname, bearer, "entity.alias")
    clusters.take_appositions([p for p in phrases if p.form in {"name", "description"}])
    phrases[:] = sorted(
        [*phrases, *_couples(text, phrases, words)], key=lambda p: (p.start, -p.end)
    )
    clusters.take_descriptions(phrases)
    clusters.take_acronyms()
    found = []
    for one in sorted(clusters.all, key=lambda c: min(p.start for p in c.phrases)):
        entity = _entity(text, one, source_words)
        for phrase in one.phrases:
            phrase.entity = entity.id
        found.append(entity)
    return found


# -- two joined by "and" -----------------------------------------------------------------------


def _couples(text: Text, phrases: list[Phrase], words: Words) -> Iterator[Phrase]:
    """Yield "X and Y" as one phrase, when both are single persons and together the subject."""
    persons = [
        p for p in phrases if p.kind == "person" and p.number == "s" and p.form != "pronoun"
        and p.class_ in {None, "office", "person"} and p.titled != "alias"
    ]  # fmt: skip
    starting = {p.start: p for p in reversed(persons)}
    joints = "|".join(sorted(words.coordination))
    tokens = text.tokens or ()
    for left in persons:
        match = re.compile(rf" (?:{joints}) ").match(text.view, left.end)
        right = starting.get(match.end()) if match else None
        if right is None or left.head < 0 or tokens[left.head].dep not in _SUBJECTS:
            continue
        if right.end - left.start > 300:
            continue
        yield Phrase(
            left.start, right.end, "person", "description", "description.couple",
            head=left.head, class_="group", key="*couple*", number="p",
            gender="f" if left.gender == right.gender == "f" else "m", definite="indefinite",
        )  # fmt: skip


# -- clusters ---------------------------------------------------------------------------------


class _Clusters:
    """All clusters of one text, with the lookups that keep clustering linear."""

    def __init__(self, text: Text, words: Words) -> None:
        self.text = text
        self.words = words
        self.all: list[Cluster] = []
        self.of: dict[int, Cluster] = {}
        self._surnames: dict[str, list[Cluster]] = defaultdict(list)
        self._keys: dict[tuple[str, str | None], list[Phrase]] = defaultdict(list)

    def new(self, phrase: Phrase) -> Cluster:
        one = Cluster()
        self.all.append(one)
        self._put(one, phrase, None)
        return one

    def join(self, phrase: Phrase, other: Phrase, rule: str) -> None:
        """Put `phrase` where `other` is."""
        one = self.of.get(id(other)) or self.new(other)
        self._put(one, phrase, rule)
        if rule == "entity.alias":
            one.aliases.append(self._shown(phrase))

    def _put(self, one: Cluster, phrase: Phrase, rule: str | None) -> None:
        one.add(phrase, rule)
        self.of[id(phrase)] = one

    def _shown(self, phrase: Phrase) -> str:
        return self.text.string[phrase.start : phrase.end]

    def _folded(self, phrase: Phrase) -> str:
        return self.text.view[phrase.start : phrase.end].casefold()

    # names

    def take_names(self, names: list[Phrase]) -> None:
        """Cluster names: the same spelling first, then surnames and first names of fuller ones."""
        spellings: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
        for name in names:
            kind = "person" if name.kind == "person" else "other"
            spellings[kind, self._folded(name)].append(name)
        fullest_first = sorted(spellings.items(), key=lambda row: -len(row[0][1].split()))
        for (kind, spelling), same in fullest_first:
            one = self._full_name(spelling, same) if kind == "person" else None
            rule = "entity.surname" if one else None
            if one is None:
                one = self.new(same[0])
                shared = kind == "person" and len(self._bearers(spelling, same)) > 1
                rule = "entity.shared" if shared else None
                one.rule = rule or one.rule
            for name in same:
                if id(name) not in self.of:
                    self._put(one, name, rule or "entity.spelling")
            if kind == "person":
                self._index_person(one, spelling)

    def _index_person(self, one: Cluster, spelling: str) -> None:
        parts = spelling.split()
        keys = {parts[0], parts[-1], f"{parts[0]} {parts[-1]}"}
        keys |= {" ".join(parts[n:]) for n in range(1, len(parts))}
        for key in keys:
            if one not in self._surnames[key]:
                self._surnames[key].append(one)

    def _full_name(self, spelling: str, same: list[Phrase]) -> Cluster | None:
        """Return the one fuller name that `spelling` shortens; None when two fit equally."""
        fits = self._bearers(spelling, same)
        return fits[0] if len(fits) == 1 else None

    def _bearers(self, spelling: str, same: list[Phrase]) -> list[Cluster]:
        """Return the fuller names that `spelling` shortens."""
        parts = spelling.split()
        fits = self._surnames.get(spelling, [])
        if not fits and len(parts) > 2:
            fits = self._surnames.get(f"{parts[0]} {parts[-1]}", [])
        by_surname = [c for c in fits if self._folded(c.phrases[0]).endswith(spelling)]
        fits = by_surname or fits
        gender = next((p.gender for p in same if p.gender), None)
        if len(fits) > 1 and gender:
            fits = [c for c in fits if c.phrases[0].gender in {gender, None}]
        return fits

    # appositions

    def take_appositions(self, phrases: list[Phrase]) -> None:
        """Join descriptions to the names they stand beside."""
        beside = _Neighbours(self.text, phrases)
        for name in phrases:
            if name.form != "name":
                continue
            for description, gap in beside.of(name):
                self._promote(name, description)
                if id(description) not in self.of and _apposed(name, description, gap):
                    description.beside = "," in gap
                    self.join(description, name, "entity.apposition")
        for description, name in predicated(self.text, phrases, self.words):
            if id(description) not in self.of and id(name) in self.of:
                self.join(description, name, "entity.predicate")
        self._chain(phrases)

    def _promote(self, name: Phrase, description: Phrase) -> None:
        """Make a person of an "organisation" that a person's description stands beside."""
        personal = description.class_ in {"office", "person"} and description.number == "s"
        unsure = name.kind == "organisation" and name.rule != "name.listed" and not name.outlet
        if not (personal and unsure) or description.definite == "indefinite":
            return
        tokens = self.text.tokens_in(name.start, name.end)
        if len(tokens) > 1 and not any(self.words.role(t) for t in tokens):
            for phrase in self.of[id(name)].phrases:
                phrase.kind = "person"
                phrase.gender = self.words.given.get(tokens[0].text)

    def _chain(self, phrases: list[Phrase]) -> None:
        """Join "the commissioner, the colonel Ada Tarn": a description before an apposed one."""
        descriptions = [p for p in phrases if p.form == "description"]
        for left, right in pairwise(descriptions):
            personal = left.class_ in {"person", "office"} and left.number == right.number == "s"
            if not personal or id(left) in self.of or id(right) not in self.of:
                continue
            if self.text.view[left.core : right.start] in {", ", " – "}:
                left.beside = True
                self.join(left, right, "entity.apposition")

    # descriptions

    def take_descriptions(self, phrases: list[Phrase]) -> None:
        """Join a definite description to the latest entity with the same head, else start one."""
        last_pair: Cluster | None = None
        for phrase in phrases:
            if phrase.form == "name":
                self._remember_name(phrase)
            if phrase.form != "description":
                continue
            if phrase.key == "*pair*":
                if last_pair is None:
                    last_pair = self.new(phrase)
                else:
                    self._put(last_pair, phrase, "entity.pair")
                continue
            one = self._described(phrase, last_pair)
            self._keys[phrase.key, phrase.number].append(phrase)
            if phrase.key == "*couple*" or self._of_two(phrase):
                last_pair = one

    def _described(self, phrase: Phrase, last_pair: Cluster | None) -> Cluster:
        """Return the cluster of a description, joined with an earlier one where the text allows."""
        own = self.of.get(id(phrase))
        earlier = self._earlier(phrase) if phrase.definite == "definite" else None
        if own is None:
            if (
                earlier is None
                and last_pair is not None
                and phrase.definite == "definite"
                and self._of_two(phrase)
            ):
                self._put(last_pair, phrase, "entity.pair")
                return last_pair
            if earlier is None:
                return self.new(phrase)
            self._put(earlier, phrase, "entity.description")
            return earlier
        if earlier is not None and earlier is not own and not earlier.names:
            known = all(p.definite == "definite" for p in earlier.phrases)
            if phrase.beside or known:
                self._merge(own, earlier, "entity.description")
        return own

    def _of_two(self, phrase: Phrase) -> bool:
        first = self.text.view[phrase.start : phrase.end].lower().split()[:2]
        return phrase.number == "p" and bool(set(first) & self.words.two)

    def _remember_name(self, phrase: Phrase) -> None:
        """Let "the commission" find "the Electoral Commission of Varn"."""
        one = self.of.get(id(phrase))
        if one is None or phrase.kind != "organisation":
            return
        for token in self.text.tokens_in(phrase.start, phrase.end):
            role = self.words.role(token)
            if role is not None and role.class_ == "organisation":
                self._keys[role.key, "s"].append(phrase)
                one.modifiers.update(
                    t.lemma.casefold() for t in self.text.tokens_in(phrase.start, phrase.end)
                )

    def _earlier(self, phrase: Phrase) -> Cluster | None:
        """Return the latest entity described by the same noun that nothing speaks against."""
        for other in reversed(self._keys.get((phrase.key, phrase.number), [])):
            one = self.of[id(other)]
            if {other.gender, phrase.gender} != {"m", "f"} and phrase.modifiers <= one.modifiers:
                return one
        return None

    # acronyms

    def take_acronyms(self) -> None:
        """Join "(OX)" to the name or description that it abbreviates."""
        short = {
            self._shown(p): c for c in self.all for p in c.phrases
            if p.form == "name" and p.kind != "person" and self._shown(p).isupper()
        }  # fmt: skip
        for one in list(self.all):
            for phrase in one.phrases:
                match = _ACRONYM.match(self.text.string, phrase.core)
                if phrase.kind != "organisation" or match is None:
                    continue
                other = short.get(match[1])
                one.spelled_out = phrase
                if other is not None and other is not one and other in self.all:
                    self._merge(one, other, "entity.acronym")
                elif match[1] not in one.aliases:
                    one.aliases.append(match[1])
                break

    def _merge(self, one: Cluster, other: Cluster, rule: str) -> None:
        for phrase in other.phrases:
            one.add(phrase, rule)
            self.of[id(phrase)] = one
        self.all.remove(other)


class _Neighbours:
    """Descriptions by where they begin and end, to look beside a name without a search."""

    def __init__(self, text: Text, phrases: list[Phrase]) -> None:
        self.text = text
        described = [p for p in phrases if p.form == "description"]
        self.starting = {p.start: p for p in described}
        self.heads = {p.head: p for p in described}
        self.ending: dict[int, Phrase] = {}
        for phrase in described:
            self.ending.setdefault(phrase.end, phrase)

    def of(self, name: Phrase) -> Iterator[tuple[Phrase, str]]:
        """Yield the descriptions that touch `name`, with what parts them from it."""
        view = self.text.view
        places = [name.start]
        if name.titled and name.titled != "alias":
            places.append(view.rfind(name.titled, 0, name.start))
        for left in places:
            end = len(view[max(0, left - 3) : left].rstrip(" ,–—")) + max(0, left - 3)
            if end in self.ending:
                yield self.ending[end], view[end:left]
        if name.kind == "person":
            yield from self._before(name)
        match = _BESIDE.match(view, name.end)
        if match and match.end() in self.starting:
            yield self.starting[match.end()], match.group()

    def _before(self, name: Phrase) -> Iterator[tuple[Phrase, str]]:
        """Yield the description whose nouns run up to the name, when its extent fell short."""
        tokens = self.text.tokens_in(max(0, name.start - 150), name.start)
        gap = ""
        if tokens and tokens[-1].text == ",":
            tokens, gap = tokens[:-1], ", "
        if not tokens or tokens[-1].pos not in {"NOUN", "PROPN", "ADJ"}:
            return
        found = None
        for token in reversed(tokens):
            if token.pos not in {"NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "PUNCT"}:
                break
            if token.text not in {"'", "-", "d'", "l'"} and token.pos == "PUNCT":
                break
            found = self.heads.get(token.index, found)
        if found is not None and found.class_ in {"office", "person"}:
            yield found, gap


def _apposed(name: Phrase, description: Phrase, gap: str) -> bool:
    """Return whether the description, parted from the name by `gap`, describes its bearer."""
    personal = description.class_ in {"office", "person"}
    if (name.kind == "person") != personal or description.number == "p" or name.kind == "place":
        return False
    if description.end <= name.start and gap.strip():
        return description.definite != "indefinite"
    return bool(gap.strip()) or description.end <= name.start


# -- writing down -----------------------------------------------------------------------------


def _entity(text: Text, one: Cluster, source_words: SourceWords) -> Entity:
    ordered = sorted(one.phrases, key=lambda p: p.start)
    names = [p for p in ordered if p.form == "name" and p.titled != "alias"]
    descriptions = [p for p in ordered if p.form == "description"]
    if one.spelled_out is not None:
        shown = _core(text, [one.spelled_out])
    else:
        shown = _fullest(text, names) if names else _core(text, descriptions or ordered)
    spellings = {text.string[p.start : p.end] for p in names} - {shown.exact}
    described = [p for p in descriptions if p.key not in {"*pair*", "*couple*"}]
    return Entity(
        id=identify("e", text.key, [shown], shown.exact),
        name=shown.exact,
        kind=(names or ordered)[0].kind,
        source_kind=_source_kind(text, names, ordered, source_words),
        aliases=tuple(dict.fromkeys([*sorted(spellings), *one.aliases])),
        description=_core(text, described).exact if described else None,
        rule=f"{text.language}.{one.rule}",
    )


def _fullest(text: Text, names: list[Phrase]) -> Span:
    best = max(names, key=lambda p: (p.end - p.start, -p.start))
    return text.span(best.start, best.end)


def _core(text: Text, phrases: list[Phrase]) -> Span:
    return trim(text.string, phrases[0].start, phrases[0].core)


def _source_kind(
    text: Text, names: list[Phrase], ordered: list[Phrase], source_words: SourceWords
) -> SourceKind | None:
    first = (names or ordered)[0]
    if first.kind == "place":
        return None
    if names:
        return kind_of_phrase(first)
    withheld = any(withheld_at(text, p.start, p.end, source_words) for p in ordered)
    if first.key == "*couple*":
        return "collective"
    stated = noun_kind(text, first.head, source_words)
    return stated or kind_of_phrase(first, withheld=withheld)
