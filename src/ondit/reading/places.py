"""Places: what a toponym stands for on the map, or an honest null with its candidates.

Toponyms are the mentions of places, and names the gazetteer or the pack knows beyond doubt. The
whole report decides together: a place named beside its region, or in the country that the report
is about, is preferred; where the gazetteer leaves a choice that nothing settles, we abstain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import msgspec

from ondit.language.gazetteer import GeoPlace, fold, load_gazetteer
from ondit.language.lexicon import Head, Pack
from ondit.model import Mention, Place, Record, Span, SpanIndex, Text, identify
from ondit.reading.numbers import either
from ondit.reading.resolving import Asked, Chosen, load, outer_codes, resolve


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
    spelled: str | None = None
    """What the word is short for, as gazetteers write it behind the name: "Co." for "County"."""


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


class Setting(PlaceEntry, frozen=True, kw_only=True):
    """Words beside a name that go with towns alone, or with countries and regions alone."""

    of: Literal["town", "land"]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class OtherNames(PlaceEntry, frozen=True, kw_only=True):
    """Names of countries, first-level divisions, towns besides the gazetteer's, to their code.

    A country's is ISO 3166-1 (``MM``), a division's is GeoNames' (``US.OH``); a town has none, and
    its name in the gazetteer stands there.
    """

    names: dict[str, str]


class PlaceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table ``places.toml``."""

    head: Head
    links: tuple[str, ...]
    """Words inside a name: "sur", "of the"."""
    parts: tuple[str, ...]
    """Words before a name that tell which part of it: "Northeast Georgia"."""
    bodies: tuple[str, ...]
    """Words behind a name that tell what is there: "Henderson County Jail"."""
    of: tuple[str, ...]
    """Words between a type word and the name: "région de la Volga"."""
    inner_first: tuple[str, ...]
    """What stands between a place and the larger one it lies in: "Paris, Texas"."""
    outer_first: tuple[str, ...]
    """What stands between a larger place and one inside: "Ohio's Lima"; empty for a space alone."""
    locatives: tuple[str, ...]
    """Prepositions of place: a capital behind one is a town, not a government."""
    not_places: tuple[str, ...]
    """Capitalised words that are no place unless a mention says so."""
    type: tuple[TypeWords, ...]
    setting: tuple[Setting, ...]
    region: tuple[Region, ...]
    country: tuple[OtherNames, ...]
    division: tuple[OtherNames, ...] = ()
    town: tuple[OtherNames, ...] = ()


class Grammar:
    """The place table of one language, indexed."""

    def __init__(self, table: PlaceTable) -> None:
        self.regions = {fold(n): entry for entry in table.region for n in entry.names}
        others = [*table.country, *table.division, *table.town]
        self.others = {fold(n): code for e in others for n, code in e.names.items()}
        self.spelled = frozenset(n for e in others for n in e.names)
        self.part = re.compile(rf"{either(table.parts)}[ -]", re.IGNORECASE)
        self.body = re.compile(rf"(?:['’]s)? {either(table.bodies)}(?!\w)")
        self.not_places = frozenset(fold(w) for w in table.not_places)
        before = {w: entry for entry in table.type for w in entry.before}
        after = {w: entry for entry in table.type for w in entry.after}
        self.types = {fold(w): entry for w, entry in {**before, **after}.items()}
        listed = {n for entry in table.region for n in entry.names}
        listed |= {n for entry in others for n in entry.names if not n[-1].isalpha()}
        self.listed = re.compile(rf"(?<![\w-]){either({*listed, *self._also(table)})}(?![\w-])")
        of = rf"(?:\s+[\w-]+)?\s+{either(table.of)}\s*$"
        self.before = re.compile(rf"(?<!\w)({either(before)}){of}", re.IGNORECASE)
        self.typed = re.compile(rf"({either(before)})\s+{either(table.of)}\s+", re.IGNORECASE)
        self.after = re.compile(rf"\s+({either(after)})(?!\w)") if after else re.compile(r"(?!)")
        word = r"[A-ZÀ-ÞŒ][\w’'-]*\w"
        self.name = re.compile(
            rf"(?<![\w’'-]){word}(?:(?:\s+{either(table.links)})?\s+{word}){{0,3}}"
        )
        self.word_ahead = re.compile(rf"(?<![\w’'-])({word})[ -]$")
        self.word_behind = re.compile(rf"[ -]({word})")
        self.elided = re.compile(rf"(?<=[ldLD][’'])(?<!\w\w[’']){word}")
        self.settings = [(s.of, _ending(s.before), _beginning(s.after)) for s in table.setting]
        self.inner_first = _between(table.inner_first)
        self.outer_first = _between(table.outer_first)
        self.locative = re.compile(rf"(?<!\w){either(table.locatives)}\s*$", re.IGNORECASE)

    def _also(self, table: PlaceTable) -> Iterator[str]:
        """Yield the listed names that begin a sentence or a title with a capital."""
        for entry in table.region:
            yield from (name[0].upper() + name[1:] for name in entry.names)


def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches one of `words` up to a name."""
    return re.compile(rf"(?<!\w){either(words)}\s*$", re.IGNORECASE) if words else _NEVER


def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches one of `words` behind a name."""
    return re.compile(rf"\s+{either(words)}(?!\w)") if words else _NEVER


_NEVER = re.compile(r"(?!)")


def _between(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches one of `words` with the spaces around it."""
    return re.compile(rf"\s*{either(words)}\s*", re.IGNORECASE)


@lru_cache
def grammar(pack: Pack) -> Grammar:
    """Return the indexed place table of `pack`."""
    return Grammar(pack.table("places", PlaceTable))


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name in the text with what it may stand for."""

    start: int
    end: int
    name: str
    candidates: tuple[GeoPlace, ...]
    types: tuple[str, ...] = ()
    """Feature codes that its type word allows."""
    region: Region | None = None
    sure: bool = True
    """A mention says that this is a place; otherwise only well-known names count."""
    hint: bool = False
    """Part of a name that is no place's: it only tells where the report plays."""


def find(text: Text, record: Record, pack: Pack) -> Iterator[Place]:
    """Yield the places of `text` in order."""
    rules = grammar(pack)
    asked = questions(text, record, rules)
    chosen = resolved(question for _, question in asked)
    for toponym, question in asked:
        if not toponym.hint and (made := _place(text, toponym, chosen[question], rules)):
            yield made


def questions(text: Text, record: Record, rules: Grammar) -> list[tuple[Toponym, Asked]]:
    """Return the toponyms of `text` in order, hints behind them, each as it is asked about."""
    found = sorted(_toponyms(text, record, rules), key=lambda t: (t.start, -t.end))
    toponyms = list(_apart(t for t in found if not t.hint))
    asked = [_asked(text, index, toponyms, rules) for index in range(len(toponyms))]
    hints = [t for t in found if t.hint]
    asked += [Asked(fold(t.name), t.candidates, hint=True) for t in hints]
    return list(zip([*toponyms, *hints], asked, strict=True))


# -- toponyms --------------------------------------------------------------------------------------


def _toponyms(text: Text, record: Record, rules: Grammar) -> Iterator[Toponym]:
    taken = SpanIndex((m.span.start, m.span.end, m) for m in record.mentions if m.form == "name")
    named = [m.span for m in record.mentions if m.kind == "place" and m.form == "name"]
    alone = frozenset(fold(span.exact) for span in named)
    yield from (_mentioned(text, span, alone, rules) for span in named)
    for block in text.blocks:
        for match in rules.listed.finditer(text.view, block.start, block.end):
            if all(m.kind != "person" for m in taken.overlapping(*match.span())):
                yield _by_surface(text, *match.span(), rules)
        for start, end in _capitalised(text.string, block.start, block.end, _famous, rules):
            over = [m for m in taken.overlapping(start, end) if m.kind != "place"]
            whole = [m for m in over if (m.span.start, m.span.end) == (start, end)]
            if not over or (whole == over and _division(text.string[start:end], rules)):
                yield _by_surface(text, start, end, rules)
    for mention in record.mentions:
        if mention.kind in ("organisation", "person") and mention.form == "name":
            yield from _hints(text, mention, rules)


def _mentioned(text: Text, span: Span, alone: frozenset[str], rules: Grammar) -> Toponym:
    """Return the toponym of a mention: all of it, else the name in it that the gazetteer has."""
    span = _longer(text, span, rules)
    whole = _known(text, span, rules)
    if whole.candidates or whole.region:
        return whole
    if match := rules.typed.match(text.view, span.start, span.end):
        named = text.string[match.end() : span.end]
        kinds = rules.types[fold(match[1])]
        found, types = _bearers(span.exact, named, kinds, rules)
        return replace(whole, name=named, candidates=found, types=types) if found else whole
    start, end = _within(text, span, alone, rules)
    inner = _known(text, text.span(start, end), rules)
    return inner if inner.candidates or inner.region else whole


def _within(text: Text, span: Span, alone: frozenset[str], rules: Grammar) -> tuple[int, int]:
    """Return where in a longer name the place may stand: "Northeast Georgia", "Lima City Hall".

    Without a word that tells so, it is a division ("Scott County Road 5") or a name that the report
    uses by itself as well.
    """
    part = rules.part.match(text.view, span.start, span.end)
    start = part.end() if part else span.start
    if body := rules.body.search(text.view, start, span.end):
        return start, body.start()
    words = [m.end() for m in re.finditer(r"\S+", text.string[start : span.end])]
    for length in reversed(words[:-1]):
        name = text.string[start : start + length]
        if fold(name) in alone or _division(name, rules):
            return start, start + length
    return start, span.end


def _longer(text: Text, span: Span, rules: Grammar) -> Span:
    """Return the longest known name around `span`: a parser may have cut "East Hampton"."""
    ahead = rules.word_ahead.search(text.string, max(0, span.start - 20), span.start)
    behind = rules.word_behind.match(text.string, span.end, span.end + 20)
    starts = [ahead.start(1), span.start] if ahead else [span.start]
    ends = [behind.end(1), span.end] if behind else [span.end]
    for start in starts:
        for end in ends:
            grown = (start, end) != (span.start, span.end)
            if grown and _known_somewhere(text.string[start:end], rules):
                return text.span(start, end)
    return span


def _hints(text: Text, mention: Mention, rules: Grammar) -> Iterator[Toponym]:
    """Yield the places in the name of an organisation: where it is, the report may play."""
    begin, end = mention.span.start, mention.span.end
    for start, stop in _capitalised(text.string, begin, end, _known_somewhere, rules):
        if mention.kind == "organisation" or _division(text.string[start:stop], rules):
            yield replace(_by_surface(text, start, stop, rules), hint=True)


def _capitalised(
    string: str, begin: int, end: int, wanted: Callable[[str, Grammar], bool], rules: Grammar
) -> Iterator[tuple[int, int]]:
    """Yield the longest `wanted` names among runs of capitalised words, from the left."""
    for pattern in (rules.name, rules.elided):
        for run in pattern.finditer(string, begin, end):
            words = list(re.finditer(r"\S+", run[0]))
            first = 0
            while first < len(words):
                start = run.start() + words[first].start()
                ends = [run.start() + word.end() for word in words[first:]]
                for count, stop in reversed(list(enumerate(ends, 1))):
                    if wanted(string[start:stop], rules):
                        yield start, stop
                        first += count - 1
                        break
                first += 1


@lru_cache(maxsize=8192)
def _famous(name: str, rules: Grammar) -> bool:
    """Return whether `name`, capitalised, is a place even where no mention says so."""
    key = fold(name)
    if key in rules.not_places or len(key) < 3:
        return False
    if key in rules.regions or name in rules.spelled or _division(name, rules):
        return True
    return any(
        not p.weak and (p.feature in ("PCLI", "PPLC") or p.population >= 300_000)
        for p in load_gazetteer().find(name)
    )


@lru_cache(maxsize=8192)
def _division(name: str, rules: Grammar) -> bool:
    """Return whether `name` ends in a type word and is a division's: "Scott County"."""
    words = fold(name).split()
    return (
        len(words) > 1
        and words[-1] in rules.types
        and any(p.feature in ("ADM1", "ADM2") and not p.weak for p in load_gazetteer().find(name))
    )


@lru_cache(maxsize=8192)
def _known_somewhere(name: str, rules: Grammar) -> bool:
    """Return whether a place bears `name` as its chief name."""
    key = fold(name)
    if key in rules.not_places or len(key) < 3:
        return False
    return any(not p.weak and p.population >= 2_000 for p in load_gazetteer().find(name))


def _by_surface(text: Text, start: int, end: int, rules: Grammar) -> Toponym:
    return _known(text, _longer(text, text.span(start, end), rules), rules, sure=False)


def _known(text: Text, span: Span, rules: Grammar, *, sure: bool = True) -> Toponym:
    """Return the toponym at `span`, its type word taken in, with all it may stand for."""
    name = span.exact
    start, end, kinds = span.start, span.end, None
    if match := rules.before.search(text.view, max(0, start - 40), start):
        start, kinds = match.start(), rules.types[fold(match[1])]
    elif match := rules.after.match(text.view, end, end + 30):
        end, kinds = match.end(), rules.types[fold(match[1])]
    whole = text.string[start:end]
    region = next((r for key in _keys(whole, name) if (r := rules.regions.get(key))), None)
    if region is not None:
        return Toponym(start, end, name, (), (), region, sure)
    return Toponym(start, end, name, *_bearers(whole, name, kinds, rules), None, sure)


def _bearers(
    whole: str, name: str, kinds: TypeWords | None, rules: Grammar
) -> tuple[tuple[GeoPlace, ...], tuple[str, ...]]:
    """Return what `name` may stand for, and the feature codes that its type word still asks for."""
    if kinds is None:
        return _candidates(name, rules), ()
    spelled = f"{name} {kinds.spelled}" if kinds.spelled else whole
    found = _candidates(spelled, rules) or _candidates(name, rules)
    if not any(code.startswith(_PEOPLED) for code in kinds.features):
        found = tuple(p for p in found if p.feature in kinds.features)
    return found, kinds.features


_PEOPLED = ("PPL", "ADM", "PCL")
"""How feature codes begin of what people live in; a river bears no town's name but by chance."""


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
    if len(code) > 2 and "." not in code:
        return gazetteer.find(code)
    named = gazetteer.division(code) if "." in code else gazetteer.country(code)
    return (named, *(p for p in found if p.feature != "PCLI")) if named else found


def bearers(name: str, rules: Grammar) -> list[Region | GeoPlace]:
    """Return all that `name` may stand for, whatever the text around it."""
    region = rules.regions.get(fold(name))
    return [*([region] if region else []), *_candidates(name, rules)]


def _apart(toponyms: Iterable[Toponym]) -> Iterator[Toponym]:
    """Yield the toponyms that no earlier or longer one covers."""
    reach = -1
    for toponym in toponyms:
        if toponym.start >= reach:
            reach = toponym.end
            yield toponym


# -- what they stand for ---------------------------------------------------------------------------

LEAST = 0.25
"""Probability from which a place is named. By ten folds one in three is right between .2 and .4,
one in twenty-five below .2 (docs/reference/places.md has the whole curve)."""


def _asked(text: Text, index: int, toponyms: list[Toponym], rules: Grammar) -> Asked:
    """Return the question what the toponym at `index` stands for."""
    toponym = toponyms[index]
    outer = outer_codes(_outer(text, index, toponyms, rules))
    settings = frozenset(_settings(text, toponym, rules))
    candidates = toponym.candidates
    if toponym.region and toponym.region.country:
        country = load_gazetteer().country(toponym.region.country)
        candidates = (country,) if country else ()
    return Asked(fold(toponym.name), candidates, toponym.types, outer, settings, toponym.sure)


def _settings(text: Text, toponym: Toponym, rules: Grammar) -> Iterator[str]:
    """Yield "town" or "land" where a word beside the toponym goes with those alone."""
    for of, before, after in rules.settings:
        ahead = before.search(text.view, max(0, toponym.start - 30), toponym.start)
        if ahead or after.match(text.view, toponym.end, toponym.end + 30):
            yield of


def _outer(text: Text, index: int, toponyms: list[Toponym], rules: Grammar) -> Iterator[GeoPlace]:
    """Yield what the text says the toponym at `index` lies in: "Paris, Texas", "Ohio's Lima"."""
    toponym = toponyms[index]
    if index + 1 < len(toponyms):
        behind = toponyms[index + 1]
        if rules.inner_first.fullmatch(text.view[toponym.end : behind.start]):
            yield from behind.candidates
    if index:
        ahead = toponyms[index - 1]
        if rules.outer_first.fullmatch(text.view[ahead.end : toponym.start]):
            yield from ahead.candidates


def resolved(asked: Iterable[Asked]) -> dict[Asked, Chosen]:
    """Return what each question comes to; those that are alike are put once."""
    times = Counter(asked)
    return dict(zip(times, resolve(counted(times), load()), strict=True))


def counted(times: Counter[Asked]) -> list[Asked]:
    """Return each question with how often it is asked."""
    return [replace(question, times=count) for question, count in times.items()]


def _place(text: Text, toponym: Toponym, chosen: Chosen, rules: Grammar) -> Place | None:
    """Return the place that `toponym` stands for; None for a name that is hardly one."""
    if toponym.region:
        return _listed(text, toponym, toponym.region)
    if not chosen.ranked:
        return _made(text, toponym, None, chosen, "places.unknown") if toponym.sure else None
    best = chosen.ranked[0][1] if chosen.probability >= LEAST else None
    rule = "places.gazetteer" if best else "places.abstained"
    governs = best is not None and best.feature == "PPLC" and _governs(text, toponym, rules)
    return _made(text, toponym, best, chosen, rule, metonym=governs)


def _governs(text: Text, toponym: Toponym, rules: Grammar) -> bool:
    """Return whether a capital acts, as governments do, rather than being where things are."""
    if rules.locative.search(text.view, max(0, toponym.start - 12), toponym.start):
        return False
    tokens = text.tokens_in(toponym.start, toponym.end)
    return any(t.dep in ("nsubj", "obj", "nsubj:pass") for t in tokens)


# -- annotations -----------------------------------------------------------------------------------


def _listed(text: Text, toponym: Toponym, region: Region) -> Place:
    span = text.span(toponym.start, toponym.end)
    return Place(
        id=identify("p", text.key, [span]),
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
    text: Text,
    toponym: Toponym,
    best: GeoPlace | None,
    chosen: Chosen,
    rule: str,
    *,
    metonym: bool = False,
) -> Place:
    span = text.span(toponym.start, toponym.end)
    kind = best.feature if best else (toponym.types[0] if toponym.types else None)
    return Place(
        id=identify("p", text.key, [span]),
        span=span,
        name=best.name if best else toponym.name,
        geonames=best.geonames if best else None,
        iso3166=best.country if best else None,
        lat=best.lat if best else None,
        lon=best.lon if best else None,
        kind=f"{kind}(metonym)" if metonym else kind,
        candidates=tuple(_shown(*entry) for entry in chosen.ranked[:5]),
        rule=rule + (".metonym" if metonym else ""),
    )


def _shown(probability: float, place: GeoPlace) -> dict[str, Any]:
    return {
        "geonames": place.geonames,
        "name": place.name,
        "country": place.country,
        "population": place.population,
        "probability": round(probability, 3),
    }
