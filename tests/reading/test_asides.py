"""Asides: ages, events and participles, told where no clause tells them."""

import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.asides import find_asides
from ondit.reading.modality import lexicon
from tests.marked import parsed
from tests.reading.test_factuality import read


def asides(string: str, tag: str) -> list[tuple[str, str]]:
    text = parsed(string, tag)
    found = find_asides(text, lexicon(load_pack(tag)))
    return [(string[a.start : a.end], a.rule) for a in found]


@pytest.mark.parametrize(
    ("tag", "string", "words", "rule"),
    [
        ("fr", "Ada Holm, 41 ans, dirige le port.", "Ada Holm, 41 ans", "age"),
        ("en", "Ada Holm, 41, runs the port.", "Ada Holm, 41", "age"),
        (
            "fr",
            "Le quai date de l’occupation de l’île par Morvane.",
            "l’occupation de l’île par Morvane",
            "event",
        ),
        (
            "en",
            "The quay dates from the occupation of the island by Morvane.",
            "the occupation of the island by Morvane",
            "event",
        ),
    ],
)
def test_asides(tag, string, words, rule):
    assert (words, rule) in asides(string, tag)


@pytest.mark.parametrize(
    ("tag", "string"),
    [
        ("fr", "Une occupation de l’île par Morvane ruinerait le port."),
        ("fr", "L’occupation dure."),
        ("fr", "À Varn, 41 bacs sont à quai."),
        ("en", "An occupation of the island by Morvane would ruin the port."),
        ("en", "In Varn, 41 ferries lie at the quay."),
    ],
)
def test_what_is_no_aside(tag, string):
    assert asides(string, tag) == []


def test_asides_are_asserted_claims():
    _, found = read("Ada Holm, 41 ans, dirige le port.", "fr")
    (aside,) = [c for c in found if c.span.exact == "Ada Holm, 41 ans"]
    assert (aside.status, aside.evidence[0].rule) == ("asserted", "fr.status.aside.age")
