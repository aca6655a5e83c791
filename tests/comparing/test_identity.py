"""Credits in the packs' own examples, names of outlets, and who counts as one publisher."""

import pytest

from ondit.comparing.identity import Credits, agencies, name_key, outlets
from ondit.comparing.identity import _credit as credit
from ondit.comparing.identity import _credited as credited
from ondit.comparing.residue import Residues, residues
from ondit.language.lexicon import available, load_pack
from ondit.model import Block, Capture, Record, view
from tests.marked import marked

FORMULAS = [
    (tag, example)
    for tag in available()
    for formula in load_pack(tag).table("credits", Credits).formula
    for example in formula.examples
]


def named(text: str, tag: str) -> set[str]:
    found = credited(view(text), tag)
    kept = [m["agency"] for m, language, f in found if credit(m["agency"], None, f, language)]
    return set(kept)


@pytest.mark.parametrize(("tag", "example"), FORMULAS)
def test_a_credit_is_read_where_the_example_shows_it(tag, example):
    shown = marked(example)
    assert named(shown.text, tag) == {view(name) for name in shown.of("x")}


@pytest.mark.parametrize("tag", available())
def test_counter_examples_give_no_credit(tag):
    for formula in load_pack(tag).table("credits", Credits).formula:
        for example in formula.not_examples:
            assert named(example, tag) == set()


@pytest.mark.parametrize("tag", available())
def test_traces_of_another_language_are_found_where_the_examples_show_them(tag):
    for trace in load_pack(tag).table("residue", Residues).trace:
        for example in trace.examples:
            shown = marked(example)
            found = residues(report(shown.text, tag), trace.of)
            assert [span.exact for span, _ in found] == shown.of("x")
        for example in trace.not_examples:
            assert list(residues(report(example, tag), trace.of)) == []


def report(text: str, tag: str) -> Record:
    return Record(
        input="a",
        capture=Capture(sha256="0" * 64, bytes=0),
        text=text,
        language=tag,
        blocks=(Block(start=0, end=len(text)),),
    )


def test_no_name_belongs_to_two_agencies():
    every = [n for agency in outlets().agency for n in (agency.name, *agency.names)]
    assert len({name.casefold() for name in every}) == len(every)
    assert agencies()["agence france presse"] == "afp"


def test_articles_and_accents_do_not_make_another_outlet():
    assert name_key("L’Écho du Port") == name_key("echo du port")
    assert name_key("The Ferry Courier") == name_key("Ferry Courier")
    assert name_key("Le Courrier") != name_key("Le Courrier du Bac")
