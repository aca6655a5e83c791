"""The command line: ``ondit``."""

from __future__ import annotations

import io
import sys

from ondit.app import casework, comparing, consulting, handing, learning, people, reading
from ondit.app.frame import EXAMPLES, INTERRUPTED, app

__all__ = [
    "EXAMPLES",
    "app",
    "casework",
    "comparing",
    "consulting",
    "handing",
    "learning",
    "main",
    "people",
    "reading",
]


@app.callback()
def ondit() -> None:
    """News reports in, a checkable claims record out: who said what, and how surely.

    `ondit read` shows the claims of a report. `ondit add` keeps reports in a case: one file that
    the other commands look into, check, and hand over. `ondit demo` shows all of it on an example.
    """


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a character it cannot write is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:  # before a command had begun, or after it had ended
        sys.exit(INTERRUPTED)
