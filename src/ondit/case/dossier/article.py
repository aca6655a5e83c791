"""Articles: a report's text in reading order, every character once, with its claims marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ondit.case.dossier.filed import Filed
from ondit.case.dossier.notes import Note
from ondit.case.dossier.segments import Layer, LayerKind, Piece, invisible, pieces
from ondit.model import Record, Span

_GROUNDING = {"time": "t", "place": "p", "quantity": "u"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of text as the page shows it."""

    text: str
    classes: str
    """Class names; empty when the piece is plain."""
    claims: str
    """Numbers of the claims over it, outermost first."""
    voices: str
    """Sources (``s3``) and cues (``q3``) of attributions that it is part of."""
    hidden: str
    """``U+202E`` where the piece is a character that hides from the eye."""
    notes: tuple[Note, ...]
    """Claims that end here."""


@dataclass(frozen=True, slots=True)
class Region:
    """A block, a run of furniture, or what stands between blocks (almost always white space)."""

    kind: str
    number: int
    """Number of the block, from 1; 0 for what is none."""
    labels: tuple[str, ...]
    """Kinds of the furniture it holds."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Article:
    """One report, ready to be shown."""

    filed: Filed
    notes: tuple[Note, ...]
    regions: tuple[Region, ...]
    hidden: int
    """How many characters of the text hide from the eye."""

    @property
    def titled(self) -> bool:
        """Whether the text itself begins with its headline."""
        return any(region.kind == "headline" for region in self.regions)


def article(filed: Filed, notes: tuple[Note, ...]) -> Article:
    """Return the report with its text cut into regions and marks."""
    record = filed.record
    borders = [offset for block in record.blocks for offset in (block.start, block.end)]
    hidden = list(invisible(record.text))
    found = pieces(record.text, [*_layers(record, notes), *hidden], cuts=borders)
    return Article(filed, notes, tuple(_regions(record, notes, found)), len(hidden))


def _layers(record: Record, notes: tuple[Note, ...]) -> Iterator[Layer]:
    for item in record.furniture:
        yield _layer(item.span, "furniture", item.kind)
    for note in notes:
        for span in note.claim.spans:
            yield _layer(span, "claim", str(note.number))
    for number, attribution in enumerate(record.attributions, start=1):
        yield from (_layer(span, "source", f"s{number}") for span in attribution.source)
        yield from (_layer(span, "cue", f"q{number}") for span in attribution.cue)
    yield from (_layer(quotation.span, "quotation") for quotation in record.quotations)
    yield from (_layer(timex.span, "time") for timex in record.timexes)
    yield from (_layer(place.span, "place") for place in record.places)
    yield from (_layer(quantity.span, "quantity") for quantity in record.quantities)


def _layer(span: Span, kind: LayerKind, key: str = "") -> Layer:
    return Layer(span.start, span.end, kind, key)


def _regions(record: Record, notes: tuple[Note, ...], found: Iterable[Piece]) -> Iterator[Region]:
    blocks = sorted(record.blocks, key=lambda block: block.start)
    status = {str(note.number): note for note in notes}
    ending: dict[int, list[Note]] = {}
    for note in notes:
        ending.setdefault(note.end, []).append(note)
    position = 0

    def place_of(piece: Piece) -> tuple[str, int]:
        nonlocal position
        while position < len(blocks) and blocks[position].end <= piece.start:
            position += 1
        if position < len(blocks) and blocks[position].start <= piece.start:
            return blocks[position].kind, position + 1
        if any(layer.kind == "furniture" for layer in piece.layers):
            return "furniture", 0
        return "gap" if piece.text.isspace() else "loose", 0

    for (kind, number), group in groupby(found, key=place_of):
        run = list(group)
        labels = dict.fromkeys(x.key for p in run for x in p.layers if x.kind == "furniture")
        marks = tuple(_mark(piece, status, tuple(ending.get(piece.end, ()))) for piece in run)
        yield Region(kind, number, tuple(labels), marks)


def _mark(piece: Piece, notes: dict[str, Note], ending: tuple[Note, ...]) -> Mark:
    keys: dict[str, list[str]] = {}
    for layer in piece.layers:
        keys.setdefault(layer.kind, []).append(layer.key)
    claims = keys.get("claim", [])
    return Mark(
        text=piece.text,
        classes=" ".join(_classes(keys, claims, notes)),
        claims=" ".join(claims),
        voices=" ".join((*keys.get("source", ()), *keys.get("cue", ()))),
        hidden=next(iter(keys.get("invisible", ())), ""),
        notes=ending,
    )


def _classes(
    keys: dict[str, list[str]], claims: list[str], notes: dict[str, Note]
) -> Iterator[str]:
    if claims:
        yield "m"
        doubtful = [s for key in claims if (s := notes[key].status) != "asserted"]
        if doubtful:  # words that also belong to a doubtful claim never look surer than it
            yield f"s-{doubtful[-1]}"
    if len(claims) > 1:
        yield "o"
    if "quotation" in keys:
        yield "q"
    if "furniture" in keys:
        yield "f"
    yield from (name for kind, name in _GROUNDING.items() if kind in keys)
