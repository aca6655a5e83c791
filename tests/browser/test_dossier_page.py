"""The dossier in a browser: it runs only its own script, asks for nothing, works by keyboard."""

# ruff: noqa: E501 - scripts for the browser stay on one line

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ondit.case.dossier import write_dossier
from tests.browser.webdriver import ENTER, ESCAPE, LEFT, RIGHT, TAB, Browser
from tests.case import dossier_samples as samples

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

CARD = "return document.getElementById('card').hidden ? null : document.getElementById('card').innerText"
HERE = "return document.activeElement.id"
SHOWN = "return [...document.querySelectorAll('#table tbody tr')].filter(r => r.checkVisibility()).length"
TEXTS = """return [...document.querySelectorAll('.text')].map(text => {
  const copy = text.cloneNode(true);
  for (const added of copy.querySelectorAll('a.n, summary')) added.remove();
  return copy.textContent;
});"""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dossier(
        samples.case(), title="The wall", out=tmp_path_factory.mktemp("page") / "dossier.html",
        decisions=samples.decisions(), log_head="ab" * 32,
    )  # fmt: skip


@pytest.fixture
def page(chrome: Browser, dossier: Path) -> Browser:
    chrome.open(dossier)
    return chrome


def test_nothing_is_complained_of_and_nothing_asked_for(chrome: Browser, dossier: Path) -> None:
    chrome.log("performance")
    chrome.log("browser")
    chrome.open(dossier)
    chrome.run("document.querySelector('a.n').focus()")
    assert chrome.log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in chrome.log("performance")]
    sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
    # The browser's own start page may still be loading behind ours.
    asked = {s["request"]["url"] for s in sent if not s["documentURL"].startswith("chrome:")}
    assert asked == {dossier.as_uri()}


def test_hostile_text_stays_text_to_the_last_character(page: Browser) -> None:
    assert page.run("return document.title").startswith("The wall")
    expected = [record.text for record in samples.case() if record.text]
    assert page.run(TEXTS) == expected
    assert page.run("return document.scripts.length") == 2
    assert page.run("return document.images.length") == 0


def test_script_put_in_by_others_does_not_run(page: Browser) -> None:
    page.run(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"ran\"';"
        "document.body.append(s);"
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">')"
    )
    assert page.run("return document.title").startswith("The wall")
    refusals = [entry["message"] for entry in page.log("browser")]
    assert any("Content Security Policy" in message for message in refusals)


def test_every_claim_is_reached_with_the_tab_key_and_shows_its_card(page: Browser) -> None:
    page.run(
        "window.met = []; document.addEventListener('focusin', event => { if (event.target.matches('a.n'))"
        " met.push([event.target.id, document.getElementById('card').hidden, card.innerText.slice(0, 12)]); });"
        "document.getElementById('main').focus()"
    )
    stops = page.run("return document.querySelectorAll('a, button, summary, input, select').length")
    page.press(*[TAB] * stops)
    met = page.run("return met")
    assert {reference for reference, *_ in met} == set(
        page.run("return [...document.querySelectorAll('a.n')].map(a => a.id)")
    )
    assert [reference for reference, hidden, _ in met if hidden] == []
    assert all(words.startswith(ref[1:].replace("n", ".")) for ref, _, words in met)


def test_enter_opens_arrows_lead_on_escape_closes_and_gives_the_focus_back(page: Browser) -> None:
    page.run("document.getElementById('r1n3').focus()")
    assert page.run(CARD).startswith("1.3")
    page.press(ENTER)
    assert page.run(HERE) == "card"
    assert page.run("return document.getElementById('card').getAttribute('role')") == "dialog"
    page.press(RIGHT)
    assert page.run(CARD).startswith("1.4")
    page.press(LEFT, LEFT)
    assert page.run(CARD).startswith("1.2")
    page.press(ESCAPE)
    assert page.run(CARD) is None
    assert page.run(HERE) == "r1n2"


def test_the_card_says_who_and_why_and_the_text_shows_source_and_cue(page: Browser) -> None:
    number = page.run(
        "return [...document.querySelectorAll('#r1 a.n')].find(a => a.matches('.s-hedged')).id"
    )
    page.run("document.getElementById(arguments[0]).focus()", number)
    card = page.run(CARD)
    assert "the captain may have tried to reverse the engines" in card
    assert "A sailor" in card
    assert "hedge.may" in card
    assert "Decided by ana" in card
    lit = "return [...document.querySelectorAll(arguments[0])].map(piece => piece.textContent)"
    assert set(page.run(lit, ".on-s")) == {"the engineer", "A sailor"}
    assert set(page.run(lit, ".on-q")) == {"quoted by", "believes"}
    assert "".join(page.run(lit, ".on")) == "the captain may have tried to reverse the engines"
    page.press(ESCAPE)
    assert page.run(lit, ".on, .on-s, .on-q") == []


def test_pointing_at_a_claim_shows_its_card(page: Browser) -> None:
    page.run("document.querySelector('#r1 .m').scrollIntoView({block: 'center'})")
    page.move_to("#r1 .m")
    words = page.call(
        "POST", "/execute/async", args=[],
        script="const done = arguments[0]; setTimeout(() => done(card.hidden ? null : card.innerText), 400)",
    )  # fmt: skip
    assert words is not None
    assert words.startswith("1.1")
    page.move_to("h2")


def test_a_pointer_at_rest_does_not_take_away_what_the_keyboard_showed(page: Browser) -> None:
    page.move_to("h2")
    page.run("document.getElementById('r2n1').focus()")
    wait = "setTimeout(() => arguments[0](card.hidden ? null : card.innerText), 500)"
    assert page.call("POST", "/execute/async", args=[], script=wait).startswith("2.1")


def test_filters_narrow_and_reset(page: Browser) -> None:
    total = page.run(SHOWN)
    assert total == sum(len(record.claims) for record in samples.case())

    def choose(name: str, value: str) -> int:
        page.run("document.querySelector('.filters button').click()")
        return int(page.call(
            "POST", "/execute/async", args=[name, value],
            script="const [name, value, done] = arguments; const form = document.forms.filters;"
            "setTimeout(() => { form.elements[name].value = value;"
            "form.elements[name].dispatchEvent(new Event('input', { bubbles: true }));"
            "setTimeout(() => done([...document.querySelectorAll('#table tbody tr')].filter("
            "r => r.checkVisibility()).length), 150); }, 30)",
        ))  # fmt: skip

    assert choose("status", "denied") == 1
    assert choose("kind", "anonymous person") == 8
    assert choose("report", "2") == 6
    assert choose("speaker", "maelle") == 1
    assert choose("text", "REOPEN") == 2
    assert page.run("return document.getElementById('shown').textContent") == "2 of 23 claims."
    assert choose("text", "") == total
    assert page.run("return document.getElementById('shown').textContent") == "23 claims."


def test_columns_sort_both_ways_by_keyboard(page: Browser) -> None:
    first = "return document.querySelector('#table tbody th').textContent"
    page.run("document.querySelector('th.c-number button').focus()")
    page.press(ENTER)
    assert page.run(first) == "1.1"
    page.press(ENTER)
    assert page.run(first) == "3.2"
    page.run("document.querySelector('th.c-status button').focus()")
    page.press(ENTER)
    assert page.run("return document.querySelector('#table tbody tr td.st').textContent") == "asked"
    assert page.run("return document.querySelector('th.c-status').ariaSort") == "ascending"


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_the_page_never_scrolls_sideways(chrome: Browser, dossier: Path, width: int) -> None:
    chrome.open(dossier, width=width, height=800)
    chrome.run("for (const d of document.querySelectorAll('details')) d.open = true")
    assert chrome.run("return document.documentElement.scrollWidth") <= width
    chrome.run("document.getElementById('r1n9').focus()")
    box = chrome.run(
        "const b = card.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]"
    )
    assert box[0] >= 0
    assert box[1] <= width
    assert box[2] >= -1
    assert box[3] <= 801


def test_notes_are_folded_on_screen_open_when_led_to_and_on_paper(page: Browser) -> None:
    folded = "return [...document.querySelectorAll('details.all')].map(d => d.open)"
    assert page.run(folded) == [False, False, False]
    page.run("document.querySelector('#claims a[href=\"#r2c1\"]').click()")
    page.call("POST", "/execute/async", args=[], script="setTimeout(arguments[0], 60)")
    assert page.run(folded) == [False, True, False]
    assert page.run("return document.getElementById('r2c1').checkVisibility()")
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.run(folded) == [True, True, True]
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run(folded) == [False, True, False]


def test_without_script_everything_is_there_to_read(chrome: Browser, dossier: Path) -> None:
    chrome.devtools("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chrome.open(dossier)
        answer = chrome.devtools(
            "Runtime.evaluate", returnByValue=True,
            expression="[document.documentElement.className,"
            "[...document.querySelectorAll('.note')].filter(n => n.checkVisibility()).length,"
            "document.querySelectorAll('#table tbody tr').length, document.forms.filters.checkVisibility()]",
        )  # fmt: skip
    finally:
        chrome.devtools("Emulation.setScriptExecutionDisabled", value=False)
    claims = sum(len(record.claims) for record in samples.case())
    assert answer["result"]["value"] == ["", claims, claims, False]


def test_it_prints(page: Browser) -> None:
    printed = page.pdf()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 8
    assert (
        page.run("return [...document.querySelectorAll('details.all')].some(d => d.open)") is False
    )
