"""Places beyond the scorer: what the gazetteer holds, how much of that is right, when to abstain.

The scorer of places counts what is found. The gazetteer is the cap on that: here every name as
annotators marked it is looked up, and what is right is counted among the names it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from ondit.language.lexicon import load_pack
from ondit.model import Place, Record
from ondit.reading.places import bearers, grammar

NEAR = 161.0
"""Kilometres, a hundred miles: the reach that work on toponyms counts as right."""

FROM = (50, 70, 90)
"""Probabilities, in percent, from which a place is named, for the curve of abstention."""


@dataclass(frozen=True)
class Judged:
    """One annotated place: whether the gazetteer holds it, and what was made of it."""

    held: bool
    found: bool
    by_id: bool = False
    near: bool = False
    probability: float = 0.0
    """Of the place that was named; 1 for one of the pack's own list, 0 for none."""


def scores(rows: Iterable[dict[str, Any]], records: Iterable[Record]) -> dict[str, float]:
    """Return shares in percent of the annotated places of `rows` that have coordinates."""
    judged = [j for row, record in zip(rows, records, strict=True) for j in _judged(row, record)]
    found = [j for j in judged if j.found]
    held = [j for j in found if j.held]
    shares = {
        "contained": _share(j.held for j in judged),
        "contained.id_accuracy": _share(j.by_id for j in held),
        "contained.acc_161km": _share(j.near for j in held),
    }
    for least in FROM:
        named = [j for j in found if 100 * j.probability >= least]
        shares[f"named_from_{least}"] = _share(100 * j.probability >= least for j in found)
        shares[f"right_from_{least}"] = _share(j.near for j in named)
    return shares


def _share(found: Iterable[bool]) -> float:
    listed = list(found)
    return round(100 * sum(listed) / max(1, len(listed)), 1)


def _judged(row: dict[str, Any], record: Record) -> Iterator[Judged]:
    golds = [g for g in row["toponyms"] if g.get("lat") is not None]
    pairs = _pairs(golds, record.places)
    for index, gold in enumerate(golds):
        held = any(_is(b, gold) for b in bearers(gold["text"], grammar(load_pack(row["lang"]))))
        place = pairs.get(index)
        if place is None:
            yield Judged(held=held, found=False)
        else:
            yield Judged(
                held=held,
                found=True,
                by_id=str(place.geonames) == str(gold.get("geonameid")),
                near=_km(place, gold) <= NEAR,
                probability=_probability(place),
            )


def _is(bearer: Any, gold: dict[str, Any]) -> bool:
    """Return whether `bearer` is what was annotated: the same id, else within reach."""
    if gold.get("geonameid"):
        return str(bearer.geonames) == str(gold["geonameid"])
    return _km(bearer, gold) <= NEAR


def _probability(place: Place) -> float:
    if place.lat is None:
        return 0.0
    return float(place.candidates[0]["probability"]) if place.candidates else 1.0


def _pairs(golds: list[dict[str, Any]], places: Iterable[Place]) -> dict[int, Place]:
    """Return one place for each annotated one that any overlaps: equal spans first."""
    left = list(places)
    pairs: dict[int, Place] = {}
    for whole in (True, False):
        for index, gold in enumerate(golds):
            best = max(left, key=lambda place: _overlap(place, gold), default=None)
            if index in pairs or best is None or _overlap(best, gold) <= 0:
                continue
            if not whole or (best.span.start, best.span.end) == (gold["start"], gold["end"]):
                pairs[index] = best
                left.remove(best)
    return pairs


def _overlap(place: Place, gold: dict[str, Any]) -> int:
    return int(min(place.span.end, gold["end"]) - max(place.span.start, gold["start"]))


def _km(place: Any, gold: dict[str, Any]) -> float:
    if place.lat is None:
        return float("inf")
    a, b, c, d = map(radians, (place.lat, place.lon, gold["lat"], gold["lon"]))
    return 2 * 6371 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))
