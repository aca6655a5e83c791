"""Deeds: what the table holds, and denials that are laid to what they deny by it."""

import pytest

from ondit.comparing.deeds import Deeds, deeds
from ondit.comparing.identity import TABLES
from ondit.language.lexicon import read_table
from tests.comparing.test_contradictions import Compare, contradictions, kinds

__all__ = ["contradictions"]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("toute fermeture de l'usine", "The works will be shut in May.", {"close"}),
        ("aucun pot-de-vin, aucune corruption", "accused of taking bribes", {"bribe"}),
        ("La toiture s'est effondrée.", "The roof collapsed.", {"collapse"}),
        ("Les élèves chantent.", "Two lamps were painted.", set()),
    ],
)
def test_deeds_are_one_in_both_languages(one, other, shared):
    assert deeds(one) & deeds(other) == shared


def test_every_word_of_the_table_is_found():
    for name, words in read_table(TABLES / "deeds.toml", Deeds).deeds.items():
        for word in words:
            assert deeds(word.rstrip("-")), (name, word)


SAID = (
    "Two bridges over the Ostrel at Corvenport were inspected by the Tarnhelm office. "
    "According to a former engineer, the Ostrel bridge at Corvenport has cracked since the flood. "
    "Odile Brankovar runs the Tarnhelm office."
)
DENIED = (
    "À Corvenport, le bureau Tarnhelm a répondu lundi aux questions sur l'Ostrel. "
    "Sa directrice, Odile Brankovar, dément toute fissure. "
    "Elle invite les habitants à une visite."
)


def test_a_brief_denial_in_another_language_finds_the_deed_it_denies(contradictions: Compare):
    found = contradictions((SAID, "2026-03-04"), (DENIED, "2026-03-05"))
    assert kinds(found) == ["denial"]
    evidence = found[0].evidence[0]
    assert evidence.from_span is not None
    assert evidence.to_span is not None
    assert "has cracked" in evidence.from_span.exact + evidence.to_span.exact
    assert "fissure" in evidence.from_span.exact + evidence.to_span.exact


def test_a_denial_of_another_deed_denies_nothing_here(contradictions: Compare):
    other = DENIED.replace("fissure", "démission")
    assert contradictions((SAID, "2026-03-04"), (other, "2026-03-05")) == []
