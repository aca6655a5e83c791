"""Worlds by seed: which events, which accounts, who derives from whom, what is true of it all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from benchmarks.worlds import tables
from benchmarks.worlds.drafts import Draft, Piece, grouped
from benchmarks.worlds.gold import Edge, World
from benchmarks.worlds.happening import Event
from benchmarks.worlds.making import Making
from benchmarks.worlds.operators import (
    OPERATORS,
    before,
    light,
    risen,
    shortened,
    verbatim,
)
from benchmarks.worlds.telling import Ask, Telling, pieces, quotation, tell
from benchmarks.worlds.truth import closed

MOST = 15
"""Reports of a world."""


def worlds(count: int, *, seed: int = 0) -> Iterator[World]:
    """Yield `count` worlds; the same for the same seed."""
    for number in range(count):
        yield world(seed * 100_000 + number)


def world(seed: int) -> World:
    """Return the world of `seed`: every second one holds independent accounts alone."""
    return closed(made(seed))


def made(seed: int) -> Making:
    """Return the world of `seed` as it was made, for those who want to go on."""
    rng = random.Random(f"world {seed}")  # noqa: S311  repeatable, no secret
    recipe = ("independent", "copied", "independent", "mixed")[seed % 4]
    making = Making(rng=rng, world=Telling(rng), seed=seed, recipe=recipe)
    _RECIPES[recipe](making)
    _noise(making, rng.choice((0, 0, 1, 2)))
    while len(making.drafts) < 3:
        _noise(making, 1)
    making.drafts = making.drafts[:MOST]
    _dress(making)
    return making


def _independent(making: Making) -> None:
    event = making.world.event()
    told = _accounts(making, event, making.rng.choice((2, 2, 3)))
    if making.rng.random() < 0.4:
        _shared_quotation(making, told[:2])
    _diverge(making, told)


def _copied(making: Making) -> None:
    event = making.world.event()
    if making.rng.random() < 0.25:
        _uncaptured(making, event)
    else:
        _accounts(making, event, making.rng.choice((1, 1, 2)), agencies=0.55)
    _derive(making, making.rng.randint(2, 6))


def _mixed(making: Making) -> None:
    told = _accounts(making, making.world.event(), making.rng.choice((2, 2, 3)))
    if making.rng.random() < 0.4:
        _shared_quotation(making, told[:2])
    _diverge(making, told)
    if making.rng.random() < 0.4:
        _accounts(making, making.world.event(), making.rng.choice((1, 2)))
    if making.rng.random() < 0.3:
        _uncaptured(making, making.world.event())
    if making.rng.random() < 0.3:
        _release(making, making.world.event())
    _derive(making, making.rng.randint(2, 5))


_RECIPES = {"independent": _independent, "copied": _copied, "mixed": _mixed}


def _accounts(making: Making, event: Event, number: int, *, agencies: float = 0.35) -> list[Draft]:
    """Add `number` independent accounts of `event`; one of them may be an agency's."""
    rng = making.rng
    found: list[Draft] = []
    for _ in range(number):
        outlet = making.world.outlet(agency=not found and rng.random() < agencies)
        hours = rng.uniform(1, 9)
        found.append(tell(making.world, event, outlet, hours=hours, ask=Ask()))
    making.drafts += found
    return found


def _noise(making: Making, number: int) -> None:
    for _ in range(number):
        if making.world.kinds and len(making.world.towns) > 1:
            _accounts(making, making.world.event(), 1)


def _derive(making: Making, number: int) -> None:
    """Add `number` derived reports; half of them, where there are some, from derived ones."""
    rng, names = making.rng, list(OPERATORS)
    weights = [weight for _, weight in OPERATORS.values()]
    tries = 0
    while number and tries < 60 and len(making.drafts) < MOST - 1:
        tries += 1
        derived = [draft for draft in making.drafts if draft.parent]
        source = rng.choice(derived if derived and rng.random() < 0.4 else making.drafts)
        name = rng.choices(names, weights)[0]
        if source.outlet.agency and rng.random() < 0.6:
            name = rng.choice(("wire credited", "wire credited", "wire uncredited"))
        if name == "update" and source.parent:
            continue
        done = OPERATORS[name][0](making.world, source)
        if done is not None:
            making.add(done, source, name)
            number -= 1


def _uncaptured(making: Making, event: Event) -> None:
    """Add two reprints of an agency text that is not in the case."""
    rng, world = making.rng, making.world
    wire = tell(world, event, world.outlet(), hours=rng.uniform(1, 6), ask=Ask())
    agency = rng.choice(tables.furniture()["agencies"][wire.language])
    both = rng.random() < 0.6
    drafts = []
    for number in range(2):
        work = verbatim if number == 0 else rng.choice((verbatim, light, shortened))
        draft = (work(world, wire) or verbatim(world, wire)).draft
        draft.parent = None
        if both or number:
            draft.credit = rng.choice(tables.furniture()["credit"][draft.language]).format(
                agency=agency
            )
        drafts.append(draft)
    making.drafts += drafts
    one, other = drafts
    making.edges.append(
        Edge(
            one.id,
            other.id,
            "copy",
            also=("partial",),
            directed=False,
            knowable=False,
            operator="wire uncaptured",
        )
    )


def _release(making: Making, event: Event) -> None:
    """Add two accounts that both print a passage of an official statement, as if it were theirs."""
    rng, world = making.rng, making.world
    office, order = world.account(), list(event.schema.fact)
    wanted = Ask(facts=tuple(fact.id for fact in order if not fact.clause), length=2, quotes=0)
    passage = pieces(world, event, office, wanted)[:5]
    told: list[Draft] = []
    for _ in range(2):
        language = told[0].language if told else None
        ask = Ask(facts=("lead",), length=4, quotes=1)
        told.append(tell(world, event, world.outlet(language), hours=rng.uniform(1, 9), ask=ask))
        place = rng.randint(1, len(told[-1].paragraphs))
        told[-1].paragraphs[place:place] = grouped(passage, rng)
    making.drafts += told
    making.edges.append(
        Edge(
            told[0].id,
            told[1].id,
            "partial",
            also=("copy",),
            directed=False,
            knowable=False,
            operator="press release",
        )
    )


def _shared_quotation(making: Making, told: list[Draft]) -> None:
    """Let two independent accounts quote what was said where all could hear."""
    event = told[0].event
    item = making.world.take(event, "quote", len(event.schema.quote))
    if item is None:
        return
    for draft in told:
        origin = draft.pieces[0].origin
        piece = quotation(making.world, event, origin, item, public=True)
        if draft.language != told[0].language:
            continue
        draft.paragraphs.insert(making.rng.randint(1, len(draft.paragraphs)), [piece])


def _diverge(making: Making, told: list[Draft]) -> None:
    """Let independent accounts cite, deny, update or contradict each other."""
    rng = making.rng
    for happens, chance in ((_cite, 0.3), (_deny, 0.2), (_rise, 0.3), (_disagree, 0.3)):
        if rng.random() < chance:
            happens(making, told)


def _cite(making: Making, told: list[Draft]) -> None:
    """Let one account repeat the finding of another and say whose it is."""
    first, second, *_ = told
    found = [piece for piece in first.pieces if piece.kind == "finding"]
    if any(piece.kind == "finding" for piece in second.pieces):
        return
    if not found:
        _cite_unseen(making, told)
        return
    world, piece = making.world, found[0]
    fact = piece.event.schema.fact[piece.item]
    wording = world.take(piece.event, fact.id, 3)
    if wording is None:
        return
    said = replace(piece, kind="citing", wording=wording, cited=first.outlet.name)
    said = replace(said, frame=world.rng.randrange(4))
    second.paragraphs.insert(1, [said])
    second.published = max(second.published, first.published + timedelta(hours=1))
    making.edges.append(Edge(first.id, second.id, "cites", operator="cites"))


def _cite_unseen(making: Making, told: list[Draft]) -> None:
    """Let two accounts repeat the finding of an outlet that is not in the case."""
    event, world = told[0].event, making.world
    number = next(n for n, fact in enumerate(event.schema.fact) if fact.clause)
    if any(piece.item == number and piece.fact for draft in told for piece in draft.pieces):
        return
    names = tables.furniture()["unseen"][told[0].language]
    name = world.rng.choice(names)
    for place, draft in enumerate(told[:2]):
        piece = Piece(
            kind="citing",
            event=event,
            origin=f"unseen {name}",
            item=number,
            wording=world.take(event, event.schema.fact[number].id, 3) or 0,
            frame=2 * place + world.rng.randrange(2),
            cited=name,
        )
        draft.paragraphs.insert(1, [piece])


def _deny(_: Making, told: list[Draft]) -> None:
    """Let one account carry a denial of what another found out."""
    for teller in told:
        for piece in teller.pieces:
            others = [draft for draft in told if draft is not teller and not _finds(draft)]
            if piece.kind == "finding" and others:
                draft = others[0]
                origin = draft.pieces[0].origin
                draft.paragraphs.append([replace(piece, kind="denial", origin=origin)])
                draft.published = max(draft.published, teller.published + timedelta(hours=2))
                return


def _finds(draft: Draft) -> bool:
    return any(piece.kind in ("finding", "citing") for piece in draft.pieces)


def _rise(making: Making, told: list[Draft]) -> None:
    """Let a later account give a higher count."""
    draft = told[-1]
    for paragraph in draft.paragraphs:
        for place, piece in enumerate(paragraph):
            slot = piece.slot
            if not slot or not piece.event.schema.fact[piece.item].rising:
                continue
            near = _nearer(making.rng, piece, told[0])
            paragraph[place] = risen(near, slot, making.rng)
            if making.rng.random() < 0.5:
                paragraph.insert(place + 1, before(paragraph[place], slot))
            last = max(other.published for other in told)
            draft.published = last + timedelta(hours=making.rng.uniform(6, 20))
            return


def _nearer(rng: random.Random, piece: Piece, first: Draft) -> Piece:
    """Return `piece` half the time in much the words that the first account has for the fact.

    "Twelve people were hurt" is how anybody would put it.
    """
    for other in first.pieces:
        if other.fact == piece.fact and other is not piece and rng.random() < 0.5:
            return replace(piece, wording=other.wording, reworded=(rng.randrange(10**9), 0.6))
    return piece


def _disagree(making: Making, told: list[Draft]) -> None:
    """Let one account give another number for what does not change."""
    draft, rng = told[1], making.rng
    for paragraph in draft.paragraphs:
        for place, piece in enumerate(paragraph):
            slot = piece.slot
            value = piece.event.value(slot) if slot else None
            rising = slot and piece.event.schema.fact[piece.item].rising
            if rising or not isinstance(value, int):
                continue
            other = value + rng.choice((-1, 1)) * max(1, round(value * rng.uniform(0.08, 0.3)))
            instead = ((slot or "", other),)
            near = _nearer(rng, piece, told[0])
            paragraph[place] = replace(near, instead=instead, why="disagreement")
            return


def _dress(making: Making) -> None:
    """Give every page its byline, credit, caption, boilerplate; lose or swap some dates."""
    rng, furniture = making.rng, tables.furniture()
    shared = rng.sample(range(len(furniture["boilerplate"]["fr"])), 2) if rng.random() < 0.4 else []
    for draft in making.drafts:
        draft.dated = rng.random() > 0.12
        draft.stamp = rng.choice(("utc", "utc", "utc", "utc", "offset", "day"))
        if rng.random() < 0.6:
            draft.byline = _line(rng, draft, "byline")
        if rng.random() < 0.2:
            draft.photo = _line(rng, draft, "photo")
        if rng.random() < 0.25:
            draft.dateline = _line(rng, draft, "dateline")
        draft.boilerplate = shared if rng.random() < 0.7 else []
    for edge in making.edges:
        one, other = making.draft(edge.source), making.draft(edge.target)
        if edge.kind != "cites" and rng.random() < 0.07 and "update" not in _reasons(one, other):
            one.published, other.published = other.published, one.published
            making.swapped |= {one.id, other.id}


def _reasons(*drafts: Draft) -> set[str]:
    return {piece.why for draft in drafts for piece in draft.pieces}


def _line(rng: random.Random, draft: Draft, name: str) -> str:
    names, event = tables.names(), draft.event
    template = rng.choice(tables.furniture()[name][draft.language])
    agency = draft.outlet.name if name == "dateline" else rng.choice(("AFP", "Reuters", "AP"))
    person = f"{rng.choice(names.men + names.women)} {rng.choice(names.families)}"
    return template.replace("{TOWN}", event.town.upper()).format(
        agency=agency, name=person, town=event.town, day=_day(event, draft.language)
    )


def _day(event: Event, language: tables.Language) -> str:
    names = tables.names()
    return (names.days_fr if language == "fr" else names.days_en)[event.began.weekday()]
