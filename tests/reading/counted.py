"""Texts whose quantities are marked with what they are worth and what they count.

``<x v="70.." u="office" r="arrested">``: `v` is ``12`` (exactly), ``70..`` (at least, or more
than), ``..20`` (at most, or less than), ``20..30`` (between) or ``~20`` (about); `u` the unit or
what is counted, left out where there is none; `r` the role, left out where there is none.
Texts are parted by lines of ``====``. A quantity that is found where no mark stands is an error
like one that is not found. Each language has a development part, on which the grammar was tuned,
and a test part, written before the grammar was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ondit.language.lexicon import load_pack
from ondit.model import Capture, Quantity, Record, Text
from ondit.reading import quantities, timex
from tests.marked import parsed

FOLDER = Path(__file__).parent / "quantities"
_TAG = re.compile(r"<x((?: [vur]=\"[^\"]*\")*)>|</x>")

Worth = tuple[float | None, float | None, float | None]
"""Value, low and high."""


class Wanted(NamedTuple):
    """One marked quantity."""

    start: int
    end: int
    worth: Worth
    unit: str | None
    role: str | None


class Verdict(NamedTuple):
    """A marked quantity and what was found in its place; either may be missing."""

    sentence: str
    wanted: Wanted | None
    found: Quantity | None

    @property
    def exact(self) -> bool:
        """Whether bounds, unit and role of what was found are all those that the mark says."""
        one, other = self.wanted, self.found
        if one is None or other is None:
            return False
        worth = (other.value, other.low, other.high)
        return (worth, other.unit, other.role) == (one.worth, one.unit, one.role)

    @property
    def span(self) -> bool:
        """Whether mark and quantity enclose the very same words."""
        one, other = self.wanted, self.found
        if one is None or other is None:
            return False
        return (one.start, one.end) == (other.span.start, other.span.end)


def texts(language: str, part: str = "dev") -> list[str]:
    """Return the marked texts of `language`: its ``dev`` part or its ``test`` part."""
    string = (FOLDER / f"{language}-{part}.txt").read_text("utf-8")
    return string.rstrip("\n").split("\n====\n")


def unmarked(string: str) -> tuple[str, list[Wanted]]:
    """Return the text of a marked string and its quantities."""
    out, found, length, position = [], [], 0, 0
    start = 0
    marks: dict[str, str] = {}
    for match in _TAG.finditer(string):
        out.append(string[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match[1] is None:
            unit, role = (marks.get(name) or None for name in "ur")
            found.append(Wanted(start, length, _worth(marks["v"]), unit, role))
        else:
            start, marks = length, dict(re.findall(r'([vur])="([^"]*)"', match[1]))
    out.append(string[position:])
    return "".join(out), found


def _worth(mark: str) -> Worth:
    if mark.startswith("~"):
        return float(mark[1:]), None, None
    low, dots, high = mark.partition("..")
    if not dots:
        return float(low), float(low), float(low)
    return None, float(low) if low else None, float(high) if high else None


def read(text: Text) -> list[Quantity]:
    """Return the quantities of `text`, read behind its times."""
    pack = load_pack(text.language or "")
    record = Record(input="t", capture=Capture(sha256="0", bytes=0), text=text.string)
    times = tuple(timex.find(text, record, pack))
    record = Record(
        input="t", capture=Capture(sha256="0", bytes=0), text=text.string, timexes=times
    )
    return list(quantities.find(text, record, pack))


def judged(string: str, language: str) -> Iterator[Verdict]:
    """Yield a verdict for every quantity that is marked in `string` or found in it."""
    plain, wanted = unmarked(string)
    left = read(parsed(plain, language))
    for one in wanted:
        met = [q for q in left if q.span.start < one.end and one.start < q.span.end]
        yield Verdict(plain, one, met[0] if met else None)
        left = [q for q in left if q not in met[:1]]
    yield from (Verdict(plain, None, one) for one in left)


def verdicts(language: str, part: str) -> list[Verdict]:
    """Return the verdicts of every text of a part."""
    return [one for string in texts(language, part) for one in judged(string, language)]


def shares(language: str, part: str) -> dict[str, float]:
    """Return how many quantities are right, per cent, and ``n``, out of how many.

    Out of all that are marked and all that are found beside them: ``exact`` in bounds, unit and
    role, ``span`` in the words that they cover.
    """
    found = verdicts(language, part)
    counted = {name: sum(getattr(v, name) for v in found) for name in ("exact", "span")}
    return {**{k: 100 * n / len(found) for k, n in counted.items()}, "n": len(found)}
