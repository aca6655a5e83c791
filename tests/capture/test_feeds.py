"""Feed entries and ninjs items become reports with what the feed says beside them."""

from __future__ import annotations

import msgspec
import pytest

from ondit.capture import report_from_bytes
from tests.capture.containers import PAGE

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Revue du littoral</title>
<item><title>Le bac reprend la mer</title><link>https://courrier.example/bac</link>
  <dc:creator>Apolline Ferrand</dc:creator>
  <pubDate>Wed, 16 Apr 2031 08:41:00 +0200</pubDate>
  <source url="https://courrier.example/rss">Courrier des Ormelles</source>
  <description>Court résumé.</description>
  <content:encoded><![CDATA[<p>Le bac de Brane a repris la mer samedi matin, a annoncé
  l’autorité du port dans un communiqué publié à midi.</p>
  <p>« Tout a été vérifié deux fois », a déclaré la directrice, Maude Orvel.</p>]]>
  </content:encoded>
</item>
<item><title>Marée haute</title>
  <description>La marée montera à neuf mètres vendredi.</description></item>
<item></item>
</channel></rss>""".encode()


def test_rss_entries_are_reports() -> None:
    full, short, empty = report_from_bytes(RSS, name="feed.xml")
    assert "Maude Orvel" in full.text
    assert full.content.startswith(b"<p>Le bac")
    assert full.meta.title == "Le bac reprend la mer"
    assert full.meta.byline == "Apolline Ferrand"
    assert full.meta.published.value == "2031-04-16T06:41:00Z"
    assert full.capture.url == "https://courrier.example/bac"
    assert short.text == "La marée montera à neuf mètres vendredi."
    assert short.failures[0].reason == "the feed gives only the entry's summary"
    assert empty.failures[0].fatal


def test_the_source_of_an_entry_is_its_publisher_not_the_feed() -> None:
    full, short, _ = report_from_bytes(RSS, name="feed.xml")
    assert (full.meta.outlet, full.meta.publisher) == ("Courrier des Ormelles",) * 2
    assert "Revue du littoral" in {c.value for c in full.meta.candidates if not c.chosen}
    assert short.meta.outlet == "Revue du littoral"
    assert short.meta.publisher is None


def test_entries_stand_in_their_feed() -> None:
    containers = [r.capture.container or "" for r in report_from_bytes(RSS, name="feed.xml")]
    assert [c.split("#")[1] for c in containers] == ["entry0", "entry1", "entry2"]


def test_atom() -> None:
    atom = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
    <title>Marlow Weekly</title>
    <entry><title>Strike ends</title><id>urn:x</id><updated>2031-05-03T10:04:00Z</updated>
    <published>2031-05-03T08:00:00Z</published><author><name>Jane Abernathy</name></author>
    <content type="html">&lt;p&gt;Dockers in Marlow went back to work on Saturday after the port
    agreed to raise the night rate, both sides said.&lt;/p&gt;</content></entry></feed>"""
    (report,) = report_from_bytes(atom, name="feed.atom")
    assert "Dockers in Marlow" in report.text
    assert report.meta.published.value == "2031-05-03T08:00:00Z"
    assert report.meta.modified == "2031-05-03T10:04:00Z"
    assert report.meta.byline == "Jane Abernathy"


@pytest.mark.parametrize(
    "content", [b"<?xml version='1.0'?><rss><channel/></rss>", b"<?xml version='1.0'?><other/>"]
)
def test_xml_without_entries_fails(content: bytes) -> None:
    (report,) = report_from_bytes(content, name="feed.xml")
    assert report.failures[0].fatal
    assert "no feed entry" in report.failures[0].reason


def ninjs_1() -> dict[str, object]:
    return {
        "uri": "https://littoral.example/item/1",
        "headline": "Le bac reprend la mer",
        "by": "Apolline Ferrand",
        "provider": "Agence Littoral",
        "versioncreated": "2031-04-16T08:41:00+02:00",
        "language": "fr",
        "body_html": PAGE.decode(),
    }


def ninjs_2() -> dict[str, object]:
    return {
        "uri": "urn:item:2",
        "headlines": [{"role": "main", "value": "Le bac reprend la mer"}],
        "by": "Apolline Ferrand",
        "provider": {"name": "Agence Littoral"},
        "versioncreated": "2031-04-16T08:41:00+02:00",
        "bodies": [{"contenttype": "text/plain", "value": "Le bac de Brane a repris la mer."}],
    }


@pytest.mark.parametrize("item", [ninjs_1(), ninjs_2()])
def test_ninjs_items(item: dict[str, object]) -> None:
    (report,) = report_from_bytes(msgspec.json.encode(item), name="item.json")
    assert "repris la mer" in report.text
    assert report.meta.byline == "Apolline Ferrand"
    assert report.meta.publisher == "Agence Littoral"
    assert report.meta.published.value == "2031-04-16T08:41:00+02:00"


def test_ninjs_lists() -> None:
    content = msgspec.json.encode({"items": [ninjs_2(), ninjs_2()]})
    assert len(report_from_bytes(content, name="items.json")) == 2


@pytest.mark.parametrize(
    ("content", "why"), [(b'{"a": 1}', "no ninjs item"), (b'{"a": ', "cannot be read")]
)
def test_other_json_fails(content: bytes, why: str) -> None:
    (report,) = report_from_bytes(content, name="a.json")
    assert report.failures[0].fatal
    assert why in report.failures[0].reason
