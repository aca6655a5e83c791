"""Decisions on who is whom: kept, taken back, found again, and checked with the rest."""

import pytest

from ondit.capture import report_from_bytes
from ondit.case.sameness import decide, decisions
from ondit.case.store import Case
from ondit.case.verification import verify
from ondit.model import CaseError
from ondit.reading.pipeline import read_report

TEXTS = {
    "fr": "Evgueni Kouzmine a quitté Orme mardi, selon la police.",
    "en": "Yevgeny Kuzmin left Orme on Tuesday, police said.",
}
WHO = {"who": "ana", "why": "the same passport"}


@pytest.fixture
def case(tmp_path):
    with Case.open(tmp_path / "matter.ondit", create=True) as opened:
        for language, string in TEXTS.items():
            (report,) = report_from_bytes(string.encode(), name=f"{language}.txt", plain=True)
            opened.add(report, read_report(report, language=language))
        yield opened


def ends(case: Case) -> tuple[str, str]:
    first, second = (
        next(e.id for e in held.record.entities if "K" in e.name) for held in case.held()
    )
    return first, second


def test_a_decision_is_kept_in_the_log_whichever_end_comes_first(case):
    one, other = ends(case)
    decide(case, (other, one), "same", **WHO)
    assert decisions(case.held()) == {frozenset({one, other}): "same"}
    assert [event.event for event in case.log()][-1] == "corrected"
    assert verify(case).faults == ()


def test_a_later_decision_stands_instead_and_can_be_taken_back(case):
    pair = ends(case)
    decide(case, pair, "same", **WHO)
    decide(case, pair, "different", **WHO)
    assert decisions(case.held()) == {frozenset(pair): "different"}
    decide(case, pair, None, **WHO)
    assert decisions(case.held()) == {}
    assert len(case.corrections()) == 3
    assert verify(case).faults == ()


def test_nothing_of_the_machine_s_reading_is_merged(case):
    before = [held.record.entities for held in case.held()]
    decide(case, ends(case), "same", **WHO)
    after = [held.record.entities for held in case.held()]
    assert [[e.id for e in found] for found in before] == [[e.id for e in found] for found in after]


def test_two_of_one_report_and_what_is_no_entity_are_refused(case):
    one, _ = ends(case)
    claim = next(iter(case.claims())).claim
    with pytest.raises(CaseError, match="one report"):
        decide(case, (one, one), "same", **WHO)
    with pytest.raises(CaseError, match="no person or organisation"):
        decide(case, (one, claim), "same", **WHO)
