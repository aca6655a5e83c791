"""Plain pages whose furniture was marked by hand, as text and as what should be found in it."""

from __future__ import annotations

from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent / "plain_pages"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


class MarkedPage(msgspec.Struct, frozen=True):
    """A page and, line by line, its kind: empty for the report, ``headline``, or furniture."""

    string: str
    lines: tuple[tuple[int, int, str], ...]

    @property
    def headline(self) -> str | None:
        """The line marked as the headline."""
        return next((self.string[a:b] for a, b, kind in self.lines if kind == "headline"), None)

    @property
    def furniture(self) -> dict[tuple[int, int], str]:
        """Kind of each furniture line, by its place."""
        return {(a, b): kind for a, b, kind in self.lines if kind not in {"", "headline"}}


def read_marked(name: str, *, gap: str = "\n\n") -> MarkedPage:
    """Return page `name`, its lines set apart by `gap`."""
    rows = [row.split("|", 1) for row in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()]
    lines: list[tuple[int, int, str]] = []
    string = ""
    for kind, text in ((k.strip(), t.strip()) for k, t in rows):
        start = len(string)
        string += text + gap
        lines.append((start, start + len(text), kind))
    return MarkedPage(string, tuple(lines))
