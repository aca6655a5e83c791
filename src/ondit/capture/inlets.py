"""Inlets: one input of any kind in, its payloads out, one report each.

A `Job` is one file, one answer of a server, or one stretch of bytes; it says all that reading
needs, so that it can be sent to a worker process.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from ondit.capture.archives import Archive, read_mail, read_wacz, read_warc
from ondit.capture.failing import failed
from ondit.capture.feeds import read_feed, read_ninjs
from ondit.capture.kinds import MEDIA_TYPES, Kind, sniff
from ondit.capture.limits import Limits
from ondit.capture.payloads import Payload, captured, read_payload
from ondit.capture.unpacking import gunzip
from ondit.model import Capture, CaptureError, Report

_HEAD = 65_536
_PIECE = 1 << 20


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One input to read: a path or the bytes, and what is known of them."""

    input: str
    path: str | None = None
    content: bytes | None = None
    name: str = ""
    """File name or URL path, for the kinds that bytes alone do not tell."""
    url: str | None = None
    fetched_at: str | None = None
    headers: dict[str, str] = {}
    plain: bool = False
    limits: Limits
    skip: int = 0
    """Payloads at the start that were read before."""


def read_job(job: Job, *, on_payload: Callable[[], None] = lambda: None) -> Iterator[Report]:
    """Yield the reports of one input; what cannot be read is a report with a fatal failure.

    Args:
        job: the input.
        on_payload: called when a payload is out of its container and before it is read.
    """
    capture: Capture | None = None
    try:
        with _open(job) as stream:
            archive, kind, what = _identify(stream, job)
            capture = _whole(archive, kind, job)
            for number, payload in enumerate(_payloads(archive, kind, what, job)):
                on_payload()
                if number >= job.skip:
                    yield read_payload(payload, input=job.input, plain=job.plain, limits=job.limits)
    except CaptureError as error:
        yield failed(job.input, str(error), capture=capture)
    except OSError as error:
        yield failed(job.input, f"cannot be read: {error.strerror or error}", capture=capture)


def _open(job: Job) -> BinaryIO:
    if job.content is not None:
        return io.BytesIO(job.content)
    path = Path(job.path or "")
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise CaptureError(f"{_file_type(mode)}, not a file, a directory or a URL")
    # Without O_NONBLOCK a pipe put in the file's place since the check would block for ever.
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")


def _file_type(mode: int) -> str:
    names = (
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISDIR, "a directory"),
    )
    return next((name for test, name in names if test(mode)), "something else")


def _identify(stream: BinaryIO, job: Job) -> tuple[Archive, Kind, str | None]:
    """Return the input as an archive of one or many, its kind, and what to tell about it."""
    head = stream.read(_HEAD)
    found = sniff(head, job.name)
    if not head:
        found = msgspec.structs.replace(found, kind="plain")
    stream.seek(0)
    sha256, size = _digest(stream)
    stream.seek(0)
    return Archive(stream=stream, sha256=sha256, size=size), found.kind, found.what


def _digest(stream: BinaryIO) -> tuple[str, int]:
    state, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        state.update(piece)
        size += len(piece)
    return state.hexdigest(), size


def _whole(archive: Archive, kind: Kind, job: Job) -> Capture:
    return Capture(
        sha256=archive.sha256,
        bytes=archive.size,
        media_type=MEDIA_TYPES.get(kind),
        url=job.url,
        fetched_at=job.fetched_at,
        headers=job.headers,
    )


def _payloads(archive: Archive, kind: Kind, what: str | None, job: Job) -> Iterator[Payload]:
    if kind == "refused":
        raise CaptureError(f"this is {what}, not a page or a text")
    if kind == "gzip":
        yield from _unzipped(archive, job)
    elif kind in {"page", "plain", "markdown"} or (job.plain and kind not in {"warc", "wacz"}):
        yield _single(archive, "plain" if job.plain else kind, what, job)
    else:
        yield from _contained(archive, kind, job)


def _contained(archive: Archive, kind: Kind, job: Job) -> Iterator[Payload]:
    limits = job.limits
    if kind in {"mhtml", "email"}:
        yield from read_mail(archive, kind=kind, limits=limits)
    elif kind == "warc":
        yield from read_warc(archive, limits=limits)
    elif kind == "wacz":
        yield from read_wacz(archive, limits=limits)
    elif kind == "ninjs":
        yield from read_ninjs(archive, limits=limits)
    else:
        yield from read_feed(archive, limits=limits)


def _single(archive: Archive, kind: Kind, what: str | None, job: Job) -> Payload:
    """Return the whole input as one payload, when it is not too large."""
    if archive.size > job.limits.max_bytes:
        raise CaptureError(
            f"{archive.size:,} bytes; at most {job.limits.max_bytes:,} are read for one report"
        )
    content = archive.stream.read()
    return Payload(
        content=content,
        kind=kind,
        capture=captured(
            content, kind, url=job.url, fetched_at=job.fetched_at, headers=job.headers
        ),
        notes=(f"the name says text, the bytes are {what}; read as a page",)
        if what and not job.plain
        else (),
    )


def _unzipped(archive: Archive, job: Job) -> Iterator[Payload]:
    """Yield the payloads of a gzip file: a compressed archive, feed, page or text."""
    content = gunzip(archive.stream.read(), job.limits.max_unpacked)
    name = job.name.removesuffix(".gz")
    found = sniff(content, name)
    if found.kind == "gzip":
        raise CaptureError("a gzip file inside a gzip file")
    inside = msgspec.structs.replace(archive, stream=io.BytesIO(content), size=len(content))
    held = archive.place(0)
    for payload in _payloads(inside, found.kind, found.what, job):
        capture = msgspec.structs.replace(
            payload.capture, container=payload.capture.container or held
        )
        yield msgspec.structs.replace(payload, capture=capture)
