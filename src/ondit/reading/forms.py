"""Forms: what a pack writes in place of regular expressions, and how it is compiled.

A form is words and slots: ``[le ]{day} {month}[ {year}]``. Square brackets hold what may be
missing, ``(a|b)`` holds alternatives, a slot is a class of words or another name for one
(``{first=n}``); a space stands for any white space. A form matches whole words of lowered text.
What follows a ``>`` must stand behind, and is read, but is no part of the match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ondit.model import PackError

_PART = re.compile(
    r"\{(?P<name>\w+)(?:=(?P<of>\w+))?\}|(?P<mark>[\[\]()|])|(?P<space>\s+)|(?P<word>[^\[\](){}|>\s]+)"
)
_MARKS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a form: the group that holds it, what it is called, its class of words."""

    group: str
    name: str
    kind: str


def source(form: str, classes: Mapping[str, str]) -> str:
    """Return the regular expression of `form`; `classes` give each slot's own.

    Raises:
        PackError: when a slot is of no known class.
    """
    own, _, ahead = form.partition(">")
    behind = rf"(?={''.join(_parts(ahead, classes, len(own) + 1))})" if ahead else ""
    return rf"(?<!\w)(?:{''.join(_parts(own, classes))})(?!\w){behind}"


def _parts(form: str, classes: Mapping[str, str], offset: int = 0) -> Iterator[str]:
    for part in _PART.finditer(form):
        if part["name"]:
            kind = part["of"] or part["name"]
            if kind not in classes:
                raise PackError(f"form {form!r} has a slot {kind!r}, which is no class of words")
            yield rf"(?P<s{offset + part.start()}>{classes[kind]})"
        elif part["mark"]:
            yield _MARKS[part["mark"]]
        else:
            yield r"\s+" if part["space"] else re.escape(part["word"])


# How a match may begin: a word, a digit (whatever it is, it counts as ``0``), an apostrophe.
OPENING = re.compile(r"[^\W\d_]+|\d|'")


def opening(words: str) -> str:
    """Return the key under which a form that begins with `words` is found: ``0`` for a digit."""
    found = OPENING.search(words)
    return "" if found is None else "0" if found[0].isdigit() else found[0]


def openings(form: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the keys with which a match of `form` may begin; `classes` give those of slots."""
    parts = list(_PART.finditer(form.partition(">")[0]))
    return frozenset(_alternatives(parts, classes)[0])


def _alternatives(
    parts: list[re.Match[str]], classes: Mapping[str, frozenset[str]]
) -> tuple[set[str], bool]:
    """Consume alternatives from `parts`; return their openings, and whether one may be empty."""
    found, empty = _sequence(parts, classes)
    while parts and parts[0]["mark"] == "|":
        parts.pop(0)
        more, void = _sequence(parts, classes)
        found, empty = found | more, empty or void
    return found, empty


def _sequence(
    parts: list[re.Match[str]], classes: Mapping[str, frozenset[str]]
) -> tuple[set[str], bool]:
    found: set[str] = set()
    empty = True
    while parts and parts[0]["mark"] not in ("|", "]", ")"):
        part = parts.pop(0)
        keys, void = set[str](), False
        if part["name"]:
            keys = set(classes[part["of"] or part["name"]])
        elif part["word"]:
            keys = {opening(part["word"])}
            void = keys == {""}
        elif part["mark"]:
            keys, void = _alternatives(parts, classes)
            parts.pop(0)
            void = void or part["mark"] == "["
        else:
            void = True
        found |= keys if empty else set()
        empty = empty and void
    return found - {""}, empty


def slots(form: str) -> tuple[Slot, ...]:
    """Return the slots of `form` in order; one name may stand in several alternatives."""
    return tuple(
        Slot(f"s{p.start()}", p["name"], p["of"] or p["name"])
        for p in _PART.finditer(form)
        if p["name"]
    )
