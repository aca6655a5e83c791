"""Verification: every digest, every anchor, every event of a case, computed again and compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ondit.case.corrections import Correction
from ondit.case.held import StoredCapture, StoredRecord
from ondit.case.log import Event, chain_faults
from ondit.case.rows import claim_columns, expected_columns, passage_columns, unpack
from ondit.case.store import Case
from ondit.model import AnchorError, CaseError, Record, Report, decode, digest


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What verification found of a case."""

    captures: int
    records: int
    anchors: int
    events: int
    head: str | None
    """Hash of the last event: written down elsewhere, it vouches for the whole log."""
    faults: tuple[str, ...]
    """Each thing that does not hold, in words; empty when all holds."""


def verify(case: Case) -> Finding:
    """Return what holds and what does not: bytes, texts, anchors, decisions, log, and the file.

    Anyone who can write to the file can also forge a whole log. What no forger can change is a
    `Finding.head` that was written down elsewhere.
    """
    check = _Check(case)
    faults: list[str] = []
    try:
        faults.extend(check.faults())
    except CaseError as error:  # the file is too damaged to go on
        faults.append(f"file: {error}; what comes after could not be checked")
    return Finding(
        captures=check.captures,
        records=check.records,
        anchors=check.anchors,
        events=len(check.events),
        head=check.events[-1].hash if check.events else None,
        faults=tuple(faults),
    )


class _Check:
    """One verification of one case; counts as it goes."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.captures = self.records = self.anchors = 0
        self.events: list[Event] = []

    def faults(self) -> Iterator[str]:
        """Yield, in words, each thing that does not hold."""
        case = self._case
        yield from case.damage()
        self.events = list(case.log())
        yield from chain_faults(self.events)
        told = _Told(self.events)
        texts: dict[str, str] = {}
        for capture in case.stored_captures():
            self.captures += 1
            yield from _capture_faults(capture, told, texts)
        for stored in case.stored_records():
            yield from self._record(stored, told, texts)
        yield from _correction_faults(case, told)
        yield from _input_faults(case, told)
        yield from told.missing()

    def _record(self, stored: StoredRecord, told: _Told, texts: dict[str, str]) -> Iterator[str]:
        self.records += 1
        record, found = _record_faults(stored, told, texts)
        self.anchors += sum(1 for _ in record.spans()) if record else 0
        yield from found or _derived_faults(self._case, stored)


class _Told:
    """What the log tells of, by kind and key; what is looked up counts as seen in the file."""

    def __init__(self, events: list[Event]) -> None:
        self.captured = {e["capture"]: e for e in _details(events, "captured", "capture")}
        self.read = {e["record"]: e for e in _details(events, "read", "record")}
        self.corrected = {e["correction"]: e for e in _details(events, "corrected", "correction")}
        self.inputs = {
            (e["capture"], e.get("input"))
            for kind in ("captured", "met again")
            for e in _details(events, kind, "capture")
        }
        self._seen: set[tuple[str, Any]] = set()

    def of(self, kind: str, key: Any) -> dict[str, Any] | None:
        """Return what the log tells of `key`, or None when it tells nothing."""
        self._seen.add((kind, key))
        found: dict[str, Any] | None = getattr(self, kind).get(key)
        return found

    def missing(self) -> Iterator[str]:
        """Yield what the log tells of and the file does not hold."""
        for kind, what in (
            ("captured", "capture"), ("read", "record"), ("corrected", "correction"),
        ):  # fmt: skip
            for key in getattr(self, kind):
                if (kind, key) not in self._seen:
                    yield f"{what} {_short(key)}: the log tells of it, the case does not hold it"


def _details(events: list[Event], kind: str, key: str) -> Iterator[dict[str, Any]]:
    found = (event.details() for event in events if event.event == kind)
    return (detail for detail in found if isinstance(detail.get(key), (str, int)))


def _capture_faults(capture: StoredCapture, told: _Told, texts: dict[str, str]) -> Iterator[str]:
    name = f"capture {capture.number} ({_short(capture.sha256)})"
    yield from _content_faults(capture, name)
    try:
        report = msgspec.json.decode(capture.report, type=Report)
    except msgspec.MsgspecError as error:
        yield f"{name}: the stored report cannot be read: {error}"
        return
    texts[capture.sha256] = report.text
    expected = expected_columns(report)
    for column, value in capture.columns.items():
        if value != expected[column]:
            yield f"{name}: {column} is {value!r}, the stored report has {expected[column]!r}"
    event = told.of("captured", capture.sha256)
    if event is None:
        yield f"{name}: the log does not tell of it"
        return
    if event.get("report") != digest(capture.report.encode()):
        yield f"{name}: the stored report was altered after it was captured"
    if event.get("text") != digest(report.text.encode("utf-8", "surrogatepass")):
        yield f"{name}: its text was altered after it was captured"


def _content_faults(capture: StoredCapture, name: str) -> Iterator[str]:
    try:
        found = digest(unpack(capture.content, capture.encoding, size=capture.columns["bytes"]))
    except CaseError as error:
        yield f"{name}: {error}"
        return
    if found != capture.sha256:
        yield f"{name}: its bytes have the digest {_short(found)}"


def _record_faults(
    stored: StoredRecord, told: _Told, texts: dict[str, str]
) -> tuple[Record | None, list[str]]:
    name = f"record {stored.id} (of capture {_short(stored.capture)})"
    faults = list(_record_log_faults(stored, told, name))
    try:
        record = decode(stored.json)
    except msgspec.MsgspecError as error:
        return None, [*faults, f"{name}: cannot be read: {error}"]
    try:
        record.verify()
    except AnchorError as error:
        faults.append(f"{name}: {error}")
    if record.capture.sha256 != stored.capture:
        faults.append(f"{name}: speaks of capture {_short(record.capture.sha256)}")
    if record.text != texts.get(stored.capture, record.text):
        faults.append(f"{name}: its text is not the text of the capture")
    return record, faults


def _record_log_faults(stored: StoredRecord, told: _Told, name: str) -> Iterator[str]:
    found = digest(stored.json.encode())
    if found != stored.sha256:
        yield f"{name}: was altered: its digest is {_short(found)}, not {_short(stored.sha256)}"
    event = told.of("read", stored.id)
    if event is None:
        yield f"{name}: the log does not tell of it"
        return
    if event.get("sha256") != found:
        yield f"{name}: is not what the log says was read"
    if event.get("options") != msgspec.json.decode(stored.options):
        yield f"{name}: its options are not those it was read with"
    later = [key for key, e in told.read.items() if e.get("supersedes") == stored.id]
    if [stored.superseded_by] != (later or [None]):
        yield f"{name}: the log has it superseded by {later or 'nothing'}"


def _derived_faults(case: Case, stored: StoredRecord) -> Iterator[str]:
    """Yield where what is kept for filters and search differs from what the record says."""
    claims, passages = case.derived(stored.id)
    expected: tuple[list[Any], list[Any]] = ([], [])
    if stored.superseded_by is None:
        held = case.find(stored.capture)
        expected = (claim_columns(stored.id, held), passage_columns(stored.id, held))
    for what, have, want in (
        ("claims", claims, expected[0]),
        ("passages", passages, expected[1]),
    ):
        if have != want:
            yield f"record {stored.id}: the {what} kept for search are not those of the record"


def _correction_faults(case: Case, told: _Told) -> Iterator[str]:
    for number, capture, json in case.stored_corrections():
        event = told.of("corrected", number)
        if event is None:
            yield f"correction {number}: the log does not tell of it"
        elif event.get("sha256") != digest(json.encode()) or event.get("capture") != capture:
            yield f"correction {number}: was altered after it was made"
        try:
            correction = msgspec.json.decode(json, type=Correction)
        except msgspec.MsgspecError as error:
            yield f"correction {number}: cannot be read: {error}"
            continue
        if (correction.number, correction.capture) != (number, capture):
            yield f"correction {number}: is filed under another number or capture"


def _input_faults(case: Case, told: _Told) -> Iterator[str]:
    for capture, input in sorted(case.stored_inputs() ^ told.inputs, key=str):  # noqa: A001  field
        yield f"capture {_short(capture)}: log and case disagree on the name {input!r}"


def _short(key: str | int) -> str:
    return key[:12] if isinstance(key, str) else str(key)
