"""The page's own words: both languages whole, numbers and days as they are written there."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any, get_args, get_type_hints

import pytest

from ondit.case.corrections import FIELDS
from ondit.case.dossier.wording import LANGUAGES, inline, told, wording, writable
from ondit.model import annotations, capture
from ondit.model.voices import Ground


def keys(lang: str) -> set[str]:
    source = files("ondit.case.dossier") / "templates" / f"{lang}.toml"

    def walk(table: dict[str, Any], path: str) -> set[str]:
        found: set[str] = set()
        for name, value in table.items():
            if isinstance(value, dict) and set(value) != {"one", "other"}:
                found |= walk(value, f"{path}{name}.")
            else:
                found.add(path + name)
        return found

    return walk(tomllib.loads(source.read_text("utf-8")), "")


def test_both_languages_say_the_same_things() -> None:
    assert keys("en") == keys("fr")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("status", get_args(annotations.Status)),
        ("meaning", get_args(annotations.Status)),
        ("kind", get_args(annotations.SourceKind)),
        ("one", get_args(annotations.SourceKind)),
        ("entity", get_args(annotations.MentionKind)),
        ("mode", get_args(annotations.AttributionKind)),
        ("act", get_args(annotations.Act)),
        ("stance", get_args(annotations.Stance)),
        ("certainty", get_args(annotations.Certainty)),
        ("basis", get_args(annotations.Basis)),
        ("time", get_args(annotations.TimeOfClaim)),
        ("ground", get_args(Ground)),
        ("verdict", get_args(capture.Verdict)),
        ("furniture", get_args(capture.FurnitureKind)),
        ("charset", get_args(get_type_hints(capture.Decision)["method"])),
        ("field", [field for fields in FIELDS.values() for field in fields]),
    ],
)
def test_every_value_of_a_closed_set_has_its_word(lang: str, table: str, values: Any) -> None:
    assert [value for value in values if f"{table}.{value}" not in keys(lang)] == []


def test_plurals_follow_the_language() -> None:
    assert wording("en")("count.reports", n=1) == "one report"
    assert wording("en")("count.reports", n=0) == "0 reports"
    assert wording("fr")("count.reports", n=0) == "0 article"
    assert wording("fr")("count.reports", n=1200) == "1\u202f200 articles"


@pytest.mark.parametrize(
    ("earliest", "latest", "english", "french"),
    [
        ("2031-03-04", "2031-03-04", "4 March 2031", "4 mars 2031"),
        ("2031-03-01", "2031-03-31", "March 2031", "mars 2031"),
        ("2031-12-01", "2031-12-31", "December 2031", "décembre 2031"),
        ("2031-01-01", "2031-12-31", "2031", "2031"),
        ("2031-01-01", "2032-12-31", "between 1 January 2031 and 31 December 2032", None),
        ("2031-03-04", "2031-03-09", "between 4 March 2031 and 9 March 2031", None),
        ("2031-03-04T22:00", "2031-03-04", "4 March 2031", "4 mars 2031"),
        ("2031-03-04", None, "from 4 March 2031 on", "à partir du 4 mars 2031"),
        (None, "2031-03-04", "until 4 March 2031", "jusqu’au 4 mars 2031"),
        (None, None, "not known", "inconnu"),
        ("soon", "later", "soon – later", "soon – later"),
    ],
)
def test_intervals_in_words(
    earliest: str | None, latest: str | None, english: str, french: str | None
) -> None:
    assert wording("en").interval(earliest, latest) == english
    if french:
        assert wording("fr").interval(earliest, latest) == french


def test_instants_keep_their_offset_and_odd_ones_stay_as_they_are() -> None:
    assert wording("en").moment("2031-03-04T08:15:00+02:00") == "4 March 2031, 08:15:00 UTC+02:00"
    assert wording("en").moment("2031-03-04") == "4 March 2031"
    assert wording("en").moment("some time ago") == "some time ago"


def test_captured_words_lose_line_ends_and_direction_controls_in_our_sentences() -> None:
    assert inline("a \u202en\tb\r\n c\u202c") == "a n b c"
    assert inline("one two three four", limit=12) == "one two…"
    assert inline("short", limit=12) == "short"


def test_what_no_page_can_hold_is_replaced() -> None:
    assert writable("a\0b\ud800c") == "a\ufffdb\ufffdc"


def test_a_language_the_page_is_not_written_in() -> None:
    with pytest.raises(ValueError, match="written in en, fr"):
        wording("tlh")


def test_a_decision_on_who_somebody_is_names_them() -> None:
    links = {"same_as": [{"name": "Ada Tarn"}], "not_same_as": [{"name": "Olo Tarn"}]}
    say = wording("en")
    assert told(links, say) == "the same as Ada Tarn, not the same as Olo Tarn"
    assert [told(value, say) for value in ({}, None, "denied")] == ["nothing", "nothing", "denied"]
