"""Running the tools: each in a process and an environment of its own, text by text."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import msgspec

from benchmarks.comparison.corpora import Attribution, Document

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Tool(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One tool, as ``tools.toml`` describes it."""

    name: str
    adapter: str
    environment: str
    languages: tuple[str, ...]
    licence: str
    made_for: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool made of one text."""

    id: str
    attributions: list[Attribution] = []
    cpu: float = 0.0
    """CPU seconds for everything."""
    parse: float = 0.0
    """Of these: in the parser that the tool stands on."""
    aside: float = 0.0
    """Of these: on what is not compared."""
    lost: int = 0
    """Paragraphs that the tool gave up."""
    error: str | None = None
    """What the tool ended with, when it gave up the whole text."""


class _Versions(msgspec.Struct, frozen=True, kw_only=True):
    versions: dict[str, str]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool made of every text of a corpus, in their order."""

    versions: dict[str, str]
    answers: list[Answer]


def tools() -> tuple[Tool, ...]:
    """Return every tool of ``tools.toml``, ondit first."""
    rows = tomllib.loads((HERE / "tools.toml").read_text("utf-8"))["tool"]
    return msgspec.convert(rows, tuple[Tool, ...])


def make_environments(folder: Path) -> None:
    """Make the environments that are missing below `folder`, with the pinned versions."""
    subprocess.run(["sh", str(HERE / "environments"), str(folder)], check=True)


def python_of(tool: Tool, environments: Path) -> Path:
    """Return the interpreter that `tool` runs in."""
    if tool.environment == "project":
        return Path(sys.executable)
    return (environments / tool.environment / "bin" / "python").absolute()


def read(adapter: str, documents: list[Document], *, python: Path) -> Reading:
    """Return what `adapter` finds, run by `python`.

    A process that ends early costs the text it was at; a new one goes on with the next.

    Raises:
        RuntimeError: when the tool cannot be loaded; the message ends with its own words.
    """
    versions: dict[str, str] = {}
    answers: list[Answer] = []
    while len(answers) < len(documents):
        reading = _read_on(adapter, documents[len(answers) :], python)
        versions = reading.versions
        answers += reading.answers
        if len(answers) < len(documents):
            lost = documents[len(answers)]
            answers.append(Answer(id=lost.id, error="the process ended"))
    return Reading(versions=versions, answers=answers)


def _read_on(adapter: str, documents: list[Document], python: Path) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        texts, found = Path(folder) / "texts.jsonl", Path(folder) / "found.jsonl"
        texts.write_bytes(b"\n".join(map(msgspec.json.encode, documents)))
        command: list[str | Path] = [python, "-m", "benchmarks.comparison.worker"]
        command += [adapter, texts, found]
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
        )
        lines = found.read_bytes().split(b"\n") if found.exists() else [b""]
    if len(lines) < 2:
        raise RuntimeError(f"{adapter} could not be loaded: {done.stderr[-2000:]}")
    versions = msgspec.json.decode(lines[0], type=_Versions).versions
    # What follows the last line break is empty, or a line that the process did not finish.
    answers = [msgspec.json.decode(line, type=Answer) for line in lines[1:-1]]
    return Reading(versions=versions, answers=answers)


def _environment() -> dict[str, str]:
    return {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "PYTHONHASHSEED": "0"}
