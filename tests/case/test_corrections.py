"""Corrections: laid on by id, else by place, else by words that are unique, else orphaned."""

from typing import Any

import pytest
from msgspec.structs import replace

from ondit.case.corrections import Correction, apply, in_force, locate, with_value
from ondit.model import CaseError, Record
from tests.case.fakes import a_record, a_report


def correction(record: Record, place: int = 2, **changes: Any) -> Correction:
    claim = record.claims[place]
    values: dict[str, Any] = {
        "number": 1, "capture": record.capture.sha256, "target": claim.id, "layer": "claims",
        "anchor": claim.spans, "field": "status", "value": "asserted", "was": claim.status,
        "who": "ana", "why": "read it", "at": "2031-03-05T10:00:00Z",
    }  # fmt: skip
    return Correction(**{**values, **changes})


def test_a_decision_changes_the_field_and_says_whose_it_is() -> None:
    record = a_record()
    corrected = apply(record, [correction(record)])
    claim = corrected.record.claims[2]
    assert claim.status == "asserted"
    assert claim.evidence[-1].rule == "person:ana"
    assert corrected.applied[claim.id][0].was == "denied"
    assert record.claims[2].status == "denied"


def test_a_claim_with_a_new_id_is_found_where_it_stood() -> None:
    record = a_record()
    renamed = replace(record.claims[2], id="c-000000000000")
    later = replace(record, claims=(*record.claims[:2], renamed, record.claims[3]))
    assert apply(later, [correction(record)]).record.claims[2].status == "asserted"


def test_a_claim_that_moved_is_found_by_its_words() -> None:
    old = a_record()
    moved = a_record(a_report("Rectifié.\n" + old.text))
    assert old.claims[2].span != moved.claims[2].span
    assert apply(moved, [correction(old)]).record.claims[2].status == "asserted"


def test_words_that_two_claims_share_orphan_the_decision() -> None:
    old = a_record()
    moved = a_record(a_report("Rectifié.\n" + old.text))
    twin = replace(moved.claims[2], id="c-000000000000")
    corrected = apply(replace(moved, claims=(*moved.claims, twin)), [correction(old)])
    assert [c.target for c in corrected.orphans] == [old.claims[2].id]
    assert [c.status for c in corrected.record.claims if c.id == twin.id] == ["denied"]


def test_a_decision_without_its_claim_is_kept_as_an_orphan() -> None:
    record = a_record()
    corrected = apply(replace(record, claims=record.claims[:2]), [correction(record)])
    assert len(corrected.orphans) == 1
    assert corrected.applied == {}


def test_the_later_decision_on_a_field_is_in_force() -> None:
    record = a_record()
    first, second = correction(record), correction(record, number=2, value="hedged", who="bo")
    assert in_force([second, first]) == [second]
    corrected = apply(record, [first, second])
    assert corrected.record.claims[2].status == "hedged"
    assert [c.who for c in corrected.applied[record.claims[2].id]] == ["bo"]


def test_a_later_decision_under_a_new_id_replaces_the_earlier_one() -> None:
    record = a_record()
    renamed = replace(record.claims[2], id="c-000000000000")
    later = replace(record, claims=(*record.claims[:2], renamed, record.claims[3]))
    second = correction(later, number=2, value="hedged", who="bo")
    corrected = apply(later, [correction(record), second])
    assert [c.who for c in corrected.applied[renamed.id]] == ["bo"]


def test_a_decision_on_different_fields_keeps_both() -> None:
    record = a_record()
    both = [correction(record), correction(record, number=2, field="polarity", value="+")]
    claim = apply(record, both).record.claims[2]
    assert (claim.status, claim.polarity) == ("asserted", "+")


def test_an_entity_can_be_renamed_and_an_attribution_reclassified() -> None:
    record = a_record()
    voice = record.attributions[2]
    corrected = apply(
        record,
        [
            correction(record, target="e-2", layer="entities", field="name", value="Ana B. Orme"),
            correction(
                record, number=2, target=voice.id, layer="attributions", field="source_kind",
                value="role_person",
            ),
        ],
    ).record  # fmt: skip
    assert corrected.entities[1].name == "Ana B. Orme"
    assert corrected.entities[1].rule == "person:ana"
    assert corrected.attributions[2].source_kind == "role_person"


def test_a_speaker_that_is_no_entity_is_not_laid_on() -> None:
    record = a_record()
    wrong = correction(
        record, target=record.attributions[2].id, layer="attributions", field="speaker", value="e-9"
    )
    assert apply(record, [wrong]).orphans == (wrong,)


def test_locate_finds_layer_and_annotation() -> None:
    record = a_record()
    assert locate(record, "e-2") == ("entities", record.entities[1])
    assert locate(record, "e-9") is None


def test_fields_that_anchor_an_annotation_cannot_be_decided() -> None:

    record = a_record()
    with pytest.raises(CaseError, match="'span' cannot be decided"):
        with_value(record, record.claims[2].id, correction(record, field="span"))
    with pytest.raises(CaseError, match="choose one of asked, asserted"):
        with_value(record, record.claims[2].id, correction(record, value="sure"))
