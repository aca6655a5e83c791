"""Who may be whom across reports: proposals, what speaks against them, decisions laid over."""

import pytest

from ondit.capture import report_from_bytes
from ondit.comparing.people import Bearer, alike, propose
from ondit.model import Record
from ondit.model.comparison import Sameness
from ondit.reading.pipeline import read_report
from tests.comparing.named import bearer, shares

FRENCH = "L’homme d’affaires Evgueni Kouzmine, 61 ans, a quitté Orme mardi, selon la police."
ENGLISH = "Businessman Yevgeny Kuzmin, 61, left Orme on Tuesday, police said."


def record(string: str, language: str, published: str = "2031-03-04") -> Record:
    (report,) = report_from_bytes(string.encode(), name="report.txt", plain=True)
    return read_report(report, language=language, published=published)


def people(*records: Record, **options: object) -> list[Sameness]:
    pairs = [(f"r{n}", one) for n, one in enumerate(records, start=1)]
    return [one for one in propose(pairs, **options) if one.kind == "person"]


def organisation(name: str, report: str, *aliases: str) -> Bearer:
    return Bearer(report, f"e-{report}", name, "organisation", aliases=aliases)


def test_a_name_in_two_spellings_is_proposed_with_its_places():
    french, english = record(FRENCH, "fr"), record(ENGLISH, "en")
    (one,) = people(french, english)
    assert (one.a.name, one.b.name, one.strength) == (
        "Evgueni Kouzmine",
        "Yevgeny Kuzmin",
        "likely",
    )
    assert [reason.kind for reason in one.evidence] == ["spelling", "role"]
    for reason in one.evidence:
        assert reason.from_span.holds(french.text)
        assert reason.to_span.holds(english.text)


def test_ages_that_cannot_both_be_right_stand_against_it_with_their_places():
    other = ENGLISH.replace("61", "34")
    (one,) = people(record(FRENCH, "fr"), record(other, "en"))
    assert one.strength == "doubtful"
    assert [(r.kind, r.to_span.exact) for r in one.against] == [("age", "34")]


def test_an_age_grows_with_the_years_between_the_reports():
    later = record(ENGLISH.replace("61", "69"), "en", published="2039-03-04")
    (one,) = people(record(FRENCH, "fr"), later)
    assert (one.strength, one.against) == ("likely", ())


def test_roles_that_differ_are_told_and_make_it_less_sure():
    found = alike(bearer("Ada Tarn, mayor", "r1"), bearer("Ada Tarn, surgeon", "r2"))
    assert (found.strength, [r.kind for r in found.against]) == ("possible", ["role"])


def test_roles_in_two_languages_speak_against_it_only_where_both_are_known():
    english = Bearer("r1", "e-1", "Ada Tarn", "person", descriptions=("coach",), language="en")
    french = Bearer("r2", "e-2", "Ada Tarn", "person", descriptions=("plongeuse",), language="fr")
    mayor = Bearer("r1", "e-1", "Ada Tarn", "person", descriptions=("mayor",), language="en")
    judge = Bearer("r2", "e-2", "Ada Tarn", "person", descriptions=("juge",), language="fr")
    assert alike(english, french).strength == "likely"
    assert alike(mayor, judge).strength == "possible"


def test_a_surname_alone_is_proposed_only_beside_the_same_role():
    full = bearer("Ada Tarn, mayor", "r1")
    assert alike(full, bearer("Tarn, maire", "r2")).strength == "possible"
    assert alike(full, bearer("Tarn", "r2")) is None


def test_a_surname_that_two_people_bear_is_proposed_for_neither():
    first = record("Mayor Ada Tarn spoke on Monday. Mayor Olo Tarn left on Tuesday.", "en")
    second = record("Mayor Tarn said on Friday that the quay was closed.", "en")
    assert people(first, second) == []


def test_two_in_one_report_are_never_proposed():
    assert people(record("Ada Tarn spoke. Olo Holm listened. Ada Tarn left.", "en")) == []


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        (("Port Union of Varn", "PUV"), ("PUV",), "likely"),
        (("Port Union of Varn",), ("port union of Varn",), "likely"),
        (("Port Union of Varn", "PUV"), ("Pilots United Varn", "PUV"), "doubtful"),
        (("Port Union of Varn", "PUV"), ("Seamen of Varn", "SV"), None),
        (("Vagner",), ("Wagner",), "likely"),
    ],
)
def test_organisations_by_name_and_acronym(one, other, strength):
    a, b = organisation(one[0], "r1", *one[1:]), organisation(other[0], "r2", *other[1:])
    found = alike(a, b)
    assert (found.strength if found else None) == strength


def test_a_name_in_many_reports_gives_one_proposal_a_report():
    records = [record(ENGLISH.replace("Tuesday", f"{n} May"), "en") for n in range(1, 7)]
    assert len(people(*records)) == 5


def test_what_people_decided_is_laid_over_the_proposals():
    french, english = record(FRENCH, "fr"), record(ENGLISH, "en")
    (one,) = people(french, english)
    pair = frozenset({one.a.entity, one.b.entity})
    (decided,) = people(french, english, decisions={pair: "different"})
    assert (decided.decided, decided.strength) == ("different", "likely")


def test_a_decision_stands_where_nothing_was_proposed():
    first, second = record("Ada Tarn spoke.", "en"), record("Olo Holm spoke.", "en")
    ends = frozenset(next(e.id for e in r.entities) for r in (first, second))
    (one,) = people(first, second, decisions={ends: "same"})
    assert (one.decided, one.evidence) == ("same", ())


@pytest.mark.parametrize("part", ["dev", "test"])
def test_marked_pairs(part):
    found = shares(part)
    assert found["precision"] >= 92
    assert found["recall"] >= 90
