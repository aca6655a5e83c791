"""Limits: what is too large, too slow or too deep to be read."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The limits of reading one input; each failure they cause names the limit."""

    max_bytes: int = 8_000_000
    """Bytes of one report's payload."""
    max_depth: int = 250
    """Nesting of elements in a page; the extractor's parser loses text beyond 254."""
    max_seconds: float = 20.0
    """Wall-clock time for one report, and for fetching one address."""
    max_memory: int = 4_000_000_000
    """Address space of the process that reads, in bytes."""
    max_archive_members: int = 10_000
    max_unpacked: int = 200_000_000
    """Bytes that one archive may unpack to."""
