"""Metadata: all candidates with their places, people told from outlets, titles from suffixes."""

from __future__ import annotations

import pytest

from ondit.capture.markup import read_markup
from ondit.capture.metadata import (
    choose,
    json_ld,
    language,
    load_bylines,
    person_names,
    stated,
    title_parts,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Par Lise Aubrac", "Lise Aubrac"),
        ("By Orla Penhallow and Dov Hale", "Orla Penhallow, Dov Hale"),
        ("Lise Aubrac avec AFP", "Lise Aubrac"),
        ("Lise Aubrac (AFP)", "Lise Aubrac"),
        ("Jean-Paul d’Ormesson-Leroy & J. P. Vidal", "Jean-Paul d’Ormesson-Leroy, J. P. Vidal"),
        ("AFP", None),
        ("Reuters", None),
        ("La rédaction", None),
        ("La rédaction de Vaux", None),
        ("Le Courrier des Ormelles", None),
        ("Courrier", None),
        ("webmaster", None),
        ("courrier.example", None),
        ("", None),
    ],
)
def test_bylines_name_people_only(value: str, expected: str | None) -> None:
    names, why = person_names(value, ["le courrier des ormelles"])
    assert names == expected
    assert (why is None) == (expected is not None)


@pytest.mark.parametrize(
    ("whole", "shown", "expected"),
    [
        ("The tide turns again | Harbour Post", (), ("The tide turns again", "Harbour Post")),
        ("Port - The tide turns once again", (), ("The tide turns once again", "Port")),
        ("Digue : les travaux - Le Courrier", (), ("Digue : les travaux", "Le Courrier")),
        ("L'Écho : Un troupeau en gare", ("l'écho",), ("Un troupeau en gare", "L'Écho")),
        ("Digue de Brane : le chantier suspendu", (), None),
        ("Un titre sans rien d'autre", (), None),
    ],
)  # fmt: skip
def test_titles_lose_the_outlet(
    whole: str, shown: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    assert next(title_parts(whole, shown=shown), None) == expected


def values(source: str, *, headline: str | None = None) -> dict[str, str]:
    markup = read_markup(source, max_depth=50)
    return choose(stated(markup, json_ld(markup), url="https://a.example/x"), headline=headline)[0]


def test_each_field_has_one_value_and_all_its_candidates() -> None:
    source = (
        "<title>Le bac à quai - Le Courrier</title>"
        "<meta property=og:site_name content='Le Courrier'>"
        "<meta name=author content='La rédaction'><link rel=canonical href=/bac>"
        "<meta property='article:section' content='Mer'>"
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Le bac",'
        '"author":{"@type":"Person","name":"Lise Aubrac"},"publisher":{"name":"Groupe Ouest"}}'
        "</script>"
    )
    found = values(source, headline="Le bac reste à quai")
    assert found == {
        "title": "Le bac reste à quai",
        "outlet": "Le Courrier",
        "byline": "Lise Aubrac",
        "publisher": "Groupe Ouest",
        "canonical": "https://a.example/bac",
        "section": "Mer",
    }
    markup = read_markup(source, max_depth=50)
    _, candidates = choose(stated(markup, json_ld(markup), url=None))
    chosen = [c.field for c in candidates if c.chosen]
    assert len(chosen) == len(set(chosen))
    refused = next(c for c in candidates if c.value == "La rédaction")
    assert not refused.chosen
    assert refused.note


@pytest.mark.parametrize(
    "line",
    [
        "<p class=byline>Par Lise Aubrac</p>",
        "<p>Publié le 3 mai 2031 à 10h, par Lise Aubrac</p>",
        "<div class=author><a href=/l>Lise Aubrac</a> Suivre</div>",
        "<p>Written by Lise Aubrac</p>",
        "<article><footer>Par <b>Lise Aubrac</b>, mar 20/05/2025</footer></article>",
    ],
)
def test_visible_bylines_are_read(line: str) -> None:
    assert values(line).get("byline") == "Lise Aubrac"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Un bac heurté par Le Courageux</p>" + "<p>x</p>",
        "<p class=caption>Photo by Dov Hale</p>",
        "<aside>Par Lise Aubrac</aside>",
        "<p>Par mauvais temps, le bac reste à quai.</p>",
    ],
)
def test_lines_that_are_no_byline_name_nobody(line: str) -> None:
    assert "byline" not in values(line)


def test_an_organisation_is_no_author() -> None:
    author = '{"@type":"Organization","name":"Courrier du Port"}'
    source = f'<script type="application/ld+json">{{"@type":"Article","author":{author}}}</script>'
    assert "byline" not in values(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<html lang=fr-BE>", "fr"),
        ("<meta property=og:locale content=en_GB>", "en"),
        ("<p>x", None),
    ],
)
def test_the_stated_language(source: str, expected: str | None) -> None:
    assert language(read_markup(source, max_depth=9)) == expected


def test_names_in_the_list_are_folded() -> None:
    names = load_bylines().names
    for name in (*names.agencies, *names.desks, *names.openings):
        assert name == name.casefold().strip()
