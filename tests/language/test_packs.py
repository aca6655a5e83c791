"""Every table of every pack: a head, entries with examples, and nothing said twice."""

import tomllib
from collections import Counter

import pytest

from ondit.language.lexicon import PACKS, Head, Pack, available, load_pack, read_table
from ondit.model import PackError
from ondit.reading.cues import Cues
from ondit.reading.grammar import Grammar
from tests.marked import marked

TABLES = sorted(PACKS.glob("*/*.toml"))


@pytest.mark.parametrize("path", TABLES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_table_says_who_wrote_it_and_gives_examples(path):
    table = tomllib.loads(path.read_text("utf-8"))
    assert set(table["head"]) == {"author", "licence", "date", "source"}
    for name, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, entry in enumerate(value):
                shown = entry.get("examples") or entry.get("not_examples")
                assert shown, f"{path.name}: {name} {number} has no example"


@pytest.mark.parametrize("tag", available())
def test_no_cue_stands_in_two_entries(tag):
    cues = load_pack(tag).table("cues", Cues)
    for entries in (cues.verb, cues.noun, cues.adjective):
        counts = Counter(lemma for entry in entries for lemma in entry.lemmas)
        assert [lemma for lemma, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("tag", available())
def test_the_examples_of_a_word_class_show_its_words(tag):
    for entry in load_pack(tag).table("grammar", Grammar).classes:
        shown = [word for example in entry.examples for word in marked(example).of("x")]
        if entry.words and "lemmas" not in (entry.note or ""):
            assert shown
            assert {word.lower().replace("’", "'") for word in shown} <= set(entry.words)


def test_all_languages_have_the_same_word_classes():
    names = {
        tag: {c.name for c in load_pack(tag).table("grammar", Grammar).classes}
        for tag in available()
    }
    assert len(set(map(frozenset, names.values()))) == 1


def test_a_faulty_table_is_named_with_its_place(tmp_path):
    folder = tmp_path / "xx"
    folder.mkdir()
    path = folder / "grammar.toml"
    path.write_text(
        '[head]\nauthor = "a"\nlicence = "b"\ndate = "c"\nsource = "d"\n[[class]]\nname = 3\n'
    )
    with pytest.raises(PackError, match=r"xx/grammar.toml: .*class\[0\]"):
        Pack(folder).table("grammar", Grammar)
    with pytest.raises(PackError, match=r"no table absent\.toml"):
        read_table(folder / "absent.toml", Head)
    with pytest.raises(PackError, match="no language pack for 'xx'"):
        load_pack("xx")


def test_the_digest_changes_with_a_file(tmp_path):
    (tmp_path / "a.toml").write_text("x = 1\n")
    before = Pack(tmp_path).digest
    (tmp_path / "a.toml").write_text("x = 2\n")
    assert Pack(tmp_path).digest != before
