"""Where a claim stands on the captured bytes, and everything that made it read as it does."""

from __future__ import annotations

import msgspec

from ondit.case.corrections import Correction
from ondit.case.held import Held
from ondit.case.summary import ClaimRow
from ondit.model import Attribution, Capture, Evidence, Producer, Record, Segment, Span


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that a span was read from."""

    span: Span
    byte_start: int
    byte_end: int
    exact: bool
    """False when the bytes are those of the enclosing element, which holds more than the span."""
    selectors: tuple[str, ...]
    """CSS selectors of the enclosing elements; empty in plain text."""


def origin(record: Record, content: bytes, span: Span) -> Origin | None:
    """Return the bytes of `content` that `span` was read from, or None without a map to them.

    A segment whose bytes decode to just its characters is measured to the byte. In one with tags,
    folded white space or character references inside, the page's own rules narrow it down; where
    they cannot, the span is sought, and if it does not stand just once the segment is given whole.
    """
    under = [s for s in record.segments if s.span.overlaps(span)]
    if not under:
        return None
    under.sort(key=lambda s: s.span.start)
    charset = record.capture.charset or "utf-8"
    first, start_exact = _byte_at(under[0], content, charset, span.start, end=False)
    last, end_exact = _byte_at(under[-1], content, charset, span.end, end=True)
    if not (start_exact and end_exact):
        from ondit.capture.assembly import narrow  # noqa: PLC0415 - loads the aligner, seldom needed

        left, right = (narrow(s, content, charset, span) for s in (under[0], under[-1]))
        if left and right:
            first, last, start_exact = left[0], right[1], True
        else:
            first, last, start_exact = _only_place(span, content, charset, first, last)
    return Origin(
        span=span,
        byte_start=first,
        byte_end=last,
        exact=start_exact,
        selectors=tuple(dict.fromkeys(s.selector for s in under if s.selector)),
    )


def _only_place(
    span: Span, content: bytes, charset: str, first: int, last: int
) -> tuple[int, int, bool]:
    """Return where the span's characters stand in ``first:last`` if they stand there just once."""
    try:
        sought = span.exact.encode(charset)
    except (UnicodeError, LookupError):
        return first, last, False
    place = content.find(sought, first, last)
    if place < 0 or content.find(sought, place + 1, last) >= 0:
        return first, last, False
    return place, place + len(sought), True


def _byte_at(
    segment: Segment, content: bytes, charset: str, position: int, *, end: bool
) -> tuple[int, bool]:
    """Return the byte offset of code point `position`, and whether it is exact."""
    edge = segment.span.end if end else segment.span.start
    bound = segment.byte_end if end else segment.byte_start
    if position == edge:
        return bound, True
    inside = position - segment.span.start
    if not 0 <= inside <= len(segment.span.exact):
        return bound, True  # the span goes on over text that no byte stands for
    try:
        decoded = content[segment.byte_start : segment.byte_end].decode(charset)
        before = segment.span.exact[:inside].encode(charset)
    except (UnicodeError, LookupError):
        return bound, False
    if decoded != segment.span.exact:
        return bound, False
    return segment.byte_start + len(before), True


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """One claim with all that stands behind it."""

    row: ClaimRow
    spans: tuple[Span, ...]
    origins: tuple[Origin, ...]
    """Bytes of each span; empty when the capture has no map to them."""
    chain: tuple[Attribution, ...]
    """Innermost first."""
    evidence: tuple[Evidence, ...]
    corrections: tuple[Correction, ...]
    inputs: tuple[str, ...]
    capture: Capture
    producer: Producer | None
    added_at: str
    read_at: str


def provenance(held: Held, id: str, content: bytes) -> Provenance:
    """Return the claim `id` of a report with all that stands behind it.

    Args:
        held: the report.
        id: the whole id of one of its claims.
        content: the captured bytes.
    """
    record = held.record
    claim = next(claim for claim in record.claims if claim.id == id)
    row = next(row for row in held.claims() if row.claim == id)
    known = {attribution.id: attribution for attribution in record.attributions}
    origins = (origin(record, content, span) for span in claim.spans)
    return Provenance(
        row=row,
        spans=claim.spans,
        origins=tuple(found for found in origins if found),
        chain=tuple(known[link] for link in reversed(claim.attribution)),
        evidence=claim.evidence,
        corrections=row.corrections,
        inputs=held.inputs,
        capture=record.capture,
        producer=record.producer,
        added_at=held.added_at,
        read_at=held.read_at,
    )
