"""A command line to call, and a case to call it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ondit.app.cli import app
from ondit.case import intake
from ondit.case.store import Case
from tests.case.fakes import a_record, a_report, capture_files, read_lines

Call = Callable[..., Result]


@pytest.fixture
def call() -> Call:
    """Return a function that runs ``ondit`` with arguments."""
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, list(map(str, arguments)))


@pytest.fixture
def matter(tmp_path: Path) -> Path:
    """Return a case that holds the ferry report."""
    path = tmp_path / "matter.ondit"
    with Case.open(path, create=True) as case:
        case.add(a_report(), a_record())
    return path


@pytest.fixture
def _without_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a capture and a reading that need no parser below the command line."""
    monkeypatch.setattr(intake, "capture_inputs", capture_files)
    monkeypatch.setattr(intake, "read_captured", read_lines)
