"""Markup: passages as a reader sees them, each piece with its place in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.markup import fold, read_markup
from ondit.model import CaptureError
from tests.capture.anchors import shown


def texts(source: str) -> list[str]:
    return [p.text for p in read_markup(source, max_depth=250).passages]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Un  mot\r\n <b>gras</b> &amp; <i> autre</i></p>", ["Un mot gras & autre"]),
        ("<ul><li>un<li>deux</ul>trois", ["un", "deux", "trois"]),
        ("<p>Une phrase.<br>Une autre.", ["Une phrase.", "Une autre."]),
        ("<p>Une phrase qui<br>continue.", ["Une phrase qui continue."]),
        ("<h1>Un titre :<br>la suite</h1>", ["Un titre : la suite"]),
        ("<b>Un titre</b><br>La suite", ["Un titre", "La suite"]),
        ("un<br>&nbsp;<br>deux", ["un", "deux"]),
        ("<pre>un\nmot\n\ndeux</pre>", ["un mot", "deux"]),
        ("<p>lien <span class='sr-only'>(nouvel onglet)</span>ouvert", ["lien ouvert"]),
        ("<p>vu<span hidden>caché</span>", ["vu"]),
        ("<script>a('<p>non</p>')</script><style>p{}</style><p>oui", ["oui"]),
        ("<noscript>non</noscript><textarea>non</textarea><svg><text>non</text></svg>oui", ["oui"]),
        ("<p>&nbsp; bord &nbsp;</p>", ["bord"]),
        ("<p>a\x00b</p>", ["ab"]),
        ("<table><tr><td>un<td>deux<tr><td>trois</table>", ["un", "deux", "trois"]),
    ],
)
def test_passages_are_what_a_reader_sees(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_runs_are_the_source_between_tags() -> None:
    source = "<p>Caf&eacute; <b>noir</b>\n serré</p>"
    (passage,) = read_markup(source, max_depth=9).passages
    pieces = [(source[r.start : r.end], r.text) for r in passage.runs]
    assert pieces == [("Caf&eacute; ", "Café "), ("noir", "noir"), ("\n serré", " serré")]


def test_links_and_elements_around_are_told() -> None:
    source = "<div class='Share Bar' id=x><p>un <a href=#>lien</a></p></div>"
    (passage,) = read_markup(source, max_depth=9).passages
    assert passage.linked == 4
    assert passage.tags == ("div", "p")
    assert passage.path[0].signs.split() == ["share", "bar", "x"]
    assert passage.block is not None
    assert source[passage.block.start :].startswith("<p>")


def test_an_open_paragraph_ends_where_the_next_begins() -> None:
    second = read_markup("<div><p>un<p>deux</div>", max_depth=9).passages[1]
    assert second.tags == ("div", "p")


def test_what_is_not_shown_is_kept_apart() -> None:
    markup = read_markup(
        "<title>A &lt; B</title><script type=application/ld+json>{}</script>"
        "<script>programme()</script><noscript>sans</noscript><meta name=a content=b>",
        max_depth=9,
    )
    assert [raw.text for raw in markup.raws] == ["A < B", "{}", "sans"]
    assert markup.scripts == len("programme()")
    assert markup.tags[0].attributes == {"name": "a", "content": "b"}


def test_limits_are_named() -> None:
    with pytest.raises(CaptureError, match="nested deeper than 20"):
        read_markup("<div>" * 21, max_depth=20)
    with pytest.raises(CaptureError, match="one text of 101 characters"):
        read_markup("a" * 101, max_depth=20, max_text=100)


@given(st.lists(st.sampled_from(["é", " ", "\r\n", "😀", "&amp;", "&#233;", "<b>", "</b>", "mot"])))
def test_each_run_reads_back_to_its_text(pieces: list[str]) -> None:
    source = "<p>" + "".join(pieces)
    for passage in read_markup(source, max_depth=250).passages:
        assert passage.text == "".join(run.text for run in passage.runs)
        for run in passage.runs:
            assert shown(source[run.start : run.end]) == run.text


def test_fold_is_what_html_does() -> None:
    assert fold("a \n\t b\u00a0 c\x00") == "a b\u00a0 c"
