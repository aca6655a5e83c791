"""The capture floor: bytes in, one text with a map back to the bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ondit.capture.limits import Limits
from ondit.model import Report

__all__ = ["Limits", "report_from_bytes", "reports"]

_LIMITS = Limits()


def reports(
    inputs: Iterable[str],
    *,
    plain: bool = False,
    allow_private: bool = False,
    limits: Limits = _LIMITS,
    isolate: bool = True,
) -> Iterator[Report]:
    """Yield the reports of the inputs, in order; one that cannot be read carries a fatal failure.

    Args:
        inputs: files, directories, http and https addresses, or ``-`` for standard input. A file
            may be a page, a text, an archive of many pages, a letter, or a feed.
        plain: the inputs are clean text: no furniture is looked for, and `text` is all of it.
        allow_private: fetch also from this machine and its networks.
        limits: what is too large, too slow, or too deep.
        isolate: read in a worker process, which a hostile input may break without harm.
    """
    # Loaded when first used: a program that only looks at a case file needs none of it.
    from ondit.capture.inlets import Job, read_job  # noqa: PLC0415
    from ondit.capture.isolation import read_isolated  # noqa: PLC0415
    from ondit.capture.walking import jobs  # noqa: PLC0415

    read = read_isolated if isolate else read_job
    for given in inputs:
        for job in jobs(given, plain=plain, allow_private=allow_private, limits=limits):
            if isinstance(job, Job):
                yield from read(job)
            else:
                yield job


def report_from_bytes(
    content: bytes, *, name: str, plain: bool = False, limits: Limits = _LIMITS
) -> list[Report]:
    """Return the reports that `content` holds, read in this process.

    Args:
        content: the bytes of a file of any kind that `reports` reads.
        name: a file name; its ending decides where the bytes leave a doubt.
        plain: the bytes are clean text.
        limits: what is too large or too deep; time is not limited here.
    """
    from ondit.capture.inlets import Job, read_job  # noqa: PLC0415 - as above

    return list(read_job(Job(input=name, content=content, name=name, plain=plain, limits=limits)))
