"""What bytes are, whatever their name says."""

from __future__ import annotations

import pytest

from ondit.capture.kinds import is_asset, sniff
from tests.capture.containers import PAGE, letter, mhtml, wacz, warc

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PAGE, "a.html", "page"),
        (PAGE, "a.txt", "page"),
        (PAGE.decode().encode("utf-16"), "", "page"),
        (PNG, "a.html", "refused"),
        (b"%PDF-1.7\n", "a.html", "refused"),
        (b"RIFF1234WEBPVP8 ", "a.html", "refused"),
        (b"Un texte.", "a.txt", "plain"),
        (b"A text about the <title> tag and nothing else, said the clerk.", "a.txt", "plain"),
        (b"# Title\n", "a.md", "markdown"),
        (b"no tags at all", "a.html", "page"),
        (mhtml(), "a.mhtml", "mhtml"),
        (mhtml(), "", "mhtml"),
        (letter("x"), "a.eml", "email"),
        (letter("x"), "", "email"),
        (b"From: the harbour\nDate: Monday\n\nA text.", "a.txt", "plain"),
        (warc(PAGE), "a.warc.gz", "warc"),
        (warc(PAGE, gz=False), "", "warc"),
        (warc(PAGE), "a.gz", "gzip"),
        (wacz({"archive/a.warc": b""}), "a.wacz", "wacz"),
        (wacz({"word/document.xml": b""}), "a.docx", "refused"),
        (RSS, "feed.xml", "feed"),
        (RSS, "", "feed"),
        (b'{"uri": "x"}', "a.json", "ninjs"),
        (b"[Update] The ferry sails again.", "", "plain"),
        (b"", "a.txt", "plain"),
        (bytes(range(1, 8)) * 40, "a.bin", "refused"),
    ],
)
def test_sniff(content: bytes, name: str, kind: str) -> None:
    assert sniff(content, name).kind == kind


def test_a_refusal_says_what_was_met() -> None:
    assert sniff(PNG, "a.html").what == "a PNG picture"


def test_a_text_file_that_holds_a_page_is_told() -> None:
    assert sniff(PAGE, "a.txt").what == "HTML"
    assert sniff(PAGE, "a.html").what is None


@pytest.mark.parametrize(
    ("content", "name", "asset"),
    [(PNG, "x.png", "a PNG picture"), (b"body{}", "x.css", "a css file"), (PAGE, "x.html", None)],
)
def test_assets_of_saved_pages(content: bytes, name: str, asset: str | None) -> None:
    assert is_asset(content, name) == asset
