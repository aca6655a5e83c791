"""Options: what a person says about inputs, and what they said before."""

import pytest

from ondit.case.options import AS_FOUND, Options, merge


@pytest.mark.parametrize("day", ["2031-13-01", "yesterday", "", "04/03/2031"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match="is no day of publication; write year-month-day"):
        Options(published=day)


def test_an_instant_is_a_day_too() -> None:
    assert Options(published="2031-03-04T10:00:00Z").published == "2031-03-04T10:00:00Z"


def test_what_was_once_said_is_kept_until_something_else_is_said() -> None:
    stored = Options(published="2031-03-04", language="fr")
    assert merge(stored, AS_FOUND) == stored
    assert merge(stored, Options(published="2031-03-05")).published == "2031-03-05"


def test_a_preset_is_kept_until_somebody_names_another():
    stored = Options(preset="precision")
    assert merge(stored, AS_FOUND) == stored
    assert merge(stored, Options(preset="balanced")).preset == "balanced"
