"""Figures: the numbers of a report, each with what it counts and the claim that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from ondit.comparing.account import Account
from ondit.comparing.deeds import deed_table, deeds
from ondit.comparing.facts import Fact
from ondit.comparing.identity import TABLES
from ondit.comparing.words import WORD, folded
from ondit.language.lexicon import Head, read_table
from ondit.model import Quantity, Span

if TYPE_CHECKING:
    from pint import UnitRegistry

NUMBER = "number"
"""Kind of a number of which the reading says nothing."""

_STEM = 4
"""Letters by which a counted noun is known in both numbers and both languages (doses, dose)."""

MEASURED = {
    "area", "duration", "energy", "length", "mass", "power", "speed", "temperature", "volume",
}  # fmt: skip
"""Kinds whose units pint converts into each other."""

_ROUNDED = 0.06
"""Share by which a measure may differ from the same in another unit, or half a unit of either:
62 km are 39 miles, 12 km are 7."""


class Thing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that reports count."""

    name: str
    words: tuple[str, ...]
    """Nouns for it in any language, singular."""
    person: bool = False
    growing: bool = False
    """First counts of it grow as more becomes known."""


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``counted.toml``."""

    head: Head
    thing: tuple[Thing, ...]


@cache
def _counted() -> dict[str, Thing]:
    """Return the things by their folded nouns."""
    return {
        " ".join(map(folded, WORD.findall(word))): thing
        for thing in read_table(TABLES / "counted.toml", Counted).thing
        for word in thing.words
    }


def _singular(word: str) -> Iterator[str]:
    """Yield what a folded noun may be in the singular."""
    yield word
    for ending, instead in (("ies", "y"), ("men", "man"), ("aux", "al"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead
    if word.endswith("x"):
        yield word[:-1]


_PINT = {
    "barrel": "oil_barrel",
    "celsius": "degC",
    "fahrenheit": "degF",
    "nautical mile": "nautical_mile",
    "pound (mass)": "pound",
    "ton": "tonne",
}
"""Units that pint calls otherwise; news does not tell a ton from a tonne."""


@cache
def _registry() -> UnitRegistry[float]:
    from pint import UnitRegistry  # noqa: PLC0415  a second, which few comparisons need

    return UnitRegistry()


@cache
def _per_unit(unit: str, other: str) -> tuple[float, float] | None:
    """Return what nought and one of `unit` are in `other`; None where that cannot be said."""
    from pint import DimensionalityError, UndefinedUnitError  # noqa: PLC0415  as above

    here, there = _PINT.get(unit, unit), _PINT.get(other, other)
    try:
        nought, one = (_registry().convert(number, here, there) for number in (0.0, 1.0))
    except (DimensionalityError, UndefinedUnitError):
        return None
    return nought, one


@dataclass(frozen=True)
class Figure:
    """One number of a report."""

    fact: Fact
    """The smallest claim that holds it, else one of its sentence."""
    sentence: int
    span: Span
    low: float | None
    high: float | None
    kind: str
    unit: str | None = None
    role: str | None = None
    names: frozenset[str] = frozenset()
    """What the claim calls by name."""

    @property
    def value(self) -> tuple[float | None, float | None]:
        """Its bounds."""
        return self.low, self.high

    @property
    def middle(self) -> float:
        """What it is about."""
        bounds = [bound for bound in self.value if bound is not None]
        return sum(bounds) / max(len(bounds), 1)

    @property
    def shown(self) -> str:
        """Its bounds as they are written in evidence."""
        low, high = (None if bound is None else f"{bound:.15g}" for bound in self.value)
        return low if low is not None and low == high else f"{low or ''}..{high or ''}"

    @property
    def noun(self) -> str:
        """The beginning of the last word of what is counted."""
        words = WORD.findall(self.span.exact)
        last = folded(words[-1]) if words else ""
        return last[:_STEM] if last.isalpha() else ""

    @cached_property
    def thing(self) -> Thing | None:
        """What is counted, where the table knows it."""
        words = [folded(word) for word in WORD.findall(self.span.exact)]
        for first in range(len(words)):
            for last in range(len(words), first, -1):
                for noun in _singular(" ".join(words[first:last])):
                    if noun in _counted():
                        return _counted()[noun]
        return None

    @property
    def person(self) -> bool | None:
        """Whether people are counted; None where no table knows the noun."""
        if self.unit == "person":
            return True
        return None if self.thing is None else self.thing.person


def _nobody(account: Account, facts: Iterable[Fact]) -> Iterator[Figure]:
    """Yield a count of nought where a claim says of nobody that harm came to them."""
    roles = deed_table().roles
    for fact in facts:
        if fact.sentence is None or fact.quantities or not _of_none(account, fact):
            continue
        told = roles.keys() & {d for span in fact.claim.spans for d in deeds(span.exact)}
        if len(told) == 1:
            role = roles[told.pop()]
            yield Figure(fact, fact.sentence, fact.span, 0.0, 0.0, "count", "person", role)


def _of_none(account: Account, fact: Fact) -> bool:
    """Return whether what negates the claim says it of nobody at all: not of none of the crew."""
    table, text = deed_table(), account.record.text
    for evidence in fact.claim.evidence:
        if evidence.rule.endswith(".negated"):
            behind = WORD.findall(text[evidence.span.start : evidence.span.end + _AFTER])
            words = f"{' '.join(map(folded, behind[:_WORDS]))} "
            some = any(f" {word} " in words for word in table.some)
            if not some and any(words.startswith(f"{none} ") for none in table.none):
                return not account.names_in(fact.claim.spans)
    return False


_WORDS, _AFTER = 3, 12
"""Words that may say it of nobody, and how far behind the first they may reach."""


def figures_of(account: Account, facts: Sequence[Fact]) -> tuple[Figure, ...]:
    """Return the numbers of a report's sentences, as far as a claim of the sentence holds them."""
    held: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.sentence is not None:
            held.setdefault(fact.sentence, []).append(fact)
    return (*_figures(account, held), *_nobody(account, facts))


def _figures(account: Account, held: dict[int, list[Fact]]) -> Iterator[Figure]:
    read = list[tuple[int, int]]()
    for quantity in account.record.quantities:
        read.append((quantity.span.start, quantity.span.end))
        sentence = account.sentence_at(quantity.span.start)
        if sentence in held:
            yield _figure(account, quantity, sentence, _holder(held[sentence], quantity.span))
    read += [(timex.span.start, timex.span.end) for timex in account.record.timexes]
    for position in map(int, account.words.numbers.nonzero()[0]):
        span, sentence = account.span(position, position), int(account.words.sentence[position])
        plain = account.words.folded[position]
        if plain.isdigit() and sentence in held and not _inside(span, read):
            fact, value = _holder(held[sentence], span), float(plain)
            yield Figure(fact, sentence, span, low=value, high=value, kind=NUMBER)


def _figure(account: Account, quantity: Quantity, sentence: int, fact: Fact) -> Figure:
    low, high = quantity.low, quantity.high
    return Figure(
        fact=fact,
        sentence=sentence,
        span=quantity.span,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        kind=quantity.kind,
        unit=quantity.unit,
        role=quantity.role,
        names=account.names_in(fact.claim.spans),
    )


def _inside(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(first <= span.start and span.end <= last for first, last in ranges)


def _holder(facts: Sequence[Fact], span: Span) -> Fact:
    """Return the smallest claim that holds `span`, else the largest of the sentence."""
    around = [
        fact
        for fact in facts
        if any(s.start <= span.start and span.end <= s.end for s in fact.claim.spans)
    ]
    return min(around, key=lambda f: f.size) if around else max(facts, key=lambda f: f.size)


def agree(one: Figure, other: Figure) -> bool:
    """Return whether both can hold: their bounds overlap, or nothing bounds them.

    Measures in two units agree when one is the other converted and rounded; amounts in two
    currencies, and what no table converts, are never said to differ.
    """
    if one.unit != other.unit and {one.kind, other.kind} & MEASURED:
        return _converted(one, other)
    if one.kind == other.kind == "money" and one.unit != other.unit:
        return True
    if _rounds(one, other) or _rounds(other, one):
        return True
    if _vague(one) or _vague(other):
        small, large = sorted((one.middle, other.middle))
        return large <= _LOOSE * small
    lows = [figure.low for figure in (one, other) if figure.low is not None]
    highs = [figure.high for figure in (one, other) if figure.high is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _vague(figure: Figure) -> bool:
    """Return whether words without a number say that there were many ("dozens of pupils")."""
    return figure.high is None and not any(letter.isdigit() for letter in figure.span.exact)


_LOOSE = 2
"""Ratio up to which a vague count and another may be the same."""


def _rounds(one: Figure, other: Figure) -> bool:
    """Return whether the first is a round number that stands for the second: 5,900 for 5,906."""
    least = _ROUND_FROM if one.kind not in MEASURED else _ROUND_MEASURE
    if one.low is None or one.low != one.high or one.low < least or one.low % 10:
        return False
    step = 10.0
    while one.low % (step * 10) == 0:
        step *= 10
    apart = abs(one.middle - other.middle)
    near = one.kind not in MEASURED or apart <= _ROUNDED * max(one.middle, other.middle)
    return near and apart < step / 2


_ROUND_FROM, _ROUND_MEASURE = 100, 10
"""Numbers below are seldom rounded without a word that says so; measures are from ten."""


def _converted(one: Figure, other: Figure) -> bool:
    """Return whether one measure is the other in its own unit, rounded in either."""
    known = _per_unit(one.unit or "", other.unit or "")
    if known is None:
        return True
    nought, unit = known[0], known[1] - known[0]
    there = nought + one.middle * unit
    apart, large = abs(there - other.middle), max(abs(there), abs(other.middle))
    return apart <= max(_ROUNDED * large, unit / 2, 0.5)
