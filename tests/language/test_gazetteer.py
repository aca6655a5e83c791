"""The gazetteer: names found, ties ordered, tables packed and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.gazetteer import Gazetteer, GeoPlace, fold, load_gazetteer, pack_tables

NAMES = st.text(alphabet="abcdefgh ", min_size=1, max_size=8).map(fold).filter(bool)


@pytest.mark.parametrize(
    ("name", "geonames"),
    [
        ("Moscou", 524901),
        ("moscow", 524901),
        ("États-Unis", 6252001),
        ("Etats Unis", 6252001),
        ("Ukraine", 690791),
        ("Kiev", 703448),
    ],
)
def test_a_place_is_found_by_its_names(name, geonames):
    assert geonames in [place.geonames for place in load_gazetteer().find(name)]


def test_an_unknown_name_finds_nothing():
    assert load_gazetteer().find("Port-Lanvec") == ()
    assert load_gazetteer().find("") == ()


def test_chief_names_come_before_lesser_ones_and_large_towns_before_small():
    found = load_gazetteer().find("Paris")
    assert found[0].geonames == 2988507
    assert [p.weak for p in found] == sorted(p.weak for p in found)


def test_codes_find_countries_and_divisions():
    country = load_gazetteer().country("MM")
    division = load_gazetteer().division("US.OH")
    assert country is not None
    assert (country.country, country.feature) == ("MM", "PCLI")
    assert division is not None
    assert (division.name, division.geonames) == ("Ohio", 5165418)


def test_fold_drops_accents_marks_and_case():
    assert fold("Saint-Étienne") == fold("saint etienne") == "saint etienne"
    assert fold("L’Haÿ") == "l hay"


@given(st.dictionaries(NAMES, st.sets(st.integers(0, 4), min_size=1), max_size=12))
def test_what_is_packed_is_found_again(names):
    places = [GeoPlace(n, f"P{n}", "FR", "FR.1", "FR.1.A", 1.5, 2.5, n, "PPL") for n in range(5)]
    table = {name: dict.fromkeys(bearers, False) for name, bearers in names.items()}
    gazetteer = Gazetteer(pack_tables(places, table))
    for name, bearers in names.items():
        assert {p.geonames for p in gazetteer.find(name)} == bearers
        assert all(places[p.geonames] == p for p in gazetteer.find(name))


@pytest.mark.parametrize(
    ("name", "feature", "geonames"),
    [
        ("Rapides Parish", "ADM2", 4338356),
        ("DeKalb", "ADM2", 4191014),
        ("Finistère", "ADM2", 3018471),
        ("Bavière", "ADM1", 2951839),
        ("Russian Federation", "PCLI", 2017370),
        ("Afrique", "CONT", 6255146),
        ("Saint Louis County", "ADM2", 4407074),
        ("St. Louis County", "ADM2", 4407074),
    ],
)
def test_divisions_of_two_levels_and_continents_are_found(name, feature, geonames):
    assert (feature, geonames) in [(p.feature, p.geonames) for p in load_gazetteer().find(name)]


def test_a_town_knows_the_divisions_it_lies_in():
    (town,) = [p for p in load_gazetteer().find("Alexandria") if p.geonames == 4314550]
    assert (town.country, town.region, town.county) == ("US", "US.LA", "US.LA.079")
