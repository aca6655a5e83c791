"""What was captured: bytes with their digest, one text, and the map between the two."""

from __future__ import annotations

from typing import Literal

import msgspec

from ondit.model.span import Span

Verdict = Literal["article", "index", "consent", "paywall", "script-only", "empty", "unknown"]

FurnitureKind = Literal[
    "breadcrumb",
    "headline-repeat",
    "byline",
    "dateline",
    "section",
    "related",
    "cookie",
    "share",
    "navigation",
    "newsletter",
    "comments",
    "caption",
    "credit",
    "advertisement",
    "copyright",
    "other",
]

BlockKind = Literal[
    "headline", "standfirst", "paragraph", "heading", "list-item", "quote", "caption"
]


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the bytes became characters: which charset, decided by what, at what cost."""

    charset: str
    method: Literal["bom", "utf-8", "declared", "repaired", "detected", "given", "none"]
    declared: str | None = None
    replaced: int = 0
    """Number of U+FFFD characters that stand for bytes which no charset could read."""


class Capture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The evidentiary copy of one report: its bytes by digest, and how they came to us."""

    sha256: str
    """Hex digest of the captured bytes (of the payload, when they came out of an archive)."""
    bytes: int
    media_type: str | None = None
    url: str | None = None
    fetched_at: str | None = None
    """RFC 3339, UTC; when the page was fetched or archived. None when nobody said."""
    charset: str | None = None
    decision: Decision | None = None
    container: str | None = None
    """The archive that held the payload, as ``sha256:<hex>#<record offset or member>``."""
    headers: dict[str, str] = {}
    """HTTP headers of the capture that bear on evidence (lower-case names)."""


class Segment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A run of `text` and the captured bytes it was read from.

    The bytes of ``byte_start:byte_end``, decoded with the capture's charset, with character
    references resolved and white space folded, are the characters of `span`. White space that
    stands between two blocks maps to the bytes between them (the tags).
    """

    span: Span
    byte_start: int
    byte_end: int
    selector: str | None = None
    """CSS selector of the enclosing element; None in plain text."""


class Furniture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of `text` that belongs to the page, not to the report; never a source of claims."""

    span: Span
    kind: FurnitureKind
    rule: str


class Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One headline, standfirst, or paragraph of the report, in reading order; no furniture."""

    start: int
    end: int
    kind: BlockKind = "paragraph"


class Candidate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value that the capture offers for a field of `Meta`, with the place it was read from."""

    field: str
    value: str
    source: str
    """Where it was found: ``json-ld:datePublished``, ``meta:article:published_time``,
    ``time[datetime]``, ``http:last-modified``, ``text:weekday-date``, ``option:--published`` ..."""
    chosen: bool = False
    note: str | None = None


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The day of publication, or the bounds that the evidence allows; never today's date."""

    value: str | None = None
    """ISO day or instant as the page states it; None when the page states none."""
    earliest: str | None = None
    """ISO day."""
    latest: str | None = None
    """ISO day."""
    evidence: tuple[Candidate, ...] = ()
    conflict: bool = False
    """True when the candidates name different days."""


class Meta(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the page says of itself, each field with its candidates."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    publisher: str | None = None
    canonical: str | None = None
    section: str | None = None
    published: Published = Published()
    modified: str | None = None
    verdict: Verdict = "unknown"
    verdict_reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Failure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that could not be done to this report: which step, and why, in plain words.

    `fatal` failures mean that the report could not be read at all; the others mean that
    the record is smaller than it could be.
    """

    step: str
    reason: str
    fatal: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One captured report, ready for reading: what the capture floor hands upwards.

    `content` are the captured bytes and leave this floor only for a case file; `text` is decoded
    from them and never altered afterwards.
    """

    input: str
    capture: Capture
    content: bytes
    text: str = ""
    blocks: tuple[Block, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    segments: tuple[Segment, ...] = ()
    meta: Meta = Meta()
    failures: tuple[Failure, ...] = ()
