"""Nicknames: "Ilian Brask, known as “the notary of Sarvan”" renames Brask, not Sarvan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ondit.model import Text
from ondit.reading.nominals import Words
from ondit.reading.phrases import Phrase

_QUOTED = re.compile(r"\s?[«“\"'‘]\s?([^«»“”\"\n]{2,40}?)\s?[»”\"'’]")
_GAP = re.compile(r"[\s,(–—]{1,3}(?:\w{1,5} )?$")


def take_nicknames(text: Text, phrases: list[Phrase], words: Words) -> dict[Phrase, Phrase]:
    """Return nickname phrases with the phrase they rename.

    `phrases` gains the nicknames, here and wherever the report repeats them, and loses the
    mentions that stand inside.
    """
    found: dict[Phrase, Phrase] = {}
    starting = {p.start: p for p in phrases if p.form == "name"}
    ending = {p.end: p for p in sorted(phrases, key=_preference) if _may_bear(p)}
    for block in text.blocks:
        for match in words.aliases.finditer(text.view, block.start, block.end):
            bearer = _bearer(text, ending, match, words)
            span = _nickname_at(text, starting, match.end(), block.end) if bearer else None
            if bearer is not None and span is not None:
                found.update((p, bearer) for p in _renamed(text, phrases, span, bearer))
    return found


def _may_bear(phrase: Phrase) -> bool:
    return phrase.kind != "place" and phrase.form in {"name", "description"}


def _preference(phrase: Phrase) -> bool:
    return phrase.form == "name"


def _bearer(
    text: Text, ending: dict[int, Phrase], match: re.Match[str], words: Words
) -> Phrase | None:
    """Return the person or organisation that ends just before the word of nicknaming."""
    comma = match.group().lower() in words.after_comma
    for end in range(match.start() - 1, max(match.start() - 9, -1), -1):
        if end in ending:
            gap = text.view[end : match.start()]
            fits = _GAP.fullmatch(gap) is not None and ("," in gap or not comma)
            return ending[end] if fits else None
    return None


def _nickname_at(
    text: Text, starting: dict[int, Phrase], start: int, limit: int
) -> tuple[int, int] | None:
    match = _QUOTED.match(text.string, start, limit)
    if match:
        return match.span(1)
    following = next((starting[n] for n in range(start, start + 5) if n in starting), None)
    return (following.start, following.end) if following and following.end <= limit else None


def _renamed(
    text: Text, phrases: list[Phrase], span: tuple[int, int], bearer: Phrase
) -> Iterator[Phrase]:
    """Yield a phrase for every place of the nickname at `span`, and put it among `phrases`."""
    for start, end in list(_places(text, span)):
        kept = [p for p in phrases if not (start <= p.start and p.end <= end)]
        phrase = Phrase(start, end, bearer.kind, "name", "mention.alias", titled="alias")
        phrase.gender, phrase.number = bearer.gender, bearer.number
        phrases[:] = sorted([*kept, phrase], key=lambda p: (p.start, -p.end))
        yield phrase


def _places(text: Text, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    pattern = re.compile(rf"(?<!\w){re.escape(text.view[slice(*span)])}(?!\w)", re.IGNORECASE)
    for block in text.blocks:
        if block.end > span[0]:
            for match in pattern.finditer(text.view, max(block.start, span[0]), block.end):
                yield match.span()
