"""Contents: the words that a cue attributes to its source."""

from __future__ import annotations

from dataclasses import dataclass

from ondit.model import Quotation, SpanIndex, Text, Token
from ondit.reading.cues import Cue
from ondit.reading.sources import Source

_CLAUSE = {"ccomp", "csubj", "parataxis"}
_INFINITIVE = {"xcomp", "advcl", "acl", "ccomp"}
_QUESTION = {
    "whether",
    "if",
    "si",
    "s'",
    "how",
    "why",
    "what",
    "when",
    "where",
    "who",
    "comment",
    "pourquoi",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Where the content stands, with the rule that found it."""

    pieces: tuple[tuple[int, int], ...]
    rule: str
    quoted: bool = False


def find_content(
    text: Text, cue: Cue, source: Source | None, quotations: SpanIndex[Quotation]
) -> Content | None:
    """Return the content of `cue`, or None when the cue introduces nothing."""
    found = (
        _of_preposition(text, cue, source)
        if cue.family == "preposition"
        else _of_noun(text, cue)
        if cue.family in {"noun", "adjective"}
        else _of_verb(text, cue, source, quotations)
    )
    if found is None:
        return None
    head = (text.tokens or ())[cue.head].start
    pieces = tuple(_with_quotation(piece, quotations, text, head) for piece in found.pieces)
    quoted = any(quotations.overlapping(s, e) for s, e in pieces)
    return Content(pieces, found.rule, quoted)


def _with_quotation(
    piece: tuple[int, int], quotations: SpanIndex[Quotation], text: Text, cue_at: int
) -> tuple[int, int]:
    """Return the piece stretched over the quotation that it begins or ends inside of.

    Unless the cue itself is quoted there: then the speaker reports within the quotation.
    """
    start, end = piece
    block = text.block_at(start)
    for quotation in quotations.overlapping(start, end):
        span = quotation.span
        if block is None or not block.start <= span.start < block.end or quotation.kind == "scare":
            continue
        if span.start <= cue_at < span.end:
            start, end = max(start, span.start), min(end, span.end)
            continue
        shared = min(span.end, end) - max(span.start, start)
        if shared >= 3:
            start, end = min(start, span.start), max(end, span.end)
    return start, end


# -- verbs -----------------------------------------------------------------------------------


def _of_verb(
    text: Text, cue: Cue, source: Source | None, quotations: SpanIndex[Quotation]
) -> Content | None:
    entry = cue.entry
    if entry is None:
        return None
    return (
        _after_colon(text, cue, source, quotations)
        or (_complement_clause(text, cue) if entry.clause else None)
        or (_around(text, cue, source, quotations) if entry.parenthetical else None)
        or (_infinitive(text, cue) if entry.infinitive else None)
        or (_beside(text, cue, source, quotations) if entry.clause else None)
        or _prepositional(text, cue)
        or (_object(text, cue, source) if entry.object else None)
        or (_rest(text, cue, source) if cue.bare else None)
    )


def _complement_clause(text: Text, cue: Cue) -> Content | None:
    """Return the that-clause or question that follows the verb."""
    tokens = text.tokens or ()
    for child in text.children[cue.head]:
        token = tokens[child]
        if child < cue.head or token.dep not in {"ccomp", "csubj", "xcomp", "acl", "advcl", "obj"}:
            continue
        marks = {tokens[c].text.lower() for c in text.children[child] if c < child}
        first = tokens[min(text.subtree(child))]
        opens = marks & {"que", "qu'", "that", *_QUESTION} or first.text.lower() in {
            "que",
            "qu'",
            "that",
        }
        finite = token.dep == "ccomp" and _finite(text, child)
        if (
            (opens and token.dep != "advcl")
            or finite
            or (opens and first.text.lower() in {"que", "qu'"})
        ):
            return Content((_clause_extent(text, child, cue),), "clause")
    return None


def _finite(text: Text, index: int) -> bool:
    tokens = text.tokens or ()
    group = [tokens[index], *(tokens[c] for c in text.children[index])]
    return any(
        t.morph.get("VerbForm") == "Fin" and (t.index == index or t.dep.startswith(("aux", "cop")))
        for t in group
    )


def _clause_extent(text: Text, index: int, cue: Cue) -> tuple[int, int]:
    """Return the clause from its first word after the cue to its last, parentheticals left in."""
    tokens = text.tokens or ()
    under = [
        i
        for i in text.subtree(index)
        if i > cue.last and tokens[i].sentence == tokens[cue.head].sentence
    ]
    return tokens[min(under)].start, tokens[max(under)].end


def _infinitive(text: Text, cue: Cue) -> Content | None:
    tokens = text.tokens or ()
    for child in text.children[cue.head]:
        token = tokens[child]
        if child > cue.last and token.dep in _INFINITIVE and token.morph.get("VerbForm") == "Inf":
            start, end = _clause_extent(text, child, cue)
            objects = [
                c
                for c in text.children[cue.head]
                if tokens[c].dep in {"obj", "iobj"} and cue.last < c < child
            ]
            if objects and cue.act in {"demand", "accusation"}:
                start = min(start, text.extent(objects[0])[0])
            return Content(((start, end),), "infinitive")
    return None


def _prepositional(text: Text, cue: Cue) -> Content | None:
    """Return what follows the verb's own preposition: "called for X", "s'attend à X"."""
    tokens = text.tokens or ()
    wanted = cue.entry.prepositions if cue.entry else ()
    for token in tokens[cue.last + 1 : cue.last + 4]:
        if wanted and token.text.lower() in wanted and token.sentence == tokens[cue.head].sentence:
            if token.dep in {"case", "mark"}:
                return Content(((token.start, text.extent(token.head)[1]),), "prepositional")
            return Content((text.extent(token.index),), "prepositional")
    return None


def _rest(text: Text, cue: Cue, source: Source | None) -> Content | None:
    """Return the rest of the sentence when its parse shows no complement but it must be one.

    A plain "X said" with a subject before it and a finite verb behind it.
    """
    tokens = text.tokens or ()
    sentence = text.sentence_at(tokens[cue.head].start)
    if source is None or sentence is None or source.spans[-1][0] > tokens[cue.head].start:
        return None
    start = tokens[cue.last].end
    words = text.tokens_in(start, sentence[1])
    if len(words) < 4 or not any(_finite(text, t.index) for t in words if t.pos in {"VERB", "AUX"}):
        return None
    return Content(((start, sentence[1]),), "rest")


def _object(text: Text, cue: Cue, source: Source | None) -> Content | None:
    tokens = text.tokens or ()
    taken = source.head if source else None
    for child in text.children[cue.head]:
        token = tokens[child]
        if (
            token.dep in {"obj", "ccomp", "oprd", "nsubj:pass"}
            and child != taken
            and token.pos not in {"PRON"}
        ):
            start, end = text.extent(child)
            for other in text.children[cue.head]:
                if other > child and tokens[other].dep in {
                    "prep",
                    "xcomp",
                    "oprd",
                    "obl:arg",
                    "advcl",
                }:
                    if tokens[other].dep == "prep" and tokens[other].text.lower() not in {
                        "as",
                        "of",
                        "for",
                        "to",
                    }:
                        break
                    end = max(end, text.extent(other)[1])
            if start < tokens[cue.first].start and token.dep != "nsubj:pass":
                continue
            return Content(((start, end),), "object")
    return None


# -- what stands before and behind a parenthetical ("…, she said, …") --------------------------


def _around(
    text: Text, cue: Cue, source: Source | None, quotations: SpanIndex[Quotation]
) -> Content | None:
    """Return what a parenthetical cue interrupts or follows."""
    tokens = text.tokens or ()
    sentence = text.sentence_at(tokens[cue.head].start)
    if sentence is None:
        return None
    left, right = _island(text, cue, source)
    if not _closed_off(text, left, sentence[0]):
        return None
    start = _left_limit(text, cue, left, sentence[0])
    if not _stands_alone(text, cue, start, left, right, quotations):
        return None
    pieces = [(start, left)]
    after = _resumes(text, right, sentence[1], quotations, left)
    if after is not None:
        pieces.append(after)
    return Content(tuple(pieces), "around")


def _island(text: Text, cue: Cue, source: Source | None) -> tuple[int, int]:
    """Return the range that cue and source span together."""
    tokens = text.tokens or ()
    bounds = [(tokens[cue.first].start, tokens[cue.last].end)]
    bounds += [
        span for span in (source.spans if source else ()) if abs(span[0] - bounds[0][0]) < 400
    ]
    return min(s for s, _ in bounds), max(e for _, e in bounds)


def _closed_off(text: Text, left: int, begin: int) -> bool:
    before = text.string[begin:left].rstrip(" \u00a0\u202f")
    return before.endswith((",", "»", "”", '"', "’", "'", "–", "—", "…", "?", "!"))


def _stands_alone(
    text: Text, cue: Cue, start: int, left: int, right: int, quotations: SpanIndex[Quotation]
) -> bool:
    """Return whether the words before a parenthetical are a statement, not an adverbial.

    A quotation that ends there is one; other words are when they hold a finite verb and the cue has
    no complement of its own to its right.
    """
    tokens = text.tokens or ()
    if any(left - q.span.end <= 3 for q in quotations.overlapping(max(start, left - 4), left)):
        return True
    if _between_commas(text, cue, left, right):
        return True
    if tokens[cue.head].dep in {"acl:relcl", "advcl"} and tokens[cue.head].head > cue.head:
        return False
    own = {"obj", "ccomp", "xcomp", "obl:arg", "acomp", "oprd"}
    if any(c > cue.last and tokens[c].dep in own for c in text.children[cue.head]):
        return False
    return any(
        t.pos in {"VERB", "AUX"} and _finite(text, t.index) for t in text.tokens_in(start, left)
    )


def _between_commas(text: Text, cue: Cue, left: int, right: int) -> bool:
    """Return whether commas part the cue on both sides: "The ferry, she said, left early"."""
    before = text.string[:left].rstrip(" \u00a0\u202f")
    return before.endswith(",") and text.string[right : right + 1] == ","


def _left_limit(text: Text, cue: Cue, left: int, begin: int) -> int:
    """Return where the content before the parenthetical begins: the sentence, or its last clause."""
    return begin


def _resumes(
    text: Text, right: int, end: int, quotations: SpanIndex[Quotation], left: int
) -> tuple[int, int] | None:
    """Return what goes on behind the parenthetical, in the same sentence."""
    reopened = [
        q for q in quotations.overlapping(right, end) if q.span.start >= right and not q.parent
    ]
    before = [q for q in quotations.overlapping(max(0, left - 3), left)]
    if before:
        if reopened and reopened[0].span.start - right < 60:
            return reopened[0].span.start, end
        return None
    gap = text.string[right : right + 2]
    if gap.startswith(",") and end - right > 15:
        return right + 1, end
    return None


# -- colons and neighbours -------------------------------------------------------------------


def _after_colon(
    text: Text, cue: Cue, source: Source | None, quotations: SpanIndex[Quotation]
) -> Content | None:
    """Return what follows "X a ajouté :" - a quotation here or in the next block, or the clause."""
    tokens = text.tokens or ()
    end = max([tokens[cue.last].end, *(e for _, e in (source.spans if source else ()))])
    sentence = text.sentence_at(tokens[cue.head].start)
    block = text.block_at(end - 1)
    if sentence is None or block is None:
        return None
    colon = text.string.find(":", end, min(end + 90, block.end))
    if colon < 0 or any(q.span.start < colon for q in quotations.overlapping(end, colon)):
        return None
    if "." in text.string[end:colon]:
        return None
    following = [q for q in quotations.overlapping(colon, colon + 400) if q.span.start > colon]
    if following and not text.string[colon + 1 : following[0].span.start].strip():
        span = following[0].span
        return Content(((span.start, span.end),), "colon")
    if colon + 2 < sentence[1] and colon < sentence[1] and not following:
        return Content(((colon + 1, sentence[1]),), "colon")
    return None


def _beside(
    text: Text, cue: Cue, source: Source | None, quotations: SpanIndex[Quotation]
) -> Content | None:
    """Return a quotation that directly follows or precedes cue and source in the sentence."""
    tokens = text.tokens or ()
    sentence = text.sentence_at(tokens[cue.head].start)
    if sentence is None:
        return None
    left, right = _island(text, cue, source)
    near = [q for q in quotations.overlapping(sentence[0], sentence[1]) if not q.parent]
    after = [q for q in near if 0 <= q.span.start - right <= 40]
    if after:
        return Content(((after[0].span.start, after[0].span.end),), "beside")
    before = [q for q in near if 0 <= left - q.span.end <= 3]
    if before:
        return Content(((before[-1].span.start, before[-1].span.end),), "beside")
    return None


# -- prepositions, nouns, adjectives ---------------------------------------------------------


def _of_preposition(text: Text, cue: Cue, source: Source | None) -> Content | None:
    """Return the clause that "selon X" or "according to X" qualifies."""
    tokens = text.tokens or ()
    sentence = text.sentence_at(tokens[cue.head].start)
    if sentence is None or source is None:
        return None
    left, right = _island(text, cue, source)
    before, after = (sentence[0], left), (right, sentence[1])
    if left - sentence[0] < 3:
        return Content((after,), "rest")
    if sentence[1] - right < 3 or _new_clause(text, right, sentence[1]):
        return Content((before,), "rest")
    return Content((before, after), "rest")


def _new_clause(text: Text, right: int, end: int) -> bool:
    """Return whether a comma and a conjunction open a clause of the writer's own."""
    words = text.tokens_in(right, end)
    return len(words) > 2 and words[0].text == "," and words[1].pos in {"CCONJ", "SCONJ"}


def _of_noun(text: Text, cue: Cue) -> Content | None:
    """Return the clause or infinitive that a noun or adjective governs."""
    tokens = text.tokens or ()
    heads = {cue.head}
    token = tokens[cue.head]
    if cue.family == "adjective" and token.dep in {"acomp", "oprd"}:
        heads.add(token.head)
    for head in heads:
        for child in text.children[head]:
            if child > cue.last and _governed(text, tokens[child], cue):
                return Content((_clause_extent(text, child, cue),), _noun_rule(text, child))
    return None


def _noun_rule(text: Text, child: int) -> str:
    words = {(text.tokens or ())[i].text.lower() for i in text.subtree(child)}
    return "selon-lequel" if words & {"lesquelles", "laquelle", "lequel", "lesquels"} else "clause"


def _governed(text: Text, token: Token, cue: Cue) -> bool:
    tokens = text.tokens or ()
    first = tokens[min(i for i in text.subtree(token.index) if i > cue.last)]
    opening = first.text.lower()
    if token.dep in {"ccomp", "acl", "acl:relcl", "xcomp"}:
        if opening in {"that", "que", "qu'", "whether", "selon", "to", "de", "d'"}:
            return not (
                token.dep == "acl:relcl" and opening in {"that", "que", "qu'"} and _gap(text, token)
            )
        return token.dep == "ccomp"
    return False


def _gap(text: Text, token: Token) -> bool:
    """Return whether the relative pronoun is an argument of its clause: a relative, no content."""
    tokens = text.tokens or ()
    return any(
        tokens[c].text.lower() in {"that", "que", "qu'"}
        and tokens[c].dep in {"nsubj", "obj", "nsubj:pass"}
        for c in text.children[token.index]
    )
