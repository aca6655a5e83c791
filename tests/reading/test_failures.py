"""The failures that other tools are known for, each as one report of our own, read whole.

Marks in the examples are what the record must hold to the character: ``<s>`` source, ``<c>`` cue,
``<q>`` content of one attribution, discontinuous where a role is marked twice. A blank line in an
example parts two paragraphs.
"""

from __future__ import annotations

import pytest

from ondit.capture import report_from_bytes
from ondit.model import Record
from ondit.reading.pipeline import read_report
from tests.marked import Marked, marked

Parts = tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]


def read(string: str, tag: str, *, plain: bool = True) -> Record:
    """Return the record of a text file that holds `string`."""
    (report,) = report_from_bytes(string.encode(), name="report.txt", plain=plain)
    record = read_report(report, language=tag)
    assert record.text == string
    return record


def found(record: Record) -> list[Parts]:
    """Return source, cue and content of each attribution, as lists of ranges."""
    return [
        tuple([(s.start, s.end) for s in role] for role in (a.source, a.cue, a.content))  # type: ignore[misc]  # three roles, always
        for a in record.attributions
    ]


def wanted(made: Marked) -> Parts:
    """Return the three roles that the marks show."""
    shown = {role: [(s, e) for t, s, e in made.spans if t == role] for role in "scq"}
    return shown["s"], shown["c"], shown["q"]


def told(record: Record) -> list[tuple[list[str], list[str], list[str]]]:
    """Return the attributions in words, for a reader of a failed test."""
    return [
        ([s.exact for s in a.source], [s.exact for s in a.cue], [s.exact for s in a.content])
        for a in record.attributions
    ]


def check(tag: str, example: str, *, plain: bool = True) -> Record:
    """Check that the record holds the attribution that the marks show; return the record."""
    made = marked(example)
    record = read(made.text, tag, plain=plain)
    assert wanted(made) in found(record), told(record)
    return record


# -- quotation marks -------------------------------------------------------------------------

ODD_MARKS = [
    (
        "fr",
        (
            "<s>La capitaine</s> <c>a déclaré</c> : <q>« Nous avons attendu toute la nuit.</q>"
            "\n\nLe quai a rouvert lundi. Personne n’a été blessé."
        ),
    ),
    (
        "en",
        (
            "<q>“We waited all night,”</q> <c>said</c> <s>Ada Holm</s>."
            "\n\nThe quay opened again on Monday. Nobody had been hurt, not even the “crew."
        ),
    ),
    (
        "en",
        (
            'The ferry was 40" too wide for the lock.\n\n<q>"We measured it twice,"</q> '
            "<c>said</c> <s>Mara Quill</s>."
        ),
    ),
]


@pytest.mark.parametrize(("tag", "example"), ODD_MARKS)
def test_an_odd_mark_spoils_neither_the_report_nor_its_other_quotations(tag, example):
    record = check(tag, example)
    assert record.failures == ()
    assert len([a for a in record.attributions if a.source]) == 1


FOUR_PARAGRAPHS = [
    (
        "fr",
        (
            "<s>L’officier</s> <c>a raconté</c> : <q>« Le bac a quitté le port à minuit.</q>\n\n"
            "<q>« Personne ne nous avait prévenus de la tempête.</q>\n\n"
            "<q>« Nous avons appelé trois fois la capitainerie.</q>\n\n"
            "<q>« Elle n’a jamais répondu. »</q>\n\nLe port est fermé depuis."
        ),
    ),
    (
        "en",
        (
            "<s>The officer</s> <c>said</c>: <q>“The ferry left the port at midnight.</q>\n\n"
            "<q>“Nobody had warned us of the storm.</q>\n\n"
            "<q>“We rang the harbour three times.</q>\n\n"
            "<q>“It never answered.”</q>\n\nThe port has been closed since."
        ),
    ),
]


@pytest.mark.parametrize(("tag", "example"), FOUR_PARAGRAPHS)
def test_a_quotation_over_four_paragraphs_is_one_persons(tag, example):
    record = check(tag, example)
    assert len(record.attributions) == 1


NAMED_AT_THE_END = [
    (
        "fr",
        (
            "<q>« Le bac a quitté le port à minuit.</q>\n\n<q>Nul ne nous avait prévenus »</q>, "
            "<c>a raconté</c> <s>Ada Lorrain</s>."
        ),
    ),
    (
        "en",
        (
            "<q>“The ferry left the port at midnight.</q>\n\n<q>Nobody had warned us,”</q> "
            "<c>said</c> <s>Ada Holm</s>."
        ),
    ),
]


@pytest.mark.parametrize(("tag", "example"), NAMED_AT_THE_END)
def test_a_quotation_whose_speaker_is_named_a_paragraph_later(tag, example):
    record = check(tag, example)
    assert len(record.attributions) == 1


TWO_IN_A_SENTENCE = [
    (
        "fr",
        (
            "Le maire juge le quai « dangereux », tandis que <s>la capitaine</s> <c>a répondu</c> "
            "<q>que « rien ne presse dans ce port »</q>."
        ),
    ),
    (
        "en",
        (
            "The mayor called the quay “unsafe”, while <s>the captain</s> <c>replied</c> "
            "<q>that “nothing in this port is urgent”</q>."
        ),
    ),
]


@pytest.mark.parametrize(("tag", "example"), TWO_IN_A_SENTENCE)
def test_two_quotations_of_a_sentence_stay_two(tag, example):
    record = check(tag, example)
    assert len(record.quotations) == 2


BY_KIND = [
    (
        "fr",
        (
            "<q>« Il m’a crié “sortez tous d’ici” avant de sauter »</q>, <c>raconte</c> "
            "<s>Mara Quentin</s>."
        ),
    ),
    (
        "en",
        "<q>“He shouted ‘get out of here’ before he jumped,”</q> <c>said</c> <s>Mara Quill</s>.",
    ),
    ("en", "<q>''The tide was far too high,''</q> <c>said</c> <s>Mara Quill</s>."),
]


@pytest.mark.parametrize(("tag", "example"), BY_KIND)
def test_marks_are_closed_by_their_own_kind(tag, example):
    check(tag, example)


@pytest.mark.parametrize(
    ("tag", "string"),
    [
        ("fr", "La compagnie vend un bac « vert » à la ville de Port-Brume."),
        ("en", "The company sold its “green” ferry to the town of Brackwater."),
    ],
)
def test_a_scare_quote_is_no_statement(tag, string):
    assert read(string, tag).attributions == ()


# -- the speaker -----------------------------------------------------------------------------

APPOSITIONS = [
    (
        "fr",
        (
            "<s>Ada Lorrain, capitaine du port depuis dix ans</s>, <c>a affirmé</c> "
            "<q>que le bac était plein</q>."
        ),
    ),
    (
        "fr",
        (
            "<s>Ada Lorrain, qui dirige le port depuis dix ans</s>, <c>a affirmé</c> "
            "<q>que le bac était plein</q>."
        ),
    ),
    (
        "fr",
        "<q>« Le bac était plein »</q>, <c>a dit</c> lundi <s>Ada Lorrain, chef du port</s>.",
    ),
    (
        "en",
        "<s>Ada Holm, harbour master since 2011</s>, <c>said</c> <q>that the ferry was full</q>.",
    ),
    (
        "en",
        (
            "<s>Ada Holm, who has run the port for ten years</s>, <c>said</c> "
            "<q>that the ferry was full</q>."
        ),
    ),
    (
        "en",
        "<q>“The ferry was full,”</q> <c>said</c> <s>Ada Holm, master of the port</s>.",
    ),
    (
        "en",
        (
            "<s>Ada Holm, of the Institute of Tides in Brackwater</s>, <c>said</c>: "
            "<q>“The ferry was full.”</q>"
        ),
    ),
]


@pytest.mark.parametrize(("tag", "example"), APPOSITIONS)
def test_an_apposition_between_name_and_verb_stays_with_the_name(tag, example):
    check(tag, example)


@pytest.mark.parametrize(
    ("tag", "example"),
    [
        (
            "fr",
            (
                "<q>« Le bac était plein »</q>, <c>a déclaré</c> <s>Ada Lorrain</s>, le 11 juin, "
                "dans un entretien à la radio."
            ),
        ),
        (
            "en",
            "<q>“The ferry was full,”</q> <c>said</c> <s>Ada Holm</s>, speaking at the harbour.",
        ),
    ],
)
def test_when_and_where_it_was_said_is_no_part_of_the_speaker(tag, example):
    check(tag, example)


PREVIOUS_SENTENCE = [
    (
        "fr",
        (
            "<q>« Nous avons attendu toute la nuit »</q>, <c>a dit</c> <s>Ada Lorrain</s>. "
            "<q>« Personne n’est venu nous chercher. »</q>"
        ),
    ),
    (
        "en",
        "<q>“We waited all night,”</q> <c>said</c> <s>Ada Holm</s>. <q>“Nobody came for us.”</q>",
    ),
]


@pytest.mark.parametrize(("tag", "example"), PREVIOUS_SENTENCE)
def test_a_quotation_without_cue_goes_on_with_the_last_speaker(tag, example):
    record = check(tag, example)
    assert len(record.attributions) == 1


@pytest.mark.parametrize(
    ("tag", "example"),
    [
        (
            "fr",
            "<s>Ada Lorrain</s> ne décolère pas. <q>« Personne n’est venu nous chercher. »</q>",
        ),
        ("en", "<s>Ada Holm</s> was still angry. <q>“Nobody came for us at all.”</q>"),
    ],
)
def test_a_speaker_who_stands_in_the_previous_sentence(tag, example):
    check(tag, example)


def test_a_breadcrumb_is_no_speaker_fr():
    crumb = "Accueil » Région » Port-Brume » Le bac"
    example = f"{crumb}\n\n<s>La capitaine</s> <c>a déclaré</c> <q>que le bac était plein</q>."
    record = check("fr", example, plain=False)
    assert not any(s.start < len(crumb) for a in record.attributions for s in a.source)


def test_a_breadcrumb_is_no_speaker_en():
    crumb = "Home » Region » Brackwater » The ferry"
    example = f"{crumb}\n\n<s>The captain</s> <c>said</c> <q>that the ferry was full</q>."
    record = check("en", example, plain=False)
    assert not any(s.start < len(crumb) for a in record.attributions for s in a.source)


@pytest.mark.parametrize(
    ("tag", "example"),
    [
        (
            "fr",
            "Le port ignore <c>les informations</c> <q>selon lesquelles le bac aurait coulé</q>.",
        ),
        (
            "en",
            "The port ignores <c>rumours</c> <q>according to which the ferry had sunk</q>.",
        ),
    ],
)
def test_the_relative_of_selon_lesquelles_is_no_speaker(tag, example):
    record = check(tag, example)
    assert not any(a.source for a in record.attributions)


LONG_SUBJECTS = [
    (
        "fr",
        (
            "<s>Le marin qui avait donné l’alerte la veille depuis le phare</s> <c>a assuré</c> "
            "<q>que le bac était plein</q>."
        ),
    ),
    (
        "en",
        (
            "<s>The sailor who had raised the alarm from the lighthouse</s> <c>said</c> "
            "<q>that the ferry was full</q>."
        ),
    ),
]


@pytest.mark.parametrize(("tag", "example"), LONG_SUBJECTS)
def test_a_long_subject_keeps_its_relative_and_its_verb(tag, example):
    check(tag, example)


GOING_ON = [
    (
        "fr",
        (
            "<s>Ada Lorrain</s> a affirmé que le quai était fermé, "
            "<c>ajoutant</c> <q>que le bac partirait plus tard</q>."
        ),
        "que le quai était fermé",
    ),
    (
        "en",
        (
            "<s>Ada Holm</s> said that the quay was closed, "
            "<c>adding</c> <q>that the ferry would leave later</q>."
        ),
        "that the quay was closed",
    ),
]


@pytest.mark.parametrize(("tag", "example", "before"), GOING_ON)
def test_a_participle_goes_on_with_the_speaker_and_ends_what_was_said_before(tag, example, before):
    record = check(tag, example)
    assert [s.exact for s in record.attributions[0].content] == [before]


# -- the cue ---------------------------------------------------------------------------------

INVERTED = [
    ("fr", "<q>« Le quai est fermé »</q>, <c>explique</c> <s>la ministre</s>."),
    ("fr", "<q>« Le quai est fermé »</q>, <c>a indiqué</c> à la radio <s>une porte-parole</s>."),
    ("fr", "<q>« Le quai est fermé »</q>, <c>a</c>-t-<s>elle</s> <c>ajouté</c> mardi."),
    ("fr", "<q>« Le niveau de la rivière monte encore »</q>, <c>s’inquiète</c>-t-<s>il</s>."),
    ("fr", "<q>« Le quai est fermé »</q>, <c>s’emporte</c> <s>un marin</s>."),
    ("fr", "<q>Le quai restera fermé jusqu’à lundi</q>, <c>a annoncé</c> <s>la mairie</s>."),
    ("en", "<q>“The quay is closed,”</q> <c>explains</c> <s>the minister</s>."),
    ("en", "<q>“Who closed the quay?”</q> <s>Ada Holm</s> <c>asked</c>."),
    ("en", "<q>“The quay is closed, thank heaven,”</q> <s>Ada Holm</s> <c>cracked</c>."),
]


@pytest.mark.parametrize(("tag", "example"), INVERTED)
def test_inverted_subjects_and_verbs_that_are_in_no_list(tag, example):
    check(tag, example)


ACCORDING = [
    ("fr", "<c>D’après</c> <s>un rapport interne</s>, <q>la vanne a cédé vers minuit</q>."),
    ("fr", "<q>La vanne a cédé vers minuit</q>, <c>selon</c> <s>deux sources proches du port</s>."),
    ("en", "<c>According to</c> <s>an internal report</s>, <q>the valve failed at midnight</q>."),
    (
        "en",
        "<q>The valve failed at midnight</q>, <c>according to</c> <s>two people at the port</s>.",
    ),
]


@pytest.mark.parametrize(("tag", "example"), ACCORDING)
def test_prepositions(tag, example):
    check(tag, example)


NOMINAL = [
    ("fr", "<c>La promesse</c> <s>du maire</s> <q>de rouvrir l’école</q> a rassuré."),
    ("en", "<s>The mayor</s>’s <c>promise</c> <q>to reopen the school</q> was welcome."),
]


@pytest.mark.parametrize(("tag", "example"), NOMINAL)
def test_nouns_as_cues(tag, example):
    check(tag, example)


@pytest.mark.parametrize(
    ("tag", "example"),
    [
        ("fr", "<q>La fermeture du quai</q> <c>a été annoncée</c> par <s>la mairie</s>."),
        ("en", "<q>The closure of the quay</q> <c>was announced</c> by <s>the town hall</s>."),
    ],
)
def test_the_agent_of_a_passive_is_its_source(tag, example):
    check(tag, example)


WIRE = [
    ("fr", "<q>Le bac a coulé dans la nuit</q>, <c>rapporte</c> <s>l’agence Brume-Presse</s>."),
    ("fr", "<s>Une source policière</s> <c>a indiqué</c> <q>que le bac avait coulé</q>."),
    ("fr", "<c>De</c> <s>source policière</s>, <q>le bac a coulé dans la nuit</q>."),
    ("fr", "<q>Le bac a coulé dans la nuit</q>, <c>a</c>-t-<s>on</s> <c>appris</c> lundi."),
    ("en", "<q>The ferry sank in the night</q>, <c>reports</c> <s>the Brackwater Herald</s>."),
    ("en", "<s>A source</s> <c>told</c> the Herald <q>that the ferry had sunk</q>."),
]


@pytest.mark.parametrize(("tag", "example"), WIRE)
def test_phrases_of_the_wires(tag, example):
    check(tag, example)


COLONS = [
    ("fr", "<s>Ada Lorrain</s> : <q>« Le quai est fermé jusqu’à lundi. »</q>"),
    ("fr", "Et de <s>Mara Quentin</s> : <q>« Le quai est fermé jusqu’à lundi. »</q>"),
    ("en", "<s>Ada Holm</s>: <q>“The quay is closed until Monday.”</q>"),
    ("en", "And from <s>Mara Quill</s>: <q>“The quay is closed until Monday.”</q>"),
]


@pytest.mark.parametrize(("tag", "example"), COLONS)
def test_a_name_before_a_colon_speaks_what_follows(tag, example):
    record = check(tag, example)
    assert len(record.attributions) == 1


DASHES = [
    ("fr", "<q>« Ce port nous a tous oubliés depuis longtemps. »</q> — <s>Ada Lorrain</s>"),
    ("en", "<q>“This port has forgotten us all.”</q> — <s>Ada Holm</s>"),
    ("fr", "— <q>Le bac est parti sans nous</q>, <c>dit</c> <s>Ada Lorrain</s>."),
]


@pytest.mark.parametrize(("tag", "example"), DASHES)
def test_dashes_sign_a_quotation_or_open_a_turn(tag, example):
    check(tag, example)


HEADLINES = [
    (
        "fr",
        "<s>Ada Lorrain</s> : <q>« Nous ne fermerons jamais le quai »</q>\n\nLe port vote lundi.",
    ),
    ("en", "<s>Ada Holm</s>: <q>“We will never close the quay”</q>\n\nThe port votes on Monday."),
]


@pytest.mark.parametrize(("tag", "example"), HEADLINES)
def test_a_quotation_in_a_headline_has_its_speaker(tag, example):
    check(tag, example)


BROKEN = [
    (
        "fr",
        (
            "Le capitaine il dire que bac plein.\n\n<c>Selon</c> <s>le journal local</s>, "
            "<q>le bac était plein de marins qui le port</q>."
        ),
    ),
    (
        "fr",
        "<s>L’amiral</s> <c>a déclaré</c> <q>que le navire être coulé par lui-même</q>.",
    ),
    (
        "en",
        "<s>The admiral</s> <c>said</c> <q>that ship it sink of itself in the night</q>.",
    ),
]


@pytest.mark.parametrize(("tag", "example"), BROKEN)
def test_sentences_that_a_machine_translated_badly(tag, example):
    check(tag, example)


@pytest.mark.parametrize(
    ("tag", "string"),
    [
        ("fr", "Ce mot veut dire que le bac est plein."),
        ("en", "The ferry was late, that is to say it never came."),
        ("en", "The ferry left, you know, before dawn."),
    ],
)
def test_idioms_report_nobody(tag, string):
    assert read(string, tag).attributions == ()
