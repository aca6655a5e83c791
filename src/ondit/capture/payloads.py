"""Payloads: the bytes of one report as they came out of whatever held them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from ondit.capture.failing import failed
from ondit.capture.kinds import MEDIA_TYPES, Kind
from ondit.capture.limits import Limits
from ondit.model import Candidate, Capture, Failure, Meta, Published, Report, digest

# HTTP headers that bear on evidence; cookies and the rest stay in the archive.
_KEPT = frozenset(
    {
        "content-type", "content-language", "content-encoding", "date", "last-modified", "etag",
        "server", "location", "age", "via", "link", "memento-datetime", "x-archive-orig-date",
    }
)  # fmt: skip


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """One report's bytes with what their container says of them."""

    content: bytes
    kind: Kind
    capture: Capture
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()
    """Losses worth telling: what was skipped or cut short on the way."""
    refused: str | None = None
    """Why these bytes cannot be read at all."""


def captured(content: bytes, kind: Kind, **known: object) -> Capture:
    """Return the capture of payload bytes; `known` are further fields of `Capture`."""
    base = Capture(sha256=digest(content), bytes=len(content), media_type=MEDIA_TYPES.get(kind))
    return msgspec.structs.replace(base, **known)


def kept_headers(headers: dict[str, str]) -> dict[str, str]:
    """Return the headers that a capture keeps, with lower-case names."""
    return {name.lower(): value for name, value in headers.items() if name.lower() in _KEPT}


def instant(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def mail_date(header: str | None) -> datetime | None:
    """Return the moment of an RFC 5322 date header; None when it is absent, malformed or naive."""
    try:
        moment = parsedate_to_datetime(header or "")
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else None


def read_payload(payload: Payload, *, input: str, plain: bool, limits: Limits) -> Report:
    """Return the report of one payload; what it cannot be read for is a failure in it."""
    size = len(payload.content)
    if payload.refused:
        return failed(input, payload.refused, capture=payload.capture)
    if size > limits.max_bytes:
        reason = f"{size:,} bytes; at most {limits.max_bytes:,} are read for one report"
        return failed(input, reason, capture=payload.capture)
    if not payload.content:
        return failed(input, "the input is empty", capture=payload.capture)
    report = _read(payload, input=input, plain=plain, limits=limits)
    notes = tuple(Failure(step="capture", reason=note) for note in payload.notes)
    return msgspec.structs.replace(
        report, meta=told(report.meta, payload.candidates), failures=notes + report.failures
    )


def _read(payload: Payload, *, input: str, plain: bool, limits: Limits) -> Report:
    if payload.kind == "page":
        from ondit.capture.page import read_page  # noqa: PLC0415 - loads the extractors

        return read_page(payload.content, input=input, capture=payload.capture, limits=limits)
    from ondit.capture.plain import read_plain  # noqa: PLC0415 - loads the phrase lists

    title = next((c.value for c in payload.candidates if c.field == "title"), None)
    return read_plain(
        payload.content, input=input, capture=payload.capture, clean=plain, title=title
    )


def told(meta: Meta, candidates: tuple[Candidate, ...]) -> Meta:
    """Return the metadata with what the container tells added.

    It fills what is unknown and goes before what was guessed from lines of plain text.
    """
    for candidate in candidates:
        if candidate.field == "published":
            meta = msgspec.structs.replace(meta, published=_dated(meta.published, candidate))
            continue
        meta = _filled(meta, candidate)
    return meta


def _filled(meta: Meta, candidate: Candidate) -> Meta:
    guessed = [c for c in meta.candidates if c.chosen and c.field == candidate.field]
    known = getattr(meta, candidate.field, "")
    if known is not None and not any(c.source.startswith("text:") for c in guessed):
        return msgspec.structs.replace(meta, candidates=(*meta.candidates, candidate))
    others = tuple(
        msgspec.structs.replace(c, chosen=False) if c in guessed else c for c in meta.candidates
    )
    chosen = msgspec.structs.replace(candidate, chosen=True)
    values = {candidate.field: candidate.value, "candidates": (*others, chosen)}
    return msgspec.structs.replace(meta, **values)


def _dated(published: Published, candidate: Candidate) -> Published:
    day = candidate.value[:10]
    if published.value is None:
        return Published(
            value=candidate.value,
            earliest=day,
            latest=day,
            evidence=(*published.evidence, msgspec.structs.replace(candidate, chosen=True)),
            conflict=published.conflict,
        )
    return msgspec.structs.replace(
        published,
        evidence=(*published.evidence, candidate),
        conflict=published.conflict or published.value[:10] != day,
    )
