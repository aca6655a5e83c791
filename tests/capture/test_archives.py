"""Letters, saved pages and web archives give their pages, and say where those stood."""

from __future__ import annotations

import gzip
import hashlib
from email.message import EmailMessage

import brotli
import pytest

from ondit.capture import Limits, report_from_bytes
from ondit.model import Report
from tests.capture.containers import PAGE, URL, letter, mhtml, revisit, wacz, warc


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def one(content: bytes, name: str) -> Report:
    (report,) = report_from_bytes(content, name=name)
    return report


def reasons(report: Report) -> str:
    return " ".join(f.reason for f in report.failures)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_saved_page_is_its_root_part(encoding: str) -> None:
    file = mhtml(encoding=encoding)
    report = one(file, "page.mhtml")
    direct = one(PAGE, "page.html")
    assert report.text == direct.text
    assert report.content == PAGE
    assert report.capture.sha256 == sha256(PAGE)
    assert report.capture.container == f"sha256:{sha256(file)}#part2"
    assert report.capture.url == URL
    assert report.capture.fetched_at == "2031-04-16T08:00:00Z"


def test_a_letter_tells_sender_subject_and_date() -> None:
    report = one(letter("Grève sur les ferries\n\nAucun bac ne circulait lundi matin.\n"), "a.eml")
    assert "Aucun bac ne circulait" in report.text
    assert report.capture.charset is not None
    assert report.capture.media_type == "text/plain"
    assert report.meta.title == "Grève sur les ferries"
    assert report.meta.outlet == "La Lettre du Port"
    assert report.meta.published.value == "2031-04-20T06:30:00+02:00"
    assert report.meta.published.latest == "2031-04-20"
    assert [b.kind for b in report.blocks] == ["headline", "paragraph"]


def test_a_letter_with_a_page_in_it_is_read_as_the_page() -> None:
    report = one(letter("voir la version HTML", html=PAGE.decode()), "a.eml")
    assert "Maude Orvel" in report.text
    assert report.capture.media_type == "text/html"


def test_attached_pages_are_not_the_letter() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@port.example", "Pièce jointe"
    message.set_content("Voici le rapport de la commission du port, comme promis.\n")
    message.add_attachment(PAGE, maintype="text", subtype="html", filename="rapport.html")
    assert "Voici le rapport" in one(message.as_bytes(), "a.eml").text


def test_a_letter_without_text_says_what_is_in_it() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@port.example", "Photo"
    message.set_content(b"\x89PNG", "image", "png")
    report = one(message.as_bytes(), "a.eml")
    assert report.failures[0].fatal
    assert "image/png" in reasons(report)


@pytest.mark.parametrize("gz", [True, False])
def test_warc_records_carry_offset_date_address_and_headers(gz: bool) -> None:
    file = warc(PAGE, PAGE.replace(b"Brane", b"Selva"), gz=gz)
    reports = report_from_bytes(file, name="a.warc")
    assert [r.capture.url for r in reports] == [f"{URL}/0", f"{URL}/1"]
    assert [r.capture.sha256 for r in reports] == [sha256(r.content) for r in reports]
    assert {r.capture.fetched_at for r in reports} == {"2031-04-16T08:00:00Z"}
    assert reports[0].capture.headers["content-type"] == "text/html; charset=utf-8"
    places = [(r.capture.container or "").split("#") for r in reports]
    assert {place[0] for place in places} == {f"sha256:{sha256(file)}"}
    offset = int(places[1][1])
    assert offset > 0
    record = gzip.decompress(file[offset:]) if gz else file[offset:]
    assert record.startswith(b"WARC/1.")
    assert f"{URL}/1".encode() in record


@pytest.mark.parametrize(
    ("coding", "payload"),
    [("gzip", gzip.compress(PAGE)), ("br", brotli.compress(PAGE))],
)
def test_encoded_records_are_decoded(coding: str, payload: bytes) -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", coding))
    report = one(warc(payload, headers=headers), "a.warc.gz")
    assert report.content == PAGE


def test_revisits_other_types_and_errors_are_passed_over_and_told() -> None:
    file = (
        warc(PAGE)
        + revisit()
        + warc(b"{}", headers=(("Content-Type", "application/json"),))
        + warc(PAGE, status="404 Not Found")
    )
    report = one(file, "a.warc.gz")
    assert report.text
    assert "1 revisit records" in reasons(report)
    assert "2 records that are no page" in reasons(report)
    assert not any(f.fatal for f in report.failures)


def test_a_warc_without_a_page_is_a_failure() -> None:
    report = one(revisit(), "a.warc.gz")
    assert report.failures[0].fatal
    assert "no page" in reasons(report)


def test_a_cut_warc_keeps_what_was_whole() -> None:
    whole = warc(PAGE, PAGE)
    cut = whole[: len(whole) - 200]
    first, second = report_from_bytes(cut, name="a.warc.gz")
    assert first.text
    assert "cut short" in reasons(second)


def test_wacz_members_are_named_in_the_container() -> None:
    file = wacz({"archive/data.warc.gz": warc(PAGE), "pages/pages.jsonl": b"{}"})
    report = one(file, "a.wacz")
    assert report.content == PAGE
    assert report.capture.container == f"sha256:{sha256(file)}#archive/data.warc.gz@0"


def test_names_in_a_wacz_do_no_harm(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = one(wacz({"../../evil.warc.gz": warc(PAGE), "/etc/evil.warc": b""}), "a.wacz")
    assert report.content == PAGE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (wacz({"readme.txt": b"x"}), "no WARC file in it"),
        (wacz({"archive/a.warc": bytes(50_000_000)}), "times its size"),
        (b"PK\x03\x04" + bytes(100), "cannot be read"),
        (wacz({f"{n}.warc": b"" for n in range(30)}), "30 members"),
    ],
)
def test_bad_zips_fail_clearly(file: bytes, why: str) -> None:
    (report,) = report_from_bytes(file, name="a.wacz", limits=Limits(max_archive_members=20))
    assert report.failures[0].fatal
    assert why in reasons(report)
