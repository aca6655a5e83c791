"""From what a person types to reports: files, folders, standard input, in order."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from ondit.capture import Limits, report_from_bytes, reports
from ondit.model import Report
from tests.capture.containers import PAGE, letter, mhtml, warc

TEXT = "Le bac de Brane a repris la mer samedi matin."


def read(*inputs: object, **options: object) -> list[Report]:
    return list(reports([str(i) for i in inputs], isolate=False, **options))  # type: ignore[arg-type] - options vary


def fatal(report: Report) -> str:
    return " ".join(f.reason for f in report.failures if f.fatal)


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.eml").write_bytes(letter(TEXT))
    (tmp_path / "b" / "2.mhtml").write_bytes(mhtml())
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "c.warc.gz").write_bytes(warc(PAGE, PAGE))
    (tmp_path / ".hidden.txt").write_text(TEXT)
    found = read(tmp_path)
    names = [Path(r.input).relative_to(tmp_path).as_posix() for r in found]
    assert names == ["a.txt", "b/1.eml", "b/2.mhtml", "c.warc.gz", "c.warc.gz"]
    assert all(r.text for r in found)


def test_pictures_in_a_folder_are_told_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b.css").write_text("body {}")
    (tmp_path / "c.txt").write_text(TEXT)
    picture, style, text = read(tmp_path)
    assert picture.failures[0].reason == "passed over: a PNG picture is no report"
    assert not picture.failures[0].fatal
    assert not style.failures[0].fatal
    assert text.text == TEXT


def test_parts_beside_a_saved_page_are_not_reports(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "frame.html").write_bytes(PAGE)
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "real.html").write_bytes(PAGE)
    assert [Path(r.input).name for r in read(tmp_path)] == ["real.html", "page.html"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to("self")
    found = read(tmp_path)
    assert [r.text for r in found if r.text] == [TEXT]
    assert [Path(r.input).name for r in found if fatal(r)] == ["self"]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (report,) = read(tmp_path)
    assert fatal(report) == "a directory with no file in it"


def test_a_bad_input_does_not_stop_the_next(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text(TEXT)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    found = read(tmp_path / "missing", fifo, "/dev/null", "x\0y", "gopher://port.example/", good)
    assert found[-1].text == TEXT
    assert [fatal(r) for r in found[:-1]] == [
        "cannot be read: No such file or directory",
        "a named pipe, not a file, a directory or a URL",
        "a device, not a file, a directory or a URL",
        "a path with a NUL character in it",
        "scheme 'gopher'; only http and https are fetched",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert fatal(read(path)[0]) == "cannot be read: Permission denied"


def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (TEXT.encode(), PAGE, warc(PAGE), letter(TEXT)):
        stdin = io.TextIOWrapper(io.BytesIO(content))
        monkeypatch.setattr(sys, "stdin", stdin)
        (report,) = read("-")
        assert report.input == "-"
        assert "Brane" in report.text


def test_a_page_named_text_is_read_as_a_page_and_says_so() -> None:
    (report,) = report_from_bytes(PAGE, name="page.txt")
    assert "<p>" not in report.text
    assert report.failures[0].reason == "the name says text, the bytes are HTML; read as a page"
    assert not report.failures[0].fatal


def test_plain_takes_the_whole_input_as_it_is() -> None:
    content = f"Home » A » B\n\n{TEXT}\n\nRelated Articles\n".encode()
    (plain,) = report_from_bytes(content, name="a.txt", plain=True)
    assert plain.text == content.decode()
    assert plain.furniture == ()
    (marked,) = report_from_bytes(content, name="a.txt")
    assert {f.kind for f in marked.furniture} == {"breadcrumb", "related"}


def test_gzipped_files_are_opened_once() -> None:
    (report,) = report_from_bytes(gzip.compress(TEXT.encode()), name="a.txt.gz")
    assert report.text == TEXT
    assert (report.capture.container or "").startswith("sha256:")
    (twice,) = report_from_bytes(gzip.compress(gzip.compress(b"x")), name="a.gz")
    assert fatal(twice) == "a gzip file inside a gzip file"


def test_too_large_is_a_failure_that_keeps_the_digest() -> None:
    (report,) = report_from_bytes(b"x" * 101, name="a.txt", limits=Limits(max_bytes=100))
    assert fatal(report) == "101 bytes; at most 100 are read for one report"
    assert report.capture.bytes == 101
    assert len(report.capture.sha256) == 64
