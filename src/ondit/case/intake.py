"""Inputs in, reports and records out, in order; one bad report never stops a run."""

from __future__ import annotations

import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from ondit.case.options import AS_FOUND, Options
from ondit.model import Failure, Preset, Producer, Record, Report

if TYPE_CHECKING:
    from ondit.case.held import Added
    from ondit.case.store import Case

Capturing = Callable[[Sequence[str], Options], Iterator[Report]]
"""Turns inputs into reports."""
Reading = Callable[[Report, Options], Record]
"""Turns a report into a record; sent to worker processes by name."""
Known = Callable[[Report, Options], Record | None]
"""Returns the record that the caller already holds for a report, or None to have it read."""

_IN_FLIGHT = 4  # reports a worker may have waiting: enough to keep it busy, few enough to hold


def read(
    source: str | Path,
    *,
    lang: str | None = None,
    published: str | None = None,
    plain: bool = False,
    preset: Preset = "balanced",
) -> Record:
    """Return the record of one report.

    Args:
        source: path or URL of the report.
        lang: its language tag, else detected.
        published: ISO day of its publication, else read from the page or bounded.
        plain: the file is already clean text; nothing in it is taken for furniture.
        preset: how sure an attribution has to be: "precision", "balanced" or "recall".

    Raises:
        ValueError: when `source` holds no report, or more than one (use `read_many`), or when
            `published` is no ISO day.

    A report that could not be read is a record too: ``record.failed`` is true, and
    ``record.failures`` say what went wrong.
    """
    options = Options(language=lang, published=published, plain=plain, preset=preset)
    records = [record for _, record in read_inputs([str(source)], options=options)]
    if len(records) != 1:
        raise ValueError(f"{source} holds {len(records)} reports, expected one; use read_many")
    return records[0]


def read_many(
    sources: Iterable[str | Path],
    *,
    lang: str | None = None,
    published: str | None = None,
    plain: bool = False,
    preset: Preset = "balanced",
    jobs: int = 1,
) -> Iterator[Record]:
    """Yield the records of `sources` (files, folders, archives, feeds, URLs), in their order."""
    options = Options(language=lang, published=published, plain=plain, preset=preset)
    for _, record in read_inputs(map(str, sources), options=options, jobs=jobs):
        yield record


def capture_inputs(inputs: Sequence[str], options: Options) -> Iterator[Report]:
    """Yield the reports in `inputs`, as the capture floor reads them."""
    from ondit.capture import reports  # noqa: PLC0415  parser-free commands start without it

    return reports(inputs, plain=options.plain, allow_private=options.allow_private)


def read_captured(report: Report, options: Options) -> Record:
    """Return the record of a captured report."""
    from ondit.reading.pipeline import read_report  # noqa: PLC0415  as above

    return read_report(
        report,
        language=options.language,
        published=options.published,
        preset=options.preset or "balanced",
    )


def read_inputs(
    inputs: Iterable[str],
    *,
    options: Options = AS_FOUND,
    jobs: int = 1,
    known: Known | None = None,
    capture: Capturing | None = None,
    reading: Reading | None = None,
) -> Iterator[tuple[Report, Record]]:
    """Yield each report in `inputs` with its record, in input order.

    Args:
        inputs: files, folders, archives, feeds, URLs, or ``-``.
        options: how to capture and read them.
        jobs: worker processes; with 1 everything happens in this one. A few reports a worker are
            in flight at a time, so that memory does not grow with the number of inputs.
        known: asked before reading; a record it returns is taken as it is.
        capture: what turns inputs into reports; None is the capture floor.
        reading: what turns a report into a record, a module-level function; None is the pipeline.
    """
    capture, reading = capture or capture_inputs, reading or read_captured
    reports = map(_printable, capture(list(inputs), options))
    if jobs <= 1:
        for report in reports:
            held = known(report, options) if known else None
            yield report, held or _read_safely(reading, report, options)
        return
    with _Workers(reading, options, jobs) as workers:
        for report in reports:
            workers.submit(report, known(report, options) if known else None)
            if workers.full:
                yield workers.take()
        while workers.busy:
            yield workers.take()


def _printable(report: Report) -> Report:
    """Return `report` with bytes of its name that no charset could read written out."""
    name = report.input.encode("utf-8", "backslashreplace").decode()
    return report if name == report.input else replace(report, input=name)


def _read_safely(reading: Reading, report: Report, options: Options) -> Record:
    """Return the record, or one that says that reading it broke off.

    The one broad except of this package: whatever goes wrong in reading one report, among
    thousands and unattended, must neither stop the others nor lose the capture. The failure names
    error and place, so that the bug behind it can be found.
    """
    try:
        return reading(report, options)
    except Exception as error:  # noqa: BLE001  see above
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        return _broken(report, f"reading broke off: {type(error).__name__}: {error} ({place})")


def _broken(report: Report, reason: str) -> Record:
    return Record(
        input=report.input,
        capture=report.capture,
        text=report.text,
        meta=report.meta,
        furniture=report.furniture,
        blocks=report.blocks,
        segments=report.segments,
        failures=(*report.failures, Failure(step="read", reason=reason, fatal=True)),
        producer=Producer(ondit=version("ondit")),
    )


class _Workers:
    """A pool of reading processes that hands records back in the order of submission.

    A process that dies (killed for memory, crashed in native code) takes the pool with it; the
    report at the head of the queue is then read alone, so that the guilty one is known and becomes
    a failure, and the others are read again in a new pool.
    """

    def __init__(self, reading: Reading, options: Options, jobs: int) -> None:
        self._reading, self._options, self._jobs = reading, options, jobs
        self._queue: deque[tuple[Report, Future[Record]]] = deque()
        self._pool = _pool(jobs)

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def busy(self) -> bool:
        return bool(self._queue)

    @property
    def full(self) -> bool:
        return len(self._queue) >= self._jobs * _IN_FLIGHT

    def submit(self, report: Report, held: Record | None) -> None:
        future: Future[Record] = Future()
        if held is not None:
            future.set_result(held)
        else:
            future = self._send(report)
        self._queue.append((report, future))

    def take(self) -> tuple[Report, Record]:
        report, future = self._queue.popleft()
        try:
            return report, future.result()
        except BrokenProcessPool:
            record = self._read_alone(report)
            self._renew()
            return report, record

    def _send(self, report: Report) -> Future[Record]:
        try:
            return self._pool.submit(_read_safely, self._reading, report, self._options)
        except BrokenProcessPool as error:  # noticed again, in order, by `take`
            future: Future[Record] = Future()
            future.set_exception(error)
            return future

    def _read_alone(self, report: Report) -> Record:
        with _pool(1) as alone:
            try:
                return alone.submit(_read_safely, self._reading, report, self._options).result()
            except BrokenProcessPool:
                return _broken(report, "the process that read it died (out of memory, or a crash)")

    def _renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = _pool(self._jobs)
        waiting, self._queue = self._queue, deque()
        for report, future in waiting:
            lost = future.cancelled() or not future.done() or future.exception() is not None
            self._queue.append((report, self._send(report) if lost else future))


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_deaf)


def _deaf() -> None:
    """Leave an interrupt from the keyboard to the parent process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def add_inputs(
    case: Case,
    inputs: Iterable[str],
    *,
    options: Options = AS_FOUND,
    jobs: int = 1,
    capture: Capturing | None = None,
    reading: Reading | None = None,
) -> Iterator[Added]:
    """Capture, read and keep `inputs` in `case`; yield what became of each once it is kept.

    Whatever was yielded is committed: a run that is killed afterwards has not lost it, and a run
    over the same inputs completes it.
    """
    found = read_inputs(
        inputs, options=options, jobs=jobs, known=case.known, capture=capture, reading=reading
    )
    for report, record in found:
        yield case.add(report, record, options=options)


def reread(
    case: Case, *, everything: bool = False, jobs: int = 1, reading: Reading | None = None
) -> Iterator[Added]:
    """Read again what the case holds, from its captures; yield what became of each report.

    Args:
        case: the case.
        everything: read all reports, not only those that an older ondit, pack or model read.
        jobs: worker processes.
        reading: what turns a report into a record.
    """
    for options, reports in case.waiting(everything=everything).items():
        found = read_inputs(
            reports,
            options=msgspec.json.decode(options, type=Options),
            jobs=jobs,
            capture=lambda shas, _: map(case.report, shas),
            reading=reading,
        )
        for report, record in found:
            yield case.add(report, record)
