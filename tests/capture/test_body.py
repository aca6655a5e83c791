"""The report among the passages: headline, standfirst, what is taken back, what is furniture."""

from __future__ import annotations

import pytest

from ondit.capture.body import furniture_wording, headline
from ondit.capture.markup import read_markup
from tests.capture.saved_pages import read

PROSE = (
    "<p>Le bac de Brane a repris la mer samedi matin, onze jours après la collision avec la digue, "
    "a annoncé l’autorité du port, qui n’exclut pas une inspection numéro {} avant l’été.</p>"
)


def kinds(body: str, title: str = "Le bac de Brane reprend la mer") -> list[tuple[str, str]]:
    page = f"<!doctype html><html lang=fr><title>{title}</title><body>{body}"
    report = read(page.encode())
    marked = [(b.start, b.kind, report.text[b.start : b.end]) for b in report.blocks]
    marked += [(f.span.start, f"({f.kind})", f.span.exact) for f in report.furniture]
    return [(kind, text) for _, kind, text in sorted(marked)]


def test_kinds_follow_the_elements() -> None:
    body = (
        "<article><h1>Le bac de Brane reprend la mer</h1>"
        "<p class=chapo>Onze jours après, la liaison est rétablie, sauf le dimanche.</p>"
        + PROSE.format(1)
        + "<h2>Une seconde inspection</h2>"
        + PROSE.format(2)
        + "<blockquote><p>« Tout a été vérifié deux fois par des gens du métier. »</p></blockquote>"
        "<ul><li>le syndicat la demande ;</li><li>la compagnie la refuse.</li></ul>"
        + PROSE.format(3)
        + "</article>"
    )
    assert [kind for kind, _ in kinds(body)] == [
        "headline", "standfirst", "paragraph", "heading", "paragraph", "quote", "list-item",
        "list-item", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<p>Lire aussi : <a href=#>La digue fermée</a></p>", "(related)"),
        ("<p>Publié le 3 mai 2031 à 10h04</p>", "(dateline)"),
        ("<p>Par Lise Aubrac</p>", "(byline)"),
        ("<p>Partager cet article</p>", "(share)"),
    ],
)
def test_furniture_that_the_extractor_keeps_is_marked_or_left_out(line: str, kind: str) -> None:
    body = "<article><h1>Le bac de Brane reprend la mer</h1>" + PROSE.format(1)
    found = kinds(body + line + PROSE.format(2) + PROSE.format(3) + "</article>")
    assert {k for k, _ in found} <= {"headline", "paragraph", kind}
    assert len([k for k, _ in found if k == "paragraph"]) == 3


def test_the_headline_is_the_heading_that_agrees_with_the_title() -> None:
    source = "<h1>Le Courrier</h1><h1>Le bac reprend la mer</h1><h1>Météo</h1><p>Texte."
    passages = read_markup(source, max_depth=9).passages
    assert headline(passages, 3, ["Le bac reprend la mer !"]) == 1
    assert headline(passages, 3, ["Tout autre chose sans rapport"]) == 1
    assert headline(passages[3:], 0, ["Le bac reprend la mer"]) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Articles similaires", "related"), ("Publicité", "advertisement"), ("Le port rouvre.", None)],
)
def test_wordings_of_furniture(text: str, kind: str | None) -> None:
    found = furniture_wording(text)
    assert (found[0] if found else None) == kind
