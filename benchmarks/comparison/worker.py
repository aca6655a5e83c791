"""python -m benchmarks.comparison.worker ADAPTER TEXTS FOUND: read texts with one tool.

Run by the interpreter of the tool's environment. TEXTS and FOUND are JSON Lines. The first line
of FOUND names the versions at work, once the tool could be loaded; then comes one line a text,
written at once, so that a tool which takes the process down loses one text only.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.comparison.adapters import Clock, Read

WARM_UP = {
    "en": "The ferry left early. “We had no choice,” Captain Mara Oren said on Monday.",
    "fr": "Le bac est parti en avance. « Nous étions prêts », a déclaré la capitaine Mara Oren.",
}
"""Read once before the clock runs: what a tool loads late is loading, not reading."""


def main(arguments: list[str]) -> None:
    """Read every text of a file and write what was found."""
    name, texts, found = arguments
    adapter = import_module(f"benchmarks.comparison.adapters.{name}")
    rows = [json.loads(line) for line in Path(texts).read_text("utf-8").split("\n") if line]

    @cache
    def reader(language: str) -> Read:
        read: Read = adapter.load(language)
        read_one(read, {"id": "", "text": WARM_UP[language]})
        return read

    for language in {row["language"] for row in rows}:
        reader(language)
    with Path(found).open("w", encoding="utf-8") as file:
        versions = {package: version(package) for package in adapter.PACKAGES}
        print(json.dumps({"versions": versions}), file=file, flush=True)
        for row in rows:
            answer = read_one(reader(row["language"]), row)
            print(json.dumps(answer), file=file, flush=True)


def read_one(read: Read, row: dict[str, Any]) -> dict[str, Any]:
    """Return what `read` finds in one text, the seconds it took, or the error it ended with."""
    clock, error, found = Clock(), None, []
    before = process_time()
    try:
        found = read(row["text"], clock)
    except Exception as failure:  # noqa: BLE001  whatever it is, it is the tool's, and is counted
        error = f"{type(failure).__name__}: {failure}"
    spent = process_time() - before
    return {
        "id": row["id"],
        "attributions": found,
        "cpu": spent,
        "parse": clock.parse,
        "aside": clock.aside,
        "lost": clock.lost,
        "error": error,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
