"""Quantities: numbers with their bounds, what they measure or count, and what part they play.

The grammar is the pack's table ``quantities.toml``. `value` is what the text says exactly; a text
that gives only a bound ("more than 70") leaves `value` open and fills `low` or `high`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import msgspec

from ondit.language.lexicon import Head, Pack
from ondit.model import Block, Quantity, Record, SpanIndex, Text, Timex, Token, identify
from ondit.reading.forms import source
from ondit.reading.numbers import either, lowered, numbers, whole

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


class Ratio(Entry, frozen=True, kw_only=True):
    """Words for a share of a whole, and forms for one number out of another."""

    words: dict[str, float] = {}
    forms: tuple[str, ...] = ()


class Age(Entry, frozen=True, kw_only=True):
    """Words that make a number of years an age."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    """Words before a number that need no years behind it: "aged 41"."""
    bearers: tuple[str, ...] = ()
    """Nouns of people before "de 41 ans": "un homme de 41 ans"."""


class Role(Entry, frozen=True, kw_only=True):
    """Words near a number that tell what part it plays."""

    role: str
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    """Words that count only right before the number."""
    after: tuple[str, ...] = ()
    """Words that count only right behind the number and its noun."""


class Nouns(Entry, frozen=True, kw_only=True):
    """Nouns of people: what they count is persons."""

    words: tuple[str, ...]


class QuantityTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``quantities.toml``."""

    head: Head
    articles: tuple[str, ...]
    """Number words that are articles as well; alone they count nothing."""
    links: tuple[str, ...]
    """Words between a number and what it counts: "de", "of"."""
    adjectives: tuple[str, ...]
    """Adjectives that stand between a number and its noun."""
    not_nouns: tuple[str, ...]
    """Words that may follow a number and are nothing counted."""
    labels: tuple[str, ...]
    """Words before a number that make it a name: "article", "page", "number"."""
    plurals: tuple[tuple[str, str], ...]
    """Plural endings and what stands for them in the singular, used where no parser tells."""
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


class Grammar:
    """The compiled quantity grammar of one language."""

    def __init__(self, pack: Pack) -> None:
        table = pack.table("quantities", QuantityTable)
        self.table = table
        self.numbers = numbers(pack)
        number = self.numbers.pattern
        self.low = {w: n for entry in table.vague for w, n in entry.low.items()}
        self.about = {w: n for entry in table.vague for w, n in entry.about.items()}
        self.exact = {w: n for entry in table.vague for w, n in entry.exact.items()}
        self.shares = {w: n for entry in table.ratio for w, n in entry.words.items()}
        ranges = [form for entry in table.range for form in entry.forms]
        ratios = [form for entry in table.ratio for form in entry.forms]
        alone = {"low": number, "high": number, "part": number, "whole": number}
        bare = [re.sub(r"\(\?P<s\d+>", "(?:", source(form, alone)) for form in (*ranges, *ratios)]
        vague = rf"(?<!\w){either([*self.low, *self.about, *self.exact, *self.shares])}(?!\w)"
        self.any = re.compile("|".join([*bare, vague, number]))
        self.ranges = [re.compile(source(form, alone)) for form in ranges]
        self.ratios = [re.compile(source(form, alone)) for form in ratios]
        self.units = {w: entry for entry in table.unit for w in entry.words}
        self.signs = {w: entry for entry in table.unit for w in entry.signs}
        self.unit = re.compile(rf"[\s-]*(?:{either(table.links)}\s*)?{_words(self.units)}")
        self.sign = re.compile(rf"(?:{either(self.signs)})\s*$")
        self.scale = re.compile(rf"\s?{either(table.abbreviations)}(?![^\W\d_])")
        self.link = re.compile(rf"\s+{either(table.links)}(?:(?<=')|\s+)|[\s-]+")
        self.before = {b.bound: _behind(b.before) for b in table.bounds if b.before}
        self.after = {
            b.bound: re.compile(rf"[\s,]*{_words(b.after)}") for b in table.bounds if b.after
        }
        self.age = _ages(table.age)
        self.aged = _behind(tuple(w for entry in table.age for w in entry.bare))
        self.label = _behind(table.labels)
        self.adjectives = frozenset(table.adjectives)
        self.not_nouns = frozenset(table.not_nouns)
        self.persons = frozenset(w for entry in table.persons for w in entry.words)
        self.roles = [_role(entry) for entry in table.role]


def _words(words: object) -> str:
    return rf"{either(words)}(?![^\W\d_])"  # type: ignore[arg-type]  # dict keys and tuples alike


def _behind(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(words)}\s*$")


def _ages(entries: tuple[Age, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    before = tuple(w for e in entries for w in e.before)
    after = tuple(w for e in entries for w in e.after)
    bearers = tuple(w for e in entries for w in e.bearers)
    links = r"(?:\s+\w+){0,2}?\s+(?:de|d'|of)(?:\s*$|\s+\w+\s+(?:de|d')?\s*$)"
    return (
        _behind(before),
        re.compile(rf"[\s-]*{_words(after)}"),
        re.compile(rf"(?<!\w){either(bearers)}{links}") if bearers else re.compile(r"(?!)"),
    )


def _role(entry: Role) -> tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    never = re.compile(r"(?!)")
    return (
        entry.role,
        re.compile(rf"(?<!\w){either(entry.words)}(?!\w)") if entry.words else never,
        _behind(entry.before) if entry.before else never,
        re.compile(rf"[\s,]*(?<!\w){either(entry.after)}(?!\w)") if entry.after else never,
    )


@lru_cache
def grammar(pack: Pack) -> Grammar:
    """Return the compiled quantity grammar of `pack`."""
    return Grammar(pack)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number in the text, not yet a quantity."""

    start: int
    end: int
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    rule: str = "exact"
    unit: str | None = None
    kind: str | None = None
    alone: bool = False
    """Counts even when nothing counted follows: a round million, a bound, a sum of money."""


def find(text: Text, record: Record, pack: Pack) -> Iterator[Quantity]:
    """Yield the quantities of `text` in order; dates and times of day are none."""
    reader = _Reader(text, record, grammar(pack))
    for block in text.blocks:
        yield from reader.read(block)


class _Reader:
    """Reads one text from the left; remembers what was counted last."""

    def __init__(self, text: Text, record: Record, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.shown = lowered(text.string)
        self.times: SpanIndex[Timex] = SpanIndex(
            (t.span.start, t.span.end, t) for t in record.timexes
        )
        self.counted: tuple[int, str] | None = None
        """Sentence and unit of the last counted noun."""
        self.done = 0
        """Where the last quantity ends: no sign or bound is looked for before it."""

    def read(self, block: Block) -> Iterator[Quantity]:
        position = block.start
        while match := self.grammar.any.search(self.shown, position, block.end):
            position = match.end()
            amount = self._amount(match, block)
            if amount is None or self._is_time(amount):
                continue
            made = self._measured(amount, block) or self._counted(amount, block)
            if made is None:
                continue
            made = self._bounded(made, block)
            position = self.done = max(position, made.end)
            yield self._quantity(made, block)

    # -- the number ----------------------------------------------------------------------------

    def _amount(self, match: re.Match[str], block: Block) -> _Amount | None:
        start, end = match.span()
        before = self.shown[max(block.start, start - 40) : start]
        glued = re.search(r"[^\W\d_]-?$|\d[.,:/-]?$|[#@_]$", before)
        if glued or self.grammar.label.search(before):
            return None
        word = re.sub(r"\s+", " ", match[0])
        return (
            self._numeral(word, start, end)
            or self._pair(match[0], start, end)
            or self._single(match[0], start, end)
        )

    def _numeral(self, word: str, start: int, end: int) -> _Amount | None:
        """Return the amount of a vague numeral, of "both", of a share."""
        rules = self.grammar
        if word in rules.low:
            return _Amount(start, end, low=rules.low[word], rule="vague", alone=True)
        if word in rules.about:
            return _Amount(start, end, value=rules.about[word], rule="about", alone=True)
        if word in rules.exact:
            return _exactly(start, end, rules.exact[word])
        if word in rules.shares:
            return _exactly(start, end, rules.shares[word], kind="ratio")
        return None

    def _pair(self, raw: str, start: int, end: int) -> _Amount | None:
        worth = self.grammar.numbers.value
        for pattern in self.grammar.ratios:
            if match := pattern.fullmatch(raw):
                part, whole_ = (worth(g) for g in match.groups())
                if part is not None and whole_ and part < whole_:
                    share = round(part / whole_, 6)
                    return _exactly(start, end, share, kind="ratio")
        for pattern in self.grammar.ranges:
            if match := pattern.fullmatch(raw):
                low, high = (worth(g) for g in match.groups())
                if low is None or high is None:
                    continue
                low = _scaled(low, high, match.groups()[1])
                if low < high:
                    return _Amount(start, end, low=low, high=high, rule="range", alone=True)
        return None

    def _single(self, raw: str, start: int, end: int) -> _Amount | None:
        value = self.grammar.numbers.value(raw)
        if value is None or re.match(r"[-–]\d|[.,:/]\d", self.shown[end : end + 2]):
            return None
        large = bool(re.search(r"[^\W\d_]", raw)) and value >= 1000
        grouped = bool(re.search(r"\d[ ,.]\d{3}(?!\d)", raw))
        return _Amount(start, end, value, value, value, alone=large or grouped)

    def _is_time(self, amount: _Amount) -> bool:
        near = self.times.overlapping(amount.start, amount.end)
        return any(t.type != "DURATION" for t in near)

    # -- what it measures or counts ------------------------------------------------------------

    def _measured(self, amount: _Amount, block: Block) -> _Amount | None:
        if amount.kind == "ratio":
            return amount
        sign = self.grammar.sign.search(
            self.shown, max(block.start, self.done, amount.start - 4), amount.start
        )
        scale = self.grammar.scale.match(self.shown, amount.end, block.end)
        scaled = (
            _times(amount, self.grammar.table.abbreviations[scale[0].strip()]) if scale else amount
        )
        end = scale.end() if scale else amount.end
        behind = self.grammar.unit.match(self.shown, end, block.end)
        if sign:
            unit = self.grammar.signs[sign[0].strip()]
            return replace(
                scaled, start=sign.start(), end=end, unit=unit.unit, kind=unit.kind, alone=True
            )
        if not behind:
            behind = self.grammar.unit.match(self.shown, amount.end, block.end)
            scaled = amount
        if not behind:
            return None
        unit = self.grammar.units[self._unit_word(behind[0])]
        made = replace(scaled, end=behind.end(), unit=unit.unit, kind=unit.kind, alone=True)
        if self._article(amount) and unit.kind == "duration":
            return None
        return self._aged(made, block)

    def _unit_word(self, raw: str) -> str:
        """Return the longest known unit that ends `raw`."""
        flat = re.sub(r"\s+", " ", raw.strip(" -\t\n"))
        return next(
            w for w in sorted(self.grammar.units, key=len, reverse=True) if flat.endswith(w)
        )

    def _article(self, amount: _Amount) -> bool:
        return self.shown[amount.start : amount.end] in self.grammar.table.articles

    def _aged(self, amount: _Amount, block: Block) -> _Amount:
        """Return `amount` as an age when what stands around its years says so."""
        if amount.unit not in ("year", "month"):
            return amount
        before, after, bearers = self.grammar.age
        left = self.shown[max(block.start, amount.start - 45) : amount.start]
        right = self.shown[amount.end : min(amount.end + 20, block.end)]
        old = after.match(right)
        if old:
            return replace(amount, end=amount.end + old.end(), kind="age")
        apposed = re.search(r"[^\W\d_],\s*$|\(\s*$", left) and re.match(r"\s*[,.;)]|$", right)
        if apposed or before.search(left) or bearers.search(left):
            return replace(amount, kind="age")
        return amount

    def _counted(self, amount: _Amount, block: Block) -> _Amount | None:
        """Return `amount` with the noun it counts; None when it counts nothing known."""
        if self._article(amount):
            return None
        bare_age = self._bare_age(amount, block)
        if bare_age:
            return bare_age
        noun = self._noun(amount.end, block)
        if noun:
            end, unit = noun
            self.counted = (self._sentence(amount.start), unit)
            return replace(amount, end=end, unit=unit, kind="count")
        here = self._sentence(amount.start)
        if amount.alone and self.counted and self.counted[0] == here:
            return replace(
                amount, unit=self.counted[1], kind="count", rule=amount.rule + ".elliptical"
            )
        bounded = self._bounded(amount, block) != amount
        return replace(amount, kind="count") if amount.alone or bounded else None

    def _bare_age(self, amount: _Amount, block: Block) -> _Amount | None:
        """Return "Ada Holm, 41, said" as an age: a name, a number of two digits, two commas."""
        left = self.text.string[max(block.start, amount.start - 30) : amount.start]
        right = self.text.string[amount.end : amount.end + 2]
        named = re.search(r"[A-ZÀ-Þ][\w’'-]+,\s$", left) and re.match(r",|\)", right)
        named = named or (self.grammar.aged.search(lowered(left)) and re.match(r"[,.)]", right))
        if not named or not amount.value or not 1 < amount.value < 120:
            return None
        return replace(amount, unit="year", kind="age")

    def _sentence(self, position: int) -> int:
        found = self.text.sentence_at(position)
        return found[0] if found else -1

    def _noun(self, end: int, block: Block) -> tuple[int, str] | None:
        link = self.grammar.link.match(self.shown, end, block.end)
        if not link:
            return None
        if self.text.tokens is not None:
            tokens = self.text.tokens_in(link.end(), min(block.end, link.end() + 60))
            return self._parsed_noun([t for t in tokens if t.start >= link.end()])
        return self._plain_noun(link.end(), block)

    def _parsed_noun(self, tokens: list[Token]) -> tuple[int, str] | None:
        """Return the end and unit of the noun phrase that `tokens` begin with."""
        place = 0
        while place < len(tokens) and place < 4 and self._may_lead(tokens, place):
            place += 1
        if place >= len(tokens) or not self._is_noun(tokens[place]):
            return None
        noun = tokens[place]
        end = noun.end
        for token in tokens[place + 1 : place + 3]:
            if not self._describes(token, noun):
                break
            end = token.end
        return end, self._unit_of(noun.text.lower(), noun.lemma.lower())

    def _describes(self, token: Token, noun: Token) -> bool:
        """Return whether `token` is an adjective of `noun`, or a participle with nothing behind."""
        agrees = token.morph.get("Number", "") == noun.morph.get("Number", "")
        participle = token.morph.get("VerbForm") == "Part" and not any(
            child > token.index for child in self.text.children[token.index]
        )
        return token.head == noun.index and agrees and (token.pos == "ADJ" or participle)

    def _may_lead(self, tokens: list[Token], place: int) -> bool:
        token = tokens[place]
        if token.text.lower() in self.grammar.adjectives:
            return True
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        leads = token.pos in ("ADJ", "VERB") or (token.pos == "NOUN" and token.dep == "compound")
        if token.pos == "PUNCT" and token.text == "-":
            return True
        return bool(leads and following and following.pos in ("NOUN", "ADJ"))

    def _is_noun(self, token: Token) -> bool:
        if token.text.lower() in self.grammar.not_nouns:
            return False
        plural = token.text[-1:] in "sx" and token.pos in ("PROPN", "ADJ")
        return token.pos == "NOUN" or plural or token.text.lower() in self.grammar.persons

    def _plain_noun(self, start: int, block: Block) -> tuple[int, str] | None:
        """Return the first word that may be a noun, where no parser tells."""
        for word in re.finditer(r"[^\W\d_][\w'-]*", self.shown[start : min(start + 50, block.end)]):
            if self.shown[start : start + word.start()].strip(" -") and word.start() > 30:
                return None
            if word[0] in self.grammar.adjectives:
                continue
            if word[0] in self.grammar.not_nouns or word[0].endswith(("'", "ent")):
                return None
            return start + word.end(), self._unit_of(word[0], self._singular(word[0]))
        return None

    def _unit_of(self, word: str, lemma: str) -> str:
        people = {word, lemma, self._singular(word)} & self.grammar.persons
        return "person" if people else lemma

    def _singular(self, word: str) -> str:
        for ending, singular in self.grammar.table.plurals:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + singular
        return word

    # -- bounds and roles ----------------------------------------------------------------------

    def _bounded(self, amount: _Amount, block: Block) -> _Amount:
        """Return `amount` with the bound that stands before or behind it."""
        if amount.rule.split(".")[0] not in ("exact", "about") or amount.value is None:
            return amount
        left = max(block.start, self.done, amount.start - 30)
        before = [
            (match.start(), bound)
            for bound, pattern in self.grammar.before.items()
            if (match := pattern.search(self.shown, left, amount.start))
        ]
        if before:  # the longest: "no more than" is no "more than"
            start, bound = min(before)
            return replace(_bound(amount, bound), start=start)
        for bound, after in self.grammar.after.items():
            if match := after.match(self.shown, amount.end, block.end):
                return replace(_bound(amount, bound), end=match.end())
        if amount.rule.startswith("about"):
            return replace(amount, low=None, high=None)
        return amount

    def _role(self, amount: _Amount, block: Block) -> str | None:
        """Return the part that the words around `amount` give it: its own noun first."""
        if amount.kind == "age":
            return "age"
        start, end = self._around(amount, block)
        inside = self.shown[amount.start : amount.end]
        left, right = self.shown[start : amount.start], self.shown[amount.end : end]
        for name, words, _, _ in self.grammar.roles:
            if words.search(inside):
                return name
        for name, _, before, after in self.grammar.roles:
            if before.search(left) or after.match(right):
                return name
        near = [
            (distance, name)
            for name, words, _, _ in self.grammar.roles
            for distance in [_nearest(words, left, right)]
            if distance is not None
        ]
        # What is said of people may stand apart; of things, only close by.
        reach = 60 if amount.unit in ("person", None) else 12
        gap, nearest = min(near, default=(reach + 1, ""))
        return nearest if gap <= reach and amount.kind == "count" else None

    def _around(self, amount: _Amount, block: Block) -> tuple[int, int]:
        sentence = self.text.sentence_at(amount.start) or (block.start, block.end)
        return max(sentence[0], amount.start - 60), min(sentence[1], amount.end + 60)

    def _quantity(self, amount: _Amount, block: Block) -> Quantity:
        span = self.text.span(amount.start, amount.end)
        return Quantity(
            id=identify("n", self.text.key, [span]),
            span=span,
            value=amount.value,
            low=amount.low,
            high=amount.high,
            unit=amount.unit,
            kind=amount.kind or "count",
            role=self._role(amount, block),
            rule=f"quantities.{amount.rule}",
        )


def _exactly(start: int, end: int, number: Number, *, kind: str | None = None) -> _Amount:
    return _Amount(start, end, number, number, number, kind=kind, alone=True)


def _bound(amount: _Amount, bound: Bound) -> _Amount:
    n, rule = amount.value, bound + "".join(amount.rule.partition(".")[1:])
    if bound == "about":
        return replace(amount, low=None, high=None, rule=rule)
    if bound in ("over", "least"):
        return replace(amount, value=None, low=n, high=None, rule=rule)
    return replace(amount, value=None, low=None, high=n, rule=rule)


def _times(amount: _Amount, factor: int) -> _Amount:
    def scaled(n: Number | None) -> Number | None:
        return None if n is None else whole(n * factor)

    return replace(
        amount, value=scaled(amount.value), low=scaled(amount.low), high=scaled(amount.high)
    )


def _scaled(low: Number, high: Number, said: str) -> Number:
    """Return the lower number of a range with the scale said once: "3 to 5 million"."""
    digits = re.match(r"[\d.,]+\s+[^\W\d_]", said)
    if digits and low < 1000 <= high:
        for factor in (1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000):
            if high >= factor:
                return whole(low * factor)
    return low


def _nearest(words: re.Pattern[str], left: str, right: str) -> int | None:
    """Return how far the nearest of `words` stands, none beyond a clause's end."""
    left = re.split(r"[.;:,]", left)[-1]
    right = re.split(r"[.;:,]", right)[0]
    gaps = [len(left) - m.end() for m in words.finditer(left)]
    gaps += [m.start() for m in words.finditer(right)][:1]
    return min(gaps, default=None)
