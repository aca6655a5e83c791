"""Reading with a function that finds (speaker, cue, content) in a parsed document.

textacy has one; sayswho has its own version of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from benchmarks.comparison.adapters import Clock, Found, Read
from benchmarks.comparison.adapters.parsing import load_parser, pairs, paragraphs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Find = Callable[["Doc"], Iterable[Any]]


def whole(find: Find, language: str) -> Read:
    """Return a reader that gives `find` the text in one piece."""
    parse = load_parser(language, without=("ner",))

    def read(text: str, clock: Clock) -> list[Found]:
        with clock.parsing():
            doc = parse(text)
        return _found(find, doc, start=0)

    return read


def by_paragraph(find: Find, language: str) -> Read:
    """Return a reader that gives `find` one paragraph after the other.

    A paragraph at which `find` gives up is lost and counted; the rest of the text is not.
    """
    parse = load_parser(language, without=("ner",))

    def read(text: str, clock: Clock) -> list[Found]:
        with clock.parsing():
            parsed = _parsed(parse, text)
        found: list[Found] = []
        for start, doc in parsed:
            try:
                found += _found(find, doc, start=start)
            except Exception:  # noqa: BLE001  whatever it is, it is the tool's, and is counted
                clock.lost += 1
        return found

    return read


def _parsed(parse: Language, text: str) -> list[tuple[int, Doc]]:
    cut = list(paragraphs(text))
    docs = parse.pipe(part for _, part in cut)
    return [(start, doc) for (start, _), doc in zip(cut, docs, strict=True)]


def _found(find: Find, doc: Doc, *, start: int) -> list[Found]:
    return [
        {
            "sources": pairs(triple.speaker, start=start),
            "cues": pairs(triple.cue, start=start),
            "contents": pairs(triple.content, start=start),
        }
        for triple in find(doc)
    ]
