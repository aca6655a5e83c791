"""The notebook view: everything escaped, nothing fetched, readable on light and dark."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.model.notebook import _COLOURS, record_html
from tests.case.fakes import a_record, a_report, read_lines


class Page(HTMLParser):
    """Collects tags, attributes and text, and checks that tags are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that the tag which closes is the one that opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self.text += data


def test_a_record_shows_claims_chain_status_and_grounding() -> None:
    text = Page(a_record()._repr_html_()).text
    assert "un marin récemment retraité (anonymous) ← Ana Orme ← this report" in text
    assert "«\u202fPersonne ne tenait la barre\u202f»" in text
    assert "lundi (2031-03-03) · Port-Ormelle" in text
    assert "4 claims: 1 on the report itself, 2 on an organisation, document or outlet" in text


@given(st.text(max_size=60))
def test_captured_characters_are_text_and_nothing_else(words: str) -> None:
    page = Page(record_html(read_lines(a_report(words, name=words, title=words))))
    assert page.tags <= {"div", "span", "i"}
    assert page.attributes <= {"style", "title"}


def test_a_hostile_page_stays_words() -> None:
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(1)">'
    html = record_html(read_lines(a_report(hostile, title=hostile)))
    assert "<script" not in html
    assert "<img" not in html
    assert "url(" not in html
    assert "alert(1)" in Page(html).text


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", sorted(set(_COLOURS.values())))
def test_status_words_stand_out_on_light_and_dark(colour: str) -> None:
    own = luminance(colour)
    assert 1.05 / (own + 0.05) >= 3
    assert (own + 0.05) / (luminance("#111111") + 0.05) >= 3
