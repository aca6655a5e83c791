"""Alignment: paragraphs find their passages, by order where they repeat."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.alignment import align, squeeze, unsqueezed


def whole(paragraphs: list[str], passages: list[str]) -> list[int]:
    """Return the passages that the paragraphs hold wholly."""
    found = align(paragraphs, passages)
    return [i for i in range(len(passages)) if found.share(i) == 1]


def test_white_space_and_invisible_signs_do_not_matter() -> None:
    assert whole(["Le bac\u00a0reste à quai."], ["menu", "Le  bac reste\u200b à\u00ad quai."]) == [
        1
    ]


def test_list_signs_and_table_pipes_do_not_matter() -> None:
    passages = ["une ambulance de plus", "Foncine", "alerte renforcée", "pied"]
    found = align(["- une ambulance de plus", "Foncine | alerte renforcée |"], passages)
    assert [found.share(i) for i in range(4)] == [1, 1, 1, 0]
    assert (found.without_signs, found.lost) == (1, [])


def test_what_differs_a_little_is_found_by_likeness() -> None:
    passage = "Le conseil a voté le budget mardi soir, après six heures de débat, selon la mairie."
    found = align([passage.replace("six heures", "6 heures")], ["menu", passage, "pied de page"])
    assert found.alike == 1
    assert found.share(1) > 0.9


def test_what_is_nowhere_is_told() -> None:
    found = align(["Un paragraphe que la page ne montre pas."], ["Tout autre chose, bien visible."])
    assert len(found.lost) == 1


def test_a_repeated_paragraph_is_placed_by_its_neighbours() -> None:
    passages = ["Suivez-nous", "Premier paragraphe.", "Suivez-nous", "Second paragraphe."]
    paragraphs = ["Premier paragraphe.", "Suivez-nous", "Second paragraphe."]
    assert whole(paragraphs, passages) == [1, 2, 3]


def test_a_moved_paragraph_is_not_lost() -> None:
    passages = ["La note du bas.", "Premier paragraphe.", "Second paragraphe."]
    assert whole(["Premier paragraphe.", "Second paragraphe.", "La note du bas."], passages) == [
        0,
        1,
        2,
    ]


def test_a_paragraph_over_two_passages_covers_both() -> None:
    assert whole(["Une phrase. Une autre."], ["Une phrase.", "Une autre.", "Menu"]) == [0, 1]


def test_many_equal_paragraphs_take_no_time() -> None:
    lines = ["Nous ne savons rien de plus."] * 5000
    start = time.process_time()
    assert len(whole(lines, lines)) == 5000
    assert time.process_time() - start < 4


@given(st.lists(st.text("abc déf", min_size=1, max_size=12), max_size=12))
def test_a_page_covers_itself(passages: list[str]) -> None:
    expected = [i for i, p in enumerate(passages) if squeeze(p)]
    assert whole(passages, passages) == expected


@given(st.text("ab\u200b \n", max_size=20), st.data())
def test_squeezed_places_go_back(string: str, data: st.DataObject) -> None:
    short = squeeze(string)
    if short:
        start = data.draw(st.integers(0, len(short) - 1))
        end = data.draw(st.integers(start + 1, len(short)))
        low, high = unsqueezed(string, start, end)
        assert squeeze(string[low:high]) == short[start:end]
