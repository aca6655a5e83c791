"""Plain text and Markdown: the text is untouched, every character has its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.payloads import captured
from ondit.capture.plain import read_plain
from ondit.model import Report
from tests.capture.marked_pages import NAMES, read_marked


def read(text: str, *, markdown: bool = False, clean: bool = False) -> Report:
    content = text.encode("utf-8", "surrogatepass")
    capture = captured(content, "markdown" if markdown else "plain")
    return read_plain(content, input="x", capture=capture, clean=clean)


def blocks(report: Report) -> list[tuple[str, str]]:
    return [(b.kind, report.text[b.start : b.end]) for b in report.blocks]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_text_is_the_decoded_input(ending: str) -> None:
    text = f"  Titre du jour{ending}{ending}Une phrase.\t{ending}"
    report = read(text)
    assert report.text == text
    assert report.capture.decision is not None
    assert report.capture.charset == "utf-8"


@pytest.mark.parametrize("name", NAMES)
def test_blocks_and_furniture_share_the_page_between_them(name: str) -> None:
    page = read_marked(name)
    report = read(page.string)
    places = sorted(
        [(b.start, b.end) for b in report.blocks]
        + [(f.span.start, f.span.end) for f in report.furniture]
    )
    assert places == [(a, b) for a, b, _ in page.lines]


@given(st.text(alphabet=st.sampled_from("aé€😀 \r\n.»"), max_size=200))
def test_every_character_has_its_bytes(text: str) -> None:
    report = read(text)
    position = byte = 0
    for segment in report.segments:
        assert (segment.span.start, segment.byte_start) == (position, byte)
        piece = report.content[segment.byte_start : segment.byte_end]
        assert piece.decode("utf-8") == segment.span.exact
        position, byte = segment.span.end, segment.byte_end
    assert (position, byte) == (len(text), len(report.content))


def test_latin_1_characters_have_their_bytes() -> None:
    content = "Le curé a démenti.\nOù ?\n".encode("cp1252")
    report = read_plain(content, input="x", capture=captured(content, "plain"))
    for segment in report.segments:
        piece = content[segment.byte_start : segment.byte_end]
        assert piece.decode(report.capture.charset or "") == segment.span.exact


def test_hand_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Ferry strikes the breakwater\n\n"
        "The ferry that links Port Selvan to the island of Brane struck the\n"
        "breakwater on Monday evening, said the harbour office, which does not\n"
        "know yet how many people were aboard when it happened that night.\n\n"
        "“Nothing is certain,” it said.\n"
    )
    kinds = [kind for kind, _ in blocks(read(text))]
    assert kinds == ["headline", "paragraph", "paragraph"]
    assert blocks(read(text))[1][1].count("\n") == 2


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Une première phrase assez longue pour être un paragraphe entier.\nUne deuxième.\n"
    assert [kind for kind, _ in blocks(read(text))] == ["paragraph", "paragraph"]


def test_published_comes_from_a_stated_date_only() -> None:
    report = read(read_marked("fr-quotidien").string)
    assert report.meta.published.value == "2031-03-12T10:04"
    assert report.meta.published.latest == "2031-03-12"
    assert report.meta.byline == "Apolline Ferrand et Yves Tressac"
    assert report.meta.section == "POLITIQUE"
    assert read(read_marked("fr-brut").string).meta.published.value is None


@pytest.mark.parametrize("text", ["", " \n\n\t", "\ufeff", "\x00\x00"])
def test_nothing_is_a_clear_failure(text: str) -> None:
    report = read(text)
    assert report.failures[0].fatal
    assert report.failures[0].reason == "the input holds no text"


def test_only_furniture_is_an_empty_page() -> None:
    report = read("Menu\nSearch\nShare\n")
    assert report.meta.verdict == "empty"
    assert report.blocks == ()


def test_a_byte_order_mark_is_recorded() -> None:
    content = b"\xef\xbb\xbf" + b"Un texte."
    report = read_plain(content, input="x", capture=captured(content, "plain"))
    decision = report.capture.decision
    assert decision is not None
    assert decision.method == "bom"
    assert blocks(report) == [("paragraph", "Un texte.")]


MARKDOWN = """---
title: "Le bac reprend la mer"
date: 2031-04-16
author: Apolline Ferrand
tags: [mer, port]
---

# Le bac reprend la mer

[Accueil](https://port.example/) | [Régions](https://port.example/r)

Le bac de Brane a **repris la mer** samedi matin, dit [le port](https://port.example/p).

## Une seconde inspection

- le syndicat la demande ;
- la compagnie la refuse.

> « Tout a été vérifié », dit-elle.

![une photo](x.png)
"""


def test_markdown_signs_are_no_text_and_the_text_is_unchanged() -> None:
    report = read(MARKDOWN, markdown=True)
    assert report.text == MARKDOWN
    assert blocks(report) == [
        ("headline", "Le bac reprend la mer"),
        (
            "paragraph",
            "Le bac de Brane a **repris la mer** samedi matin, dit [le port](https://port.example/p).",
        ),
        ("heading", "Une seconde inspection"),
        ("list-item", "le syndicat la demande ;"),
        ("list-item", "la compagnie la refuse."),
        ("quote", "« Tout a été vérifié », dit-elle."),
    ]
    rules = {f.rule for f in report.furniture}
    assert rules == {"markdown:front-matter", "markdown:links"}


def test_front_matter_tells_title_author_and_date() -> None:
    meta = read(MARKDOWN, markdown=True).meta
    assert (meta.title, meta.byline) == ("Le bac reprend la mer", "Apolline Ferrand")
    assert meta.published.value == "2031-04-16"
    assert meta.published.evidence[0].source == "front-matter:date"
