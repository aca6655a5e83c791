"""Contradictions: own short reports of one invented event, read and compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ondit import read
from ondit.comparing.corroboration import corroborate
from ondit.model import Record
from ondit.model.comparison import Contradiction

Compare = Callable[..., list[Contradiction]]

BODY = (
    "The roof of the Tarnhelm market in Corvenport collapsed on Tuesday morning. {toll} "
    "Mayor Odile Brankovar promised an inquiry by the Lindquay office. "
    "The hall was built under the Ostrava plan and holds 86 stalls. "
    "Traders had asked for new beams since the Marwick winter."
)
OWN = (
    "Part of a covered hall in Corvenport came down this week. {toll} "
    "Relatives gathered near the Tarnhelm gate while cranes lifted iron. "
    "Odile Brankovar, who runs the town, called it a dark day."
)


@pytest.fixture
def contradictions(tmp_path: Path) -> Compare:
    def compare(*reports: tuple[str, str | None]) -> list[Contradiction]:
        records = [record(tmp_path, n, *report) for n, report in enumerate(reports)]
        found = corroborate((f"r{n}", one) for n, one in enumerate(records))
        return list(found.contradictions)

    return compare


def record(folder: Path, number: int, text: str, day: str | None) -> Record:
    path = folder / f"{number}.txt"
    path.write_text(f"Collapse at the market\n\n{text}\n", encoding="utf-8")
    return read(path, plain=True, published=day)


def kinds(found: list[Contradiction]) -> list[str]:
    return [one.kind for one in found]


def test_a_later_larger_count_is_an_update(contradictions):
    found = contradictions(
        (BODY.format(toll="12 people were killed."), "2026-03-03"),
        (OWN.format(toll="The disaster left 17 dead."), "2026-03-05"),
    )
    assert kinds(found) == ["update"]
    assert found[0].evidence[0].note == "12 against 17"


def test_a_later_smaller_count_is_a_disagreement(contradictions):
    found = contradictions(
        (BODY.format(toll="17 people were killed."), "2026-03-03"),
        (OWN.format(toll="The disaster left 12 dead."), "2026-03-05"),
    )
    assert kinds(found) == ["disagreement"]


def test_swapped_digits_in_a_copy_are_an_error_of_copying(contradictions):
    toll = "{} traders were in the hall, the Corvenport office said."
    found = contradictions(
        (BODY.format(toll=toll.format(412)), "2026-03-03"),
        (BODY.format(toll=toll.format(421)), "2026-03-05"),
    )
    assert kinds(found) == ["copying-error"]


def test_a_report_that_tells_the_older_count_updates_it(contradictions):
    found = contradictions(
        (BODY.format(toll="240 lamps were broken."), None),
        (OWN.format(toll="In all 310 lamps were broken. It had been 240 on Monday."), None),
    )
    assert kinds(found) == ["update"]


def test_the_same_count_in_words_of_another_noun_contradicts_nothing(contradictions):
    assert not contradictions(
        (BODY.format(toll="12 people were killed."), "2026-03-03"),
        (OWN.format(toll="The disaster left 12 dead."), "2026-03-05"),
    )


def test_counts_weeks_apart_are_of_another_event(contradictions):
    assert not contradictions(
        (BODY.format(toll="12 people were killed."), "2026-03-03"),
        (OWN.format(toll="The disaster left 17 dead."), "2026-06-05"),
    )


def test_both_sides_of_a_contradiction_stand_in_their_texts(contradictions):
    (found,) = contradictions(
        (BODY.format(toll="12 people were killed."), "2026-03-03"),
        (OWN.format(toll="The disaster left 17 dead."), "2026-03-05"),
    )
    (evidence,) = found.evidence
    assert evidence.from_span is not None
    assert evidence.to_span is not None
    assert "12" in evidence.from_span.exact
    assert "17" in evidence.to_span.exact


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("No one was killed.", "The disaster left 2 dead.", ["update"]),
        ("None of the traders was killed.", "The disaster left 2 dead.", []),
        ("Renn Marbles sold 4,100 shares.", "Ovant Glass sold 5,200 shares.", []),
        ("The firm sold 4,100 shares.", "The firm sold 5,200 shares.", ["disagreement"]),
        ("Rents had risen by 30 percent.", "The hall was 36 percent full.", []),
        ("Rents rose by 30 percent.", "By now rents rose by 36 percent.", ["disagreement"]),
        ("A pump threw 30 litres of water out.", "The pump threw out 31 litres.", []),
    ],
)
def test_numbers_of_one_thing_and_of_others(contradictions, first, second, expected):
    found = contradictions(
        (BODY.format(toll=first), "2026-03-03"), (OWN.format(toll=second), "2026-03-05")
    )
    assert kinds(found) == expected


def test_no_day_orders_two_counts_of_one_day(contradictions):
    found = contradictions(
        (BODY.format(toll="12 people were killed."), None),
        (OWN.format(toll="The disaster left 17 dead."), None),
    )
    assert kinds(found) == ["disagreement"]


UNNAMED = "Two people close to the works said that the beams had rotted through before winter."


@pytest.mark.parametrize(
    ("denial", "expected"),
    [
        ("Her office denies any rotten beams.", ["denial"]),
        ("Her office denies any bribe.", []),
        ("Her office denies that Odile Brankovar runs the Tarnhelm office.", []),
    ],
)
def test_a_brief_denial_answers_what_the_unnamed_say(contradictions, denial, expected):
    found = contradictions(
        (BODY.format(toll=UNNAMED), "2026-03-03"), (OWN.format(toll=denial), "2026-03-05")
    )
    assert kinds(found) == expected
