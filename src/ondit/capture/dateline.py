"""Days that a line of a page states in words: "Publié le 12 mars 2031 à 10h04"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import msgspec

from ondit.model import view

# The languages whose month names we ask CLDR for: those that have a phrase list.
_LOCALES = ("fr", "en", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "ar")

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?))?"
)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|re|st|nd|rd|th|º|°|\.)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,}\.?),?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,}\.?)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:[:.hH]|h\s)\s?(\d{2})(?:\s?([ap])\.?m\b)?", re.IGNORECASE
)


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A day read from a line; `value` is an ISO day or local time, None when it is ambiguous."""

    value: str | None
    day: str | None
    start: int
    end: int


def read_date(line: str, *, language: str | None = None) -> Dated | None:
    """Return the first full date of the line, or None.

    Args:
        line: one line; offsets of the answer count in it.
        language: of the words around the date; decides the order of ``03/04/2031``, which stays
            without a value in English, where both orders are in use, and where nobody told us.
    """
    plain = view(line).casefold()
    for reader in (_iso, _named, _numeric):
        found = reader(plain, language)
        if found is not None:
            return found
    return None


def _iso(line: str, _language: str | None) -> Dated | None:
    match = _ISO.search(line.upper())
    day = match and _day(int(match[1]), int(match[2]), int(match[3]))
    if not match or not day:
        return None
    value = f"{day}T{match[4]}" if match[4] else _with_clock(day, line[match.end() :])
    return Dated(value=value, day=day, start=match.start(), end=match.end())


def _named(line: str, _language: str | None) -> Dated | None:
    for pattern, order in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
        for match in pattern.finditer(line):
            month = months().get(match[order[1]].rstrip("."))
            day = month and _day(int(match[3]), month, int(match[order[0]]))
            if day:
                value = _with_clock(day, line[match.end() :])
                return Dated(value=value, day=day, start=match.start(), end=match.end())
    return None


def _numeric(line: str, language: str | None) -> Dated | None:
    match = _NUMERIC.search(line)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    day_first = match[2] == "." or (language not in {None, "en"}) or first > 12 or first == second
    day = None
    if day_first:
        day = _day(year, second, first)
    elif second > 12:
        day = _day(year, first, second)
    value = _with_clock(day, line[match.end() :]) if day else None
    return Dated(value=value, day=day, start=match.start(), end=match.end())


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _with_clock(day: str, rest: str) -> str:
    """Return the day with the time that follows it within a few words, when there is one."""
    match = _CLOCK.search(rest[:24])
    if not match:
        return day
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return f"{day}T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else day


@cache
def months() -> dict[str, int]:
    """Return month names and their abbreviations in all phrase-list languages, case-folded."""
    from babel.dates import get_month_names  # noqa: PLC0415 - loads a file a language, seldom needed

    table: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    table.setdefault(view(name).casefold().rstrip("."), number)
    return table
