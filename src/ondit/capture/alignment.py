"""Alignment: an extractor's paragraphs found again among the visible characters of the page."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio_alignment

from ondit.capture.visible import Squeezed, squeezed_text

# Occurrences of one paragraph that are considered; short ones repeat in menus and footers.
_OCCURRENCES = 12

# A paragraph that is nowhere to the letter (a hidden fragment inside it) is looked for by likeness;
# below this ratio it stays unplaced. Long pages are searched in a window only.
_LIKENESS = 90.0
_FUZZY_MIN = 24
_FUZZY_WINDOW = 40_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with the half-open range of visible characters that it was read from."""

    number: int
    start: int
    end: int
    exact: bool


def align(paragraphs: list[str], page: Squeezed) -> tuple[list[Placed], list[int]]:
    """Return the placed paragraphs in page order, and the numbers of those that stand nowhere.

    Of a paragraph that occurs several times the occurrence is taken that lets most paragraphs
    stand in order (longest increasing subsequence), not the first.
    """
    needles = [_needle(paragraph) for paragraph in paragraphs]
    candidates = [_occurrences(needle, page.string) for needle in needles]
    chosen = _in_order(candidates, [len(n) for n in needles])
    placed, missing = [], []
    for number, needle in enumerate(needles):
        at = chosen.get(number)
        if at is None and len(candidates[number]) == 1:
            at = candidates[number][0]
        if at is not None:
            placed.append(_placed(number, at, at + len(needle), page, exact=True))
        elif needle:
            found = _alike(needle, page, _previous_end(chosen, needles, number))
            if found is None:
                missing.append(number)
            else:
                placed.append(_placed(number, *found, page, exact=False))
    return _without_overlaps(placed), missing


def _needle(paragraph: str) -> str:
    return squeezed_text(paragraph).lstrip("-•*|")


def _occurrences(needle: str, string: str) -> list[int]:
    found: list[int] = []
    at = string.find(needle) if needle else -1
    while at >= 0 and len(found) < _OCCURRENCES:
        found.append(at)
        at = string.find(needle, at + 1)
    return found


def _in_order(candidates: list[list[int]], lengths: list[int]) -> dict[int, int]:
    """Return a choice of one occurrence a paragraph that keeps the most characters in order."""
    best: list[tuple[int, int, int, int | None]] = []  # end, weight, paragraph, previous index
    for number, places in enumerate(candidates):
        grown = []
        for at in places:
            before = [(row[1], i) for i, row in enumerate(best) if row[0] <= at]
            weight, previous = max(before, default=(0, None), key=lambda pair: pair[0])
            grown.append((at + lengths[number], weight + lengths[number], number, previous))
        best.extend(grown)
    chosen: dict[int, int] = {}
    index = max(range(len(best)), key=lambda i: best[i][1], default=None)
    while index is not None:
        end, _, number, index = best[index]
        chosen[number] = end - lengths[number]
    return chosen


def _previous_end(chosen: dict[int, int], needles: list[str], number: int) -> int:
    before = [chosen[n] + len(needles[n]) for n in chosen if n < number]
    return max(before, default=0)


def _alike(needle: str, page: Squeezed, after: int) -> tuple[int, int] | None:
    if len(needle) < _FUZZY_MIN:
        return None
    window = page.string[after : after + _FUZZY_WINDOW]
    found = partial_ratio_alignment(needle, window, score_cutoff=_LIKENESS)
    if found is None or found.dest_end <= found.dest_start:
        return None
    return after + found.dest_start, after + found.dest_end


def _placed(number: int, start: int, end: int, page: Squeezed, *, exact: bool) -> Placed:
    return Placed(number, page.positions[start], page.positions[end - 1] + 1, exact)


def _without_overlaps(placed: list[Placed]) -> list[Placed]:
    """Return the placed paragraphs in page order, each beginning behind the one before."""
    kept: list[Placed] = []
    for one in sorted(placed, key=lambda p: (p.start, -p.end)):
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return kept
