"""Assembly: one text, its segments, and the bytes of any part of them."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.assembly import narrow, source_edges
from ondit.capture.markup import fold
from ondit.model import cut
from tests.capture.saved_pages import read

PAGE = (
    "<!doctype html><meta charset=utf-8><title>Le bac reste à quai</title><article>"
    "<h1>Le bac reste à quai</h1><p>« Rien n&rsquo;est  s&ucirc;r &amp;\n certain », a dit "
    "<b>Maude Orvel</b>, la directrice du port de Brane, devant la presse réunie mardi sur le quai "
    "des Ormelles, où l&#39;on attendait le bac depuis onze jours.</p></article>"
).encode()


def test_any_word_is_found_in_the_bytes() -> None:
    report = read(PAGE)
    for word, source in {
        "sûr": "s&ucirc;r",
        "n’est sûr & c": "n&rsquo;est  s&ucirc;r &amp;\n c",
        "Orvel": "Orvel",
        "l'on": "l&#39;on",
        "« Rien": "« Rien",
    }.items():
        start = report.text.index(word)
        span = cut(report.text, start, start + len(word))
        segment = next(s for s in report.segments if s.span.contains(span))
        found = narrow(segment, PAGE, "utf-8", span)
        assert found is not None
        assert PAGE[found[0] : found[1]].decode() == source


def test_a_part_outside_the_segment_is_none() -> None:
    report = read(PAGE)
    assert narrow(report.segments[0], PAGE, "utf-8", cut(report.text, 40, 50)) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "é",
                " ",
                "\n",
                "&amp;",
                "&eacute",
                "&notit;",
                "&#8217;",
                "&",
                "&x;",
                "\x00",
                "😀",
            ]
        ),
        max_size=12,
    )
)
def test_edges_are_those_of_the_shown_characters(pieces: list[str]) -> None:
    source = "".join(pieces)
    edges = source_edges(source)
    assert len(edges) == len(fold(html.unescape(source)))
    assert all(a < b for a, b in edges)
    assert edges == sorted(edges)
