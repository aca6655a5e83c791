"""Descriptions that a clause, a role or a body ties to somebody met before."""

import tomllib

import pytest
from msgspec.structs import replace

from ondit.language.lexicon import PACKS, available
from tests.marked import marked, parsed
from tests.reading.resolved import bare_record, judged, read_speakers
from tests.reading.test_attribution import attributions
from tests.reading.test_mentions import read

PREDICATES = [
    pytest.param(tag, example, id=f"{tag}-{n}-{m}")
    for tag in available()
    for n, entry in enumerate(
        tomllib.loads((PACKS / tag / "mentions.toml").read_text("utf-8"))["predicative"]
    )
    for m, example in enumerate(entry["examples"])
]


@pytest.mark.parametrize(("tag", "example"), PREDICATES)
def test_a_clause_tells_whom_the_description_means(tag, example):
    wanted = marked(example)
    found, _ = read(wanted.text, tag)
    (_, start, _), (_, later, _) = wanted.spans
    at = {m.span.start: m.entity for m in found}
    assert at[start] == at[later]


@pytest.mark.parametrize(
    "clause",
    [
        "Ivo Tarn was not elected mayor of Varn.",
        "Ivo Tarn may become mayor of Varn.",
        "Ivo Tarn wants to become mayor of Varn.",
        "Ivo Tarn saw the mayor of Varn.",
    ],
)
def test_what_somebody_is_not_or_not_yet_is_nobody_s_description(clause):
    _, entities = read(f"{clause} The bridge was closed.", "en")
    assert next(e for e in entities if e.name == "Ivo Tarn").description is None


SPEAKERS = [
    (
        "en",
        (
            "Ada Holm came with her lawyer, Ivo Tarn. The hall was full. "
            '<s a="1" e="Ivo Tarn" w="named_person">Her lawyer</s> <c a="1">said</c> '
            '<q a="1">that it was safe</q>.'
        ),
        "description.same-role",
    ),
    (
        "fr",
        (
            "Ada Holm est venue avec son avocat, Ivo Tarn. La salle était pleine. "
            '<s a="1" e="Ivo Tarn" w="named_person">Son avocat</s> <c a="1">a dit</c> '
            '<q a="1">que tout allait bien</q>.'
        ),
        "description.same-role",
    ),
    (
        "fr",
        (
            "Un pilote de haut rang du groupe Wagner a fui. Le quai était vide. "
            '<s a="1" e="Un pilote de haut rang du groupe Wagner" w="anonymous_person">'
            'Le responsable de Wagner</s> <c a="1">a dit</c> <q a="1">que tout allait bien</q>.'
        ),
        "description.same-body",
    ),
    (
        "en",
        (
            '<s a="1" e="Ivo Tarn" w="named_person">One of the dockers, Ivo Tarn,</s> '
            '<c a="1">said</c> <q a="1">that it was safe</q>.'
        ),
        "phrase.name",
    ),
    (
        "fr",
        (
            '<s a="1" e="Ivo Tarn" w="named_person">L’un des dockers, Ivo Tarn</s>, '
            '<c a="1">a dit</c> <q a="1">que tout allait bien</q>.'
        ),
        "phrase.name",
    ),
]


@pytest.mark.parametrize(("tag", "string", "rule"), SPEAKERS)
def test_a_description_leads_back_to_who_was_described_so(tag, string, rule):
    (verdict,) = judged(string, tag)
    assert verdict.speaker
    assert verdict.kind
    assert verdict.attribution.speaker_rule == rule


def test_a_role_that_two_share_names_neither():
    (verdict,) = judged(
        "Ada Holm came with her lawyer, Ivo Tarn. Mara Quill came with her lawyer, Odo Pask. "
        '<s a="1" e="-" w="role_person">Her lawyer</s> <c a="1">said</c> '
        '<q a="1">that it was safe</q>.',
        "en",
    )
    assert verdict.attribution.speaker_rule != "description.same-role"


def test_information_that_nobody_holds_is_called_what_the_report_calls_it():
    string = "Le port ignore les informations selon lesquelles le bac aurait coulé."
    text, found = parsed(string, "fr"), attributions(string, "fr")
    record = replace(bare_record(text, "fr"), attributions=tuple(found))
    (one,) = read_speakers(text, record, "fr").attributions
    assert one.source == ()
    assert one.source_kind == "unspecified"
    assert one.speaker_rule == "noun.told"
