"""The door to the parser: tokens stand on the text, sentences are ours."""

from ondit.language import syntax
from ondit.model import Block
from tests.marked import parsed, plain

FRENCH = "Le bac est parti, a-t-il dit.\nL’équipage\u00a0n’a pas répondu. Aujourd’hui, rien."


def test_every_token_stands_where_it_says():
    text = parsed(FRENCH, "fr")
    assert text.tokens
    assert all(text.view[t.start : t.end] == t.text for t in text.tokens)
    assert [t.index for t in text.tokens] == list(range(len(text.tokens)))
    assert [text.string[a:b] for a, b in text.sentences] == [
        "Le bac est parti, a-t-il dit.",
        "L’équipage\u00a0n’a pas répondu.",
        "Aujourd’hui, rien.",
    ]
    assert {t.sentence for t in text.tokens} == {0, 1, 2}


def test_no_arc_crosses_a_sentence():
    text = parsed(FRENCH, "fr")
    assert all(text.tokens[t.head].sentence == t.sentence for t in text.tokens or ())


def test_a_paragraph_before_changes_nothing_behind_it():
    alone, behind = parsed("Le maire a nié.", "fr"), parsed("Il pleut.\nLe maire a nié.", "fr")
    shape = [(t.text, t.dep, t.lemma) for t in alone.tokens or ()]
    assert [(t.text, t.dep, t.lemma) for t in behind.tokens or ()][-len(shape) :] == shape


def test_without_a_parser_there_are_sentences_and_no_tokens():
    string = "Der Hafen ist zu. Die Fähre auch."
    text = syntax.annotate(string, language="de", blocks=[Block(start=0, end=len(string))])
    assert text.tokens is None
    assert len(text.sentences) == 2
    assert plain(string).tokens is None


def test_the_models_are_the_ones_we_tested():
    for language in ("fr", "en"):
        model = syntax.load_model(language)
        assert model is not None
        assert model.known, f"{model.name} {model.version} has digest {model.digest}"
