"""Mentions and entities: names, descriptions, pronouns; who is the same person."""

import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ondit.language.lexicon import PACKS, available, load_pack
from ondit.model import Capture, Entity, Mention, Record
from ondit.reading import mentions
from tests.marked import marked, parsed, plain

EXAMPLES = [
    pytest.param(tag, table, entry, example, id=f"{tag}-{table}-{number}-{n}")
    for tag in available()
    for table, entries in tomllib.loads((PACKS / tag / "mentions.toml").read_text("utf-8")).items()
    if isinstance(entries, list) and table not in {"broader", "taken_up"}  # see test_speakers
    for number, entry in enumerate(entries)
    for n, example in enumerate(entry["examples"])
]
COUNTER_EXAMPLES = [
    pytest.param(tag, example, id=f"{tag}-{table}-{n}")
    for tag in available()
    for table, entries in tomllib.loads((PACKS / tag / "mentions.toml").read_text("utf-8")).items()
    if isinstance(entries, list)
    for entry in entries
    for n, example in enumerate(entry.get("not_examples", ()))
]


def read(string, language="fr"):
    """Return the mentions and entities of `string`."""
    text = parsed(string, language)
    return found_in(text, language)


def found_in(text, language):
    record = Record(
        input="t", capture=Capture(sha256="0", bytes=0), text=text.string, blocks=text.blocks
    )
    found = list(mentions.find(text, record, load_pack(language)))
    return (
        [m for m in found if isinstance(m, Mention)],
        [e for e in found if isinstance(e, Entity)],
    )


def named(entities, name):
    return next(e for e in entities if e.name == name)


def words_of(found, entity):
    return [m.span.exact for m in found if m.entity == entity.id]


@pytest.mark.parametrize(("tag", "table", "entry", "example"), EXAMPLES)
def test_each_pack_entry_finds_its_examples(tag, table, entry, example):
    wanted = marked(example)
    found, entities = read(wanted.text, tag)
    places = {(m.span.start, m.span.end) for m in found}
    for _, start, end in wanted.spans:
        if table == "title":
            assert any(start < s and e == end for s, e in places), places
        elif table == "alias":
            assert any(start <= s and e <= end for s, e in places), places
        elif not entry.get("relative"):
            assert (start, end) in places, [m.span.exact for m in found]
        if table == "outlet":
            kinds = {e.id: e.source_kind for e in entities}
            assert [kinds[m.entity] for m in found if m.span.start == start] == ["outlet"]


@pytest.mark.parametrize(("tag", "example"), COUNTER_EXAMPLES)
def test_counter_examples_name_and_describe_nobody(tag, example):
    found, entities = read(example, tag)
    assert [m.span.exact for m in found if m.form in {"name", "description"}] == []
    assert entities == []


@pytest.mark.parametrize(
    ("language", "string", "name", "same"),
    [
        ("fr", "Ilian Brask a fui. Brask est loin.", "Ilian Brask", "Brask"),
        ("fr", "Le pilote Ilian Brask a fui. Le pilote est loin.", "Ilian Brask", "Le pilote"),
        ("fr", "Ilian Brask, capitaine du port, a fui.", "Ilian Brask", "capitaine du port"),
        ("en", "Ivo Tarn left. Mr Tarn is far away.", "Ivo Tarn", "Tarn"),
        ("en", "Skipper Ivo Tarn left. The skipper is far away.", "Ivo Tarn", "The skipper"),
        ("en", "Ivo Tarn, the mayor of Varn, left.", "Ivo Tarn", "the mayor of Varn"),
    ],
)
def test_one_person_is_one_entity(language, string, name, same):
    found, entities = read(string, language)
    assert same in words_of(found, named(entities, name))


def test_a_description_and_the_name_apposed_later_are_one_person():
    found, entities = read(
        "Un commissaire chargé des digues est mort lundi.\n"
        "Le corps du commissaire, le colonel Ivo Tarn, 49 ans, a été retrouvé."
    )
    person = named(entities, "Ivo Tarn")
    assert person.source_kind == "named_person"
    assert "le colonel" in words_of(found, person)
    assert words_of(found, person)[0].startswith("Un commissaire")


def test_an_anonymous_person_comes_back_with_the_article_and_keeps_the_description():
    found, entities = read(
        "Un batelier sarvanais fraîchement retraité, qui garde des amis au port, a parlé.\n"
        "Le batelier a souri."
    )
    (person,) = [e for e in entities if e.source_kind == "anonymous_person"]
    assert person.name == "Un batelier sarvanais fraîchement retraité"
    assert person.description == person.name
    assert len(words_of(found, person)) == 2


def test_an_indefinite_description_never_comes_back_as_the_same_person():
    _, entities = read("Un docker est parti. Un docker est revenu.")
    assert len([e for e in entities if e.name == "Un docker"]) == 2


def test_other_modifiers_mean_another_person():
    _, entities = read("Le ministre sarvanais est parti. Le ministre ormellois est revenu.")
    assert {"Le ministre sarvanais", "Le ministre ormellois"} <= {e.name for e in entities}


def test_a_nickname_belongs_to_its_bearer_and_what_it_contains_is_no_mention():
    found, entities = read(
        "Olaf Merrin est président. "
        "Le marchand Ilian Brask, surnommé « le barbier de Merrin », a fui."
    )
    assert named(entities, "Ilian Brask").aliases == ("le barbier de Merrin",)
    assert words_of(found, named(entities, "Olaf Merrin")) == ["Olaf Merrin", "président"]


def test_two_people_joined_are_taken_up_by_both():
    found, entities = read("Une avocate et un docker ont été entendus. Tous deux ont nié.")
    pair = named(entities, "Une avocate et un docker")
    assert words_of(found, pair) == ["Une avocate et un docker", "Tous deux"]
    assert pair.source_kind == "collective"


def test_an_acronym_in_brackets_is_another_name():
    _, entities = read("L’Agence des digues (AGD) a réagi. L’AGD est prudente.")
    (agency,) = [e for e in entities if e.kind == "organisation"]
    assert "AGD" in {agency.name, *agency.aliases}


def test_two_persons_of_one_surname_are_not_guessed_apart():
    _, entities = read("Ivo Tarn and Olga Tarn came. Tarn laughed.", "en")
    assert {"Ivo Tarn", "Olga Tarn", "Tarn"} <= {e.name for e in entities}


def test_known_organisations_are_never_people():
    _, entities = read("Le mercenaire a quitté Wagner. Wagner n’a rien dit.")
    assert named(entities, "Wagner").kind == "organisation"


def test_elided_words_are_no_names():
    found, _ = read("Il dit qu’elle n’a rien vu et qu’Ada Lorrain dort.")
    assert [m.span.exact for m in found if m.form == "name"] == ["Ada Lorrain"]


def test_without_a_parse_the_listed_names_remain():
    found, entities = found_in(plain("Reuters cites the Red Cross."), "en")
    assert [m.span.exact for m in found] == ["Reuters", "Red Cross"]
    assert {e.source_kind for e in entities} == {"outlet", "organisation"}


def test_every_mention_but_pronouns_has_an_entity_that_exists():
    found, entities = read("Ada Lorrain, capitaine du port, a vu des dockers. Elle les a comptés.")
    known = {e.id for e in entities}
    assert all(m.entity in known for m in found if m.form in {"name", "description"})
    assert all(m.entity is None for m in found if m.form in {"pronoun", "possessive"})


PIECES = ["Ada Lorrain", "un docker", "Le docker", "a dit", "que", "elle", "« Non »", ",", "M.",
          "Tarn", "surnommé", "et", "l’OTAN", ".", "qui", "(OX)", "\n"]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
@example(["un docker", "que", "Ada Lorrain", ","])
def test_any_text_gives_anchored_mentions_and_names_from_the_text(pieces):
    string = " ".join(pieces)
    found, entities = read(string)
    assert all(m.span.holds(string) for m in found)
    assert all(e.name in string and all(a in string for a in e.aliases) for e in entities)
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
