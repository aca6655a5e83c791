"""The report among the passages of its page: what is headline, standfirst, body, and what is not.

The extractor says which passages; their characters are taken from the page. Passages that it left
out though they stand among the report's paragraphs, under the same element, are taken back: a body
line lost costs a claim, a line of furniture costs a reader a moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from rapidfuzz.fuzz import ratio

from ondit.capture.alignment import Alignment, squeeze, unsqueezed
from ondit.capture.markup import Element, Markup, Passage
from ondit.capture.phrases import fold, label, load
from ondit.capture.zones import is_standfirst, zone
from ondit.model.capture import BlockKind, FurnitureKind

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Of a passage's characters: taken whole from this share on; in part when this many are meant.
_WHOLE, _PART = 0.5, 40
# Likeness (of 100) of a heading to the title that the page states for machines.
_SAME_TITLE = 75
_PROSE = 80


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One passage of the report, or of the furniture that stands in it."""

    passage: Passage
    start: int
    """Of the passage's text, in code points."""
    end: int
    kind: BlockKind
    furniture: FurnitureKind | None = None
    rule: str | None = None

    @property
    def text(self) -> str:
        """The chosen characters."""
        return self.passage.text[self.start : self.end]


def choose(markup: Markup, alignment: Alignment, *, titles: Sequence[str]) -> list[Chosen]:
    """Return the report's passages in reading order, furniture among them marked.

    Args:
        markup: the page.
        alignment: where the extractor's paragraphs stand among its passages.
        titles: what the page calls itself, the surest first.
    """
    passages = markup.passages
    picked = _picked(passages, alignment)
    if not picked:
        return []
    homes = _homes(passages, picked)
    picked |= _taken_back(passages, picked, homes)
    core = _core(passages, picked)
    top = headline(passages, _first_prose(passages, picked), titles, apart_from=homes)
    if top is not None:
        picked[top] = (0, len(passages[top].text))
        picked = {index: cut for index, cut in picked.items() if index >= top}
        picked |= _standfirst(passages, top, picked)
    return [
        _chosen(passages[index], picked[index], index == top, homes, core)
        for index in sorted(picked)
    ]


def _picked(passages: list[Passage], alignment: Alignment) -> dict[int, tuple[int, int]]:
    """Return the passages that the extractor meant, with the stretch of each that is taken."""
    picked: dict[int, tuple[int, int]] = {}
    for index, ranges in enumerate(alignment.covered):
        if not ranges:
            continue
        text = passages[index].text
        if alignment.share(index) >= _WHOLE:
            picked[index] = (0, len(text))
        elif ranges[-1][1] - ranges[0][0] >= _PART:
            picked[index] = unsqueezed(text, ranges[0][0], ranges[-1][1])
    return picked


def _homes(passages: list[Passage], picked: Iterable[int]) -> frozenset[int]:
    """Return the elements that hold a good part of the report; their names mean nothing else."""
    held: Counter[int] = Counter()
    total = 0
    for index in picked:
        length = len(passages[index].text)
        total += length
        held.update(dict.fromkeys((e.start for e in passages[index].path), length))
    return frozenset(start for start, length in held.items() if length * 3 > total)


def _core(passages: list[Passage], picked: Iterable[int]) -> int:
    """Return the innermost element that holds nearly all of the report's prose."""
    held: Counter[int] = Counter()
    total = 0
    for index in picked:
        if _is_prose(passages[index]):
            total += len(passages[index].text)
            held.update({e.start: len(passages[index].text) for e in passages[index].path})
    return max((start for start, length in held.items() if length * 10 >= total * 9), default=-1)


def _first_prose(passages: list[Passage], picked: Iterable[int]) -> int:
    ordered = sorted(picked)
    return next((index for index in ordered if _is_prose(passages[index])), ordered[0])


# -- passages that the extractor left out ----------------------------------------------------------


def _taken_back(
    passages: list[Passage], picked: dict[int, tuple[int, int]], homes: frozenset[int]
) -> dict[int, tuple[int, int]]:
    """Return the passages beside the picked ones, under the same element, that read like body.

    Among the picked ones any such passage is taken; before the first and after the last, where
    furniture stands too, prose alone, and what an extractor left out because it repeats.
    """
    first, last = min(picked), max(picked)
    parents = Counter(_parent(passages[index]) for index in picked)
    parents.pop(None, None)
    texts = {passages[index].text for index in picked}
    back: dict[int, tuple[int, int]] = {}
    for index in range(len(passages)):
        passage = passages[index]
        among = first < index < last and parents[_parent(passage)] > 1
        sure = _is_prose(passage) or passage.text in texts
        beside = parents[_parent(passage)] > 0 and sure
        if index in picked or not (among or beside) or zone(passage, apart_from=homes):
            continue
        if _reads_like_body(passage) and furniture_wording(passage.text) is None:
            back[index] = (0, len(passage.text))
    return back


def _parent(passage: Passage) -> int | None:
    """Return the element around the passage's own block."""
    block = passage.block
    if block is None or block.tag not in {"p", "blockquote", "h2", "h3", "h4", "li"}:
        return None
    above = [e for e in passage.path if e.start < block.start]
    return above[-1].start if above else None


def _reads_like_body(passage: Passage) -> bool:
    return passage.linked * 2 < len(passage.text) and any(c.isalpha() for c in passage.text)


# -- headline and standfirst -----------------------------------------------------------------------


def headline(
    passages: list[Passage],
    first: int,
    titles: Sequence[str],
    *,
    apart_from: frozenset[int] = frozenset(),
) -> int | None:
    """Return the index of the report's visible headline, or None when the page shows none.

    Args:
        passages: the page's.
        first: index of the first passage of the body; the headline may be that passage itself.
        titles: what the page calls itself, the surest first.
        apart_from: elements whose names say nothing, because they hold the report.
    """
    heads = [i for i in range(min(first + 4, len(passages))) if "h1" in passages[i].tags]
    scored = [(_likeness(passages[i].text, titles), i) for i in heads]
    alike = [(score, i) for score, i in scored if score >= _SAME_TITLE]
    if alike:
        return max(alike)[1]
    same = [
        i
        for i in range(min(first + 2, len(passages)))
        if _likeness(passages[i].text, titles) >= 95
        and zone(passages[i], apart_from=apart_from) is None
    ]
    if same:
        return next((i for i in same if _HEADINGS & set(passages[i].tags)), same[-1])
    near = [i for i in heads if len(passages[i].text) >= 12 and zone(passages[i]) is None]
    return near[-1] if near else None


def _likeness(text: str, titles: Sequence[str]) -> float:
    """Return how like one of the titles a text is, of 100; an outlet's name may follow a title."""
    shown = squeeze(fold(text))
    best = 0.0
    for title in titles:
        best = max(best, ratio(shown, squeeze(fold(title))))
    return best


def _standfirst(
    passages: list[Passage], top: int, picked: dict[int, tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Return the passages between headline and body that are named for a standfirst."""
    below = [index for index in picked if index > top]
    if not below:
        return {}
    return {
        index: (0, len(passages[index].text))
        for index in range(top + 1, min(below))
        if _is_standfirst(passages[index]) and zone(passages[index]) is None
    }


def _is_standfirst(passage: Passage) -> bool:
    if len(passage.text) < 40 or not _reads_like_body(passage):
        return False
    return any(is_standfirst(e) for e in _near(passage)) or "h2" in passage.tags


def _near(passage: Passage) -> tuple[Element, ...]:
    """Return the innermost elements that could be the passage's own wrapping."""
    return passage.path[-3:]


# -- kinds and furniture -------------------------------------------------------------------------


def _chosen(
    passage: Passage, cut: tuple[int, int], is_headline: bool, homes: frozenset[int], core: int
) -> Chosen:
    kind = "headline" if is_headline else _kind(passage, homes)
    found = None if is_headline else _furniture(passage, kind, homes, core)
    return Chosen(
        passage=passage,
        start=cut[0],
        end=cut[1],
        kind=kind,
        furniture=found[0] if found else None,
        rule=found[1] if found else None,
    )


def _kind(passage: Passage, homes: frozenset[int]) -> BlockKind:
    inner = {e.tag for e in passage.path if e.start not in homes} | set(passage.tags[-1:])
    if inner & _HEADINGS:
        return "heading"
    if "figcaption" in inner:
        return "caption"
    if "li" in inner:
        return "list-item"
    if "blockquote" in inner:
        return "quote"
    if any(is_standfirst(e) for e in _near(passage) if e.start not in homes):
        return "standfirst"
    return "paragraph"


def _furniture(
    passage: Passage, kind: BlockKind, homes: frozenset[int], core: int
) -> tuple[FurnitureKind, str] | None:
    """Return why a passage that the extractor took is furniture, or None."""
    named = zone(passage, apart_from=homes)
    if named == "caption":
        return named, "zone:caption"
    if _is_prose(passage):
        return None
    if named is not None:
        return named, f"zone:{named}"
    if passage.linked >= 0.8 * len(passage.text):
        return "navigation", "all:links"
    if kind != "standfirst" and core >= 0 and core not in {e.start for e in passage.path}:
        return "other", "outside:prose"
    return furniture_wording(passage.text) or _signature(passage.text)


def _signature(text: str) -> tuple[FurnitureKind, str] | None:
    """Return dateline or byline for a line that opens like one."""
    phrases = load()
    folded = fold(text)
    if phrases.date_opening.match(folded) and any(map(str.isdecimal, text)):
        return "dateline", "opening:date"
    if phrases.by_opening.match(folded) and not text.rstrip().endswith((".", "!", "?", "…")):
        return "byline", "opening:by"
    return None


def _is_prose(passage: Passage) -> bool:
    return len(passage.text) >= _PROSE and passage.linked * 2 < len(passage.text)


def furniture_wording(text: str) -> tuple[FurnitureKind, str] | None:
    """Return the kind and rule of a text that only pages say, or None."""
    phrases = load()
    folded, labelled = fold(text), label(text)
    wording = phrases.labels.get(labelled) or phrases.endless.get(labelled)
    if wording is None and (match := phrases.opening.match(folded)):
        wording = phrases.openings[match[0]]
    if wording is None and len(text) < 200 and (match := phrases.inside.search(folded)):
        wording = phrases.insides[match[0]]
    return (wording.kind, wording.rule) if wording else None
