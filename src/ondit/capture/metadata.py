"""Metadata: what a page says of itself, every candidate kept with the place it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from lxml.html import HtmlElement

from ondit.model import Candidate, Capture, Meta, Published

_ARTICLE = re.compile(r"(Article|BlogPosting|LiveBlogPosting|Report|OpinionNewsArticle)\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_URL_DAY = re.compile(r"/(20\d{2}|19\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|\b)")
_COMMENT = re.compile(r"<!--|-->|/\*.*?\*/", re.DOTALL)

# Which property of which place feeds which field, surest first.
_META_TAGS = (
    ("published", "property", "article:published_time"),
    ("published", "name", "date"),
    ("published", "name", "pubdate"),
    ("published", "name", "dc.date"),
    ("published", "name", "dc.date.issued"),
    ("published", "name", "dcterms.created"),
    ("published", "name", "parsely-pub-date"),
    ("published", "itemprop", "datepublished"),
    ("modified", "property", "article:modified_time"),
    ("modified", "itemprop", "datemodified"),
    ("title", "property", "og:title"),
    ("title", "name", "twitter:title"),
    ("title", "name", "dc.title"),
    ("byline", "name", "author"),
    ("byline", "property", "article:author"),
    ("byline", "name", "dc.creator"),
    ("byline", "name", "parsely-author"),
    ("outlet", "property", "og:site_name"),
    ("outlet", "name", "application-name"),
    ("publisher", "name", "publisher"),
    ("publisher", "name", "dc.publisher"),
    ("section", "property", "article:section"),
    ("language", "property", "og:locale"),
)


def read_metadata(tree: HtmlElement, source: str, capture: Capture) -> Meta:
    """Return the metadata of a page, without a verdict.

    Nothing is made up: a field that nothing states is None, and a server's clock only bounds the
    day of publication from above.
    """
    found = [*_from_json_ld(tree), *_from_tags(tree), *_from_elements(tree)]
    found += [*_from_url(found, capture), *_from_dating(source, capture, found)]
    outlet = _first(found, "outlet")
    return Meta(
        title=_title(found, outlet),
        byline=_byline(found, outlet),
        outlet=outlet,
        publisher=_first(found, "publisher"),
        canonical=_first(found, "canonical"),
        section=_first(found, "section"),
        published=_published(found, capture),
        modified=_first(found, "modified"),
        candidates=tuple(c for c in found if c.field != "published"),
    )


def _first(found: Iterable[Candidate], field: str) -> str | None:
    return next((c.value for c in found if c.field == field), None)


# -- JSON-LD ---------------------------------------------------------------------------------


def articles(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return the article objects of the page's JSON-LD, graphs walked, faulty JSON forgiven."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        for node in _nodes(_lenient_json(script.text or ""), 0):
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and _ARTICLE.search(name) for name in names):
                found.append(node)
    return found


def _lenient_json(text: str) -> Any:
    """Return the value of a JSON text, comments and raw line breaks forgiven, else None."""
    for attempt in (text, _COMMENT.sub("", text).strip().rstrip(";")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _nodes(value.get(key), depth + 1)


def _from_json_ld(tree: HtmlElement) -> Iterator[Candidate]:
    keys = {
        "datePublished": "published",
        "dateModified": "modified",
        "headline": "title",
        "author": "byline",
        "publisher": "outlet",
        "articleSection": "section",
    }
    for node in articles(tree)[:3]:
        for key, field in keys.items():
            for value in _names(node.get(key)):
                yield _candidate(field, value, f"json-ld:{key}")
                if key == "publisher":
                    yield _candidate("publisher", value, "json-ld:publisher")


def _names(value: Any) -> list[str]:
    """Return the strings, or the names of the objects, that a JSON-LD property holds."""
    values = value if isinstance(value, list) else [value]
    names = [v.get("name") if isinstance(v, dict) else v for v in values[:10]]
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


# -- tags and elements -----------------------------------------------------------------------


def _from_tags(tree: HtmlElement) -> Iterator[Candidate]:
    rows: dict[tuple[str, str], str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            key = (meta.get(attribute) or "").strip().lower()
            if key and content:
                rows.setdefault((attribute, key), content[:500])
                rows.setdefault(
                    ("name" if attribute == "property" else "property", key), content[:500]
                )
    for field, attribute, key in _META_TAGS:
        if (attribute, key) in rows:
            yield _candidate(field, rows[attribute, key], f"meta:{key}")


def _from_elements(tree: HtmlElement) -> Iterator[Candidate]:
    for link in tree.xpath('//link[@rel="canonical"][@href]')[:1]:
        yield _candidate("canonical", link.get("href"), "link:canonical")
    for link in tree.xpath('//link[@rel="amphtml"][@href]')[:1]:
        yield _candidate("amp", link.get("href"), "link:amphtml")
    for element in tree.xpath("//time[@datetime]")[:6]:
        yield _candidate("published", element.get("datetime"), "time[datetime]")
    for element in tree.xpath(
        '//*[@rel="author" or contains(@class, "byline") or contains(@class, "author")]'
    )[:4]:
        name = " ".join(element.text_content().split())
        if 3 <= len(name) <= 80:
            yield _candidate("byline", _PREFIX.sub("", name), "element:author")
    for heading in tree.xpath("//h1")[:2]:
        text = " ".join(heading.text_content().split())
        if text:
            yield _candidate("title", text[:500], "h1")
    for title in tree.xpath("//head/title")[:1]:
        text = " ".join((title.text or "").split())
        if text:
            yield _candidate("title", text[:500], "title")


_PREFIX = re.compile(r"^(?:par|by|von|de|por|di|da|propos recueillis par)\s+", re.IGNORECASE)


def _from_url(found: list[Candidate], capture: Capture) -> Iterator[Candidate]:
    for url in filter(None, (capture.url, _first(found, "canonical"))):
        match = _URL_DAY.search(url)
        day = _day("-".join(p.zfill(2) for p in match.groups())) if match else None
        if day:
            yield _candidate("published", day, "url")
            return


def _from_dating(source: str, capture: Capture, found: list[Candidate]) -> Iterator[Candidate]:
    """Yield what htmldate reads in the page's text, when nothing stated the day.

    It is a guess over all dates in sight, so it serves only where nothing better is.
    """
    if any(c.field == "published" and _day(c.value) for c in found):
        return
    from htmldate import find_date  # noqa: PLC0415 - loads its parsers for those pages alone

    latest = _day(capture.fetched_at or "")
    day = find_date(source, original_date=True, extensive_search=False, max_date=latest)
    if day:
        yield _candidate("published", day, "htmldate")


def _candidate(field: str, value: str, source: str) -> Candidate:
    return Candidate(field=field, value=value.strip()[:500], source=source)


# -- choosing --------------------------------------------------------------------------------


def _title(found: list[Candidate], outlet: str | None) -> str | None:
    """Return the visible h1 when another place agrees with it, else the first stated title."""
    titles = [c for c in found if c.field == "title"]
    heading = next((c.value for c in titles if c.source == "h1"), None)
    others = [c.value for c in titles if c.source != "h1"]
    if heading and (not others or any(_agree(heading, other) for other in others)):
        return heading
    return _without_outlet(others[0], outlet) if others else heading


def _agree(one: str, other: str) -> bool:
    left, right = _folded(one), _folded(other)
    return bool(left) and (left in right or right in left)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _without_outlet(title: str, outlet: str | None) -> str:
    head, separator, tail = title.rpartition(" - ") if " - " in title else title.rpartition(" | ")
    return head if separator and outlet and _agree(tail, outlet) else title


def _byline(found: list[Candidate], outlet: str | None) -> str | None:
    """Return the first byline that is neither an address nor the outlet posing as a person."""
    for candidate in found:
        if candidate.field != "byline" or "://" in candidate.value or "@" in candidate.value:
            continue
        name = _PREFIX.sub("", candidate.value)
        if name and not (outlet and _agree(name, outlet)):
            return name
    return None


def _day(value: str) -> str | None:
    match = _DAY.match(value.strip())
    if match is None:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def _published(found: list[Candidate], capture: Capture) -> Published:
    """Return the stated instant, its day as both bounds, and whether the places disagree."""
    stated = [c for c in found if c.field == "published" and _day(c.value)]
    bounds = list(_bounds(capture))
    upper = min((b.value for b in bounds), default=None)
    if not stated:
        return Published(latest=upper, evidence=tuple(bounds))
    chosen = stated[0]
    day = _day(chosen.value)
    sure = {_day(c.value) for c in stated if c.source not in {"time[datetime]", "htmldate"}}
    evidence = tuple(msgspec.structs.replace(c, chosen=c is chosen) for c in stated)
    return Published(
        value=chosen.value,
        earliest=day,
        latest=day,
        evidence=(*evidence, *bounds),
        conflict=len(sure) > 1,
    )


def _bounds(capture: Capture) -> Iterator[Candidate]:
    """Yield the days before which the page must have been published."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rarely needed

    modified = capture.headers.get("last-modified")
    if modified:
        try:
            day = parsedate_to_datetime(modified).date().isoformat()
        except ValueError:
            day = None
        if day:
            yield Candidate(
                field="published", value=day, source="http:last-modified", note="upper bound"
            )
    fetched = _day(capture.fetched_at or "")
    if fetched:
        yield Candidate(
            field="published", value=fetched, source="capture:fetched_at", note="upper bound"
        )
