"""The day of publication where no page states it: bounds from the text and from other reports."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import load_pack
from ondit.model import Capture, Meta, Published, Record, Text
from ondit.reading import publication, timex
from ondit.reading.publication import bounded_by_reports
from tests.marked import blocks_of


def undated(string: str, language: str, known: Published) -> tuple[Text, Record]:
    """Return a text and its record of which no more than `known` is known."""
    blocks = blocks_of(string)
    text = Text(
        string=string,
        language=language,
        blocks=blocks,
        sentences=tuple((b.start, b.end) for b in blocks),
        key="test",
    )
    capture = Capture(sha256="0", bytes=0, media_type="text/plain")
    return text, Record(input="t", capture=capture, text=string, meta=Meta(published=known))


def bounds(string: str, known: Published, language: str = "fr") -> Published:
    text, record = undated(string, language, known)
    return publication.bounded(text, record, load_pack(language))


def test_a_stated_day_is_left_alone():
    stated = Published(value="2021-03-17", earliest="2021-03-17", latest="2021-03-17")
    assert bounds("Le pont a brûlé en 2022.", stated) is stated


def test_a_past_year_bounds_from_below():
    found = bounds("Le pont a brûlé en 2017, la digue a cédé le 3 mai 2016.", Published())
    assert (found.value, found.earliest, found.latest) == (None, "2017-01-01", None)
    assert [(c.source, c.value) for c in found.evidence] == [("text:past-date", "2017-01-01")]


def test_a_year_that_a_verb_looks_ahead_to_bounds_nothing():
    found = bounds("The bridge was lost and will be rebuilt in 2030.", Published(), "en")
    assert found == Published()


def test_a_text_without_dates_bounds_nothing():
    assert bounds("Le quai a brûlé la semaine dernière.", Published()) == Published()


def test_a_weekday_and_its_date_fix_the_year_between_bounds():
    known = Published(earliest="2019-01-01", latest="2023-12-31")
    found = bounds("Rendez-vous samedi 20 mars au port.", known)  # a Saturday in 2021 only
    assert (found.earliest, found.latest) == ("2020-09-18", "2021-09-19")
    assert found.evidence[0].source == "text:weekday-date"


def test_a_weekday_and_its_date_that_fit_two_years_bound_nothing():
    known = Published(earliest="2009-01-01", latest="2023-12-31")
    assert bounds("Rendez-vous samedi 20 mars au port.", known) == known


def test_evidence_against_the_bounds_is_kept_and_marked():
    known = Published(latest="2015-06-01")
    found = bounds("Le pont a brûlé en 2017.", known)
    assert (found.earliest, found.latest, found.conflict) == (None, "2015-06-01", True)
    assert found.evidence


def test_times_lie_in_intervals_when_the_day_is_only_bounded():
    known = Published(earliest="2021-03-10", latest="2021-03-20")
    text, record = undated("Le quai a brûlé la semaine dernière.", "fr", known)
    (found,) = timex.find(text, record, load_pack("fr"))
    assert (found.value, found.symbolic) == (None, "DCT-1W")
    assert (found.earliest, found.latest) == ("2021-03-01", "2021-03-14")


def test_an_end_that_nothing_bounds_stays_open():
    text, record = undated("Le quai a brûlé hier.", "fr", Published(latest="2021-03-20"))
    (found,) = timex.find(text, record, load_pack("fr"))
    assert (found.earliest, found.latest) == (None, "2021-03-19")


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from(
        [
            "Il a brûlé lundi.",
            "Il rouvrira en juin.",
            "Parti hier soir.",
            "Il ferme dans la semaine.",
            "Il a fermé en mai.",
            "Il y a trois ans, il brûlait.",
            "Rendez-vous l’été prochain.",
        ]
    ),
)
def test_the_interval_of_a_bounded_day_holds_the_days_of_every_day_in_it(low, width, on, sentence):
    day = date.fromordinal(low.toordinal() + min(on, width))
    high = date.fromordinal(low.toordinal() + width)
    known = Published(earliest=low.isoformat(), latest=high.isoformat())
    text, record = undated(sentence, "fr", known)
    wide = list(timex.find(text, record, load_pack("fr")))
    exact = Published(earliest=day.isoformat(), latest=day.isoformat())
    narrow = timex.find(*undated(sentence, "fr", exact), load_pack("fr"))
    for outer, inner in zip(wide, narrow, strict=True):
        assert (outer.earliest or "") <= (inner.earliest or "9999")
        assert (inner.latest or "") <= (outer.latest or "9999")


# -- the other reports of a case -------------------------------------------------------------------


def test_a_copy_bounds_its_source_and_a_source_its_copy():
    dated = Published(value="2021-03-17T08:00:00Z", earliest="2021-03-17", latest="2021-03-17")
    known = {"source": Published(), "middle": dated, "copy": Published()}
    found = bounded_by_reports(known, [("source", "middle"), ("middle", "copy")])
    assert (found["source"].earliest, found["source"].latest) == (None, "2021-03-17")
    assert (found["copy"].earliest, found["copy"].latest) == ("2021-03-17", None)
    assert found["middle"] is dated
    assert found["copy"].evidence[0].source == "report:middle"


def test_a_bound_goes_through_undated_reports():
    dated = Published(value="2021-03-17", earliest="2021-03-17", latest="2021-03-17")
    known = {"a": dated, "b": Published(), "c": Published()}
    found = bounded_by_reports(known, [("b", "c"), ("a", "b"), ("x", "c")])
    assert found["c"].earliest == "2021-03-17"
    assert found["c"].value is None


def test_reports_that_contradict_each_other_are_marked():
    early = Published(value="2021-01-01", earliest="2021-01-01", latest="2021-01-01")
    late = Published(value="2021-06-01", earliest="2021-06-01", latest="2021-06-01")
    known = {"early": early, "late": late, "between": Published()}
    found = bounded_by_reports(known, [("late", "between"), ("between", "early")])
    assert found["between"].conflict
    assert found["between"].value is None
