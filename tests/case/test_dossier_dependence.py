"""Trees of reports: who was made from whom, in whatever way the ties lie."""

from __future__ import annotations

import pytest

from ondit.case.dossier.dependence import Branch, Tie, Web, tree
from ondit.case.dossier.filed import file
from ondit.model.comparison import Corroboration, Reported
from tests.case import origin_samples as samples


def drawn(shared: samples.Shared, *members: int, headed: bool = False) -> list[tuple[int, int]]:
    """Return the tree of some reports: number (0 for no report) and position of what is above."""
    filed = file(shared.records)
    web = Web(filed, shared.done())
    found = tree(web, [filed[n - 1] for n in members], lambda _: True, headed=headed)
    return [(b.filed.number if b.filed else 0, -1 if b.above is None else b.above) for b in found]


@pytest.fixture
def shared() -> samples.Shared:
    return samples.Shared(*(samples.report(n) for n in range(1, 6)))


def test_a_line_of_copies_is_a_line(shared: samples.Shared) -> None:
    shared.tie(1, 2, "copy")
    shared.tie(2, 3, "copy")
    assert drawn(shared, 1, 2, 3) == [(1, -1), (2, 0), (3, 1)]


def test_several_copies_hang_from_one_and_each_follows_what_it_hangs_from(
    shared: samples.Shared,
) -> None:
    shared.tie(1, 2, "copy")
    shared.tie(1, 4, "copy")
    shared.tie(2, 3, "rewrite")
    assert drawn(shared, 1, 2, 3, 4) == [(1, -1), (2, 0), (3, 1), (4, 0)]


def test_reports_without_an_order_hang_from_a_beginning_that_no_page_shows(
    shared: samples.Shared,
) -> None:
    shared.tie(1, 2, "copy", known=False)
    assert drawn(shared, 1, 2) == [(0, -1), (1, 0), (2, 0)]


def test_what_all_credit_stands_above_even_one_beginning(shared: samples.Shared) -> None:
    shared.tie(1, 2, "copy")
    assert drawn(shared, 1, 2, headed=True) == [(0, -1), (1, 0), (2, 1)]


def test_a_report_in_between_that_is_left_out_breaks_no_line(shared: samples.Shared) -> None:
    shared.tie(1, 2, "copy")
    shared.tie(2, 3, "rewrite")
    assert drawn(shared, 1, 3) == [(1, -1), (3, 0)]
    filed = file(shared.records)
    branches = tree(Web(filed, shared.done()), [filed[0], filed[2]], lambda _: True)
    assert branches[1].tie is not None
    assert branches[1].tie.first.number == 2


def test_a_circle_is_entered_once(shared: samples.Shared) -> None:
    shared.tie(1, 2, "copy")
    shared.tie(2, 3, "copy")
    shared.tie(3, 1, "copy")
    assert drawn(shared, 1, 2, 3) == [(1, -1), (2, 0), (3, 1)]


def test_a_report_made_from_two_stands_once(shared: samples.Shared) -> None:
    shared.tie(1, 3, "partial")
    shared.tie(2, 3, "partial")
    assert drawn(shared, 1, 2, 3) == [(0, -1), (1, 0), (3, 1), (2, 0)]


def test_a_citation_orders_only_where_nothing_else_does(shared: samples.Shared) -> None:
    shared.tie(1, 3, "cites")
    shared.tie(2, 3, "copy")
    filed = file(shared.records)
    web = Web(filed, shared.done())
    up = web.above(filed[2], {1, 2}, lambda _: True)
    assert up is not None
    assert up[0].number == 2


def test_nobody_makes_an_empty_tree(shared: samples.Shared) -> None:
    assert drawn(shared) == []


def test_bytes_that_stand_in_the_dossier_twice_stay_two_reports() -> None:
    once = samples.report(1)
    shared = samples.Shared(once, once)
    web = Web(file(shared.records), shared.done())
    assert {name: filed.number for name, filed in web.filed.items()} == {"r1": 1, "r2": 2}


def test_reports_are_found_by_their_bytes_whatever_their_numbers_in_the_case() -> None:
    record = samples.report(1)
    found = Corroboration(
        reports=(
            Reported(id="r3", sha256="0" * 64, path_or_url="gone"),
            Reported(id="r9", sha256=record.capture.sha256, path_or_url="here"),
        )
    )
    assert {n: f.number for n, f in Web(file([record]), found).filed.items()} == {"r9": 1}


def test_a_passage_tells_which_of_two_origins_a_claim_comes_from(shared: samples.Shared) -> None:
    record = shared.records[2]
    shared.origin(1, 3)
    shared.origin(2, 3, passages=[(3, samples.span(record, "14 people were hurt"))])
    filed = file(shared.records)
    web = Web(filed, shared.done())
    assert web.home(filed[2], samples.span(record, "14 people")) == 1
    assert web.home(filed[2], samples.span(record, "The gate")) == 0
    assert web.home(filed[3], samples.span(record, "The gate")) is None


def test_a_tie_knows_its_kind_and_whether_it_has_an_order(shared: samples.Shared) -> None:
    shared.tie(1, 2, "copy")
    shared.tie(1, 3, "rewrite", known=False)
    ties = Web(file(shared.records), shared.done()).ties
    assert [(tie.number, tie.kind, tie.known) for tie in ties] == [
        (1, "copy", True),
        (2, "rewrite", False),
    ]
    assert isinstance(ties[0], Tie)
    assert Branch(None).tie is None
