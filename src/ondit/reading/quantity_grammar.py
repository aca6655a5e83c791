"""The compiled quantity grammar of a language, and the names of its currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from babel import Locale
from babel.numbers import get_currency_name

from ondit.language.lexicon import Pack
from ondit.reading.forms import opening, source
from ondit.reading.nominals import words_of
from ondit.reading.numbers import either, numbers
from ondit.reading.quantity_table import Age, Instead, QuantityTable, Role, Unit

_NEVER = re.compile(r"(?!)")


class Grammar:
    """The compiled quantity grammar of one language; patterns are for lowered text."""

    def __init__(self, pack: Pack) -> None:
        table = pack.table("quantities", QuantityTable)
        self.table = table
        self.numbers = numbers(pack)
        self.low = {w: n for entry in table.vague for w, n in entry.low.items()}
        self.about = {w: n for entry in table.vague for w, n in entry.about.items()}
        self.exact = {w: n for entry in table.vague for w, n in entry.exact.items()}
        self.shares = {w: n for entry in table.ratio for w, n in entry.words.items()}
        own = {w: entry for entry in table.unit for w in entry.words}
        self.units = _currencies(pack.tag) | own
        self.signs = {w: entry for entry in table.unit for w in entry.signs}
        self.persons = _persons(pack, table)
        self.adjectives = frozenset(table.adjectives)
        self.not_nouns = frozenset(table.not_nouns)
        self._compile_numbers(table, own)
        self._compile_units(table, own)
        self._compile_contexts(table)

    def _compile_numbers(self, table: QuantityTable, own: Iterable[str]) -> None:
        number = self.numbers.pattern
        signed = rf"(?:{either(self.signs)}\s?)?{number}(?:{either(table.abbreviations)}(?!\w))?"
        ranges = [form for entry in table.range for form in entry.forms]
        ratios = [form for entry in table.ratio for form in entry.forms]
        ends, parts = {"low": signed, "high": signed}, {"part": number, "whole": number}
        open_ = [form for form in (*ranges, *ratios) if form.startswith("{")]
        bare = [_ungrouped(form, ends | parts) for form in open_]
        numerals = [*self.low, *self.about, *self.exact, *self.shares]
        vague = rf"(?<!\w){either(numerals)}(?![\w-])"
        halves = either(self.numbers.parts)
        scaled = either([*own, *self.numbers.scales])
        half = rf"(?={halves}[\s-]+{scaled}(?!\w)){number}"
        self.any = re.compile("|".join([*bare, half, vague, number]))
        self.ranges = [re.compile(source(form, ends)) for form in ranges]
        self.ratios = [re.compile(source(form, parts)) for form in ratios]
        leading = [form for form in (*ranges, *ratios) if not form.startswith("{")]
        words = map(opening, chain(numerals, self.numbers.words))
        self.openings = _leading(leading, ends | parts) | dict.fromkeys(words, self.any)

    def _compile_units(self, table: QuantityTable, own: Iterable[str]) -> None:
        self.unit = re.compile(rf"[\s-]*(?:{either(table.links)}\s*)?{_words(self.units)}")
        self.sign = re.compile(rf"(?:{either(self.signs)})\s*$")
        kinds = {entry.beside for entry in table.unit if entry.beside}
        self.kinds = {
            kind: re.compile(rf"(?<![^\W\d_]){_words(_of_kind(table, kind))}") for kind in kinds
        }
        self.scale = re.compile(rf"\s?{either(table.abbreviations)}(?![^\W\d_])")
        self.link = re.compile(rf"\s+{either(table.links)}(?:(?<=')|\s+)|[\s-]+")
        self.part = re.compile(rf"(\s+{either(table.parts)}\s*){_words(own)}")
        self.share_of = re.compile(rf"\s+{either(table.links)}(?:(?<=')|\s)")
        self.minus = re.compile(
            rf"(?<![^\s(]){either(w for e in table.minus for w in e.words)}\s*$"
        )
        shared = either(w for entry in table.ratio for w in entry.shared)
        self.shared = re.compile(rf"\s+{shared}\s+({self.numbers.pattern})(?![\s-]+\w+s\b)")

    def _compile_contexts(self, table: QuantityTable) -> None:
        self.before = {b.bound: behind((*b.before, *b.told)) for b in table.bounds if b.before}
        self.told = behind(word for b in table.bounds for word in b.told)
        self.after = {
            b.bound: re.compile(rf"[\s,]*{_words(b.after)}") for b in table.bounds if b.after
        }
        self.age = AgeWords(table.age)
        self.label = behind(table.labels)
        self.change = re.compile(
            rf"(?<!\w){either(w for e in table.change for w in e.words)}(?:\s+\w+){{0,3}}\s*$"
        )
        self.tallies = [(_inside(entry.words), entry) for entry in table.tally]
        self.like_before = behind(w for e in table.echo if not e.same for w in e.before)
        self.same_before = behind(w for e in table.echo if e.same for w in e.before)
        self.like_after = _after(w for e in table.echo if not e.people for w in e.after)
        self.people_after = _after(w for e in table.echo if e.people for w in e.after)
        self.people_before = behind(w for e in table.echo if e.people for w in e.before)
        self.joined = _between(w for e in table.echo for w in e.joined)
        self.coordinator = _between(table.coordinators)
        self.roles = [RoleWords(entry) for entry in table.role]
        self.cut = re.compile(rf"[.;:,]|(?<!\w){either(table.coordinators)}(?!\w)")
        self.others = frozenset(w for e in table.echo for w in e.nouns)
        self.article_before = behind(w for e in table.article for w in e.before)
        self.article_unless = behind(w for e in table.article for w in e.unless)
        self.none = behind(table.none)
        self.wholes = behind(table.wholes)
        self.whole_after = _after(table.wholes)
        self.instead = [InsteadWords(entry) for entry in table.instead]
        self.article_after = _after(w for e in table.article for w in e.after)


class AgeWords:
    """Words around a number of years that make it an age, or keep it from being one."""

    def __init__(self, entries: tuple[Age, ...]) -> None:
        def of(name: str) -> list[str]:
            return [word for entry in entries for word in getattr(entry, name)]

        links = r"(?:\s+\w+){0,2}?\s+(?:de|d'|of)(?:\s*$|\s+\w+\s+(?:de|d')?\s*$)"
        self.before = behind(of("before"))
        self.after = re.compile(rf"[\s-]*{_words(of('after'))}")
        bearers = of("bearers")
        self.bearers = re.compile(rf"(?<!\w){either(bearers)}[sx]?{links}") if bearers else _NEVER
        self.bare = behind(of("bare"))
        self.sure = behind(of("sure"))
        self.spans = behind(of("spans"))
        self.not_before = behind(of("not_before"))
        self.not_after = _after(of("not_after"))


class InsteadWords:
    """The compiled words that make one unit of another's words."""

    def __init__(self, entry: Instead) -> None:
        self.words, self.unit, self.kind = frozenset(entry.words), entry.unit, entry.kind
        self.before = behind(entry.before)
        unless = rf"(?!\s+(?:\w+\s+)?{either(entry.not_after)}(?!\w))"
        self.after = (
            re.compile(rf"\s+{either(entry.after)}(?!\w){unless}") if entry.after else _NEVER
        )

    def told(self, left: str, right: str) -> bool:
        """Return whether what stands before and behind the measure makes it one of this unit."""
        return bool(self.before.search(left) or self.after.match(right))


class RoleWords:
    """The compiled words of one role."""

    def __init__(self, entry: Role) -> None:
        self.name = entry.role
        self.words = _inside(entry.words) if entry.words else _NEVER
        self.before = behind(entry.before)
        self.after = re.compile(rf"[\s,]*(?<!\w){either(entry.after)}(?!\w)")
        self.after = self.after if entry.after else _NEVER
        self.people = entry.people
        self.active = frozenset(entry.active)


def behind(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of `words` at the very end of what is searched."""
    known = tuple(words)
    return re.compile(rf"(?<!\w){either(known)}\s*$") if known else _NEVER


def _after(words: Iterable[str]) -> re.Pattern[str]:
    known = tuple(words)
    return re.compile(rf"[\s,]*{either(known)}(?!\w)") if known else _NEVER


def _ungrouped(form: str, classes: dict[str, str]) -> str:
    return re.sub(r"\(\?P<s\d+>", "(?:", source(form, classes))


def _leading(forms: list[str], classes: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """Return by its first word what a form matches that begins with no number: "from 3 to 5"."""
    found: dict[str, list[str]] = {}
    for form in forms:
        found.setdefault(opening(form), []).append(_ungrouped(form, classes))
    return {word: re.compile("|".join(patterns)) for word, patterns in found.items()}


def _of_kind(table: QuantityTable, kind: str) -> list[str]:
    entries = (entry for entry in table.unit if entry.kind == kind and not entry.beside)
    return [word for entry in entries for word in entry.words]


def _between(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s+{either(words)}\s+")


def _inside(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(words)}(?!\w)")


def _words(words: Iterable[str]) -> str:
    return rf"{either(words)}(?![^\W\d_])"


def _persons(pack: Pack, table: QuantityTable) -> frozenset[str]:
    """Return the nouns of persons: the table's own and those that can be sources."""
    own = {word for entry in table.persons for word in entry.words}
    roles = words_of(pack).roles.items()
    known = {noun for noun, role in roles if role.class_ in ("person", "office")}
    return frozenset(own | known)


def _currencies(language: str) -> dict[str, Unit]:
    """Return the names that CLDR has for currencies in `language`, one and many, by ISO code."""
    locale = Locale.parse(language)
    found: dict[str, Unit] = {}
    for code in map(str, locale.currencies):
        unit = Unit(unit=code, kind="money", examples=())
        for count in (1, 3):
            name = get_currency_name(code, count, locale=locale)
            if not re.search(r"[\d(]", name):
                found[name.lower()] = unit
    return found


@lru_cache
def grammar(pack: Pack) -> Grammar:
    """Return the compiled quantity grammar of `pack`."""
    return Grammar(pack)
