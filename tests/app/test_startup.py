"""Commands that need no parser start without one, and without anything else that is heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "trafilatura", "numpy", "thinc", "lxml", "httpx", "jinja2", "htmldate")

_SCRIPT = """
import sys
sys.argv = ["ondit", *sys.argv[2:]]
heavy = {heavy!r}
try:
    exec({code!r})
finally:
    print("loaded:", [name for name in heavy if name in sys.modules], file=sys.stderr)
"""


def loaded(code: str, *arguments: object, heavy: tuple[str, ...] = HEAVY) -> str:
    script = _SCRIPT.format(heavy=heavy, code=code)
    command = [sys.executable, "-c", script, "-", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",), ("schema",), ("list", "CASE"), ("claims", "CASE"), ("verify", "CASE"),
        ("search", "CASE", "jetée"), ("log", "CASE"), ("sources", "CASE"), ("timeline", "CASE"),
        ("show", "CASE", "1"), ("export", "CASE", "-o", "-"), ("dossier", "--help"),
    ],
)  # fmt: skip
def test_commands_on_a_case_load_no_parser(matter: Path, arguments: tuple[str, ...]) -> None:
    words = [matter if word == "CASE" else word for word in arguments]
    said = loaded("from ondit.app.cli import main; main()", *words)
    assert said.splitlines()[-1] == "loaded: []"


def test_help_loads_no_store_and_no_terminal_library() -> None:
    heavy = (*HEAVY, "rich", "sqlite3", "snowballstemmer")
    assert loaded("from ondit.app.cli import main; main()", "--help", heavy=heavy) == "loaded: []\n"


def test_importing_ondit_loads_next_to_nothing() -> None:
    heavy = (*HEAVY, "rich", "typer", "sqlite3", "msgspec", "ondit.case", "ondit.model")
    assert loaded("import ondit; ondit.__version__", heavy=heavy) == "loaded: []\n"


def test_public_names_load_when_asked_for() -> None:
    code = "import ondit; ondit.Record; ondit.Case; ondit.read; ondit.read_many; ondit.open_case"
    assert loaded(code) == "loaded: []\n"
