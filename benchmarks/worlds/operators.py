"""What newsrooms do with each other's reports: copy, edit, cut, embed, rewrite, translate, update.

Each operator takes the report to derive from and returns the new report with the edge between them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from benchmarks.worlds import tables
from benchmarks.worlds.drafts import Draft, Piece, again, grouped
from benchmarks.worlds.gold import Kind
from benchmarks.worlds.happening import Event, Value, filled, weekday
from benchmarks.worlds.tables import Language
from benchmarks.worlds.telling import Ask, Telling, manner, pieces, tell


@dataclass(frozen=True)
class Derived:
    """A new report and how it came about."""

    draft: Draft
    kind: Kind
    also: tuple[Kind, ...] = ()


Operator = Callable[[Telling, Draft], Derived | None]
"""None when the operator finds nothing to work on."""


def _next(world: Telling, source: Draft, language: Language | None = None) -> Draft:
    """Return a report of another outlet with the sentences of `source`, to be worked on."""
    world.accounts += 1
    hours = world.rng.choice((0.2, 0.7, 2, 5, 11, 26)) * world.rng.uniform(0.7, 1.3)
    return again(
        source,
        id=f"r{world.accounts}",
        outlet=world.outlet(language or source.language),
        language=language or source.language,
        published=source.published + timedelta(hours=hours),
        title=world.title(),
    )


def verbatim(world: Telling, source: Draft) -> Derived:
    """Return the same words under another headline, set in other paragraphs."""
    draft = _next(world, source)
    if world.rng.random() < 0.5:
        draft.paragraphs = grouped(draft.pieces, world.rng)
    return Derived(draft, "copy")


def light(world: Telling, source: Draft) -> Derived:
    """Return a copy with a few words replaced, at most one sentence gone, other typography."""
    draft, rng = _next(world, source), world.rng
    kept = draft.pieces
    if len(kept) > 7 and rng.random() < 0.5:
        kept.pop(rng.randrange(1, len(kept)))
    draft.paragraphs = grouped([_touched(piece, rng, 0.12) for piece in kept], rng)
    draft.straight = rng.random() < 0.5
    draft.form = source.form
    return Derived(draft, "copy")


def _touched(piece: Piece, rng: random.Random, strength: float) -> Piece:
    if piece.reworded is not None:
        return piece
    return replace(piece, reworded=(rng.randrange(10**9), strength))


def shortened(world: Telling, source: Draft) -> Derived | None:
    """Return the beginning of the source, or what an editor in want of space left of it."""
    draft, rng = _next(world, source), world.rng
    whole = draft.pieces
    if len(whole) < 8:
        return None
    size = max(4, round(len(whole) * rng.uniform(0.4, 0.65)))
    chosen = range(size) if rng.random() < 0.5 else sorted(rng.sample(range(len(whole)), size))
    draft.paragraphs = grouped([whole[number] for number in chosen], rng)
    draft.form = draft.id
    return Derived(draft, "partial", also=("copy",))


def embedded(world: Telling, source: Draft) -> Derived | None:
    """Return a report on another event with a passage of the source set into it."""
    rng = world.rng
    if len(source.pieces) < 7 or not world.kinds:
        return None
    base = _next(world, source)
    host = tell(world, world.event(), base.outlet, hours=0, ask=Ask(length=5, quotes=1))
    passage = _passage(source, rng, share=0.5)
    cut = rng.randrange(1, len(host.paragraphs) + 1)
    host.paragraphs[cut:cut] = grouped(passage, rng)
    host.published, host.parent = base.published, source.id
    host.translated = source.translated
    return Derived(host, "partial", also=("copy",))


def _passage(source: Draft, rng: random.Random, *, share: float) -> list[Piece]:
    """Return neighbouring sentences of the source: `share` of them, four at least."""
    whole = source.pieces
    size = max(4, round(len(whole) * share))
    first = rng.randrange(max(1, len(whole) - size + 1))
    return whole[first : first + size]


def partial(world: Telling, source: Draft) -> Derived | None:
    """Return a report on the same event, partly its own, partly a passage of the source."""
    rng = world.rng
    if len(source.pieces) < 7:
        return None
    draft = _next(world, source)
    passage = _passage(source, rng, share=0.45)
    told = {piece.event.schema.fact[piece.item].id for piece in passage if piece.fact}
    origin = world.account()
    own = pieces(world, source.event, origin, Ask(without=tuple(told), length=4, quotes=1))
    if len(own) < 4:
        return None
    cut = rng.choice((0, len(own), len(own) // 2))
    draft.paragraphs = grouped([*own[:cut], *passage, *own[cut:]], rng)
    draft.form = draft.id
    return Derived(draft, "partial", also=("copy",))


def rewrite(world: Telling, source: Draft) -> Derived:
    """Return the source in other words: phrases replaced, sentences turned, joined and moved."""
    draft, rng = _next(world, source), world.rng
    strength = rng.uniform(0.45, 1)
    told = _joined(_moved(_retold(world, source, strength), rng), rng)
    draft.paragraphs = grouped(told, rng)
    draft.form, draft.manner = draft.id, manner(rng)
    return Derived(draft, "rewrite")


def _retold(world: Telling, source: Draft, strength: float) -> list[Piece]:
    """Return most sentences of the source, reworded; the stronger, the more of them wholly."""
    rng = world.rng
    found: list[Piece] = []
    for piece in source.pieces:
        if found and rng.random() < (0.3 if piece.kind == "background" else 0.1):
            continue
        changed = replace(
            piece, reworded=(rng.randrange(10**9), strength), retold=rng.random() < 0.6
        )
        if rng.random() < strength - 0.15:
            changed = _otherwise(world, changed)
        found.append(changed)
    return found


def _otherwise(world: Telling, piece: Piece) -> Piece:
    """Return `piece` in a wording of its own, where there is one that nobody has."""
    if piece.kind in ("fact", "finding"):
        wording = world.take(piece.event, piece.event.schema.fact[piece.item].id, 3)
        return piece if wording is None else replace(piece, wording=wording)
    if piece.kind == "quote":
        return replace(
            piece, wording=piece.wording + 1, frame=piece.frame + world.rng.randint(1, 2)
        )
    return replace(piece, wording=piece.wording + 1) if piece.kind == "filler" else piece


def _moved(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """Return `pieces`, some of them behind their neighbours."""
    for place in range(1, len(pieces) - 1):
        if rng.random() < 0.25:
            pieces[place], pieces[place + 1] = pieces[place + 1], pieces[place]
    return pieces


def _joined(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """Return `pieces`, some of them made one sentence with the next; quotations stand alone."""
    for place in range(len(pieces) - 1):
        one, other = pieces[place], pieces[place + 1]
        plain = {one.kind, other.kind} <= {"fact", "background", "filler"}
        if plain and not one.small and one.join is None and rng.random() < 0.2:
            pieces[place] = replace(one, join=rng.randrange(3))
            pieces[place + 1] = replace(other, small=True, join=None)
    return pieces


def translation(world: Telling, source: Draft) -> Derived | None:
    """Return the source in the other language, with or without what careless translators leave.

    A text is not translated back: that would give its very words again.
    """
    rng = world.rng
    if source.translated:
        return None
    other: Language = "en" if source.language == "fr" else "fr"
    draft = _next(world, source, other)
    kept = [piece for n, piece in enumerate(draft.pieces) if n < 5 or rng.random() > 0.08]
    draft.paragraphs = grouped([_translated(piece, rng) for piece in kept], rng)
    draft.translated = True
    draft.manner = replace(source.manner, foreign_units=rng.random() < 0.5)
    draft.form, draft.straight = draft.id, False
    if rng.random() < 0.25:
        draft.residue = _residue(source.event, source.language, rng)
    return Derived(draft, "translation")


def _translated(piece: Piece, rng: random.Random) -> Piece:
    """Return `piece` in words that another translator would not have chosen throughout."""
    wording = piece.wording + (piece.kind == "filler" and rng.random() < 0.2)
    return replace(piece, reworded=(rng.randrange(10**9), 0.3), wording=wording)


def _residue(event: Event, language: Language, rng: random.Random) -> str:
    """Return words that a translator forgot to translate."""
    if rng.random() < 0.5:
        return f"{event.town}, {weekday(event, language)}. "
    who = rng.choice(event.schema.quote)
    speaker = (who.who_fr if language == "fr" else who.who_en)[0]
    return f"({filled(speaker, event, language, manner=manner(rng))}) "


def credited(world: Telling, source: Draft) -> Derived | None:
    """Return an agency text as a subscriber prints it, with the credit that it owes."""
    if not source.outlet.agency:
        return None
    done = world.rng.choice((verbatim, light, shortened, rewrite))(world, source)
    if done is None:
        return None
    lines = tables.furniture()["credit"][done.draft.language]
    done.draft.credit = world.rng.choice(lines).format(agency=source.outlet.name)
    return done


def uncredited(world: Telling, source: Draft) -> Derived | None:
    """Return an agency text as a subscriber prints it, without a credit."""
    if not source.outlet.agency:
        return None
    return world.rng.choice((verbatim, light, shortened))(world, source)


def revised(world: Telling, source: Draft) -> Derived | None:
    """Return a later edition of the source by its own outlet, with a count that has risen."""
    for number, piece in enumerate(source.pieces):
        slot = piece.slot
        if slot and piece.event.schema.fact[piece.item].rising and not piece.instead:
            return _edition(world, source, number, slot)
    return None


def _edition(world: Telling, source: Draft, number: int, slot: str) -> Derived:
    draft, rng = _next(world, source), world.rng
    draft.outlet = source.outlet
    draft.published = source.published + timedelta(hours=rng.uniform(5, 30))
    told = draft.pieces
    told[number] = risen(told[number], slot, rng)
    if rng.random() < 0.6:
        told.insert(number + 1, before(told[number], slot))
    draft.paragraphs = grouped(told, rng)
    draft.form = draft.id
    return Derived(draft, "copy")


def risen(piece: Piece, slot: str, rng: random.Random) -> Piece:
    """Return `piece` with a count that a later report has."""
    old = piece.event.value(slot)
    number = old if isinstance(old, int) else 0
    more = number + rng.randint(1, max(2, number // 3))
    return replace(piece, instead=((slot, more),), why="update")


def before(piece: Piece, slot: str) -> Piece:
    """Return the sentence that names the count of before."""
    old: tuple[tuple[str, Value], ...] = ((slot, piece.event.value(slot)),)
    return replace(piece, kind="old", instead=old, why="", frame=len(piece.event.town))


_WORKS: tuple[Operator, ...] = (verbatim, light, rewrite, translation)


def mistaken(world: Telling, source: Draft) -> Derived | None:
    """Return a copy, rewrite or translation that got a number wrong."""
    done = world.rng.choice(_WORKS)(world, source)
    if done is None:
        return None
    draft, rng = done.draft, world.rng
    whole = draft.pieces
    for number, piece in enumerate(whole):
        wrong = miscopied(piece, rng)
        if wrong is not None:
            whole[number] = replace(piece, instead=((piece.slot or "", wrong),), why="error")
            draft.paragraphs = grouped(whole, rng)
            draft.form = draft.id
            return done
    return None


def miscopied(piece: Piece, rng: random.Random) -> int | None:
    """Return the number of `piece` as a hurried copyist gets it; None where it has none to spoil.

    A count that rises is only spoiled downwards: upwards nobody could tell it from an update.
    """
    value = piece.event.value(piece.slot) if piece.slot and not piece.instead else None
    if not isinstance(value, int):
        return None
    wrong = _misread(value, rng)
    rising = piece.event.schema.fact[piece.item].rising
    return None if wrong == value or (rising and wrong > value) else wrong


def _misread(value: int, rng: random.Random) -> int:
    """Return a number with two digits swapped, or its last digit wrong."""
    digits = list(str(value))
    place = rng.randrange(len(digits) - 1)
    if digits[place] != digits[place + 1] and digits[place + 1] != "0":
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    else:
        digits[-1] = str((int(digits[-1]) + rng.randint(3, 7)) % 10)
    return int("".join(digits))


OPERATORS: dict[str, tuple[Operator, float]] = {
    "verbatim": (verbatim, 2.0),
    "light": (light, 2.0),
    "cut": (shortened, 1.5),
    "embed": (embedded, 1.0),
    "partial": (partial, 1.0),
    "rewrite": (rewrite, 2.0),
    "translation": (translation, 2.5),
    "wire credited": (credited, 2.0),
    "wire uncredited": (uncredited, 1.0),
    "update": (revised, 0.7),
    "copying error": (mistaken, 0.8),
}
"""Operators by name, with how often they are drawn."""
