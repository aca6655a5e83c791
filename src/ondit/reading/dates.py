"""The calendar of TIMEX3 values: which days a value covers, and steps from a day to another."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

Aim = Literal["last", "past", "next", "future", "near"]
"""Which of several days is meant: strictly before the anchor, not after it, strictly after it,
not before it, or the nearest."""

# First month of each season; winter is named after the year in which it begins.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_OF = {"Q": 3, "H": 6}

Days = tuple[date, date]


def days(value: str) -> Days | None:
    """Return the first and last day that a TIMEX3 date or time covers; None when it has none."""
    value = value.partition("T")[0]
    for pattern, read in _READERS:
        if match := re.fullmatch(pattern, value):
            try:
                return read(*match.groups())
            except ValueError:  # the thirty-first of June is nobody's day
                return None
    return None


def _day(year: str, month: str, day: str) -> Days:
    found = date(int(year), int(month), int(day))
    return found, found


def _months(year: int, month: int, count: int) -> Days:
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(
        end_year, end_month, calendar.monthrange(end_year, end_month)[1]
    )


def _week(year: str, week: str) -> Days:
    monday = date.fromisocalendar(int(year), int(week), 1)
    return monday, monday + timedelta(days=6)


def _weekend(year: str, week: str) -> Days:
    monday = _week(year, week)[0]
    return monday + timedelta(days=5), monday + timedelta(days=6)


def _years(first: str, width: int) -> Days:
    return date(int(first), 1, 1), date(int(first) + width - 1, 12, 31)


_READERS: tuple[tuple[str, Callable[..., Days]], ...] = (
    (r"(\d{4})-(\d\d)-(\d\d)", _day),
    (r"(\d{4})-(\d\d)", lambda y, m: _months(int(y), int(m), 1)),
    (r"(\d{4})-W(\d\d)", _week),
    (r"(\d{4})-W(\d\d)-WE", _weekend),
    (r"(\d{4})-Q([1-4])", lambda y, q: _months(int(y), 3 * int(q) - 2, 3)),
    (r"(\d{4})-H([12])", lambda y, h: _months(int(y), 6 * int(h) - 5, 6)),
    (r"(\d{4})-(SP|SU|FA|WI)", lambda y, s: _months(int(y), SEASONS[s], 3)),
    (r"(\d{4})", lambda y: _years(y, 1)),
    (r"(\d{3})X?", lambda d: _years(d + "0", 10)),
    (r"(\d{2})(?:XX)?", lambda c: _years(c + "00", 100)),
)


def step(day: date, unit: str, count: int) -> str:
    """Return the TIMEX3 value of the `unit` that stands `count` units away from that of `day`.

    Args:
        day: where to start.
        unit: ``D W WE M Q H Y DE CE`` for day, week, weekend, month, quarter, half, year, decade,
            century; or a season.
        count: how many units on; negative goes back.
    """
    if unit == "D":
        return (day + timedelta(days=count)).isoformat()
    if unit in ("W", "WE"):
        year, week, _ = (day + timedelta(weeks=count)).isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit in ("M", "Q", "H"):
        width = {"M": 1, "Q": 3, "H": 6}[unit]
        total = (day.year * 12 + day.month - 1) // width + count
        year, part = divmod(total, 12 // width)
        return f"{year}-{part + 1:02}" if unit == "M" else f"{year}-{unit}{part + 1}"
    if unit in SEASONS:
        return f"{day.year + count}-{unit}"
    years = {"Y": 1, "DE": 10, "CE": 100}[unit]
    first = day.year // years + count
    return str(first)


def same_day(day: date, unit: str, count: int) -> date:
    """Return the day `count` units of ``D W M Y`` from `day`, the last of its month at most."""
    if unit in ("D", "W"):
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    months = day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_FEAST = re.compile(r"(?:easter|(\d+)/(-?\d)/(\d))([+-]\d+)?")


def feast(year: int, rule: str) -> date:
    """Return the day in `year` of a feast that moves.

    Args:
        year: of the Gregorian calendar.
        rule: ``easter``, or month, number and weekday with slashes (``11/4/4``: the fourth
            Thursday of November; ``5/-1/1``: the last Monday of May); days added or taken may
            follow (``easter+49``).

    Raises:
        ValueError: when `rule` is none.
    """
    match = _FEAST.fullmatch(rule)
    if match is None:
        raise ValueError(f"{rule!r} is no rule of a feast")
    month, number, weekday, shift = match.groups()
    day = _easter(year) if month is None else _nth(year, int(month), int(number), int(weekday))
    return day + timedelta(days=int(shift or 0))


def _nth(year: int, month: int, number: int, weekday: int) -> date:
    """Return the weekday of that number in a month; -1 is the last."""
    if number < 0:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))


def _easter(year: int) -> date:
    """Return Easter Sunday of the western churches, by the rule of Gauss as Meeus gives it."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30  # fmt: skip  # noqa: E501
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class Partial:
    """What a text says of a date; None where it is silent."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    feast: str | None = None
    """Rule of a feast that moves, as `feast` reads it."""

    def in_year(self, year: int | str) -> str:
        """Return the TIMEX3 value of this date in `year`, which may be ``XXXX``."""
        if self.feast:
            known = isinstance(year, int)
            return feast(int(year), self.feast).isoformat() if known else f"{year}[{self.feast}]"
        if self.month is not None:
            return f"{year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")
        if self.quarter:
            return f"{year}-Q{self.quarter}"
        if self.half:
            return f"{year}-H{self.half}"
        return f"{year}-{self.season}" if self.season else str(year)

    @property
    def pattern(self) -> str:
        """The value with X for what the text leaves open: ``XXXX-07``, ``XXXX-WXX-2``."""
        if self.month is None and self.day:
            return f"XXXX-XX-{self.day:02}"
        if self.weekday and self.month is None:
            return f"XXXX-WXX-{self.weekday}"
        return self.in_year("XXXX")

    def value(self, anchor: date, aim: Aim) -> str | None:
        """Return the TIMEX3 value that is meant, seen from `anchor`; None when there is none."""
        if self.year is not None:
            return self.in_year(self.year)
        found = [v for v in self._candidates(anchor) if self.fits(v)]
        return choose(found, anchor, aim)

    def fits(self, value: str) -> bool:
        """Return whether `value` has days, of the weekday that the text names beside a date."""
        span = days(value)
        return span is not None and (
            not (self.day and self.weekday) or span[0].isoweekday() == self.weekday
        )

    def _candidates(self, anchor: date) -> Iterator[str]:
        if self.month or self.season or self.quarter or self.half or self.feast:
            reach = 6 if self.day and self.weekday else 1
            yield from (self.in_year(anchor.year + k) for k in range(-reach, reach + 1))
        elif self.day:
            months = (step(anchor, "M", k) for k in range(-3, 4))
            yield from (f"{month}-{self.day:02}" for month in months)
        elif self.weekday:
            near = (anchor + timedelta(days=k) for k in range(-7, 8))
            yield from (d.isoformat() for d in near if d.isoweekday() == self.weekday)


def choose(values: list[str], anchor: date, aim: Aim) -> str | None:
    """Return the one of `values`, in order of time, that `aim` picks as seen from `anchor`."""
    spans = [(v, d) for v in values if (d := days(v))]
    if aim in ("past", "future") and _rather(spans, anchor, aim):
        aim = "near"
    if aim == "near":
        return min(spans, key=lambda s: _distance(s[1], anchor), default=("", None))[0] or None
    if aim in ("last", "past"):
        strict = aim == "last"
        ended = takewhile(lambda s: s[1][1] < anchor if strict else s[1][0] <= anchor, spans)
        return next((v for v, _ in reversed(list(ended))), None)
    strict = aim == "next"
    return next((v for v, d in spans if (d[0] > anchor if strict else d[1] >= anchor)), None)


# A date said beside a verb in the past lies ahead all the same ("gave them until 30 June") when it
# comes within weeks, and was last most of a year ago; and, less often, the other way round.
_WEEKS = {"past": 100, "future": 45}
_LONG = 240


def _rather(spans: list[tuple[str, Days]], anchor: date, aim: Aim) -> bool:
    """Return whether the verb near a date cannot mean what it seems to say of it."""
    ahead = min(((d[0] - anchor).days for _, d in spans if d[0] > anchor), default=None)
    behind = min(((anchor - d[1]).days for _, d in spans if d[1] < anchor), default=None)
    if ahead is None or behind is None or any(d[0] <= anchor <= d[1] for _, d in spans):
        return False
    near, far = (ahead, behind) if aim == "past" else (behind, ahead)
    return near < _WEEKS[aim] and far > _LONG


def _distance(span: Days, anchor: date) -> int:
    """Return how many days `anchor` lies outside `span`."""
    return max((span[0] - anchor).days, (anchor - span[1]).days, 0)
