"""Chains: stops drawn from the top down, from whom something rests on to who handed it on.

A picture is narrow enough for a telephone and for half a sheet of paper. It is drawn from counts
of characters alone, so that it is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, east_asian_width

from ondit.case.dossier.wording import inline

WIDTH = 380
"""Width of a picture, in units that are pixels where there is room."""

MOST = 16
"""Stops in one picture; the list beside it names them all."""

_ROW, _LANE, _LEFT, _TOP, _RADIUS, _BEND = 48, 30, 16, 20, 12, 10
_LANES = 4
"""Lanes at most; what hangs deeper stays in the last one."""
_NAME, _LABEL = 7.6, 6.3
"""Width of a character of either line, a little more than most fonts need."""

Kind = Literal["source", "report", "absent", "open"]
"""Whom it rests on, a report, where it came from without standing there, a beginning not known."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a chain, before it has a place."""

    kind: Kind
    name: str
    label: str = ""
    sign: str = ""
    """What stands inside it: a report's number."""
    ground: str = ""
    """What a source is, as the bars of the summary tell it."""
    above: int | None = None
    """Position of the stop that leads here."""
    onward: int | None = None
    """Position of the later stop that this one, with others, leads to."""
    known: bool = True
    """Whether the pages show that it leads here, and not the other way round."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A stop in its place."""

    stop: Stop
    x: int
    y: int
    name: str
    """Its name, cut to the room there is."""
    label: str
    first: bool
    """Whether no other report leads here."""

    @property
    def text_x(self) -> int:
        """Where its words begin."""
        return self.x + _RADIUS + 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one stop to the next."""

    path: str
    known: bool
    tip: str
    """A small arrow at its end; empty where nothing is known of the direction."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a chain."""

    width: int
    height: int
    stops: tuple[Placed, ...]
    lines: tuple[Line, ...]
    left_out: int
    """Stops that had no room."""

    @property
    def open(self) -> bool:
        """Whether any line has no known direction."""
        return not all(line.known for line in self.lines)


def draw(stops: Sequence[Stop]) -> Drawing:
    """Return the picture of `stops`, each of which stands after the one that leads to it."""
    shown = stops[:MOST]
    lanes = _lanes(shown)
    placed = tuple(
        _placed(stop, lanes[row], row, _is_first(stop, shown)) for row, stop in enumerate(shown)
    )
    return Drawing(
        width=WIDTH,
        height=_TOP * 2 + _ROW * (len(shown) - 1),
        stops=placed,
        lines=tuple(line for row in range(len(shown)) for line in _lines_of(placed, row)),
        left_out=len(stops) - len(shown),
    )


def fitting(words: str, room: float) -> str:
    """Return words on one line, cut so that they take no more than `room` characters' width."""
    line = inline(words)
    if sum(map(_breadth, line)) <= room:
        return line
    used, kept = 1.0, 0
    for character in line:
        used += _breadth(character)
        if used > room:
            break
        kept += 1
    return line[:kept].rstrip(" ,;:") + "…"


def _breadth(character: str) -> float:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0.1  # it stands on its neighbour; not nothing, or a thousand would be free
    return 1.9 if east_asian_width(character) in "WF" else 1.0


def _lanes(stops: Sequence[Stop]) -> list[int]:
    """Return the lane of each stop: that of the stop above, or one more where several hang on."""
    hanging = [0] * len(stops)
    for stop in stops:
        if stop.above is not None:
            hanging[stop.above] += 1
    lanes: list[int] = []
    for stop in stops:
        above = stop.above
        lane = 0 if above is None else lanes[above] + (hanging[above] > 1)
        lane += stop.onward is not None
        lanes.append(min(lane, _LANES - 1))
    return lanes


def _placed(stop: Stop, lane: int, row: int, first: bool) -> Placed:
    x = _LEFT + lane * _LANE
    room = WIDTH - (x + _RADIUS + 10)
    return Placed(
        stop=stop,
        x=x,
        y=_TOP + row * _ROW,
        name=fitting(stop.name, room / _NAME),
        label=fitting(stop.label, room / _LABEL),
        first=first,
    )


def _is_first(stop: Stop, stops: Sequence[Stop]) -> bool:
    return stop.kind == "report" and (stop.above is None or stops[stop.above].kind == "source")


def _lines_of(placed: Sequence[Placed], row: int) -> Iterator[Line]:
    """Yield the lines that end at a stop, or that lead on from it together with others."""
    here = placed[row]
    if here.stop.above is not None:
        yield _line(placed[here.stop.above], here)
    onward = here.stop.onward
    if onward is not None and onward < len(placed):
        yield _meeting(here, placed[onward], tip=onward == row + 1)


def _meeting(here: Placed, onward: Placed, *, tip: bool) -> Line:
    end = onward.y - _RADIUS - 3
    start = here.x - _RADIUS
    path = f"M{start} {here.y}H{onward.x + _BEND}q-{_BEND} 0 -{_BEND} {_BEND}V{end}"
    return Line(path, known=True, tip=_downward(onward.x, end) if tip else "")


def _downward(x: int, y: int) -> str:
    return f"M{x - 4} {y - 4}l4 4l4 -4"


def _line(above: Placed, here: Placed) -> Line:
    start = above.y + _RADIUS + 2
    if above.x == here.x:
        end = here.y - _RADIUS - 3
        tip = _downward(here.x, end) if here.stop.known else ""
        return Line(f"M{here.x} {start}V{end}", here.stop.known, tip)
    end = here.x - _RADIUS - 3
    path = f"M{above.x} {start}V{here.y - _BEND}q0 {_BEND} {_BEND} {_BEND}H{end}"
    tip = f"M{end - 4} {here.y - 4}l4 4l-4 4" if here.stop.known else ""
    return Line(path, here.stop.known, tip)


def told(stops: Iterable[Stop]) -> str:
    """Return the stops as words for those who do not see the picture."""
    return "; ".join(f"{s.name}: {s.label}" if s.label else s.name for s in stops)
