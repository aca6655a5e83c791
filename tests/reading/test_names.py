"""Proper names: the parser's tags, corrected."""

import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.names import find_names
from ondit.reading.nominals import kind_of_name, words_of
from tests.marked import parsed


def names(string, language):
    text = parsed(string, language)
    return [
        (string[n.start : n.end], n.kind) for n in find_names(text, words_of(load_pack(language)))
    ]


@pytest.mark.parametrize(
    ("language", "string", "expected"),
    [
        ("fr", "Mme Orsel est venue.", [("Orsel", "person")]),
        ("fr", "Un homme de Wagner dort.", [("Wagner", "organisation")]),
        ("fr", "Il croit qu’Ada Lorrain dort.", [("Ada Lorrain", "person")]),
        ("en", "Ivo Tarn left. Tarn slept.", [("Ivo Tarn", "person"), ("Tarn", "person")]),
        ("en", "Nobody told Sky News.", [("Sky News", "organisation")]),
        ("en", "Meanwhile nothing was said.", []),
    ],
)
def test_names_and_their_kinds(language, string, expected):
    assert names(string, language) == expected


def test_labels_of_both_parsers_mean_the_same_kinds():
    assert kind_of_name("PER") == kind_of_name("PERSON") == "person"
    assert kind_of_name("GPE") == kind_of_name("LOC") == "place"
    assert kind_of_name("DATE") is None
