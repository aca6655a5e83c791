"""Search: what a person types becomes a query that cannot fail; what is found is marked by spans.

Words are compared without accents and case, as written and by their French and English stems, so
that "inondations" finds "inondée". A claim or paragraph must hold every word asked for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

import msgspec

_STEMMERS = {"fr": "french", "en": "english"}
_WORD = re.compile(r"\w+")
_QUERY = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>\w[\w\'’]*)(?P<star>\*)?)')


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One claim or paragraph that answers a query."""

    number: int
    """Number of the report in its case."""
    input: str
    title: str | None
    claim: str | None
    """Id of the claim; None for a paragraph of the report."""
    status: str | None
    start: int
    """Where the words begin in the report's text, in code points."""
    words: str
    score: float
    """bm25, the smaller the better; comparable within one query only."""
    marks: tuple[tuple[int, int], ...]
    """What matched, as half-open code point ranges of `words`."""


def fold(string: str) -> str:
    """Return `string` in lower case without accents, typographic apostrophes made plain.

    >>> fold("L’Été à Ŭlm")
    "l'ete a ulm"
    """
    plain = unicodedata.normalize("NFKD", string.replace("’", "'").casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def stems(string: str, language: str | None) -> str:
    """Return the stems of the words of `string`, joined by spaces; empty without a stemmer.

    >>> stems("Deux digues inondées", "fr")
    'deux digu inond'
    """
    if language not in _STEMMERS:
        return ""
    return " ".join(_stem(word, language) for word in _WORD.findall(string.casefold()))


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=len(_STEMMERS))
def _stemmer(language: str) -> Any:
    import snowballstemmer  # noqa: PLC0415  loads thirty languages; only searching needs two

    return snowballstemmer.stemmer(_STEMMERS[language])


def match_expression(query: str) -> str | None:
    """Return `query` as an FTS5 expression, or None when it asks for nothing.

    ``word word`` must both occur, ``"a phrase"`` must occur as such, ``word*`` is a beginning,
    ``-word`` must not occur. Everything else a person may type is taken for white space.

    >>> match_expression('quai*')
    '(words : "quai" *)'
    >>> match_expression("AND ( * ^")
    '((words : "and") OR (stems : "and"))'
    >>> match_expression("?!") is None
    True
    """
    wanted: list[str] = []
    refused: list[str] = []
    for found in _QUERY.finditer(query):
        expression = _expression(found)
        if expression:
            (refused if found["minus"] else wanted).append(expression)
    if not wanted:
        return None
    positive = " AND ".join(wanted)
    return f"({positive}) NOT ({' OR '.join(refused)})" if refused else positive


def _expression(found: re.Match[str]) -> str | None:
    words = _WORD.findall((found["phrase"] or found["word"] or "").casefold())
    if not words:
        return None
    if found["phrase"] is not None:
        return f'(words : "{" ".join(words)}")'
    if found["star"]:
        return f'(words : "{" ".join(words)}" *)'
    phrases = {" ".join(words): "words"}
    stemmed = dict.fromkeys(" ".join(_stem(w, tag) for w in words) for tag in _STEMMERS)
    parts = [f'({column} : "{phrase}")' for phrase, column in phrases.items()]
    parts += [f'(stems : "{phrase}")' for phrase in stemmed]
    return f"({' OR '.join(parts)})"


def marks(words: str, query: str, language: str | None) -> tuple[tuple[int, int], ...]:
    """Return which characters of `words` answer `query`, as half-open ranges in order.

    >>> marks("Les quais inondés", "inondation", "fr")
    ((10, 17),)
    """
    sought = [f for f in _QUERY.finditer(query) if not f["minus"]]
    exact = {fold(w) for f in sought for w in _WORD.findall(f["phrase"] or f["word"] or "")}
    begun = tuple(fold(f["word"]) for f in sought if f["star"])
    stemmed = {fold(_stem(w.casefold(), t)) for w in _spoken(sought) for t in _STEMMERS}
    return tuple(
        (m.start(), m.end())
        for m in _WORD.finditer(words)
        if fold(m[0]) in exact
        or (begun and fold(m[0]).startswith(begun))
        or (language in _STEMMERS and fold(_stem(m[0].casefold(), language)) in stemmed)
    )


def _spoken(sought: list[re.Match[str]]) -> list[str]:
    """Return the words that are sought by their stems: those in no phrase and without a star."""
    return [w for f in sought if f["word"] and not f["star"] for w in _WORD.findall(f["word"])]


def snippet(hit: Hit, *, width: int = 160) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return up to about `width` characters around the first match, and the matches in them."""
    if len(hit.words) <= width:
        return hit.words, hit.marks
    first = hit.marks[0][0] if hit.marks else 0
    start = max(0, min(first - width // 3, len(hit.words) - width))
    start = hit.words.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(hit.words), start + width)
    head, tail = ("… " if start else ""), (" …" if end < len(hit.words) else "")
    shift = len(head) - start
    kept = tuple((a + shift, b + shift) for a, b in hit.marks if a >= start and b <= end)
    return head + hit.words[start:end] + tail, kept
