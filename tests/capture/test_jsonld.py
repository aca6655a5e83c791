"""JSON-LD: the article's node, whatever wraps or breaks it."""

from __future__ import annotations

import pytest

from ondit.capture.jsonld import JsonLd, cleaned, types


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Titre"}',
        '[{"@type":"Organization"},{"@type":["Thing","ReportageNewsArticle"],"headline":"Titre"}]',
        '{"@graph":[{"@type":"WebPage"},{"@type":"BlogPosting","headline":"Titre"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Titre"}}',
        '<!-- {"@type":"Article","headline":"Titre"} -->',
        '//<![CDATA[\n{"@type":"Article","headline":"Titre"}\n//]]>',
        '{"@type":"Article","headline":"Titre",}',
        '{"@type":"Article","headline":"Ti\ttre"}',
        '{"@type":"LiveBlogPosting","headline":"Titre","liveBlogUpdate":[{"@type":"BlogPosting"}]};',
        "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Titre&quot;}",
    ],
)
def test_the_article_is_found(script: str) -> None:
    linked = JsonLd([script])
    assert (linked.text(linked.article, "headline") or "").replace(" ", "") == "Titre"


def test_references_between_nodes_are_resolved() -> None:
    script = (
        '{"@graph":[{"@type":"Article","author":[{"@id":"#a"},"Lise Aubrac"]},'
        '{"@type":"Person","@id":"#a","name":"Idris Camara"}]}'
    )
    linked = JsonLd([script])
    assert linked.texts(linked.article, "author") == ["Idris Camara", "Lise Aubrac"]
    assert [types(n) for n in linked.things(linked.article, "author")] == [["Person"], []]


@pytest.mark.parametrize(
    "script", ["", "null", "{", "12", '"x"', "[" * 100_000, '{"@type":7,"@id":3}']
)
def test_what_is_broken_is_no_article(script: str) -> None:
    linked = JsonLd([script])
    assert linked.article is None
    assert linked.text(linked.article, "headline") is None


def test_strings_are_cleaned() -> None:
    assert cleaned(" <b>Ferry &amp;amp; port</b>\n&#8211; été ") == "Ferry & port – été"
