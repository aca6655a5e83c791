"""Governors: what the word before it says of a clause, an infinitive, a noun."""

import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.clauses import find_clauses
from ondit.reading.governors import Governors
from ondit.reading.modality import lexicon
from ondit.reading.morphology import moods
from ondit.reading.verbs import Verbs
from tests.marked import parsed


def governors(string: str, tag: str) -> tuple[Governors, dict]:
    text, pack = parsed(string, tag), load_pack(tag)
    known = lexicon(pack)
    reader = Governors(text, pack, known, Verbs(text, known, moods(pack)))
    return reader, {token.text: token for token in text.tokens}


@pytest.mark.parametrize(
    ("tag", "string", "word", "status"),
    [
        ("fr", "Il nous a demandé de réparer le bac.", "réparer", "hoped"),
        ("fr", "Le maire répond aux accusations de fraude.", "fraude", "unconfirmed"),
        ("en", "The mayor answered allegations of fraud.", "fraud", "unconfirmed"),
        ("en", "Fishermen are worried about losing the quay.", "losing", "predicted"),
    ],
)
def test_what_governs_a_complement(tag, string, word, status):
    reader, tokens = governors(string, tag)
    found = reader.complement(tokens[word])
    assert found is not None
    assert found.status == status


@pytest.mark.parametrize(
    ("tag", "string", "word"),
    [
        ("fr", "Le pilote vient de réparer le bac.", "réparer"),
        ("fr", "Le maire parle du prix de vente.", "vente"),
        ("en", "The pilot began to repair the ferry.", "repair"),
    ],
)
def test_most_words_say_nothing_of_their_complement(tag, string, word):
    reader, tokens = governors(string, tag)
    assert reader.complement(tokens[word]) is None


def test_a_likelihood_governs_its_clause():
    string = "Il est peu probable que le bac rouvre."
    reader, _ = governors(string, "fr")
    found = [reader.governed(clause, []) for clause in find_clauses(parsed(string, "fr"))]
    assert [f.status for f in found if f is not None] == ["hedged"]
