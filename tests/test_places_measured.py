"""What the benchmark of places counts: held by the gazetteer, right by id and point, left open."""

from benchmarks import places
from ondit.model import Capture, Place, Record, Span

TEXT = "Paris and Nowhereville and Lima"


def record(*found: Place) -> Record:
    """Return a record of `TEXT` with places."""
    return Record(input="t", capture=Capture(sha256="0", bytes=0), text=TEXT, places=found)


def place(name: str, geonames: int | None, lat: float, probability: float) -> Place:
    """Return what was made of `name`."""
    start = TEXT.index(name)
    return Place(
        id=name,
        span=Span(start=start, end=start + len(name), exact=name),
        name=name,
        geonames=geonames,
        lat=lat if geonames else None,
        lon=2.35 if geonames else None,
        candidates=({"probability": probability},),
        rule="test",
    )


def gold(name: str, geonameid: int | None, lat: float, lon: float) -> dict[str, object]:
    """Return what annotators said of `name`."""
    start = TEXT.index(name)
    return {
        "start": start, "end": start + len(name), "text": name,
        "geonameid": geonameid, "lat": lat, "lon": lon,
    }  # fmt: skip


ROW = {
    "lang": "en",
    "toponyms": [
        gold("Paris", 2988507, 48.85, 2.35),
        gold("Nowhereville", 1, 10.0, 10.0),
        gold("Lima", 3936456, -12.04, -77.03),
    ],
}


def test_shares_are_of_what_the_gazetteer_holds():
    made = record(place("Paris", 2988507, 48.85, 0.6), place("Nowhereville", None, 0.0, 0.1))
    scores = places.scores([ROW], [made])
    assert scores["contained"] == 66.7
    assert (scores["contained.id_accuracy"], scores["contained.acc_161km"]) == (100.0, 100.0)


def test_the_curve_counts_what_is_sure_enough():
    made = record(place("Paris", 2988507, 48.85, 0.6), place("Lima", 1, 48.85, 0.95))
    scores = places.scores([ROW], [made])
    assert (scores["named_from_50"], scores["right_from_50"]) == (100.0, 50.0)
    assert (scores["named_from_70"], scores["right_from_70"]) == (50.0, 0.0)


def test_equal_spans_are_paired_first():
    wide = place("Paris", 1, 0.0, 0.9)
    made = record(wide, place("Paris", 2988507, 48.85, 0.9))
    assert len(places.scores([ROW], [made])) == 3 + 2 * len(places.FROM)
