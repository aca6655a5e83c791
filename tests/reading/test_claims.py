"""Claims: minimal clauses, under the right people, and nothing but the page's words."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.language.lexicon import load_pack
from ondit.model import Capture, Record
from ondit.reading import claims
from tests.marked import plain
from tests.reading.test_factuality import read


def words(string, tag):
    return [" … ".join(s.exact for s in c.spans) for c in read(string, tag)[1]]


def test_coordinated_clauses_are_claims_of_their_own():
    found = words("Ada Holm a quitté le port et a rejoint la capitale.", "fr")
    assert found == ["Ada Holm a quitté le port", "a rejoint la capitale"]


def test_the_shared_subject_is_shown_beside_the_claim():
    _, found = read("Ada Holm a quitté le port et a rejoint la capitale.", "fr")
    assert found[0].subject is None
    assert found[1].subject is not None
    assert found[1].subject.exact == "Ada Holm"


def test_a_relative_clause_is_a_claim_of_its_own():
    found = words("The captain, who had slept on board, left the ship.", "en")
    assert "who had slept on board" in found


def test_the_reporting_clause_is_no_claim():
    record, found = read("Le capitaine a déclaré que le bac était plein.", "fr")
    (claim,) = found
    assert claim.span.exact == "le bac était plein"
    assert claim.attribution == (record.attributions[0].id,)
    assert claim.author_stance == "relays"


def test_the_words_that_interrupt_a_quotation_are_in_no_claim():
    record, found = read("« Le bac, a dit Mme Lorrain, est parti sans nous. »", "fr")
    assert not any("Lorrain" in s.exact for c in found for s in c.spans)
    left = next(c for c in found if any("parti" in s.exact for s in c.spans))
    assert left.attribution == (record.attributions[0].id,)


def test_chains_run_from_the_outermost_inwards():
    string = "Ada Holm a dit que le capitaine pensait que le bac était plein."
    record, found = read(string, "fr")
    claim = min((c for c in found if "plein" in c.span.exact), key=lambda c: len(c.span.exact))
    sources = {a.id: a.source[0].exact for a in record.attributions}
    assert [sources[i] for i in claim.attribution] == ["Ada Holm", "le capitaine"]


def test_what_one_source_says_of_another_is_a_claim_of_the_first():
    record, found = read("Ada Holm a dit que le capitaine craignait que la digue cède.", "fr")
    (told,) = [c for c in found if c.span.exact.startswith("le capitaine craignait")]
    sources = {a.id: a.source[0].exact for a in record.attributions}
    assert [sources[i] for i in told.attribution] == ["Ada Holm"]
    assert told.status == "asserted"


def test_what_is_demanded_stands_apart_from_the_demand():
    _, found = read("Le syndicat réclame une enquête sur la digue.", "fr")
    assert ("une enquête sur la digue", "hoped") in [(c.span.exact, c.status) for c in found]


def test_what_is_revealed_stands_under_the_one_who_reveals_it():
    record, found = read("Le capitaine a révélé le financement secret du port.", "fr")
    (claim,) = [c for c in found if c.span.exact == "le financement secret du port"]
    assert claim.attribution == (record.attributions[0].id,)
    assert claim.status == "asserted"


def test_an_infinitive_that_did_not_happen_stands_apart():
    _, found = read("Le pilote nous a demandé de réparer le bac.", "fr")
    assert [c.status for c in found if c.span.exact.endswith("réparer le bac")][-1] == "hoped"


def test_quoted_words_that_nobody_is_named_for_are_unconfirmed():
    _, found = read("Le maire a quitté la « zone grise » du port.", "fr")
    (scare,) = [c for c in found if c.status == "unconfirmed"]
    assert scare.span.exact == "la « zone grise » du port"
    assert scare.evidence[0].span.exact == "« zone grise »"


def test_a_fragment_that_only_hedges_is_no_claim():
    found = words("Il est peu probable que le bac rouvre.", "fr")
    assert found == ["le bac rouvre"]


def test_without_a_parser_sentences_are_claims_and_say_so():
    string = "Der Hafen ist zu. Die Fähre liegt am Kai."
    record = Record(input="test", capture=Capture(sha256="0", bytes=0), text=string)
    text = plain(string, "fr")
    text = type(text)(**{**text.__dict__, "sentences": ((0, 17), (18, len(string)))})
    found = list(claims.find(text, record, load_pack("fr")))
    assert [c.span.exact for c in found] == ["Der Hafen ist zu.", "Die Fähre liegt am Kai."]
    assert {c.evidence[0].rule for c in found} == {"surface.sentence"}


PIECES = st.sampled_from(
    ["Le maire", "a dit que", "le bac", "aurait coulé", ", qui", "et", "ne", "pas", ".", "« ", " »",
     "si", "The ferry", "may", "sink", "?", "\n", "lundi"]
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=20), st.sampled_from(["fr", "en"]))
def test_any_jumble_gives_sound_claims(pieces, tag):
    string = " ".join(pieces)
    record, found = read(string, tag)
    assert read(string, tag)[0] == record
    ids = [c.id for c in found]
    assert len(ids) == len(set(ids))
    for claim in found:
        spans = sorted(claim.spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("tag", ["fr", "en"])
def test_nothing_comes_of_nothing(tag):
    assert read("", tag)[1] == []
    assert read("…", tag)[1] == []
