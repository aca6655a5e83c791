"""Voices: the chain behind a claim, innermost first."""

import pytest
from msgspec.structs import replace

from ondit.model.voices import ground, voices
from tests.case.fakes import a_record


def test_the_chain_runs_from_who_said_it_out_to_the_report() -> None:
    record = a_record()
    inner, outer = voices(record, record.claims[1])
    assert (inner.name, inner.kind) == ("un marin récemment retraité", "anonymous_person")
    assert (outer.name, outer.cue, outer.speaker) == ("Ana Orme", "cité par", "e-2")


def test_no_attribution_is_the_reports_own_voice() -> None:
    record = a_record()
    assert voices(record, record.claims[3]) == ()
    assert ground(record, record.claims[3]) == "report"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("named_person", "named"), ("role_person", "role"), ("anonymous_person", "anonymous"),
        ("collective", "anonymous"), ("organisation", "organisation"),
        ("document", "organisation"), ("outlet", "organisation"), ("unspecified", "unstated"),
    ],
)  # fmt: skip
def test_what_a_claim_rests_on_is_its_innermost_voice(kind: str, expected: str) -> None:
    record = a_record()
    attributions = tuple(
        replace(a, source_kind=kind) if a.parent else a for a in record.attributions
    )
    assert ground(replace(record, attributions=attributions), record.claims[1]) == expected


def test_an_entity_lends_its_name_and_no_source_stays_none() -> None:
    record = a_record()
    entities = tuple(
        replace(e, name="Ana Béatrice Orme") if e.id == "e-2" else e for e in record.entities
    )
    outer = voices(replace(record, entities=entities), record.claims[1])[1]
    assert (outer.name, outer.words) == ("Ana Béatrice Orme", "Ana Orme")
    silent = tuple(replace(a, source=(), speaker=None) for a in record.attributions)
    assert voices(replace(record, attributions=silent), record.claims[0])[0].name is None
