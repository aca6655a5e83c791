"""A worker may die of an input; that input is lost with a reason and the next one is read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ondit.capture import Limits, isolation, reports
from ondit.capture.inlets import Job
from tests.capture.containers import PAGE, warc

# Stands in for the module that reads pages, and dies of certain pages.
HOSTILE = """
import os, sys, time
from ondit.capture import payloads
real = payloads._read
def read(payload, **options):
    if b"ABORT" in payload.content: os.abort()
    if b"SLEEP" in payload.content: time.sleep(60)
    if b"MEMORY" in payload.content: bytearray(8_000_000_000)
    if b"DEFECT" in payload.content: raise KeyError("a defect")
    if b"PRINT" in payload.content: print("noise", flush=True)
    return real(payload, **options)
payloads._read = read
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start workers that die of pages with certain words in them."""
    (tmp_path / "sitecustomize.py").write_text(HOSTILE)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    isolation.close_workers()
    yield
    isolation.close_workers()


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    isolation.close_workers()


def write(folder: Path, **texts: str) -> list[str]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        paths.append(str(path))
    return paths


LIMITS = Limits(max_seconds=1.0, max_memory=4_000_000_000)


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("ABORT", "signal 6"),
        ("SLEEP", "more than 1 seconds"),
        ("MEMORY", "4,000,000,000 bytes of memory"),
        ("DEFECT", "KeyError: 'a defect'"),
    ],
)
def test_a_dying_worker_loses_only_its_input(tmp_path: Path, word: str, why: str) -> None:
    paths = write(tmp_path, a="Premier texte.", b=f"{word} texte.", c="Dernier texte.")
    first, lost, last = reports(paths, limits=LIMITS)
    assert first.text == "Premier texte."
    assert not lost.text
    assert lost.failures[0].fatal
    assert why in lost.failures[0].reason
    assert last.text == "Dernier texte."


@pytest.mark.usefixtures("hostile")
def test_printing_does_not_break_the_frames(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, a="PRINT this."))
    assert report.text == "PRINT this."


@pytest.mark.usefixtures("hostile")
def test_the_rest_of_an_archive_is_read_by_the_next_worker(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(PAGE, PAGE.replace(b"Le bac", b"ABORT", 1), PAGE, PAGE))
    first, lost, *rest = reports([str(path)], limits=Limits())
    assert first.text
    assert lost.failures[0].fatal
    assert [r.capture.url for r in rest] == [
        "https://courrier.example/bac/2",
        "https://courrier.example/bac/3",
    ]


@pytest.mark.usefixtures("hostile")
def test_an_archive_that_loses_too_much_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(*[b"<html>ABORT</html>"] * 9))
    found = list(reports([str(path)], limits=Limits()))
    assert len(found) == 6
    assert "given up" in found[-1].failures[0].reason


def test_isolated_and_not_isolated_reports_are_equal(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_bytes(PAGE)
    paths = [*write(tmp_path, a="Un texte."), str(page), "/nowhere/at/all"]
    assert list(reports(paths)) == list(reports(paths, isolate=False))


def test_one_warm_worker_serves_many_inputs(tmp_path: Path) -> None:
    isolation.close_workers()  # those that tests before this one left
    paths = write(tmp_path, **{f"t{n}": f"Texte {n}." for n in range(20)})
    list(reports(paths[:1]))
    (worker,) = isolation._idle
    assert len(list(reports(paths))) == 20
    assert [w.process.pid for w in isolation._idle] == [worker.process.pid]


def test_a_reader_that_stops_half_way_leaves_no_worker_behind(tmp_path: Path) -> None:
    isolation.close_workers()
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(PAGE, PAGE))
    stream = reports([str(path)])
    next(stream)
    stream.close()
    assert isolation._idle == []


def test_two_readers_at_once_do_not_share_a_worker(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(PAGE, PAGE))
    pairs = list(zip(reports([str(path)]), reports([str(path)]), strict=True))
    assert all(a == b for a, b in pairs)
    assert len(pairs) == 2


def test_works_in_a_script_without_a_main_guard(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a="Un texte.")
    script = tmp_path / "script.py"
    script.write_text(f"from ondit.capture import reports\nprint(next(reports([{path!r}])).text)\n")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "Un texte.\n"
    assert done.stderr == ""


def test_modules_in_the_current_directory_are_not_run(tmp_path: Path, monkeypatch) -> None:
    isolation.close_workers()
    (tmp_path / "email.py").write_text("raise SystemExit('run by the worker')")
    monkeypatch.chdir(tmp_path)
    (report,) = reports(write(tmp_path, a="Un texte."))
    assert report.text == "Un texte."


def test_a_worker_that_cannot_start_is_a_defect(tmp_path: Path, monkeypatch) -> None:
    isolation.close_workers()
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"cannot start .* status 3"):
        next(reports(write(tmp_path, a="Un texte.")))


def test_a_dead_idle_worker_is_replaced(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a="Un texte.")
    list(reports([path]))
    isolation._idle[-1].process.kill()
    isolation._idle[-1].process.wait()
    assert next(reports([path])).text == "Un texte."


def test_isolation_costs_little_a_page() -> None:
    job = Job(input="a", content=b"Un texte. " * 500, name="a.txt", limits=Limits())
    list(isolation.read_isolated(job))
    start = time.perf_counter()
    for _ in range(50):
        list(isolation.read_isolated(job))
    assert (time.perf_counter() - start) / 50 < 0.05
