"""A report in the making: sentences that know what they tell and where they come from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from benchmarks.worlds import tables
from benchmarks.worlds.happening import (
    Event,
    Manner,
    Value,
    capitalised,
    filled,
    lowered,
    shown,
    weekday,
)
from benchmarks.worlds.tables import Language, Outlet

PieceKind = Literal["fact", "finding", "citing", "denial", "quote", "background", "filler", "old"]
Why = Literal["", "update", "disagreement", "error"]


@dataclass(frozen=True)
class Piece:
    """One sentence before it is written in a language."""

    kind: PieceKind
    event: Event
    origin: str
    """The account that it comes from, however often it was copied since."""
    item: int = 0
    """Number of the fact, quotation, background sentence or filler."""
    wording: int = 0
    frame: int = 0
    instead: tuple[tuple[str, Value], ...] = ()
    """Values other than the event's own."""
    why: Why = ""
    """Why there are such values."""
    cited: str | None = None
    """Name of the outlet whose finding it repeats."""
    open: bool = False
    """A quotation from an occasion that was open to all."""
    reworded: tuple[int, float] | None = None
    """Seed and strength of a rewriting."""
    retold: bool = False
    """A finding that a rewriter gives without saying whose it is."""
    join: int | None = None
    """How it runs on into the sentence that follows."""
    small: bool = False
    """It goes on with the sentence before."""

    @property
    def fact(self) -> str | None:
        """What it tells, a name that is the same wherever the fact is told; None for the rest."""
        if self.kind in ("fact", "finding", "citing"):
            return f"{self.event.id}:{self.event.schema.fact[self.item].id}"
        return None

    @property
    def slot(self) -> str | None:
        """The slot of the number that it tells; None when it tells none."""
        return self.event.schema.fact[self.item].number if self.kind == "fact" else None

    @property
    def key(self) -> str:
        """What it says, whoever says it and however."""
        return f"{self.event.id}:{self.kind}:{self.item}"


def written(piece: Piece, language: Language, manner: Manner) -> str:
    """Return the sentence that `piece` makes in `language`."""
    text = _WRITERS[piece.kind](piece, language, manner)
    if piece.reworded is not None:
        seed, strength = piece.reworded
        text = reworded(text, piece, language, rng=random.Random(seed), strength=strength)  # noqa: S311  no secret
    if piece.join is not None:
        joins = tables.frames()["joins"][language]
        text = text.rstrip(".") + joins[piece.join % len(joins)]
    return lowered(text, piece.event) if piece.small else capitalised(text)


def _plain(piece: Piece, language: Language, manner: Manner) -> str:
    wordings = piece.event.schema.fact[piece.item].wordings(language)
    return filled(
        wordings[piece.wording % len(wordings)],
        piece.event,
        language,
        manner=manner,
        instead=dict(piece.instead),
    )


def _finding(piece: Piece, language: Language, manner: Manner) -> str:
    name = "retold" if piece.retold else "own_finding"
    return _framed(name, piece, language, clause=_plain(piece, language, manner))


def _citing(piece: Piece, language: Language, manner: Manner) -> str:
    name = piece.cited or ""
    outlet_de = re.sub(r"^de Le ", "du ", f"de {name}")
    return _framed(
        "citing",
        piece,
        language,
        clause=_plain(piece, language, manner),
        outlet=name,
        outlet_de=outlet_de,
    )


def _denial(piece: Piece, language: Language, manner: Manner) -> str:
    deny = piece.event.schema.fact[piece.item].deny or {}
    return filled(deny[language], piece.event, language, manner=manner)


def _quote(piece: Piece, language: Language, manner: Manner) -> str:
    quote = piece.event.schema.quote[piece.item]
    speakers = quote.who_fr if language == "fr" else quote.who_en
    who = filled(speakers[piece.wording % len(speakers)], piece.event, language, manner=manner)
    words = filled(quote.fr if language == "fr" else quote.en, piece.event, language, manner=manner)
    name = "conference" if piece.open else "speech"
    text = _framed(name, piece, language, words=words, who=who)
    if "," not in who:
        return text
    # What stands beside a name ends in a comma, too, where the sentence goes on.
    return re.sub(rf"({re.escape(who)})(?= [\w’])", r"\1,", text, flags=re.IGNORECASE)


def _background(piece: Piece, language: Language, manner: Manner) -> str:
    template = piece.event.schema.background[language][piece.item]
    return filled(template, piece.event, language, manner=manner)


def _filler(piece: Piece, language: Language, manner: Manner) -> str:
    name = "filler_again" if piece.wording % 2 else "filler"
    template = tables.frames()[name][language][piece.item]
    return filled(template, piece.event, language, manner=manner)


def _old(piece: Piece, language: Language, manner: Manner) -> str:
    slot = piece.event.schema.fact[piece.item].number or ""
    old = shown(dict(piece.instead)[slot], language, manner)
    return _framed("revised", piece, language, old=old)


_WRITERS = {
    "fact": _plain,
    "finding": _finding,
    "citing": _citing,
    "denial": _denial,
    "quote": _quote,
    "background": _background,
    "filler": _filler,
    "old": _old,
}


def _framed(name: str, piece: Piece, language: Language, **parts: str) -> str:
    frames = tables.frames()[name][language]
    parts |= {f"{part}_cap": capitalised(text) for part, text in parts.items()}
    text = frames[piece.frame % len(frames)].format_map(parts)
    return _joined(text) if language == "fr" else text


def _joined(text: str) -> str:
    """Return French `text` with its small words drawn together: "du", "des", "qu’"."""
    text = re.sub(r"\bque (?=[aeiouyhéèêàâîôû])", "qu’", text)
    return text.replace(" de le ", " du ").replace(" de les ", " des ")


def reworded(
    text: str, piece: Piece, language: Language, *, rng: random.Random, strength: float
) -> str:
    """Return `text` with phrases replaced outside quoted words, and turned where it can be."""
    if rng.random() < strength:
        text = _turned(text, piece.event, language)
    if rng.random() < strength:
        text = _fronted(text, piece.event, language)
    parts = re.split(r"(«[^»]*»|“[^”]*”)", text)
    parts[::2] = [_swapped(part, language, rng, strength) for part in parts[::2]]
    text = "".join(parts)
    if not piece.small and rng.random() < strength / 4 and text[:1].isalpha():
        return rng.choice(tables.rewording().openers[language]) + lowered(text, piece.event)
    return text


def _turned(text: str, event: Event, language: Language) -> str:
    """Return `text` turned as the first fitting turn says."""
    for pattern, put in tables.turns(language):
        if pattern.search(text):
            start, *rest = pattern.sub(put, text).split("<")
            turned = capitalised(start) + "".join(lowered(part, event) for part in rest)
            return re.sub(r"(?<=by )[A-Z](?=[a-z]+ ?)|(?<=par )L(?=[a-z’])", _small, turned)
    return text


def _small(found: re.Match[str]) -> str:
    return found[0].lower()


def _fronted(text: str, event: Event, language: Language) -> str:
    """Return `text` with the day brought to its front, where it stands bare inside."""
    day = weekday(event, language)
    lead = "" if language == "fr" else "on "
    found = re.search(rf"(?<=\w) {lead}{day}(?=[. ])(?! (?:morning|evening|soir|matin))", text)
    if not found or ":" in text[: found.start()] or "“" in text or "«" in text:
        return text
    rest = text[: found.start()] + text[found.end() :]
    return f"{capitalised(lead + day)}, {lowered(rest, event)}"


def _swapped(text: str, language: Language, rng: random.Random, strength: float) -> str:
    for pattern, others in tables.swaps(language):
        if rng.random() < strength:
            text = pattern.sub(rng.choice(others), text, count=1)
    return text


@dataclass
class Draft:
    """A report before it is written."""

    id: str
    outlet: Outlet
    language: Language
    event: Event
    published: datetime
    paragraphs: list[list[Piece]]
    title: int = 0
    manner: Manner = field(default_factory=Manner)
    form: str = ""
    """Reports of one form hold the same words; which of them was copied cannot be told."""
    parent: str | None = None
    translated: bool = False
    """It, or what it derives from, was translated."""
    dated: bool = True
    byline: str | None = None
    credit: str | None = None
    photo: str | None = None
    dateline: str | None = None
    boilerplate: list[int] = field(default_factory=list)
    stamp: str = "utc"
    """How the page writes its date: `utc`, `offset` (of two hours) or `day`."""
    straight: bool = False
    """Straight quotation marks and apostrophes in place of typographic ones."""
    residue: str | None = None
    """A sentence, or part of one, that a translator left in the other language."""

    @property
    def pieces(self) -> list[Piece]:
        """All sentences."""
        return [piece for paragraph in self.paragraphs for piece in paragraph]

    @property
    def origins(self) -> set[str]:
        """The accounts that it has matter from; what it only cites does not count."""
        return {piece.origin for piece in self.pieces if piece.kind != "citing"}

    def title_text(self) -> str:
        """Return the headline."""
        titles = tables.frames()["title"][self.language]
        return filled(
            titles[self.title % len(titles)], self.event, self.language, manner=self.manner
        )

    def sentences(self) -> Iterator[tuple[int, Piece, str]]:
        """Yield paragraph number, piece and text of each sentence."""
        for number, paragraph in enumerate(self.paragraphs):
            for piece in paragraph:
                text = written(piece, self.language, self.manner)
                yield number, piece, _straightened(text) if self.straight else text


def _straightened(text: str) -> str:
    return text.translate(str.maketrans("’“”", '\'""'))


def grouped(pieces: list[Piece], rng: random.Random) -> list[list[Piece]]:
    """Return `pieces` in paragraphs of one to three sentences; what is joined stays together."""
    found: list[list[Piece]] = []
    rest = _whole(pieces)
    while rest:
        size = rng.choice((1, 2, 2, 3))
        while size < len(rest) and rest[size].small:
            size += 1
        found.append(rest[:size])
        rest = rest[size:]
    return found


def _whole(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` with those that lost the other half of their sentence standing alone."""
    ends = [*(piece.small for piece in pieces[1:]), False]
    begins = [False, *(piece.join is not None for piece in pieces[:-1])]
    return [
        replace(piece, join=piece.join if goes_on else None, small=piece.small and begun)
        for piece, goes_on, begun in zip(pieces, ends, begins, strict=True)
    ]


def again(draft: Draft, **changes: object) -> Draft:
    """Return a draft like `draft`, with what one page alone has left out."""
    plain = {
        "byline": None,
        "credit": None,
        "photo": None,
        "dateline": None,
        "boilerplate": [],
        "residue": None,
        "dated": True,
        "paragraphs": [list(paragraph) for paragraph in draft.paragraphs],
        "parent": draft.id,
    }
    return replace(draft, **{**plain, **changes})  # type: ignore[arg-type]  # fields by name
