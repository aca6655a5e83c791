"""What a case holds and what became of what it was given, as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from ondit.case.corrections import Correction
from ondit.case.summary import ClaimRow, claim_rows
from ondit.model import Record

Outcome = Literal["added", "already there", "read again", "passed over", "failed"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report that was handed to a case."""

    input: str
    outcome: Outcome
    number: int | None = None
    """Number of the report in the case; None when there was nothing to keep."""
    claims: int = 0
    failures: tuple[str, ...] = ()
    """Why it could not be read, or why there was nothing to keep."""
    orphans: tuple[Correction, ...] = ()
    """Decisions of people that the new reading has no place for."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a case: its current record with the decisions of people laid over it."""

    number: int
    record: Record
    inputs: tuple[str, ...]
    """Every name under which the same bytes were handed in, the first one first."""
    added_at: str
    read_at: str
    readings: int
    """How often it was read; all but the last are superseded."""
    applied: dict[str, tuple[Correction, ...]] = {}
    orphans: tuple[Correction, ...] = ()

    def claims(self) -> Iterator[ClaimRow]:
        """Yield the claims of the report in text order, resolved to words."""
        return claim_rows(self.record, number=self.number, corrections=self.applied)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a case's list of reports."""

    number: int
    sha256: str
    input: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    verdict: str
    claims: int
    failed: bool
    added_at: str
    read_at: str
    readings: int
    """How often it was read; all but the last are superseded."""


class StoredCapture(msgspec.Struct, frozen=True, kw_only=True):
    """A row of captures as it lies in the file, unchecked."""

    sha256: str
    number: int
    content: bytes
    encoding: str
    columns: dict[str, Any]
    report: str


class StoredRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A row of records as it lies in the file, unchecked."""

    id: int
    capture: str
    sha256: str
    json: str
    options: str
    superseded_by: int | None
