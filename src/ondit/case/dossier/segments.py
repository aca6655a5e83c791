"""Segments: a text cut at every border of the spans that lie over it, so that overlaps nest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

LayerKind = Literal[
    "claim", "source", "cue", "time", "place", "quantity", "quotation", "furniture", "invisible"
]

# Characters that a reader cannot see and that change what stands next to them: direction
# overrides and isolates, and the spaces without width that no script needs. The joiners
# (U+200C, U+200D) stay out: Persian words and emoji are written with them.
INVISIBLE = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Layer:
    """One span of one kind; `key` names what it belongs to (a claim's or a link's number)."""

    start: int
    end: int
    kind: LayerKind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text without a border inside it, and the layers over it, outermost first."""

    start: int
    end: int
    text: str
    layers: tuple[Layer, ...]


def pieces(text: str, layers: Iterable[Layer], *, cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """Yield the pieces of `text` in order; joined, they are the text again.

    Args:
        text: the whole text.
        layers: what lies over it, in any order; empty layers are left out.
        cuts: further offsets (code points) at which a piece must end.
    """
    waiting = sorted((layer for layer in layers if layer.start < layer.end), key=_outermost_first)
    borders = {0, len(text), *cuts}
    borders.update(offset for layer in waiting for offset in (layer.start, layer.end))
    inside = sorted(border for border in borders if 0 <= border <= len(text))
    waiting.reverse()
    active: list[Layer] = []
    for start, end in pairwise(inside):
        active = [layer for layer in active if layer.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        yield Piece(start, end, text[start:end], tuple(active))


def invisible(text: str) -> Iterator[Layer]:
    """Yield a layer over every character of `text` that hides from the eye."""
    for offset, character in enumerate(text):
        if character in INVISIBLE:
            yield Layer(offset, offset + 1, "invisible", f"U+{ord(character):04X}")


def _outermost_first(layer: Layer) -> tuple[int, int]:
    return layer.start, -layer.end
