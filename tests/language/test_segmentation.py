"""Sentences are cut where a reader would breathe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import available, load_pack
from ondit.language.segmentation import Segmentation, sentences
from tests.marked import marked

EXAMPLES = [
    (tag, example)
    for tag in available()
    for entry in load_pack(tag).table("segmentation", Segmentation).abbreviation
    for example in entry.examples
]


def cut(string, tag):
    return [string[s:e] for s, e in sentences(string, 0, len(string), load_pack(tag))]


@pytest.mark.parametrize(("tag", "example"), EXAMPLES)
def test_the_examples_of_the_packs(tag, example):
    made = marked(example)
    assert cut(made.text, tag) == made.of("x")


@pytest.mark.parametrize(
    ("tag", "example"),
    [
        ("fr", "<x>« Partez ! » a-t-il crié.</x> <x>Personne n’a bougé.</x>"),
        ("fr", "<x>Il a dit : « Je reste. »</x> <x>Puis il est parti.</x>"),
        ("fr", "<x>Est-ce vrai ?</x> <x>Nul ne sait…</x> <x>Attendons.</x>"),
        ("fr", "<x>Le bilan est de 3.500 euros.</x> <x>Il monte.</x>"),
        ("en", "<x>“Leave!” he said.</x> <x>Nobody moved.</x>"),
        ("en", "<x>J. R. Holm resigned.</x> <x>She did not.</x>"),
        ("en", "<x>It cost $1.5 million.</x> <x>“Too much,” he said.</x>"),
    ],
)
def test_what_ends_a_sentence_and_what_does_not(tag, example):
    made = marked(example)
    assert cut(made.text, tag) == made.of("x")


@given(st.text(max_size=120))
def test_sentences_are_ordered_and_lose_only_space(string):
    found = sentences(string, 0, len(string), load_pack("fr"))
    assert all(a < b for a, b in found)
    assert found == sorted(found)
    kept = "".join(string[a:b] for a, b in found)
    assert "".join(kept.split()) == "".join(string.split())
