"""Accounts of one's own: who tells what of an event, and in which words that nobody else has."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from benchmarks.worlds import tables
from benchmarks.worlds.drafts import Draft, Piece, grouped
from benchmarks.worlds.happening import Event, Manner, happen
from benchmarks.worlds.tables import Language, Outlet

T = TypeVar("T")

WORDINGS = 3
"""Of each fact: as many accounts as one event may have before two of them share a wording."""


@dataclass
class Telling:
    """What is left of the wordings, names and outlets of a world."""

    rng: random.Random
    kinds: list[str] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
    fillers: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    left: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    events: int = 0
    accounts: int = 0

    def __post_init__(self) -> None:
        """Shuffle what there is."""
        names = tables.names()
        self.kinds = _shuffled(self.rng, tables.schemas())
        self.towns = _shuffled(self.rng, names.towns)
        self.people = _shuffled(self.rng, names.families)
        self.outlets = _shuffled(self.rng, tables.outlets())
        self.fillers = _shuffled(self.rng, range(len(tables.frames()["filler"]["fr"])))
        self.titles = _shuffled(self.rng, range(len(tables.frames()["title"]["fr"]))) * 3

    def event(self) -> Event:
        """Return a new event."""
        self.events += 1
        return happen(
            self.rng, f"v{self.events}", kind=self.kinds.pop(), towns=self.towns, people=self.people
        )

    def account(self) -> str:
        """Return the name of a new account."""
        self.accounts += 1
        return f"o{self.accounts}"

    def outlet(self, language: Language | None = None, *, agency: bool = False) -> Outlet:
        """Return an outlet that has not spoken yet; when none is left, one that has.

        Args:
            language: of the outlet; None for either.
            agency: whether it is to be a news agency.
        """
        fitting = [o for o in self.outlets if o.agency == agency and language in (None, o.language)]
        if not fitting:
            every = tables.outlets()
            fitting = [o for o in every if o.agency == agency and language in (None, o.language)]
            return self.rng.choice(fitting)
        self.outlets.remove(fitting[0])
        return fitting[0]

    def take(self, event: Event, what: str, size: int) -> int | None:
        """Return a number below `size` that nobody took for `event` yet, or None."""
        left = self.left.get((event.id, what))
        if left is None:
            left = self.left[event.id, what] = _shuffled(self.rng, range(size))
        return left.pop() if left else None

    def filler(self) -> int | None:
        """Return a filler that no account of this world has."""
        return self.fillers.pop() if self.fillers else None

    def title(self) -> int:
        """Return a headline; it may come again."""
        return self.titles.pop() if self.titles else self.rng.randrange(100)


@dataclass(frozen=True)
class Ask:
    """What an account is to tell."""

    facts: tuple[str, ...] | None = None
    """Ids of facts; None for a choice of its own."""
    without: tuple[str, ...] = ()
    quotes: int | None = None
    length: int | None = None
    """Background sentences and fillers; None for a choice of its own."""


def pieces(world: Telling, event: Event, origin: str, ask: Ask) -> list[Piece]:
    """Return the sentences of one account of `event`: its facts, its quotations, what it adds."""
    rng = world.rng
    wanted = ask.facts if ask.facts is not None else _choice(event, rng)
    told = [
        piece
        for number, fact in enumerate(event.schema.fact)
        if fact.id in wanted and fact.id not in ask.without
        for piece in [_fact(world, event, origin, number)]
        if piece is not None
    ]
    added = [*_quotes(world, event, origin, ask), *_added(world, event, origin, ask)]
    body = told[1:] + added
    rng.shuffle(body)
    return told[:1] + body


def _choice(event: Event, rng: random.Random) -> tuple[str, ...]:
    shares = {"lead": 1.0, "toll": 0.92, "scoop": 0.35, "response": 0.7}
    return tuple(f.id for f in event.schema.fact if rng.random() < shares.get(f.id, 0.8))


def _fact(world: Telling, event: Event, origin: str, number: int) -> Piece | None:
    fact = event.schema.fact[number]
    wording = world.take(event, fact.id, WORDINGS)
    if wording is None:
        return None
    return Piece(
        kind="finding" if fact.clause else "fact",
        event=event,
        origin=origin,
        item=number,
        wording=wording,
        frame=world.take(event, f"{fact.id}.frame", WORDINGS) or 0,
    )


def _quotes(world: Telling, event: Event, origin: str, ask: Ask) -> list[Piece]:
    number = world.rng.choice((0, 1, 1, 2)) if ask.quotes is None else ask.quotes
    found = []
    for _ in range(number):
        item = world.take(event, "quote", len(event.schema.quote))
        if item is not None:
            found.append(quotation(world, event, origin, item))
    return found


def quotation(
    world: Telling, event: Event, origin: str, item: int, *, public: bool = False
) -> Piece:
    """Return a piece around quotation `item` of `event`, in a frame that nobody has for it yet."""
    size = 3 if public else 6
    frame = world.take(event, f"frame.{item}.{public}", size)
    return Piece(
        kind="quote",
        event=event,
        origin=origin,
        item=item,
        wording=world.rng.randrange(2),
        frame=world.rng.randrange(size) if frame is None else frame,
        open=public,
    )


def _added(world: Telling, event: Event, origin: str, ask: Ask) -> list[Piece]:
    rng = world.rng
    length = rng.choice((2, 3, 4, 5, 6, 8, 11)) if ask.length is None else ask.length
    found: list[Piece] = []
    for number in range(length):
        background = number < 2 and world.take(
            event, "background", len(event.schema.background["fr"])
        )
        if background is not None and background is not False:
            found.append(Piece(kind="background", event=event, origin=origin, item=background))
            continue
        filler = world.filler()
        if filler is not None:
            found.append(Piece(kind="filler", event=event, origin=origin, item=filler))
    return found


def tell(world: Telling, event: Event, outlet: Outlet, *, hours: float, ask: Ask) -> Draft:
    """Return an account of its own of `event`, published `hours` after it began."""
    origin = world.account()
    name = f"r{world.accounts}"
    return Draft(
        id=name,
        outlet=outlet,
        language=outlet.language,
        event=event,
        published=event.began + timedelta(hours=hours),
        paragraphs=grouped(pieces(world, event, origin, ask), world.rng),
        title=world.title(),
        manner=manner(world.rng),
        form=name,
    )


def manner(rng: random.Random) -> Manner:
    """Return how an outlet writes its numbers."""
    return Manner(grouped=rng.random() < 0.8, spelled=rng.random() < 0.3)


def _shuffled(rng: random.Random, things: Iterable[T]) -> list[T]:
    found = list(things)
    rng.shuffle(found)
    return found
