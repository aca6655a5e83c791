"""Exports: what a case holds, in forms that other programs read."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import BinaryIO, TextIO

from ondit.case.held import Held
from ondit.case.summary import ClaimRow
from ondit.model import encode
from ondit.model.voices import Voice

FORMATS = ("jsonl", "csv")
"""What `ondit export --format` can write."""

COLUMNS = (
    "report", "input", "outlet", "published", "claim", "words", "status", "polarity", "rests_on",
    "source", "source_kind", "chain", "times", "earliest", "latest", "places", "quantities",
    "entities", "decided_by",
)  # fmt: skip
"""Columns of the table of claims."""

# What a spreadsheet would take for a formula at the beginning of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_jsonl(reports: Iterable[Held], out: BinaryIO) -> int:
    """Write one record a line, people's decisions laid over it; return how many."""
    written = 0
    for held in reports:
        out.write(encode(held.record) + b"\n")
        written += 1
    return written


def write_csv(rows: Iterable[ClaimRow], out: TextIO) -> int:
    """Write one claim a row, fit for a spreadsheet; return how many.

    The words come from pages that anyone may have written. A cell that a spreadsheet would run as
    a formula begins with an apostrophe instead; `write_jsonl` has the words as they are.
    """
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    written = 0
    for row in rows:
        writer.writerow(map(_cell, _values(row)))
        written += 1
    return written


def _values(row: ClaimRow) -> tuple[str | int | None, ...]:
    innermost = row.voices[0] if row.voices else None
    return (
        row.report, row.input, row.outlet, row.published, row.claim, row.words, row.status,
        row.polarity, row.ground, innermost.name if innermost else None,
        innermost.kind if innermost else None, " <- ".join(map(_name, row.voices)),
        "; ".join(when.words for when in row.times),
        row.earliest, row.latest, "; ".join(row.places),
        "; ".join(row.quantities), "; ".join(row.entities),
        "; ".join(dict.fromkeys(c.who for c in row.corrections)),
    )  # fmt: skip


def _name(voice: Voice) -> str:
    return voice.name or "source not stated"


def _cell(value: str | int | None) -> str | int | None:
    if isinstance(value, str) and len(value) > 1 and value.startswith(_FORMULA):
        return "'" + value
    return value
