"""A world, and the same world with one report more: what metamorphic laws are tested on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.worlds.drafts import Draft
from benchmarks.worlds.generating import made
from benchmarks.worlds.gold import World
from benchmarks.worlds.making import Making
from benchmarks.worlds.operators import Operator, translation, verbatim
from benchmarks.worlds.telling import Ask, tell
from benchmarks.worlds.truth import closed

Step = Literal["copy", "translation", "independent", "noise", "swap"]


@dataclass(frozen=True)
class Grown:
    """Two worlds that differ in one report, or, after a swap, in two dates."""

    before: World
    after: World
    added: str
    """The report that came, or the one whose date was exchanged with its source's."""
    source: str | None
    """The report that it derives from."""


def grown(seed: int, step: Step) -> Grown | None:
    """Return the world of `seed` before and after `step`; None when it leaves no room for it.

    A copy or a translation raises no count of origins; an independent account raises by one the
    count of each fact that it tells, and tells at least one that was told before; noise changes
    nothing; a swap exchanges the dates of a report and its source.
    """
    making = made(seed)
    before = closed(making)
    added = _STEPS[step](making)
    if added is None:
        return None
    return Grown(before=before, after=closed(making), added=added[0], source=added[1])


Added = tuple[str, str | None]


def _derived(making: Making, operator: Operator) -> Added | None:
    source = making.rng.choice(making.drafts)
    done = operator(making.world, source)
    if done is None:
        return None
    return making.add(done, source, "one more").id, source.id


def _copy(making: Making) -> Added | None:
    return _derived(making, verbatim)


def _translation(making: Making) -> Added | None:
    return _derived(making, translation)


def _independent(making: Making) -> Added | None:
    """Add an account of the first event, when wordings are left for a fact that was told."""
    first = making.draft(min(draft.id for draft in making.drafts))
    told = {piece.fact for piece in first.pieces if piece.kind == "fact"}
    ask = Ask(without=tuple(f.id for f in first.event.schema.fact if f.clause), length=3, quotes=1)
    draft = tell(making.world, first.event, making.world.outlet(), hours=5, ask=ask)
    same = {piece.fact for piece in draft.pieces} & told
    return _added(making, draft) if same - {None} else None


def _noise(making: Making) -> Added | None:
    world = making.world
    if not world.kinds or len(world.towns) < 2:
        return None
    return _added(making, tell(world, world.event(), world.outlet(), hours=3, ask=Ask()))


def _added(making: Making, draft: Draft) -> Added:
    making.drafts.append(draft)
    return draft.id, None


def _swap(making: Making) -> Added | None:
    for edge in making.edges:
        if edge.directed and edge.kind == "copy" and edge.operator != "update":
            one, other = making.draft(edge.source), making.draft(edge.target)
            one.published, other.published = other.published, one.published
            making.swapped |= {one.id, other.id}
            return other.id, one.id
    return None


_STEPS = {
    "copy": _copy,
    "translation": _translation,
    "independent": _independent,
    "noise": _noise,
    "swap": _swap,
}
