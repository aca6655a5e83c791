"""Attribution: the examples of the packs, and the constructions that other tools get wrong."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ondit.language.lexicon import Pack, available, load_pack
from ondit.model import Attribution, Capture, Record, SpanIndex, Text
from ondit.reading import attribution, quotation
from ondit.reading.cues import Cues
from ondit.reading.scene import Scene
from tests.marked import marked, parsed, plain

EXAMPLES = [
    (tag, example)
    for tag in available()
    for entries in (
        load_pack(tag).table("cues", Cues).verb,
        load_pack(tag).table("cues", Cues).noun,
        load_pack(tag).table("cues", Cues).adjective,
        load_pack(tag).table("cues", Cues).preposition,
        load_pack(tag).table("cues", Cues).governor,
        load_pack(tag).table("cues", Cues).conjugation,
    )
    for entry in entries
    for example in entry.examples
]


def by_rules_alone(text: Text, record: Record, pack: Pack) -> Iterator[Attribution]:
    """Yield what the step finds where no network has a say."""
    spans = SpanIndex((q.span.start, q.span.end, q) for q in record.quotations)
    scene = Scene(text, pack, spans)
    return attribution.written(scene, record.quotations, attribution.by_rules(scene))


def attributions(string: str, tag: str) -> list[Attribution]:
    """Return what the step finds in `string`, one block a line."""
    text, pack = parsed(string, tag), load_pack(tag)
    record = Record(input="test", capture=Capture(sha256="0", bytes=0), text=string)
    record = replace(record, quotations=tuple(quotation.find(text, record, pack)))
    found = list(by_rules_alone(text, record, pack))
    replace(record, attributions=tuple(found)).verify()
    return found


def parts(found: Attribution) -> tuple[list[str], list[str], list[str]]:
    return (
        [s.exact for s in found.source],
        [s.exact for s in found.cue],
        [s.exact for s in found.content],
    )


def bare(pieces: list[str]) -> str:
    """Return the pieces less the marks and stops at their edges."""
    return " ".join(p.strip(' .,;:-«»“”"\u00a0') for p in pieces).strip()


@pytest.mark.parametrize(("tag", "example"), EXAMPLES)
def test_the_examples_of_the_packs(tag, example):
    made = marked(example)
    wanted = tuple(bare(made.of(role)) for role in "scq")
    found = [tuple(bare(p) for p in parts(a)) for a in attributions(made.text, tag)]
    assert wanted in found


IDIOMS = [
    (tag, example)
    for tag in available()
    for entry in load_pack(tag).table("cues", Cues).idiom
    for example in entry.examples
]


@pytest.mark.parametrize(("tag", "example"), IDIOMS)
def test_the_idioms_of_the_packs_report_nobody(tag, example):
    made = marked(example)
    assert made.of("x")
    cues = [s.exact for a in attributions(made.text, tag) for s in a.cue]
    assert not any(cue in phrase for cue in cues for phrase in made.of("x"))


CASES = [
    ("fr", "<q>« Le quai est fermé »</q>, <c>a indiqué</c> à l’agence <s>une porte-parole</s>."),
    ("fr", "<q>« Nous attendons »</q>, <c>a</c>-t-<s>elle</s> <c>déclaré</c> mardi."),
    ("fr", "<c>Selon</c> <s>deux marins</s>, <q>le bac était surchargé</q>."),
    ("fr", "<q>La vanne a cédé</q>, <c>selon</c> <s>un rapport interne de la capitainerie</s>."),
    ("fr", "<s>Ada Lorrain, la capitaine</s>, <c>a affirmé</c> <q>que le bac était plein</q>."),
    ("fr", "<s>Le maire</s> <c>n’a pas voulu dire</c> <q>si l’école rouvrirait</q>."),
    ("en", "<q>“The quay is closed,”</q> <c>said</c> <s>Mara Quill, a port spokeswoman</s>."),
    ("en", "<q>“Nobody warned us,”</q> <s>she</s> <c>told</c> reporters on Monday."),
    ("en", "<c>According to</c> <s>two sailors</s>, <q>the ferry was overloaded</q>."),
    ("en", "<s>The mayor</s> <c>declined to say</c> <q>whether the school would reopen</q>."),
    ("en", "<s>The port authority</s> <c>said</c> <q>it had warned the crew twice</q>."),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "example"), CASES)
def test_constructions(tag, example):
    made = marked(example)
    wanted = tuple(bare(made.of(role)) for role in "scq")
    found = [tuple(bare(p) for p in parts(a)) for a in attributions(made.text, tag)]
    assert wanted in found


def test_a_quotation_interrupted_by_its_cue_is_one_attribution_in_two_pieces():
    (found,) = attributions("« Le bac, a dit Mme Lorrain, est parti sans nous. »", "fr")
    assert len(found.content) == 2
    assert bare([s.exact for s in found.source]) == "Mme Lorrain"


def test_a_speech_reopened_each_paragraph_keeps_one_speaker():
    string = (
        "Il a ajouté : « Nous avons attendu toute la nuit.\n"
        "« Personne n’est venu.\n"
        "« Nous ne reviendrons pas. »\n"
        "Le port a rouvert lundi."
    )
    speech = [a for a in attributions(string, "fr") if len(a.content) == 3]
    assert len(speech) == 1
    assert [s.exact for s in speech[0].source] == ["Il"]
    assert not any("rouvert" in s.exact for a in attributions(string, "fr") for s in a.content)


def test_a_speech_that_goes_on_behind_its_cue_keeps_its_speaker():
    string = "“We waited,” said Ada Holm. “Nobody came.”"
    (found,) = attributions(string, "en")
    assert [s.exact for s in found.content] == ["“We waited,”", "“Nobody came.”"]


def test_selon_lesquelles_names_nobody():
    found = attributions("Des informations selon lesquelles le bac aurait coulé circulent.", "fr")
    assert all("lesquelles" not in s.exact for a in found for s in a.source)


def test_you_know_reports_nobody():
    assert attributions("The ferry left, you know, before dawn.", "en") == []


def test_an_adverbial_before_the_subject_is_no_content():
    for found in attributions("Au mois de mars, la compagnie a vendu ses bacs.", "fr"):
        assert "mars" not in " ".join(s.exact for s in found.content)


def test_a_scare_quote_is_no_attribution():
    assert attributions("The “green” ferry left at dawn.", "en") == []


def test_a_transcript_label_is_a_source():
    (found,) = attributions("HOLM: The ferry left at dawn and nobody told us.", "en")
    assert [s.exact for s in found.source] == ["HOLM"]


def test_a_signed_quotation():
    (found,) = attributions("“This port has forgotten us all.” — Ada Holm", "en")
    assert [s.exact for s in found.source] == ["Ada Holm"]


def test_without_a_parser_quotations_still_stand():
    string = "Der Kapitän sagte: „Wir haben die ganze Nacht gewartet.“"
    (found,) = _unparsed(string)
    assert found.rule == "quotation.alone"
    assert found.source == ()


def _unparsed(string: str) -> list[Attribution]:
    text, pack = plain(string, "fr"), load_pack("fr")
    record = Record(input="test", capture=Capture(sha256="0", bytes=0), text=string)
    record = replace(record, quotations=tuple(quotation.find(text, record, pack)))
    return list(by_rules_alone(text, record, pack))


PIECES = st.sampled_from(
    ["« ", " »", "“", "”", '"', "Le maire", "a dit", "selon", "qu’il", "part", ", ", ". ", ": ",
     "\n", "Ada Holm", "said", "-t-il", "according to", "that", " "]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["fr", "en"]))
def test_any_jumble_of_marks_and_words_gives_sound_spans(pieces, tag):
    string = " ".join(pieces)
    first, again = attributions(string, tag), attributions(string, tag)
    assert first == again
    for found in first:
        assert found.content
        ordered = sorted((s.start, s.end) for s in found.content)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))
