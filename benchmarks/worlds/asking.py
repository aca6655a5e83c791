"""How ondit answers about a world: its pages are read as any page is, and compared."""

from __future__ import annotations

from typing import Any

import msgspec

from benchmarks.worlds.gold import Report
from benchmarks.worlds.pages import page
from benchmarks.worlds.scoring import Answer
from ondit.capture import report_from_bytes
from ondit.comparing.corroboration import corroborate
from ondit.model import Record
from ondit.reading.pipeline import read_report


def read(report: Report) -> Record:
    """Return the record of a report, read from its page."""
    (captured,) = report_from_bytes(page(report), name=f"{report.id}.html")
    return read_report(captured)


def ondit(reports: list[Report]) -> Answer:
    """Return what ondit says of `reports`; each claim of a group carries the words it stands on."""
    records = {report.id: read(report) for report in reports}
    found: dict[str, Any] = msgspec.to_builtins(corroborate(records.items()))
    words = {
        (name, claim.id): claim.spans[0].exact
        for name, record in records.items()
        for claim in record.claims
    }
    for group in found["groups"]:
        for claim in group["claims"]:
            claim["text"] = words.get((claim["report"], claim["claim"]), "")
    return found
