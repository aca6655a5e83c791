"""Days of publication: stated ones with their places, bounds, conflicts, and never today."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.publication import normal, published
from ondit.model import Candidate, Published
from tests.capture.saved_pages import read

TITLE = "Le bac reste à quai à Brane"
BODY = (
    "<article><h1>Le bac reste à quai à Brane</h1>{}" + "<p>" + "Le bac reste à quai, dit-on. " * 12
)


def day(head: str = "", line: str = "", **known: str) -> Published:
    page = f"<!doctype html><html lang=fr><head><title>{TITLE}</title>{head}</head>"
    return read((page + BODY.format(line)).encode(), **known).meta.published


def ld(value: str) -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"'
        f'{value}"}}</script>'
    )


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        (ld("2024-03-12T10:04:00+01:00"), "", "2024-03-12T10:04:00+01:00"),
        ("<meta name=pubdate content='2024-03-12T10:04:00.123Z'>", "", "2024-03-12T10:04:00Z"),
        ("<meta name=dc.date content=2024-03-12>", "", "2024-03-12"),
        ("", "<time datetime='2024-03-12T10:04'>hier</time>", "2024-03-12T10:04"),
        ("", "<abbr class=published title='2024-03-12'>hier</abbr>", "2024-03-12"),
        ("", "<p>Publié le 12 mars 2024 à 10h04</p>", "2024-03-12T10:04"),
        ("", "<p>Publié le 12/03/2024</p>", "2024-03-12"),
        ("<meta name=date content='Tue, 12 Mar 2024 10:04:00 +0100'>", "", "2024-03-12T09:04:00Z"),
    ],
)  # fmt: skip
def test_a_stated_day_is_the_value(head: str, line: str, expected: str) -> None:
    found = day(head, line)
    assert found.value == expected
    assert found.earliest == found.latest == expected[:10]
    assert not found.conflict
    assert [c.value for c in found.evidence if c.chosen] == [expected]


def test_an_unknown_day_stays_unknown() -> None:
    today = datetime.now(tz=UTC).date().isoformat()
    found = day()
    assert (found.value, found.earliest, found.latest) == (None, None, None)
    assert today not in str(found)


def test_the_fetching_bounds_the_day_and_is_no_value() -> None:
    found = day(fetched_at="2024-05-01T08:00:00Z")
    assert (found.value, found.earliest, found.latest) == (None, None, "2024-05-01")
    assert [c.source for c in found.evidence] == ["capture:fetched_at"]


def test_the_address_names_a_day() -> None:
    assert day(url="https://a.example/2024/03/12/bac").value == "2024-03-12"
    assert day(url="https://a.example/bac-20240312.html").value == "2024-03-12"
    assert day(url="https://a.example/a/20241399/x").value is None


def test_candidates_of_two_days_are_a_conflict() -> None:
    found = day(ld("2024-03-12T10:04:00+01:00"), "<p>Publié le 15 mars 2024</p>")
    assert found.conflict
    assert found.value == "2024-03-12T10:04:00+01:00"
    assert (found.earliest, found.latest) == ("2024-03-12", "2024-03-15")


def test_one_moment_in_two_zones_is_no_conflict_and_the_place_goes_before_utc() -> None:
    head = ld("2024-03-12T23:30:00Z")
    found = day(head, "<time datetime='2024-03-13T00:30:00+01:00'>hier</time>")
    assert not found.conflict
    assert found.value == "2024-03-13T00:30:00+01:00"


def test_a_modified_day_is_not_the_day_of_publication() -> None:
    line = (
        "<p>Publié le <time datetime=2024-03-12>12 mars</time> - mis à jour le "
        "<time datetime=2024-03-15>15 mars</time></p>"
    )
    page = f"<!doctype html><html lang=fr><title>{TITLE}</title>" + BODY.format(line)
    meta = read(page.encode()).meta
    assert (meta.published.value, meta.modified) == ("2024-03-12", "2024-03-15")
    assert not meta.published.conflict


def test_days_of_other_articles_are_not_taken() -> None:
    line = "<aside class=related><time datetime=2020-01-02>2 janvier</time> Ailleurs</aside>"
    assert day("", line).value is None


@pytest.mark.parametrize(
    "value", ["", "hier", "0001-01-01", "1970-01-01", "2024-13-45", "9999-01-01"]
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert normal(value) is None


def test_figures_in_english_are_ambiguous() -> None:
    assert normal("03/04/2024", language="en") is None
    assert normal("03/04/2024", language="fr") == "2024-04-03"


@given(st.lists(st.dates().map(lambda d: d.isoformat()), min_size=1, max_size=5))
def test_bounds_hold_the_value(days: list[str]) -> None:
    found = published(Candidate(field="published", value=d, source="x") for d in days)
    assert found.value == days[0]
    assert found.earliest == min(days)
    assert found.latest == max(days)
    assert found.conflict == (len(set(days)) > 1)
