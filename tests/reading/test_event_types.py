"""Event types: the packs' examples, who is in a deed, and what gets no type."""

import pytest

from ondit.language.lexicon import available, load_pack
from ondit.model import Claim
from ondit.reading.event_table import EventTable
from tests.reading.typed import read, shares, trigger

ENTRIES = [
    (tag, entry)
    for tag in available()
    for entry in load_pack(tag).table("events", EventTable).entries()
]


def types(string: str, tag: str) -> list[str | None]:
    return [claim.event for claim in read(string, tag).claims]


def typed(string: str, tag: str) -> tuple[Claim, dict[str, list[str]]]:
    """Return the one typed claim of a sentence, and the names in its roles."""
    record = read(string, tag)
    record.verify()
    names = {entity.id: entity.name for entity in record.entities}
    (claim,) = (c for c in record.claims if c.event)
    return claim, {role: [names[e] for e in found] for role, found in claim.roles.items()}


@pytest.mark.parametrize(("tag", "entry"), ENTRIES, ids=lambda x: getattr(x, "name", x))
def test_the_examples_of_the_packs(tag, entry):
    for example in entry.examples:
        type_, string = example.split("|")
        assert type_ in types(string, tag), string
    for string in entry.not_examples:
        assert set(types(string, tag)) <= {None}, string


def test_both_languages_know_the_same_types():
    known = {
        tag: {e.type for e in load_pack(tag).table("events", EventTable).entries()}
        for tag in available()
    }
    assert len({frozenset(found) for found in known.values()}) == 1
    assert len(known["fr"]) == 20


@pytest.mark.parametrize(
    ("tag", "string", "roles"),
    [
        ("en", "Rebels kidnapped the mayor.", {"actor": ["Rebels"], "recipient": ["the mayor"]}),
        (
            "en",
            "The mayor was kidnapped by rebels.",
            {"actor": ["rebels"], "recipient": ["The mayor"]},
        ),
        ("fr", "Le maire a été arrêté.", {"recipient": ["Le maire"]}),
        (
            "fr",
            "La police a arrêté le maire.",
            {"actor": ["La police"], "recipient": ["le maire"]},
        ),
        (
            "fr",
            "Le Sarvan a lancé une offensive contre les rebelles.",
            {"actor": ["Sarvan"], "recipient": ["les rebelles"]},
        ),
        ("en", "The poet died at her home.", {"theme": ["The poet"]}),
        ("en", "The attack killed two guards.", {"recipient": ["two guards"]}),
        (
            "en",
            "Thousands of teachers marched against the reform.",
            {"actor": ["Thousands of teachers"]},
        ),
    ],
)
def test_who_is_in_a_deed_whatever_the_voice(tag, string, roles):
    assert typed(string, tag)[1] == roles


def test_a_type_names_its_words_and_its_rule():
    claim, _ = typed("Sarvan launched an offensive against the rebels.", "en")
    assert trigger(claim) == (19, 28)
    assert claim.evidence[-1].rule == "en.event.assault.launch"


@pytest.mark.parametrize(
    ("tag", "string", "polarity"),
    [
        ("en", "The police did not arrest the mayor.", "-"),
        ("fr", "La police n’a pas arrêté le maire.", "-"),
        ("en", "The police wanted to arrest the mayor.", "+"),
    ],
)
def test_negation_and_mood_keep_the_type(tag, string, polarity):
    claim, _ = typed(string, tag)
    assert (claim.event, claim.polarity) == ("COERCE", polarity)


def test_what_is_threatened_gets_the_type_of_the_threat_once():
    claim, roles = typed("The general threatened to cut the gas.", "en")
    assert (claim.event, roles["actor"]) == ("THREATEN", ["The general"])


def test_what_the_words_themselves_tell_comes_before_how_they_are_said():
    assert types("The general threatened to bomb the port.", "en") == ["ASSAULT"]


@pytest.mark.parametrize(
    ("tag", "string"),
    [
        ("en", "The law attacks the roots of inflation."),
        ("en", "The company met its target."),
        ("en", "The film was shot in Kessel."),
        ("fr", "Le film a rencontré un grand succès."),
        ("fr", "Le drain évacue l’eau."),
        ("fr", "L’attaquant a tiré à côté."),
    ],
)
def test_other_senses_get_none(tag, string):
    assert set(types(string, tag)) <= {None}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_types_on_unseen_sentences_are_sure(language):
    found = shares(language, "test")
    assert found["precision"] >= 90
    assert found["recall"] >= 80
    assert found["roles"] >= 85
