"""A page gives the same text bare, in a saved page, in a letter, and in web archives."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ondit.capture import report_from_bytes
from ondit.model import Report
from tests.capture.containers import PAGE, mhtml, wacz, warc

FOLDER = Path(__file__).parents[1] / "pages"
PAGES = {"own page": PAGE} | {
    path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.html"))
}
GZIPPED = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
HTML = (("Content-Type", "text/html"),)

VARIANTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "mhtml, base64": ("a.mhtml", lambda page: mhtml(page, encoding="base64")),
    "mhtml, quoted-printable": ("a.mhtml", mhtml),
    "warc": ("a.warc", lambda page: warc(page, gz=False, headers=HTML)),
    "warc.gz": ("a.warc.gz", lambda page: warc(page, headers=HTML)),
    "warc.gz, body gzipped": ("a.warc.gz", lambda page: warc(gzip.compress(page), headers=GZIPPED)),
    "wacz": ("a.wacz", lambda page: wacz({"archive/a.warc.gz": warc(page, headers=HTML)})),
}


def one(content: bytes, name: str) -> Report:
    (report,) = report_from_bytes(content, name=name)
    return report


def squeezed(string: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", string)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("page", PAGES)
def test_containers_change_nothing(page: str, variant: str) -> None:
    name, build = VARIANTS[variant]
    bare, contained = one(PAGES[page], "page.html"), one(build(PAGES[page]), name)
    assert contained.text == bare.text
    assert contained.content == bare.content == PAGES[page]
    assert contained.segments == bare.segments
    assert contained.capture.sha256 == bare.capture.sha256
    assert contained.capture.container is not None
    assert all(f.span.holds(contained.text) for f in contained.furniture)


@pytest.mark.parametrize("page", PAGES)
def test_every_character_of_a_page_has_its_bytes(page: str) -> None:
    report = one(PAGES[page], "page.html")
    covered: set[int] = set()
    for segment in report.segments:
        span = segment.span
        assert span.holds(report.text)
        piece = report.content[segment.byte_start : segment.byte_end]
        string = html.unescape(piece.decode(report.capture.charset or "utf-8", "replace"))
        if squeezed(span.exact):
            assert squeezed(string) == squeezed(span.exact)
        covered.update(range(span.start, span.end))
    assert all(n in covered for n, c in enumerate(report.text) if not c.isspace())
