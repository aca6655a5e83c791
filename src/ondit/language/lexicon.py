"""Language packs: folders of TOML tables that a linguist writes and the tests run.

A pack is ``packs/<tag>/<name>.toml``. Each table has a Struct of its own, beside the code that
reads it; unknown fields are refused, and the error names file and place.
"""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ondit.model import PackError

PACKS = Path(__file__).parent / "packs"

Table = TypeVar("Table")


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote a table, from what, under which licence."""

    author: str
    licence: str
    date: str
    source: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of an entry: it has examples, which the tests run, and may have counter-examples.

    Examples mark what the entry finds with the tags of the layer (``<s>`` source, ``<c>`` cue,
    ``<q>`` content, ``<x>`` the found span of any other layer).
    """

    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()
    note: str | None = None


class Pack:
    """The tables of one language; a table is read once, when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tag = folder.name
        self._tables: dict[tuple[str, Any], Any] = {}

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents of the pack's files."""
        state = sha256()
        for path in sorted(self.folder.glob("*.toml")):
            content = path.read_bytes()
            state.update(f"{path.name}:{len(content)}:".encode() + content)
        return state.hexdigest()

    def table(self, name: str, shape: type[Table]) -> Table:
        """Return table `name` as a value of type `shape`.

        Raises:
            PackError: when the file is missing, is no TOML, or does not have the shape.
        """
        if (name, shape) not in self._tables:
            self._tables[name, shape] = read_table(self.folder / f"{name}.toml", shape)
        table: Table = self._tables[name, shape]
        return table


def read_table(path: Path, shape: type[Table]) -> Table:
    """Return the TOML file at `path` as a value of type `shape`.

    Raises:
        PackError: naming the file and the place in it.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
    except FileNotFoundError as error:
        raise PackError(f"{path.parent.name} pack has no table {path.name}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{path.parent.name}/{path.name}: {error}") from error


@cache
def available() -> tuple[str, ...]:
    """Return the tags of the installed packs, sorted."""
    return tuple(
        sorted(path.name for path in PACKS.iterdir() if (path / "segmentation.toml").exists())
    )


@cache
def load_pack(tag: str) -> Pack:
    """Return the pack for language `tag`.

    Raises:
        PackError: when there is none.
    """
    if tag not in available():
        raise PackError(f"no language pack for {tag!r}; there are {', '.join(available())}")
    return Pack(PACKS / tag)
