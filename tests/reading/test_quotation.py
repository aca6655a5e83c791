"""Quotations: marks in all their states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import load_pack
from ondit.model import Capture, Record
from ondit.reading import quotation
from tests.marked import plain


def quotations(string):
    record = Record(input="test", capture=Capture(sha256="0", bytes=0), text=string)
    return list(quotation.find(plain(string), record, load_pack("fr")))


@pytest.mark.parametrize(
    ("string", "wanted"),
    [
        ("Il a dit « partons tous d’ici » hier.", ["« partons tous d’ici »"]),
        ("He said “let us all leave now” twice.", ["“let us all leave now”"]),
        ('He said "let us all leave now" twice.', ['"let us all leave now"']),
        ("He said ''let us all leave now'' twice.", ["''let us all leave now''"]),
        ("He said ‘it’s the dogs’ home, sir,’ twice.", ["‘it’s the dogs’ home, sir,’"]),
        ("Er sagte: „Wir gehen jetzt alle.“ Dann nichts.", ["„Wir gehen jetzt alle.“"]),
        ('He said “let us all leave now" twice.', ['“let us all leave now"']),
        ("He said ”let us all leave now” twice.", ["”let us all leave now”"]),
        ("Glued:«c’est faux tout ça».est liée", ["«c’est faux tout ça»"]),
        ("He is 5'10\" tall, the boys' coach said.", []),
        ("Home » News » A title", []),
        ("Il l’a dit, qu’il s’en va.", []),
    ],
)
def test_marks(string, wanted):
    assert [q.span.exact for q in quotations(string)] == wanted


def test_quotations_nest():
    outer, inner = quotations("Elle dit : « Il m’a crié “sortez tous d’ici” hier. »")
    assert inner.parent == outer.id
    assert outer.parent is None
    assert inner.span.exact == "“sortez tous d’ici”"


def test_an_unclosed_quotation_ends_with_its_paragraph_and_may_be_reopened():
    first, second, third = quotations("Il a dit : « Un.\n« Deux deux deux.\n« Trois trois. »\nFin.")
    assert (first.closed, second.closed, third.closed) == (False, False, True)
    assert first.span.exact == "« Un."
    assert second.continues == first.id
    assert third.continues == second.id


def test_a_quotation_that_closes_paragraphs_later_runs_through_them():
    made = quotations("Il a dit : « Un.\nDeux deux deux.\nTrois trois. »\nFin.")
    assert [q.span.exact for q in made] == ["« Un.", "Deux deux deux.", "Trois trois. »"]
    assert [q.closed for q in made] == [False, False, True]


def test_a_paragraph_that_opens_nothing_ends_the_speech():
    (only,) = quotations("Il a dit : « Un deux trois.\nLe port a rouvert.\nFin.")
    assert only.span.exact == "« Un deux trois."


def test_a_mark_that_opens_again_cuts_the_one_left_open():
    first, second = quotations("Il dit « un deux trois. Elle répond « quatre cinq six ».")
    assert first.rule == "quotation.cut-by-next"
    assert second.closed


@pytest.mark.parametrize(
    ("string", "kind"),
    [
        ("A “green” ferry.", "scare"),
        ("He said “We all leave.”", "speech"),
        ("Her book “The Long Night” sold.", "title"),
        ("Un accord « historique » selon lui.", "scare"),
    ],
)
def test_kinds(string, kind):
    assert [q.kind for q in quotations(string)] == [kind]


marks = st.text(alphabet="«»“”„‘’\"' \nabA.,!?", max_size=60)


@given(marks)
def test_any_marks_give_sound_nested_spans(string):
    made = quotations(string)
    ids = {q.id: q for q in made}
    assert len(ids) == len(made)
    for q in made:
        assert q.span.holds(string)
        assert "\n" not in q.span.exact
        if q.parent:
            assert ids[q.parent].span.contains(q.span)
        if q.continues:
            assert ids[q.continues].span.end <= q.span.start


@given(marks)
def test_a_paragraph_before_moves_and_changes_nothing(string):
    before = "Un.\n\n"
    alone = [(q.span.exact, q.closed, q.kind) for q in quotations(string)]
    behind = [(q.span.exact, q.closed, q.kind) for q in quotations(before + string)]
    assert alone == behind


def test_a_mark_at_the_head_of_a_carried_paragraph_is_not_found_twice():
    made = quotations('"…\n“—A—)"\n“')
    assert len({q.id for q in made}) == len(made)
