"""The tables that worlds are told from: events, names, outlets, frames, rewordings, furniture."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

FOLDER = Path(__file__).parent

Language = Literal["fr", "en"]
Aligned = dict[Language, tuple[str, ...]]
"""Wordings in both languages; those of one position translate each other."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened, in wordings that share no more than the fact."""

    id: str
    fr: tuple[str, ...]
    en: tuple[str, ...]
    number: str | None = None
    """The slot that reports may come to disagree on."""
    rising: bool = False
    """The number is a count that later reports revise upwards."""
    clause: bool = False
    """The wordings are clauses that stand in a frame: what one outlet found out."""
    deny: dict[Language, str] | None = None

    def wordings(self, language: Language) -> tuple[str, ...]:
        """Return the wordings in `language`."""
        return self.fr if language == "fr" else self.en


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that somebody said, and ways to name who said them."""

    who_fr: tuple[str, ...]
    who_en: tuple[str, ...]
    fr: str
    en: str


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of event."""

    slots: dict[str, Any]
    fact: tuple[Fact, ...]
    quote: tuple[Quote, ...]
    background: Aligned


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented outlet or agency; `stock` is what each of its pages repeats."""

    name: str
    host: str
    language: Language
    family: str
    stock: tuple[str, ...]
    agency: bool = False
    credits: tuple[str, ...] = ()


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence turned round: from active to passive, or back."""

    language: Language
    find: str
    put: str


class Rewording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What rewriters do."""

    swaps: dict[Language, tuple[tuple[str, ...], ...]]
    openers: Aligned
    turn: tuple[Turn, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Invented towns and people, and the names of months and days."""

    towns: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    months_fr: tuple[str, ...]
    months_en: tuple[str, ...]
    days_fr: tuple[str, ...]
    days_en: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


@cache
def schemas() -> dict[str, Schema]:
    """Return the kinds of events by name, sorted."""
    paths = sorted((FOLDER / "events").glob("*.toml"))
    return {path.stem: msgspec.convert(_read(f"events/{path.name}"), Schema) for path in paths}


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return the outlets, agencies among them."""
    return msgspec.convert(_read("outlets.toml")["outlet"], tuple[Outlet, ...])


@cache
def names() -> Names:
    """Return the names."""
    return msgspec.convert(_read("names.toml"), Names)


@cache
def topics() -> dict[str, Aligned]:
    """Return, by kind of event, what headlines call it."""
    return msgspec.convert(_read("topics.toml"), dict[str, Aligned])


@cache
def frames() -> dict[str, Aligned]:
    """Return what sentences stand in, and sentences that any report may add."""
    return msgspec.convert(_read("frames.toml"), dict[str, Aligned])


@cache
def furniture() -> dict[str, Aligned]:
    """Return what stands around the matter of a page."""
    return msgspec.convert(_read("furniture.toml"), dict[str, Aligned])


@cache
def rewording() -> Rewording:
    """Return what rewriters do."""
    return msgspec.convert(_read("rewording.toml"), Rewording)


@cache
def turns(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the turns of `language`, compiled."""
    found = (turn for turn in rewording().turn if turn.language == language)
    return tuple((re.compile(turn.find), turn.put) for turn in found)


@cache
def swaps(language: Language) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Return the phrases that may be replaced, compiled, each with those that may replace it."""
    return tuple(
        (re.compile(rf"(?<![\w’]){re.escape(phrase)}(?!\w)"), tuple(others))
        for phrase, *others in rewording().swaps[language]
    )
