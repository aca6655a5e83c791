"""Wording: the page's own words in the reader's language, its numbers and days."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent

from ondit.case.dossier.segments import INVISIBLE

LANGUAGES = ("en", "fr")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_SEEN = dict.fromkeys(map(ord, INVISIBLE))
_LOCALES = {"en": "en_GB", "fr": "fr"}


@dataclass(frozen=True)
class Wording:
    """The strings of one language; call it with a key, and with `n` where a plural is needed."""

    lang: str
    strings: dict[str, Any]

    def __call__(self, key: str, /, *, n: float | None = None, **values: object) -> str:
        """Return the string `key` (``table.name``) with `values` put in.

        Raises:
            KeyError: when the language has no such string.
        """
        found: Any = self.strings
        for part in key.split("."):
            found = found[part]
        if isinstance(found, dict):
            found = found[self.locale.plural_form(n or 0)]
        if n is not None:
            values["n"] = n
        if not values:  # braces may be meant for the script
            return str(found)
        shown = {name: self._shown(value) for name, value in values.items()}
        return str(found).format_map(shown)

    @property
    def locale(self) -> Locale:
        """The locale that numbers, days and plurals follow."""
        return _locale(self.lang)

    def number(self, value: float) -> str:
        """Return a number as it is written in the language."""
        return _number(self.lang, value)

    def percent(self, share: float) -> str:
        """Return a share between 0 and 1 as a whole percentage."""
        return str(format_percent(share, locale=self.locale))

    def day(self, iso: str) -> str:
        """Return an ISO day in words; anything else unchanged."""
        day = parse_day(iso)
        return format_date(day, "d MMMM y", locale=self.locale) if day else iso

    def moment(self, iso: str) -> str:
        """Return an RFC 3339 instant in words with its offset; anything else unchanged."""
        if len(iso) <= 10:
            return self.day(iso)
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        words = format_datetime(moment, "d MMMM y, HH:mm:ss", locale=self.locale)
        return f"{words} {moment.tzname() or ''}".rstrip()

    def interval(self, earliest: str | None, latest: str | None) -> str:
        """Return the days between which something lies; one day when both are the same."""
        if not earliest or not latest:
            known = earliest or latest
            key = "date.from" if earliest else "date.until"
            return self(key, day=self.day(known)) if known else self("date.unknown")
        first, last = parse_day(earliest), parse_day(latest)
        if first is None or last is None:
            return f"{earliest} – {latest}"
        if first == last:
            return self.day(earliest)
        if pattern := _whole(first, last):
            return format_skeleton(pattern, first, locale=self.locale)
        return self("date.between", first=self.day(earliest), last=self.day(latest))

    def _shown(self, value: object) -> object:
        if isinstance(value, str):
            return inline(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return value


@cache
def wording(lang: str) -> Wording:
    """Return the wording of `lang`.

    Raises:
        ValueError: when the page is not written in that language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"the dossier is written in {', '.join(LANGUAGES)}, not in {lang!r}")
    source = files("ondit.case.dossier") / "templates" / f"{lang}.toml"
    return Wording(lang, tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(_LOCALES[lang])


@lru_cache(maxsize=10_000)
def _number(lang: str, value: float) -> str:
    return str(format_decimal(value, locale=_locale(lang)))


def parse_day(iso: str | None) -> date | None:
    """Return the day that an ISO date or instant names, or None."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _whole(first: date, last: date) -> str | None:
    """Return the pattern of the one month or year that the days span, or None."""
    after = last + timedelta(days=1)
    if (first.day, after.day) != (1, 1):
        return None
    months = (after.year - first.year) * 12 + after.month - first.month
    if months == 1:
        return "yMMMM"
    return "y" if months == 12 and first.month == 1 else None


def writable(text: str) -> str:
    """Return `text` with U+FFFD for the characters that no page can hold: NUL, lone surrogates."""
    return _UNWRITABLE.sub("\ufffd", text)


def inline(text: str, *, limit: int | None = None) -> str:
    """Return captured words fit for a sentence of ours: one line, no direction controls, cut short.

    Args:
        text: captured words.
        limit: greatest length in code points; longer words end in an ellipsis.
    """
    line = " ".join(text.translate(_SEEN).split())
    if limit is None or len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def told(value: object, say: Wording) -> str:
    """Return in words what a person decided: a value, or who somebody is or is not."""
    if isinstance(value, dict):
        links = [(key, row) for key in ("same_as", "not_same_as") for row in value.get(key, ())]
        value = ", ".join(say(f"decision.{key}", name=row["name"]) for key, row in links) or None
    return say("decision.nothing") if value is None else str(value)
