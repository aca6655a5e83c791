"""Isolation: inputs are read in a worker process that may be killed, and is then replaced.

Captured files are hostile until read. A worker has a limit on memory and on time for each report;
when it dies, the input it was reading is lost with a reason, and the next one finds a new worker.
One warm worker serves many inputs, so that the libraries are loaded once.

The worker is a plain child process that speaks over its standard streams, so it needs no
multiprocessing start method, and works below a daemon process and in a script without a main guard.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, Literal

import msgspec

from ondit.capture.failing import failed
from ondit.capture.inlets import Job, read_job
from ondit.model import CaptureError, Report

# Seconds that a worker may take to load the libraries; not counted against any input.
_START = 120.0
# More lost reports than this in one archive, and the rest of it is given up.
_MAX_LOSSES = 5
_HEADER = struct.Struct(">cI")

Tag = Literal[b"+", b"P", b"R", b"E", b"X"]
_UP: Tag = b"+"  # the libraries are loaded
_PAYLOAD: Tag = b"P"  # a payload is out of its container
_REPORT: Tag = b"R"
_END: Tag = b"E"  # the job is done
_BROKEN: Tag = b"X"  # the worker met a defect and ends


class LostError(CaptureError):
    """The worker was killed or died; the message says on what."""


# -- the parent's side ---------------------------------------------------------------------------


class Worker:
    """A child process that reads jobs, one at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        # -P keeps the current directory, which may hold captured files, off the module path.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ondit.capture.isolation"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.frames: queue.SimpleQueue[tuple[bytes, bytes] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._receive, daemon=True)
        self.thread.start()
        self.up = False

    def _receive(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it is a pipe, for the type checker
        while frame := _read_frame(self.process.stdout):
            self.frames.put(frame)
        self.frames.put(None)

    def run(self, job: Job) -> Iterator[Report | None]:
        """Yield the reports of the job, and None whenever a payload is out of its container.

        Raises:
            LostError: when the worker had to be killed, or died.
        """
        self._start()
        self._send(job)
        while True:
            tag, body = self._next(job.limits.max_seconds, "")
            if tag == _END:
                return
            if tag == _BROKEN:
                self.close()
                raise LostError(f"the reader broke on it: {body.decode()}")
            yield _REPORTS.decode(body) if tag == _REPORT else None

    def _start(self) -> None:
        """Wait until the worker has loaded its libraries; not being able to is a defect of ours."""
        if self.up:
            return
        try:
            self._next(_START, "while starting")
        except LostError as error:
            raise RuntimeError(
                f"the reading process cannot start ({error}); "
                "python -m ondit.capture.isolation shows why"
            ) from error
        self.up = True

    def _send(self, job: Job) -> None:
        assert self.process.stdin is not None  # noqa: S101 - it is a pipe, for the type checker
        try:
            _write_frame(self.process.stdin, _REPORT, _JOBS_OUT.encode(job))
        except OSError as error:
            self.close()
            raise LostError("the reading process had ended") from error

    def _next(self, seconds: float, when: str) -> tuple[bytes, bytes]:
        try:
            frame = self.frames.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise LostError(
                f"took more than {seconds:g} seconds{when and ' '}{when}, the limit"
            ) from None
        if frame is None:
            # Its streams are closed, so it is ending; how it ends is worth telling.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)
            self.close()
            raise LostError(_ending(self.process.returncode))
        return frame

    @property
    def usable(self) -> bool:
        """Whether the worker lives and belongs to this process, not to one it was forked from."""
        return self.owner == os.getpid() and self.process.poll() is None

    def close(self) -> None:
        """End the worker; a worker inherited through a fork is its maker's to end."""
        if self.owner != os.getpid():
            return
        self.process.kill()
        self.process.wait()
        self.thread.join(timeout=5)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _ending(status: int) -> str:
    if status < 0:
        return f"the reading process was ended by signal {-status} (out of memory, or a crash)"
    return f"the reading process ended with status {status}"


_idle: list[Worker] = []


def _borrow() -> Worker:
    while _idle:
        worker = _idle.pop()
        if worker.usable:
            return worker
        worker.close()
    return Worker()


@atexit.register
def close_workers() -> None:
    """End the idle workers; the next input starts a new one."""
    while _idle:
        _idle.pop().close()


def read_isolated(job: Job) -> Iterator[Report]:
    """Yield the reports of one job, read in a worker process; a lost report is a fatal failure."""
    losses = 0
    while True:
        progress = _Progress(job.skip)
        try:
            yield from _attempt(job, progress)
        except LostError as loss:
            yield failed(job.input, str(loss))
            losses += 1
            if not progress.in_payload:
                return
            if losses >= _MAX_LOSSES:
                yield failed(job.input, f"given up after {losses} reports that were lost")
                return
            job = msgspec.structs.replace(job, skip=progress.payloads)
        else:
            return


class _Progress:
    """How far a job came: payloads taken out, and whether the last of them is being read."""

    def __init__(self, skip: int) -> None:
        self.skip, self.payloads, self.in_payload = skip, 0, False

    def note(self, report: Report | None) -> None:
        if report is None:
            self.payloads += 1
            self.in_payload = self.payloads > self.skip
        else:
            self.in_payload = False


def _attempt(job: Job, progress: _Progress) -> Iterator[Report]:
    worker = _borrow()
    finished = False
    try:
        for report in worker.run(job):
            progress.note(report)
            if report is not None:
                yield report
        finished = True
    finally:
        # A reader that stops half way leaves frames in the pipe: that worker is of no more use.
        if finished and worker.usable:
            _idle.append(worker)
        else:
            worker.close()


# -- frames --------------------------------------------------------------------------------------

_JOBS = msgspec.msgpack.Decoder(Job)
_JOBS_OUT = msgspec.msgpack.Encoder()
_REPORTS = msgspec.msgpack.Decoder(Report)


def _write_frame(stream: IO[bytes], tag: bytes, body: bytes = b"") -> None:
    stream.write(_HEADER.pack(tag, len(body)) + body)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    tag, size = _HEADER.unpack(header)
    body = stream.read(size)
    return (tag, body) if len(body) == size else None


# -- the worker's side ---------------------------------------------------------------------------


def main() -> None:
    """Read jobs from standard input until it closes."""
    out = os.fdopen(os.dup(1), "wb")
    # A library that prints must not break the frames.
    os.dup2(2, 1)
    _warm()
    _write_frame(out, _UP)
    while frame := _read_frame(sys.stdin.buffer):
        job = _JOBS.decode(frame[1])
        _limit(job)
        _serve(job, out)


def _warm() -> None:
    # The page extractors take longer to load than most texts take to read: the first page loads
    # them, within its own time.
    import ondit.capture.plain  # noqa: F401, PLC0415 - loaded once, before the clock runs


def _serve(job: Job, out: IO[bytes]) -> None:
    try:
        for report in read_job(job, on_payload=lambda: _write_frame(out, _PAYLOAD)):
            _write_frame(out, _REPORT, _JOBS_OUT.encode(report))
    except Exception as error:
        # Whatever ends this process, a defect of ours or of a library, the parent must learn what
        # it was before the worker dies of it; nothing is carried on here.
        _write_frame(out, _BROKEN, _told(error, job).encode("utf-8", "replace"))
        raise
    _write_frame(out, _END)


def _told(error: Exception, job: Job) -> str:
    if isinstance(error, MemoryError):
        return f"it needs more than {job.limits.max_memory:,} bytes of memory, the limit"
    return f"{type(error).__name__}: {error}"[:500]


def _limit(job: Job) -> None:
    """Set this process's limits on memory and processor time, where the system has them."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    # The parent's clock is the limit; the processor limit is there in case the parent is gone.
    seconds = int(used.ru_utime + used.ru_stime + 10 * job.limits.max_seconds) + 60
    for what, limit in (
        (resource.RLIMIT_AS, job.limits.max_memory),
        (resource.RLIMIT_CPU, seconds),
    ):
        _, hard = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit if hard < 0 else min(limit, hard), hard))


if __name__ == "__main__":
    main()
