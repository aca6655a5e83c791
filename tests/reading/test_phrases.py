"""Noun phrases: how far they reach and what they agree with."""

import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.nominals import words_of
from ondit.reading.phrases import definiteness, describe, number_of
from tests.marked import marked, parsed


@pytest.mark.parametrize(
    ("language", "noun", "example", "definite", "number"),
    [
        ("fr", "batelier", "<x>Un vieux batelier de Varn</x> dort.", "indefinite", "s"),
        ("fr", "ministre", "<x>Le Premier ministre ormellois</x> dort.", "definite", "s"),
        ("fr", "dockers", "Il voit <x>deux dockers du port</x>.", "indefinite", "p"),
        ("fr", "mari", "<x>Son mari</x> dort.", "possessive", "s"),
        ("fr", "président", "<x>Le président</x> Ivo Tarn dort.", "definite", "s"),
        ("en", "officials", "<x>Two senior officials</x> fled.", "indefinite", "p"),
        ("en", "mayor", "<x>Varn's mayor</x> slept.", "definite", "s"),
        ("en", "boatman", "<x>A boatman from the port</x> fled.", "indefinite", "s"),
    ],
)
def test_extent_and_agreement(language, noun, example, definite, number):
    wanted = marked(example)
    text, words = parsed(wanted.text, language), words_of(load_pack(language))
    token = next(t for t in text.tokens if t.text == noun)
    stops = frozenset({wanted.text.find("Ivo")})
    phrase = describe(text, words, token, words.role(token), stops)
    assert wanted.text[phrase.start : phrase.end] == wanted.of("x")[0]
    assert phrase.definite == definiteness(text, words, phrase.start) == definite
    assert phrase.number == number_of(token) == number


def test_the_core_ends_before_the_relative_clause():
    text, words = (
        parsed("Un batelier de Varn, qui a tout vu, dort.", "fr"),
        words_of(load_pack("fr")),
    )
    token = text.tokens[1]
    phrase = describe(text, words, token, words.role(token), frozenset())
    assert text.string[phrase.start : phrase.core] == "Un batelier de Varn"
