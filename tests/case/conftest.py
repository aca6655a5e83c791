"""A case to work on, made anew for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ondit.case.store import Case
from tests.case.fakes import a_record, a_report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a case may be made."""
    return tmp_path / "matter.ondit"


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    """Yield a case that holds the ferry report."""
    with Case.open(path, create=True) as opened:
        report = a_report()
        opened.add(report, a_record(report))
        yield opened
