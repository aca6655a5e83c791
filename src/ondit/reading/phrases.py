"""Noun phrases: how far a description of people reaches, and what it agrees with."""

from __future__ import annotations

from dataclasses import dataclass

from ondit.model import Text, Token
from ondit.model.annotations import MentionKind
from ondit.reading.nominals import Gender, Number, Role, RoleClass, Words

_BEFORE = {"DET", "ADJ", "NUM", "ADV", "NOUN", "PROPN", "PART", "PRON"}
_AFTER = {"amod", "nmod", "acl", "acl:relcl", "flat", "flat:foreign", "flat:name", "nummod",
          "prep", "compound", "det", "case", "fixed", "npadvmod", "obl:mod", "obl:arg", "poss",
          "nmod:poss"}  # fmt: skip
_EDGE = " \u00a0\u202f,;:.–—-(’'"
_BREAKS = set('–—;:«»“”()"')
_LONGEST = 45


@dataclass(eq=False, slots=True)
class Phrase:
    """A mention with what clustering and pronouns need to know of it."""

    start: int
    end: int
    kind: MentionKind
    form: str
    """name, description, pronoun or possessive."""
    rule: str
    core: int = 0
    """End of the phrase before its relative clause."""
    head: int = -1
    """Index of the head token; -1 without a parse."""
    class_: RoleClass | None = None
    key: str = ""
    """What two mentions of one description share: the role noun's key."""
    gender: Gender | None = None
    number: Number | None = None
    definite: str = "bare"
    """definite, indefinite, possessive or bare."""
    modifiers: frozenset[str] = frozenset()
    titled: str | None = None
    outlet: bool = False
    entity: str | None = None
    beside: bool = False
    """Whether a comma sets it beside the name or description that it is apposed to."""

    def __post_init__(self) -> None:
        """Let the core reach the end unless told otherwise."""
        self.core = self.core or self.end


def describe(text: Text, words: Words, token: Token, role: Role, stops: frozenset[int]) -> Phrase:
    """Return the description whose head is `token`; `stops` are where persons' names begin."""
    start = _left(text, token, words)
    end, core = _right(text, token, words, stops)
    gender = role.gender or (_shown_gender(text, start, token) if words.gendered else None)
    return Phrase(
        start,
        end,
        _kind(role),
        "description",
        f"description.{role.class_}",
        core=core,
        head=token.index,
        class_=role.class_,
        key=role.key,
        gender=gender,
        number=number_of(token),
        definite=definiteness(text, words, start),
        modifiers=_modifiers(text, token, core),
    )


def _kind(role: Role) -> MentionKind:
    return "organisation" if role.class_ == "organisation" else "person"


def number_of(token: Token) -> Number | None:
    """Return whether the noun is singular or plural."""
    shown = token.morph.get("Number")
    if shown in {"Sing", "Plur"}:
        return "s" if shown == "Sing" else "p"
    return "p" if token.text.endswith("s") else "s"


def _shown_gender(text: Text, start: int, token: Token) -> Gender | None:
    for word in text.tokens_in(start, token.end):
        shown = word.morph.get("Gender")
        if shown and word.pos == "DET":
            return "m" if shown == "Masc" else "f"
    return None


def definiteness(text: Text, words: Words, start: int) -> str:
    """Return how the phrase that begins at `start` is determined."""
    tokens = text.tokens_in(start, start + 1)
    if not tokens:
        return "bare"
    first = tokens[0].text.lower()
    before = (text.tokens or ())[tokens[0].index - 1] if tokens[0].index else tokens[0]
    determined = before.sentence == tokens[0].sentence and before.text.lower() in words.definite
    if first in words.two and (determined or before.text.lower() == "des"):
        return "definite"
    for name, forms in (
        ("possessive", words.possessive),
        ("definite", words.definite),
        ("indefinite", words.indefinite),
    ):
        if first in forms:
            return name
    if determined and before is not tokens[0]:
        return "definite"
    return "definite" if _holder_before(text, tokens[0]) else "bare"


def _holder_before(text: Text, first: Token) -> bool:
    """Return whether the phrase opens with its holder: "Varn's mayor"."""
    following = (text.tokens or ())[first.index : first.index + 4]
    return any(t.text in {"'s", "'"} and t.pos == "PART" for t in following)


def _left(text: Text, head: Token, words: Words) -> int:
    tokens = text.tokens or ()
    index = head.index
    while index > 0:
        token = tokens[index - 1]
        if token.sentence != head.sentence or tokens[index].start - token.end > 1:
            break
        if token.text == "-" and token.end == tokens[index].start:
            index -= 2
            continue
        if token.pos not in _BEFORE or not _premodifies(text, token, head, words):
            break
        index -= 1
        if token.pos == "DET" and not _under(tokens, tokens[index - 1], head.index):
            break
    return tokens[max(index, 0)].start


def _premodifies(text: Text, token: Token, head: Token, words: Words) -> bool:
    """Return whether `token`, left of the head, is part of its phrase."""
    lower = token.text.lower()
    if lower in words.definite or lower in words.indefinite or lower in words.possessive:
        return True
    if token.pos == "PART":
        return True
    if lower in words.not_names or (words.gendered and words.role(token) and token.pos == "NOUN"):
        return False
    return token.pos in {"DET", "NUM"} or _under(text.tokens or (), token, head.index)


def _under(tokens: tuple[Token, ...], token: Token, head: int) -> bool:
    """Return whether `head` governs `token` within a few steps."""
    for _ in range(4):
        if token.head == head:
            return True
        if token.head == token.index:
            return False
        token = tokens[token.head]
    return False


def _right(text: Text, head: Token, words: Words, stops: frozenset[int]) -> tuple[int, int]:
    """Return the end of the phrase, and its end before a relative clause set off by a comma."""
    tokens = text.tokens or ()
    inside = _governed(text, head)
    last, core = head.index, None
    while last + 1 < len(tokens) and last - head.index < _LONGEST:
        following = tokens[last + 1]
        if following.sentence != head.sentence or _breaks(text, last + 1, words, stops, core):
            break
        if last + 1 not in inside and not (following.text == "," and last + 2 in inside):
            break
        if core is None and _opens_relative(tokens, last + 1):
            core = last
        last += 1
    end = _trim(text, tokens[last].end)
    return end, end if core is None else _trim(text, tokens[core].end)


def _opens_relative(tokens: tuple[Token, ...], index: int) -> bool:
    at = index + 1 if tokens[index].text == "," else index
    if at == len(tokens):
        return False
    token = tokens[at]
    return token.morph.get("PronType") == "Rel" or (
        token.pos == "PRON" and tokens[token.head].dep == "acl:relcl"
    )


def _governed(text: Text, head: Token) -> set[int]:
    """Return what stands right of the head and below it."""
    tokens = text.tokens or ()
    inside: set[int] = set()
    for child in text.children[head.index]:
        token = tokens[child]
        finite = token.dep == "acl" and token.morph.get("VerbForm") == "Fin"
        if child > head.index and token.dep in _AFTER and not finite:
            inside.update(i for i in text.subtree(child) if i > head.index)
    # "un pilote ormellois fraîchement retraité": parsers take the participle for the head.
    over = tokens[head.head]
    between = tokens[head.index + 1 : over.index]
    near = head.index < over.index <= head.index + 3 and over.pos in {"NOUN", "ADJ"}
    if near and all(t.pos in {"ADJ", "ADV"} for t in between):
        inside.update(i for i in text.subtree(over.index) if i > head.index)
    return inside


def _breaks(text: Text, index: int, words: Words, stops: frozenset[int], core: int | None) -> bool:
    """Return whether the token at `index` cannot be part of the phrase before it."""
    tokens = text.tokens or ()
    token, before = tokens[index], tokens[index - 1]
    if token.text in _BREAKS or token.text.lower() in words.stops:
        return True
    if token.start in stops and before.pos in {"NOUN", "ADJ", "PROPN"}:
        return True
    following = tokens[index + 1 : index + 4]
    if token.pos == "CCONJ":
        return any(t.pos == "NOUN" and words.role(t) for t in following)
    if token.text == "," and following:
        finite = following[0].morph.get("VerbForm") == "Fin"
        return finite or (core is not None and index > core + 1 and following[0].pos == "DET")
    return False


def _trim(text: Text, end: int) -> int:
    end -= 2 if text.view.endswith("'s", 0, end) else 0
    while text.string[end - 1] in _EDGE:
        end -= 1
    return end


def _modifiers(text: Text, head: Token, core: int) -> frozenset[str]:
    """Return the lemmas that narrow the noun, relative clauses left out."""
    tokens = text.tokens or ()
    found = set()
    for child in text.children[head.index]:
        token = tokens[child]
        if token.dep in {"acl:relcl", "acl", "appos", "conj"} or token.start >= core:
            continue
        for index in text.subtree(child):
            word = tokens[index]
            if word.pos in {"NOUN", "PROPN", "ADJ"} and word.start < core:
                found.add(word.lemma.casefold())
    return frozenset(found)
