"""Habits: publishers that share again and again lower what they may know apart, nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from ondit.comparing.habits import cautious, least_share
from ondit.model.comparison import (
    Corroboration,
    Derivation,
    Group,
    Habit,
    Interval,
    Origin,
    ReportClaim,
    Reported,
)

COPIES = 4


def case(copies: int, *, apart: int = 0) -> Corroboration:
    """Return matters of the Gull and the Heron: `copies` copied, `apart` told apart, one asked."""
    matters = range(copies + apart + 1)
    reports = [
        Reported(id=f"{outlet}{n}", sha256="", path_or_url="", publisher=outlet)
        for n in matters
        for outlet in ("gull", "heron")
    ]
    return Corroboration(
        reports=tuple(reports),
        derivations=tuple(
            Derivation(from_=f"gull{n}", to=f"heron{n}", kind="copy") for n in range(copies)
        ),
        origins=tuple(origin for n in matters for origin in origins(n, shared=n < copies)),
        groups=tuple(group(n) for n in matters if n >= copies),
    )


def origins(n: int, *, shared: bool) -> list[Origin]:
    if shared:
        return [Origin(id=f"o{n}", reports=(f"gull{n}", f"heron{n}"))]
    return [Origin(id=f"o{n}{name}", reports=(f"{name}{n}",)) for name in ("gull", "heron")]


def group(n: int) -> Group:
    return Group(
        id=f"g{n}",
        claims=tuple(ReportClaim(report=f"{name}{n}", claim="c1") for name in ("gull", "heron")),
        reports=2,
        publishers=2,
        families=2,
        origins=Interval(low=2, high=2),
        origin_ids=(f"o{n}gull", f"o{n}heron"),
    )


def test_who_copied_four_times_of_four_may_have_copied_the_fifth():
    found = cautious(case(COPIES))
    assert found.groups[0].origins == Interval(low=1, high=2)
    assert found.habits == ()  # of all five matters it is not yet more often than not, for sure


def test_habits_are_told():
    found = cautious(case(2 * COPIES))
    assert found.habits == (Habit(publishers=("gull", "heron"), met=9, shared=8),)


def test_who_also_tells_much_apart_has_no_habit():
    found = cautious(case(COPIES, apart=2))
    assert {g.origins.low for g in found.groups} == {2}
    assert found.habits == ()


def test_a_case_of_strangers_is_left_as_it_is():
    strangers = case(0)
    assert cautious(strangers) == strangers


@given(copies=st.integers(0, 12), apart=st.integers(0, 12))
def test_no_count_is_ever_raised_and_no_high_end_changed(copies: int, apart: int):
    before = case(copies, apart=apart)
    after = cautious(before)
    for one, other in zip(before.groups, after.groups, strict=True):
        assert 1 <= other.origins.low <= one.origins.low
        assert other.origins.high == one.origins.high


@given(hits=st.integers(0, 40), misses=st.integers(0, 40))
def test_the_least_share_is_below_the_share_and_grows_with_hits(hits: int, misses: int):
    of = hits + misses
    assert 0 <= least_share(hits, of) <= (hits / of if of else 0) + 1e-12
    assert least_share(hits, of) <= least_share(hits + 1, of + 1) + 1e-12
