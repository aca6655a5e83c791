"""Times: every example of the packs, the traps, anchors known and unknown."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import available, load_pack
from ondit.model import Capture, Quotation, Record, Text, Timex
from ondit.reading import timex
from ondit.reading.dates import Partial, days, feast, same_day, step
from ondit.reading.timex import TimexTable
from tests.marked import blocks_of, marked

FORMS = [(tag, f) for tag in available() for f in load_pack(tag).table("timex", TimexTable).form]
EXAMPLES = [(tag, f.rule, e) for tag, f in FORMS for e in f.examples]
NOT_EXAMPLES = [(tag, f.rule, e) for tag, f in FORMS for e in f.not_examples]


def read(string: str, language: str, published: str | None = "2021-03-17") -> list[Timex]:
    """Return the times of `string`; quotations are found by their curly marks or guillemets."""
    blocks = blocks_of(string)
    text = Text(
        string=string,
        language=language,
        blocks=blocks,
        sentences=tuple((b.start, b.end) for b in blocks),
        key="test",
        published=published,
    )
    quotes = tuple(
        Quotation(
            id="q", span=text.span(start, string.index(close, start) + 1), closed=True, rule="t"
        )
        for opening, close in ("“”", "«»")
        for start in [string.find(opening)]
        if start >= 0
    )
    record = Record(
        input="t",
        capture=Capture(sha256="0", bytes=0, media_type="text/plain"),
        text=string,
        quotations=quotes,
    )
    return list(timex.find(text, record, load_pack(language)))


@pytest.mark.parametrize(("tag", "rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "text", v))
def test_an_example_gives_its_value(tag, rule, example):
    expected = marked(example.text)
    found = read(expected.text, tag, example.published or None)
    hits = [t for t in found if t.span.exact in expected.of("x") and t.rule == f"timex.{rule}"]
    assert [(t.value, t.symbolic) for t in hits] == [(example.value, example.symbolic)], found


@pytest.mark.parametrize(("tag", "rule", "sentence"), NOT_EXAMPLES)
def test_a_counter_example_is_not_found_by_its_rule(tag, rule, sentence):
    assert f"timex.{rule}" not in [t.rule for t in read(sentence, tag)]


@pytest.mark.parametrize(
    "sentence",
    [
        "La milice a fermé plus de 70 bureaux.",
        "Il a 80 000 lampes sur 300 000.",
        "Le pont de 12 milles relie les deux rives.",
        "Le Premier ministre a été réélu.",
        "Sa sœur a été vue au port.",
        "Le pont de 3,3 milliards de livres.",
        "Deux marins et leurs deux frères.",
        "Il vise la planète Mars.",
    ],
)
def test_what_only_looks_like_a_time_in_french(sentence):
    assert read(sentence, "fr") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "More than 70 offices burned.",
        "It may march on.",
        "They hold 300 of 2,400 lamps.",
        "The sun will spring up.",
    ],
)
def test_what_only_looks_like_a_time_in_english(sentence):
    assert read(sentence, "en") == []


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_typographic_apostrophes_and_spaces(space):
    (found,) = read(f"Fermé aujourd’hui{space}!", "fr")
    assert (found.span.exact, found.value) == ("aujourd’hui", "2021-03-17")


def test_without_a_day_of_publication_the_value_stays_open():
    (found,) = read("Le quai a brûlé la semaine dernière.", "fr", published=None)
    assert (found.value, found.symbolic) == (None, "DCT-1W")
    assert (found.earliest, found.latest) == (None, None)


def test_an_explicit_year_is_bounded_without_an_anchor():
    (found,) = read("Ouvert en 2017, le pont tient.", "fr", published=None)
    assert (found.earliest, found.latest, found.symbolic) == ("2017-01-01", "2017-12-31", None)


def test_a_week_is_bounded_by_its_days():
    (found,) = read("Le quai a brûlé la semaine dernière.", "fr")
    assert (found.value, found.earliest, found.latest) == ("2021-W10", "2021-03-08", "2021-03-14")


def test_in_a_quotation_the_anchor_is_the_day_of_speech():
    (found,) = read("Elle a dit : « Le bac repart demain. »", "fr")
    assert found.symbolic == "SPEECH+1D"
    assert found.value == "2021-03-18"
    assert found.rule.endswith(".speech")


def test_the_tense_tells_which_july():
    (ahead,) = read("Le pont ne sera réparé qu’en juillet.", "fr", "2022-10-16")
    (behind,) = read("Le pont a été réparé en juillet.", "fr", "2022-10-16")
    assert (ahead.value, behind.value) == ("2023-07", "2022-07")


def test_the_hour_of_publication_may_be_given():
    (found,) = read("The bridge closes today.", "en", "2021-03-17T14:57:00")
    assert found.value == "2021-03-17"


@given(st.text(alphabet="le lundi 12 mars 2020 à 18 h 30, hier soir. ’\u00a0\n", max_size=80))
def test_any_text_is_read_and_spans_do_not_overlap(string):
    found = read(string, "fr")
    assert all(t.span.holds(string) for t in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(
    st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["D", "W", "M", "Q", "H", "Y"])
)
def test_a_step_of_nothing_holds_the_day(day, unit):
    first, last = days(step(day, unit, 0)) or pytest.fail("no days")
    assert first <= day <= last


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("196X", "1960-01-01", "1969-12-31"),
        ("17", "1700-01-01", "1799-12-31"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
        ("2020-WI", "2020-12-01", "2021-02-28"),
        ("2021-W10-WE", "2021-03-13", "2021-03-14"),
        ("2021-03-16TEV", "2021-03-16", "2021-03-16"),
    ],
)
def test_the_days_of_a_value(value, first, last):
    assert days(value) == (date.fromisoformat(first), date.fromisoformat(last))


def test_what_covers_no_days():
    assert days("P3Y") is None
    assert days("2021-06-31") is None


def test_the_same_day_of_a_shorter_month():
    assert same_day(date(2021, 3, 31), "M", -1) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("aim", "value"), [("past", "2021-03-16"), ("next", "2021-03-23"), ("near", "2021-03-16")]
)
def test_a_weekday_is_aimed(aim, value):
    assert Partial(weekday=2).value(date(2021, 3, 17), aim) == value


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        ("easter", 2000, date(2000, 4, 23)),
        ("easter", 1818, date(1818, 3, 22)),
        ("easter", 2038, date(2038, 4, 25)),
        ("easter+49", 2021, date(2021, 5, 23)),
        ("11/4/4", 2022, date(2022, 11, 24)),
        ("5/-1/1", 2021, date(2021, 5, 31)),
        ("11/1/1+1", 2022, date(2022, 11, 8)),
    ],
)
def test_feasts_that_move(rule, year, expected):
    assert feast(year, rule) == expected


def test_a_feast_needs_a_rule():
    with pytest.raises(ValueError, match="no rule"):
        feast(2021, "midsummer")


def test_in_a_quotation_only_its_own_verbs_tell_the_direction():
    (found,) = read("“The ferry will leave Tuesday,” he said and added nothing.", "en")
    assert found.value == "2021-03-23"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It was built by 12 men in an hour and a half.", "PT1H30M"),
        ("He spoke for a minute and a half.", "PT1M30S"),
        ("He waited half an hour.", "PT30M"),
        ("He was held for a year and a half.", "P1Y6M"),
    ],
)
def test_halves_of_a_unit_are_said_in_the_next_smaller_one(sentence, value):
    assert [t.value for t in read(sentence, "en")] == [value]


def test_a_preposition_of_deadlines_looks_ahead_whatever_the_verb():
    (found,) = read("They decided to close the yard by Friday.", "en")
    assert found.value == "2021-03-19"


def test_the_year_before_is_counted_from_the_period_in_hand_not_from_a_comparison():
    found = read(
        "Sales fell in the third quarter of 2020. Last year they rose; a year earlier too.", "en"
    )
    assert [t.value for t in found] == ["2020-Q3", "2020", "2019-Q3"]


def test_the_day_of_speech_is_the_anchor_where_the_sentence_names_it():
    (day, found) = read("Il a déclaré lundi : « Le bac repart demain. »", "fr")
    assert (day.value, found.symbolic) == ("2021-03-15", "SPEECH+1D")
    assert (found.value, found.earliest) == ("2021-03-16", "2021-03-16")


def test_two_days_beside_a_quotation_leave_the_day_of_publication_as_anchor():
    found = read("Arrêté dimanche, il a dit lundi : « Le bac repart demain. »", "fr")
    assert found[-1].value == "2021-03-18"


def test_vague_times_are_bounded_on_the_side_that_they_name():
    past, present, future = read(
        "Autrefois loué, il est maintenant vendu et sera sous peu détruit.", "fr"
    )
    assert (past.earliest, past.latest) == (None, "2021-03-17")
    assert (present.earliest, present.latest) == ("2021-03-17", "2021-03-17")
    assert (future.earliest, future.latest) == ("2021-03-17", None)


def test_hours_ago_may_reach_into_the_day_before():
    (found,) = read("The lamp failed three hours ago.", "en")
    assert (found.value, found.symbolic) == (None, "DCT-PT3H")
    assert (found.earliest, found.latest) == ("2021-03-16", "2021-03-17")


def test_a_duration_lies_nowhere():
    (found,) = read("Il a marché trois jours.", "fr")
    assert (found.earliest, found.latest) == (None, None)
