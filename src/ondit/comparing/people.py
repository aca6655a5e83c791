"""People and organisations of several reports that may be the same: proposed, never merged.

A full name counts however it is spelled; a surname alone only beside the same role, and only
where nobody else in the reports bears it. Ages that cannot both be right, or roles that differ,
stand beside the proposal as what speaks against it. Whether it is so is for people to decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ondit.comparing.spellings import (
    Parts,
    given,
    known_roles,
    parts,
    roles,
    shared_roles,
    spelling,
)
from ondit.comparing.words import folded
from ondit.model import Entity, Mention, Quantity, Record, Span
from ondit.model.comparison import Pairing, ReportEntity, Sameness

Kind = Literal["person", "organisation"]
Strength = Literal["likely", "possible", "doubtful"]
Decided = Literal["same", "different"]

_SLACK_YEARS = 2
"""Years by which two stated ages of one person may differ within a year: a birthday, an error."""

_INITIAL = 1
_GAP = re.compile(r"[\s,(–-]{0,3}(?:aged|âgée? de)?\s?")
"""What may stand between a name and an age that is its own."""

_NAMED = frozenset({"named_person", "organisation", "outlet", None})


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever bears a name in one report, with what the report tells of them."""

    report: str
    entity: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    language: str | None = None
    age: int | None = None
    year: int | None = None
    """In which the report was published."""
    at: Span | None = None
    """Where the name stands."""
    described_at: Span | None = None
    aged_at: Span | None = None

    @property
    def parts(self) -> Parts:
        """The name cut into given names and surname."""
        return parts(self.name)

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the report gives them."""
        return roles(self.descriptions)


class Likeness(NamedTuple):
    """How sure it is that two bearers are one, what speaks for it and what against."""

    strength: Strength
    evidence: tuple[Pairing, ...]
    against: tuple[Pairing, ...]


# -- from records ------------------------------------------------------------------------------


def propose(
    records: Iterable[tuple[str, Record]], decisions: Mapping[frozenset[str], Decided] | None = None
) -> tuple[Sameness, ...]:
    """Return the pairs of entities of different reports that may be the same.

    Args:
        records: reports with their ids.
        decisions: what people decided of pairs of entity ids; those pairs are returned too, as far
            as their entities are here.
    """
    decisions = decisions or {}
    everyone = [bearer for id_, record in records for bearer in bearers(id_, record)]
    found = {
        frozenset({a.entity, b.entity}): _sameness(a, b, likeness)
        for a, b, likeness in _likenesses(everyone)
    }
    known = {bearer.entity: bearer for bearer in everyone}
    for pair, decided in decisions.items():
        if len(pair & known.keys()) == len(pair):
            one, other = sorted((known[e] for e in pair), key=everyone.index)
            likeness = alike(one, other) or Likeness("doubtful", (), ())
            found[pair] = _decided(found.get(pair) or _sameness(one, other, likeness), decided)
    return tuple(found.values())


def bearers(report: str, record: Record) -> Iterator[Bearer]:
    """Yield the named people and organisations of a record."""
    mentions: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in record.mentions:
        mentions[mention.entity].append(mention)
    for entity in record.entities:
        own = mentions[entity.id]
        if entity.source_kind in _NAMED and any(m.form == "name" for m in own):
            kind: Kind | None = _kind(entity)
            if kind is not None:
                yield _bearer(report, record, entity, kind, own)


def _kind(entity: Entity) -> Kind | None:
    if entity.kind == "person":
        return "person"
    return "organisation" if entity.kind == "organisation" else None


def _bearer(report: str, record: Record, entity: Entity, kind: Kind, own: list[Mention]) -> Bearer:
    told = [m for m in own if m.form == "description"]
    age = _age(record, own)
    published = record.meta.published.value
    return Bearer(
        report=report,
        entity=entity.id,
        name=entity.name,
        kind=kind,
        aliases=entity.aliases,
        descriptions=tuple(dict.fromkeys(m.span.exact for m in told)),
        language=record.language,
        age=int(age.value) if age and age.value is not None else None,
        year=int(published[:4]) if published and published[:4].isdigit() else None,
        at=next((m.span for m in own if m.span.exact == entity.name), own[0].span),
        described_at=told[0].span if told else None,
        aged_at=age.span if age else None,
    )


def _age(record: Record, own: list[Mention]) -> Quantity | None:
    """Return the age that stands right behind one of the mentions."""
    ages = [q for q in record.quantities if q.kind == "age" and q.value is not None]
    for mention in own if ages else ():
        for age in ages:
            gap = record.text[mention.span.end : age.span.start]
            if age.span.start >= mention.span.end and _GAP.fullmatch(gap):
                return age
    return None


def _sameness(a: Bearer, b: Bearer, likeness: Likeness) -> Sameness:
    return Sameness(
        a=ReportEntity(report=a.report, entity=a.entity, name=a.name),
        b=ReportEntity(report=b.report, entity=b.entity, name=b.name),
        kind=a.kind,
        strength=likeness.strength,
        evidence=likeness.evidence,
        against=likeness.against,
    )


def _decided(one: Sameness, decided: Decided) -> Sameness:
    return Sameness(
        a=one.a, b=one.b, kind=one.kind, strength=one.strength, evidence=one.evidence,
        against=one.against, decided=decided,
    )  # fmt: skip


# -- who is compared with whom -----------------------------------------------------------------


def _likenesses(everyone: list[Bearer]) -> Iterator[tuple[Bearer, Bearer, Likeness]]:
    """Yield likenesses of each bearer with the first bearer of each name that came before.

    Who is likely the same as somebody before is not compared further on, so that a name in a
    hundred reports gives a hundred proposals, not five thousand.
    """
    firsts: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    crowded = _crowded(everyone)
    for bearer in everyone:
        met = list(_before(bearer, firsts, crowded))
        for other, likeness in met:
            yield other, bearer, likeness
        if not any(likeness.strength == "likely" for _, likeness in met):
            for key in _keys(bearer):
                firsts[key].append(bearer)


def _before(
    bearer: Bearer,
    firsts: Mapping[tuple[str, str], list[Bearer]],
    crowded: frozenset[str],
) -> Iterator[tuple[Bearer, Likeness]]:
    """Yield the earlier bearers that `bearer` is like; the likely ones alone where there are."""
    near = {other.entity: other for key in _keys(bearer) for other in firsts.get(key, ())}
    found = [
        (other, likeness)
        for other in near.values()
        if other.report != bearer.report and (likeness := alike(other, bearer)) is not None
        if not (_bare(other, bearer) and _surname_key(bearer) in crowded)
    ]
    likely = [pair for pair in found if pair[1].strength == "likely"]
    yield from likely[:1] or found


def _keys(bearer: Bearer) -> list[tuple[str, str]]:
    if bearer.kind == "person":
        return [("person", _surname_key(bearer))]
    names = {_whole(bearer.name), *map(_whole, _short(bearer))}
    return [("organisation", name) for name in sorted(names)]


def _surname_key(bearer: Bearer) -> str:
    return spelling(bearer.parts.surname, loose=True)


def _crowded(everyone: Iterable[Bearer]) -> frozenset[str]:
    """Return the surnames that people of different given names bear."""
    known: dict[str, set[str]] = defaultdict(set)
    for bearer in everyone:
        if bearer.kind == "person" and bearer.parts.given:
            known[_surname_key(bearer)].add(given(bearer.parts.given[0]))
    return frozenset(key for key, names in known.items() if len(names) > 1)


def _bare(one: Bearer, other: Bearer) -> bool:
    return one.kind == "person" and not (one.parts.given and other.parts.given)


# -- what is alike -----------------------------------------------------------------------------


def alike(one: Bearer, other: Bearer) -> Likeness | None:
    """Return how sure it is that two bearers are one, None where nothing says so."""
    if one.kind != other.kind:
        return None
    for_ = _organisation(one, other) if one.kind == "organisation" else _person(one, other)
    if for_ is None:
        return None
    strength, evidence = for_
    against = tuple(_against(one, other))
    if any(reason.kind != "role" for reason in against):
        strength = "doubtful"
    elif against and strength == "likely":
        strength = "possible"
    return Likeness(strength, tuple(evidence), against)


For = tuple[Strength, list[Pairing]]


def _person(one: Bearer, other: Bearer) -> For | None:
    name = _names(one, other)
    role = list(_shared_roles(one, other))
    if name is None:
        return None
    grade, reason = name
    if grade == "full":
        return "likely", [reason, *role]
    if grade == "loose":
        return ("likely" if role else "possible"), [reason, *role]
    return ("possible", [reason, *role]) if role else None


Grade = Literal["full", "loose", "surname"]


def _names(one: Bearer, other: Bearer) -> tuple[Grade, Pairing] | None:
    """Return how far two names agree: as a whole, loosely, or in the surname alone."""
    a, b = one.parts, other.parts
    exact = spelling(a.surname) == spelling(b.surname)
    if not exact and spelling(a.surname, loose=True) != spelling(b.surname, loose=True):
        return None
    if not (a.given and b.given):
        return ("surname", _pair("surname", one, other)) if exact else None
    firsts = _given(a.given, b.given)
    return _graded(one, other, firsts, exact=exact) if firsts else None


def _graded(
    one: Bearer, other: Bearer, firsts: Literal["exact", "loose", "initial"], *, exact: bool
) -> tuple[Grade, Pairing]:
    if _plain(one.name) == _plain(other.name):
        return "full", _pair("name", one, other)
    if firsts == "initial":
        return "loose", _pair("initial", one, other)
    if exact and firsts == "exact":
        return "full", _pair("spelling", one, other)
    return "loose", _pair("loose-spelling", one, other)


def _given(
    these: tuple[str, ...], those: tuple[str, ...]
) -> Literal["exact", "loose", "initial"] | None:
    """Return how far two sets of given names agree; more of them on one side is no conflict."""
    a, b = these[0], those[0]
    if len(a) == _INITIAL or len(b) == _INITIAL:
        return "initial" if folded(a)[0] == folded(b)[0] else None
    if _of_two_genders(folded(a), folded(b)):
        return None
    if given(a) == given(b):
        return "exact" if _agree(these[1:], those[1:]) else None
    return "loose" if spelling(a, loose=True) == spelling(b, loose=True) else None


def _of_two_genders(one: str, other: str) -> bool:
    """Return whether a last letter alone parts two given names: Paul, Paule; Petr, Petra."""
    return one + "e" == other or other + "e" == one or one + "a" == other or other + "a" == one


def _agree(these: tuple[str, ...], those: tuple[str, ...]) -> bool:
    """Return whether second names, where both have them, are the same or initials of each other."""
    return all(
        given(a) == given(b) or (min(len(a), len(b)) == _INITIAL and a[0] == b[0])
        for a, b in zip(these, those, strict=False)
    )


def _shared_roles(one: Bearer, other: Bearer) -> Iterator[Pairing]:
    for role in shared_roles(one.roles, other.roles):
        yield Pairing(
            kind="role", from_span=one.described_at, to_span=other.described_at, note=role
        )


def _against(one: Bearer, other: Bearer) -> Iterator[Pairing]:
    """Yield what speaks against two bearers being one, though their names agree."""
    if one.kind == "organisation":
        if _spelled_apart(one, other):
            yield _pair("name", one, other)
        return
    if one.age is not None and other.age is not None:
        years = other.year - one.year if one.year and other.year else 0
        if abs(other.age - one.age - years) > _SLACK_YEARS:
            note = f"{one.age} and {other.age}, reported {abs(years)} years apart"
            yield Pairing(kind="age", from_span=one.aged_at, to_span=other.aged_at, note=note)
    if _roles_differ(one, other):
        note = f"{one.descriptions[0]!r} and {other.descriptions[0]!r}"
        yield Pairing(
            kind="role", from_span=one.described_at, to_span=other.described_at, note=note
        )


def _roles_differ(one: Bearer, other: Bearer) -> bool:
    """Return whether roles are told that differ; in two languages only those that both know."""
    a, b = one.roles, other.roles
    if shared_roles(a, b):
        return False
    if one.language != other.language:
        a, b = known_roles(a), known_roles(b)
    return bool(a and b)


def _organisation(one: Bearer, other: Bearer) -> For | None:
    if _plain(one.name) == _plain(other.name):
        return "likely", [_pair("name", one, other)]
    if _whole(one.name) == _whole(other.name):
        return "likely", [_pair("spelling", one, other)]
    shared = sorted(set(_short(one)) & set(_short(other)))
    if not shared:
        return None
    return "likely", [_pair("acronym", one, other)]


def _spelled_apart(one: Bearer, other: Bearer) -> bool:
    """Return whether two bodies are written out in different words: acronyms may be shared."""
    several = len(one.name.split()) > 1 and len(other.name.split()) > 1
    return several and _whole(one.name) != _whole(other.name)


def _short(bearer: Bearer) -> list[str]:
    """Return the acronyms that a report uses for an organisation."""
    names = (bearer.name, *bearer.aliases)
    return [n.replace(".", "") for n in names if n.isupper() and len(n) > _INITIAL]


def _plain(name: str) -> str:
    return " ".join(folded(w) for w in re.findall(r"\w+", name))


def _whole(name: str) -> str:
    return " ".join(spelling(w) for w in re.findall(r"[^\W\d_]+", name)) or name.casefold()


def _pair(kind: str, one: Bearer, other: Bearer) -> Pairing:
    return Pairing(kind=kind, from_span=one.at, to_span=other.at)
