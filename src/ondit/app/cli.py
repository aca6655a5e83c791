"""The command line: ``ondit``."""

from __future__ import annotations

from ondit.app import casework, reading
from ondit.app.frame import EXAMPLES, app

__all__ = ["EXAMPLES", "app", "casework", "main", "reading"]


def main() -> None:
    """Run the command line."""
    app()
