"""The documentation: its commands run, its generated parts are current, its links lead on."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import get_args

import msgspec
import pytest
import typer

from ondit.app.cli import app
from ondit.examples import CASE
from ondit.language.lexicon import Pack
from ondit.language.segmentation import Segmentation, sentences
from ondit.model.annotations import SourceKind, Status
from ondit.reading.cues import VerbEntry

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(sh|python) run\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


write_docs = _script("write_docs")
DOCUMENTS: list[Path] = write_docs.documents()
RUNNABLE = [path for path in DOCUMENTS if BLOCK.search(path.read_text("utf-8"))]


def relative(path: Path) -> str:
    """Return the name of a document as a reader of the repository sees it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("document", RUNNABLE, ids=relative)
def test_commands_of_the_documentation_run(document: Path, tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "reports")
    binaries = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PATH": binaries + os.pathsep + os.environ["PATH"],
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    for language, code in BLOCK.findall(document.read_text("utf-8")):
        command = ["sh", "-euc", code] if language == "sh" else [sys.executable, "-c", code]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{code}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_generated_parts_are_current(document: Path) -> None:
    text = document.read_text("utf-8")
    assert write_docs.written(text) == text, "run: python scripts/write_docs.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        assert (document.parent / target).exists(), f"{relative(document)} links to {target}"


def test_every_command_is_documented() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    commands = vars(typer.main.get_command(app))["commands"]
    assert commands
    for name, command in commands.items():
        assert f"## ondit {name}\n" in reference, f"{name} is not in the reference"
        assert command.help, f"{name} has no help"
        undescribed = [p.name for p in command.params if not p.hidden and not p.help]
        assert not undescribed, f"{name}: {undescribed} say nothing of themselves"


def test_every_status_and_kind_of_source_is_explained() -> None:
    status = (ROOT / "docs" / "explanation" / "status.md").read_text("utf-8")
    record = (ROOT / "docs" / "reference" / "record.md").read_text("utf-8")
    assert all(f"| `{value}` |" in status for value in get_args(Status))
    assert all(f"`{value}`" in record for value in get_args(SourceKind))


def test_the_worked_example_of_a_language_works(tmp_path: Path) -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    first, second = re.findall(r"^```toml\n(.*?)^```$", contributing, re.MULTILINE | re.DOTALL)
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "segmentation.toml").write_text(first, "utf-8")
    pack = Pack(tmp_path / "es")
    (entry,) = pack.table("segmentation", Segmentation).abbreviation
    (verb,) = msgspec.convert(tomllib.loads(second)["verb"], tuple[VerbEntry, ...])
    assert verb.lemmas[0] == "decir"
    for example in entry.examples:
        marked = re.findall(r"<x>(.*?)</x>", example)
        text = re.sub(r"</?x>", "", example)
        assert [text[a:b] for a, b in sentences(text, 0, len(text), pack)] == marked


def test_no_dependency_is_under_the_gpl() -> None:
    for package in write_docs.locked("core"):
        licence = write_docs.licence(package)
        assert licence != "none stated", package
        alternatives = re.split(r"\bOR\b", licence)
        assert not all(map(write_docs.COPYLEFT.search, alternatives)), f"{package}: {licence}"


def test_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "sh scripts/try" in readme
    assert "sh scripts/test" in readme
