"""Verdicts: walls, indexes and empty pages are told from articles."""

from __future__ import annotations

import pytest

from ondit.capture.verdict import Wording, load, wordings
from tests.capture.saved_pages import content, read

ROWS = load().wording


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.verdict}-{r.language}")
def test_examples_hold_a_wording_and_the_others_none(row: Wording) -> None:
    assert row.examples
    for example in row.examples:
        assert wordings(example, row.verdict), example
    for example in row.not_examples:
        assert not wordings(example, row.verdict), example


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><title>Une page d’ici</title>{head}<body>{body}".encode()


PROSE = (
    "<p>Le bac de Brane a repris la mer samedi matin, onze jours après la collision avec la digue, "
    "a annoncé l’autorité du port, qui n’exclut pas une nouvelle inspection avant l’été.</p>"
)
NEWS = (
    '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s}</script>'
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (page(PROSE * 2), "article"),
        (page("<p>Bonjour.</p>"), "unknown"),
        (page("<div id=root></div>", "<script>" + "x=1;" * 900 + "</script>"), "script-only"),
        (page("<noscript>Please enable JavaScript to run this.</noscript>"), "script-only"),
        (page("<h1>Erreur 404</h1><p>Cette page n’existe plus.</p>"), "empty"),
        (page(PROSE + "<p>La suite est réservée aux abonnés.</p>"), "paywall"),
        (page(PROSE, NEWS % "false"), "paywall"),
        (page(PROSE * 12, NEWS % "false"), "article"),
        (page(PROSE * 2, NEWS % "true"), "article"),
        (page("<h2><a href=/n>Le port de Brane rouvre le 3 mai au matin</a></h2>" * 30), "index"),
    ],
)  # fmt: skip
def test_kinds_of_page(source: bytes, expected: str) -> None:
    meta = read(source).meta
    assert meta.verdict == expected, meta.verdict_reasons


def test_a_banner_over_an_article_is_no_wall() -> None:
    banner = (
        "<p>Nous et nos 600 partenaires utilisons des cookies. <button>Tout accepter</button></p>"
    )
    found = read(page(f"<div class=cmp>{banner}</div><article>{PROSE * 6}</article>"))
    assert found.meta.verdict == "article"


@pytest.mark.parametrize("name", ["consent-fr", "index-en"])
def test_a_page_that_is_no_article_has_no_blocks_and_says_so(name: str) -> None:
    found = read(content(name))
    assert found.blocks == ()
    assert found.text
    assert found.furniture
    assert any("no report was read" in failure.reason for failure in found.failures)
