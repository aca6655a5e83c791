"""The ledger: asking again costs nothing, one report more what it touches, and neither misleads."""

import msgspec
import pytest
from msgspec.structs import replace

from ondit import read_many
from ondit.comparing import ledger as kept
from ondit.comparing.corroboration import corroborate
from ondit.comparing.ledger import Ledger, corroborate_on, maker, read_ledger, written
from ondit.examples import reports
from ondit.model import Record
from ondit.model.comparison import Corroboration


class Case:
    """Reports that count how often they are read."""

    def __init__(self, records: list[Record]) -> None:
        self.records = {f"r{n}": record for n, record in enumerate(records, start=1)}
        self.asked: list[str] = []

    def read(self, name: str) -> Record:
        """Return a record, and remember that it was asked for."""
        self.asked.append(name)
        return self.records[name]

    def compared(self, ledger: Ledger | None = None, *, but: int = 0) -> Ledger:
        """Return the ledger of all reports but the last few."""
        names = list(self.records)[: len(self.records) - but]
        digests = {name: self.records[name].capture.sha256 for name in names}
        return corroborate_on(digests, self.read, ledger, made_by="test")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(read_many(reports()))


@pytest.fixture
def case(records: list[Record], monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(kept, "SMALL", 0)
    monkeypatch.setattr(kept, "GROWN", 1.0)
    return Case(records)


def ties(found: Corroboration) -> set[tuple[str, str, str, str]]:
    return {(d.from_, d.to, d.kind, d.direction) for d in found.derivations}


def test_afresh_is_what_corroborate_gives(case):
    assert case.compared().found == corroborate(case.records.items())


def test_asking_again_reads_nothing(case):
    first = case.compared()
    case.asked.clear()
    assert case.compared(first) is first
    assert case.asked == []


def test_a_report_more_gives_what_all_would(case):
    whole = case.compared().found
    for but in range(1, 4):
        part = case.compared(but=but)
        one_by_one = part
        for left in reversed(range(but)):
            one_by_one = case.compared(one_by_one, but=left)
        for found in (one_by_one.found, case.compared(part).found):
            assert ties(found) == ties(whole)
            assert [o.reports for o in found.origins] == [o.reports for o in whole.origins]
            assert [r.id for r in found.reports] == [r.id for r in whole.reports]


def test_only_what_a_report_touches_is_read_again(case, records):
    stranger = replace(records[0], input="other.txt", text=OTHER, blocks=(), claims=())
    stranger = msgspec.structs.replace(
        stranger, quotations=(), attributions=(), entities=(), mentions=(), timexes=(),
        quantities=(), places=(), language="en",
        capture=replace(records[0].capture, sha256="0" * 64, url=None),
    )  # fmt: skip
    first = case.compared()
    case.records["r7"] = stranger
    case.asked.clear()
    after = case.compared(first)
    assert case.asked == ["r7"]
    assert after.found.origins[:-1] == first.found.origins
    assert after.found.groups == first.found.groups


OTHER = "The orchard at Wexmoor bore plums again this summer."


def test_a_changed_record_or_maker_starts_afresh(case):
    first = case.compared()
    old = replace(first.reports["r1"], digest="another")
    changed = replace(first, reports={**first.reports, "r1": old})
    case.asked.clear()
    case.compared(changed)
    assert set(case.asked) == set(case.records)
    case.asked.clear()
    case.compared(replace(first, made_by="another"))
    assert set(case.asked) == set(case.records)


def test_a_ledger_that_speaks_of_other_reports_is_not_believed(case):
    first = case.compared()
    origin = replace(first.found.origins[0], reports=("r1", "r99"))
    forged = replace(first, found=replace(first.found, origins=(origin,)))
    assert case.compared(forged).found == first.found


def test_a_ledger_comes_back_from_its_bytes(case):
    first = case.compared()
    assert read_ledger(written(first)) == first


@pytest.mark.parametrize("held", [None, b"", b"\x00", b"nonsense", b"\xc1", b"\x81\xa1a\x01"])
def test_what_is_no_ledger_is_none(held):
    assert read_ledger(held) is None


def test_the_maker_tells_options_apart():
    assert maker(embed=True) != maker() == maker(embed=False)
