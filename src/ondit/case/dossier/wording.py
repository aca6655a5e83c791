"""Wording: the words of the page in the reader's language, with numbers and days as written there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval
from babel.numbers import format_decimal, format_percent

from ondit.case.dossier.segments import INVISIBLE

LANGUAGES = ("en", "fr")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_LOCALES = {"en": "en_GB", "fr": "fr"}


@dataclass(frozen=True)
class Wording:
    """The strings of one language; call it with a key, and with `n` where a plural is needed."""

    lang: str
    strings: dict[str, Any]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the string `key` (``table.name``) with `values` put in.

        Raises:
            KeyError: when the language has no such string.
        """
        found: Any = self.strings
        for part in key.split("."):
            found = found[part]
        if isinstance(found, dict):
            found = found[self.locale.plural_form(values["n"])]
        shown = {name: self._shown(value) for name, value in values.items()}
        return str(found).format_map(shown)

    @property
    def locale(self) -> Locale:
        """The locale that numbers, days and plurals follow."""
        return Locale.parse(_LOCALES[self.lang])

    def number(self, value: float) -> str:
        """Return a number as it is written in the language."""
        return str(format_decimal(value, locale=self.locale))

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
        return str(format_interval(first, last, "yMMMMd", locale=self.locale))

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


def parse_day(iso: str | None) -> date | None:
    """Return the day that an ISO date or instant names, or None."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def writable(text: str) -> str:
    """Return `text` with U+FFFD for the characters that no page can hold: NUL, lone surrogates."""
    return _UNWRITABLE.sub("\ufffd", text)


def inline(text: str, *, limit: int | None = None) -> str:
    """Return captured words fit for a sentence of ours: one line, no direction controls, cut short.

    Args:
        text: captured words.
        limit: greatest length in code points; longer words end in an ellipsis.
    """
    line = " ".join("".join(c for c in text if c not in INVISIBLE).split())
    if limit is None or len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
