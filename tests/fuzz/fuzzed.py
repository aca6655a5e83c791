"""What must hold for any bytes under any name; and seeds that lead a fuzzer into each reader."""

from __future__ import annotations

import gzip

import msgspec

from ondit.capture import Limits, report_from_bytes
from ondit.model import Report

LIMITS = Limits(max_bytes=200_000, max_unpacked=1_000_000, max_archive_members=50)
NAMES = (
    "a.txt", "a.md", "a.mhtml", "a.eml", "a.warc", "a.warc.gz", "a.wacz", "a.xml", "a.json",
    "a.gz", "a.html", "",
)  # fmt: skip


def check(content: bytes, name: str, *, plain: bool = False) -> list[Report]:
    """Return the reports of `content`, after checking all that must hold for them.

    Raises:
        AssertionError: when a report breaks a promise; any other exception is a defect too.
    """
    reports = report_from_bytes(content, name=name, plain=plain, limits=LIMITS)
    assert reports, "every input gives a report"
    for report in reports:
        _check_report(report)
    return reports


def _check_report(report: Report) -> None:
    assert report.text or report.failures, "no text and no reason"
    assert all(f.reason for f in report.failures)
    last = 0
    for block in report.blocks:
        assert last <= block.start < block.end <= len(report.text)
        last = block.end
    for furniture in report.furniture:
        assert furniture.span.holds(report.text)
    for segment in report.segments:
        assert segment.span.holds(report.text)
        assert 0 <= segment.byte_start <= segment.byte_end <= len(report.content)
    # What leaves this floor can be written down and read again.
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(report), type=Report) == report


TEXT = (
    "Home » A » Titre long du jour\n\nTitre long du jour\n\npar\n\n"
    "Publié le 12 mars 2031 à 10h04\n\n"
)
MAIL = (
    b"From: a@b.example\r\nSubject: =?utf-8?q?Gr=C3=A8ve?=\r\n"
    b"Date: Mon, 20 Apr 2031 06:30:00 +0200\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"Aucun bac.=20\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"PHA+YTwvcD4=\r\n--x--\r\n"
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
    b"WARC-Date: 2031-04-16T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 66\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nAucun bac ne part.\r\n\r\n\r\n"
)
RSS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>R</title><item><title>T</title>"
    b"<link>https://a.example/</link><pubDate>Wed, 16 Apr 2031 08:41:00 +0200</pubDate>"
    b"<source url='https://s.example'>S</source><description>Aucun bac.</description></item>"
    b"</channel></rss>"
)
NINJS = (
    b'{"uri":"x","headline":"T","by":"A","versioncreated":"2031-04-16","body_text":"Aucun bac."}'
)
SEEDS = (
    TEXT.encode(),
    TEXT.encode("utf-16"),
    ("---\ntitle: T\ndate: 2031-04-16\n---\n# T\n\n- a\n> b\n" + TEXT).encode(),
    MAIL,
    MAIL.replace(b"alternative", b"related"),
    WARC,
    gzip.compress(WARC),
    RSS,
    NINJS,
)
