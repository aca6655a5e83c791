"""Task cards: what a benchmark is measured on, under which licence, with which scores."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec

FOLDER = Path(__file__).parent


class DataError(Exception):
    """The corpora are not what the card says."""


class Score(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure that a task yields, and how far it may stray from its floor."""

    label: str
    better: Literal["higher", "lower"] = "higher"
    margin: float | None = None
    """Tolerated distance beyond the floor, in the score's unit; None takes the card's."""
    gated: bool = True
    """False for figures that depend on the machine: they are shown, never judged."""
    headline: bool = False
    """True for the few figures that the README shows."""


class Corpus(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One collection of texts with annotations, or one scorer, and the files that make it up."""

    name: str
    origin: str
    licence: str
    files: dict[str, str]
    """Path below the data folder to the SHA-256 of the file; of all files below it, for a folder
    (see `digest`)."""


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The contents of a ``data.toml``."""

    title: str
    margin: float
    margin_reason: str
    corpora: tuple[Corpus, ...]
    scores: dict[str, Score]
    needs: str | None = None
    """Module of an extra without which the task is skipped."""
    sample: dict[str, int] = {}
    """Corpus file to the number of documents that a quick run takes from it."""


def tasks(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the tasks in `folder`, sorted."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/data.toml")))


def load(task: str, folder: Path = FOLDER) -> Card:
    """Return the card of `task`.

    Raises:
        DataError: when there is no such task, or its card is malformed; the message says where.
    """
    path = folder / task / "data.toml"
    if not path.exists():
        raise DataError(f"no task {task!r}; there are {', '.join(tasks(folder))}")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Card)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(f"{task}/data.toml: {error}") from error


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or over the names and digests of a folder's files."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    state = sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            state.update(f"{file.relative_to(path).as_posix()}\0{digest(file)}\n".encode())
    return state.hexdigest()


def check(card: Card, root: Path) -> None:
    """Check that every file of the card lies below `root` and is the one that was measured.

    Raises:
        DataError: naming the first file that is missing or differs.
    """
    for corpus in card.corpora:
        for name, expected in corpus.files.items():
            path = root / name
            if not path.exists():
                raise DataError(f"{corpus.name}: {name} is not in the data folder")
            found = digest(path)
            if found != expected:
                raise DataError(
                    f"{corpus.name}: {name} has SHA-256 {found}, the floors were measured on "
                    f"{expected}: scores on other data cannot be compared"
                )
