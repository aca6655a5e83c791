"""Who hands a report out: host, outlet, publisher, its family, and the agencies it credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from ondit.comparing.words import WORD, folded
from ondit.language.lexicon import Entry, Head, available, load_pack, read_table
from ondit.model import Candidate, Record, Span, cut, view

TABLES = Path(__file__).parent / "packs"


class Agency(Entry, frozen=True, kw_only=True):
    """A news agency and the names it goes by."""

    name: str
    names: tuple[str, ...]


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An owner of publishers."""

    name: str
    publishers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class Outlets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``outlets.toml``: agencies and owners."""

    head: Head
    agency: tuple[Agency, ...]
    family: tuple[Family, ...]


class Formula(Entry, frozen=True, kw_only=True):
    """Words that give credit; ``{agency}`` stands for a name."""

    pattern: str
    anyone: bool = False
    """Whoever is named so is an agency or outlet, known or not."""


class Credits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``credits.toml`` of a language pack."""

    head: Head
    formula: tuple[Formula, ...]
    agency_words: tuple[str, ...]
    """Words in the names of agencies ("agence", "press")."""
    own: tuple[Own, ...] = ()
    page: tuple[PageWords, ...] = ()


class PageWords(Entry, frozen=True, kw_only=True):
    """Words by which a page speaks to its readers, and that reports use in quotations alone."""

    words: tuple[str, ...]


class Own(Entry, frozen=True, kw_only=True):
    """Words by which a report says that its own people asked or saw."""

    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Credit:
    """An agency or outlet that a report names as where it has its matter from."""

    name: str
    """As `name_key` writes it."""
    shown: str
    span: Span | None
    """Where it stands in the text; None where the page says it beside the text."""
    note: str | None = None


@dataclass(frozen=True)
class Identity:
    """What is known of where a report came from; unknown fields are None."""

    host: str | None
    outlet: str | None
    publisher: str | None
    family: str | None
    canonical: str | None
    credits: tuple[Credit, ...]
    own: tuple[Span, ...]
    """Words that tell of the report's own asking."""

    @property
    def publishing(self) -> str | None:
        """What counts as one publisher: its name, else the outlet's, else the host."""
        name = self.publisher or self.outlet
        return name_key(name) if name else self.host

    @property
    def owner(self) -> str | None:
        """What counts as one family: the owner where known, else the publisher."""
        return self.family or self.publishing

    @property
    def names(self) -> frozenset[str]:
        """The names that others may cite it by."""
        shown = (self.outlet, self.publisher)
        return frozenset(key for name in shown if name for key in (name_key(name),) if key)


_ARTICLES = {"le", "la", "les", "l", "the"}


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """Return a name as it is compared: folded words, no article, known agencies by one name.

    >>> name_key("L’Écho du Port"), name_key("Agence France-Presse"), name_key("the AFP")
    ('echo du port', 'afp', 'afp')
    """
    words = [folded(word) for word in WORD.findall(name)]
    while len(words) > 1 and words[0] in _ARTICLES:
        words.pop(0)
    plain = " ".join(words)
    return agencies().get(plain, plain)


@cache
def outlets() -> Outlets:
    """Return the tables of agencies and owners."""
    return read_table(TABLES / "outlets.toml", Outlets)


@cache
def agencies() -> dict[str, str]:
    """Return the one name of each agency, by every name that it goes by."""
    return {
        " ".join(folded(word) for word in WORD.findall(name)): folded(agency.name)
        for agency in outlets().agency
        for name in (agency.name, *agency.names)
    }


@cache
def _families() -> dict[str, str]:
    return {
        name: family.name
        for family in outlets().family
        for name in (*map(name_key, family.publishers), *family.hosts)
    }


def identity_of(record: Record) -> Identity:
    """Return who hands out the report that `record` was read from."""
    meta, shown = record.meta, view(record.text)
    host = _host(record.capture.url) or _host(meta.canonical)
    known = _families()
    names = [name_key(name) for name in (meta.publisher, meta.outlet) if name]
    family = next((known[name] for name in (*names, *_hosts(host)) if name in known), None)
    return Identity(
        host=host,
        outlet=meta.outlet,
        publisher=meta.publisher,
        family=family,
        canonical=meta.canonical,
        credits=tuple(_credits(record, shown)),
        own=tuple(_own(record, shown)),
    )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").removeprefix("amp.") if host else None


def _hosts(host: str | None) -> Iterator[str]:
    while host and "." in host:
        yield host
        _, _, host = host.partition(".")


_CAPITAL = r"[^\W\d_]*[A-ZÀ-ÖØ-Þ][\w'&.-]*"
_LINK = r"(?:(?:de|du|des|la|le|les|of|the|and|et)[ ]|[dl]'){0,2}"
_NAME = rf"(?P<agency>dpa|{_CAPITAL}(?:[ -]{_LINK}{_CAPITAL}){{0,5}}(?<![.]))"


@cache
def _table(language: str) -> Credits | None:
    pack = load_pack(language)
    return pack.table("credits", Credits) if (pack.folder / "credits.toml").exists() else None


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], Formula], ...]:
    table = _table(language)
    return tuple(
        (re.compile(formula.pattern.replace("{agency}", _NAME)), formula)
        for formula in (table.formula if table else ())
    )


def _credits(record: Record, shown: str) -> Iterator[Credit]:
    """Yield the credits of a report, once each: those of its text, then those beside it."""
    seen = set[tuple[str, int]]()
    for found, language, formula in _credited(shown, record.language):
        span = cut(record.text, *found.span("agency"))
        credit = _credit(span.exact, span, formula, language)
        if credit is not None and (credit.name, span.start) not in seen:
            seen.add((credit.name, span.start))
            yield credit
    names = {name for name, _ in seen}
    for candidate in record.meta.candidates:
        if candidate.field in {"byline", "credit"}:
            for credit in _beside(candidate, record.language):
                if credit.name not in names:
                    names.add(credit.name)
                    yield credit


def _credited(shown: str, language: str | None) -> Iterator[tuple[re.Match[str], str, Formula]]:
    for tag in (language,) if language in available() else available():
        for pattern, formula in _patterns(tag or ""):
            for found in pattern.finditer(shown):
                yield found, tag or "", formula


def _beside(candidate: Candidate, language: str | None) -> Iterator[Credit]:
    """Yield the agencies that a byline or credit line of the page names."""
    note = f"{candidate.source}: {candidate.value}"
    whole = name_key(candidate.value)
    if whole in set(agencies().values()):
        yield Credit(name=whole, shown=candidate.value, span=None, note=note)
    for found, tag, formula in _credited(view(candidate.value), language):
        credit = _credit(found["agency"], None, formula, tag)
        if credit is not None:
            yield replace(credit, note=note)


def _credit(shown: str, span: Span | None, formula: Formula, language: str) -> Credit | None:
    name = name_key(shown)
    known = name in set(agencies().values()) or _sounds_like_one(name, language)
    return Credit(name=name, shown=shown, span=span) if known or formula.anyone else None


def _languages(language: str | None) -> tuple[str, ...]:
    return (language,) if language in available() else available()


def _sounds_like_one(name: str, language: str) -> bool:
    table = _table(language)
    words = name.split()
    return table is not None and len(words) > 1 and any(w in words for w in table.agency_words)


@cache
def page_words(language: str) -> frozenset[str]:
    """Return the words by which pages of a language speak to their readers, folded."""
    table = _table(language) if language in available() else None
    return frozenset(folded(w) for entry in (table.page if table else ()) for w in entry.words)


def _own(record: Record, shown: str) -> Iterator[Span]:
    shown = shown.casefold()
    if len(shown) != len(record.text):
        return
    for language in _languages(record.language):
        table = _table(language)
        for entry in table.own if table else ():
            for phrase in entry.phrases:
                start = shown.find(phrase)
                if start >= 0:
                    yield cut(record.text, start, start + len(phrase))
