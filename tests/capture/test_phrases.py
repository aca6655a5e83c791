"""Every wording in the lists has examples, and the examples hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ondit.capture.furniture import find_furniture
from ondit.capture.phrases import Phrase, PhraseList, fold, label, load, read_list
from ondit.model import PackError

LISTS = load().lists
ENGLISH = next(p for p in LISTS if p.tag == "en")


def page(listed: PhraseList, phrase: Phrase, line: str) -> str:
    """Return a page of the list's language with `line` where the phrase belongs."""
    language = listed.language or ENGLISH.language
    assert language is not None
    if phrase.shape == "weak":
        # A line of this language stands on a page of another.
        other = next(p for p in LISTS if p.language and p.tag != listed.tag).language
        assert other is not None
        language = other
    return "\n\n".join([*language.prose, line])


def cases(field: str) -> Iterator[tuple[PhraseList, Phrase, str]]:
    for listed in LISTS:
        for phrase in listed.phrase:
            yield from ((listed, phrase, line) for line in getattr(phrase, field))


@pytest.mark.parametrize(
    ("listed", "phrase", "line"),
    [
        pytest.param(*case, id=f"{case[0].tag}-{case[1].kind}-{case[2]}")
        for case in cases("examples")
    ],
)
def test_examples_are_marked(listed: PhraseList, phrase: Phrase, line: str) -> None:
    string = page(listed, phrase, line)
    marked = {f.span.exact: f.kind for f in find_furniture(string).furniture(string)}
    assert marked == {line: phrase.kind}


@pytest.mark.parametrize(
    ("listed", "phrase", "line"),
    [
        pytest.param(*case, id=f"{case[0].tag}-{case[1].kind}-{case[2]}")
        for case in cases("not_examples")
    ],
)
def test_counter_examples_are_not_marked(listed: PhraseList, phrase: Phrase, line: str) -> None:
    string = page(listed, phrase, line)
    assert find_furniture(string).furniture(string) == ()


@pytest.mark.parametrize("listed", LISTS, ids=lambda p: p.tag)
def test_lists_know_their_own_language(listed: PhraseList) -> None:
    if listed.language:
        assert {load().language(line) for line in listed.language.prose} == {listed.tag}


def test_every_phrase_has_an_example() -> None:
    assert all(phrase.examples for listed in LISTS for phrase in listed.phrase)


def test_fold_and_label() -> None:
    assert fold("  Lire\u00a0 L’article 12 ") == "lire l'article #"
    assert label("» À lire aussi :") == "à lire aussi"


def test_a_malformed_list_names_its_file(tmp_path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text("[head]\nauthor = 1\n")
    with pytest.raises(PackError, match=r"xx\.toml"):
        read_list(path)
