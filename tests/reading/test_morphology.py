"""Moods by their endings: the examples of the packs, and forms that only look like one."""

import re

import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.morphology import Morphology, moods

FRENCH = load_pack("fr")
ENDINGS = FRENCH.table("morphology", Morphology).ending
MARKED = re.compile(r"<x>(.*?)</x>")


def shown(sentence: str) -> list[str | None]:
    known = moods(FRENCH)
    found = (known.shown(word) for word in re.findall(r"[\wéèêàâîïôûç]+", sentence))
    return [mood and mood[0] for mood in found]


@pytest.mark.parametrize(
    ("mood", "example"), [(entry.mood, e) for entry in ENDINGS for e in entry.examples]
)
def test_the_examples_of_the_pack(mood, example):
    known = moods(FRENCH)
    marked = MARKED.findall(example)
    assert marked
    assert all((known.shown(word) or [None])[0] == mood for word in marked)


@pytest.mark.parametrize("example", [e for entry in ENDINGS for e in entry.not_examples])
def test_the_counter_examples_of_the_pack(example):
    assert set(shown(example)) == {None}


@pytest.mark.parametrize(
    ("word", "mood", "third"),
    [
        ("serait", "Cnd", True),
        ("auraient", "Cnd", True),
        ("dateraient", "Cnd", True),
        ("proviendrait", "Cnd", True),
        ("conclurait", "Cnd", True),
        ("mettrait", "Cnd", True),
        ("serions", "Cnd", False),
        ("dirais", "Cnd", False),
        ("sentirait", "Cnd", True),
        ("sera", "Fut", True),
        ("finiront", "Fut", True),
        ("verrez", "Fut", False),
    ],
)
def test_forms_in_a_mood(word, mood, third):
    assert moods(FRENCH).shown(word) == (mood, third)


@pytest.mark.parametrize(
    "word",
    ["montrait", "tirait", "restaurait", "ouvrait", "serrait", "durait", "retrait", "caméra",
     "opéra", "front", "livrait", "soupirait", "espérait"],
)  # fmt: skip
def test_forms_in_no_such_mood(word):
    assert moods(FRENCH).shown(word) is None


def test_english_has_no_endings_of_mood():
    assert moods(load_pack("en")).shown("serait") is None
