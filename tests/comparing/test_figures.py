"""Figures: what is counted, in two languages; measures in two units."""

import pytest

from ondit.comparing.facts import Fact
from ondit.comparing.figures import Figure, agree
from ondit.model import Claim, Span


def figure(exact: str, amount: float, kind: str = "count", unit: str | None = None) -> Figure:
    """Return the figure that a reading of `exact` would give."""
    span = Span(start=0, end=len(exact), exact=exact)
    claim = Claim(id="c-1", span=span, status="asserted")
    fact = Fact(report=0, claim=claim, sentence=0, words=frozenset(), quantities=())
    return Figure(fact, 0, span, low=amount, high=amount, kind=kind, unit=unit)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("31 rifles", "29 fusils", "weapon"),
        ("12 households", "15 foyers", "household"),
        ("900 ballot papers", "880 bulletins", "ballot"),
        ("54 canvases", "51 toiles", "work of art"),
    ],
)
def test_two_languages_count_one_thing(one, other, name):
    things = [figure(exact, 1).thing for exact in (one, other)]
    assert [thing.name for thing in things if thing is not None] == [name, name]


def test_an_unknown_noun_is_no_thing():
    assert figure("12 gribbles", 12).thing is None
    assert figure("12", 12).noun == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("62 kilomètres", 62, "length", "kilometre"), ("39 miles", 39, "length", "mile"), True),
        (("62 kilomètres", 62, "length", "kilometre"), ("62 miles", 62, "length", "mile"), False),
        (("2 hectares", 2, "area", "hectare"), ("5 acres", 5, "area", "acre"), True),
        (
            ("40 °C", 40, "temperature", "celsius"),
            ("104 °F", 104, "temperature", "fahrenheit"),
            True,
        ),
        (
            ("40 °C", 40, "temperature", "celsius"),
            ("90 °F", 90, "temperature", "fahrenheit"),
            False,
        ),
        (("2 heures", 2, "duration", "hour"), ("120 minutes", 120, "duration", "minute"), True),
        (("1 barrel", 1, "volume", "barrel"), ("159 litres", 159, "volume", "litre"), True),
        (("6 degrees", 6, "temperature", "degree"), ("6 miles", 6, "length", "mile"), True),
        (("3 euros", 3, "money", "EUR"), ("4 dollars", 4, "money", "USD"), True),
        (("3 euros", 3, "money", "EUR"), ("4 euros", 4, "money", "EUR"), False),
    ],
)
def test_measures_agree_where_one_is_the_other_converted(one, other, same):
    assert agree(figure(*one), figure(*other)) is same
    assert agree(figure(*other), figure(*one)) is same


def test_bounds_that_overlap_agree():
    wide = Figure(figure("more than 40", 40).fact, 0, figure("x", 1).span, 40, None, "count")
    assert agree(wide, figure("52", 52))
    assert wide.shown == "40.."
