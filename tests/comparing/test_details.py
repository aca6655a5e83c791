"""Names, days and hours: slips in copies, days at odds between reports, and what is neither."""

import pytest

from tests.comparing.test_contradictions import BODY, Compare, contradictions, kinds

__all__ = ["contradictions"]

ANGER = "12 people were killed."
TEXT = BODY.format(toll=ANGER)


@pytest.mark.parametrize(
    ("right", "wrong", "note"),
    [
        ("Odile Brankovar", "Odile Brankavor", "Odile Brankovar against Odile Brankavor"),
        ("Odile Brankovar", "Adile Brankovir", None),  # two words of two: somebody else
        ("Odile Brankovar", "Brankovar", None),
        ("Tuesday morning", "Monday morning", "Tuesday morning against Monday morning"),
        ("Tuesday morning", "yesterday morning", None),
        ("on Tuesday morning", "on Tuesday at 8 a.m.", None),
    ],
)
def test_what_a_copy_tells_otherwise(contradictions: Compare, right, wrong, note):
    found = contradictions((TEXT, "2026-03-04"), (TEXT.replace(right, wrong), "2026-03-05"))
    assert [(one.kind, one.evidence[0].note) for one in found] == (
        [("copying-error", note)] if note else []
    )


def test_a_day_needs_no_page_that_states_its_own(contradictions: Compare):
    found = contradictions((TEXT, "2026-03-04"), (TEXT.replace("Tuesday", "Friday"), None))
    assert kinds(found) == ["copying-error"]


def test_two_hours_of_one_thing_in_reports_of_their_own_are_at_odds(contradictions: Compare):
    first = (
        "The roof of the Tarnhelm market in Corvenport collapsed at 6.40 a.m. on Tuesday. "
        "Odile Brankovar, the mayor, came to see the ruins of the stalls with two officers. "
        "Cheese and lamps lay under beams that nobody had looked at for years."
    )
    second = (
        "It was market day and few had come. A woman who sells rope spoke of a long groan. "
        "The roof of the Tarnhelm market in Corvenport collapsed at 8.15 a.m. on Tuesday. "
        "The office of Odile Brankovar would not say when the hall was last inspected."
    )
    found = contradictions((first, "2026-03-04"), (second, "2026-03-04"))
    assert [(one.kind, one.evidence[0].kind) for one in found] == [("disagreement", "hour")]


def test_a_translated_place_is_no_error(contradictions: Compare):
    french = (
        "Le toit du marché Tarnhelm de Corvenport s’est effondré mardi matin. "
        "12 personnes ont été tuées, a dit Odile Brankovar, revenue de Londres. "
        "La halle, bâtie selon le plan Ostrava, compte 86 étals."
    )
    english = (
        "The roof of the Tarnhelm market in Corvenport collapsed on Tuesday morning. "
        "12 people were killed, said Odile Brankovar, back from London. "
        "The hall, built under the Ostrava plan, has 86 stalls."
    )
    assert contradictions((french, "2026-03-04"), (english, "2026-03-04")) == []
