"""Kinds of source: what a phrase is by itself."""

import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.kinds import kind_of_phrase, noun_kind, withheld_at
from ondit.reading.nominals import source_words_of
from ondit.reading.phrases import Phrase
from tests.marked import parsed


def phrase(form="description", **more):
    return Phrase(0, 1, more.pop("kind", "person"), form, "test", **more)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (phrase("name"), "named_person"),
        (phrase("name", kind="organisation"), "organisation"),
        (phrase("name", kind="organisation", outlet=True), "outlet"),
        (phrase(class_="person", number="s", definite="indefinite"), "anonymous_person"),
        (phrase(class_="office", number="s", definite="definite"), "role_person"),
        (phrase(class_="office", number="s", definite="bare"), "role_person"),
        (phrase(class_="person", number="p", definite="definite"), "collective"),
        (phrase(class_="group", number="s", definite="definite"), "collective"),
        (phrase(class_="organisation", number="s", kind="organisation"), "organisation"),
        (phrase("pronoun"), None),
    ],
)
def test_kind_of_a_phrase(made, expected):
    assert kind_of_phrase(made) == expected


def test_a_withheld_name_makes_a_role_anonymous():
    made = phrase(class_="office", number="s", definite="definite")
    assert kind_of_phrase(made, withheld=True) == "anonymous_person"


def test_document_nouns_and_withholding_words_come_from_the_pack():
    text = parsed("Le rapport est prêt, a-t-il dit sous couvert d’anonymat.", "fr")
    words = source_words_of(load_pack("fr"))
    assert noun_kind(text, 1, words) == "document"
    assert noun_kind(text, 99, words) is None
    place = withheld_at(text, 0, len(text.string), words)
    assert text.string[slice(*place)] == "sous couvert d’anonymat"
    assert withheld_at(text, 0, 12, words) is None
