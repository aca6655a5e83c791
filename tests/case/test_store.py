"""The case file: nothing lost, nothing changed, nothing twice."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ondit.case import store
from ondit.case.options import Options
from ondit.case.store import Case
from ondit.case.summary import Filter
from ondit.case.verification import verify
from ondit.model import Capture, CaseError, Failure, Record, Report, digest
from tests.case.fakes import FERRY, a_record, a_report, read_lines

# -- opening -----------------------------------------------------------------------------------


def test_a_missing_case_is_told_with_what_makes_one(path: Path) -> None:
    with pytest.raises(CaseError, match=r"there is no case .*`ondit add"):
        Case.open(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"a letter", b"SQLite format 3\0" + b"\0" * 200, b"\xff" * 4096]
)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_case_is_refused_and_left_alone(
    path: Path, content: bytes, create: bool
) -> None:
    path.write_bytes(content)
    with pytest.raises(CaseError, match="is not a case"):
        Case.open(path, create=create)
    assert path.read_bytes() == content


def test_a_database_of_someone_else_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE people (name TEXT)")
    other.close()
    with pytest.raises(CaseError, match="is not a case"):
        Case.open(path)


def test_an_empty_file_is_no_case_but_may_become_one(path: Path) -> None:
    path.touch()
    with pytest.raises(CaseError, match="is not a case"):
        Case.open(path)
    with Case.open(path, create=True) as case:
        assert len(case) == 0


@pytest.mark.parametrize("moment", ["marked", "made"])
def test_a_case_whose_making_was_cut_short_is_made_complete(path: Path, moment: str) -> None:
    script = """
import os, sys
from ondit.case import store
if sys.argv[2] == "marked":
    store.Case._migrate = lambda *_, **__: os._exit(9)
store.Case.open(sys.argv[1], create=True)
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script, str(path), moment], check=False)
    with Case.open(path, create=True) as case:
        assert [event.event for event in case.log()] == ["created"]
        assert verify(case).faults == ()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be opened"):
        Case.open(tmp_path)


def test_a_damaged_case_is_told_as_such(path: Path, case: Case) -> None:
    case.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(CaseError, match="cannot be used"):  # noqa: SIM117  opening may succeed
        with Case.open(path) as damaged:
            list(damaged.held())


def test_a_case_of_a_newer_ondit_is_refused(path: Path, case: Case) -> None:
    case.close()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO migrations VALUES ('0999-later', 'now')")
    raw.close()
    with pytest.raises(CaseError, match="written by a newer ondit"):
        Case.open(path)


def test_an_older_case_is_brought_up_to_date(
    path: Path, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    later = (*store.MIGRATIONS, ("0002-notes", "CREATE TABLE notes (words TEXT) STRICT;\n"))
    monkeypatch.setattr(store, "MIGRATIONS", later)
    with pytest.raises(CaseError, match="written by an older ondit"):
        Case.open(path, read_only=True)
    with Case.open(path) as opened:
        assert [event.event for event in opened.log()][-1] == "migrated"
        assert len(opened) == 1


def test_a_case_on_an_unwritable_medium_is_read(
    path: Path, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.close()
    before = sorted(path.parent.iterdir())
    monkeypatch.setattr(store, "_is_writable", lambda _: False)
    with Case.open(path) as opened:
        assert len(list(opened.claims())) == 4
        assert verify(opened).faults == ()
        with pytest.raises(CaseError, match="open for reading only"):
            opened.add(a_report("autre"), read_lines(a_report("autre")))
    assert sorted(path.parent.iterdir()) == before


def test_an_unwritable_case_that_was_not_closed_is_not_half_read(
    path: Path, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert path.with_name(path.name + "-wal").stat().st_size
    monkeypatch.setattr(store, "_is_writable", lambda _: False)
    with pytest.raises(CaseError, match="was not closed properly"):
        Case.open(path)
    assert len(case) == 1


def test_reading_only_leaves_no_file_behind_and_changes_nothing(path: Path, case: Case) -> None:
    case.close()
    before = path.read_bytes()
    with Case.open(path, read_only=True) as opened:
        list(opened.held())
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_name_with_signs_of_addresses_is_just_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory#é %41.ondit"
    with Case.open(path, create=True) as opened:
        opened.add(a_report(), a_record())
    assert path.exists()


# -- adding ------------------------------------------------------------------------------------


def test_what_was_added_is_what_comes_back(case: Case) -> None:
    (held,) = case.held()
    assert held.record == a_record()
    assert case.content(held.record.capture.sha256) == FERRY.encode()
    assert case.report(held.record.capture.sha256) == a_report()
    assert held.number == 1


def test_the_same_bytes_twice_are_one_capture_and_nothing_new(case: Case) -> None:
    before = [event.event for event in case.log()]
    added = case.add(a_report(), a_record())
    assert (added.outcome, added.number) == ("already there", 1)
    assert [event.event for event in case.log()] == before


def test_the_same_bytes_under_another_name_are_noted_once(case: Case) -> None:
    copy = a_report(name="copy.txt")
    for _ in range(3):
        assert case.add(copy, a_record(copy)).outcome == "already there"
    assert [event.event for event in case.log()].count("met again") == 1
    (held,) = case.held()
    assert held.inputs == ("ferry.txt", "copy.txt")


def test_a_reading_that_says_something_new_supersedes(case: Case) -> None:
    later = replace(a_record(), language="en")
    assert case.add(a_report(), later).outcome == "read again"
    (held,) = case.held()
    assert (held.record.language, held.readings) == ("en", 2)
    old, new = case.stored_records()
    assert (old.superseded_by, new.superseded_by) == (new.id, None)
    assert len(list(case.claims())) == 4


def test_a_failed_reading_does_not_supersede_a_good_one(case: Case) -> None:
    broken = replace(
        a_record(), claims=(), failures=(Failure(step="read", reason="a bug", fatal=True),)
    )
    assert case.add(a_report(), broken).outcome == "failed"
    (held,) = case.held()
    assert len(held.record.claims) == 4


def test_a_report_that_could_not_be_captured_is_logged_and_not_kept(case: Case) -> None:
    failure = Failure(step="fetch", reason="no such host", fatal=True)
    capture = Capture(sha256=digest(b""), bytes=0)
    report = Report(input="http://x.example/", capture=capture, content=b"", failures=(failure,))
    record = Record(input=report.input, capture=report.capture, failures=report.failures)
    added = case.add(report, record)
    assert (added.outcome, added.number) == ("failed", None)
    assert added.failures == ("fetch: no such host",)
    assert len(case) == 1
    *_, event = case.log()
    assert event.details() == {"input": "http://x.example/", "reasons": ["fetch: no such host"]}


def test_a_file_that_is_no_report_is_passed_over_and_not_kept(case: Case) -> None:
    note = Failure(step="capture", reason="passed over: a database is no report")
    for name in ("a.db", "b.db"):
        capture = Capture(sha256=digest(b""), bytes=0)
        report = Report(input=name, capture=capture, content=b"", failures=(note,))
        record = Record(input=name, capture=capture, failures=(note,))
        added = case.add(report, record)
        assert (added.outcome, added.number) == ("passed over", None)
    assert len(case) == 1
    assert [event.event for event in case.log()].count("passed over") == 2


def test_bytes_that_were_captured_are_kept_even_if_nothing_could_be_read(case: Case) -> None:
    report = a_report("illisible", name="b.txt")
    record = replace(
        read_lines(report), claims=(), failures=(Failure(step="read", reason="x", fatal=True),)
    )
    assert case.add(report, record).number == 2
    assert case.content(report.capture.sha256) == b"illisible"
    assert [listed.failed for listed in case.listing()] == [False, True]


def test_bytes_without_their_digest_are_refused(case: Case) -> None:
    report = replace(a_report("un"), content=b"deux")
    with pytest.raises(CaseError, match="do not have the digest"):
        case.add(report, read_lines(report))
    assert len(case) == 1


def test_options_once_given_are_kept_for_later_readings(path: Path) -> None:
    options = Options(published="2031-03-04")
    with Case.open(path, create=True) as case:
        case.add(a_report(), a_record(), options=options)
        case.add(a_report(), replace(a_record(), language="en"))
        (again,) = case.waiting(everything=True)
        assert "2031-03-04" in again


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text("ab é\n😀", max_size=8), max_size=8))
def test_any_sequence_of_reports_verifies_and_adding_is_idempotent(
    tmp_path: Path, texts: list[str]
) -> None:
    path = tmp_path / f"{time.perf_counter_ns()}.ondit"
    with Case.open(path, create=True) as case:
        for _ in range(2):
            for number, text in enumerate(texts):
                report = a_report(text, name=f"{number}.txt")
                case.add(report, read_lines(report))
        assert len(case) == len(set(texts))
        assert verify(case).faults == ()
        inputs = {name for held in case.held() for name in held.inputs}
        assert inputs == {f"{number}.txt" for number in range(len(texts))}


_ADDING = """
import sys
from pathlib import Path
from ondit.case.intake import add_inputs
from ondit.case.store import Case
from tests.case.fakes import capture_files, read_lines

folder, path = Path(sys.argv[1]), sys.argv[2]
inputs = sorted(map(str, folder.glob("*.txt")))
with Case.open(path, create=True) as case:
    for added in add_inputs(case, inputs, capture=capture_files, reading=read_lines):
        print(added.input, flush=True)
"""


def _add_in_subprocess(folder: Path, path: Path) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", _ADDING, str(folder), str(path)],
        stdout=subprocess.PIPE, text=True, cwd=root,
    )  # fmt: skip


def test_a_killed_run_loses_nothing_it_had_finished(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(240):
        (folder / f"{number:03}.txt").write_text(f"le bateau {number} est parti", "utf-8")
    finished: set[str] = set()
    for _ in range(6):
        process = _add_in_subprocess(folder, path)
        assert process.stdout is not None
        finished.add(process.stdout.readline().strip())  # it is at work
        time.sleep(random.uniform(0.02, 0.3))  # noqa: S311  any moment will do
        process.send_signal(signal.SIGKILL)
        finished |= set(process.stdout.read().split("\n")[:-1])
        process.stdout.close()
        process.wait()
        with Case.open(path) as case:
            kept = {name for held in case.held() for name in held.inputs}
            assert finished <= kept
            assert verify(case).faults == ()
    assert finished
    process = _add_in_subprocess(folder, path)
    output, _ = process.communicate()
    assert process.returncode == 0
    assert len(output.splitlines()) == 240
    with Case.open(path) as case:
        assert len(case) == 240
        assert verify(case).faults == ()


def test_two_processes_may_add_at_once(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"le bateau {number}", "utf-8")
    Case.open(path, create=True).close()
    both = [_add_in_subprocess(folder, path) for _ in range(2)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    with Case.open(path) as case:
        assert len(case) == 60
        assert verify(case).faults == ()


# -- looking up --------------------------------------------------------------------------------


def test_reports_answer_to_number_digest_and_input(case: Case) -> None:
    other = a_report("Un autre", name="folder/other.txt")
    case.add(other, read_lines(other))
    assert case.find("2").record.input == "folder/other.txt"
    assert case.find(other.capture.sha256[:8]).number == 2
    assert case.find("folder/other.txt").number == 2
    assert case.find("other.txt").number == 2
    with pytest.raises(CaseError, match=r"no report 'ther\.txt'"):
        case.find("ther.txt")
    with pytest.raises(CaseError, match="no report '%'"):
        case.find("%")


def test_claims_answer_to_their_id_and_its_beginning(case: Case) -> None:
    claim = next(case.claims()).claim
    assert case.find_claim(claim[:8])[1] == claim
    with pytest.raises(CaseError, match="could be"):
        case.find_claim("c-")
    with pytest.raises(CaseError, match="no claim, attribution or entity 'c-zz'"):
        case.find_claim("c-zz")
    with pytest.raises(CaseError, match="no claim"):
        case.find_claim('"')


@pytest.mark.parametrize(
    ("where", "statuses"),
    [
        (Filter(), ["asserted", "unconfirmed", "denied", "hedged"]),
        (Filter(source="CAPITAINERIE"), ["asserted"]),
        (Filter(source="ana orme"), ["unconfirmed"]),
        (Filter(source="marin recemment"), ["unconfirmed"]),
        (Filter(status=("denied", "hedged")), ["denied", "hedged"]),
        (Filter(entity="aldara"), ["asserted"]),
        (Filter(text="ENQUETE"), ["hedged"]),
        (Filter(text="%"), []),
        (Filter(since=date(2031, 3, 3)), ["asserted"]),
        (Filter(since=date(2031, 3, 4)), []),
        (Filter(until=date(2031, 3, 3)), ["asserted"]),
        (Filter(until=date(2031, 3, 2)), []),
        (Filter(source="mairie", status=("asserted",)), []),
    ],
)
def test_filters(case: Case, where: Filter, statuses: list[str]) -> None:
    assert [row.status for row in case.claims(where)] == statuses


def test_a_limit_limits(case: Case) -> None:
    assert len(list(case.claims(limit=2))) == 2


def test_the_list_says_the_same_as_the_reports(case: Case) -> None:
    (listed,), (held,) = case.listing(), case.held()
    assert (listed.number, listed.title, listed.claims) == (1, "Le ferry a heurté la jetée", 4)
    assert listed.published == held.record.meta.published.value
    assert listed.failed is False


def test_search_finds_claims_and_paragraphs_by_word_accent_and_stem(case: Case) -> None:
    assert sorted(hit.claim is None for hit in case.search("JETEE")) == [False, True, True]
    (found,) = [hit for hit in case.search("blesser") if hit.claim]
    assert [found.words[a:b] for a, b in found.marks] == ["blessés"]
    assert case.search("introuvable") == []


@given(st.text(max_size=30))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_query_fails(case: Case, query: str) -> None:
    for hit in case.search(query):
        assert all(0 <= a < b <= len(hit.words) for a, b in hit.marks)


# -- decisions ---------------------------------------------------------------------------------


def test_a_decision_is_kept_shown_and_outlives_a_new_reading(case: Case) -> None:
    claim = [row.claim for row in case.claims()][2]
    case.decide(claim, "status", "asserted", who="ana", why="saw the list")
    assert [row.status for row in case.claims(Filter(status=("denied",)))] == []
    case.add(a_report(), replace(a_record(), language="en"))
    row = next(row for row in case.claims() if row.claim == claim)
    assert row.status == "asserted"
    assert [(c.who, c.why, c.was) for c in row.corrections] == [("ana", "saw the list", "denied")]
    assert verify(case).faults == ()


def test_a_decision_whose_claim_is_gone_is_an_orphan_and_said_so(case: Case) -> None:
    claim = [row.claim for row in case.claims()][2]
    case.decide(claim, "status", "asserted", who="ana", why="saw the list")
    fewer = replace(a_record(), claims=a_record().claims[:2])
    added = case.add(a_report(), fewer)
    assert [orphan.target for orphan in added.orphans] == [claim]
    (held,) = case.held()
    assert [orphan.target for orphan in held.orphans] == [claim]
    assert len(case.corrections()) == 1


def test_later_decisions_supersede_and_none_is_lost(case: Case) -> None:
    claim = next(case.claims()).claim
    for value in ("hedged", "denied"):
        case.decide(claim, "status", value, who="ana", why="second thoughts")
    assert next(case.claims()).status == "denied"
    assert [c.value for c in case.corrections()] == ["hedged", "denied"]
    assert [c.was for c in case.corrections()] == ["asserted", "hedged"]


@pytest.mark.parametrize(
    ("field", "value", "who", "why", "message"),
    [
        ("status", "sure", "ana", "why", "'sure' is no status"),
        ("span", "x", "ana", "why", "cannot be decided"),
        ("status", "denied", " ", "why", "needs who takes it and why"),
        ("status", "denied", "ana", "", "needs who takes it and why"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_leaves_no_trace(
    case: Case, field: str, value: str, who: str, why: str, message: str
) -> None:
    claim = next(case.claims()).claim
    with pytest.raises(CaseError, match=message):
        case.decide(claim, field, value, who=who, why=why)
    assert case.corrections() == []


def test_nothing_kept_can_be_changed_or_deleted(path: Path, case: Case) -> None:
    case.decide(next(case.claims()).claim, "status", "denied", who="ana", why="why")
    case.close()
    raw = sqlite3.connect(path)
    for table in ("captures", "inputs", "corrections", "log", "records"):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
        column = {"captures": "url", "inputs": "input", "log": "event"}.get(table, "json")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(f"UPDATE {table} SET {column} = 'x'")  # noqa: S608  our own names
    raw.close()


def test_what_was_compared_is_kept_for_its_maker_and_for_no_other(case: Case) -> None:
    assert case.kept_comparison("one") is None
    case.keep_comparison("one", b"ledger")
    assert case.kept_comparison("one") == b"ledger"
    case.keep_comparison("another", b"")
    assert case.kept_comparison("one") is None


def test_a_case_from_before_comparisons_is_read_where_it_cannot_be_changed(
    path: Path, case: Case
) -> None:
    case.close()
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE comparisons")
        raw.execute("DELETE FROM migrations WHERE name = '0002-comparisons'")
    raw.close()
    with Case.open(path, read_only=True) as opened:
        assert opened.kept_comparison("one") is None
        assert len(opened) == 1
        assert not [fault for fault in opened.damage() if "shape" in fault]
    with Case.open(path) as opened:
        opened.keep_comparison("one", b"ledger")
        assert [event.event for event in opened.log()][-1] == "migrated"


def test_a_decision_changes_the_digest_of_its_report_alone(case: Case) -> None:
    before = case.digests()
    claim = next(case.records()).claims[0]
    case.decide(claim.id, "status", "denied", who="an editor", why="read it again")
    after = case.digests()
    assert before.keys() == after.keys()
    assert before != after
