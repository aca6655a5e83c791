"""Making captured characters safe to show; no terminal library is needed for it."""

from __future__ import annotations

import re

# Cc but tab and line feed; characters that change the direction of writing; line separators.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARKS = {"fr": ("« ", " »")}


def visible(string: str) -> str:
    r"""Return `string` with characters that a terminal would obey written as code points.

    >>> visible("a\x1b[2Jb")
    'a<U+001B>[2Jb'
    """
    return _UNSEEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", string)


class Signs:
    """The typographic signs of a view; plain ASCII where nobody may show better."""

    def __init__(self, *, plain: bool, language: str | None = None) -> None:
        self.plain = plain
        self.arrow = "<-" if plain else "←"
        self.dot = "-" if plain else "·"
        self.range = "..." if plain else "…"
        self.line = "-" if plain else "─"
        self.open, self.close = ('"', '"') if plain else _MARKS.get(language or "", ("“", "”"))


def interval(earliest: str | None, latest: str | None, signs: Signs) -> str:
    """Return a stretch of time in words: a day, or its bounds.

    >>> interval("2031-03-04", "2031-03-04", Signs(plain=True))
    '2031-03-04'
    >>> interval(None, "2031-03-04", Signs(plain=True))
    '2031-03-04 or before'
    """
    if earliest == latest:
        return earliest or "time not stated"
    if earliest is None:
        return f"{latest} or before"
    if latest is None:
        return f"{earliest} or after"
    return f"{earliest} {signs.range} {latest}"
