"""Days read from lines, and days that no line states."""

from __future__ import annotations

import pytest

from ondit.capture.dateline import months, read_date


@pytest.mark.parametrize(
    ("line", "language", "value"),
    [
        ("Publié le 12 mars 2031 à 10h04", "fr", "2031-03-12T10:04"),
        ("le 1er août 2031", "fr", "2031-08-01"),
        ("Updated 3 May 2031 at 10:04", "en", "2031-05-03T10:04"),
        ("Published March 12, 2031 at 9.15 p.m.", "en", "2031-03-12T21:15"),
        ("4. Februar 2031, 17:32 Uhr", "de", "2031-02-04T17:32"),
        ("9 de agosto de 2031", "es", "2031-08-09"),
        ("5 апреля 2031, 12:40", "ru", "2031-04-05T12:40"),
        ("7 травня 2031 о 09:15", "uk", "2031-05-07T09:15"),
        ("18 مارس 2031", "ar", "2031-03-18"),
        ("2031-03-12T10:04:05+02:00", None, "2031-03-12T10:04:05+02:00"),
        ("12.03.2031", None, "2031-03-12"),
        ("12/03/2031", "fr", "2031-03-12"),
        ("25/03/2031", "en", "2031-03-25"),
        ("03/25/2031", "en", "2031-03-25"),
        ("04/04/2031", None, "2031-04-04"),
    ],
)
def test_dates(line: str, language: str | None, value: str) -> None:
    found = read_date(line, language=language)
    assert found is not None
    assert found.value == value
    assert found.day == value[:10]


@pytest.mark.parametrize("language", ["en", None])
def test_an_ambiguous_date_has_no_value(language: str | None) -> None:
    found = read_date("03/04/2031", language=language)
    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    "line", ["32 mars 2031", "30 février 2031", "mars 2031", "le 12 mars", "1.2.3"]
)
def test_no_date(line: str) -> None:
    assert read_date(line) is None


def test_months_are_known_in_all_lists_languages() -> None:
    assert {months()[name] for name in ("mars", "march", "märz", "marzo", "марта", "مارس")} == {3}
