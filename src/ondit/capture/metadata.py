"""What a page says of itself: every candidate with its place, and the one that is chosen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec

from ondit.capture.jsonld import JsonLd, Node, cleaned, types
from ondit.capture.markup import Markup, Passage
from ondit.capture.phrases import Head, fold, load
from ondit.capture.zones import zone
from ondit.model import Candidate, PackError, view

_TITLE_CUT = re.compile(r"\s+(?:[-–—|•·»]|::)\s+|\s?:\s+")
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|^@|\S+@\S+\.\S+$")
_ORGANISATION = "an organisation"
_DOMAIN = re.compile(r"\.[a-z]{2,}$")
_AND = re.compile(r"\s*(?:,|;|&|\bet\b|\band\b|\bund\b|\by\b)\s*")

# Names of meta elements, surest first.
_METAS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title"),
    "byline": ("author", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author",
               "article:author", "citation_author"),
    "outlet": ("application-name", "apple-mobile-web-app-title"),
    "publisher": ("dc.publisher", "dcterms.publisher", "citation_publisher", "article:publisher"),
    "canonical": ("og:url",),
    "section": ("article:section", "parsely-section", "sailthru.section"),
}  # fmt: skip


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names that are no person's, in lower case."""

    agencies: tuple[str, ...]
    desks: tuple[str, ...]
    openings: tuple[str, ...]
    with_agency: tuple[str, ...]
    particles: tuple[str, ...]
    not_writers: tuple[str, ...]
    """Beginnings of words before "by" that name somebody other than a writer."""


class Bylines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of such names."""

    head: Head
    names: Names


@cache
def load_bylines() -> Bylines:
    """Return the installed list.

    Raises:
        PackError: when it does not have the shape.
    """
    path = Path(__file__).with_name("bylines.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Bylines)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{path.name}: {error}") from error


def metas(markup: Markup) -> dict[str, list[str]]:
    """Return the contents of the meta elements by name, property or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for tag in markup.tags:
        if tag.name != "meta":
            continue
        content = cleaned(tag.attributes.get("content", ""))
        for key in ("name", "property", "itemprop"):
            name = tag.attributes.get(key, "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def json_ld(markup: Markup) -> JsonLd:
    """Return the JSON-LD of the page."""
    return JsonLd(
        raw.text
        for raw in markup.raw("script")
        if "ld+json" in raw.attributes.get("type", "").lower()
    )


def stated(markup: Markup, linked: JsonLd, *, url: str | None) -> list[Candidate]:
    """Return the candidates of all fields but the dates, the surest of each field first.

    Args:
        markup: the page.
        linked: its JSON-LD.
        url: its address, when known.
    """
    named = metas(markup)
    found = [
        Candidate(field="outlet", value=value, source="meta:og:site_name")
        for value in named.get("og:site_name", ())
    ]
    found += [*_from_json_ld(linked), *_from_links(markup, url)]
    for field, names in _METAS.items():
        found += [
            Candidate(field=field, value=value, source=f"meta:{name}")
            for name in names
            for value in named.get(name, ())
        ]
    found += _from_title(markup)
    found += _visible_bylines(markup)
    return found


def choose(
    candidates: Iterable[Candidate], *, headline: str | None = None
) -> tuple[dict[str, str], tuple[Candidate, ...]]:
    """Return the value of each field, and all candidates with the chosen ones marked.

    Args:
        candidates: as `stated` returns them.
        headline: the headline that the page shows; it goes before what is stated for machines.
    """
    pool = list(candidates)
    if headline:
        pool.insert(0, Candidate(field="title", value=headline, source="text:headline"))
    # Some systems give the address for the site's name; a real name elsewhere goes before it.
    pool.sort(key=lambda c: c.field == "outlet" and "." in c.value and " " not in c.value)
    values: dict[str, str] = {}
    outlets = {fold(c.value) for c in pool if c.field in {"outlet", "publisher"}}
    marked = []
    for candidate in pool:
        value, note = _fit(candidate, outlets)
        if value is not None and values.setdefault(candidate.field, value) is value:
            candidate = msgspec.structs.replace(candidate, chosen=True)  # noqa: PLW2901 - same one
        elif note:
            candidate = msgspec.structs.replace(candidate, note=note)  # noqa: PLW2901 - same one
        marked.append(candidate)
    return values, tuple(dict.fromkeys(marked))


def _fit(candidate: Candidate, outlets: set[str]) -> tuple[str | None, str | None]:
    """Return the value that a candidate gives its field, or why it gives none."""
    value = candidate.value
    if candidate.note == _ORGANISATION:
        return None, candidate.note
    if candidate.field == "canonical":
        return (value, None) if urlsplit(value).netloc else (None, "no full address")
    if _ADDRESS.search(value) and candidate.field != "title":
        return None, "an address, not a name"
    if candidate.field == "byline":
        return person_names(value, outlets)
    return value, None


# -- the places ------------------------------------------------------------------------------------


def _from_json_ld(linked: JsonLd) -> Iterator[Candidate]:
    article = linked.article
    for field, key in (
        ("title", "headline"), ("title", "name"), ("title", "alternativeHeadline"),
        ("section", "articleSection"), ("canonical", "url"),
    ):  # fmt: skip
        for value in linked.texts(article, key)[:1]:
            yield Candidate(field=field, value=value, source=f"json-ld:{key}")
    yield from _authors(linked, article)
    for site in linked.named("WebSite"):
        for value in linked.texts(site, "name")[:1]:
            yield Candidate(field="outlet", value=value, source="json-ld:WebSite")
    for value in linked.texts(article, "publisher")[:1]:
        yield Candidate(field="publisher", value=value, source="json-ld:publisher")
        yield Candidate(field="outlet", value=value, source="json-ld:publisher")


def _authors(linked: JsonLd, article: Node | None) -> Iterator[Candidate]:
    people: list[str] = []
    others: list[str] = []
    for node in linked.things(article, "author"):
        name = linked.text(node, "name")
        if name:
            is_person = not any("Organization" in t for t in types(node))
            (people if is_person else others).append(name)
    if people:
        yield Candidate(field="byline", value=", ".join(people), source="json-ld:author")
    for name in others:
        yield Candidate(field="byline", value=name, source="json-ld:author", note=_ORGANISATION)


def _from_links(markup: Markup, url: str | None) -> Iterator[Candidate]:
    for tag in markup.tags:
        rel = tag.attributes.get("rel", "").lower().split()
        if tag.name == "link" and "canonical" in rel and tag.attributes.get("href"):
            address = urljoin(url or "", tag.attributes["href"].strip())
            yield Candidate(field="canonical", value=address, source="link[rel=canonical]")


def _from_title(markup: Markup) -> Iterator[Candidate]:
    """Yield what the title element says: the headline, and before or after it the outlet."""
    raw = next((r for r in markup.raw("title") if r.text.strip()), None)
    if raw is None:
        return
    whole = cleaned(raw.text)
    for title, outlet in title_parts(whole, shown={fold(p.text) for p in markup.passages}):
        yield Candidate(field="title", value=title, source="title", note="without the outlet")
        yield Candidate(field="outlet", value=outlet, source="title", note="beside the headline")
    yield Candidate(field="title", value=whole, source="title")


def title_parts(whole: str, *, shown: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a title into headline and outlet, the likeliest first.

    Args:
        whole: "The tide turns | Harbour Gazette", "Harbour Gazette: The tide turns".
        shown: folded lines of the page; a part that stands there alone is the outlet's name, and
            without one a colon cuts nothing.
    """
    ways = []
    for cut in _TITLE_CUT.finditer(whole):
        sure = cut[0].strip() != ":"
        before, after = whole[: cut.start()], whole[cut.end() :]
        ways += [(before, after, sure), (after, before, sure and len(before) < len(after) / 2)]
    fit = [way for way in ways if len(way[0]) >= 12 and 3 <= len(way[1]) <= 40]
    known = [way for way in fit if fold(way[1]) in shown and len(way[1]) < len(way[0])]
    for title, outlet, sure in known or fit[::-1]:
        if known or sure:
            yield title, outlet
            return


@cache
def _name() -> re.Pattern[str]:
    """Return a pattern for a person's name: capitalised words, particles between them."""
    word = r"[^\W\d_a-zà-öø-ÿ][\w'’.-]*"
    particles = "|".join(map(re.escape, load_bylines().names.particles))
    return re.compile(rf"{word}(?:\s+(?:(?:{particles})\s+|d['’])*{word}){{0,4}}")


@cache
def _by() -> re.Pattern[str]:
    """Return a pattern for "by" at the start of a line, after its first word, or after a date."""
    words = "|".join(sorted(map(re.escape, load().by), key=len, reverse=True))
    others = "|".join(map(re.escape, load_bylines().names.not_writers))
    return re.compile(rf"(?:^|^(?!{others})\w+ |[\d,|•·–-] ?)(?:{words})(?: :)? ")


def _visible_bylines(markup: Markup) -> Iterator[Candidate]:
    """Yield the names on the page's own lines for them."""
    pattern = _by()
    for passage in markup.passages:
        place = zone(passage)
        if len(passage.text) > 160 or place not in {"byline", "dateline", "credit", None}:
            continue
        links = [r.text for r in passage.runs if r.linked and _name().fullmatch(r.text.strip())]
        said = pattern.search(view(passage.text).lower())
        if place in {"byline", "credit"} or said:
            yield Candidate(field="credit", value=passage.text, source="text:byline")
        if place == "byline" and links:
            yield Candidate(field="byline", value=", ".join(links), source="text:byline")
        elif said and (place != "credit" or not said.start()):
            yield from _named_after(passage, said.end(), links)
        elif place == "byline" and _name().fullmatch(passage.text):
            yield Candidate(field="byline", value=passage.text, source="text:byline")


def _named_after(passage: Passage, start: int, links: list[str]) -> Iterator[Candidate]:
    """Yield the names that follow "by" in a short line."""
    rest = passage.text[start:]
    names = [name for name in links if name in rest]
    if not names:
        name = _name().match(rest)
        while name:
            if fold(name[0]) not in load_bylines().names.particles:  # "par La rédaction"
                names.append(name[0])
            joint = _AND.match(rest, name.end())
            name = _name().match(rest, joint.end()) if joint and joint[0].strip() else None
    if names:
        yield Candidate(field="byline", value=", ".join(names), source="text:byline")


# -- people ----------------------------------------------------------------------------------------


def person_names(value: str, outlets: Iterable[str] = ()) -> tuple[str | None, str | None]:
    """Return the names of people in a byline, or None and the reason.

    Args:
        value: the byline as stated: "Par Lise Aubrac avec AFP".
        outlets: folded names of outlets and publishers, which are nobody's.
    """
    opening = load().by_opening.match(fold(value))
    bare = value[opening.end() :] if opening and len(fold(value)) == len(value) else value
    names = [name for name in map(_without_agency, _AND.split(bare)) if name]
    people = [name for name in names if _is_person(name, outlets)]
    if not people:
        return None, "no person's name: an outlet, an agency, a desk"
    return ", ".join(dict.fromkeys(people)), None


def _without_agency(name: str) -> str:
    """Return a name without an agency after it: "Lise Aubrac avec AFP"."""
    listed = load_bylines().names
    words = name.split()
    for index in range(1, len(words)):
        rest = fold(" ".join(words[index:])).strip("() ")
        joined = fold(words[index - 1])
        if rest in listed.agencies:
            keep = index - 1 if joined in listed.with_agency else index
            return " ".join(words[:keep]).strip("( -–|/")
    return name.strip(" ()")


def _is_person(name: str, outlets: Iterable[str]) -> bool:
    listed = load_bylines().names
    folded = fold(name).strip(" .()")
    if folded in listed.agencies or folded in listed.desks or folded in set(outlets):
        return False
    if any(folded.startswith(opening + " ") for opening in listed.openings):
        return False
    if any(folded and folded in outlet.split() for outlet in outlets if len(folded) > 3):
        return False
    return any(map(str.isalpha, name)) and len(name) <= 60 and not _DOMAIN.search(name)


def language(markup: Markup) -> str | None:
    """Return the language that the page states, as its tag, or None."""
    named = metas(markup)
    stated_tags = chain(
        (t.attributes.get("lang", "") for t in markup.tags if t.name == "html"),
        named.get("content-language", ()),
        named.get("og:locale", ()),
    )
    return next((tag.split("-")[0].split("_")[0].lower() for tag in stated_tags if tag), None)
