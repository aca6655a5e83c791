"""Where the paragraphs of an extractor stand on the page, by their characters alone.

Extractors give no positions. White space, invisible characters and list signs are what they change,
so both sides are compared without them; what still differs is placed by resemblance. A paragraph
that the page holds more than once is placed by the order of the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz.fuzz import partial_ratio_alignment

# White space and what stands between characters unseen: controls, joiners, marks, selectors.
_INVISIBLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e01ef]+"
)
_SIGNS = re.compile(r"[|•▪◦‣·*–—-]+")
# Occurrences of one paragraph that are looked at, and how like it a passage must be (of 100).
_OCCURRENCES = 32
_ALIKE = 80
_WINDOW = 20_000


@dataclass(slots=True)
class Alignment:
    """Which characters of the passages the paragraphs are, counted without the invisible ones."""

    exact: int = 0
    without_signs: int = 0
    alike: int = 0
    lost: list[str] = field(default_factory=list)
    """Paragraphs that stand nowhere on the page."""
    covered: list[list[tuple[int, int]]] = field(default_factory=list)
    """For each passage, the half-open ranges of its squeezed characters, ascending, disjoint."""
    lengths: list[int] = field(default_factory=list)
    """For each passage, its squeezed length."""

    def share(self, passage: int) -> float:
        """Return how much of a passage the paragraphs hold, from 0 to 1."""
        if not self.lengths[passage]:
            return 0.0
        return sum(b - a for a, b in self.covered[passage]) / self.lengths[passage]


def squeeze(string: str) -> str:
    """Return the string without white space and invisible characters."""
    return _INVISIBLE.sub("", string)


def unsqueezed(string: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of `string` that holds its squeezed characters ``start:end``."""
    seen, first, last = 0, len(string), len(string)
    for index, character in enumerate(string):
        if _INVISIBLE.match(character):
            continue
        if seen == start:
            first = index
        seen += 1
        if seen == end:
            last = index + 1
            break
    return first, last


def align(paragraphs: Sequence[str], passages: Sequence[str]) -> Alignment:
    """Return where the paragraphs stand among the passages, in their order where order decides."""
    squeezed = [squeeze(p) for p in passages]
    page = "".join(squeezed)
    found = Alignment(lengths=[len(s) for s in squeezed], covered=[[] for _ in squeezed])
    starts = list(accumulate((len(s) for s in squeezed), initial=0))
    ranges = _places(list(_pieces(paragraphs)), _Page(page, squeezed, starts), found)
    for start, end in _united(ranges):
        first = max(0, bisect_right(starts, start) - 1)
        for index in range(first, bisect_left(starts, end)):
            low, high = max(start, starts[index]), min(end, starts[index + 1])
            if low < high:
                found.covered[index].append((low - starts[index], high - starts[index]))
    return found


def _pieces(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield the squeezed paragraphs; a table row is as many as it has cells."""
    for paragraph in paragraphs:
        cells = paragraph.split("|") if paragraph.count("|") >= 2 else [paragraph]
        yield from (piece for piece in map(squeeze, cells) if any(map(str.isalnum, piece)))


class _Page:
    """The squeezed characters of a page, and where each of its passages begins."""

    def __init__(self, string: str, passages: list[str], starts: list[int]) -> None:
        self.string = string
        self._passages: dict[str, list[int]] = {}
        for passage, start in zip(passages, starts, strict=False):
            self._passages.setdefault(passage, []).append(start)
        self._asked: Counter[str] = Counter()

    def occurrences(self, piece: str) -> list[int]:
        """Return where a piece stands: as a whole passage, and only else inside others."""
        whole = self._passages.get(piece)
        if whole is not None:
            # Of very many, those near the place that this one has among its likes.
            first = max(0, self._asked[piece] - _OCCURRENCES // 2)
            self._asked[piece] += 1
            return whole[first : first + _OCCURRENCES] or whole[-_OCCURRENCES:]
        found: list[int] = []
        place = self.string.find(piece)
        while place >= 0 and len(found) < _OCCURRENCES:
            found.append(place)
            place = self.string.find(piece, place + 1)
        return found


def _places(pieces: list[str], page: _Page, found: Alignment) -> list[tuple[int, int]]:
    """Return where each piece stands in `page`, and count how it was found."""
    places: list[tuple[int, int] | None] = [None] * len(pieces)
    options: list[tuple[int, int]] = []
    lengths = [len(p) for p in pieces]
    for index, piece in enumerate(pieces):
        occurrences = page.occurrences(piece)
        found.exact += bool(occurrences)
        if not occurrences:
            bare = piece.strip("|•▪◦‣·*–—-")
            occurrences = page.occurrences(bare) if bare else []
            found.without_signs += bool(occurrences)
            lengths[index] = len(bare)
        options += [(index, place) for place in reversed(occurrences)]
    for index, place in _longest_chain(options):
        places[index] = (place, place + lengths[index])
    _place_strays(options, lengths, places)
    _place_alike(pieces, page.string, places, found)
    return [place for place in places if place is not None]


def _longest_chain(options: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest choice of places that ascends with the paragraphs' order.

    Args:
        options: pairs of paragraph and place, paragraphs ascending, places of one descending, so
            that a strictly ascending chain takes at most one place of each paragraph.
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(options):
        slot = bisect_left(ends, place)
        before.append(last[slot - 1] if slot else -1)
        if slot == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[slot], last[slot] = place, number
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(options[number])
        number = before[number]
    return chain[::-1]


def _place_strays(
    options: list[tuple[int, int]], lengths: list[int], places: list[tuple[int, int] | None]
) -> None:
    """Place the paragraphs that the extractor moved, each where nothing was placed yet."""
    strays = [(i, place) for i, place in reversed(options) if places[i] is None]
    if not strays:
        return
    taken = {place[0] for place in places if place is not None}
    for index, place in reversed(strays):
        if places[index] is None and place not in taken:
            places[index] = (place, place + lengths[index])
            taken.add(place)
    for index, place in strays:
        if places[index] is None:
            places[index] = (place, place + lengths[index])


def _place_alike(
    pieces: list[str], page: str, places: list[tuple[int, int] | None], found: Alignment
) -> None:
    """Place what is not on the page to the letter between its placed neighbours."""
    low = 0
    for index, piece in enumerate(pieces):
        here = places[index]
        if here is not None:
            low = max(low, here[1]) if here[0] >= low else low
            continue
        after = (p[0] for p in places[index + 1 :] if p is not None and p[0] >= low)
        high = min(next(after, len(page)), low + _WINDOW)
        match = partial_ratio_alignment(piece, page[low:high], score_cutoff=_ALIKE)
        if match is None or match.score < _ALIKE or len(piece) > 2 * (high - low):
            found.lost.append(piece)
            continue
        found.alike += 1
        places[index] = (low + match.dest_start, low + match.dest_end)


def _united(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united
