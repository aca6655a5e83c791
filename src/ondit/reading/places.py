"""Places: what a toponym stands for on the map, or an honest null with its candidates.

Toponyms are the mentions of places, and names the gazetteer or the pack knows beyond doubt. The
whole report decides together: a place named beside its region, or in the country that the report
is about, is preferred; where the gazetteer leaves a choice that nothing settles, we abstain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import Any

import msgspec

from ondit.language.gazetteer import GeoPlace, fold, load_gazetteer
from ondit.language.lexicon import Head, Pack
from ondit.model import Block, Place, Record, Span, SpanIndex, Text, identify
from ondit.reading.numbers import either


class PlaceEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of this table's entries; ``<x>`` marks the toponym in an example."""

    examples: tuple[str, ...]
    note: str | None = None


class TypeWords(PlaceEntry, frozen=True, kw_only=True):
    """Words before (or behind) a name that tell what it names: "région de", "City"."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    features: tuple[str, ...]
    """Feature codes the name may have; the first is given where no gazetteer knows the name."""


class Region(PlaceEntry, frozen=True, kw_only=True):
    """A region, water or building that gazetteers of towns lack; coordinates from general maps."""

    names: tuple[str, ...]
    kind: str
    lat: float
    lon: float
    geonames: int | None = None
    country: str | None = None
    metonym: bool = False
    """Stands for those who govern from there."""


class OtherNames(PlaceEntry, frozen=True, kw_only=True):
    """Names of countries or first-level divisions besides the gazetteer's, to their code.

    A country's is ISO 3166-1 (``MM``), a division's is GeoNames' (``US.OH``).
    """

    names: dict[str, str]


class PlaceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``places.toml``."""

    head: Head
    links: tuple[str, ...]
    """Words inside a name: "sur", "of the"."""
    locatives: tuple[str, ...]
    """Prepositions of place: a capital behind one is a town, not a government."""
    not_places: tuple[str, ...]
    """Capitalised words that are no place unless a mention says so."""
    type: tuple[TypeWords, ...]
    region: tuple[Region, ...]
    country: tuple[OtherNames, ...]
    division: tuple[OtherNames, ...] = ()


class Grammar:
    """The place table of one language, indexed."""

    def __init__(self, table: PlaceTable) -> None:
        self.regions = {fold(n): entry for entry in table.region for n in entry.names}
        others = [*table.country, *table.division]
        self.others = {fold(n): code for e in others for n, code in e.names.items()}
        self.not_places = frozenset(fold(w) for w in table.not_places)
        before = {w: entry for entry in table.type for w in entry.before}
        after = {w: entry for entry in table.type for w in entry.after}
        self.types = {fold(w): entry for w, entry in {**before, **after}.items()}
        listed = {n for entry in table.region for n in entry.names}
        listed |= {n for entry in others for n in entry.names if not n[-1].isalpha()}
        self.listed = re.compile(rf"(?<![\w-]){either({*listed, *self._also(table)})}(?![\w-])")
        link = r"(?:\s+[\w-]+)?\s+(?:de\s+la|de|du|des|d['’]|of\s+the|of)\s*$" if before else "$"
        self.before = re.compile(rf"(?<!\w)({either(before)}){link}", re.IGNORECASE)
        self.after = re.compile(rf"\s+({either(after)})(?!\w)") if after else re.compile(r"(?!)")
        word = r"[A-ZÀ-ÞŒ][\w’'-]*\w"
        self.name = re.compile(
            rf"(?<![\w’'-]){word}(?:(?:\s+{either(table.links)})?\s+{word}){{0,3}}"
        )
        self.elided = re.compile(rf"(?<=[ldLD][’'])(?<!\w\w[’']){word}")
        self.locative = re.compile(rf"(?<!\w){either(table.locatives)}\s*$", re.IGNORECASE)

    def _also(self, table: PlaceTable) -> Iterator[str]:
        """Yield the listed names that begin a sentence or a title with a capital."""
        for entry in table.region:
            yield from (name[0].upper() + name[1:] for name in entry.names)


@lru_cache
def grammar(pack: Pack) -> Grammar:
    """Return the indexed place table of `pack`."""
    return Grammar(pack.table("places", PlaceTable))


@dataclass(frozen=True, slots=True)
class _Toponym:
    """A name in the text with what it may stand for."""

    start: int
    end: int
    name: str
    candidates: tuple[GeoPlace, ...]
    features: tuple[str, ...] = ()
    region: Region | None = None
    sure: bool = True
    """A mention says that this is a place; otherwise only well-known names count."""


def find(text: Text, record: Record, pack: Pack) -> Iterator[Place]:
    """Yield the places of `text` in order."""
    rules = grammar(pack)
    toponyms = sorted(_toponyms(text, record, rules), key=lambda t: (t.start, -t.end))
    chosen = list(_apart(toponyms))
    scene = _Scene(text, chosen)
    for toponym in chosen:
        if made := scene.place(toponym, rules):
            yield made


# -- toponyms --------------------------------------------------------------------------------------


def _toponyms(text: Text, record: Record, rules: Grammar) -> Iterator[_Toponym]:
    taken = SpanIndex((m.span.start, m.span.end, m) for m in record.mentions if m.form == "name")
    for mention in record.mentions:
        if mention.kind == "place" and mention.form == "name":
            yield _known(text, mention.span, rules)
    for block in text.blocks:
        for match in rules.listed.finditer(text.view, block.start, block.end):
            if all(m.kind != "person" for m in taken.overlapping(*match.span())):
                yield _by_surface(text, *match.span(), rules)
        for start, end in _capitalised(text, block, rules):
            over = taken.overlapping(start, end)
            toponym = _by_surface(text, start, end, rules)
            if not any(m.kind != "place" for m in over):
                yield toponym


def _capitalised(text: Text, block: Block, rules: Grammar) -> Iterator[tuple[int, int]]:
    """Yield the longest known names among runs of capitalised words, from the left."""
    for pattern in (rules.name, rules.elided):
        for run in pattern.finditer(text.string, block.start, block.end):
            words = list(re.finditer(r"\S+", run[0]))
            first = 0
            while first < len(words):
                for last in range(len(words), first, -1):
                    start = run.start() + words[first].start()
                    end = run.start() + words[last - 1].end()
                    if _famous(text.string[start:end], rules):
                        yield start, end
                        first = last - 1
                        break
                first += 1


@lru_cache(maxsize=8192)
def _famous(name: str, rules: Grammar) -> bool:
    """Return whether `name`, capitalised, is a place even where no mention says so."""
    key = fold(name)
    if key in rules.not_places or len(key) < 3:
        return False
    if key in rules.regions or key in rules.others:
        return True
    return any(
        not p.weak and (p.feature in ("PCLI", "PPLC") or p.population >= 300_000)
        for p in load_gazetteer().find(name)
    )


def _by_surface(text: Text, start: int, end: int, rules: Grammar) -> _Toponym:
    return _known(text, text.span(start, end), rules, sure=False)


def _known(text: Text, span: Span, rules: Grammar, *, sure: bool = True) -> _Toponym:
    """Return the toponym at `span`, its type word taken in, with all it may stand for."""
    name = span.exact
    start, end, kinds = span.start, span.end, None
    if match := rules.before.search(text.view, max(0, start - 40), start):
        start, kinds = match.start(), rules.types[fold(match[1])]
    elif match := rules.after.match(text.view, end, end + 30):
        end, kinds = match.end(), rules.types[fold(match[1])]
    whole = text.string[start:end]
    region = next((r for key in _keys(whole, name) if (r := rules.regions.get(key))), None)
    found = _candidates(name, rules) if region is None else ()
    return _Toponym(start, end, name, found, kinds.features if kinds else (), region, sure)


def _keys(whole: str, name: str) -> Iterator[str]:
    """Yield the keys of a toponym: with its type word, without an adjective between, bare."""
    words = fold(whole).split()
    yield " ".join(words)
    yield " ".join(words[:1] + words[2:])  # "région côtière de X" is listed as "région de X"
    yield fold(name)


def _candidates(name: str, rules: Grammar) -> tuple[GeoPlace, ...]:
    gazetteer = load_gazetteer()
    found = gazetteer.find(name)
    code = rules.others.get(fold(name))
    if code is None:
        return found
    named = gazetteer.division(code) if "." in code else gazetteer.country(code)
    return (named, *(p for p in found if p.feature != "PCLI")) if named else found


def _apart(toponyms: Iterable[_Toponym]) -> Iterator[_Toponym]:
    """Yield the toponyms that no earlier or longer one covers."""
    reach = -1
    for toponym in toponyms:
        if toponym.start >= reach:
            reach = toponym.end
            yield toponym


# -- what they stand for ---------------------------------------------------------------------------


class _Scene:
    """What the report as a whole says about where it plays."""

    def __init__(self, text: Text, toponyms: list[_Toponym]) -> None:
        self.text = text
        self.toponyms = toponyms
        self.countries: Counter[str] = Counter()
        self.regions: Counter[str] = Counter()
        self.votes = self._votes()
        for toponym in toponyms:
            self._count(toponym)

    def _votes(self) -> Counter[str]:
        """Return how many different names of the report have a bearer in each division."""
        votes: Counter[str] = Counter()
        for candidates in {fold(t.name): t.candidates for t in self.toponyms}.values():
            votes.update({p.region for p in candidates if p.region and not p.weak})
        return votes

    def _count(self, toponym: _Toponym) -> None:
        """Note the country and division of a toponym that can hardly be another place."""
        if toponym.region and toponym.region.country:
            self.countries[toponym.region.country] += 1
            return
        best = toponym.candidates[0] if toponym.candidates else None
        if best is None or best.weak or best.country is None:
            return
        others = [p for p in toponym.candidates[1:] if p.country != best.country]
        rival = max((p.population for p in others), default=0)
        if best.feature in ("PCLI", "ADM1") or best.population > 10 * max(rival, 5_000):
            self.countries[best.country] += 1
        if best.feature == "ADM1" and best.region:
            self.regions[best.region] += 1

    def place(self, toponym: _Toponym, rules: Grammar) -> Place | None:
        """Return the place that `toponym` stands for; None for a name that is hardly one."""
        if toponym.region:
            return self._listed(toponym, toponym.region)
        ranked = sorted(((self._score(p, toponym), p) for p in toponym.candidates), key=_order)
        if not ranked:
            return self._made(toponym, None, (), "places.unknown") if toponym.sure else None
        best = ranked[0][1] if self._settled(ranked) else None
        rule = "places.gazetteer" if best else "places.abstained"
        metonym = best is not None and best.feature == "PPLC" and self._governs(toponym, rules)
        return self._made(toponym, best, [p for _, p in ranked[:5]], rule, metonym=metonym)

    def _score(self, place: GeoPlace, toponym: _Toponym) -> float:
        score = log10(place.population + 10)
        if place.feature == "PCLI":
            score += 4
        elif place.feature == "PPLC":
            score += 2
        elif place.feature == "ADM1":
            score += -1.5 if self._has_capital(place, toponym) else 1.5
        if toponym.features:
            score += 5 if place.feature in toponym.features else -3
        if place.weak:
            score -= 2
        if place.country and self.countries[place.country]:
            score += 1 + min(1.5, self.countries[place.country] / 4)
        if place.region and self.regions[place.region] and place.feature != "ADM1":
            score += 2.5
        if place.region and place.feature != "ADM1" and len(toponym.candidates) > 1:
            score += min(2.4, 0.6 * (self.votes[place.region] - 1))
        if place.feature != "PCLI" and place in self._contained(toponym, (place,)):
            score += 6
        return score

    def _has_capital(self, division: GeoPlace, toponym: _Toponym) -> bool:
        """Return whether a capital, or a large town inside, bears the division's name as well."""
        return not toponym.features and any(
            p.feature == "PPLC"
            or (p.region == division.region and p.feature != "ADM1" and p.population > 100_000)
            for p in toponym.candidates
        )

    def _contained(self, toponym: _Toponym, places: tuple[GeoPlace, ...]) -> tuple[GeoPlace, ...]:
        """Return those of `places` inside what is named right behind: "Paris, Texas"."""
        nearby = [t for t in self.toponyms if 0 < t.start - toponym.end <= 4]
        outer = [p for t in nearby for p in t.candidates if p.feature in ("PCLI", "ADM1")]
        links = self.text.view[toponym.end : nearby[0].start] if nearby else ""
        if not outer or not re.fullmatch(r",\s*|\s*\(|\s+(?:in|en|au)\s+", links):
            return ()
        return tuple(
            p
            for p in places
            for o in outer
            if p.country == o.country and (o.feature == "PCLI" or p.region == o.region)
        )

    def _settled(self, ranked: list[tuple[float, GeoPlace]]) -> bool:
        """Return whether the first of `ranked` stands out enough to be named."""
        first, place = ranked[0]
        if place.feature in ("PCLI", "PPLC", "ADM1"):
            return True
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        return first - second >= 0.3 and first >= 4

    def _governs(self, toponym: _Toponym, rules: Grammar) -> bool:
        """Return whether a capital acts, as governments do, rather than being where things are."""
        if rules.locative.search(self.text.view, max(0, toponym.start - 12), toponym.start):
            return False
        tokens = self.text.tokens_in(toponym.start, toponym.end)
        return any(t.dep in ("nsubj", "obj", "nsubj:pass") for t in tokens)

    # -- annotations -----------------------------------------------------------------------------

    def _listed(self, toponym: _Toponym, region: Region) -> Place:
        span = self.text.span(toponym.start, toponym.end)
        return Place(
            id=identify("p", self.text.key, [span]),
            span=span,
            name=region.names[0],
            geonames=region.geonames,
            iso3166=region.country,
            lat=region.lat,
            lon=region.lon,
            kind=region.kind + ("(metonym)" if region.metonym else ""),
            rule="places.listed",
        )

    def _made(
        self,
        toponym: _Toponym,
        best: GeoPlace | None,
        ranked: Iterable[GeoPlace],
        rule: str,
        *,
        metonym: bool = False,
    ) -> Place:
        span = self.text.span(toponym.start, toponym.end)
        kind = best.feature if best else (toponym.features[0] if toponym.features else None)
        return Place(
            id=identify("p", self.text.key, [span]),
            span=span,
            name=best.name if best else toponym.name,
            geonames=best.geonames if best else None,
            iso3166=best.country if best else None,
            lat=best.lat if best else None,
            lon=best.lon if best else None,
            kind=f"{kind}(metonym)" if metonym else kind,
            candidates=tuple(_shown(p) for p in ranked),
            rule=rule + (".metonym" if metonym else ""),
        )


def _order(entry: tuple[float, GeoPlace]) -> tuple[float, int, str]:
    return -entry[0], entry[1].geonames or 0, entry[1].name


def _shown(place: GeoPlace) -> dict[str, Any]:
    return {
        "geonames": place.geonames,
        "name": place.name,
        "country": place.country,
        "population": place.population,
    }
