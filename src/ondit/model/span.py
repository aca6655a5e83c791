"""Spans: half-open ranges of Unicode code points that carry their own characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from ondit.model.errors import AnchorError


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A stretch of one text: ``text[start:end] == exact``, counted in code points."""

    start: int
    end: int
    exact: str

    def __post_init__(self) -> None:
        """Refuse a span whose length and characters disagree."""
        if self.start < 0 or self.end - self.start != len(self.exact):
            raise AnchorError(
                f"span {self.start}:{self.end} holds {len(self.exact)} characters, "
                f"expected {self.end - self.start}"
            )

    def holds(self, text: str) -> bool:
        """Return whether `exact` stands at these offsets of `text`."""
        return text[self.start : self.end] == self.exact

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def cut(string: str, start: int, end: int) -> Span:
    """Return the span of `string` from `start` to `end`.

    Raises:
        AnchorError: when the range is not inside the string.
    """
    if not 0 <= start <= end <= len(string):
        raise AnchorError(f"range {start}:{end} is outside a text of {len(string)} characters")
    return Span(start, end, string[start:end])


def trim(string: str, start: int, end: int, *, strip: str = " \t\r\n\u00a0\u202f\u2009") -> Span:
    """Return the span without the characters of `strip` at its edges."""
    while start < end and string[start] in strip:
        start += 1
    while end > start and string[end - 1] in strip:
        end -= 1
    return cut(string, start, end)


Spanned = TypeVar("Spanned")


class SpanIndex(Iterable[Spanned]):
    """Values ordered by where they stand; answers "what overlaps here" without a scan of all."""

    def __init__(self, values: Iterable[tuple[int, int, Spanned]]) -> None:
        self._rows = sorted(values, key=lambda row: (row[0], row[1]))
        self._starts = [row[0] for row in self._rows]
        self._reach: list[int] = []
        furthest = 0
        for row in self._rows:
            furthest = max(furthest, row[1])
            self._reach.append(furthest)

    def __iter__(self) -> Iterator[Spanned]:
        return (row[2] for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def overlapping(self, start: int, end: int) -> list[Spanned]:
        """Return the values that share a character with ``start:end``, in text order."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [row[2] for row in self._rows[first:last] if row[1] > start]

    def inside(self, start: int, end: int) -> list[Spanned]:
        """Return the values that lie wholly inside ``start:end``, in text order."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [row[2] for row in self._rows[first:last] if row[1] <= end]

    def covering(self, start: int, end: int) -> list[Spanned]:
        """Return the values that contain ``start:end`` wholly, outermost first."""
        last = bisect_right(self._starts, start)
        first = bisect_left(self._reach, end)
        return [row[2] for row in self._rows[first:last] if row[1] >= end]
