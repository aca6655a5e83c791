"""What the presets leave out: never the doubt over a claim while the claim itself stays."""

from __future__ import annotations

import pytest

from ondit.capture import report_from_bytes
from ondit.model import Claim, Preset, Record
from ondit.reading.pipeline import read_report

LINE = "The officials deny the quay was closed."
LONE = "The village is calm. “The bridge will fall before winter.” The rain has not stopped."
PRESETS: tuple[Preset, ...] = ("precision", "balanced", "recall")


def read(string: str, preset: Preset) -> Record:
    (report,) = report_from_bytes(string.encode(), name="report.txt", plain=True)
    return read_report(report, language="en", preset=preset)


def claims(record: Record) -> dict[str, Claim]:
    return {" … ".join(span.exact for span in claim.spans): claim for claim in record.claims}


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_makes_a_denied_claim_the_reports_own(preset: Preset) -> None:
    found = claims(read(LINE, preset)).get("was closed")
    assert found is None or (found.status == "denied" and found.attribution)


def test_an_attribution_that_is_not_sure_enough_takes_its_claims_along() -> None:
    sure, likely = (read(LINE, preset) for preset in PRESETS[:2])
    assert [one.confidence for one in likely.attributions] == [pytest.approx(0.67, abs=0.05)]
    assert "was closed" in claims(likely)
    assert not sure.attributions
    assert "was closed" not in claims(sure)


@pytest.mark.parametrize("preset", PRESETS)
def test_words_that_nobody_is_named_for_are_never_the_reports_own(preset: Preset) -> None:
    record = read(LONE, preset)
    said = [claim for words, claim in claims(record).items() if "bridge will fall" in words]
    assert all(claim.attribution for claim in said)
    assert "The village is calm" in claims(record)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_link_of_a_chain_is_shown(preset: Preset) -> None:
    text = "“I think the owner knew that the pump was broken,” Ana Wells told the inquiry. " + LINE
    record = read(text, preset)
    shown = {one.id for one in record.attributions}
    assert all(shown.issuperset(claim.attribution) for claim in record.claims)
    assert all(one.parent is None or one.parent in shown for one in record.attributions)
