"""Places: every example of the packs, the traps, coherence, abstention."""

import pytest

from ondit.language.lexicon import available, load_pack
from ondit.model import Capture, Mention, Place, Record, Text, identify
from ondit.reading import places
from ondit.reading.places import PlaceTable
from tests.marked import blocks_of, marked

EXAMPLES = [
    (tag, example, entry)
    for tag in available()
    for name in ("type", "region", "country", "division")
    for entry in getattr(load_pack(tag).table("places", PlaceTable), name)
    for example in entry.examples
]


def read(string: str, language: str = "en", **mentions: str) -> list[Place]:
    """Return the places of `string`; keywords name mentions and their kind, ``_`` for a space."""
    text = Text(string=string, language=language, blocks=blocks_of(string), key="test")
    made = [
        Mention(id=identify("m", "test", [span]), span=span, kind=kind, rule="test")
        for words, kind in mentions.items()
        for start in [string.index(words.replace("_", " "))]
        for span in [text.span(start, start + len(words))]
    ]
    capture = Capture(sha256="0", bytes=0)
    record = Record(input="t", capture=capture, text=string, mentions=tuple(made))
    return list(places.find(text, record, load_pack(language)))


@pytest.mark.parametrize(("tag", "example", "entry"), EXAMPLES, ids=lambda v: str(v)[:50])
def test_an_example_holds_its_place(tag, example, entry):
    expected = marked(example)
    string = expected.text
    (start, end) = next((s, e) for _, s, e in expected.spans)
    found = [p for p in read(string, tag) if (p.span.start, p.span.end) == (start, end)]
    assert len(found) == 1, read(string, tag)
    if hasattr(entry, "lat"):
        assert (found[0].lat, found[0].lon, found[0].geonames) == (
            entry.lat,
            entry.lon,
            entry.geonames,
        )


def test_bali_is_an_island_and_not_bari():
    (bali,) = read("Le sommet se tient à Bali.", "fr", Bali="place")
    assert (bali.iso3166, bali.kind) == ("ID", "ADM1")


@pytest.mark.parametrize(
    ("string", "language", "geonames"),
    [
        ("Elle vit en Ukraine.", "fr", 690791),
        ("She lives in Kazakhstan.", "en", 1522867),
        ("Il a fui la Russie.", "fr", 2017370),
        ("Il vit aux États-Unis.", "fr", 6252001),
        ("The war in Georgia began.", "en", 614540),
    ],
)
def test_a_country_is_never_a_village(string, language, geonames):
    (found,) = read(string, language)
    assert (found.geonames, found.kind) == (geonames, "PCLI")


@pytest.mark.parametrize("name", ["Kiev", "Kyiv"])
def test_both_names_of_a_town_are_one_place(name):
    (found,) = read(f"Elle est arrivée à {name}.", "fr", **{name: "place"})
    assert found.geonames == 703448


def test_a_town_in_the_name_of_a_person_is_no_place():
    assert (
        read("Vladimir Orsk a vu Roman Lyon.", "fr", Vladimir_Orsk="person", Roman_Lyon="person")
        == []
    )


def test_a_type_word_is_part_of_the_place_and_says_its_kind():
    (found,) = read("Il vit dans la région de Kherson.", "fr", Kherson="place")
    assert (found.span.exact, found.kind, found.iso3166) == ("région de Kherson", "ADM1", "UA")


def test_an_adjective_between_type_word_and_name_changes_nothing():
    (found,) = read("Il vit dans la région côtière de Kherson.", "fr", Kherson="place")
    assert (found.span.exact, found.geonames) == ("région côtière de Kherson", 706442)


def test_containment_picks_the_smaller_town():
    town, state = read("She lives in Paris, Texas.", "en", Paris="place", Texas="place")
    assert town.geonames == 4717560
    assert state.kind == "ADM1"


def test_an_unknown_name_stays_null():
    (found,) = read("Le bac quitte Port-Lanvec.", "fr", **{"Port-Lanvec": "place"})
    assert (found.geonames, found.lat, found.rule) == (None, None, "places.unknown")


def test_a_name_that_many_small_towns_share_is_left_open():
    (found,) = read("It happened in Georgetown.", "en", Georgetown="place")
    assert len(found.candidates) == 5
    assert {"geonames", "name", "country", "population", "probability"} == set(found.candidates[0])


def test_a_seat_of_power_is_a_metonym():
    (found,) = read("Le Kremlin se tait.", "fr", Kremlin="organisation")
    assert found.kind == "FAC(metonym)"


def test_a_direction_before_a_name_is_left_out():
    (found,) = read("Storms hit Northeast Georgia.", Northeast_Georgia="place")
    assert (found.span.exact, found.name) == ("Georgia", "Georgia")


def test_what_is_there_is_left_out():
    (found,) = read("He is in Henderson County Jail.", Henderson_County_Jail="place")
    assert found.span.exact == "Henderson County"


def test_a_name_that_the_report_uses_alone_is_found_in_a_longer_one():
    first, second = read(
        "Tulsa mourns. The Tulsa Art Stroll is off.", Tulsa="place", Tulsa_Art_Stroll="place"
    )
    assert (first.span.exact, second.span.exact) == ("Tulsa", "Tulsa")
    assert first.geonames == second.geonames == 4553433


def test_a_name_that_a_parser_cut_is_made_whole():
    (found,) = read("He moved to North Las Vegas.", Las_Vegas="place")
    assert (found.span.exact, found.geonames) == ("North Las Vegas", 5509403)


def test_a_county_taken_for_a_person_is_a_place():
    (found,) = read("She works in Edgar County today.", Edgar_County="person")
    assert (found.kind, found.iso3166) == ("ADM2", "US")


def test_an_abbreviated_type_word_is_spelled_out():
    county, _ = read("Fires burn in Loudon Co., Tennessee.", Loudon="place", Tennessee="place")
    assert (county.span.exact, county.name) == ("Loudon Co.", "Loudon County")


def test_a_river_is_no_town():
    (found,) = read("They swam in the Red River.", Red="place")
    assert (found.geonames, found.kind) == (None, "STM")


def test_the_name_of_an_office_tells_where_the_report_plays():
    (found,) = read(
        "The Texas Department of Transportation closed a road to Paris.",
        Texas_Department_of_Transportation="organisation",
        Paris="place",
    )
    assert found.geonames == 4717560


def test_a_word_for_towns_chooses_the_town():
    (found,) = read("Il vit à New York.", "fr")
    assert (found.kind, found.geonames) == ("PPL", 5128581)


def test_probabilities_of_what_is_named_are_shown():
    (found,) = read("Elle vit à Moscou.", "fr")
    assert found.candidates[0]["probability"] >= places.LEAST


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Crimée", "ADM1", None),
        ("Donbass", "RGN", "UA"),
        ("détroit de Kertch", "STRT", None),
        ("Kiev", "PPLC", "UA"),
        ("Kyiv", "PPLC", "UA"),
        ("Moscou", "PPLC", "RU"),
        ("Finistère", "ADM2", "FR"),
        ("Bavière", "ADM1", "DE"),
        ("Pékin", "PPLC", "CN"),
    ],
)
def test_other_names_and_transliterations(name, kind, country):
    (found,) = read(f"On a vu {name}.", "fr", **{name.replace(" ", "_"): "place"})
    assert found.kind is not None
    assert (found.kind.removesuffix("(metonym)"), found.iso3166) == (kind, country)
