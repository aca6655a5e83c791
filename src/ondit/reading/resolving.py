"""Which place a name stands for: all names of one report are weighed together.

Every candidate is described by some forty numbers: what it is, how many live there, whether the
text names the division or the country that it lies in, how many other names of the report have a
bearer near it. A small network, fitted on annotated news (``ondit train places``), turns the
numbers into a probability, twice: the second time it knows what the other names probably stand
for. Part of the probability goes to "none of these".
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from itertools import pairwise
from math import log1p, log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ondit.language.gazetteer import GeoPlace, fold

FILE = Path(__file__).parent / "tagging" / "models" / "places.npz"
"""The shipped model."""

MOST = 80
"""Candidates looked at for one name, the most prominent first; 1 name in 500 of LGL has more."""

EARTH = 6371.0
"""Mean radius in km."""

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]

KINDS = ("PCLI", "PPLC", "ADM1", "ADM2", "PPL", "CONT")

OWN = (
    *KINDS,
    "people:town",
    "people:county",
    "people:division",
    "rank",
    "lead",
    "alone",
    "weak",
    "weak:town",
    "named",
    "typed",
    "mistyped",
    "division:town inside",
    "town:division around",
    "county:town inside",
    "town:county around",
)
"""What a candidate shows by itself and beside the other bearers of its name."""

TOLD = (
    "inside:behind",
    "outside:behind",
    "inside:elsewhere",
    "region told",
    "region told:share",
    "other regions told",
    "county told",
    "country told",
    "country told:share",
    "other countries told",
    "region votes",
    "county votes",
    "country votes",
    "no votes",
    "town:town's word",
    "other:town's word",
    "land:land's word",
    "other:land's word",
)
"""What the text says of where it lies."""

MEANT = (
    "region meant",
    "county meant",
    "country meant",
    "within 30 km",
    "within 120 km",
    "within 500 km",
    "nearest",
    "same name contained",
)
"""How it lies to what the other names probably stand for; known the second time alone."""

NONE = ("always", "many", "people", "country or division", "unsure", "typed", "one word")
"""What a name shows for standing for none of its candidates."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One name as it is asked about; names that show the same are asked about once."""

    name: str
    """Folded."""
    candidates: tuple[GeoPlace, ...]
    types: tuple[str, ...] = ()
    """Feature codes that a word beside the name allows."""
    outer: frozenset[str] = frozenset()
    """Codes of countries and divisions that the text puts the name into: ``US.TX``."""
    settings: frozenset[str] = frozenset()
    """"town" or "land" where a word beside the name goes with those alone."""
    sure: bool = True
    times: int = 1
    hint: bool = False
    """Part of another name, of an organisation's: evidence, not asked about."""


@dataclass(frozen=True)
class Layers:
    """One network: candidates and "none of these" get a score."""

    first: Numbers
    bias: Numbers
    second: Numbers
    plain: Numbers
    none: Numbers

    def scores(self, shown: Numbers) -> Numbers:
        """Return a score for each row of numbers."""
        hidden = np.tanh(shown @ self.first + self.bias)
        found: Numbers = hidden @ self.second + shown @ self.plain
        return found


@dataclass(frozen=True)
class Model:
    """The two networks, and what a record cites of them."""

    before: Layers
    after: Layers
    digest: str = ""


@dataclass(frozen=True)
class Chosen:
    """A name's candidates with their probabilities, the likeliest first."""

    ranked: tuple[tuple[float, GeoPlace], ...]

    @property
    def probability(self) -> float:
        """Return that of the likeliest."""
        return self.ranked[0][0] if self.ranked else 0.0


def resolve(asked: Sequence[Asked], model: Model) -> list[Chosen]:
    """Return what each of `asked` probably stands for, in their order."""
    table = describe(asked)
    if not len(table.owner):
        return [Chosen(()) for _ in asked]
    first = shares(table, model.before, table.told)
    second = shares(table, model.after, np.hstack([table.told, meant(table, first)]))
    return [_ranked(entry, second[rows]) for entry, rows in zip(asked, table.rows, strict=True)]


def _ranked(entry: Asked, probabilities: Numbers) -> Chosen:
    pairs = list(zip(probabilities.tolist(), entry.candidates, strict=False))
    if entry.settings == {"town"}:
        pairs = _to_towns(pairs)
    return Chosen(tuple(sorted(pairs, key=lambda pair: (-pair[0], pair[1].geonames or 0))))


def _to_towns(pairs: list[tuple[float, GeoPlace]]) -> list[tuple[float, GeoPlace]]:
    """Return `pairs` with what divisions have handed to the town inside that bears their name."""
    shared = dict.fromkeys((place for _, place in pairs), 0.0)
    for probability, place in pairs:
        inside = [p for p in shared if _in(p, place.region, 1) or _in(p, place.county, 2)]
        division = place.feature in ("ADM1", "ADM2")
        heir = max(inside, key=lambda p: p.population) if division and inside else place
        shared[heir] += probability
    return [(probability, place) for place, probability in shared.items()]


# -- numbers ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """All candidates of all names of one report, a row each."""

    owner: Rows
    """Which name asked about."""
    name: Rows
    """Which name as a string: one that is asked about in two ways is still one."""
    told: Numbers
    none: Numbers
    """A row a name."""
    rows: list[slice]
    places: Numbers
    """Latitude and longitude in radians; nan where unknown."""
    codes: Rows
    """Country, region and county as numbers; -1 where there is none."""
    contained: NDArray[np.bool_]
    """Whether the text puts this very name into where the candidate lies."""


def describe(asked: Sequence[Asked]) -> Table:
    """Return what the candidates of `asked` show, before anything is decided."""
    kept = [entry.candidates[:MOST] for entry in asked]
    sizes = [len(found) for found in kept]
    ends = np.cumsum([0, *sizes])
    owner = np.repeat(np.arange(len(asked)), sizes)
    strings = {name: number for number, name in enumerate(dict.fromkeys(e.name for e in asked))}
    name = np.array([strings[entry.name] for entry in asked], dtype=np.int64)[owner]
    cards = [_own(e.name, found, e.types) for e, found in zip(asked, kept, strict=True)]
    own = np.vstack([card.own for card in cards]) if cards else np.zeros((0, len(OWN)))
    flat = [place for found in kept for place in found]
    codes = _codes(flat)
    told, contained = _told(asked, flat, owner, name, codes)
    return Table(
        owner=owner,
        name=name,
        told=np.hstack([own, told]),
        none=np.array([_none(e) for e in asked]).reshape(len(asked), len(NONE)),
        rows=[slice(a, b) for a, b in pairwise(ends.tolist())],
        places=np.vstack([card.places for card in cards]) if cards else np.zeros((0, 2)),
        codes=codes,
        contained=contained,
    )


@dataclass(frozen=True)
class _Card:
    own: Numbers
    places: Numbers


@lru_cache(maxsize=4096)
def _own(name: str, candidates: tuple[GeoPlace, ...], types: tuple[str, ...]) -> _Card:
    rows = np.zeros((len(candidates), len(OWN)))
    towns = [p for p in candidates if p.feature in ("PPL", "PPLC")]
    peaks = sorted((_people(p) for p in towns), reverse=True)
    for row, place in zip(rows, candidates, strict=True):
        row[:] = _shown(name, place, candidates, types, peaks)
    radians = [(np.nan, np.nan) if p.lat is None else (p.lat, p.lon) for p in candidates]
    return _Card(rows, np.radians(np.array(radians, dtype=np.float64)).reshape(-1, 2))


def _people(place: GeoPlace) -> float:
    return log10(place.population + 1) / 3


def _shown(
    name: str,
    place: GeoPlace,
    all_of_them: tuple[GeoPlace, ...],
    types: tuple[str, ...],
    peaks: list[float],
) -> list[float]:
    town, people = place.feature in ("PPL", "PPLC"), _people(place)
    rank = sum(peak > people for peak in peaks) if town else 0
    rival = (peaks[1] if rank == 0 and len(peaks) > 1 else peaks[0] if rank else 0.0) if town else 0
    county, division = place.feature == "ADM2", place.feature == "ADM1"
    return [
        *(float(place.feature == kind) for kind in KINDS),
        people * town,
        people * county,
        people * division,
        log1p(rank),
        (people - rival) * town,
        float(len(all_of_them) == 1),
        float(place.weak),
        float(place.weak and town),
        float(fold(place.name) == name),
        float(bool(types) and place.feature in types),
        float(bool(types) and place.feature not in types),
        float(division and any(_in(p, place.region, 1) for p in all_of_them)),
        float(town and any(p.feature == "ADM1" and p.region == place.region for p in all_of_them)),
        float(county and any(_in(p, place.county, 2) for p in all_of_them)),
        float(town and any(_around(p, place) for p in all_of_them)),
    ]


def _in(place: GeoPlace, code: str | None, level: int) -> bool:
    """Return whether `place` is a town inside the division `code`."""
    inside = place.region if level == 1 else place.county
    return place.feature in ("PPL", "PPLC") and code is not None and inside == code


def _around(county: GeoPlace, town: GeoPlace) -> bool:
    return county.feature == "ADM2" and county.county is not None and county.county == town.county


def _codes(places: Sequence[GeoPlace]) -> Rows:
    """Return country, region and county of `places` as numbers that stand for the strings."""
    known: dict[str, int] = {}
    found = [
        [-1 if code is None else known.setdefault(code, len(known)) for code in _lies_in(place)]
        for place in places
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def _lies_in(place: GeoPlace) -> tuple[str | None, str | None, str | None]:
    return place.country, place.region, place.county


def _told(
    asked: Sequence[Asked], flat: Sequence[GeoPlace], owner: Rows, name: Rows, codes: Rows
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return what the text says of where each candidate lies, and whether it says so outright."""
    own_kind = np.array([KINDS.index(p.feature) if p.feature in KINDS else -1 for p in flat])
    strong = np.array([not p.weak for p in flat], dtype=bool)
    times = np.array([entry.times for entry in asked], dtype=np.float64)[owner]
    rows = np.zeros((len(flat), len(TOLD)))
    inside = np.array(
        [bool(asked[o].outer.intersection(_lies_in(p))) for o, p in zip(owner, flat, strict=True)],
        dtype=bool,
    )
    placed = np.array([bool(entry.outer) for entry in asked], dtype=bool)[owner]
    rows[:, 0], rows[:, 1] = inside, placed & ~inside
    rows[:, 2] = _elsewhere(owner, name, codes[:, 1], inside)
    region, regions = _mentions(name, codes[:, 1], (own_kind == 2) & strong, times)
    county, _ = _mentions(name, codes[:, 2], (own_kind == 3) & strong, times)
    country, countries = _mentions(name, codes[:, 0], (own_kind == 0) & strong, times)
    rows[:, 3], rows[:, 4] = np.log1p(region), region / np.maximum(1, regions)
    rows[:, 5] = np.log1p(regions - region)
    rows[:, 6] = np.log1p(county)
    rows[:, 7], rows[:, 8] = np.log1p(country), country / np.maximum(1, countries)
    rows[:, 9] = np.log1p(countries - country)
    names = max(1, len(np.unique(name)) - 1)
    for column, level in ((10, 1), (11, 2), (12, 0)):
        votes, _ = _mentions(name, codes[:, level], strong, np.ones(len(flat)))
        rows[:, column] = votes / names
    rows[:, 13] = names == 1
    rows[:, 14:18] = _settings(asked, own_kind, owner)
    return rows, inside


def _settings(asked: Sequence[Asked], kind: Rows, owner: Rows) -> Numbers:
    """Return whether a word beside the name goes with what each row is, or with something else."""
    town = np.isin(kind, (KINDS.index("PPL"), KINDS.index("PPLC")))
    columns = []
    for of, fits in (("town", town), ("land", ~town)):
        said = np.array([of in entry.settings for entry in asked], dtype=bool)[owner]
        columns += [said & fits, said & ~fits]
    return np.column_stack(columns).astype(np.float64)


def _elsewhere(owner: Rows, name: Rows, codes: Rows, inside: NDArray[np.bool_]) -> Numbers:
    """Return whether the same name, at another place of the text, is put where each row lies."""
    said: dict[tuple[int, int], int] = {}
    rows = list(zip(name.tolist(), codes.tolist(), owner.tolist(), strict=True))
    for row in np.flatnonzero(inside & (codes >= 0)).tolist():
        string, code, asked = rows[row]
        said[string, code] = asked
    return np.array([float(said.get((n, c), asked) != asked) for n, c, asked in rows])


def _mentions(
    name: Rows, codes: Rows, chosen: NDArray[np.bool_], times: Numbers
) -> tuple[Numbers, Numbers]:
    """Return how often other names have a `chosen` bearer of each row's code, and of any code.

    A name counts once for a code, as often as it is mentioned.
    """
    size = int(codes.max(initial=-1)) + 2
    counts = np.zeros((int(name.max(initial=-1)) + 1, size))
    picked = chosen & (codes >= 0)
    counts[name[picked], codes[picked]] = times[picked]
    totals = counts.sum(axis=0)
    mine = np.where(codes >= 0, totals[codes] - counts[name, codes], 0.0)
    per_name = counts.max(axis=1)
    return mine, per_name.sum() - per_name[name]


def _none(entry: Asked) -> list[float]:
    best = max((_people(p) for p in entry.candidates if p.feature in ("PPL", "PPLC")), default=0.0)
    return [
        1.0,
        log1p(len(entry.candidates)),
        best,
        float(any(p.feature in ("PCLI", "ADM1") and not p.weak for p in entry.candidates)),
        float(not entry.sure),
        float(bool(entry.types)),
        float(" " not in entry.name),
    ]


# -- probabilities ---------------------------------------------------------------------------------


def shares(table: Table, layers: Layers, shown: Numbers) -> Numbers:
    """Return the probability of each row among its name's candidates and "none of these"."""
    scores, none = layers.scores(shown), table.none @ layers.none
    count = len(table.none)
    top = np.full(count, -np.inf)
    np.maximum.at(top, table.owner, scores)
    top = np.maximum(top, none)
    raised = np.exp(scores - top[table.owner])
    total = np.bincount(table.owner, raised, count) + np.exp(none - top)
    found: Numbers = raised / total[table.owner]
    return found


def meant(table: Table, probability: Numbers) -> Numbers:
    """Return how each row lies to what the other names probably stand for."""
    once = _one_a_name(table, probability)
    names = max(1, len(np.unique(table.name)) - 1)
    columns = [_agreeing(table.name, table.codes[:, level], once) / names for level in (1, 2, 0)]
    near, nearest = _near(table, once)
    contained = _elsewhere(table.owner, table.name, table.codes[:, 1], table.contained)
    return np.column_stack([*columns, *(near / names).T, nearest, contained])


def _one_a_name(table: Table, probability: Numbers) -> Numbers:
    """Return `probability` so that a name asked about in several ways weighs as one."""
    asked = np.bincount(table.name, 1 / np.bincount(table.owner)[table.owner])
    found: Numbers = probability / np.maximum(1, asked)[table.name]
    return found


def _agreeing(name: Rows, codes: Rows, weight: Numbers) -> Numbers:
    """Return how much probability other names lay on each row's code."""
    size = int(codes.max(initial=-1)) + 2
    mass = np.zeros((int(name.max(initial=-1)) + 1, size))
    np.add.at(mass, (name, codes), weight)
    found: Numbers = np.where(codes >= 0, mass.sum(axis=0)[codes] - mass[name, codes], 0.0)
    return found


_REACHES = np.array([30.0, 120.0, 500.0])
"""Kilometres at which nearness has faded to 1/e: a county, a state, a country."""

_LEAST = 0.2
"""Probability from which a candidate of another name draws what lies near."""


def _near(table: Table, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Return how near the likely places of other names lie: faded by three reaches; the nearest."""
    near, nearest = np.zeros((len(weight), 3)), np.full(len(weight), 2.0)
    towns = ~np.isnan(table.places[:, 0])
    town_like = table.told[:, [1, 3, 4]].any(axis=1)  # PPLC, ADM2, PPL: a state has no one spot
    centres = np.flatnonzero((weight >= _LEAST) & towns & town_like)
    if not len(centres):
        return near, nearest
    km = _distances(table.places, table.places[centres])
    own = table.name[:, None] == table.name[centres][None, :]
    km = np.where(own | np.isnan(km), np.inf, km)
    for column, reach in enumerate(_REACHES):
        near[:, column] = (np.exp(-km / reach) * weight[centres]).sum(axis=1)
    closest = km.min(axis=1)
    nearest = np.where(np.isfinite(closest), np.minimum(2, np.log1p(closest / 20) / 3), 2.0)
    return near, nearest


def _distances(these: Numbers, those: Numbers) -> Numbers:
    """Return the kilometres between points given in radians, a row for each of `these`."""
    (lat, lon), (other_lat, other_lon) = these.T[:, :, None], those.T[:, None, :]
    half = (
        np.sin((other_lat - lat) / 2) ** 2
        + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    )
    found: Numbers = 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


# -- the model's file ------------------------------------------------------------------------------

_PARTS = ("first", "bias", "second", "plain", "none")


def packed(model: Model) -> bytes:
    """Return `model` as the bytes of its file: numbers alone."""
    arrays = {
        f"{stage}.{part}": getattr(layers, part).astype(np.float32)
        for stage, layers in (("before", model.before), ("after", model.after))
        for part in _PARTS
    }
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def unpacked(content: bytes) -> Model:
    """Return the model in the bytes of a file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        stages = {
            stage: Layers(*(file[f"{stage}.{part}"].astype(np.float64) for part in _PARTS))
            for stage in ("before", "after")
        }
    return Model(**stages, digest=sha256(content).hexdigest())


@cache
def load() -> Model:
    """Return the model that comes with ondit."""
    return unpacked(FILE.read_bytes())


def outer_codes(places: Iterable[GeoPlace]) -> frozenset[str]:
    """Return the codes of the countries and divisions among `places`."""
    found = set()
    for place in places:
        code = {"PCLI": place.country, "ADM1": place.region, "ADM2": place.county}
        found.add(code.get(place.feature))
    return frozenset(code for code in found if code)
