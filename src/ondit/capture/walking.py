"""From what a person typed to jobs: directories are walked, addresses fetched, ``-`` is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ondit.capture.failing import failed, skipped
from ondit.capture.fetch import fetch
from ondit.capture.inlets import Job
from ondit.capture.kinds import is_asset
from ondit.capture.limits import Limits
from ondit.model import Capture, CaptureError, Report


def jobs(input: str, *, plain: bool, allow_private: bool, limits: Limits) -> Iterator[Job | Report]:
    """Yield the jobs of one input in reading order, or a report where there is nothing to read."""
    try:
        if input == "-":
            yield _standard_input(plain, limits)
        elif "://" in input[:12]:
            yield _address(input, plain=plain, allow_private=allow_private, limits=limits)
        elif Path(input).is_dir():
            yield from _directory(Path(input), plain, limits)
        else:
            yield _file(Path(input), input, plain, limits)
    except CaptureError as error:
        yield failed(input, str(error))
    except (OSError, ValueError) as error:
        # ValueError is what a path with a NUL in it raises.
        reason = error.strerror if isinstance(error, OSError) else None
        yield failed(input, f"cannot be read: {reason or error}")


def _file(path: Path, input: str, plain: bool, limits: Limits) -> Job:
    if "\0" in input:
        raise CaptureError("a path with a NUL character in it")
    # The worker may have been started in another directory.
    return Job(input=input, path=str(path.absolute()), name=path.name, plain=plain, limits=limits)


def _standard_input(plain: bool, limits: Limits) -> Job:
    content = sys.stdin.buffer.read(limits.max_unpacked + 1)
    if len(content) > limits.max_unpacked:
        raise CaptureError(f"more than {limits.max_unpacked:,} bytes on standard input")
    return Job(input="-", content=content, plain=plain, limits=limits)


def _address(input: str, *, plain: bool, allow_private: bool, limits: Limits) -> Job:
    fetched = fetch(input, allow_private=allow_private, limits=limits)
    return Job(
        input=input,
        content=fetched.content,
        name=fetched.name,
        url=fetched.url,
        fetched_at=fetched.fetched_at,
        headers=fetched.headers,
        plain=plain,
        limits=limits,
    )


# -- directories ---------------------------------------------------------------------------------


def _directory(folder: Path, plain: bool, limits: Limits) -> Iterator[Job | Report]:
    """Yield the files below `folder` in sorted order, but hidden ones and parts of saved pages."""
    found = False
    for path in _walk(folder, seen=set()):
        found = True
        try:
            what = _asset(path)
        except OSError as error:
            yield failed(str(path), f"cannot be read: {error.strerror or error}")
            continue
        if what:
            size = path.stat().st_size
            capture = Capture(sha256="", bytes=size)
            yield skipped(str(path), f"passed over: {what} is no report", capture=capture)
        else:
            yield _file(path, str(path), plain, limits)
    if not found:
        yield failed(str(folder), "a directory with no file in it")


def _walk(folder: Path, *, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Yield files below the folder; a folder reached twice (a loop of links) is walked once."""
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda e: e.name)
    names = {e.name for e in ordered}
    for entry in ordered:
        if entry.name.startswith(".") or _saved_parts(entry.name, names):
            continue
        if _is_folder(entry):
            yield from _walk_or_stop(Path(entry.path), seen)
        else:
            yield Path(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link to itself is nothing; opening it will say so.
        return False


def _walk_or_stop(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        yield from _walk(folder, seen=seen)
    except OSError:
        # The folder itself is handed on as a path: reading it will say why it cannot be read.
        yield folder


def _saved_parts(name: str, names: set[str]) -> bool:
    """Whether a folder holds the parts of a page that a browser saved beside it."""
    for ending in ("_files", "_fichiers", "-Dateien", "_archivos", "_file", ".files"):
        stem = name.removesuffix(ending)
        if stem != name and names & {f"{stem}.html", f"{stem}.htm"}:
            return True
    return False


def _asset(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return is_asset(stream.read(4096), path.name)
