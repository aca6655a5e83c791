"""Rows of the case file, made from values and read into them; no statement is run here."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
from msgspec.structs import replace

from ondit.case.held import Held, Listed
from ondit.case.search import Hit, fold, marks, stems
from ondit.case.summary import Filter
from ondit.model import CaseError, Failure, Meta, Record, Report, encode


def pack(content: bytes) -> tuple[bytes, str]:
    """Return `content` as it lies in the file, and how it was packed."""
    packed = zlib.compress(content, 6)
    return (packed, "zlib") if len(packed) < len(content) else (content, "raw")


def unpack(content: bytes, encoding: str, *, size: int) -> bytes:
    """Return the captured bytes of a row, which are `size` many.

    Raises:
        CaseError: when they are damaged, or unpack to more than that (a case may come from anyone).
    """
    if encoding != "zlib":
        return content
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(content, size or 1)
    except zlib.error as error:
        raise CaseError(f"captured bytes are damaged: {error}") from error
    if len(unpacked) != size or unpacker.unconsumed_tail:
        raise CaseError(f"captured bytes are damaged: they are not {size} bytes")
    return unpacked


def to_json(value: Any) -> str:
    """Return `value` as JSON that is the same on every run."""
    return msgspec.json.encode(value, order="deterministic").decode()


def report_json(report: Report) -> str:
    """Return the report without its bytes, which lie in a column of their own."""
    return to_json(replace(report, content=b""))


def capture_columns(report: Report) -> dict[str, Any]:
    """Return the columns of a capture that are kept for looking it up."""
    capture = report.capture
    return {
        "bytes": len(report.content),
        "media_type": capture.media_type,
        "url": capture.url,
        "input": report.input,
        "fetched_at": capture.fetched_at,
    }


def expected_columns(report: Report) -> dict[str, Any]:
    """Return what the columns of a capture must hold, by the report stored beside them."""
    return {
        **capture_columns(report),
        "bytes": report.capture.bytes,
        "container": report.capture.container,
        "headers": to_json(report.capture.headers),
    }


def claim_columns(id: int, held: Held) -> list[tuple[Any, ...]]:
    """Return the rows of claims for a record: what filters look at, folded."""
    return [
        (
            id,
            position,
            row.claim,
            row.status,
            row.earliest,
            row.latest,
            fold(row.words),
            fold("\n".join(w for v in row.voices for w in (v.name, v.words) if w)),
            fold("\n".join(row.entities)),
        )
        for position, row in enumerate(held.claims())
    ]


def passage_columns(id: int, held: Held) -> list[tuple[Any, ...]]:
    """Return the rows of passages for a record: its claims, then its paragraphs."""
    record = held.record
    claims = [(row.claim, row.start, row.words) for row in held.claims()]
    blocks = [(None, b.start, record.text[b.start : b.end]) for b in record.blocks]
    return [
        (id, claim, start, words, stems(words, record.language))
        for claim, start, words in (*claims, *blocks)
    ]


def same_reading(old: Record, new: Record) -> bool:
    """Return whether two readings of the same bytes say the same, whatever name they came under."""
    return encode(replace(new, input=old.input, capture=old.capture)) == encode(old)


def conditions(where: Filter) -> tuple[list[str], list[Any]]:
    """Return `where` as conditions on rows of claims, and the values that they are filled with."""
    clauses, values = ["1"], list[Any]()
    folded = (("sources", where.source), ("entities", where.entity), ("words", where.text))
    for column, wanted in folded:
        if wanted is not None:
            clauses.append(f"instr(claims.{column}, ?) > 0")
            values.append(fold(wanted))
    if where.status:
        clauses.append(f"status IN ({', '.join('?' * len(where.status))})")
        values.extend(where.status)
    if where.since or where.until:
        clauses.append("coalesce(earliest, latest) IS NOT NULL")
    if where.since:
        clauses.append("coalesce(latest, '9999') >= ?")
        values.append(where.since.isoformat())
    if where.until:
        clauses.append("substr(coalesce(earliest, '0000'), 1, 10) <= ?")
        values.append(where.until.isoformat())
    return clauses, values


class _Glance(msgspec.Struct):
    """What lists need of a record; the rest of its JSON is skipped."""

    meta: Meta
    language: str | None
    claims: tuple[msgspec.Raw, ...]
    failures: tuple[Failure, ...]


_GLANCE = msgspec.json.Decoder(_Glance)


def listed(row: tuple[Any, ...]) -> Listed:
    """Return a line of a case's list of reports."""
    number, sha, name, url, added_at, read_at, readings, json = row
    glance = _GLANCE.decode(json)
    return Listed(
        number=number,
        sha256=sha,
        input=name,
        url=url,
        title=glance.meta.title,
        outlet=glance.meta.outlet,
        published=glance.meta.published.value,
        language=glance.language,
        verdict=glance.meta.verdict,
        claims=len(glance.claims),
        failed=any(failure.fatal for failure in glance.failures),
        added_at=added_at,
        read_at=read_at,
        readings=readings,
    )


def hit(row: tuple[Any, ...], query: str) -> Hit:
    """Return what a search found, with the words that answer `query` marked."""
    number, name, claim, status, start, words, score, json = row
    glance = _GLANCE.decode(json)
    return Hit(
        number=number,
        input=name,
        title=glance.meta.title,
        claim=claim,
        status=status,
        start=start,
        words=words,
        score=score,
        marks=marks(words, query, glance.language),
    )


def like(string: str) -> str:
    """Return `string` for a LIKE that escapes with an exclamation mark."""
    return string.replace("!", "!!").replace("%", "!%").replace("_", "!_")
