"""The dossier as HTML: what it says, what it must never let through."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.case.dossier import render_dossier, write_dossier
from ondit.case.dossier.filed import file
from ondit.case.dossier.notes import byte_range, notes
from ondit.case.dossier.page import assemble, web
from ondit.case.dossier.people import Directory
from ondit.case.dossier.timeline import Relative, timeline
from ondit.case.dossier.wording import writable
from ondit.model import Block, Capture, Claim, Furniture, Record, Segment, cut, digest, identify
from tests.case import dossier_samples as samples

AT = "2031-03-08T09:30:00+00:00"


def page(*records: Record, **more: Any) -> str:
    return render_dossier(records, title="The wall", generated_at=AT, **more)


class Reader(HTMLParser):
    """Collects the reports' texts without what the page adds, and all elements met."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.depth = 0
        self.added = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and what of the page's own it opens."""
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag == "div" and (self.depth or attributes.get("class") == "text"):
            self.depth += 1
            if self.depth == 1:
                self.texts.append("")
        if self.depth and tag in ("a", "summary"):
            self.added += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave a text, or what the page added to it."""
        if self.depth and tag == "div":
            self.depth -= 1
        if self.depth and tag in ("a", "summary"):
            self.added -= 1

    def handle_data(self, data: str) -> None:
        """Keep captured characters."""
        if self.depth and not self.added:
            self.texts[-1] += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements that bear these."""
        return [
            found
            for name, found in self.elements
            if name == tag and attributes.items() <= found.items()
        ]


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
    ends = st.integers(0, len(text))

    def spans(most: int) -> list[Any]:
        pairs = draw(st.lists(st.tuples(ends, ends).filter(lambda p: p[0] != p[1]), max_size=most))
        return [cut(text, min(pair), max(pair)) for pair in pairs]

    key = digest(text.encode("utf-8", "surrogatepass"))
    claims = tuple(
        Claim(id=identify("c", key, [span], str(number)), span=span, status="hedged")
        for number, span in enumerate(spans(5))
    )
    furniture = tuple(Furniture(span=span, kind="share", rule="test") for span in spans(2))
    borders = sorted(draw(st.sets(ends, max_size=4)))
    blocks = tuple(Block(start=a, end=b) for a, b in zip(borders[::2], borders[1::2], strict=False))
    return Record(input="x", capture=Capture(sha256=key, bytes=len(text)), text=text,
                  claims=claims, furniture=furniture, blocks=blocks)  # fmt: skip


@given(records())
def test_the_text_on_the_page_is_the_captured_text(record: Record) -> None:
    reader = Reader(page(record))
    assert reader.texts == [writable(record.text)]
    assert len(reader.all("li", **{"class": "note s-hedged"})) == len(record.claims)


def test_each_claim_has_a_number_in_the_text_a_note_and_a_row() -> None:
    record = samples.engineer()
    reader = Reader(page(record))
    for number in range(1, len(record.claims) + 1):
        assert len([1 for _, a in reader.elements if a.get("id") == f"r1n{number}"]) == 1
        assert len([1 for _, a in reader.elements if a.get("id") == f"r1c{number}"]) == 1
        leading = reader.all("a", href=f"#r1c{number}")
        assert len(leading) >= 2


def test_every_link_inside_the_page_leads_somewhere_and_no_id_is_given_twice() -> None:
    reader = Reader(page(*samples.case(), decisions=samples.decisions()))
    ids = [a["id"] for _, a in reader.elements if "id" in a]
    assert len(ids) == len(set(ids))
    led = {a["href"] for a in reader.all("a") if (a.get("href") or "").startswith("#")}
    assert {link[1:] for link in led if link} - set(ids) == set()
    pointed = {i for _, a in reader.elements for i in (a.get("aria-labelledby") or "").split()}
    assert pointed - set(ids) == set()


def test_a_discontinuous_claim_is_one_note_and_both_its_parts_are_marked() -> None:
    filed = file([samples.engineer()])[0]
    note = next(n for n in notes(filed, {}) if len(n.words) == 2)
    assert note.words == ("The alarm went off in February", "and again in March")
    marked = [a for a in Reader(page(filed.record)).all("span") if a.get("data-c")]
    assert len([a for a in marked if str(note.number) in (a["data-c"] or "").split()]) >= 2


def test_words_shared_with_a_doubtful_claim_do_not_look_asserted() -> None:
    text = "It is said that the tall ship sank."
    key = digest(text.encode())
    spans = {"hedged": cut(text, 16, 34), "asserted": cut(text, 16, 29)}
    claims = tuple(
        Claim(id=identify("c", key, [span]), span=span, status=status)  # type: ignore[arg-type] # literals
        for status, span in spans.items()
    )
    record = Record(input="x", capture=Capture(sha256=key, bytes=35), text=text, claims=claims)
    looks = {a["data-c"]: a["class"] for a in Reader(page(record)).all("span") if a.get("data-c")}
    assert looks == {"2 1": "m s-hedged o", "2": "m s-hedged"}


def test_a_person_whose_description_is_the_name_is_described_once() -> None:
    sample = samples.Sample("The harbour cook spoke.", name="x")
    sample.entity("The harbour cook", "person", "role_person", description="the harbour cook")
    html = page(sample.done())
    assert "the harbour cook</q>" not in html


def test_the_summary_says_on_whom_the_claims_rest() -> None:
    html = page(samples.engineer(), samples.dispatch())
    assert "21 claims were read in 2 reports. 4 of 21 stand in the reports’ own words." in html
    assert ("6 of 17 attributed claims rest on one anonymous person, “a former engineer of Selvane "
            "Lines” (report 1, The Harbour Gazette).") in html  # fmt: skip
    assert "6 of 12 attributed claims of The Harbour Gazette rest on one anonymous person" in html
    assert "8 of 17 attributed claims rest on somebody whose name is withheld" in html


def test_a_source_that_carries_less_than_half_of_a_report_is_no_warning() -> None:
    assert "Resting on a single source" not in page(samples.dispatch())


def test_an_empty_case_is_a_page_that_says_so() -> None:
    html = page()
    assert "No claim was read." in html
    assert Reader(html).all("article") == []


def test_a_report_that_could_not_be_read_is_listed_with_the_reason() -> None:
    html = page(samples.unread())
    assert "This report could not be read: capture (these bytes are no page)" in html
    assert "One report could not be read" in html


def test_the_chain_is_shown_outermost_first_with_kinds_cues_and_withheld_names() -> None:
    html = page(samples.engineer())
    note = html[html.index("the captain may have tried to reverse the engines</blockquote>") :]
    note = note[: note.index("</li>\n<li") if "</li>\n<li" in note else None]
    order = [
        note.index(words) for words in ("The Harbour Gazette", "quoted by", "A sailor", "believes")
    ]
    assert order == sorted(order)
    assert "hedge.may" in note
    assert "from hearsay" in note
    assert "name withheld: <q>asked not to be named</q>" in html


def test_dates_stated_conflicting_and_unstated() -> None:
    html = page(samples.engineer(), samples.dispatch())
    assert "<dd>not stated</dd>" in html
    assert '4 March 2031 <strong class="conflict">the page names different days</strong>' in html
    assert "2031-03-05</bdi> <code>http:last-modified</code> a day later" in html


def test_decisions_of_people_are_shown_where_they_were_taken_and_lost_ones_apart() -> None:
    taken, lost = samples.decisions()
    html = page(samples.engineer(), decisions=(taken, lost))
    at = html.index("Decided by ana, 7 March 2031:")
    assert html.rindex('<li class="note', 0, at) == html.rindex('<li class="note s-hedged', 0, at)
    assert "status is “hedged”, was “asserted”." in html
    assert html.index("Decisions whose claim is no longer found") < html.index("Decided by noé")


def test_timeline_puts_days_in_order_and_unstated_ones_apart() -> None:
    articles, _ = assemble(file([samples.engineer(), samples.dispatch()]))
    found = timeline(articles)
    assert [moment.earliest for moment in found.moments] == [
        "2024-11-01",
        "2031-03-03",
        "2031-03-04",
    ]
    november, monday, published = found.moments
    assert november.bar is not None
    assert not november.bar.point
    assert monday.bar is not None
    assert monday.bar.point
    assert [article.filed.number for article in published.published] == [2]
    assert [relative.words for relative in found.relative] == [
        "in February",
        "last night",
        "next week",
    ]
    assert {relative.anchor for relative in found.relative} == {"publication"}


@pytest.mark.parametrize(
    ("symbolic", "anchor"), [("DCT-1W", "publication"), ("SPEECH+2W", "speech"), ("E1+1D", "other")]
)
def test_what_relative_words_count_from(symbolic: str, anchor: str) -> None:
    assert Relative("words", symbolic).anchor == anchor


def test_one_name_in_two_reports_is_one_entry_and_unnamed_people_stay_apart() -> None:
    twice = samples.dispatch()
    directory = Directory(file([samples.engineer(), twice, twice]))
    names = [person.name for person in directory.people]
    assert names.count("Hadrien Maugrel") == 1
    assert names.count("une source proche de l’enquête") == 2


def test_bytes_are_exact_where_they_can_be_counted_and_bounds_elsewhere() -> None:
    text = "é a — b"
    span = cut(text, 2, 3)
    whole = cut(text, 0, len(text))
    counted = Segment(span=whole, byte_start=10, byte_end=10 + len(text.encode()))
    folded = Segment(span=whole, byte_start=10, byte_end=99)
    exact = byte_range([span], [counted], "utf-8")
    bounds = byte_range([span], [folded], "utf-8")
    assert exact is not None
    assert (exact.start, exact.end, exact.exact) == (13, 14, True)
    assert bounds is not None
    assert (bounds.start, bounds.end, bounds.exact) == (10, 99, False)
    assert byte_range([span], [], "utf-8") is None
    unknown = byte_range([span], [counted], "no-such-charset")
    assert unknown is not None
    assert not unknown.exact


def test_hostile_text_makes_no_element_of_its_own() -> None:
    tame, hostile = Reader(page(samples.engineer())), Reader(page(samples.hostile()))
    assert [a for _, a in hostile.elements if any(name.startswith("on") for name in a)] == []
    assert hostile.all("img") == []
    assert len(hostile.all("script")) == len(tame.all("script")) == 2
    assert hostile.texts == [samples.HOSTILE]
    assert {
        a.get("href") for a in hostile.all("a") if "javascript" in (a.get("href") or "")
    } == set()


def test_hidden_characters_are_pointed_at() -> None:
    html = page(samples.hostile())
    assert "This text holds 3 characters that hide from the eye" in html
    assert re.findall(r'data-u="(U\+\w+)"', html) == ["U+202E", "U+202C", "U+200B"]


def test_templates_in_captured_text_are_text() -> None:
    assert "{{ 7 * 7 }} {% raw %} ${1}" in page(samples.hostile())


def test_the_policy_names_the_style_and_script_of_the_page() -> None:
    html = page(samples.engineer())
    policy = (
        Reader(html).all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"] or ""
    )
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert inside is not None
        hashed = b64encode(sha256(inside[1].encode()).digest()).decode()
        assert f"{directive} 'sha256-{hashed}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "style=" not in html


def test_linked_data_can_be_read_back_whatever_the_text_holds() -> None:
    html = page(*samples.case())
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert block is not None
    assert not set("<>&\u2028\u2029") & set(block[1])
    graph = json.loads(block[1])["@graph"]
    kinds = [node["@type"] for node in graph]
    assert kinds.count("NewsArticle") == 4
    claim = next(node for node in graph if node.get("text", "").startswith("The alarm"))
    assert claim["@type"] == ["Claim", "Quotation"]
    assert claim["author"] == {"@type": "Person", "name": "a former engineer of Selvane Lines"}
    hostile = next(node for node in graph if node["@id"] == "#r3")
    assert hostile["headline"] == samples.hostile().meta.title
    assert "datePublished" not in hostile


@pytest.mark.parametrize(
    ("url", "followed"),
    [("https://a.example/x", True), ("HTTP://a.example", True), ("javascript:alert(1)", False),
     ("data:text/html,x", False), ("file:///etc", False), (" https://[", False), (None, False)],
)  # fmt: skip
def test_only_web_addresses_can_be_followed(url: str | None, followed: bool) -> None:
    assert web(url) is followed


def test_links_out_do_not_tell_where_they_come_from() -> None:
    out = [
        a for a in Reader(page(samples.engineer())).all("a") if (a["href"] or "").startswith("http")
    ]
    assert [a["rel"] for a in out] == ["noreferrer noopener nofollow"]


def test_the_page_speaks_french_and_reports_keep_their_language() -> None:
    html = page(samples.engineer(), samples.dispatch(), lang="fr")
    reader = Reader(html)
    assert reader.elements[0] == ("html", {"lang": "fr"})
    assert "21 affirmations ont été relevées dans 2 articles." in html
    assert [a.get("lang") for a in reader.all("div") if a.get("class") == "text"] == ["en", None]


def test_the_page_never_vouches() -> None:
    words = re.sub(r"<[^>]+>", " ", page(samples.engineer(), samples.dispatch())).lower()
    assert "reported by" in words
    assert re.findall(r"\b(?:verified|proven|confirmed as true|is true)\b", words) == ["is true"]
    assert "it does not say what is true" in words


def test_what_is_written_is_what_is_rendered(tmp_path: Path) -> None:
    options: dict[str, Any] = {"title": "The wall", "generated_at": AT, "log_head": "ab" * 32}
    path = write_dossier([samples.hostile()], out=tmp_path / "d.html", **options)
    assert path == tmp_path / "d.html"
    assert path.read_bytes().decode() == render_dossier([samples.hostile()], **options)
    assert "ab" * 32 in path.read_text("utf-8")
    assert b"\r" not in path.read_bytes()


def test_a_title_that_attacks_is_a_title() -> None:
    html = render_dossier([], title="</title><script>x</script>\ud800", generated_at=AT)
    assert "&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;\ufffd" in html


def test_a_page_of_many_claims_stays_light() -> None:
    record = samples.engineer()
    one = len(page(record).encode())
    ten = len(page(*[record] * 10).encode())
    per_claim = (ten - one) / (9 * len(record.claims))
    assert per_claim < 2400
