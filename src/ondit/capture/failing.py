"""Reports of inputs that could not be read: a capture, a reason, and nothing made up."""

from __future__ import annotations

from ondit.model import Capture, Failure, Meta, Report, digest

STEP = "capture"


def failed(
    input: str, reason: str, *, capture: Capture | None = None, content: bytes = b""
) -> Report:
    """Return the report of an input that could not be read.

    Args:
        input: the input as it was given.
        reason: what was met, what was expected, in plain words.
        capture: what is known of the bytes; without it and without `content` nothing was captured,
            and the digest is the empty string.
        content: the captured bytes, when there are any to keep.
    """
    if capture is None:
        capture = Capture(sha256=digest(content) if content else "", bytes=len(content))
    return Report(
        input=input,
        capture=capture,
        content=content,
        meta=Meta(verdict="unknown"),
        failures=(Failure(step=STEP, reason=reason, fatal=True),),
    )


def skipped(input: str, reason: str, *, capture: Capture) -> Report:
    """Return the report of a file that was met in a directory or archive and is no report."""
    return Report(
        input=input,
        capture=capture,
        content=b"",
        meta=Meta(verdict="empty", verdict_reasons=(reason,)),
        failures=(Failure(step=STEP, reason=reason),),
    )
