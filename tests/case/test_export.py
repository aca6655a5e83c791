"""Exports: lossless lines, and a table that a spreadsheet cannot run."""

import csv
import io

from msgspec.structs import replace

from ondit.case.export import COLUMNS, write_csv, write_jsonl
from ondit.case.store import Case
from ondit.case.summary import claim_rows
from ondit.model import decode
from tests.case.fakes import a_record, a_report, read_lines


def table(text: str) -> list[dict[str, str]]:
    out = io.StringIO()
    write_csv(claim_rows(read_lines(a_report(text))), out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_lines_hold_the_records_with_decisions(case: Case) -> None:
    case.decide(next(case.claims()).claim, "status", "denied", who="ana", why="why")
    out = io.BytesIO()
    assert write_jsonl(case.held(), out) == 1
    record = decode(out.getvalue().splitlines()[0])
    assert record.claims[0].status == "denied"
    assert record.text == a_record().text


def test_every_claim_is_a_row_with_every_column() -> None:
    out = io.StringIO()
    assert write_csv(claim_rows(a_record(), number=2), out) == 4
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["rests_on"] == "organisation"
    assert rows[3]["source"] == ""
    assert {row["report"] for row in rows} == {"2"}


def test_no_cell_begins_like_a_formula() -> None:
    for words in ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)"):
        (row,) = table(words)
        assert row["words"] == "'" + words
    assert table("une -fois")[0]["words"] == "une -fois"


def test_a_sign_alone_is_no_formula() -> None:
    out = io.StringIO()
    record = a_record()
    write_csv(claim_rows(replace(record, claims=record.claims[2:3])), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["polarity"] == "-"


def test_quotes_and_line_breaks_survive() -> None:
    record = read_lines(a_report('Il dit "oui", dit-il'))
    out = io.StringIO()
    write_csv(claim_rows(record), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["words"] == 'Il dit "oui", dit-il'
