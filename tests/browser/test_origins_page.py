"""The chapter on origins in a browser: quiet, reached by keyboard, folded and unfolded."""

# ruff: noqa: E501 - scripts for the browser stay on one line

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ondit.case.dossier import write_dossier
from tests.browser.webdriver import ENTER, TAB, Browser
from tests.case import origin_samples as samples
from tests.case.test_dossier_origins import Case, hostile

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

OPEN = "return document.getElementById(arguments[0]).closest('details').open"


def written(case: Case, folder: Path) -> Path:
    """Return the page of a case."""
    records, found = case
    return write_dossier(records, title="The gate", out=folder / "d.html", corroboration=found)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(samples.agency(), tmp_path_factory.mktemp("origins"))


@pytest.mark.parametrize("make", [samples.agency, hostile, lambda: samples.wide(60)])
def test_nothing_is_complained_of_asked_for_or_run(chrome: Browser, make, tmp_path: Path) -> None:
    path = written(make(), tmp_path)
    chrome.log("performance")
    chrome.log("browser")
    chrome.open(path)
    chrome.run("for (const d of document.querySelectorAll('#origins details')) d.open = true")
    assert chrome.log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in chrome.log("performance")]
    sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
    asked = {s["request"]["url"] for s in sent if not s["documentURL"].startswith("chrome:")}
    assert asked == {path.as_uri()}
    assert chrome.run("return document.title").startswith("The gate")
    assert chrome.run("return document.scripts.length") == 2


def test_the_head_of_a_report_leads_to_its_evidence_and_back(
    chrome: Browser, dossier: Path
) -> None:
    chrome.open(dossier)
    chrome.run("document.querySelector('#r2 .ties a').focus()")
    chrome.press(ENTER)
    chrome.call("POST", "/execute/async", args=[], script="setTimeout(arguments[0], 60)")
    assert chrome.run("return location.hash") == "#d1"
    assert chrome.run(OPEN, "d1")
    chrome.press(TAB)
    assert chrome.run("return document.activeElement.closest('details').id") == "d1"
    chrome.run("document.querySelector('#d1 a.at').focus()")
    chrome.press(ENTER)
    assert chrome.run("return location.hash") == "#r1b2"
    assert chrome.run("return document.getElementById('r1b2').checkVisibility()")


def test_a_tie_folded_away_unfolds_with_all_around_it(chrome: Browser, tmp_path: Path) -> None:
    chrome.open(written(samples.wide(40), tmp_path))
    assert chrome.run("return document.getElementById('d35').checkVisibility()") is False
    chrome.run("document.querySelector('#r36 .ties a').click()")
    chrome.call("POST", "/execute/async", args=[], script="setTimeout(arguments[0], 60)")
    assert chrome.run("return document.getElementById('d35').checkVisibility()")


@pytest.mark.parametrize("width", [360, 400, 768, 1280])
def test_the_chapter_never_scrolls_sideways_and_words_stay_in_the_pictures(
    chrome: Browser, tmp_path: Path, width: int
) -> None:
    for number, case in enumerate((samples.agency(), hostile())):
        folder = tmp_path / str(number)
        folder.mkdir()
        chrome.open(written(case, folder), width=width, height=800)
        chrome.run("for (const d of document.querySelectorAll('#origins details')) d.open = true")
        assert chrome.run("return document.documentElement.scrollWidth") <= width
    chrome.open(written(samples.agency(), tmp_path), width=width, height=800)
    outside = (
        "return [...document.querySelectorAll('svg.chain text')].filter(t =>"
        " t.getBBox().x + t.getBBox().width > t.ownerSVGElement.viewBox.baseVal.width + 1).map(t => t.textContent)"
    )
    assert chrome.run(outside) == []


def test_paper_shows_the_evidence(chrome: Browser, dossier: Path) -> None:
    chrome.open(dossier)
    folded = "return [...document.querySelectorAll('#origins details')].filter(d => !d.open).length"
    before = chrome.run(folded)
    assert before > 0
    chrome.run("dispatchEvent(new Event('beforeprint'))")
    assert chrome.run(folded) == 0
    chrome.run("dispatchEvent(new Event('afterprint'))")
    assert chrome.run(folded) == before
    assert chrome.pdf().startswith(b"%PDF")
