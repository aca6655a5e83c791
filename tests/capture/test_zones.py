"""Zones: what part of a page an element is, by its name and the words of its attributes."""

from __future__ import annotations

import pytest

from ondit.capture.markup import read_markup
from ondit.capture.selectors import Selectors
from ondit.capture.zones import is_standfirst, load, zone


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<nav><a>x</a></nav>", "navigation"),
        ("<div class='article__share-bar'>x</div>", "share"),
        ("<div class='shareholder-meeting'>x</div>", None),
        ("<body class='has-sidebar'><p>x", None),
        ("<article class='with-comments'><p>x", None),
        ("<p class='lire-aussi'>x", "related"),
        ("<div class='fil-ariane'>x", "breadcrumb"),
        ("<footer>x</footer>", "navigation"),
        ("<article><footer>x</footer></article>", None),
        ("<figure><figcaption>x", "caption"),
        ("<div class=teaser-text>x", None),
    ],
)
def test_zones_are_named_by_elements(source: str, kind: str | None) -> None:
    (passage,) = read_markup(source, max_depth=9).passages
    assert zone(passage) == kind


def test_an_element_that_holds_the_report_is_not_listened_to() -> None:
    (passage,) = read_markup("<div class=promo><p>x", max_depth=9).passages
    assert zone(passage) == "related"
    assert zone(passage, apart_from=frozenset({0})) is None


def test_standfirsts_are_named() -> None:
    first, second = read_markup("<p class=article__chapo>x<p class=article>y", max_depth=9).passages
    assert is_standfirst(first.path[-1])
    assert not is_standfirst(second.path[-1])


def test_words_of_the_list_are_lower_case() -> None:
    for row in load().zone:
        assert all(word == word.lower() for word in row.words)


def test_selectors_are_those_of_the_tree() -> None:
    source = "<div id=a>\r\n<p>un<p>deux <b>gras</b></div><p>trois"
    selectors = Selectors(source)
    passages = read_markup(source, max_depth=9).passages
    assert [selectors.of(p) for p in passages] == [
        "#a > p:nth-of-type(1)",
        "#a > p:nth-of-type(2)",
        "html > body > p",
    ]
    assert selectors.at(3) is None
