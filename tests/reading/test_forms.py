"""Forms: words, slots, what may be missing, what must stand behind."""

import re

import pytest

from ondit.model import PackError
from ondit.reading.forms import Slot, opening, openings, slots, source

CLASSES = {"n": r"\d+", "unit": "(?:days|weeks)"}


def matched(form, string):
    match = re.match(source(form, CLASSES), string)
    return match[0] if match else None


@pytest.mark.parametrize(
    ("form", "string", "wanted"),
    [
        ("[the ]{n} {unit}", "the 3 days", "the 3 days"),
        ("[the ]{n} {unit}", "3  weeks later", "3  weeks"),
        ("(last|next) {unit}", "next weeks", "next weeks"),
        ("{n}> to {other=n} {unit}", "3 to 5 days", "3"),
        ("{n}> to {other=n} {unit}", "3 or 5 days", None),
        ("{n} {unit}", "3 daystar", None),
        ("a.m.", "a.m. ", "a.m."),
    ],
)
def test_a_form_matches_whole_words(form, string, wanted):
    assert matched(form, string) == wanted


def test_slots_are_named_with_their_class():
    assert slots("{n} or {other=n}") == (Slot("s0", "n", "n"), Slot("s7", "other", "n"))


def test_an_unknown_class_is_refused():
    with pytest.raises(PackError, match="slot 'month'"):
        source("{month}", CLASSES)


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("[the ]{n} days", {"the", "0"}),
        ("(a|[b ]c) d", {"a", "b", "c"}),
        ("[a][b]c", {"a", "b", "c"}),
        ("'{n}", {"'"}),
        ("{n}> and x", {"0"}),
    ],
)
def test_the_openings_of_a_form(form, wanted):
    assert openings(form, {"n": frozenset({"0"})}) == wanted


def test_a_digit_opens_under_one_key():
    assert [opening(w) for w in ("12th", "l'an", "'98")] == ["0", "l", "'"]
