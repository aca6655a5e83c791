"""The whole house at once: real pages, the real reading, through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ondit.case.store import Case
from ondit.case.verification import verify
from ondit.examples import reports
from ondit.model import decode, schema

pytestmark = pytest.mark.slow


def ondit(*arguments: object, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from ondit.app.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=folder, check=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which ``ondit demo`` was run."""
    folder = tmp_path_factory.mktemp("demo")
    result = ondit("demo", folder=folder)
    assert result.returncode == 0, result.stderr.decode()
    return folder / "ondit-demo"


def test_the_demo_holds_every_example_and_all_of_it_holds(demo: Path) -> None:
    with Case.open(demo / "demo.ondit", read_only=True) as case:
        held = list(case.held())
        assert len(held) == len(reports())
        assert not any(report.record.failed for report in held)
        assert all(report.record.claims for report in held)
        finding = verify(case)
    assert finding.faults == ()
    assert finding.anchors > 500


def test_its_dossier_is_one_page_with_every_title(demo: Path) -> None:
    page = (demo / "dossier.html").read_text("utf-8")
    assert "Maëlle Corvaisier" in page
    assert "<html" in page


def test_its_dossier_shows_the_reprint_the_translation_and_four_origins(demo: Path) -> None:
    page = (demo / "dossier.html").read_text("utf-8")
    assert "6 reports go back to 4 origins, as far as their pages show." in page
    assert "partial copy of report 1, Agence Littoral" in page
    assert "translation of report 3, The Harbour Gazette, or the reverse" in page


def test_its_records_answer_to_the_schema(demo: Path) -> None:
    result = ondit("export", "demo.ondit", "-o", "-", folder=demo)
    validator = jsonschema.Draft202012Validator(schema())
    for line in result.stdout.splitlines():
        validator.validate(json.loads(line))
        decode(line).verify()


def test_its_claims_point_to_the_bytes_that_were_captured(demo: Path) -> None:
    with Case.open(demo / "demo.ondit", read_only=True) as case:
        claim = next(iter(case.claims()))
    shown: dict[str, Any] = json.loads(
        ondit("show", "demo.ondit", claim.claim, "--format", "json", folder=demo).stdout
    )
    assert shown["row"]["words"] == claim.words
    (place, *_) = shown["origins"]
    content = reports()[0].read_bytes()[place["byte_start"] : place["byte_end"]]
    assert content


def test_worker_processes_read_the_same(demo: Path) -> None:
    inputs = reports()[2:4]
    one, two = (
        ondit("read", *inputs, "--format", "json", "--jobs", jobs, folder=demo) for jobs in (1, 2)
    )
    assert (one.returncode, two.returncode) == (0, 0)
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 2


def test_a_bad_report_among_good_ones(demo: Path) -> None:
    result = ondit("read", "nowhere.html", reports()[3], "--format", "json", folder=demo)
    assert result.returncode == 1
    bad, good = (decode(line) for line in result.stdout.splitlines())
    assert bad.failed
    assert not good.failed
    assert b"nowhere.html" in result.stderr
    assert b"Traceback" not in result.stderr
