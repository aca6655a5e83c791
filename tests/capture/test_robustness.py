"""Hostile and broken inputs: a clear failure or a right reading, within seconds, and on we go.

    python -m tests.capture.test_robustness

prints the table.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ondit.capture import isolation, reports
from ondit.model import Report
from tests.capture.containers import PAGE, gzip_bomb, mhtml, wacz, warc

GOOD = "Le bac de Brane a repris la mer samedi matin."
SECONDS = 15.0

_LAUGHS = (
    "<!DOCTYPE {root} [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)


def laughs(root: str, body: str) -> bytes:
    """Return XML that unfolds to a hundred thousand million characters."""
    head = "<?xml version='1.0'?>" + _LAUGHS.replace("{root}", root)
    return (head + body.replace("HA", "&a11;")).encode()


def nested_json(depth: int) -> bytes:
    """Return JSON lists within lists."""
    return b"[" * depth + b"]" * depth


DEEP = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
LD = PAGE.replace(b"</head>", b'<script type="application/ld+json">' + DEEP + b"</script></head>")
MIME = b"From: a\nSubject: b\nMIME-Version: 1.0\n"
GZIPPED = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))

# name of the file, what is in it, and a word of the failure; None where it is to be read.
CASES: dict[str, tuple[str, Callable[[], bytes], str | None]] = {
    "50 MB page": ("a.html", lambda: b"<p>Un bac.</p>" * 3_700_000, "at most 8,000,000"),
    "50 MB in one text node": ("a.html", lambda: b"<p>" + b"bac " * 12_500_000, "at most"),
    "50 MB text": ("a.txt", lambda: b"Un bac. " * 6_500_000, "at most 8,000,000"),
    "7 MB text of empty lines": ("a.txt", lambda: b"\n" * 7_000_000, "no text"),
    "7 MB text in one line": ("a.txt", lambda: b"Un bac. " * 875_000, None),
    "200 kB text of one-letter lines": ("a.txt", lambda: b"a\n" * 100_000, None),
    "100,000 nested elements": (
        "a.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"Un bac.", "",
    ),
    "entity bomb, XHTML": (
        "a.html",
        lambda: laughs("html", "<html><body><p>HA</p><p>Un bac part.</p></body></html>"),
        "",
    ),
    "entity bomb, RSS": (
        "a.xml", lambda: laughs("rss", "<rss version='2.0'><channel><item><title>HA</title>"
                                "<description>HA</description></item></channel></rss>"), "",
    ),
    "entity bomb, other XML": ("a.xml", lambda: laughs("x", "<x>HA</x>"), "no feed entry"),
    "zip bomb in a WACZ": (
        "a.wacz", lambda: wacz({"archive/a.warc": bytes(150_000_000)}), "times its size",
    ),
    "gzip bomb in a WARC": (
        "a.warc.gz", lambda: warc(gzip_bomb(100_000_000), headers=GZIPPED),
        "unpacks to more than",
    ),
    "WARC record of 100 MB": ("a.warc.gz", lambda: warc(bytes(100_000_000)), "more than 8,000,000"),
    "gzip bomb": ("a.txt.gz", lambda: gzip_bomb(250_000_000), "unpacks to more than"),
    "empty file": ("a.html", lambda: b"", "empty"),
    "picture named .html": ("a.html", lambda: b"\x89PNG\r\n\x1a\n" + bytes(999), "a PNG picture"),
    "PDF named .html": ("a.html", lambda: b"%PDF-1.7\n" + bytes(999), "a PDF document"),
    "truncated gzip": ("a.txt.gz", lambda: gzip.compress(os.urandom(9999))[:-999], "cut short"),
    "truncated WARC": ("a.warc", lambda: warc(PAGE, gz=False)[:-300], "cut short"),
    "garbage named .warc.gz": ("a.warc.gz", lambda: b"\x1f\x8b" + bytes(999), "no page"),
    "UTF-16 without BOM": ("a.txt", lambda: GOOD.encode("utf-16-le"), None),
    "NUL bytes": ("a.txt", lambda: GOOD.encode() + bytes(9) + b"Et.", None),
    "NUL bytes only": ("a.txt", lambda: bytes(5000), ""),
    "deep JSON": ("a.json", lambda: nested_json(200_000), "cannot be read"),
    "deep JSON-LD in a page": ("a.html", lambda: LD, None),
    "50,000 MIME parts": (
        "a.eml",
        lambda: MIME
        + b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\n\na\n" * 50_000,
        "more than 10,000 parts",
    ),
    "2,000 nested MIME parts": (
        "a.eml",
        lambda: MIME
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2000)
        ),
        "",
    ),
    "MHTML with a cut part": ("a.mhtml", lambda: mhtml()[:1500], ""),
}  # fmt: skip


def run(folder: Path, name: str, content: bytes) -> tuple[list[Report], float]:
    """Return the reports of a bad file and of the good one after it, and the seconds it took."""
    bad, good = folder / name, folder / "good.txt"
    bad.write_bytes(content)
    good.write_text(GOOD)
    start = time.perf_counter()
    found = list(reports([str(bad), str(good)]))
    return found, time.perf_counter() - start


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    isolation.close_workers()


@pytest.mark.parametrize("case", CASES)
def test_hostile_inputs_end_clearly_and_soon(tmp_path: Path, case: str) -> None:
    name, build, why = CASES[case]
    found, seconds = run(tmp_path, name, build())
    *bad, good = found
    assert good.text == GOOD
    assert seconds < SECONDS
    told = " ".join(f.reason for r in bad for f in r.failures)
    if why is None:
        assert not any(f.fatal for r in bad for f in r.failures), told
        assert all("bac" in r.text or r.text.startswith("a") for r in bad)
    elif why:
        assert why in told
    else:
        # A right reading or a failure, never a silent nothing.
        assert all(r.text.strip() or r.failures for r in bad)
        assert sum(len(r.text) for r in bad) < 1_000_000


def main() -> None:
    """Print the table of cases."""
    with tempfile.TemporaryDirectory() as folder:
        list(reports([__file__]))
        for case, (name, build, _) in CASES.items():
            found, seconds = run(Path(folder), name, build())
            *bad, good = found
            told = "; ".join(f.reason for r in bad for f in r.failures)[:90]
            what = told or f"read, {len(bad[0].text):,} characters"
            on = "goes on" if good.text == GOOD else "STOPPED"
            sys.stdout.write(f"| {case} | {seconds:.2f} s | {what} | {on} |\n")


if __name__ == "__main__":
    main()
