"""Furniture of plain pages: what is marked, as what, and that no line of a report is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.furniture import bare_layout, find_furniture, read_lines
from tests.capture.marked_pages import NAMES, read_marked


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n", "\n \n"])
@pytest.mark.parametrize("name", NAMES)
def test_pages_are_marked_line_by_line(name: str, gap: str) -> None:
    page = read_marked(name, gap=gap)
    layout = find_furniture(page.string)
    found = {(f.span.start, f.span.end): f.kind for f in layout.furniture(page.string)}
    assert found == page.furniture
    assert (layout.headline and layout.headline.string) == page.headline


@pytest.mark.parametrize("name", NAMES)
def test_a_page_marked_again_without_its_furniture_has_none(name: str) -> None:
    page = read_marked(name)
    body = "\n\n".join(page.string[a:b] for a, b, kind in page.lines if kind in {"", "headline"})
    assert find_furniture(body).furniture(body) == ()


def candidates(string: str) -> dict[str, str]:
    return {c.field: c.value for c in find_furniture(string).candidates}


def test_head_lines_tell_section_byline_and_date() -> None:
    told = candidates(read_marked("en-weekly").string)
    assert told["section"] == "Ports"
    assert told["byline"] == "Jane Abernathy, Industry Correspondent"
    assert told["modified"] == "2031-05-03T10:04"
    assert told["outlet"] == "The Marlow Weekly"
    assert "published" not in told


def test_a_page_that_states_no_date_has_no_candidate_for_one() -> None:
    told = candidates(read_marked("en-clean").string)
    assert "published" not in told
    assert "modified" not in told


def test_a_breadcrumb_cut_short_still_repeats_the_headline() -> None:
    string = (
        "Home » World » Port of Brane closed until the divers have…\n\n"
        "Port of Brane closed until the divers have looked at the hull\n\n"
        "The port of Brane stays closed until the divers have looked at the hull, the office said."
    )
    layout = find_furniture(string)
    assert [f.kind for f in layout.furniture(string)] == ["breadcrumb"]
    assert layout.headline is not None
    assert layout.headline.string.endswith("the hull")


def test_a_german_headline_that_begins_like_a_byline_is_a_headline() -> None:
    string = (
        "Von Aldara Nach Brane\n\n"
        "Die Fähre zwischen Aldara und Brane fährt ab Juni auch nachts, wie die Reederei sagt."
    )
    layout = find_furniture(string)
    assert layout.furniture(string) == ()
    assert layout.headline is not None


def test_a_title_told_by_the_container_finds_the_headline_below_the_masthead() -> None:
    string = "THE HARBOUR LETTER\nno. 212\n\nNo ferry on Monday\n\nNothing sails, the office said."
    layout = find_furniture(string, title="No ferry on Monday")
    assert layout.headline is not None
    assert layout.headline.string == "No ferry on Monday"
    assert [f.span.exact for f in layout.furniture(string)] == ["THE HARBOUR LETTER", "no. 212"]


def test_bare_layout_marks_nothing() -> None:
    page = read_marked("fr-quotidien")
    assert bare_layout(page.string).furniture(page.string) == ()


@given(st.text(alphabet=st.sampled_from("aB1.»|: \n\r\u2028\ufeffé"), max_size=300))
def test_lines_are_where_they_say(string: str) -> None:
    for line in read_lines(string):
        assert string[line.start : line.end] == line.string
        assert line.string.strip()


@given(
    st.lists(st.sampled_from(["Share", "par", "Home » A » B", "Comments", "x.", ""]), max_size=12)
)
def test_any_heap_of_furniture_is_laid_out(lines: list[str]) -> None:
    string = "\n".join(lines)
    spans = [f.span for f in find_furniture(string).furniture(string)]
    assert all(span.holds(string) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
