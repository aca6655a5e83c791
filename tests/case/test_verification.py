"""Verification catches a change in any part of a case, even one that tries to hide."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from ondit.case.store import Case
from ondit.case.verification import verify
from ondit.model import digest
from tests.case.fakes import a_record, a_report

Tampering = Callable[[sqlite3.Connection], object]


@pytest.fixture
def full(path: Path, case: Case) -> Path:
    """Return a closed case with two readings, two names, a decision and a second report."""
    case.add(a_report(name="copy.txt"), a_record())
    case.add(a_report(), replace(a_record(), language="en"))
    case.decide([r.claim for r in case.claims()][2], "status", "asserted", who="ana", why="list")
    other = a_report(a_report().text + "\nFin.", name="other.txt")
    case.add(other, a_record(other))
    case.close()
    return path


def faults(path: Path) -> tuple[str, ...]:
    with Case.open(path, read_only=True) as case:
        return verify(case).faults


def tamper(path: Path, change: Tampering) -> None:
    """Change a case as somebody would who knows SQLite: lift triggers, change, put them back."""
    raw = sqlite3.connect(path, isolation_level=None)
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    change(raw)
    for _, sql in triggers:
        raw.execute(sql)
    raw.close()


def sql(statement: str) -> Tampering:
    return lambda raw: raw.execute(statement)


def edit_record(raw: sqlite3.Connection) -> None:
    """Turn a denial into an assertion, and mend the digest beside it."""
    (text,) = raw.execute("SELECT json FROM records WHERE id = 1").fetchone()
    text = text.replace('"status":"denied"', '"status":"asserted"')
    changed = (text, digest(text.encode()))
    raw.execute("UPDATE records SET json = ?, sha256 = ? WHERE id = 1", changed)


def edit_current_record(raw: sqlite3.Connection) -> None:
    (text,) = raw.execute("SELECT json FROM records WHERE id = 3").fetchone()
    text = text.replace("Personne ne tenait la barre", "Quelqu'un tenait la barre!!")
    raw.execute("UPDATE records SET json = ? WHERE id = 3", (text,))


def swap_content(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE captures SET content = ?, encoding = 'raw' WHERE number = 1", (b"autre",))


def flip_byte(raw: sqlite3.Connection) -> None:
    (content,) = raw.execute("SELECT content FROM captures WHERE number = 1").fetchone()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    raw.execute("UPDATE captures SET content = ? WHERE number = 1", (flipped,))


def edit_report(raw: sqlite3.Connection) -> None:
    (text,) = raw.execute("SELECT report FROM captures WHERE number = 1").fetchone()
    report = json.loads(text)
    report["meta"]["title"] = "Autre titre"
    raw.execute("UPDATE captures SET report = ? WHERE number = 1", (json.dumps(report),))


def edit_log(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE log SET detail = replace(detail, 'copy.txt', 'copi.txt')")


TAMPERINGS: dict[str, Tampering] = {
    "a byte of a capture": flip_byte,
    "all bytes of a capture": swap_content,
    "the stored report": edit_report,
    "an address": sql("UPDATE captures SET url = 'http://elsewhere.example/' WHERE number = 1"),
    "a time of capture": sql("UPDATE captures SET fetched_at = '2001-01-01T00:00:00Z'"),
    "a length": sql("UPDATE captures SET bytes = bytes + 1 WHERE number = 2"),
    "headers": sql('UPDATE captures SET headers = \'{"etag":"x"}\' WHERE number = 1'),
    "a record with its digest": edit_record,
    "the characters of a current record": edit_current_record,
    "a record that is no record": sql("UPDATE records SET json = '{' WHERE id = 2"),
    "what supersedes a record": sql("UPDATE records SET superseded_by = 3 WHERE id = 1"),
    "options of a reading": sql("UPDATE records SET options = '{\"plain\":true}' WHERE id = 3"),
    "a name": sql("UPDATE inputs SET input = 'another.txt' WHERE input = 'copy.txt'"),
    "a lost name": sql("DELETE FROM inputs WHERE input = 'copy.txt'"),
    "a decision": sql("UPDATE corrections SET json = replace(json, 'ana', 'bob')"),
    "a lost decision": sql("DELETE FROM corrections"),
    "an event": edit_log,
    "the last event": sql("DELETE FROM log WHERE number = (SELECT max(number) FROM log)"),
    "an event in the middle": sql("DELETE FROM log WHERE number = 3"),
    "the status that filters see": sql("UPDATE claims SET status = 'denied' WHERE position = 0"),
    "the words that search sees": sql("UPDATE passages SET words = 'rien' WHERE claim IS NULL"),
    "a lost row of claims": sql("DELETE FROM claims WHERE position = 3"),
    "a link to nowhere": sql("INSERT INTO inputs VALUES ('0', 'x.txt', 'now')"),
    "an added table": sql("CREATE TABLE extra (x TEXT)"),
    "a lost index": sql("DROP INDEX claims_by_id"),
}


def test_an_untouched_case_has_no_fault(full: Path) -> None:
    with Case.open(full, read_only=True) as case:
        finding = verify(case)
        assert finding.faults == ()
        assert (finding.captures, finding.records) == (2, 3)
        assert finding.anchors > 50
        assert finding.head == case.head()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_caught(full: Path, name: str) -> None:
    tamper(full, TAMPERINGS[name])
    assert faults(full)


def test_lifting_a_trigger_is_caught(full: Path) -> None:
    raw = sqlite3.connect(full)
    raw.execute("DROP TRIGGER log_no_update")
    raw.close()
    assert faults(full) == ("file: trigger log_no_update is not as ondit makes it",)


def test_faults_say_what_is_wrong_in_words(full: Path) -> None:
    tamper(full, edit_record)
    assert faults(full) == (
        "record 1 (of capture 006e995d1ebb): is not what the log says was read",
    )


def test_a_damaged_page_is_a_fault_and_no_traceback(full: Path) -> None:
    content = bytearray(full.read_bytes())
    content[-4096:] = b"\0" * 4096
    full.write_bytes(bytes(content))
    assert faults(full)
