"""A coverage-guided harness for long runs, outside the suite.

    python tests/fuzz/fuzz_capture.py -max_total_time=180 CORPUS_FOLDER

It needs `atheris`. The first byte of an input chooses the file name, and so the reader.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["ondit.capture"]):
    from ondit.capture import (  # noqa: F401 - imported here to be instrumented
        archives,
        feeds,
        furniture,
        inlets,
        kinds,
        plain,
        unpacking,
    )
    from tests.fuzz.fuzzed import NAMES, SEEDS, check


def run(data: bytes) -> None:
    """Check one input."""
    if data:
        check(data[1:], NAMES[data[0] % len(NAMES)], plain=data[0] >= 128)


def plant(folder: Path) -> None:
    """Write the seeds into the corpus folder, once for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        for name in range(len(NAMES)):
            (folder / f"seed-{number}-{name}").write_bytes(bytes([name]) + seed)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        if not argument.startswith("-"):
            plant(Path(argument))
    atheris.Setup(sys.argv, run)
    atheris.Fuzz()
