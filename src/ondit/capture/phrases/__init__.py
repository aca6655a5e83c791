"""The wordings of page furniture, one TOML list a language, folded into one table for matching.

All lists work on every page: a French report may stand above an English cookie line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ondit.model import PackError, view
from ondit.model.capture import FurnitureKind

Shape = Literal[
    "line",  # the line says this and nothing else
    "label",  # the same, and the line below it is what the label announces
    "list",  # the same, and all lines below it are what the label announces
    "opening",  # the line begins with this
    "inside",  # the line holds this, outside quotation marks
    "menu",  # the line holds nothing but these
    "address",  # the line is one word that begins with this
    "weak",  # counts only in a line that is in another language than the page
]
Where = Literal["tail", "edges", "anywhere"]


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote a list, from what, under which licence."""

    author: str
    licence: str
    date: str
    source: str


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the language is known from a single line, and invented prose for the tests."""

    tag: str
    function_words: tuple[str, ...]
    prose: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"and_": "and"}):
    """Closed sets of words that pages put in fixed places."""

    home: tuple[str, ...]
    sections: tuple[str, ...]
    by: tuple[str, ...]
    and_: tuple[str, ...]
    """Words of a byline that need no capital."""
    published: tuple[str, ...]
    modified: tuple[str, ...]


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Wordings of one kind and shape, with example lines that the tests run.

    ``#`` in a wording stands for any number.
    """

    kind: FurnitureKind
    shape: Shape
    where: Where
    text: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()
    note: str | None = None


class PhraseList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One TOML file."""

    head: Head
    language: Language | None = None
    names: Names | None = None
    phrase: tuple[Phrase, ...] = ()

    @property
    def tag(self) -> str:
        """BCP 47 tag of the list; ``und`` for what belongs to no language."""
        return self.language.tag if self.language else "und"


class Wording(msgspec.Struct, frozen=True):
    """What a matched wording means: its kind, shape, place, and the rule to record."""

    kind: FurnitureKind
    shape: Shape
    where: Where
    rule: str


_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[kK]?\b")
# Ornaments around a label; sentence ends and quotation marks are not among them, because "Next."
# may be somebody's last word.
_ORNAMENT = " \t:>»›→‹«|–—-*•_▼▾▶►+✕×·"


def fold(string: str) -> str:
    """Return the form that wordings are compared in: no case, plain spaces, ``#`` for numbers."""
    return _NUMBER.sub("#", _SPACE.sub(" ", view(string).casefold()).strip())


def label(string: str) -> str:
    """Return `fold` of the string without the ornaments around it."""
    return fold(string).strip(_ORNAMENT)


def contains_any(wordings: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the wordings as whole words, longest first."""
    ordered = sorted(set(wordings), key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


class Phrases:
    """All lists in one table; made once a process."""

    def __init__(self, lists: Iterable[PhraseList]) -> None:
        self.lists = tuple(lists)
        rows = list(self._rows())
        self.labels = {label(t): w for t, w in rows if w.shape in {"line", "label"}}
        self.endless = {label(t): w for t, w in rows if w.shape == "list"}
        self.openings = {fold(t): w for t, w in rows if w.shape == "opening"}
        self.opening = re.compile(_alternatives(self.openings))
        self.insides = {fold(t): w for t, w in rows if w.shape == "inside"}
        self.inside = contains_any(self.insides)
        self.menu = {label(t): w for t, w in rows if w.shape == "menu"}
        self.addresses = tuple(t for t, w in rows if w.shape == "address")
        self.weak = contains_any(fold(t) for t, w in rows if w.shape == "weak")
        self.home = self._names("home")
        self.sections = self._names("sections")
        self.by = self._names("by")
        self.by_opening = re.compile(rf"(?:{_longest_first(self.by)})\s*:?\s+")
        self.connectors = self._names("and_")
        self.published = {n: p.tag for p in self.lists if p.names for n in p.names.published}
        self.modified = {n: p.tag for p in self.lists if p.names for n in p.names.modified}
        dates = {**self.published, **self.modified}
        self.date_opening = re.compile(rf"({_longest_first(dates)})(?!\w)\s*:?\s*")
        self._function_words = {
            p.tag: frozenset(p.language.function_words) for p in self.lists if p.language
        }

    def _rows(self) -> Iterator[tuple[str, Wording]]:
        for listed in self.lists:
            for phrase in listed.phrase:
                rule = f"{listed.tag}:{phrase.kind}:{phrase.shape}"
                wording = Wording(phrase.kind, phrase.shape, phrase.where, rule)
                yield from ((text, wording) for text in phrase.text)

    def _names(self, field: str) -> frozenset[str]:
        return frozenset(fold(n) for p in self.lists if p.names for n in getattr(p.names, field))

    def language(self, string: str) -> str | None:
        """Return the tag whose function words the string holds most of; None on too few."""
        words = view(string).casefold().replace("'", " ").split()
        counts = sorted(
            ((sum(w in known for w in words), tag) for tag, known in self._function_words.items()),
            reverse=True,
        )
        (best, tag), (second, _) = counts[:2]
        return tag if best >= 2 and best > second else None


def _longest_first(wordings: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(wordings, key=lambda w: (-len(w), w)))


def _alternatives(wordings: Iterable[str]) -> str:
    """Return a pattern for a wording at the start of a line, ending where a word ends."""
    parts = (
        re.escape(w) + (r"(?!\w)" if w[-1].isalnum() else "")
        for w in sorted(wordings, key=lambda w: (-len(w), w))
    )
    return "|".join(parts)


@cache
def load() -> Phrases:
    """Return the installed lists, folded into one table.

    Raises:
        PackError: naming the file and the place in it.
    """
    return Phrases(read_list(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def read_list(path: Path) -> PhraseList:
    """Return the phrase list at `path`.

    Raises:
        PackError: when it is no TOML or does not have the shape.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), PhraseList)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"phrases/{path.name}: {error}") from error
