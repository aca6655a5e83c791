"""Numbers as texts write them: digit groups by language, number words, and words of scale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from ondit.language.lexicon import Head, Pack
from ondit.model import view


class NumberExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number as a text writes it, and its value."""

    text: str
    value: int | float


class NumberWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Number words that add up ("vingt-deux"), with their values."""

    words: dict[str, int | float]
    examples: tuple[NumberExample, ...]


class ScaleWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that multiply what stands before them ("trois cents", "1,5 million")."""

    words: dict[str, int]
    alone: bool = True
    """May stand without a number before it: "mille", not "million"."""
    after_digits: bool = True
    """May follow a number in digits: "3 millions", not "3 cents"."""
    examples: tuple[NumberExample, ...]


class Fraction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words or signs that add a part of one: "et demi", "½"."""

    words: dict[str, float]
    examples: tuple[NumberExample, ...]


class NumberTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``numbers.toml``."""

    head: Head
    decimal: tuple[str, ...]
    """Decimal signs, the usual one first."""
    groups: tuple[str, ...]
    """Signs between groups of three digits, as the view shows them (all spaces are plain)."""
    joiners: tuple[str, ...]
    """Words inside a number: "et", "and"."""
    word: tuple[NumberWords, ...]
    scale: tuple[ScaleWords, ...]
    fraction: tuple[Fraction, ...] = ()


def lowered(string: str) -> str:
    """Return the view of `string` in lower case; its length is unchanged."""
    shown = view(string)
    small = shown.lower()
    if len(small) == len(shown):
        return small
    return "".join(low if len(low := c.lower()) == 1 else c for c in shown)


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, longest first, any white space between their parts."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


class Numbers:
    """The number grammar of one language.

    `pattern` is a regular expression without groups for `lowered` text. It begins and ends at
    word boundaries of its own; `value` tells what a match is worth.
    """

    def __init__(self, table: NumberTable) -> None:
        self._adds = {w: v for entry in table.word for w, v in entry.words.items()}
        self._scales = {w: v for entry in table.scale for w, v in entry.words.items()}
        self._fractions = {w: v for entry in table.fraction for w, v in entry.words.items()}
        self._decimal = table.decimal
        self._groups = table.groups
        self._joiners = frozenset(table.joiners)
        self.digits = self._digits()
        self.pattern = self._pattern(table)
        words = either([*self._adds, *self._scales])
        parts = rf"(?<!\w){either(self._fractions)}(?!\w)|" if self._fractions else ""
        self._piece = re.compile(rf"{parts}{self.digits}|(?<!\w){words}(?!\w)|\w+")

    @property
    def words(self) -> frozenset[str]:
        """The words a number may begin with."""
        return frozenset({**self._adds, **self._scales})

    @property
    def parts(self) -> frozenset[str]:
        """The words for a part of one that may stand before a scale: "half a" million."""
        return frozenset(w for w, worth in self._adds.items() if 0 < worth < 1)

    @property
    def scales(self) -> frozenset[str]:
        """The words that multiply what stands before them."""
        return frozenset(self._scales)

    def _digits(self) -> str:
        """Return a pattern for one number in digits, groups and decimals included."""
        group = "".join(map(re.escape, self._groups))
        usual, *others = map(re.escape, self._decimal)
        grouped = rf"\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:{usual}\d+)?"
        spared = "".join(rf"|\d+{sign}(?!\d{{3}}(?!\d))\d+" for sign in others)
        return rf"(?<![\d])(?<!\d[.,])(?:{grouped}|\d+{usual}\d+{spared}|\d+)"

    def _pattern(self, table: NumberTable) -> str:
        follow = either(w for e in table.scale if e.after_digits for w in e.words)
        open_ = either([*self._adds, *(w for e in table.scale if e.alone for w in e.words)])
        more = either([*self._adds, *self._scales])
        joiner = rf"(?:[\s-]+|\s+{either(table.joiners)}\s+|-{either(table.joiners)}-)"
        fraction = rf"(?:\s*(?<!\w){either(self._fractions)}(?!\w))?" if self._fractions else ""
        scaled = rf"(?:\s+{follow}(?!\w))?" if fraction else ""
        worded = rf"(?<![\w-]){open_}(?!\w)(?:{joiner}{more}(?!\w))*{fraction}{scaled}"
        written = rf"{self.digits}{fraction}(?:\s+{follow}(?!\w){fraction})?"
        return rf"(?:{written}|{worded})"

    def value(self, string: str) -> int | float | None:
        """Return what `string`, lowered, is worth; None when its parts make no number."""
        total: float = 0
        current: float | None = None
        scale = 1
        for piece in self._piece.findall(string.strip()):
            if piece in self._joiners:
                continue
            if piece in self._fractions:
                part = self._fractions[piece]
                current = part * scale if current is None else current + part
            elif piece in self._scales:
                scale = self._scales[piece]
                current = (1 if current is None else current) * scale
                if scale >= 1000:
                    total, current = total + current, None
            else:
                worth = self._worth(piece)
                if worth is None or not _adds_up(current, worth):
                    return None
                current = (current or 0) + worth
        return whole(total + (current or 0))

    def _worth(self, piece: str) -> float | None:
        if piece in self._adds:
            return self._adds[piece]
        if not piece[0].isdigit():
            return None
        return self._read_digits(piece)

    def _read_digits(self, piece: str) -> float:
        group = "".join(map(re.escape, self._groups))
        usual, *others = self._decimal
        grouped = re.fullmatch(rf"\d{{1,3}}(?:[{group}]\d{{3}})+(?:{re.escape(usual)}\d+)?", piece)
        if grouped:
            piece = re.sub(rf"[{group}](?=\d{{3}})", "", piece)
        for sign in (usual, *others):
            piece = piece.replace(sign, ".")
        return float(piece)


def _adds_up(before: float | None, worth: float) -> bool:
    """Return whether `worth` may be added: "cent vingt" and "soixante-dix", not "deux trois"."""
    if before is None:
        return True
    last = before % 100
    return worth < 100 and (last == 0 or (last % 10 == 0 and worth < 20 and last > worth))


def whole(number: float) -> int | float:
    """Return `number` as an int when it is one; decimals that arithmetic blurred are rounded."""
    number = round(number, 9)
    return int(number) if float(number).is_integer() else number


@lru_cache
def numbers(pack: Pack) -> Numbers:
    """Return the number grammar of `pack`."""
    return Numbers(pack.table("numbers", NumberTable))
