"""What part of a page an element is, by its name and by the words of its attributes."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from ondit.capture.markup import Element, Passage, Tag
from ondit.capture.phrases import Head
from ondit.model import PackError
from ondit.model.capture import FurnitureKind

_WORD = re.compile(r"[a-z]+|\d+")
# Elements that hold the report; their attributes speak of the whole page.
_WHOLE = frozenset({"html", "body", "main", "article"})


class Zone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of furniture, and how elements that hold it are named."""

    kind: FurnitureKind
    tags: tuple[str, ...]
    words: tuple[str, ...]


class Standfirst(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How elements that hold a standfirst are named."""

    words: tuple[str, ...]


class Zones(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of zones."""

    head: Head
    zone: tuple[Zone, ...]
    standfirst: Standfirst


@cache
def load() -> Zones:
    """Return the installed list.

    Raises:
        PackError: when it does not have the shape.
    """
    path = Path(__file__).with_name("zones.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Zones)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{path.name}: {error}") from error


@lru_cache(maxsize=4096)
def _zone_of(tag: str, signs: str) -> FurnitureKind | None:
    spaced = _spaced(signs)
    for zone in load().zone:
        if tag in zone.tags or any(f" {word} " in spaced for word in zone.words):
            return zone.kind
    return None


def _spaced(signs: str) -> str:
    """Return the words of attributes with a space on either side of each."""
    return f" {' '.join(_WORD.findall(signs))} "


def zone(place: Passage | Tag, *, apart_from: frozenset[int] = frozenset()) -> FurnitureKind | None:
    """Return the kind of furniture that the elements around a place are named for, or None.

    Args:
        place: a passage, or a tag.
        apart_from: start offsets of elements whose names are not listened to.
    """
    inside = any(element.tag == "article" for element in place.path)
    for element in reversed(place.path):
        if element.tag in _WHOLE or element.start in apart_from or is_standfirst(element):
            continue
        if inside and element.tag == "footer":
            continue  # the article's own, which holds its byline
        kind = _zone_of(element.tag, element.signs)
        if kind is not None:
            return kind
    return None


def is_standfirst(element: Element) -> bool:
    """Return whether an element is named for a standfirst."""
    return element.tag not in _WHOLE and _names_standfirst(element.signs)


@lru_cache(maxsize=4096)
def _names_standfirst(signs: str) -> bool:
    spaced = _spaced(signs)
    return any(f" {word} " in spaced for word in load().standfirst.words)
