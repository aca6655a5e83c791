"""Times after TIMEX3: dates, times of day, durations and sets, read without ever guessing today.

The grammar is the pack's table ``timex.toml``: classes of words, forms over them, and the way to
make a value of what a form holds. A value that depends on the day of publication is written as a
function of it (`symbolic`); it is worked out only where that day is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

import msgspec

from ondit.language.lexicon import Head, Pack
from ondit.model import Block, Record, SpanIndex, Text, Timex, identify
from ondit.model.annotations import TimexType
from ondit.reading.dates import Aim, Partial, days, same_day, step
from ondit.reading.forms import OPENING, Slot, opening, openings, slots, source
from ondit.reading.numbers import either, lowered, numbers

Make = Literal[
    "calendar",  # a date or time by its parts: year, month, day, weekday, season, clock ...
    "shift",  # a unit counted from the day of publication: last week, three years ago
    "relative",  # a unit counted from the date read before: the next day, a year earlier
    "compare",  # the same period a year before, as results are compared
    "same",  # the date read before: that day
    "duration",
    "set",
    "decade",
    "century",
    "fixed",  # the value that the entry gives
]


class TimexExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence in which ``<x>`` marks the time that the entry finds, and what it is worth."""

    text: str
    value: str | None = None
    symbolic: str | None = None
    published: str | None = "2021-03-17"


class TimeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of words, each with what it stands for in a value."""

    name: str
    words: dict[str, int | float | str]
    capital: tuple[str, ...] = ()
    """Words that count only with a capital: "May", "March"."""
    examples: tuple[str, ...]


class TimeForms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Forms of one kind and how their value is made."""

    rule: str
    make: Make
    forms: tuple[str, ...]
    type: TimexType | None = None
    """What it is; None lets the value tell."""
    value: str | None = None
    unit: str | None = None
    shift: int | None = None
    """Units from the anchor; with a number in the form, only its sign counts."""
    aim: Aim | None = None
    part: str | None = None
    not_before: tuple[str, ...] = ()
    """Words behind the form that make it something else: "the Second World War"."""
    not_after: tuple[str, ...] = ()
    """Words in front of the form that make it something else: "a été"."""
    vague: bool = False
    """Of an unknown number when the form has none: "these last days"."""
    only_after: tuple[str, ...] = ()
    """Words one of which must stand in front of the form."""
    counted: bool = False
    """A bare number: no time when a counted noun follows ("1 200 lampes")."""
    examples: tuple[TimexExample, ...]
    not_examples: tuple[str, ...] = ()
    note: str | None = None


class TenseWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words and endings of verbs that tell whether a sentence looks back or ahead."""

    aim: Literal["past", "future"]
    words: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    """Words that tell it only right in front of the time: "by", "as soon as"."""
    endings: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    """Words with such an ending that are no verbs."""
    examples: tuple[str, ...]


class TimexTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``timex.toml``."""

    head: Head
    open_decades: bool
    """Write decades and centuries with X for open digits (``196X``), or without (``196``)."""
    function_words: tuple[str, ...]
    """Words behind a year that show that it counts nothing."""
    words: tuple[TimeWords, ...]
    tense: tuple[TenseWords, ...]
    form: tuple[TimeForms, ...]


@dataclass(frozen=True)
class _Rule:
    entry: TimeForms
    pattern: re.Pattern[str]
    slots: tuple[Slot, ...]


class Grammar:
    """The compiled time grammar of one language."""

    def __init__(self, pack: Pack) -> None:
        table = pack.table("timex", TimexTable)
        self.numbers = numbers(pack)
        self.open_decades = table.open_decades
        self.words = {entry.name: entry.words for entry in table.words}
        self.capitals = {entry.name: frozenset(entry.capital) for entry in table.words}
        shapes = {entry.name: either(entry.words) for entry in table.words}
        shapes |= {"n": self.numbers.pattern, **_DIGITS}
        begins = {name: frozenset(map(opening, words)) for name, words in self.words.items()}
        begins |= {"n": frozenset(map(opening, self.numbers.words)) | {"0"}}
        begins |= {name: frozenset({"0"}) for name in _DIGITS} | {"roman": _ROMANS}
        self.rules: dict[str, list[_Rule]] = defaultdict(list)
        for entry in table.form:
            for form in entry.forms:
                rule = _Rule(entry, re.compile(source(form, shapes)), slots(form))
                for key in openings(form, begins):
                    self.rules[key].append(rule)
        self.functions = frozenset(table.function_words)
        self.tense = _tense_pattern(table.tense)
        leading = {e.aim: either(e.leading) for e in table.tense if e.leading}
        self.leading = {aim: re.compile(rf"(?<!\w){w}\s+$") for aim, w in leading.items()}
        self.not_verbs = frozenset(w for entry in table.tense for w in entry.not_words)


# Slots that every language writes alike; `year` is four digits, `yy` two after an apostrophe.
_DIGITS = {
    "year": r"(?<![\d.,$€£])(?:1[0-9]|20)\d\d(?![\d%°]|[.,]\d)",
    "yy": r"\d\d",
    "old_yy": r"[6-9]\d(?![.,:]?\d)",
    "day": r"(?<![\d.,])(?:[12]\d|3[01]|0?[1-9])(?![\d]|[.,]\d)",
    "mm": r"1[0-2]|0?[1-9]",
    "hour": r"(?<![\d.,])(?:2[0-4]|[01]?\d)",
    "minute": r"[0-5]\d(?!\d)",
    "ten": r"(?:1[0-9]|20)?\d0",
    "roman": r"[ivx]{1,5}",
}


# Roman numerals open a form with the ending of their ordinal: "XIXe".
_ROMANS = frozenset(
    tens + units + ending
    for tens in ("", "x", "xx")
    for units in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    for ending in ("", "e", "è", "ème")
)


def _tense_pattern(entries: tuple[TenseWords, ...]) -> re.Pattern[str]:
    groups = []
    for entry in entries:
        endings = rf"|(?<!\w)\w+{either(entry.endings)}(?!\w)" if entry.endings else ""
        groups.append(rf"(?P<{entry.aim}>(?<!\w){either(entry.words)}(?!\w){endings})")
    return re.compile("|".join(groups))


@lru_cache
def grammar(pack: Pack) -> Grammar:
    """Return the compiled time grammar of `pack`."""
    return Grammar(pack)


def find(text: Text, record: Record, pack: Pack) -> Iterator[Timex]:
    """Yield the times of `text` in order.

    `earliest` and `latest` are the first and last day that a date or a time of day can mean. Where
    the day of publication is only bounded, they are worked out from its bounds, and an end that
    nothing bounds is None; so they are for durations and sets, which lie nowhere.
    """
    reader = _Reader.of(text, record, grammar(pack))
    for block in text.blocks:
        yield from reader.read(block)


def told(text: Text, record: Record, pack: Pack) -> Iterator[Timex]:
    """Yield the times of `text` that name their year and lie in the past by all its verbs."""
    reader = _Reader.of(text, record, grammar(pack))
    for block in text.blocks:
        for found in reader.forms(block):
            made = reader.made(found) if found.named_year and reader.is_past(found) else None
            if made and made.earliest:
                yield made


def weekday_dates(text: Text, record: Record, pack: Pack) -> Iterator[tuple[Partial, str]]:
    """Yield what `text` names by weekday, day and month without a year, with its words."""
    reader = _Reader.of(text, record, grammar(pack))
    for block in text.blocks:
        for found in reader.forms(block):
            partial = _partial(found) if found.entry.make == "calendar" else Partial()
            if partial.year is None and partial.weekday and partial.day and partial.month:
                yield partial, text.string[found.start : found.end]


@dataclass(frozen=True, slots=True)
class _Found:
    """One form in the text, with the values of its slots."""

    start: int
    end: int
    rule: _Rule
    slots: dict[str, Any]

    @property
    def entry(self) -> TimeForms:
        return self.rule.entry

    @property
    def named_year(self) -> bool:
        """Whether the text names the year, in four figures."""
        return self.entry.make == "calendar" and "year" in self.slots


@dataclass
class _Reader:
    """Reads one text from the left; remembers the date read last, which others hang on."""

    text: Text
    record: Record
    grammar: Grammar
    last: str | None = None
    """TIMEX3 value of the date read last."""
    anchor: date | None = None
    """The day of publication, where it is known."""
    bounds: tuple[date | None, date | None] = (None, None)
    """The first and last day on which the text can have been published."""

    @classmethod
    def of(cls, text: Text, record: Record, grammar: Grammar) -> _Reader:
        """Return a reader at the start of `text`."""
        stated = record.meta.published
        day = _day(text.published)
        bounds = (day, day) if day else (_day(stated.earliest), _day(stated.latest))
        return cls(text, record, grammar, anchor=day, bounds=bounds)

    def __post_init__(self) -> None:
        self.shown = lowered(self.text.string)
        self._speech = SpanIndex((q.span.start, q.span.end, q) for q in self.record.quotations)
        self._starts = [start for start, _ in self.text.sentences]

    # -- forms ---------------------------------------------------------------------------------

    def read(self, block: Block) -> Iterator[Timex]:
        """Yield the times of one block."""
        found = [(form, made) for form in self.forms(block) if (made := self.made(form))]
        said = [made for _, made in found if self._may_date_speech(made)]
        for form, made in found:
            day = self._said_on(made, said)
            yield self._anew(form, made, day) if day else made

    def forms(self, block: Block) -> Iterator[_Found]:
        """Yield the forms of one block, the longest at each place, none over another."""
        position = block.start
        for word in OPENING.finditer(self.shown, block.start, block.end):
            rules = self.grammar.rules.get("0" if word[0].isdigit() else word[0])
            if rules is None or word.start() < position:
                continue
            found = self._longest(word.start(), block, rules)
            if found is None:
                continue
            position = found.end
            yield found

    def _longest(self, start: int, block: Block, rules: list[_Rule]) -> _Found | None:
        best: _Found | None = None
        for rule in rules:
            match = rule.pattern.match(self.shown, start, block.end)
            if match and (best is None or match.end() > best.end):
                values = self._slots(match, rule)
                if values is not None and self._allowed(match, rule.entry, block):
                    best = _Found(start, match.end(), rule, values)
        return best

    def _slots(self, match: re.Match[str], rule: _Rule) -> dict[str, Any] | None:
        """Return what the slots are worth; None when one of them is not what it looks like."""
        values: dict[str, Any] = {}
        for slot in rule.slots:
            raw, kind = match[slot.group], slot.kind
            if raw is None:
                continue
            if kind == "n":
                worth: Any = self.grammar.numbers.value(raw)
            elif kind in _DIGITS:
                worth = _roman(raw) if kind == "roman" else int(raw)
            else:
                raw = re.sub(r"\s+", " ", raw)
                worth = self.grammar.words[kind][raw]
                lower = self.text.string[match.start(slot.group)].islower()
                if lower and raw in self.grammar.capitals[kind]:
                    return None
            if worth is None:
                return None
            values[slot.name] = worth
        return values

    def _allowed(self, match: re.Match[str], entry: TimeForms, block: Block) -> bool:
        after = self.shown[match.end() : min(match.end() + 30, block.end)]
        before = self.shown[max(block.start, match.start() - 30) : match.start()]
        if entry.not_before and re.match(rf"[\s-]+{either(entry.not_before)}(?!\w)", after):
            return False
        if entry.not_after and re.search(rf"(?<!\w){either(entry.not_after)}\s*$", before):
            return False
        if entry.only_after and not re.search(rf"(?<!\w){either(entry.only_after)}\s*$", before):
            return False
        return not (entry.counted and self._counts(after, match.end()))

    def _counts(self, after: str, end: int) -> bool:
        """Return whether the word behind a bare number is something counted."""
        word = re.match(r"[\s-]+([^\W\d]+)", after)
        if not word or not self.text.string[end + word.start(1)].islower():
            return bool(re.match(r"\s*[%€$°/]|\s+\d|-(?!(?:1\d|20)\d\d(?!\d))\d", after))
        known = word[1] in self.grammar.functions or self.grammar.numbers.value(word[1]) is not None
        return word[1][-1] in "sx" and not known

    # -- values --------------------------------------------------------------------------------

    def made(self, found: _Found) -> Timex | None:
        """Return the time that a form stands for; None when it stands for none."""
        value, symbolic = _MAKERS[found.entry.make](self, found)
        if value is None and symbolic is None:
            return None
        spoken = symbolic is not None and bool(
            self._speech.covering(found.start, found.end) and symbolic.startswith("DCT")
        )
        if spoken and symbolic:
            symbolic = "SPEECH" + symbolic[3:]
        kind = found.entry.type or _type_of(value or symbolic or "")
        span = self.text.span(found.start, found.end)
        first, last = self._interval(found, value)
        self._remember(found, kind, value)
        return Timex(
            id=identify("t", self.text.key, [span]),
            span=span,
            type=kind,
            value=value,
            symbolic=symbolic,
            earliest=first.isoformat() if first else None,
            latest=last.isoformat() if last else None,
            rule=f"timex.{found.entry.rule}" + (".speech" if spoken else ""),
        )

    def _remember(self, found: _Found, kind: str, value: str | None) -> None:
        """Keep the date that later ones may hang on."""
        if value is None or days(value) is None:
            return
        if kind == "DATE" and self._stays(found, value):
            self.last = value
        elif kind == "TIME":
            self.last = value.split("T")[0]

    def _interval(self, found: _Found, value: str | None) -> tuple[date | None, date | None]:
        """Return the first and last day that `found` can mean, None for an open end."""
        if value is not None and (span := days(value)):
            return span
        if value is not None:
            first, last = self.bounds
            ends = {"PAST_REF": (None, last), "FUTURE_REF": (first, None)}
            return self.bounds if value == "PRESENT_REF" else ends.get(value, (None, None))
        if self.anchor is not None:
            return _hours(found, self.anchor)
        low, high = (self._seen_from(found, day) for day in self.bounds)
        return low and low[0], high and high[1]

    def _seen_from(self, found: _Found, day: date | None) -> tuple[date, date] | None:
        """Return the days that `found` means if the text was published on `day`."""
        if day is None:
            return None
        value, _ = _MAKERS[found.entry.make](self._on(day), found)
        return days(value) if value else None

    def _on(self, day: date, *, last: str | None = None) -> _Reader:
        """Return this reader as it would stand if the text was published on `day`."""
        other = copy(self)  # shares what was made of the text
        other.anchor, other.last = day, last or self.last
        return other

    # -- the day of speech ---------------------------------------------------------------------

    def _may_date_speech(self, made: Timex) -> bool:
        """Return whether `made` may tell when something was said: a past day outside quotations."""
        if made.earliest is None or made.earliest != made.latest or self.anchor is None:
            return False
        gap = (self.anchor - date.fromisoformat(made.earliest)).days
        return 0 < gap <= _FRESH and not self._speech.covering(made.span.start, made.span.end)

    def _said_on(self, made: Timex, said: list[Timex]) -> date | None:
        """Return the one day that the sentence round a quotation names, for a time inside it."""
        if not made.rule.endswith(".speech"):
            return None
        near = {t.earliest for t in said if self._beside(t, made)}
        return date.fromisoformat(near.pop() or "") if len(near) == 1 else None

    def _beside(self, day: Timex, made: Timex) -> bool:
        """Return whether `day` stands in the sentence in which the quotation of `made` is said."""
        start, end = self._sentence(day.span.start)
        quotations = self._speech.covering(made.span.start, made.span.end)
        return any(q.span.start < end and start < q.span.end for q in quotations)

    def _anew(self, found: _Found, made: Timex, day: date) -> Timex:
        """Return `made` with its value counted from the day of speech."""
        # An hour said alone is of the day of speech, whatever day was read since.
        value, _ = _MAKERS[found.entry.make](self._on(day, last=day.isoformat()), found)
        span = days(value) if value else None
        if span is None:
            return made
        return msgspec.structs.replace(
            made, value=value, earliest=span[0].isoformat(), latest=span[1].isoformat()
        )

    def _stays(self, found: _Found, value: str) -> bool:
        """Return whether others may hang on this date: no comparison, nor its mere year."""
        if found.entry.make in ("relative", "compare"):
            return False
        year = found.entry.make == "shift" and len(value) == 4
        return not (year and self.last and _PERIOD.search(self.last))

    def tense(self, found: _Found) -> Aim | None:
        """Return where the words round `found` look: those before it, else the nearest verb."""
        before = self.shown[max(0, found.start - 30) : found.start]
        for aim, pattern in self.grammar.leading.items():
            if pattern.search(before):
                return aim
        nearest: tuple[int, Aim] | None = None
        for start, end, looks in self._verbs(*self._clause(found)):
            if start < found.end and end > found.start:
                continue
            gap = start - found.end if start >= found.end else found.start - end
            if nearest is None or gap < nearest[0]:
                nearest = (gap, looks)
        return nearest[1] if nearest else None

    def is_past(self, found: _Found) -> bool:
        """Return whether no verb round `found` looks ahead, and the nearest looks back."""
        verbs = self._verbs(*self._clause(found))
        return self.tense(found) == "past" and all(aim == "past" for _, _, aim in verbs)

    def _clause(self, found: _Found) -> tuple[int, int]:
        """Return the sentence of `found`, cut to the quotation that holds it."""
        start, end = self._sentence(found.start)
        end = max(end, found.end)
        for quotation in self._speech.covering(found.start, found.end):
            start, end = max(start, quotation.span.start), min(end, quotation.span.end)
        return start, end

    def _sentence(self, place: int) -> tuple[int, int]:
        number = bisect_right(self._starts, place) - 1
        return self.text.sentences[number] if number >= 0 else (place, place)

    def _verbs(self, start: int, end: int) -> Iterator[tuple[int, int, Aim]]:
        for match in self.grammar.tense.finditer(self.shown, start, end):
            aim: Aim = "future" if match.lastgroup == "future" else "past"
            if aim == "future" or match[0] not in self.grammar.not_verbs:
                yield match.start(), match.end(), aim


def _day(stamp: str | None) -> date | None:
    return date.fromisoformat(stamp[:10]) if stamp else None


def _hours(found: _Found, anchor: date) -> tuple[date | None, date | None]:
    """Return the days that some hours before or after a moment of `anchor` can fall on."""
    unit = str(found.slots.get("unit") or found.entry.unit)
    if found.entry.make != "shift" or not unit.startswith("T"):
        return None, None
    amount = float(_amount(found.slots, found.entry))
    reach = timedelta(days=-(-amount * _HOUR[unit] // 24))
    back = found.slots.get("shift", found.entry.shift or 0) < 0
    return (anchor - reach, anchor) if back else (anchor, anchor + reach)


# Hours in a unit of time.
_HOUR = {"TH": 1, "TM": 1 / 60, "TS": 1 / 3600}

# What a report quotes was said within these many days before it, when a day beside the words is
# to be the day of speech; an older one dates something else.
_FRESH = 14


Values = tuple[str | None, str | None]


def _type_of(value: str) -> TimexType:
    if re.match(r"P[\dXT]", value):
        return "DURATION"
    return "TIME" if re.search(r"(?<!C)T(?:[\dX]|[A-Z]{2})|DCTT", value) else "DATE"


def _roman(raw: str) -> int | None:
    worth = {"i": 1, "v": 5, "x": 10}
    if not re.fullmatch(r"x{0,2}(?:ix|iv|v?i{0,3})", raw):
        return None
    numbers_ = [worth[c] for c in raw]
    pairs = zip(numbers_, [*numbers_[1:], 0], strict=True)
    return sum(-a if a < b else a for a, b in pairs) or None


# -- makers: (reader, found) -> (value, symbolic) --------------------------------------------------


def _partial(found: _Found) -> Partial:
    """Return what a calendar form says of a date."""
    held = found.slots
    month, day = divmod(held.get("holiday", 0), 100)
    return Partial(
        year=_full_year(held),
        month=held.get("month") or held.get("mm") or month or None,
        day=held.get("day") or held.get("nth") or day or None,
        weekday=held.get("weekday"),
        season=held.get("season"),
        quarter=held.get("quarter"),
        half=held.get("half"),
        feast=held.get("feast"),
    )


def _calendar(reader: _Reader, found: _Found) -> Values:
    clock, partial = _clock(found.slots, found.entry), _partial(found)
    if partial == Partial():
        return _time_alone(reader, clock)
    value, symbolic = _dated(reader, found, partial, clock)
    if found.entry.unit and value and (span := days(value)):  # "the week of March 6"
        value = step(span[0], found.entry.unit, 0)
    return value, symbolic


def _dated(reader: _Reader, found: _Found, partial: Partial, clock: str) -> Values:
    held = found.slots
    if partial.year is not None:
        value = partial.in_year(partial.year)
        return (value + clock, None) if days(value) or not partial.day else (None, None)
    aim = held.get("aim") or found.entry.aim or _usual(reader, found, partial)
    sign = {"last": "<", "past": "<=", "next": ">", "future": ">=", "near": "~", "this": "="}[aim]
    symbolic = f"DCT{sign}{partial.pattern}{clock}"
    if reader.anchor is None:
        return None, symbolic
    if aim == "this":
        value_ = partial.in_year(reader.anchor.year) if not partial.weekday else None
        value_ = value_ or partial.value(reader.anchor, "near")
    else:
        value_ = partial.value(reader.anchor, aim)
    return (value_ + clock, symbolic) if value_ else (None, symbolic)


def _usual(reader: _Reader, found: _Found, partial: Partial) -> Aim:
    """Return which day is meant when only the tense of the sentence tells."""
    if partial.weekday and partial.day:
        return "near"
    tense = reader.tense(found)
    if partial.weekday and not partial.month:
        return tense or "past"
    if partial.quarter or partial.half:
        return "past" if tense == "past" else "near"
    return tense or "near"


def _full_year(held: dict[str, Any]) -> int | None:
    if (short := held.get("yy", held.get("old_yy"))) is not None:
        return int(short) + (1900 if short > 30 else 2000)
    if "hundreds" in held:
        return int(held["hundreds"]) + int(held.get("n") or 0)
    year = held.get("year")
    return int(year) if year is not None else None


def _clock(held: dict[str, Any], entry: TimeForms) -> str:
    """Return the part of a value behind the day: ``T18:30``, ``TEV``, or nothing."""
    if "noon" in held:
        return f"T{held['noon']}"
    if "hour" not in held:
        part = held.get("part") or entry.part
        return f"T{part}" if part else ""
    hour = int(held["hour"])
    if held.get("pm") == "PM" and hour < 12:
        hour += 12
    if held.get("pm") == "AM" and hour == 12:
        hour = 0
    return f"T{hour:02}:{int(held.get('minute') or 0):02}"


def _time_alone(reader: _Reader, clock: str) -> Values:
    day = days(reader.last) if reader.last else None
    if day and day[0] == day[1]:
        return day[0].isoformat() + clock, f"REF{clock}"
    if reader.anchor is None:
        return None, f"DCT{clock}"
    return reader.anchor.isoformat() + clock, f"DCT{clock}"


def _amount(held: dict[str, Any], entry: TimeForms) -> float | str:
    for name in ("n", "one", "dozen", "vague"):
        if name in held:
            amount: float | str = held[name]
            return amount + held.get("more", 0) if not isinstance(amount, str) else amount
    return "X" if entry.vague else abs(held.get("shift", entry.shift or 1))


# A quarter or a half: what reports of results speak of until they name another.
_PERIOD = re.compile(r"-[QH]\d$")


def _shift(reader: _Reader, found: _Found) -> Values:
    return _stepped(found, "DCT", reader.anchor)


def _relative(reader: _Reader, found: _Found) -> Values:
    last = days(reader.last) if reader.last else None
    return _stepped(found, "REF", last[0] if last else None)


def _stepped(found: _Found, name: str, anchor: date | None) -> Values:
    held, entry = found.slots, found.entry
    unit = str(held.get("unit") or entry.unit)
    clock = _clock(held, entry)
    amount = _amount(held, entry)
    shift = held.get("shift", entry.shift or 0)
    if isinstance(amount, str):
        return ("PAST_REF" if shift < 0 else "FUTURE_REF"), None
    if unit.startswith("T"):
        return None, f"{name}{'-' if shift < 0 else '+'}PT{_plain(amount)}{unit[1:]}"
    count = round(amount) * ((shift > 0) - (shift < 0))
    shown = {"DE": "0Y", "CE": "00Y"}.get(unit, unit) if count else unit
    symbolic = f"{name}{count:+d}{shown}{clock}" if count or unit != "D" else f"{name}{clock}"
    if anchor is None:
        return None, symbolic
    if count and unit in ("DE", "CE"):
        anchor, unit = same_day(anchor, "Y", count * (10 if unit == "DE" else 100)), "Y"
        count = 0
    month = f"-{held['month']:02}" if "month" in held else ""
    return step(anchor, unit, count) + month + clock, symbolic + month


def _compare(reader: _Reader, found: _Found) -> Values:
    """Return the period read last, a year before; else the year before that of publication."""
    last = reader.last or ""
    year = int(last[:4]) if re.match(r"\d{4}", last) else None
    recent = reader.anchor is None or (year is not None and year >= reader.anchor.year - 1)
    if year is None or (recent and reader.anchor and not _PERIOD.search(last)):
        return _shift(reader, found)
    return _moved_year(last if _PERIOD.search(last) else last[:4], -1), "REF-1Y"


def _moved_year(value: str, count: int) -> str:
    """Return `value` with its year moved: a year before 1989-Q3 is 1988-Q3."""
    head = re.match(r"\d{4}", value)
    return f"{int(head[0]) + count}{value[4:]}" if head else value


def _same(reader: _Reader, found: _Found) -> Values:
    clock = _clock(found.slots, found.entry)
    unit = str(found.slots.get("unit") or found.entry.unit or "D")
    last = days(reader.last) if reader.last else None
    if last is None:
        return None, f"REF{clock}"
    return step(last[0], unit, 0) + clock, f"REF{clock}"


def _duration(reader: _Reader, found: _Found) -> Values:
    del reader
    amount = _amount(found.slots, found.entry)
    unit = str(found.slots.get("unit") or found.entry.unit)
    if not isinstance(amount, str) and amount < 0:
        return None, None
    return _period(amount, unit), None


def _period(amount: float | str, unit: str) -> str:
    if isinstance(amount, str):
        return f"P{'T' if unit.startswith('T') else ''}X{_letter(unit)}"
    if unit in ("DE", "CE"):
        amount, unit = amount * (10 if unit == "DE" else 100), "Y"
    if unit in _SMALLER and amount % 1 == 0.5:
        return _with_half(int(amount), unit)
    if unit == "WE":
        return f"P{_plain(amount * 2)}D"
    if unit == "H":
        amount, unit = amount * 6, "M"
    time = "T" if unit.startswith("T") else ""
    return f"P{time}{_plain(amount)}{_letter(unit)}"


# A half of a unit is said in the next smaller one: "an hour and a half" is PT1H30M.
_SMALLER = {"Y": "6M", "TH": "30M", "TM": "30S"}


def _with_half(count: int, unit: str) -> str:
    """Return the period of `count` units and a half."""
    whole = f"{count}{_letter(unit)}" if count else ""
    return f"P{'T' if unit.startswith('T') else ''}{whole}{_SMALLER[unit]}"


def _letter(unit: str) -> str:
    return {"DE": "DE", "CE": "CE", "WE": "WE"}.get(unit, unit.removeprefix("T"))


def _plain(amount: float) -> str:
    return f"{amount:g}" if amount < 1e6 else str(round(amount))


def _set(reader: _Reader, found: _Found) -> Values:
    held, entry = found.slots, found.entry
    clock = _clock(held, entry)
    if entry.value:
        return entry.value, None
    if "weekday" in held:
        return f"XXXX-WXX-{held['weekday']}{clock}", None
    if "month" in held:
        return f"XXXX-{held['month']:02}", None
    if "season" in held:
        return f"XXXX-{held['season']}", None
    return _duration(reader, found)


def _decade(reader: _Reader, found: _Found) -> Values:
    ten = int(found.slots["ten"])
    if ten < 100:
        ten += 1900 if ten > 20 else 2000
    return f"{ten // 10}{'X' if reader.grammar.open_decades else ''}", None


def _century(reader: _Reader, found: _Found) -> Values:
    held = found.slots
    number = held.get("roman") or held.get("n") or held.get("ordinal")
    if not number or not 1 <= int(number) <= 21:
        return None, None
    return f"{int(number) - 1:02}{'XX' if reader.grammar.open_decades else ''}", None


def _fixed(reader: _Reader, found: _Found) -> Values:
    del reader
    return found.entry.value, None


_MAKERS: dict[Make, Callable[[_Reader, _Found], Values]] = {
    "calendar": _calendar,
    "shift": _shift,
    "relative": _relative,
    "compare": _compare,
    "same": _same,
    "duration": _duration,
    "set": _set,
    "decade": _decade,
    "century": _century,
    "fixed": _fixed,
}
