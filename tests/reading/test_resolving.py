"""Which bearer of a name is meant: containment, company, towns before their namesakes."""

import numpy as np
import pytest

from ondit.language.gazetteer import GeoPlace, load_gazetteer
from ondit.reading import resolving
from ondit.reading.resolving import (
    KINDS,
    MEANT,
    NONE,
    OWN,
    TOLD,
    Asked,
    describe,
    load,
    meant,
    outer_codes,
    packed,
    resolve,
    shares,
    unpacked,
)

TEXAS = load_gazetteer().division("US.TX")


def asked(name: str, **known) -> Asked:
    """Return a question about `name` with all that the gazetteer has."""
    return Asked(resolving.fold(name), load_gazetteer().find(name), **known)


def chosen(*questions: Asked) -> list[GeoPlace]:
    """Return the likeliest place of each."""
    return [answer.ranked[0][1] for answer in resolve(questions, load())]


def test_a_name_alone_is_the_place_the_world_knows():
    (paris,) = chosen(asked("Paris"))
    assert (paris.country, paris.feature) == ("FR", "PPLC")


def test_what_the_text_puts_a_name_into_decides():
    (paris, _) = chosen(asked("Paris", outer=frozenset({"US.TX"})), asked("Texas"))
    assert paris.region == "US.TX"


def test_a_county_decides_between_towns():
    (paris, _) = chosen(asked("Paris"), asked("Edgar County"))
    assert paris.county == "US.IL.045"


def test_probabilities_leave_room_for_none_of_these():
    (answer,) = resolve([asked("Springfield")], load())
    assert 0 < sum(probability for probability, _ in answer.ranked) < 1


def test_without_candidates_there_is_no_answer():
    (answer,) = resolve([Asked("port lanvec", ())], load())
    assert (answer.ranked, answer.probability) == ((), 0.0)
    assert resolve([], load()) == []


def test_a_hint_tells_and_is_not_told():
    hint = Asked("ohio", load_gazetteer().find("Ohio"), hint=True)
    (dublin, _) = chosen(asked("Dublin"), hint)
    assert dublin.region == "US.OH"


def test_a_word_for_towns_hands_the_division_to_its_town():
    (place,) = chosen(asked("New York", settings=frozenset({"town"})))
    assert (place.feature, place.geonames) == ("PPL", 5128581)


def test_every_column_has_its_name():
    table = describe([asked("Paris"), asked("Lima"), asked("Ohio")])
    assert table.told.shape[1] == len(OWN) + len(TOLD)
    assert table.none.shape == (3, len(NONE))
    given = shares(table, load().before, table.told)
    assert meant(table, given).shape == (len(table.owner), len(MEANT))
    assert set(OWN[: len(KINDS)]) == set(KINDS)


def test_shares_of_one_name_stay_below_one():
    table = describe([asked("Paris"), asked("Athens"), asked("Washington")])
    sums = np.bincount(table.owner, shares(table, load().before, table.told))
    assert (sums < 1).all()


def test_order_of_the_questions_changes_nothing():
    questions = [asked("Paris"), asked("Athens"), asked("Texas")]
    forward, backward = resolve(questions, load()), resolve(questions[::-1], load())
    for one, other in zip(forward, backward[::-1], strict=True):
        assert one.probability == pytest.approx(other.probability)


def test_codes_of_what_names_lie_in():
    assert TEXAS is not None
    france = load_gazetteer().country("FR")
    assert france is not None
    assert outer_codes([TEXAS, france]) == {"US.TX", "FR"}


def test_a_model_is_read_back_as_it_was_written():
    content = packed(load())
    again = unpacked(content)
    assert packed(again) == content
    assert np.array_equal(again.after.first, load().after.first)
    assert len(again.digest) == 64
