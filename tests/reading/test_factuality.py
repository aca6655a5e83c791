"""Status: the examples of the packs, and the sentences on which a doubt is easily lost."""

import pytest
from msgspec.structs import replace

from ondit.language.lexicon import available, load_pack
from ondit.model import Capture, Claim, Record
from ondit.reading import attribution, claims, quotation
from ondit.reading.modality import Factuality
from tests.marked import parsed


def read(string: str, tag: str) -> tuple[Record, list[Claim]]:
    """Return the record of `string` with its attributions, and its claims."""
    text, pack = parsed(string, tag), load_pack(tag)
    record = Record(input="test", capture=Capture(sha256="0", bytes=0), text=string)
    for step, layer in (
        (quotation, "quotations"),
        (attribution, "attributions"),
        (claims, "claims"),
    ):
        record = replace(record, **{layer: tuple(step.find(text, record, pack))})
    record.verify()
    return record, list(record.claims)


def statuses(string: str, tag: str) -> list[str]:
    return [claim.status for claim in read(string, tag)[1]]


EXAMPLES = [
    (tag, *example.split("|"))
    for tag in available()
    for entry in load_pack(tag).table("factuality", Factuality).entries()
    for example in entry.examples
]


@pytest.mark.parametrize(("tag", "status", "string"), EXAMPLES)
def test_the_examples_of_the_packs(tag, status, string):
    assert status in statuses(string, tag)


@pytest.mark.parametrize(
    ("tag", "string", "words", "status", "polarity"),
    [
        ("fr", "Le bac a coulé lundi.", "coulé", "asserted", "+"),
        ("fr", "Le bac n’a pas coulé.", "coulé", "asserted", "-"),
        ("fr", "Le quai ne sera rouvert qu’en juillet.", "rouvert", "predicted", "+"),
        ("fr", "Deux marins auraient quitté le pays.", "quitté", "unconfirmed", "+"),
        ("fr", "Le capitaine aurait vendu des plans du port.", "vendu", "unconfirmed", "+"),
        ("fr", "Le maire a dit que l’appel serait terminé lundi.", "terminé", "predicted", "+"),
        ("fr", "Les proches ont nié qu’il se soit noyé.", "noyé", "denied", "-"),
        ("fr", "Le ministre a démenti que le pont soit fissuré.", "fissuré", "denied", "-"),
        ("fr", "La flotte se prépare à quitter le port.", "prépare", "planned", "+"),
        ("fr", "Ada espère que l’école rouvrira.", "rouvrira", "hoped", "+"),
        ("fr", "Le maire a exigé que le bac parte.", "parte", "hoped", "+"),
        ("fr", "Les experts craignent que la digue cède.", "cède", "predicted", "+"),
        ("fr", "« Le bac est-il sûr ? », demande Ada.", "sûr", "asked", "+"),
        ("fr", "Si la mer monte, le port fermera.", "monte", "conditional", "+"),
        ("fr", "Le bac pourrait couler.", "couler", "hedged", "+"),
        ("fr", "Selon des rumeurs, le bac aurait coulé.", "coulé", "unconfirmed", "+"),
        ("en", "The ferry sank on Monday.", "sank", "asserted", "+"),
        ("en", "The ferry did not sink.", "sink", "asserted", "-"),
        ("en", "The ferry reportedly sank.", "sank", "unconfirmed", "+"),
        ("en", "Relatives denied that he drowned.", "drowned", "denied", "-"),
        ("en", "The mayor said that the appeal would end on Monday.", "end", "predicted", "+"),
        ("en", "The ferry may have sunk.", "sunk", "hedged", "+"),
        ("en", "Residents hope that the school reopens.", "reopens", "hoped", "+"),
        ("en", "Experts fear that the dam will fail.", "fail", "predicted", "+"),
        ("en", "If the sea rises, the port will close.", "rises", "conditional", "+"),
        ("en", "“Is the ferry safe?” asked Ada Holm.", "safe", "asked", "+"),
        ("en", "The council plans to close the quay.", "close", "planned", "+"),
    ],
)
def test_sentences(tag, string, words, status, polarity):
    found = [c for c in read(string, tag)[1] if any(words in s.exact for s in c.spans)]
    assert found, f"no claim holds {words!r}"
    tightest = min(found, key=lambda c: sum(len(s.exact) for s in c.spans))
    assert (tightest.status, tightest.polarity) == (status, polarity)


def test_every_claim_names_its_rule_and_the_words_it_rests_on():
    record, found = read("Deux marins auraient quitté le pays. Le port est fermé.", "fr")
    assert len(found) == 2
    for claim in found:
        (evidence,) = claim.evidence
        assert evidence.rule.startswith("fr.status.")
        assert evidence.span.holds(record.text)
    assert found[0].evidence[0].span.exact == "auraient"
