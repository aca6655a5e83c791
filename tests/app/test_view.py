"""What a person sees: whole records, line by line, on a terminal and off one."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from rich.console import Console

from ondit.app.signs import Signs, interval, visible
from ondit.app.view import claims_parts, display, record_parts, sentence, signs_for, voice_words
from ondit.case.summary import ClaimRow, claim_rows, count
from ondit.model import Capture, Failure, Meta, Published, Record, digest
from ondit.model.voices import Voice
from tests.case.fakes import a_record, a_report, read_lines

PLAIN = """\
--------------------------------------------------------------------------------
Le ferry a heurté la jetée
Le Courrier des Ormelles - 2031-03-04 - fr - article
ferry.txt
--------------------------------------------------------------------------------

asserted     Le ferry Reine Aldara a heurté la jetée de Port-Ormelle lundi
             la capitainerie (organisation) <- this report
             when: lundi (2031-03-03) - where: Port-Ormelle

unconfirmed  "Personne ne tenait la barre"
             un marin récemment retraité (anonymous) <- Ana Orme <- this report

denied       quatorze passagers soient blessés
             La mairie (organisation) <- this report
             how many: quatorze passagers
hedged       Une enquête pourrait suivre
             this report, in its own voice

--------------------------------------------------------------------------------
4 claims: 1 (25 %) in the report's own voice, 2 (50 %) on an organisation,
document or outlet, 1 (25 %) on someone unnamed. 3 not plainly asserted.
"""


def shown(record: Record, *, terminal: bool = False, width: int = 80) -> str:
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=terminal, width=width, highlight=False, markup=False,
        color_system="standard" if terminal else None, emoji=False, legacy_windows=False,
    )  # fmt: skip
    display(console, *record_parts(record, Signs(plain=not terminal, language=record.language)))
    return out.getvalue()


def test_a_record_off_a_terminal() -> None:
    assert shown(a_record()) == PLAIN


def test_on_a_terminal_there_is_colour_and_typography() -> None:
    page = shown(a_record(), terminal=True)
    assert "\x1b[1;33munconfirmed" in page
    assert "« Personne ne tenait la barre »" in page
    assert "←" in page


def test_a_console_without_a_terminal_gets_plain_signs() -> None:
    assert signs_for(Console(file=io.StringIO())).plain


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_wrap_within_the_terminal(width: int) -> None:
    page = shown(a_record(), terminal=True, width=width)
    from rich.text import Text  # noqa: PLC0415  only here

    assert all(len(Text.from_ansi(line)) <= min(width, 110) for line in page.splitlines())


def test_captured_characters_are_shown_and_never_obeyed() -> None:
    hostile = "Il a dit [bold]oui\x1b[2J\x1b]0;pwned\x07 \u202eton\u2066 [/] :smile:"
    report = a_report(hostile, name="x\x1b[31m.txt", title="T\x9b2J")
    for terminal in (True, False):
        page = shown(read_lines(report), terminal=terminal)
        assert "[bold]oui<U+001B>" in page.replace("\n             ", "")
        assert "<U+202E>" in page.replace("\n             ", "")
        for character in ("\x1b[2J", "\x1b]", "\x07", "\u202e", "\u2066", "\x9b"):
            assert character not in page


def test_what_is_not_known_is_said_to_be_so() -> None:
    record = Record(input="x.txt", capture=Capture(sha256=digest(b""), bytes=0))
    page = shown(record)
    assert "outlet not stated - date not stated - language unknown - kind of page unknown" in page
    assert "No claims." in page
    bounded = replace(record, meta=Meta(published=Published(latest="2031-03-04")))
    assert "date not stated, 2031-03-04 or before" in shown(bounded)


def test_failures_stand_at_the_top() -> None:
    failures = (
        Failure(step="fetch", reason="no such host", fatal=True),
        Failure(step="syntax", reason="no parser"),
    )
    page = shown(replace(a_record(), failures=failures))
    assert "could not be read: no such host [fetch]\nread in part: no parser [syntax]\n" in page


def test_claims_of_several_reports_carry_their_ids() -> None:
    out = io.StringIO()
    rows = list(claim_rows(a_record(), number=7))
    display(Console(file=out), *claims_parts(rows, Signs(plain=True)))
    assert f"\n{rows[0].claim[:11]}  la capitainerie (organisation) <- report 7\n" in out.getvalue()


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("named_person", "Ana Orme", "Ana Orme"),
        ("anonymous_person", "un marin", "un marin (anonymous)"),
        ("role_person", "le maire", "le maire (by role)"),
        ("collective", "des riverains", "des riverains (unnamed group)"),
        ("unspecified", None, "source not stated"),
        ("role_person", "le maire " * 20, f"{'le maire ' * 5}... (by role)"),
    ],
)
def test_voices_in_words(kind: str, name: str | None, words: str) -> None:
    voice = Voice(attribution="a", name=name, words=name, kind=kind, speaker=None, cue=None)  # type: ignore[arg-type] # literals
    assert voice_words(voice, Signs(plain=True)) == words


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2031-03-01", "2031-03-31", "2031-03-01 ... 2031-03-31"),
        ("2031-03-01", None, "2031-03-01 or after"),
        (None, "2031-03-01", "2031-03-01 or before"),
        (None, None, "time not stated"),
    ],
)
def test_intervals_in_words(earliest: str | None, latest: str | None, words: str) -> None:
    assert interval(earliest, latest, Signs(plain=True)) == words


def test_shares_sum_up_all_claims() -> None:
    rows: list[ClaimRow] = list(claim_rows(a_record()))
    assert sentence(count(rows[:1])).startswith("1 claim: 1 (100 %) on an organisation")


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    assert visible("Ŭlm – «été» 東京 😀\tx") == "Ŭlm – «été» 東京 😀\tx"


def test_words_that_bring_their_own_marks_get_no_others() -> None:
    record = a_record()
    quotation = record.quotations[0].span
    claim = replace(record.claims[1], span=quotation)
    record = replace(record, claims=(claim,))
    assert f"  {quotation.exact}\n" in shown(record)
    assert "«\u202f«" not in record._repr_html_()
    assert quotation.exact in record._repr_html_()
