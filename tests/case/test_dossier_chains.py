"""Pictures of chains: places, lines, words that fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.case.dossier.chains import MOST, WIDTH, Stop, draw, fitting, told


def stop(name: str = "A", above: int | None = None, **more: object) -> Stop:
    return Stop("report", name, above=above, **more)  # type: ignore[arg-type] # any of its fields


def test_a_line_stays_in_its_lane_and_branches_step_aside() -> None:
    line = draw([stop(), stop(above=0), stop(above=1)])
    assert len({at.x for at in line.stops}) == 1
    fan = draw([stop(), stop(above=0), stop(above=0)])
    assert fan.stops[0].x < fan.stops[1].x == fan.stops[2].x
    assert [at.y for at in fan.stops] == sorted(at.y for at in fan.stops)


def test_an_arrow_stands_only_where_the_order_is_known() -> None:
    found = draw([stop(), stop(above=0), stop(above=0, known=False)])
    assert [bool(line.tip) for line in found.lines] == [True, False]
    assert [line.known for line in found.lines] == [True, False]


def test_several_sources_meet_above_one_report_with_one_arrow() -> None:
    sources = [Stop("source", name, onward=2) for name in ("one", "two")]
    found = draw([*sources, stop()])
    assert [bool(line.tip) for line in found.lines] == [False, True]
    assert found.stops[0].x > found.stops[2].x


def test_the_first_report_is_the_one_to_which_only_a_source_leads() -> None:
    found = draw([Stop("source", "who"), stop(above=0), stop(above=1)])
    assert [at.first for at in found.stops] == [False, True, False]


def test_a_picture_of_very_many_is_cut_and_says_so() -> None:
    found = draw([stop(), *(stop(above=0) for _ in range(500))])
    assert len(found.stops) == MOST
    assert found.left_out == 501 - MOST


def test_a_very_long_line_stays_inside_the_picture() -> None:
    rows = [stop()]
    for row in range(MOST - 1):
        rows += [stop(above=row)]
    assert max(at.text_x for at in draw(rows).stops) < WIDTH / 2
    stairs = [stop()]
    for row in range(0, 2 * MOST, 2):
        stairs += [stop(above=row), stop(above=row)]
    assert max(at.text_x for at in draw(stairs).stops) < WIDTH / 2


@pytest.mark.parametrize(
    ("words", "room", "shown"),
    [
        ("short", 10, "short"),
        ("The Harbour Gazette", 10, "The Harbo…"),
        ("港の新聞社の記事", 10, "港の新聞…"),
        ("a\u202eb\nc", 10, "ab c"),
        ("", 10, ""),
    ],
)
def test_words_are_cut_to_the_room_there_is(words: str, room: float, shown: str) -> None:
    assert fitting(words, room) == shown


@given(st.text(max_size=200), st.floats(2, 60))
def test_what_fits_is_never_wider_than_asked(words: str, room: float) -> None:
    assert len(fitting("x" + words.replace("\n", " "), room)) <= 10 * room + 1


def test_a_thousand_accents_on_one_letter_are_cut() -> None:
    assert len(fitting("e" + "\u0301" * 5000, 30)) < 400


def test_those_who_do_not_see_it_are_told_the_same() -> None:
    assert told([stop("A"), stop("B", above=0, label="copy")]) == "A; B: copy"


def test_nothing_is_an_empty_picture() -> None:
    assert draw([]).stops == ()
