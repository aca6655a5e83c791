"""Kinds of source: what a phrase or an entity is when it stands behind a statement."""

from __future__ import annotations

from ondit.model import Text
from ondit.model.annotations import SourceKind
from ondit.reading.nominals import SourceWords
from ondit.reading.phrases import Phrase


def kind_of_phrase(phrase: Phrase, *, withheld: bool = False) -> SourceKind | None:
    """Return the kind of source that `phrase` is by itself, or None for an unresolved pronoun.

    Args:
        phrase: a name or description.
        withheld: the text says that it keeps the name back.
    """
    if phrase.form == "name":
        return _kind_of_name(phrase)
    if phrase.form != "description":
        return None
    if phrase.class_ == "organisation" and phrase.number != "p":
        return "organisation"
    if phrase.class_ in {"group", "organisation"} or phrase.number == "p":
        return "collective"
    bare_office = phrase.definite == "bare" and phrase.class_ == "office"
    if withheld or (phrase.definite in {"indefinite", "bare"} and not bare_office):
        return "anonymous_person"
    return "role_person"


def _kind_of_name(phrase: Phrase) -> SourceKind:
    if phrase.kind == "person":
        return "named_person"
    return "outlet" if phrase.outlet else "organisation"


def noun_kind(text: Text, head: int, words: SourceWords) -> SourceKind | None:
    """Return the kind that the noun at token `head` gives its phrase, or None."""
    tokens = text.tokens or ()
    return words.noun(tokens[head]) if 0 <= head < len(tokens) else None


def withheld_at(text: Text, start: int, end: int, words: SourceWords) -> tuple[int, int] | None:
    """Return where ``start:end`` says that a name is withheld, or None."""
    match = words.anonymity.search(text.view, start, end)
    return match.span() if match else None
