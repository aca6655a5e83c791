"""Archives: mail and web archives in, the payloads they hold out, with where they stood."""

from __future__ import annotations

import email
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Any, BinaryIO

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecordType

from ondit.capture.kinds import Kind, sniff
from ondit.capture.limits import Limits
from ondit.capture.payloads import Payload, captured, instant, kept_headers, mail_date
from ondit.capture.unpacking import undo_encodings
from ondit.model import Candidate, Capture, CaptureError

_WARC_MEMBER = re.compile(r"\.warc(?:\.gz|\.zst)?$", re.IGNORECASE)
_WANTED = ("text/html", "application/xhtml+xml", "text/plain")
# A member that shrinks more than this is made to fill memory; WARC files lie in a WACZ unpacked
# or compress some ten times.
_MAX_RATIO = 500


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """An archive ready to be read: a seekable stream and the digest of all of it."""

    stream: Any
    sha256: str
    size: int

    def place(self, where: object) -> str:
        """Return the `Capture.container` of something inside."""
        return f"sha256:{self.sha256}#{where}"


# -- mail: MHTML, EML ----------------------------------------------------------------------------


def read_mail(archive: Archive, *, kind: Kind, limits: Limits) -> Iterator[Payload]:
    """Yield the one page or letter that a MIME message holds.

    Args:
        archive: the message.
        kind: ``mhtml`` for a page saved by a browser, ``email`` for a letter.
        limits: a message may be as large as everything that an archive may unpack to.

    Raises:
        CaptureError: when it holds neither a page nor a text, or is malformed beyond reading.
    """
    if archive.size > limits.max_unpacked:
        raise CaptureError(f"a message of {archive.size:,} bytes; {limits.max_unpacked:,} are read")
    message = _parse(archive.stream.read())
    parts = _parts(message, limits)
    number, part = _main_part(message, parts, page=kind == "mhtml")
    content = _decoded(part)
    is_page = part.get_content_type() != "text/plain"
    facts = _saved_page(message, part) if kind == "mhtml" else {}
    yield Payload(
        content=content,
        kind="page" if is_page else "plain",
        capture=captured(
            content,
            "page" if is_page else "plain",
            container=archive.place(f"part{number}"),
            headers=kept_headers({"content-type": _one_line(part.get("content-type"))}),
            **facts,
        ),
        candidates=tuple(_snapshot(message) if kind == "mhtml" else _letter(message)),
    )


def _parse(content: bytes) -> Message:
    try:
        return email.message_from_bytes(content)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError) as error:
        # The standard parser promises never to raise and keeps that for all but hostile nesting
        # and a few malformed parameters.
        raise CaptureError(f"a MIME message that cannot be parsed: {error}") from error


def _parts(message: Message, limits: Limits) -> list[Message]:
    parts: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        parts.append(part)
        if len(parts) > limits.max_archive_members:
            raise CaptureError(f"more than {limits.max_archive_members:,} parts in one message")
        payload = part.get_payload()
        # A forwarded letter is an attachment, not this letter.
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            waiting.extend(reversed([p for p in payload if isinstance(p, Message)]))
    return parts


def _main_part(message: Message, parts: list[Message], *, page: bool) -> tuple[int, Message]:
    """Return the part that is the page or the letter, with its number in the message."""
    inline = [(n, p) for n, p in enumerate(parts) if p.get_content_disposition() != "attachment"]
    pages = [x for x in inline if x[1].get_content_type() in _WANTED[:2]]
    texts = [x for x in inline if x[1].get_content_type() == "text/plain"]
    if page:
        pages = _root_first(message, pages)
    # A letter whose HTML part is empty of text is rarer than one whose text part says "see HTML".
    for found in (*pages, *texts):
        if _decoded(found[1]).strip():
            return found
    kinds = ", ".join(sorted({p.get_content_type() for p in parts})[:8])
    raise CaptureError(f"a MIME message with no page and no text in it (parts: {kinds})")


def _root_first(message: Message, pages: list[tuple[int, Message]]) -> list[tuple[int, Message]]:
    start = str(message.get_param("start") or "").strip("<> ")
    location = _one_line(message.get("snapshot-content-location"))

    def is_root(part: Message) -> bool:
        named = start and _one_line(part.get("content-id")).strip("<> ") == start
        return bool(named or (location and _one_line(part.get("content-location")) == location))

    return sorted(pages, key=lambda found: not is_root(found[1]))


def _decoded(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, TypeError, AssertionError) as error:
        raise CaptureError(f"a MIME part whose transfer encoding is damaged: {error}") from error
    return payload if isinstance(payload, bytes) else b""


def _saved_page(message: Message, part: Message) -> dict[str, str]:
    """Return url and time of capture as a browser wrote them into a saved page."""
    url = (
        _one_line(message.get("snapshot-content-location"))
        or _one_line(part.get("content-location"))
        or _one_line(message.get("content-location"))
    )
    moment = mail_date(_one_line(message.get("date")))
    facts = {"url": url, "fetched_at": instant(moment) if moment else ""}
    return {name: value for name, value in facts.items() if value}


def _snapshot(message: Message) -> Iterator[Candidate]:
    title = _header(message, "subject")
    if title:
        yield Candidate(field="title", value=title, source="mhtml:subject")


def _letter(message: Message) -> Iterator[Candidate]:
    title, sender = _header(message, "subject"), _header(message, "from")
    moment = mail_date(_one_line(message.get("date")))
    if title:
        yield Candidate(field="title", value=title, source="mail:subject")
    if sender:
        name = sender.split("<")[0].strip().strip('"') or sender
        yield Candidate(field="outlet", value=name, source="mail:from", note=sender)
    if moment:
        yield Candidate(field="published", value=moment.isoformat(), source="mail:date")


def _header(message: Message, name: str) -> str:
    raw = _one_line(message.get(name))
    try:
        return _one_line(str(make_header(decode_header(raw))))
    except (MessageError, ValueError, LookupError):
        return raw


def _one_line(header: object) -> str:
    return " ".join(str(header).split()) if header is not None else ""


# -- web archives: WARC, WACZ ---------------------------------------------------------------------


def read_warc(archive: Archive, *, limits: Limits, member: str = "") -> Iterator[Payload]:
    """Yield the pages and texts of a WARC file, in file order.

    Revisit records, other types and other statuses are passed over; the last payload tells how
    many.

    Raises:
        CaptureError: when the file is no WARC, or holds no page.
    """
    passed: Counter[str] = Counter()
    held: Payload | None = None
    try:
        for number, record in enumerate(_records(archive.stream)):
            if number >= limits.max_archive_members:
                passed["records past the limit of " + f"{limits.max_archive_members:,}"] += 1
                break
            payload = _from_record(record, archive, limits, member, passed)
            if payload:
                if held:
                    yield held
                held = payload
    except (OSError, ValueError, EOFError) as error:
        passed[f"damage after the last record read ({error})"] += 1
    yield _with_note(held, passed)


def _records(stream: BinaryIO) -> Iterator[Any]:
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
    return iter(ArchiveIterator(stream, record_types=wanted, auto_decode="none"))


def _with_note(held: Payload | None, passed: Counter[str]) -> Payload:
    told = ", ".join(f"{count} {what}" for what, count in sorted(passed.items()))
    if held is None:
        raise CaptureError("a WARC file with no page in it" + (f" ({told})" if told else ""))
    if not told:
        return held
    note = f"passed over in this WARC file: {told}"
    return msgspec.structs.replace(held, notes=(*held.notes, note))


def _from_record(
    record: Any, archive: Archive, limits: Limits, member: str, passed: Counter[str]
) -> Payload | None:
    if record.record_type == WarcRecordType.revisit:
        passed["revisit records, which hold no payload of their own"] += 1
        return None
    headers, status = _http(record)
    media = headers.get("content-type", "").split(";")[0].strip().lower()
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if status not in {None, 200} or media not in _WANTED or url.endswith("/robots.txt"):
        passed["records that are no page"] += 1
        return None
    place = archive.place(f"{member}@{record.stream_pos}" if member else record.stream_pos)
    known = {
        "url": url or None,
        "container": place,
        "fetched_at": instant(record.record_date) if record.record_date else None,
        "headers": kept_headers(headers),
    }
    return _payload(record, headers, known, limits)


def _http(record: Any) -> tuple[dict[str, str], int | None]:
    """Return the HTTP headers in lower case and the status; of a resource, its own media type."""
    if record.http_headers is None:
        return {"content-type": record.headers.get("Content-Type") or ""}, None
    headers = {str(k).lower(): str(v) for k, v in record.http_headers.items()}
    return headers, record.http_headers.status_code


def _payload(
    record: Any, headers: dict[str, str], known: dict[str, Any], limits: Limits
) -> Payload | None:
    raw = _read_up_to(record.reader, limits.max_bytes + 1)
    notes = []
    if len(raw) < min(record.content_length, limits.max_bytes):
        notes.append(f"cut short: {len(raw):,} of {record.content_length:,} bytes are there")
    if record.headers.get("WARC-Truncated"):
        notes.append(f"the recorder cut the page short ({record.headers['WARC-Truncated']})")
    if not raw and record.content_length > 0:
        return _refused("a WARC record that is cut short: its payload is missing", known)
    if len(raw) > limits.max_bytes:
        return _refused(f"more than {limits.max_bytes:,} bytes, the limit for one report", known)
    try:
        content = undo_encodings(raw, headers, limit=limits.max_bytes)
    except CaptureError as error:
        return _refused(str(error), known)
    kind = _kind(content, headers)
    return Payload(
        content=content,
        kind=kind,
        capture=captured(content, kind, **known),
        notes=tuple(notes),
        refused="bytes that are no text" if kind == "refused" else None,
    )


def _kind(content: bytes, headers: dict[str, str]) -> Kind:
    found = sniff(content, "page.html" if "html" in headers.get("content-type", "") else "")
    return found.kind if found.kind in {"page", "plain", "refused"} else "plain"


def _refused(reason: str, known: dict[str, Any]) -> Payload:
    capture = msgspec.structs.replace(Capture(sha256="", bytes=0), **known)
    return Payload(content=b"", kind="page", capture=capture, refused=reason)


def _read_up_to(reader: Any, size: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < size and (piece := reader.read(min(65_536, size - len(pieces)))):
        pieces += piece
    return bytes(pieces)


def read_wacz(archive: Archive, *, limits: Limits) -> Iterator[Payload]:
    """Yield the pages of the WARC files in a WACZ (a zip file), member by member.

    Nothing is unpacked to disk, so a member's name can do no harm.

    Raises:
        CaptureError: when it is no zip, holds no WARC, or would unpack to more than the limits.
    """
    try:
        with zipfile.ZipFile(archive.stream) as file:
            yield from _from_members(file, archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        # RuntimeError is what zipfile raises for an encrypted member.
        raise CaptureError(f"a zip file that cannot be read: {error}") from error


def _from_members(file: zipfile.ZipFile, archive: Archive, limits: Limits) -> Iterator[Payload]:
    found, problem = False, CaptureError("a WACZ file with no page in it")
    for member in _warc_members(file, limits):
        try:
            for payload in _from_member(file, member, archive, limits):
                found = True
                yield payload
        except CaptureError as error:
            # Crawlers write WARC files that hold no page, only what pages draw in.
            problem = error
    if not found:
        raise problem


def _warc_members(file: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    members = file.infolist()
    if len(members) > limits.max_archive_members:
        raise CaptureError(f"{len(members):,} members; {limits.max_archive_members:,} are read")
    warcs = [m for m in members if _WARC_MEMBER.search(m.filename)]
    if not warcs:
        raise CaptureError("a zip file with no WARC file in it, so no web archive (WACZ)")
    total = sum(m.file_size for m in warcs)
    if total > limits.max_unpacked:
        raise CaptureError(f"unpacks to {total:,} bytes; at most {limits.max_unpacked:,} are read")
    for m in warcs:
        if m.file_size > max(1, m.compress_size) * _MAX_RATIO:
            raise CaptureError(
                f"member {m.filename!r} unpacks to more than {_MAX_RATIO} times its size"
            )
    return warcs


def _from_member(
    file: zipfile.ZipFile, member: zipfile.ZipInfo, archive: Archive, limits: Limits
) -> Iterator[Payload]:
    with file.open(member) as stream:
        # The size in the directory is the maker's word; we read no further than it and our limit.
        content = stream.read(min(member.file_size, limits.max_unpacked))
    inside = msgspec.structs.replace(archive, stream=io.BytesIO(content), size=len(content))
    yield from read_warc(inside, limits=limits, member=member.filename)
