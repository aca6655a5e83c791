"""What is true of a world, as it follows from how its reports were made."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

import msgspec

from benchmarks.worlds import tables
from benchmarks.worlds.drafts import Draft, Piece
from benchmarks.worlds.gold import Clash, Contradiction, Edge, Report, Said, World
from benchmarks.worlds.happening import shown
from benchmarks.worlds.making import Making

NEARLY_COPIED = 0.6
"""Share of four-word runs from which a rewrite may as well be called a copy; light edits here keep
.77 and more of them."""


def closed(making: Making) -> World:
    """Return the finished world: its pages, and what follows from how they were made."""
    drafts = list(making.drafts)
    random.Random(making.seed).shuffle(drafts)  # noqa: S311  repeatable, no secret
    ids = {draft.id for draft in drafts}
    edges = tuple(
        _finished(making, edge) for edge in making.edges if {edge.source, edge.target} <= ids
    )
    edges += tuple(_quoted_alike(drafts, edges))
    origins = _origins(drafts)
    return World(
        seed=making.seed,
        recipe=making.recipe,
        reports=tuple(_report(draft) for draft in drafts),
        edges=edges,
        related=tuple(sorted(_related(drafts))),
        origins=origins,
        cited=_cited(drafts),
        facts=_facts(drafts),
        contradictions=tuple(_contradictions(drafts)),
    )


def _finished(making: Making, edge: Edge) -> Edge:
    """Return `edge` with what a reader could know, and the pairs that are as right."""
    one, other = making.draft(edge.source), making.draft(edge.target)
    timed = one.dated and other.dated and not {one.id, other.id} & making.swapped
    timed = timed and (
        "day" not in (one.stamp, other.stamp) or one.published.date() != other.published.date()
    )
    told = other.credit is not None or edge.kind == "cites"
    instead = tuple(_as_right(making.drafts, one, other)) if edge.kind != "cites" else ()
    if edge.kind == "rewrite" and _held(one, other) >= NEARLY_COPIED:
        edge = msgspec.structs.replace(edge, also=("copy",))
    return msgspec.structs.replace(
        edge, knowable=edge.directed and (timed or told), instead=instead
    )


def _as_right(drafts: list[Draft], one: Draft, other: Draft) -> Iterator[tuple[str, str]]:
    """Yield the pairs that nobody could tell from this one, because their texts are the same."""
    for source in drafts:
        for target in drafts:
            alike = source.form == one.form and target.form == other.form
            if alike and source.id != target.id and {source.id, target.id} != {one.id, other.id}:
                yield source.id, target.id


def _held(one: Draft, other: Draft) -> float:
    """Return the share of the shorter report's four-word runs that the other has."""
    runs = []
    for draft in (one, other):
        words = re.findall(r"\w+", " ".join(text for *_, text in draft.sentences()).casefold())
        runs.append({tuple(words[place : place + 4]) for place in range(len(words) - 3)})
    return len(runs[0] & runs[1]) / max(1, min(map(len, runs)))


def _quoted_alike(drafts: list[Draft], edges: tuple[Edge, ...]) -> Iterator[Edge]:
    """Yield an edge for each quotation that accounts of their own share in one language."""
    linked = {frozenset((edge.source, edge.target)) for edge in edges}
    groups: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        for piece in draft.pieces:
            if piece.kind == "quote" and piece.open:
                groups[piece.key, draft.language].append(draft)
    for group in groups.values():
        pairs = [p for p in combinations(group, 2) if not p[0].origins & p[1].origins]
        if pairs and not any(frozenset((a.id, b.id)) in linked for a, b in pairs):
            (one, other), *rest = pairs
            yield Edge(
                one.id,
                other.id,
                "shared-quote",
                directed=False,
                knowable=False,
                operator="shared quote",
                instead=tuple((a.id, b.id) for a, b in rest),
            )


def _origins(drafts: list[Draft]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        for origin in sorted(draft.origins):
            found[origin].append(draft.id)
    return {origin: tuple(ids) for origin, ids in sorted(found.items())}


def _cited(drafts: list[Draft]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        for origin in {piece.origin for piece in draft.pieces} - draft.origins:
            found[origin].append(draft.id)
    return {origin: tuple(ids) for origin, ids in sorted(found.items())}


def _related(drafts: list[Draft]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that share an account, a citation or a quotation."""
    for one, other in combinations(drafts, 2):
        everything = [{p.origin for p in d.pieces} for d in (one, other)]
        quotes = [{p.key for p in d.pieces if p.kind == "quote"} for d in (one, other)]
        if everything[0] & everything[1] or quotes[0] & quotes[1]:
            yield one.id, other.id


def _facts(drafts: list[Draft]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for draft in drafts:
        for piece in draft.pieces:
            if piece.fact and draft.id not in found[piece.fact][piece.origin]:
                found[piece.fact][piece.origin].append(draft.id)
    return {
        fact: {origin: tuple(ids) for origin, ids in sorted(tellers.items())}
        for fact, tellers in sorted(found.items())
    }


def _contradictions(drafts: list[Draft]) -> Iterator[Contradiction]:
    """Yield what cannot be true at once: numbers that differ, and denials."""
    for fact, told in sorted(_told(drafts).items()):
        values = defaultdict(list)
        for draft, piece in told:
            values[piece.instead].append((draft, piece))
        for one, other in combinations(sorted(values, key=str), 2):
            yield from _clashes(fact, values[one], values[other])
        deniers = tuple(draft.id for draft in drafts if _denies(draft, fact))
        if deniers:
            holders = tuple(dict.fromkeys(draft.id for draft, _ in told))
            yield Contradiction(fact, "denial", holders, deniers)


def _denies(draft: Draft, fact: str) -> bool:
    return any(
        piece.kind == "denial" and fact == f"{piece.event.id}:{_name(piece)}"
        for piece in draft.pieces
    )


def _name(piece: Piece) -> str:
    return piece.event.schema.fact[piece.item].id


def _told(drafts: list[Draft]) -> dict[str, list[tuple[Draft, Piece]]]:
    found: dict[str, list[tuple[Draft, Piece]]] = defaultdict(list)
    for draft in drafts:
        for piece in draft.pieces:
            if piece.fact:
                found[piece.fact].append((draft, piece))
    return found


Told = list[tuple[Draft, Piece]]


def _clashes(fact: str, one: Told, other: Told) -> Iterator[Contradiction]:
    """Yield how two values of a fact contradict each other, inside one account and between two."""
    if "error" not in {piece.why for _, piece in (*one, *other)}:
        yield _clash(fact, one, other)
        return
    for origin in sorted({piece.origin for _, piece in one}):
        here, there = ([t for t in side if t[1].origin == origin] for side in (one, other))
        strange = [t for t in other if t[1].origin != origin]
        if here and there:
            yield _clash(fact, here, there)
        if here and strange:
            yield msgspec.structs.replace(
                _clash(fact, here, strange), also=_NUMERIC, required=False
            )


_NUMERIC: tuple[Clash, ...] = ("update", "disagreement", "copying-error")


def _clash(fact: str, one: Told, other: Told) -> Contradiction:
    """Return how two values of a fact contradict each other."""
    reasons = {piece.why for _, piece in (*one, *other)} - {""}
    a, b = (tuple(dict.fromkeys(draft.id for draft, _ in side)) for side in (one, other))
    if len(reasons) > 1:
        return Contradiction(fact, "disagreement", a, b, also=_NUMERIC, required=False)
    if "error" in reasons:
        return Contradiction(fact, "copying-error", a, b)
    if "update" in reasons:
        dated = all(draft.dated for draft, _ in (*one, *other))
        return Contradiction(fact, "update", a, b, also=() if dated else _NUMERIC)
    return Contradiction(fact, "disagreement", a, b)


def _report(draft: Draft) -> Report:
    """Return the page that a draft makes."""
    said = tuple(
        Said(
            text=text,
            origin=piece.origin,
            key=piece.key,
            fact=piece.fact,
            values=tuple(shown(v, draft.language, draft.manner) for _, v in piece.instead),
            paragraph=number,
        )
        for number, piece, text in draft.sentences()
    )
    outlet = draft.outlet
    stock = tuple(tables.furniture()["boilerplate"][draft.language][n] for n in draft.boilerplate)
    return Report(
        id=draft.id,
        outlet=outlet.name,
        publisher=outlet.name,
        family=outlet.family,
        host=outlet.host,
        url=f"https://{outlet.host}/{draft.published:%Y/%m}/{draft.event.kind}-{draft.id}",
        language=draft.language,
        title=draft.title_text(),
        paragraphs=tuple(_paragraphs(draft, said)) + stock,
        published=_stamp(draft.published, draft.stamp) if draft.dated else None,
        byline=draft.byline,
        credit=draft.credit,
        caption=draft.photo,
        stock=outlet.stock,
        said=said,
    )


def _stamp(moment: datetime, manner: str) -> str:
    """Return a time as a page writes it."""
    if manner == "day":
        return moment.date().isoformat()
    if manner == "offset":
        return (moment + timedelta(hours=2)).isoformat(timespec="minutes") + ":00+02:00"
    return moment.isoformat(timespec="minutes") + ":00+00:00"


def _paragraphs(draft: Draft, said: tuple[Said, ...]) -> Iterator[str]:
    numbers = sorted({sentence.paragraph for sentence in said})
    for place, number in enumerate(numbers):
        text = " ".join(s.text for s in said if s.paragraph == number)
        if place == 0 and draft.dateline:
            text = draft.dateline + text
        if place == 1 and draft.residue:
            text = draft.residue + text
        yield text
