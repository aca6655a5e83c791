"""People and organisations: who is named in the reports, what they say, what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ondit.case.corrections import Correction
from ondit.case.dossier.article import Article
from ondit.case.dossier.filed import Filed
from ondit.case.dossier.notes import Note
from ondit.model import Entity, SpanIndex
from ondit.model.annotations import SourceKind

_BY_NAME: frozenset[SourceKind | None] = frozenset({"named_person", "organisation", "outlet", None})
"""Kinds whose name is a name; two reports' "a source close to the inquiry" may be two people."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A claim of one report, as an index names it."""

    report: int
    note: Note


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks of one report in which somebody is mentioned."""

    report: int
    blocks: tuple[int, ...]


@dataclass(slots=True)
class Person:
    """A person, group or organisation; entities of several reports that bear one name.

    Whether the name stands for one and the same is for people to say; the page only says that
    the name is the same.
    """

    number: int
    name: str
    kind: str
    lang: str
    source_kinds: dict[str, None] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    descriptions: dict[str, None] = field(default_factory=dict)
    mentions: int = 0
    passages: list[Passage] = field(default_factory=list)
    says: list[Reference] = field(default_factory=list)
    about: list[Reference] = field(default_factory=list)
    decisions: list[Correction] = field(default_factory=list)

    @property
    def reports(self) -> tuple[int, ...]:
        """Numbers of the reports that mention them."""
        return tuple(passage.report for passage in self.passages)


class Directory:
    """Everyone in the dossier under one number each, by the reports' entities."""

    def __init__(self, reports: Iterable[Filed]) -> None:
        self.people: list[Person] = []
        self._numbers: dict[tuple[int, str], int] = {}
        self._named: dict[tuple[str, str], int] = {}
        for filed in reports:
            self._enter(filed)

    def of(self, filed: Filed) -> dict[str, int]:
        """Return the id of each entity of the report to its number."""
        return {
            entity.id: self._numbers[filed.number, entity.id]
            for entity in filed.record.entities
            if (filed.number, entity.id) in self._numbers
        }

    def add(self, article: Article) -> None:
        """Enter where the article mentions people, what they say, and what is said of them."""
        numbers = self.of(article.filed)
        self._add_mentions(article, numbers)
        self._add_claims(article, numbers)

    def _enter(self, filed: Filed) -> None:
        speakers = {attribution.speaker for attribution in filed.record.attributions}
        for entity in filed.record.entities:
            if entity.kind in ("person", "organisation") or entity.id in speakers:
                person = self._person(entity, filed.record.language or "")
                self._numbers[filed.number, entity.id] = person.number
                if entity.source_kind:
                    person.source_kinds[entity.source_kind] = None
                person.aliases.update(dict.fromkeys(a for a in entity.aliases if a != person.name))
                if entity.description and not _same(entity.description, entity.name):
                    person.descriptions[entity.description] = None
                person.decisions.extend(filed.decisions.get(entity.id, ()))

    def _person(self, entity: Entity, lang: str) -> Person:
        key = (entity.kind, entity.name.casefold())
        if entity.source_kind in _BY_NAME and key in self._named:
            return self.people[self._named[key] - 1]
        person = Person(len(self.people) + 1, entity.name, entity.kind, lang)
        self.people.append(person)
        if entity.source_kind in _BY_NAME:
            self._named[key] = person.number
        return person

    def _add_mentions(self, article: Article, numbers: dict[str, int]) -> None:
        record = article.filed.record
        blocks = SpanIndex((b.start, b.end, n) for n, b in enumerate(record.blocks, start=1))
        where: dict[int, dict[int, None]] = {}
        for mention in record.mentions:
            number = numbers.get(mention.entity or "")
            if number is None:
                continue
            self.people[number - 1].mentions += 1
            found = blocks.overlapping(mention.span.start, mention.span.end)
            where.setdefault(number, {}).update(dict.fromkeys(found))
        for number, places in where.items():
            passage = Passage(article.filed.number, tuple(sorted(places)))
            self.people[number - 1].passages.append(passage)

    def _add_claims(self, article: Article, numbers: dict[str, int]) -> None:
        mentions = SpanIndex(
            (m.span.start, m.span.end, numbers[m.entity])
            for m in article.filed.record.mentions
            if m.entity in numbers
        )
        for note in article.notes:
            reference = Reference(article.filed.number, note)
            for number in dict.fromkeys(link.person for link in note.chain if link.person):
                self.people[number - 1].says.append(reference)
            for number in dict.fromkeys(_about(note, mentions)):
                self.people[number - 1].about.append(reference)

    def sorted(self) -> list[Person]:
        """Return everyone, those who say most first, then those mentioned most."""
        return sorted(self.people, key=lambda p: (-len(p.says), -p.mentions, p.name.casefold()))

    def kinds(self) -> Counter[str]:
        """Return how many of those who say something are of each kind of source."""
        speaking = (person for person in self.people if person.says)
        return Counter(next(iter(person.source_kinds), "unspecified") for person in speaking)


def _about(note: Note, mentions: SpanIndex[int]) -> Iterator[int]:
    spans = (
        note.claim.spans if note.claim.subject is None else (*note.claim.spans, note.claim.subject)
    )
    for span in spans:
        yield from mentions.inside(span.start, span.end)


def _same(words: str, others: str) -> bool:
    return words.casefold() == others.casefold()
