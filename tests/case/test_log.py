"""The log: every event carries the hash of the one before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ondit.case.log import Event, chain_faults, chain_hash, next_event


def chain(length: int = 4) -> list[Event]:
    events: list[Event] = []
    for number in range(length):
        last = events[-1] if events else None
        events.append(next_event(last, actor="test", event="noted", detail={"n": number}))
    return events


def test_an_untouched_chain_has_no_fault() -> None:
    assert list(chain_faults(chain())) == []


@pytest.mark.parametrize("field", ["at", "actor", "event", "detail", "before", "hash"])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_any_altered_field_breaks_the_chain(field: str, place: int) -> None:
    events = chain()
    events[place] = replace(events[place], **{field: "something else"})
    assert list(chain_faults(events))


def test_a_dropped_event_is_missed() -> None:
    events = chain()
    assert any("event 2 is missing" in fault for fault in chain_faults(events[:1] + events[2:]))


def test_two_swapped_events_are_noticed() -> None:
    events = chain()
    events[1], events[2] = events[2], events[1]
    assert list(chain_faults(events))


@given(st.lists(st.text(), min_size=5, max_size=5), st.lists(st.text(), min_size=5, max_size=5))
def test_different_events_have_different_hashes(one: list[str], two: list[str]) -> None:
    names = ("at", "actor", "event", "detail", "before")
    hashes = [chain_hash(1, **dict(zip(names, parts, strict=True))) for parts in (one, two)]
    assert (hashes[0] == hashes[1]) == (one == two)


def test_a_detail_that_is_no_object_is_read_as_empty() -> None:
    assert replace(chain(1)[0], detail="[1").details() == {}
