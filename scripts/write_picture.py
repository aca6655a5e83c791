"""Print an SVG picture of what a command prints in a terminal: write_picture.py COMMAND..."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

WIDTH = 100
LINES = 44
"""A picture in a README shows the beginning; the rest is for the reader's own terminal."""


def main() -> None:
    """Run the command, and print its picture."""
    terminal = {
        **os.environ,
        "COLUMNS": str(WIDTH),
        "FORCE_COLOR": "1",
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    terminal.pop("NO_COLOR", None)
    done = subprocess.run(  # noqa: S603  the caller's own command
        sys.argv[1:], env=terminal, capture_output=True, text=True, check=True
    )
    shown = "\n".join(done.stdout.splitlines()[:LINES])
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown))
    # Without the web fonts that the template would load: the picture, too, stays offline.
    template = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    title = " ".join(["ondit", *(os.path.basename(a) for a in sys.argv[2:])])  # noqa: PTH119
    sys.stdout.write(console.export_svg(title=title, code_format=template, unique_id="ondit"))


if __name__ == "__main__":
    main()
