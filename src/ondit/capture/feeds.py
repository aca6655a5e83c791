"""Feeds: RSS and Atom entries and ninjs items in, one payload each out."""

from __future__ import annotations

import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any

import msgspec

from ondit.capture.archives import Archive
from ondit.capture.kinds import Kind
from ondit.capture.limits import Limits
from ondit.capture.payloads import Payload, captured, instant
from ondit.model import Candidate, CaptureError

# -- RSS, Atom -----------------------------------------------------------------------------------


def read_feed(archive: Archive, *, limits: Limits) -> Iterator[Payload]:
    """Yield one payload an entry: its content, or its summary when it has no content.

    The bytes of a payload are the entry's own HTML after XML's escapes, as UTF-8; title, link,
    author, dates and RSS ``<source>`` come as candidates beside it.

    Raises:
        CaptureError: when the file holds no entry or is no feed.
    """
    import feedparser  # noqa: PLC0415 - slow to load, and only feeds need it

    if archive.size > limits.max_bytes:
        raise CaptureError(f"a feed of {archive.size:,} bytes; {limits.max_bytes:,} are read")
    feed = feedparser.parse(
        io.BytesIO(archive.stream.read()), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries:
        why = feed.get("bozo_exception")
        raise CaptureError("XML with no feed entry in it" + (f" ({why})" if why else ""))
    for number, entry in enumerate(feed.entries[: limits.max_archive_members]):
        yield _from_entry(entry, feed.feed, archive.place(f"entry{number}"))


def _from_entry(entry: Any, feed: Any, place: str) -> Payload:
    string, is_html, field = _content(entry)
    kind: Kind = "page" if is_html else "plain"
    content = string.encode("utf-8", "surrogatepass")
    return Payload(
        content=content,
        kind=kind,
        capture=captured(
            content,
            kind,
            url=_text(entry, "link"),
            container=place,
            headers={"content-type": f"text/{'html' if is_html else 'plain'}; charset=utf-8"},
        ),
        candidates=tuple(_entry_candidates(entry, feed)),
        notes=() if field == "content" else (f"the feed gives only the entry's {field}",),
        refused=None if string.strip() else "a feed entry with neither content nor summary",
    )


def _content(entry: Any) -> tuple[str, bool, str]:
    """Return the entry's longest content, whether it is HTML, and the field it came from."""
    contents = [c for c in entry.get("content", []) if c.get("value", "").strip()]
    if contents:
        longest = max(contents, key=lambda c: len(c["value"]))
        return longest["value"], "html" in longest.get("type", "html"), "content"
    summary = entry.get("summary", "")
    kind = entry.get("summary_detail", {}).get("type", "text/html")
    if summary.strip():
        return summary, "html" in kind and "<" in summary, "summary"
    return escape(entry.get("title", ""), quote=False), False, "title"


def _entry_candidates(entry: Any, feed: Any) -> Iterator[Candidate]:
    if title := _text(entry, "title"):
        yield Candidate(field="title", value=title, source="feed:title")
    if author := _text(entry, "author"):
        yield Candidate(field="byline", value=author, source="feed:author")
    if link := _text(entry, "link"):
        yield Candidate(field="canonical", value=link, source="feed:link")
    yield from _origin(entry, feed)
    for field, key in (("published", "published"), ("modified", "updated")):
        if moment := _moment(entry, key):
            yield Candidate(field=field, value=moment, source=f"feed:{key}", note=_text(entry, key))


def _origin(entry: Any, feed: Any) -> Iterator[Candidate]:
    """Yield who published the entry: its ``<source>`` where a feed gathers others' work."""
    gathered = _text(feed, "title")
    source = entry.get("source", {})
    name = source.get("title") if hasattr(source, "get") else None
    if name and name.strip():
        place = source.get("href") or _text(source, "link")
        yield Candidate(field="outlet", value=name.strip(), source="feed:source", note=place)
        yield Candidate(field="publisher", value=name.strip(), source="feed:source", note=place)
        if gathered and gathered != name.strip():
            yield Candidate(
                field="outlet", value=gathered, source="feed:channel-title", note="gathers others"
            )
    elif gathered:
        yield Candidate(field="outlet", value=gathered, source="feed:channel-title")


def _moment(entry: Any, key: str) -> str | None:
    parsed = entry.get(f"{key}_parsed") if key in entry else None
    if parsed is None:
        return None
    try:
        return instant(datetime.fromtimestamp(timegm(parsed), tz=UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _text(entry: Any, key: str) -> str | None:
    value = entry.get(key) if hasattr(entry, "get") and key in entry else None
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


# -- ninjs ---------------------------------------------------------------------------------------


def read_ninjs(archive: Archive, *, limits: Limits) -> Iterator[Payload]:
    """Yield one payload an item of a ninjs file (1.x or 2.x): its body, with its fields.

    A file may hold one item, a list of items, or an object with ``items`` or ``associations``.

    Raises:
        CaptureError: when it is no JSON, nests too deeply, or holds no item with a body.
    """
    if archive.size > limits.max_bytes:
        raise CaptureError(f"JSON of {archive.size:,} bytes; {limits.max_bytes:,} are read")
    try:
        document = msgspec.json.decode(archive.stream.read())
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise CaptureError(f"JSON that cannot be read: {error}") from error
    items = list(_items(document))[: limits.max_archive_members]
    if not items:
        raise CaptureError("JSON with no ninjs item in it (no body_html, body_text or bodies)")
    for number, item in enumerate(items):
        yield _from_item(item, archive.place(f"item{number}"))


def _items(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, list):
        for element in document:
            yield from _items(element)
    elif isinstance(document, dict):
        if _body(document):
            yield document
        elif isinstance(document.get("items"), list):
            yield from _items(document["items"])


def _body(item: dict[str, Any]) -> tuple[str, bool] | None:
    """Return the item's body and whether it is HTML; None when it has none."""
    for key, html in (("body_html", True), ("body_xhtml", True), ("body_text", False)):
        if isinstance(item.get(key), str) and item[key].strip():
            return item[key], html
    for body in _dicts(item.get("bodies")):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            return value, "html" in str(body.get("contenttype", body.get("contentType", "")))
    return None


def _from_item(item: dict[str, Any], place: str) -> Payload:
    string, is_html = _body(item) or ("", False)
    kind: Kind = "page" if is_html else "plain"
    content = string.encode("utf-8", "surrogatepass")
    uri = item.get("uri")
    return Payload(
        content=content,
        kind=kind,
        capture=captured(
            content,
            kind,
            url=uri if isinstance(uri, str) and uri.startswith("http") else None,
            container=place,
            headers={"content-type": f"text/{'html' if is_html else 'plain'}; charset=utf-8"},
        ),
        candidates=tuple(_item_candidates(item)),
    )


def _item_candidates(item: dict[str, Any]) -> Iterator[Candidate]:
    # 1.x names a field, 2.x lists values with roles.
    titles = [
        item.get("headline"),
        *(h.get("value") for h in _dicts(item.get("headlines"))),
        item.get("title"),
    ]
    for title in titles:
        if isinstance(title, str) and title.strip():
            yield Candidate(field="title", value=title.strip(), source="ninjs:headline")
    by = item.get("by") or item.get("byline")
    if isinstance(by, str) and by.strip():
        yield Candidate(field="byline", value=by.strip(), source="ninjs:by")
    provider = item.get("provider")
    name = provider.get("name") if isinstance(provider, dict) else provider
    for field in ("outlet", "publisher"):
        if isinstance(name, str) and name.strip():
            yield Candidate(field=field, value=name.strip(), source="ninjs:provider")
    yield from _item_dates(item)


def _item_dates(item: dict[str, Any]) -> Iterator[Candidate]:
    first = item.get("firstcreated") or item.get("firstCreated")
    version = item.get("versioncreated") or item.get("versionCreated")
    for field, value, source in (
        ("published", version, "ninjs:versioncreated"),
        ("modified", version if first and first != version else None, "ninjs:versioncreated"),
    ):
        if isinstance(value, str) and _is_instant(value):
            yield Candidate(field=field, value=value, source=source)


def _is_instant(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
