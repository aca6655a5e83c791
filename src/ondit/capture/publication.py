"""The day of publication: all that the capture offers for it, and what that allows to say.

Upper bounds (when the page was fetched, when the server last changed it) never become a value, and
today is never one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import msgspec

from ondit.capture.dateline import Dated, read_date
from ondit.capture.jsonld import JsonLd
from ondit.capture.markup import Markup, Passage, Tag
from ondit.capture.metadata import metas
from ondit.capture.phrases import fold, load
from ondit.capture.zones import zone
from ondit.model import Candidate, Capture, Published

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publication_date", "pubdate",
    "citation_publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
    "last-modified", "dcterms.modified", "dc.date.modified", "lastmod",
)  # fmt: skip
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)")
_URL_RUN = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_SECONDS = re.compile(r"\d\d:\d\d:\d\d|T\d{6}")
_MODIFIED_SIGNS = re.compile(r"modif|updat|maj\b")
# Sources whose word is taken for the day itself, and sources that only bound it.
_UNCONFIRMED = "a guess that the page near its headline does not confirm"
_BOUNDS = frozenset({"http:last-modified", "capture:fetched_at"})


def dates(
    markup: Markup,
    linked: JsonLd,
    *,
    capture: Capture,
    around: Iterable[Passage],
    language: str | None,
) -> list[Candidate]:
    """Return the candidates for `published` and `modified`, the surest first.

    Args:
        markup: the page.
        linked: its JSON-LD.
        capture: where it came from; its address and headers may name a day.
        around: the passages near the headline, where a dateline stands.
        language: of the page; decides the order of day and month in figures.
    """
    known = list(around)
    found = [
        *_from_json_ld(linked),
        *_from_metas(markup),
        *_from_times(markup, known),
        *_from_passages(known, language),
        *_from_address(capture.url),
    ]
    return [*filter(None, (_normal(c, language) for c in found)), *_bounds(capture)]


def guessed(
    source: str, *, capture: Capture, around: Iterable[Passage], language: str | None
) -> Candidate | None:
    """Return the day that htmldate finds, or None; it names no place and no time zone.

    Args:
        source: the decoded page.
        capture: no day after it was fetched is taken.
        around: the passages near the headline; a day that none of them shows is unconfirmed.
        language: of the page.
    """
    # Loaded when first needed: it costs as much as the rest of the floor.
    from htmldate import find_date  # noqa: PLC0415

    # Its own upper limit is today, which would make the answer depend on when it is asked.
    latest = (capture.fetched_at or "2200-01-01")[:10]
    day = find_date(
        source, original_date=True, extensive_search=False, url=capture.url, max_date=latest
    )
    if not day:
        return None
    seen = day in {d.day for p in around if _own(p) and (d := _dated(p, language))}
    note = None if seen else _UNCONFIRMED
    return Candidate(field="published", value=day, source="htmldate", note=note)


def _dated(passage: Passage, language: str | None) -> Dated | None:
    return read_date(passage.text, language=language) if len(passage.text) <= 160 else None


def published(candidates: Iterable[Candidate]) -> Published:
    """Return the value, bounds and evidence that the candidates allow."""
    evidence = [c for c in candidates if c.field == "published"]
    stated = [c for c in evidence if c.source not in _BOUNDS and c.note != _UNCONFIRMED]
    if not stated:
        latest = min((c.value[:10] for c in evidence if c.source in _BOUNDS), default=None)
        return Published(latest=latest, evidence=tuple(evidence))
    best = _finest(stated)
    same = {c.value[:10] for c in stated if _same_moment(c.value, best.value)}
    days = sorted({best.value[:10], *({c.value[:10] for c in stated} - same)})
    marked = (msgspec.structs.replace(c, chosen=c is best) for c in evidence)
    return Published(
        value=best.value,
        earliest=days[0],
        latest=days[-1],
        evidence=tuple(marked),
        conflict=len(days) > 1,
    )


def _finest(stated: list[Candidate]) -> Candidate:
    """Return the surest candidate, or another that names its moment more finely.

    A time of day goes before a bare day, and the zone of the place before UTC, which site systems
    write by default.
    """
    first = stated[0]
    same = [c for c in stated if _same_moment(c.value, first.value)]
    return max(same, key=lambda c: ("T" in c.value, _has_zone(c.value), -stated.index(c)))


def _has_zone(value: str) -> int:
    """Return 2 for a zone of a place, 1 for UTC, 0 for none."""
    time = value[10:]
    if time.endswith(("Z", "+00:00")):
        return 1
    return 2 if "+" in time or "-" in time else 0


def _same_moment(one: str, other: str) -> bool:
    """Whether two values may name the same moment."""
    if one[:10] == other[:10]:
        return True
    if not (_has_zone(one) and _has_zone(other)):
        return False
    return datetime.fromisoformat(one) == datetime.fromisoformat(other)


# -- the places ------------------------------------------------------------------------------------


def _from_json_ld(linked: JsonLd) -> Iterator[Candidate]:
    nodes = [linked.article, *linked.named("WebPage")]
    for node in filter(None, nodes):
        owner = "" if node is linked.article else "WebPage."
        for field, key in (("published", "datePublished"), ("modified", "dateModified")):
            for value in linked.texts(node, key)[:1]:
                yield Candidate(field=field, value=value, source=f"json-ld:{owner}{key}")


def _from_metas(markup: Markup) -> Iterator[Candidate]:
    named = metas(markup)
    for field, names in (("published", _PUBLISHED), ("modified", _MODIFIED)):
        for name in names:
            for value in named.get(name, ())[:1]:
                yield Candidate(field=field, value=value, source=f"meta:{name}")


def _from_times(markup: Markup, around: list[Passage]) -> Iterator[Candidate]:
    """Yield the days of time elements near the headline, or named as the page's own."""
    near = range(around[0].start - 2000, around[-1].end + 1) if around else range(0)
    for tag in markup.tags:
        value = _machine_date(tag)
        if value is None:
            continue
        named = tag.attributes.get("itemprop", "") in {"datePublished", "dateModified"}
        if not named and (tag.start not in near or not _own(tag)):
            continue
        field = "modified" if _is_modified(tag, around) else "published"
        yield Candidate(field=field, value=value, source=f"{tag.name}[{_attribute(tag)}]")


def _machine_date(tag: Tag) -> str | None:
    """Return the date that a tag states in an attribute, or None."""
    if tag.name in {"meta", "html", "link", "base"}:
        return None  # read by their names
    value = tag.attributes.get(_attribute(tag) or "", "").strip()
    return value if value[:4].isdecimal() else None


def _attribute(tag: Tag) -> str | None:
    return next((n for n in ("datetime", "content", "title") if n in tag.attributes), None)


def _own(place: Tag | Passage) -> bool:
    return zone(place) in {None, "dateline", "byline"}


def _is_modified(tag: Tag, around: list[Passage]) -> bool:
    signs = " ".join(tag.attributes.get(n, "") for n in ("class", "itemprop", "id")).lower()
    if _MODIFIED_SIGNS.search(signs):
        return True
    holder = next((p for p in around if p.start - 200 <= tag.start < p.end), None)
    if holder is None:
        return False
    shown = holder.text[: _shown(holder, tag.start)]
    return bool(_last_opening(shown) in load().modified)


def _shown(passage: Passage, offset: int) -> int:
    """Return how many characters of the passage stand before a source offset."""
    return sum(len(run.text) for run in passage.runs if run.end <= offset)


def _last_opening(shown: str) -> str | None:
    """Return the last wording of publication or change in a line, as the lists have it."""
    found = [
        (folded.rfind(name), len(name), name)
        for folded in [fold(shown)]
        for name in (*load().published, *load().modified)
        if name in folded
    ]
    return max(found)[2] if found else None


def _from_passages(around: list[Passage], language: str | None) -> Iterator[Candidate]:
    """Yield the days that lines near the headline state in words."""
    phrases = load()
    for passage in around:
        dated = _dated(passage, language)
        if dated is None or dated.value is None:
            continue
        opening = phrases.date_opening.search(fold(passage.text))
        if not (opening or zone(passage) in {"dateline", "byline"} or "time" in passage.tags):
            continue
        changed = opening is not None and opening[1] in phrases.modified
        field = "modified" if changed else "published"
        yield Candidate(field=field, value=dated.value, source="text:dateline")
        if changed is False and opening is not None:
            yield from _second_date(passage.text[dated.end :], language)


def _second_date(rest: str, language: str | None) -> Iterator[Candidate]:
    dated = read_date(rest, language=language)
    if dated is not None and dated.value is not None:
        yield Candidate(field="modified", value=dated.value, source="text:dateline")


def _from_address(url: str | None) -> Iterator[Candidate]:
    match = _URL_DAY.search(url or "") or _URL_RUN.search(url or "")
    if match:
        value = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
        yield Candidate(field="published", value=value, source="url")


def _bounds(capture: Capture) -> Iterator[Candidate]:
    note = "an upper bound"
    changed = _mail_date(capture.headers.get("last-modified"))
    if changed:
        yield Candidate(field="published", value=changed, source="http:last-modified", note=note)
    if capture.fetched_at:
        yield Candidate(
            field="published", value=capture.fetched_at, source="capture:fetched_at", note=note
        )


def _mail_date(header: str | None) -> str | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except (ValueError, TypeError, IndexError):
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment.tzinfo else None


# -- values ----------------------------------------------------------------------------------------


def _normal(candidate: Candidate, language: str | None) -> Candidate | None:
    """Return the candidate with its value as an ISO day or instant, or None when it is no date."""
    value = normal(candidate.value, language=language)
    return msgspec.structs.replace(candidate, value=value) if value else None


def normal(value: str, *, language: str | None = None) -> str | None:
    """Return a stated date as an ISO day or instant with the zone it states, or None.

    Args:
        value: as the page writes it.
        language: decides the order of day and month in figures.
    """
    bare = value.strip()
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        return _in_words(bare, language)
    if not 1800 <= moment.year <= 2200 or moment.date() == date(1970, 1, 1):
        return None  # what systems write when they do not know
    if len(bare) <= 10:
        return moment.date().isoformat()
    precision = "seconds" if _SECONDS.search(bare) else "minutes"
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")


def _in_words(value: str, language: str | None) -> str | None:
    mailed = _mail_date(value)
    if mailed:
        return mailed
    dated = read_date(value, language=language)
    return dated.value if dated else None
