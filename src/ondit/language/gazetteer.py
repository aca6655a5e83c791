"""The gazetteer: countries, their divisions of two levels, continents and towns, offline.

One compressed file, made by ``scripts/build_gazetteer.py`` from GeoNames data (CC BY 4.0; see
``data/NOTICE``). It is unpacked once, when first asked, and searched where it lies: a name costs
one binary search, and nothing is parsed that nobody asked for.
"""

from __future__ import annotations

import gzip
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "gazetteer.tsv.gz"

# Between the table of places and the table of names.
BORDER = b"\n\n"


@dataclass(frozen=True, slots=True)
class GeoPlace:
    """One place of the gazetteer."""

    geonames: int | None
    name: str
    country: str | None
    """ISO 3166-1 code of two letters."""
    region: str | None
    """First-level division: country and GeoNames code, ``US.OH``."""
    county: str | None
    """Second-level division in the same way: ``US.OH.049``."""
    lat: float | None
    lon: float | None
    population: int
    feature: str
    """GeoNames feature code: PCLI country, ADM1 and ADM2 divisions, PPLC capital, PPL other town,
    CONT continent."""
    weak: bool = False
    """Found by one of its lesser names, which may be another place's own."""


def fold(name: str) -> str:
    """Return `name` as names are compared: lower case, no accents, spaces for marks."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("’", "'").replace("ß", "ss"))
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(_SPELLED_OUT.get(word, word) for word in kept.split())


_SPELLED_OUT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
"""Words of names that papers and GeoNames abbreviate or spell out as they please."""


def country_key(code: str) -> str:
    """Return the name under which the country of ISO 3166-1 code `code` is indexed."""
    return f"iso 3166 {code}"


def division_key(code: str) -> str:
    """Return the name under which the first-level division `code` (``US.OH``) is indexed."""
    return f"adm1 {code}"


class Gazetteer:
    """The two tables of one gazetteer file: places, and behind them names in order."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._names = content.index(BORDER) + len(BORDER)

    def find(self, name: str) -> tuple[GeoPlace, ...]:
        """Return the places that bear `name`: counties behind the rest, the most populous first."""
        row = self._row(fold(name).encode())
        found = [self._place(entry) for entry in row.split(b",")] if row else []
        return tuple(sorted(found, key=_prominence))

    def country(self, code: str) -> GeoPlace | None:
        """Return the country of ISO 3166-1 code `code`."""
        return next(iter(self.find(country_key(code))), None)

    def division(self, code: str) -> GeoPlace | None:
        """Return the first-level division of GeoNames code `code`: ``US.OH``."""
        return next(iter(self.find(division_key(code))), None)

    def _row(self, key: bytes) -> bytes | None:
        """Return what stands behind `key` in the sorted table of names."""
        table = self._content
        low, high = self._names, len(table)
        while low < high:
            middle = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = table.find(b"\n", middle)
            found, _, rest = table[middle:end].partition(b"\t")
            if found == key:
                return rest
            low, high = (end + 1, high) if found < key else (low, middle)
        return None

    def _place(self, entry: bytes) -> GeoPlace:
        weak = entry.endswith(b"~")
        start = int(entry.rstrip(b"~"), 36)
        place = _read(self._content[start : self._content.find(b"\n", start)])
        return replace(place, weak=True) if weak else place


def _prominence(place: GeoPlace) -> tuple[bool, bool, int, int]:
    return place.weak, place.feature == "ADM2", -place.population, place.geonames or 0


@lru_cache(maxsize=4096)
def _read(line: bytes) -> GeoPlace:
    cells = line.decode().split("\t")
    number, name, country, region, county, lat, lon, population, feature = cells
    return GeoPlace(
        geonames=int(number) if number else None,
        name=name,
        country=country or None,
        region=f"{country}.{region}" if region else None,
        county=f"{country}.{region}.{county}" if county else None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population),
        feature=feature,
    )


def pack_tables(places: list[GeoPlace], names: dict[str, dict[int, bool]]) -> bytes:
    """Return the content of a gazetteer file.

    Args:
        places: all places.
        names: folded name to the positions in `places` of those that bear it, each with whether
            it is one of their lesser names.
    """
    lines, starts, position = [], [], 0
    for place in places:
        line = "\t".join(
            "" if cell is None else str(cell)
            for cell in (
                place.geonames, place.name, place.country,
                *_tails(place),
                place.lat, place.lon, place.population, place.feature,
            )
        ).encode()  # fmt: skip
        lines.append(line)
        starts.append(position)
        position += len(line) + 1
    rows = [
        key.encode() + b"\t" + b",".join(_reference(starts[n], w) for n, w in sorted(who.items()))
        for key, who in names.items()
    ]
    return b"\n".join(lines) + BORDER + b"\n".join(sorted(rows)) + b"\n"


def _tails(place: GeoPlace) -> tuple[str, str]:
    """Return the codes of the divisions that `place` lies in, without what is said already."""
    _, region, county, *_ = [*(place.county or place.region or "").split(".", 2), "", "", ""]
    return region, county


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _reference(number: int, weak: bool) -> bytes:
    shown = ""
    while number or not shown:
        number, digit = divmod(number, 36)
        shown = _DIGITS[digit] + shown
    return (shown + ("~" if weak else "")).encode()


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that comes with ondit."""
    return Gazetteer(gzip.decompress(FILE.read_bytes()))
