"""Sources: the words that name who stands behind a cue."""

from __future__ import annotations

from dataclasses import dataclass

from ondit.model import Quotation, SpanIndex, Text, Token
from ondit.reading.cues import Cue

_SUBJECT = {"nsubj", "nsubj:pass", "csubj", "expl:subj"}
_CONTRACTED = {"du", "des"}
_RELATIVE = {"qui", "who", "which", "that", "lequel", "laquelle", "lesquels", "lesquelles"}
_IMPERSONAL = {"it", "il", "there", "ce", "c'", "cela", "ça"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the source stands, as code point ranges, with the rule that found it."""

    spans: tuple[tuple[int, int], ...]
    rule: str
    head: int | None = None


def find_source(text: Text, cue: Cue, quotations: SpanIndex[Quotation]) -> Source | None:
    """Return the source of `cue`, or None when the text names none."""
    if cue.family == "preposition":
        return _complement(text, cue)
    if cue.family == "noun":
        return _holder(text, cue)
    if cue.family == "adjective":
        return _subject(text, _governor(text, cue.head), quotations)
    found = _clitic_subject(text, cue) or _by_phrase(text, cue)
    if found is None and not _governs_clause(text, cue):
        found = _inverted(text, cue, quotations)
    return found or _subject(text, cue.head, quotations)


def _governs_clause(text: Text, cue: Cue) -> bool:
    """Return whether a that-clause follows: then what stands behind the verb is no subject."""
    tokens = text.tokens or ()
    return any(
        c > cue.last and tokens[c].dep in {"ccomp", "csubj"} for c in text.children[cue.head]
    )


def _governor(text: Text, head: int) -> int:
    token = (text.tokens or ())[head]
    return token.head if token.dep in {"acomp", "oprd"} else head


# -- subjects --------------------------------------------------------------------------------


def _clitic_subject(text: Text, cue: Cue) -> Source | None:
    """Return the subject of "a-t-il dit", "dit-elle", which parsers rarely recognise."""
    tokens = text.tokens or ()
    for token in tokens[cue.first : cue.last + 3]:
        if token.text.lower() in {"-il", "-elle", "-ils", "-elles", "-on", "-je", "-nous"}:
            return Source(((token.start + 1, token.end),), "clitic-subject", token.index)
    return None


def _subject(
    text: Text, verb: int, quotations: SpanIndex[Quotation], depth: int = 0
) -> Source | None:
    """Return the subject of `verb`, its own or the one it shares with what governs it."""
    tokens = text.tokens or ()
    passive = any(tokens[c].dep == "aux:pass" for c in text.children[verb])
    for child in text.children[verb]:
        token = tokens[child]
        if token.dep in _SUBJECT and not _expletive(text, token, verb):
            if passive and token.dep == "nsubj:pass":
                return None
            return _noun_phrase(text, child, "subject")
    token = tokens[verb]
    if (
        depth < 3
        and token.dep in {"conj", "xcomp", "advcl", "dep", "parataxis"}
        and token.head != verb
    ):
        found = _subject(text, token.head, quotations, depth + 1)
        return Source(found.spans, "shared-subject", found.head) if found else None
    if token.dep in {"acl", "acl:relcl"} and token.head != verb and _participle(token):
        return _noun_phrase(text, token.head, "participle", before=token.start)
    return None


def _participle(token: Token) -> bool:
    return token.morph.get("VerbForm") == "Part" and token.morph.get("Tense", "Pres") == "Pres"


def _expletive(text: Text, token: Token, verb: int) -> bool:
    """Return whether the pronoun stands for nobody: "il est dit que", "it is said"."""
    if token.dep == "expl:subj":
        return True
    passive = any((text.tokens or ())[c].dep == "aux:pass" for c in text.children[verb])
    return passive and token.text.lower() in _IMPERSONAL


def _by_phrase(text: Text, cue: Cue) -> Source | None:
    """Return the agent of a passive: "... was told by X", "... a été annoncé par X"."""
    tokens = text.tokens or ()
    for child in text.children[cue.head]:
        if tokens[child].dep == "obl:agent":
            inner = [c for c in text.children[child] if tokens[c].dep == "pobj"]
            return _noun_phrase(text, inner[0] if inner else child, "by-phrase")
    return None


def _inverted(text: Text, cue: Cue, quotations: SpanIndex[Quotation]) -> Source | None:
    """Return the noun phrase after the verb in « ... », a déclaré X / "...," said X."""
    tokens = text.tokens or ()
    if any(tokens[c].dep in {"nsubj", "nsubj:pass"} and c < cue.first and not _far(text, c, cue)
           for c in text.children[cue.head]):  # fmt: skip
        return None
    if not _follows_content(text, cue):
        return None
    for token in tokens[cue.last + 1 : cue.last + 12]:
        if token.sentence != tokens[cue.head].sentence or token.text in {
            ":",
            "«",
            "“",
            '"',
            ";",
            "(",
        }:
            return None
        if token.pos in {"NOUN", "PROPN", "PRON"} and _heads_phrase(text, token, cue):
            return _noun_phrase(text, _top(text, token, cue), "inverted", after=cue.last)
    return None


def _far(text: Text, child: int, cue: Cue) -> bool:
    """Return whether a comma or closing mark parts this "subject" from its verb: not its subject."""
    tokens = text.tokens or ()
    between = tokens[child + 1 : cue.first]
    return any(t.text in {",", "»", "”", '"'} for t in between) and (
        tokens[cue.first - 1].text in {",", "»", "”", '"', ",”"}
    )


def _follows_content(text: Text, cue: Cue) -> bool:
    before = text.string[: (text.tokens or ())[cue.first].start].rstrip(" \u00a0\u202f")
    return before.endswith((",", "»", "”", '"', "’", "–", "—", "?", "!", "'", "…"))


def _heads_phrase(text: Text, token: Token, cue: Cue) -> bool:
    """Return whether nothing but determiners and adjectives parts the noun from the verb."""
    tokens = text.tokens or ()
    between = tokens[cue.last + 1 : token.index]
    if any(t.pos in {"VERB", "AUX"} for t in between):
        return False
    last_adposition = max((t.index for t in between if t.pos == "ADP"), default=None)
    if last_adposition is None:
        return True
    inside_adjunct = all(
        t.pos in {"DET", "ADJ", "ADP", "NUM", "PROPN"}
        for t in tokens[last_adposition + 1 : token.index]
    )
    return not inside_adjunct


def _top(text: Text, token: Token, cue: Cue) -> int:
    """Return the head of the phrase that `token` is part of, if it too follows the cue."""
    tokens = text.tokens or ()
    top = token
    while top.dep in {
        "compound",
        "nmod",
        "flat:name",
        "amod",
        "appos",
        "poss",
        "det",
        "nummod",
        "flat:foreign",
    }:
        head = tokens[top.head]
        if head.index <= cue.last or head.sentence != token.sentence or head.index == top.index:
            break
        if head.pos in {"VERB", "AUX"}:
            break
        top = head
    return top.index


# -- prepositions and nouns ------------------------------------------------------------------


def _complement(text: Text, cue: Cue) -> Source | None:
    """Return what follows "selon" or "according to"; "selon lequel" names nobody."""
    tokens = text.tokens or ()
    following = cue.last + 1
    if following >= len(tokens) or tokens[following].text.lower() in _RELATIVE | {"que", "qu'"}:
        return None
    heads = [t for t in tokens[following : following + 8] if t.pos in {"NOUN", "PROPN", "PRON"}]
    if not heads or heads[0].sentence != tokens[cue.head].sentence:
        return None
    found = _noun_phrase(text, _top(text, heads[0], cue), "complement", after=cue.last)
    return _cut_at_comma(text, found) if found else None


def _cut_at_comma(text: Text, source: Source) -> Source:
    """Return the source up to its first comma when the parse let the main clause into it."""
    start, end = source.spans[0]
    comma = text.string.find(",", start, end)
    finite = [t for t in text.tokens_in(max(comma, start), end) if t.morph.get("VerbForm") == "Fin"]
    relative = any(
        t.text.lower() in _RELATIVE | {"dont", "whose"} for t in text.tokens_in(comma + 1, end)[:2]
    )
    if comma < 0 or not finite or relative:
        return source
    return Source(((start, comma),), source.rule, source.head)


def _holder(text: Text, cue: Cue) -> Source | None:
    """Return who holds a noun: "X's claim", "la promesse de X", "their hope"."""
    tokens = text.tokens or ()
    for child in text.children[cue.head]:
        token = tokens[child]
        if token.dep == "poss" or (token.dep == "det" and token.morph.get("Poss") == "Yes"):
            return _noun_phrase(text, child, "possessive")
        if token.dep == "nmod" and token.index > cue.head:
            marks = [tokens[c] for c in text.children[child] if tokens[c].dep == "case"]
            if marks and marks[0].lemma in {"de", "du", "des", "d'"} and _person(token):
                return _noun_phrase(
                    text,
                    child,
                    "holder",
                    after=marks[0].index
                    if marks[0].text.lower() not in _CONTRACTED
                    else marks[0].index - 1,
                )
        if token.dep == "prep" and token.text.lower() in {"by", "from"}:
            inner = [c for c in text.children[child] if tokens[c].dep == "pobj"]
            if inner:
                return _noun_phrase(text, inner[0], "holder")
    return _verb_subject(text, cue)


def _person(token: Token) -> bool:
    return token.pos in {"PROPN", "NOUN", "PRON"}


def _verb_subject(text: Text, cue: Cue) -> Source | None:
    """Return the subject of a light verb: "X made the claim that", "X a fait la promesse de"."""
    tokens = text.tokens or ()
    token = tokens[cue.head]
    light = {"make", "have", "express", "voice", "issue", "give", "repeat", "raise", "reiterate",
             "faire", "avoir", "exprimer", "lancer", "donner", "prendre", "émettre"}  # fmt: skip
    if token.dep == "obj" and tokens[token.head].lemma.lower() in light:
        return _subject(text, token.head, SpanIndex(()))
    return None


# -- noun phrases ----------------------------------------------------------------------------

_OUTSIDE = {
    "cc",
    "punct",
    "case",
    "mark",
    "cop",
    "aux",
    "parataxis",
    "advcl",
    "ccomp",
    "advmod",
    "nsubj",
    "prep",
    "dep",
}


def _noun_phrase(
    text: Text, head: int, rule: str, *, after: int = -1, before: int | None = None
) -> Source | None:
    """Return the whole phrase of `head`: titles, appositions, describing relatives inside."""
    tokens = text.tokens or ()
    sentence = tokens[head].sentence
    inside = _phrase(text, head, after)
    low, high = head, head
    for index in sorted(i for i in inside if i < head)[::-1]:
        if index < low - 1 and any(
            tokens[i].text in {"»", "”", '"', ";", ":"} for i in range(index, low)
        ):
            break
        low = index
    high = max(i for i in inside if tokens[i].sentence == sentence)
    low = max(low, after + 1)
    start, end = tokens[low].start, tokens[high].end
    if before is not None:
        end = min(end, before)
    while end > start and text.string[end - 1] in " ,;:–—-\u00a0":
        end -= 1
    return Source(((start, end),), rule, head) if end > start else None


def _phrase(text: Text, head: int, after: int) -> set[int]:
    tokens = text.tokens or ()
    inside = {head}
    for child in text.children[head]:
        token = tokens[child]
        if child <= after or (token.dep in _OUTSIDE and not _kept(text, token, head)):
            continue
        inside |= {i for i in text.subtree(child) if i > after}
    return inside


def _kept(text: Text, token: Token, head: int) -> bool:
    """Return whether a child that usually stands outside a noun phrase is part of this one."""
    if token.dep == "prep":
        return (
            token.index > head
            and token.text.lower() in {"of", "for", "from", "with", "at", "in", "on"}
            and token.index == head + 1
        )
    if token.dep == "advmod":
        return abs(token.index - head) <= 2 and token.index < head
    return token.dep == "cc" and token.index > head
