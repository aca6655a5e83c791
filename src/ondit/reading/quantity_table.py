"""The table of quantities: what a pack's ``quantities.toml`` holds."""

from __future__ import annotations

from typing import Literal

import msgspec

from ondit.language.lexicon import Head

Number = int | float
Bound = Literal["over", "least", "under", "most", "about"]


class QuantityExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence in which ``<x>`` marks the quantity that the entry finds, and what it is."""

    text: str
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    kind: str = "count"
    role: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of this table's entries."""

    examples: tuple[QuantityExample, ...]
    note: str | None = None


class Bounds(Entry, frozen=True, kw_only=True):
    """Words before (or behind) a number that make it a bound or an estimate."""

    bound: Bound
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """Verbs before a number that do the same and are no part of it: "exceeds"."""


class Range(Entry, frozen=True, kw_only=True):
    """Forms with two numbers, ``{low}`` and ``{high}``."""

    forms: tuple[str, ...]


class Vague(Entry, frozen=True, kw_only=True):
    """Numerals that are no numbers: "hundreds" (a floor), "a dozen" (about), "both" (exact)."""

    low: dict[str, int] = {}
    about: dict[str, int] = {}
    exact: dict[str, int] = {}


class Unit(Entry, frozen=True, kw_only=True):
    """What is measured: words behind a number, signs before it."""

    unit: str
    kind: str
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    """Signs before the number: "$"."""
    beside: str | None = None
    """Kind of which its sentence must have another measure for its words to count: "points"."""


class Instead(Entry, frozen=True, kw_only=True):
    """Words of one unit that are another's where others stand about them: "pounds of salt"."""

    words: tuple[str, ...]
    unit: str
    kind: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    """Words behind `after` that leave it as it was: "pounds of public money"."""


class Ratio(Entry, frozen=True, kw_only=True):
    """Words for a share of a whole, and forms for one number out of another."""

    words: dict[str, float] = {}
    forms: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    """Words between what is counted and a round whole: "nine travellers in ten"."""


class Age(Entry, frozen=True, kw_only=True):
    """Words that make a number of years an age."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    """Words before a number that need no years behind it: "aged 41"."""
    sure: tuple[str, ...] = ()
    """Words before a number that need nothing behind it at all: "children under 12"."""
    bearers: tuple[str, ...] = ()
    """Nouns of people before "de 41 ans": "un homme de 41 ans"."""
    spans: tuple[str, ...] = ()
    """Words before a range of years that make it ages: "les 18-25 ans"."""
    not_before: tuple[str, ...] = ()
    """Words before it that make it a sentence served or the like: "condamné à"."""
    not_after: tuple[str, ...] = ()
    """Words behind it that do the same: "de prison"."""


class Role(Entry, frozen=True, kw_only=True):
    """Words near a number that tell what part it plays."""

    role: str
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    """Words that count only right before the number."""
    after: tuple[str, ...] = ()
    """Words that count only right behind the number and its noun."""
    people: bool = False
    """Only people play it: "31 are dead" counts persons."""
    active: tuple[str, ...] = ()
    """Those of `words` that say it of their object: who kills is not killed."""


class Nouns(Entry, frozen=True, kw_only=True):
    """Nouns of people: what they count is persons."""

    words: tuple[str, ...]


class Tally(Entry, frozen=True, kw_only=True):
    """Words that tell what the bare numbers of their sentence count: "the death toll"."""

    words: tuple[str, ...]
    unit: str
    role: str | None = None


class Echo(Entry, frozen=True, kw_only=True):
    """Words before a bare number that counts what was counted before: "against 58"."""

    before: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    """Words behind a number that stand for what was counted: "others"."""
    after: tuple[str, ...] = ()
    """Words behind a bare number that do the same: "of them"."""
    joined: tuple[str, ...] = ()
    """Words that alone stand between two like numbers: "54 votes to 31"."""
    same: bool = False
    """The number plays the part that the one before plays."""
    people: bool = False
    """The number counts persons whatever was counted before: "four of us"."""


class Change(Entry, frozen=True, kw_only=True):
    """Words before "from 3 to 5" that make it two numbers, one after the other, and no range."""

    words: tuple[str, ...]


class ArticleNumber(Entry, frozen=True, kw_only=True):
    """Words that show an article to be a number: "only one", "une seule"."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Words before it that make it none at all: "not one"."""


class Minus(Entry, frozen=True, kw_only=True):
    """Signs and words before a temperature below zero."""

    words: tuple[str, ...]


class QuantityTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``quantities.toml``."""

    head: Head
    articles: tuple[str, ...]
    """Number words that are articles as well; alone they count nothing."""
    links: tuple[str, ...]
    """Words between a number and what it counts: "de", "of"."""
    demonyms: tuple[str, ...]
    """Plural endings of the names of peoples, which are written with a capital."""
    parts: tuple[str, ...]
    """Words between a share and the unit it is a part of: "a quarter of a point"."""
    adjectives: tuple[str, ...]
    """Adjectives that stand between a number and its noun."""
    not_nouns: tuple[str, ...]
    """Words that may follow a number and are nothing counted."""
    labels: tuple[str, ...]
    """Words before a number that make it a name: "article", "page", "number"."""
    plurals: tuple[tuple[str, str], ...]
    """Plural endings and what stands for them in the singular, used where no parser tells."""
    coordinators: tuple[str, ...]
    """Words beyond which what is said of a number is said of another: "and"."""
    abbreviations: dict[str, int]
    """Letters of scale glued to sums of money: "bn", "M"."""
    bounds: tuple[Bounds, ...]
    range: tuple[Range, ...]
    vague: tuple[Vague, ...]
    unit: tuple[Unit, ...]
    ratio: tuple[Ratio, ...]
    age: tuple[Age, ...]
    role: tuple[Role, ...]
    persons: tuple[Nouns, ...]
    tally: tuple[Tally, ...] = ()
    echo: tuple[Echo, ...] = ()
    change: tuple[Change, ...] = ()
    article: tuple[ArticleNumber, ...] = ()
    minus: tuple[Minus, ...] = ()
    instead: tuple[Instead, ...] = ()
    wholes: tuple[str, ...] = ()
    """Words between a part and the whole that it is part of: "twelve of the 186"."""
    none: tuple[str, ...] = ()
    """Words before a number that say it of none of them: "none of the"."""
