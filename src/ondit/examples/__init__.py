"""The bundled example case: six reports on one matter, all invented.

In ``reine-aldara/`` a ferry of that name strikes a harbour wall. A wire agency reports it, a local
paper reprints the wire and adds a witness, a second paper has a source of its own, a third one
translates that into French without a word on where it comes from, a foreign paper follows the
politics, and a newsletter closes the week. They disagree on how many were hurt, on how long help
took, and on who knew what. No person, place, ship, company or outlet in them exists.
"""

from __future__ import annotations

from pathlib import Path

CASE = Path(__file__).parent / "reine-aldara"
"""The folder of the example case; every file in it is one report."""


def reports() -> tuple[Path, ...]:
    """Return the files of the example case, in the order in which they were published."""
    return tuple(sorted(path for path in CASE.iterdir() if path.is_file()))
