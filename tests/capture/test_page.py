"""Pages: the report in, furniture out, metadata right, every character with its bytes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.capture.limits import Limits
from ondit.model import Report
from tests.capture.anchors import check_anchors, check_selectors
from tests.capture.saved_pages import NAMES, blocks, content, gold, plain, read, report

ARTICLES = [name for name in NAMES if gold(name).body]


@pytest.mark.parametrize("name", ARTICLES)
def test_the_body_is_there_in_order(name: str) -> None:
    found = blocks(report(name))
    wanted = [plain(line) for line in gold(name).body]
    assert [line for line in found if line in wanted] == wanted
    assert len(found) - len(wanted) <= 2, set(found) - set(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_furniture_is_in_no_block(name: str) -> None:
    found = "\n".join(blocks(report(name)))
    assert [line for line in gold(name).furniture if plain(line) in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_what_the_page_says(name: str) -> None:
    known, meta = gold(name), report(name).meta
    assert (meta.byline, meta.outlet) == (known.byline, known.outlet)
    assert meta.published.value == known.published
    assert meta.verdict == known.verdict, meta.verdict_reasons
    if known.title:
        assert meta.title == plain(known.title)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_has_its_bytes(name: str) -> None:
    found = report(name)
    assert found.capture.charset == gold(name).charset
    check_anchors(found)
    check_selectors(found, found.content.decode(found.capture.charset))
    assert not any(failure.fatal for failure in found.failures)


@pytest.mark.parametrize("name", ["wordpress-classic-fr", "soup-fr", "nextjs-en"])
@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_charset_changes_no_character(name: str, charset: str) -> None:
    source = content(name).decode(gold(name).charset)
    again = read(source.encode(charset, "xmlcharrefreplace"))
    assert again.text == report(name).text
    check_anchors(again)


def test_windows_line_ends_change_no_character() -> None:
    source = content("agency-en").replace(b"\n", b"\r\n")
    again = read(source)
    assert again.text == report("agency-en").text
    check_anchors(again)


def test_a_damaged_byte_costs_one_character() -> None:
    source = content("ghost-en").replace("“If there".encode(), "“If".encode() + b"\xe2\x80 there")
    found = read(source)
    assert found.capture.decision is not None
    assert found.capture.decision.method == "repaired"
    assert found.capture.decision.replaced == 1
    assert "“If\ufffd there was a vote" in found.text
    check_anchors(found)


# -- pages made up of paragraphs -------------------------------------------------------------------

SENTENCE = (
    "le port a rouvert hier selon Maude Orvel qui « dément » l’avis du préfet à 7 h 30 & <b> été "
    "the crew said it would sail again before dawn although nobody had asked them to"
)
WORDS = st.sampled_from(SENTENCE.split())
# Words once each: an extractor rightly takes a line that says one word forty times for noise.
PARAGRAPH = st.lists(WORDS, min_size=25, max_size=34, unique=True).map(
    lambda words: " ".join(words) + "."
)


def _page(paragraphs: list[str], *, entities: bool) -> bytes:
    body = "".join(f"<p>{_escaped(p, entities=entities)}</p>\n" for p in paragraphs)
    return (
        "<!doctype html><html><head><meta charset=utf-8><title>Un titre assez long</title></head>"
        "<body><nav><a href=/>Accueil</a></nav><article><h1>Un titre assez long</h1>"
        f"{body}</article><footer>Mentions légales</footer></body></html>"
    ).encode()


def _escaped(string: str, *, entities: bool) -> str:
    plain = string.replace("&", "&amp;").replace("<", "&lt;")
    if not entities:
        return plain
    return plain.replace("é", "&eacute;").replace("’", "&#8217;").replace(" a ", " <i>a</i>\n ")


@settings(max_examples=25, deadline=None)
@given(st.lists(PARAGRAPH, min_size=3, max_size=8, unique=True), st.booleans())
def test_paragraphs_map_back(paragraphs: list[str], entities: bool) -> None:
    found = read(_page(paragraphs, entities=entities))
    check_anchors(found)
    assert [b for b in blocks(found) if b in paragraphs] == paragraphs


def test_paragraphs_that_repeat_are_all_kept() -> None:
    line = "« Nous ne savons rien de plus pour l’instant », a répété le porte-parole du port."
    found = read(_page([line] * 20, entities=False))
    assert blocks(found).count(line) == 20
    check_anchors(found)


# -- pages that show nothing, or too much ---------------------------------------------------------

LD_ONLY = """<!doctype html><html><head><title>Le bac à quai</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Le bac \\u00e0 quai",
"articleBody":"%s"}</script></head><body><div id=root></div></body></html>"""


def test_a_body_in_json_ld_alone_is_anchored_in_its_script_and_said() -> None:
    body = (
        'Le bac reste \\u00e0 quai, a dit la directrice. \\ud83d\\ude00 \\"Demain\\", dit-elle. '
        * 5
    )
    found = read((LD_ONLY % f"{body}\\n\\nUn second paragraphe.").encode())
    assert [b.kind for b in found.blocks] == ["headline", "paragraph", "paragraph"]
    assert "Le bac reste à quai" in found.text
    assert '😀 "Demain"' in found.text
    assert any("JSON-LD alone" in failure.reason for failure in found.failures)
    assert found.segments[-1].selector is not None
    assert "script" in found.segments[-1].selector
    check_anchors(found)


def _fatal(found: Report) -> str:
    assert found.blocks == ()
    return next(failure.reason for failure in found.failures if failure.fatal)


@pytest.mark.parametrize("page", [b"", b" \n", b"\xef\xbb\xbf", b"\x00\x00\x00"])
def test_nothing_is_a_clear_failure(page: bytes) -> None:
    assert _fatal(read(page)) == "the input holds no text"


def test_too_many_bytes_are_refused() -> None:
    assert "9,000,001 bytes; at most 8,000,000" in _fatal(read(b"<p>" + b"a" * 8_999_998))


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote"])
def test_a_hundred_thousand_nested_elements_are_refused_at_once(tag: str) -> None:
    start = time.process_time()
    found = read(f"<{tag}>".encode() * 100_000 + b"text")
    assert "nested deeper than 250" in _fatal(found)
    assert time.process_time() - start < 3


def test_one_giant_text_is_refused() -> None:
    found = read(b"<p>" + b"mot " * 3_000_000, limits=Limits(max_bytes=60_000_000))
    assert "one text of 12,000,000 characters" in _fatal(found)


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><p>&b;&b;</p>",
        b"<p>" + b"&amp;&eacute;&#99999999;&#x0;&notanentity;" * 2000,
        b"<p>text<!-- never closed",
        b"<script>never closed <p>a</p>",
        b"<p <a <b href='>text",
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"<p>" + b"\x00a\x00b" * 500 + b"</p>",
        b"<a>" * 200 + b"deep text",
        b"<table><tr><td>" * 60 + b"cell",
        b"<p>\xed\xa0\x80\xed\xb0\x80 surrogates</p>",
    ],
)  # fmt: skip
def test_strange_bytes_break_nothing(page: bytes) -> None:
    check_anchors(read(page))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<td>", "<table>", "</table>", "<br>", "<li>", "<b>", "</b>",
    "<a href=x>", "</a>", "<h1>", "</h1>", "<script>", "</script>", "<pre>", "</pre>", "&amp;",
    "&eacute", "&#x1F600;", "\r\n", "\n\n", "\x00", "\u00a0", "\u200b", "😀", "é", "<!--", "-->",
    "Le bac reste à quai, a dit la directrice du port. ", "« Rien », dit-il. ", "<title>",
    "<br><br>",
]), max_size=40))  # fmt: skip
def test_any_soup_keeps_its_anchors(pieces: list[str]) -> None:
    check_anchors(read("".join(pieces).encode()))
