"""Single verbs: their own negation, what they show, and what the shipped models make of it."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from ondit.language.lexicon import load_pack
from ondit.model import Record, Text
from ondit.reading.event_traits import OWN_MOOD, known, negated, traits
from ondit.reading.events import BUCKETS, LIMIT, Weights, bucket, event_at, load, packed, unpacked
from tests.marked import parsed
from tests.reading.test_factuality import read


def stand(string: str, word: str, tag: str) -> tuple[Text, Record, int, int]:
    record, found = read(string, tag)
    start = string.index(word)
    return parsed(string, tag), replace(record, claims=tuple(found)), start, start + len(word)


@pytest.mark.parametrize(
    ("tag", "string", "word", "wanted"),
    [
        ("fr", "Le bac n’est pas parti.", "parti", True),
        ("fr", "Le pilote ne peut pas partir.", "partir", False),
        ("fr", "Le pilote ne peut pas partir.", "peut", True),
        ("fr", "Le pilote n’a pu rejoindre le quai.", "pu", True),
        ("fr", "Le pilote n’a pu rejoindre le quai.", "rejoindre", False),
        ("fr", "Le bac est parti sans attendre.", "attendre", True),
        ("fr", "Le bac ne part que le lundi.", "part", False),
        ("fr", "Personne n’a vu le bac.", "vu", True),
        ("fr", "Le bac a coulé.", "coulé", False),
        ("en", "The ferry did not leave.", "leave", True),
        ("en", "Nobody saw the ferry.", "saw", True),
        ("en", "No ferry left the port.", "left", True),
        ("en", "The ferry that never left has sunk.", "sunk", False),
    ],
)
def test_a_verb_is_negated_by_itself(tag, string, word, wanted):
    text = parsed(string, tag)
    start = string.index(word)
    (token,) = text.tokens_in(start, start + len(word))
    assert negated(text, token, load_pack(tag)) is wanted


def test_traits_name_the_claim_the_governor_and_the_mood():
    text, record, start, end = stand("Le maire espère que le bac partira.", "partira", "fr")
    (token,) = text.tokens_in(start, end)
    shown = traits(text, record.claims[0], token, load_pack("fr"))
    assert {"always", "claim=hoped+", "above1.lemma=espérer", "mood=Fut"} <= shown
    assert shown & OWN_MOOD
    assert any(name.startswith("above1.trigger=hoped") for name in shown)
    assert "negated" not in shown


def test_what_a_pack_knows_of_a_lemma():
    assert "trigger=hoped" in known("espérer", load_pack("fr"))
    assert known("marmotte", load_pack("fr")) == ()


def test_no_event_where_no_token_stands():
    text, record, *_ = stand("The ferry sank.", "sank", "en")
    assert event_at(text, record, load_pack("en"), 3, 4) is None


def test_an_event_carries_the_status_of_the_smallest_claim_around_it():
    text, record, start, end = stand("Ada said that the ferry may have sunk.", "sunk", "en")
    event = event_at(text, record, load_pack("en"), start, end)
    assert event is not None
    assert (event.status, event.polarity) == ("hedged", "+")


def test_a_future_is_not_real_whatever_the_numbers_say():
    model = Weights("none-fr", "irrealis", np.zeros(BUCKETS), 0.9)
    assert model.unreal(frozenset({"always", "mood=Fut"}))
    assert not model.unreal(frozenset({"always"}))


def test_numbers_survive_packing_and_totals_add_up():
    values = np.zeros(BUCKETS)
    values[bucket("one")], values[bucket("two")] = 0.5, -2.0
    model = unpacked(packed(values), kind="factuality", name="none-en", least=0.0)
    assert model.total(frozenset({"one", "two", "unheard of"})) == pytest.approx(-1.5)
    assert packed(values) == packed(values.copy())


@pytest.mark.parametrize(
    ("sure", "unsure"),
    [
        ("The ferry sank.", "The ferry did not sink."),
        ("The ferry sank.", "The ferry might sink."),
        ("The ferry has left.", "The captain hopes that the ferry has left."),
    ],
)
def test_the_shipped_model_is_surer_of_what_is_told(sure, unsure):
    first, second = (estimate(s) for s in (sure, unsure))
    assert -LIMIT <= second < first <= LIMIT


def estimate(string: str) -> float:
    word = next(w for w in ("sank", "sink", "left") if w in string)
    text, record, start, end = stand(string, word, "en")
    event = event_at(text, record, load_pack("en"), start, end)
    assert event is not None
    assert event.factuality is not None
    return event.factuality


def test_the_shipped_model_of_irrealis_tells_a_wish_from_a_fact():
    text, record, start, end = stand("Le maire veut vendre le bac.", "vendre", "fr")
    wished = event_at(text, record, load_pack("fr"), start, end)
    text, record, start, end = stand("Le maire a vendu le bac.", "vendu", "fr")
    told = event_at(text, record, load_pack("fr"), start, end)
    assert wished is not None
    assert told is not None
    assert wished.unreal
    assert not told.unreal
    assert told.factuality is None


def test_languages_without_a_model_have_none():
    assert load("irrealis", "en") is None
    assert load("factuality", "xx") is None
