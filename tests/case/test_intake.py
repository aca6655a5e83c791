"""Intake: reports in order, none lost, none that stops the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import ondit
from ondit.case import intake
from ondit.case.intake import add_inputs, read_inputs, reread
from ondit.case.options import AS_FOUND, Options
from ondit.case.store import Case
from ondit.model import Record, Report
from tests.case.fakes import a_report, capture_files, read_lines


def files(folder: Path, texts: Sequence[str]) -> list[str]:
    paths = [folder / f"{number:03}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return list(map(str, paths))


def read(inputs: list[str], jobs: int = 1) -> list[Record]:
    found = read_inputs(inputs, jobs=jobs, capture=capture_files, reading=read_lines)
    return [record for _, record in found]


@pytest.mark.parametrize("jobs", [1, 2])
def test_records_come_in_input_order(tmp_path: Path, jobs: int) -> None:
    texts = [f"{'SLOW ' if n % 3 == 0 else ''}le bateau {n}" for n in range(20)]
    inputs = files(tmp_path, texts)
    assert [(r.input, r.text) for r in read(inputs, jobs)] == list(zip(inputs, texts, strict=True))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_in_reading_becomes_a_failure_of_that_report(tmp_path: Path, jobs: int) -> None:
    records = read(files(tmp_path, ["un", "BREAK", "trois"]), jobs)
    assert [r.failed for r in records] == [False, True, False]
    (failure,) = records[1].failures
    assert failure.step == "read"
    assert "LookupError: a bug in some step (fakes.py:" in failure.reason
    assert records[1].text == "BREAK"


def test_a_process_that_dies_is_the_failure_of_its_report_alone(tmp_path: Path) -> None:
    records = read(files(tmp_path, ["un", "deux", "DIE", "quatre", "cinq"]), jobs=2)
    assert [r.failed for r in records] == [False, False, True, False, False]
    assert "the process that read it died" in records[2].failures[0].reason


def test_few_reports_are_in_flight_at_a_time(tmp_path: Path) -> None:
    drawn: list[str] = []

    def capture(inputs: Sequence[str], options: Options) -> Iterator[Report]:
        for report in capture_files(inputs, options):
            drawn.append(report.input)
            yield report

    inputs = files(tmp_path, [f"le bateau {n}" for n in range(40)])
    found = read_inputs(inputs, jobs=2, capture=capture, reading=read_lines)
    next(found)
    assert len(drawn) <= 10
    assert len(list(found)) == 39


def test_a_name_that_is_no_unicode_is_written_out(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    found = read_inputs([name], capture=capture_files, reading=read_lines)
    ((report, record),) = found
    assert report.input == record.input == "caf\\udce9.txt"
    assert tmp_path.exists()


def test_adding_again_reads_nothing_again(path: Path, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's fixture
    monkeypatch.setattr("ondit.case.store.is_current", lambda _: True)
    inputs = files(tmp_path, ["un", "deux"])
    seen: list[str] = []

    def reading(report: Report, options: Options) -> Record:
        seen.append(report.input)
        return read_lines(report, options)

    with Case.open(path, create=True) as case:
        for _ in range(2):
            outcomes = [
                added.outcome
                for added in add_inputs(case, inputs, capture=capture_files, reading=reading)
            ]
    assert outcomes == ["already there", "already there"]
    assert seen == inputs


def test_rereading_supersedes_and_keeps_what_was_decided(path: Path, tmp_path: Path) -> None:
    def closer(report: Report, options: Options) -> Record:
        record = read_lines(report, options)
        return ondit.model.Record(
            **{**{f: getattr(record, f) for f in record.__struct_fields__}, "language": "en"}
        )

    with Case.open(path, create=True) as case:
        list(add_inputs(case, files(tmp_path, ["un. deux"]), capture=capture_files,
                        reading=read_lines))  # fmt: skip
        claim = next(case.claims()).claim
        case.decide(claim, "status", "denied", who="ana", why="she said so")
        (again,) = reread(case, everything=True, reading=closer)
        (held,) = case.held()
    assert again.outcome == "read again"
    assert (held.readings, held.record.language) == (2, "en")
    assert held.record.claims[0].status == "denied"


def test_rereading_what_is_up_to_date_does_nothing(path: Path, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's fixture
    monkeypatch.setattr("ondit.case.store.is_current", lambda _: True)
    with Case.open(path, create=True) as case:
        list(add_inputs(case, files(tmp_path, ["un"]), capture=capture_files, reading=read_lines))
        assert list(reread(case, reading=read_lines)) == []


def test_read_returns_one_record(monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's fixture
    monkeypatch.setattr(intake, "capture_inputs", lambda *_: iter([a_report()]))
    monkeypatch.setattr(intake, "read_captured", read_lines)
    assert ondit.read("ferry.txt").text == a_report().text
    assert [r.input for r in ondit.read_many(["ferry.txt"])] == ["ferry.txt"]


def test_read_refuses_an_input_of_several_reports(monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's fixture
    monkeypatch.setattr(intake, "capture_inputs", lambda *_: iter([a_report()] * 2))
    monkeypatch.setattr(intake, "read_captured", read_lines)
    with pytest.raises(ValueError, match="holds 2 reports, expected one"):
        ondit.read("archive.warc")


def test_options_reach_capture_and_reading(tmp_path: Path) -> None:
    met: list[Options] = []

    def reading(report: Report, options: Options) -> Record:
        met.append(options)
        return read_lines(report, options)

    given = Options(language="fr", published="2031-03-04", plain=True)
    inputs = files(tmp_path, ["un"])
    list(read_inputs(inputs, options=given, capture=capture_files, reading=reading))
    assert met == [given]
    assert given != AS_FOUND


def test_there_is_at_least_one_processor() -> None:
    assert intake.usable_processors() >= 1
