"""Contents: the words that a cue attributes to its source."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ondit.model import Token
from ondit.reading.cues import Cue, VerbEntry, lexicon
from ondit.reading.scene import Range, Scene
from ondit.reading.sources import Source, lightly_governed

_INFINITIVE = {"xcomp", "advcl", "acl", "ccomp"}
_NOMINAL = {"NOUN", "PROPN", "PRON", "ADJ"}
_OWN_COMPLEMENT = {"obj", "ccomp", "xcomp", "obl:arg", "acomp", "oprd"}

# Code points: how far a quotation may stand from its cue, and a colon from the cue it follows.
_NEAR = 40
_COLON_REACH = 90
_RESUME_REACH = 60
# Code points: a space and a mark: "se disent « sceptiques »".
_MARK_REACH = 2
# Tokens: "a affirmé dans un communiqué que" may part a cue from its clause.
_CLAUSE_REACH = 10


@dataclass(frozen=True, slots=True)
class Content:
    """Where the content stands, with the rule that found it."""

    pieces: tuple[Range, ...]
    rule: str


def find_content(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return the content of `cue`, or None when the cue introduces nothing."""
    if cue.family == "preposition":
        found = _of_preposition(scene, cue, source)
    elif cue.family == "verb":
        found = _of_verb(scene, cue, source)
    else:
        found = _of_noun(scene, cue)
    if found is None:
        return None
    at = scene.tokens[cue.head].start
    pieces = tuple(with_quotation(scene, piece, at) for piece in found.pieces)
    pieces = tuple(_before_participle(scene, cue, p) for p in pieces)
    return Content(tuple(_before_contrast(scene, cue, p) for p in pieces), found.rule)


def _before_contrast(scene: Scene, cue: Cue, piece: Range) -> Range:
    """Return the piece up to a contrast that the writer makes: "…, but the port had closed"."""
    start, end = piece
    if start < scene.tokens[cue.head].start:
        return piece
    for comma, token in pairwise(scene.text.tokens_in(start, end)):
        if comma.text != "," or token.text.lower() not in scene.words("contrast"):
            continue
        quoted = scene.quotations.covering(comma.start, comma.end)
        subject = any(
            t.dep in {"nsubj", "nsubj:pass"} for t in scene.text.tokens_in(token.end, end)[:8]
        )
        if subject and not quoted:
            return start, comma.start
    return piece


def _before_participle(scene: Scene, cue: Cue, piece: Range) -> Range:
    """Return the piece up to a participle that reports on: "…, adding that", "…, ajoutant que"."""
    start, end = piece
    if start < scene.tokens[cue.head].start:
        return piece
    for comma, token in pairwise(scene.text.tokens_in(start, end)):
        participle = token.morph.get("VerbForm") == "Part" and token.morph.get("Tense") == "Pres"
        if comma.text != "," or not (participle or token.text.lower().endswith("ant")):
            continue
        quoted = scene.quotations.covering(comma.start, comma.end)
        known = lexicon(scene.pack)
        reports = token.lemma.lower() in known.verbs or token.text.lower() in known.participles
        if (
            reports
            and token.index > cue.last
            and not any(q.span.start < comma.start for q in quoted)
        ):
            return start, comma.start
    return piece


def with_quotation(scene: Scene, piece: Range, cue_at: int) -> Range:
    """Return the piece stretched over the quotations that it begins or ends inside of.

    Unless the cue itself is quoted there: then the speaker reports within the quotation.
    """
    start, end = piece
    block = scene.text.block_at(start)
    for quotation in scene.quotations.overlapping(start, end):
        span = quotation.span
        if block is None or not block.start <= span.start < block.end or quotation.kind == "scare":
            continue
        if span.start <= cue_at < span.end:
            start, end = max(start, span.start), min(end, span.end)
        elif min(span.end, end) - max(span.start, start) >= 3:
            start, end = min(start, span.start), max(end, span.end)
    return start, end


# -- verbs -----------------------------------------------------------------------------------


def _of_verb(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return the content of a verb, by the complements that its entry takes, surest first."""
    entry = cue.entry
    if entry is None:
        return None
    if cue.surface:
        return _behind(scene, cue, entry)
    return (
        _state(scene, cue)
        or _after_colon(scene, cue, source)
        or (_complement_clause(scene, cue) if entry.clause else None)
        or (_around(scene, cue, source) if entry.parenthetical else None)
        or (_infinitive(scene, cue) if entry.infinitive else None)
        or _before_beside(scene, cue, source, entry)
        or (_beside(scene, cue, source) if entry.clause else None)
        or _prepositional(scene, cue)
        or (_object(scene, cue, source) if entry.object else None)
        or (_rest(scene, cue, source) if cue.bare else None)
    )


def _complement_clause(scene: Scene, cue: Cue) -> Content | None:
    """Return the that-clause or question that follows the verb."""
    for child in scene.children(cue.head):
        if child.index > cue.last and _is_complement(scene, child, cue):
            start, end = scene.clause(child.index, cue.last)
            return Content(((start, _with_conjuncts(scene, cue, end)),), "clause")
    return _opened(scene, cue)


def _opened(scene: Scene, cue: Cue) -> Content | None:
    """Return the clause that "que" or "that" opens behind a cue, whatever the parse says."""
    sentence = scene.sentence(cue.head)
    if sentence is None:
        return None
    opens = scene.words("complementiser")
    if cue.act in {"question", "demand"}:
        opens |= scene.words("interrogative")
    behind = scene.text.tokens_in(scene.tokens[cue.last].end, sentence[1])[:_CLAUSE_REACH]
    for number, token in enumerate(behind):
        if token.text.lower() in opens and (number == 0 or behind[number - 1].pos in _NOMINAL):
            return Content(
                ((token.start, _before_coordination(scene, cue, sentence[1])),), "clause"
            )
        adverbial = behind[0].pos == "ADP" or behind[0].text.lower() in scene.words("time-noun")
        if not adverbial or token.pos in {"VERB", "AUX", "PUNCT", "CCONJ"}:
            return None
    return None


def _before_coordination(scene: Scene, cue: Cue, end: int) -> int:
    """Return where a coordinated verb with no subject of its own begins: "…, mais a déclaré"."""
    tokens = scene.text.tokens_in(scene.tokens[cue.last].end, end)
    for token, following in pairwise(tokens):
        coordinated = (
            token.pos == "CCONJ" and following.pos == "AUX" and scene.finite(following.index)
        )
        if coordinated and scene.tokens[token.index - 1].text == ",":
            return scene.tokens[token.index - 1].start
    return end


def _with_conjuncts(scene: Scene, cue: Cue, end: int) -> int:
    """Return the end of the clause with a conjunct that the parse hung on the cue instead.

    "ont averti que la flotte restait et se préparait": a simple tense under a compound one belongs
    to what is reported.
    """
    if len(cue.members) < 2:
        return end
    for child in scene.children(cue.head):
        behind = child.dep == "conj" and scene.tokens[child.index].start >= end
        if not behind or child.morph.get("VerbForm") != "Fin":
            continue
        own = {c.dep for c in scene.children(child.index)}
        if not own & {"nsubj", "nsubj:pass", "aux", "aux:tense"}:
            end = max(end, scene.clause(child.index, cue.last)[1])
    return end


def _behind(scene: Scene, cue: Cue, entry: VerbEntry) -> Content | None:
    """Return what follows a verb that the parse took for another word: its clause or object."""
    sentence = scene.sentence(cue.head)
    following = scene.tokens[cue.last + 1 : cue.last + 2]
    if sentence is None or not following:
        return None
    opening = following[0].text.lower()
    clause = entry.clause and opening in scene.words("complementiser")
    infinitive = entry.infinitive and opening in scene.words("infinitive-marker")
    if clause or infinitive or (entry.object and following[0].pos == "DET"):
        return Content(((following[0].start, sentence[1]),), "surface")
    return None


def _is_complement(scene: Scene, child: Token, cue: Cue) -> bool:
    if child.dep not in {"ccomp", "csubj", "xcomp", "acl", "advcl", "obj"}:
        return False
    first = scene.tokens[min(scene.text.subtree(child.index))].text.lower()
    if first in scene.words("complementiser"):
        return True
    if child.dep == "advcl":
        return False
    marks = {c.text.lower() for c in scene.children(child.index) if c.index < child.index}
    if marks & (scene.words("complementiser") | scene.words("interrogative")):
        return True
    # What one saw somebody do is no report: "saw her leave"; that she left is.
    return child.dep == "ccomp" and scene.finite(child.index) and cue.act != "perception"


def _infinitive(scene: Scene, cue: Cue) -> Content | None:
    """Return "to rebuild the bridge", with its subject when somebody else is to do it."""
    for child in scene.children(cue.head):
        gerund = child.dep == "xcomp" and child.text.lower().endswith("ing")
        infinitive = gerund or (child.dep in _INFINITIVE and _is_infinitive(scene, child))
        if infinitive and child.index > cue.last:
            start, end = scene.clause(child.index, cue.last)
            doers = [
                c for c in scene.children(cue.head)
                if c.dep in {"obj", "iobj"} and cue.last < c.index < child.index
            ]  # fmt: skip
            if doers and cue.act in {"demand", "accusation"}:
                start = min(start, scene.text.extent(doers[0].index)[0])
            return Content(((start, end),), "infinitive")
    return None


def _before_beside(
    scene: Scene, cue: Cue, source: Source | None, entry: VerbEntry
) -> Content | None:
    """Return the object of a verb that a quotation completes: "qualifie X de « honteux »"."""
    if not entry.object:
        return None
    found = _object(scene, cue, source)
    if found is None or found.rule != "object":
        return None
    start, end = found.pieces[0]
    quoted = scene.quotations.overlapping(start, end)
    behind = start >= scene.tokens[cue.last].end
    return found if behind and quoted and quoted[0].span.start > start else None


def _state(scene: Scene, cue: Cue) -> Content | None:
    """Return what somebody calls himself: "se dit prêt à partir", "is said to be"."""
    clitics = scene.words("reflexive")
    reflexive = any(scene.tokens[i].text.lower() in clitics for i in cue.members)
    if not reflexive:
        return None
    for child in scene.children(cue.head):
        predicate = child.pos == "ADJ" or child.morph.get("VerbForm") == "Part"
        if child.dep in {"xcomp", "acomp"} and child.index > cue.last and predicate:
            start, end = scene.clause(child.index, cue.last)
            return Content(((start, _before_verb(scene, start, end)),), "state")
    at = scene.tokens[cue.last].end
    quoted = scene.quotations.overlapping(at, at + _MARK_REACH)
    span = next((q.span for q in quoted if q.span.start >= at), None)
    return Content(((span.start, span.end),), "state") if span else None


def _before_verb(scene: Scene, start: int, end: int) -> int:
    """Return where a coordinated finite verb begins in ``start:end``: "prêt et demande"."""
    for token, following in pairwise(scene.text.tokens_in(start, end)):
        verbal = following.pos in {"VERB", "AUX"} and scene.finite(following.index)
        if token.pos == "CCONJ" and verbal:
            return token.start
    return end


def _is_infinitive(scene: Scene, token: Token) -> bool:
    """Return whether the token heads an infinitive, a compound one too: "avoir aidé"."""
    helpers = (c for c in scene.children(token.index) if c.dep.startswith(("aux", "cop")))
    return any(t.morph.get("VerbForm") == "Inf" for t in (token, *helpers))


def _object(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return the object with what is said of it: "described the ruling as a disgrace"."""
    taken = source.spans if source else ()
    reading = _reading(scene, cue)
    if reading is not None:
        return reading
    for child in scene.children(cue.head):
        if child.dep not in {"obj", "ccomp", "oprd", "nsubj:pass"} or child.pos == "PRON":
            continue
        start, end = scene.text.extent(child.index)
        behind = start >= scene.tokens[cue.first].start or child.dep == "nsubj:pass"
        named = not cue.entry or not cue.entry.object_act or _called(scene, cue, child)
        named = named and _sayable(scene, cue, child)
        if behind and named and not any(s <= scene.tokens[child.index].start < e for s, e in taken):
            return Content(((start, _object_end(scene, cue, child, end)),), "object")
    return None


def _sayable(scene: Scene, cue: Cue, child: Token) -> bool:
    """Return whether the object is what the verb takes for something said, or stands quoted."""
    asked = cue.entry.objects if cue.entry else ()
    quoted = scene.quotations.overlapping(*scene.text.extent(child.index))
    return not asked or bool(quoted) or child.lemma.lower() in asked


def _called(scene: Scene, cue: Cue, child: Token) -> bool:
    """Return whether the object is called something, rather than rung up."""
    if child.dep != "obj" or scene.quotations.overlapping(*scene.text.extent(child.index)):
        return True
    predicates = {"oprd", "xcomp", "ccomp", "prep", "acomp"}
    return any(
        c.index > child.index and c.dep in predicates
        and (c.dep != "prep" or c.text.lower() in scene.words("as"))
        for c in scene.children(cue.head)
    )  # fmt: skip


def _reading(scene: Scene, cue: Cue) -> Content | None:
    """Return what a passive makes of its subject: "was read by X as meaning that ..."."""
    sentence = scene.sentence(cue.head)
    passive = any(c.dep == "nsubj:pass" for c in scene.children(cue.head))
    if not passive or sentence is None:
        return None
    for token in scene.text.tokens_in(scene.tokens[cue.last].end, sentence[1]):
        if token.text.lower() in scene.words("as") and scene.tokens[token.head].pos == "VERB":
            return Content(((token.start, sentence[1]),), "reading")
    return None


def _object_end(scene: Scene, cue: Cue, child: Token, end: int) -> int:
    """Return where the predicate of the object ends: "as a disgrace", "of hiding it"."""
    for other in scene.children(cue.head):
        if other.index > child.index:
            if other.dep == "prep" and other.text.lower() not in {"as", "of", "for", "to"}:
                break
            if other.dep in {"prep", "xcomp", "oprd", "obl:arg"}:
                end = max(end, scene.text.extent(other.index)[1])
    return end


def _prepositional(scene: Scene, cue: Cue) -> Content | None:
    """Return what follows the verb's own preposition: "called for X", "s'attend à X"."""
    wanted = cue.prepositions
    for token in scene.tokens[cue.last + 1 : cue.last + 4]:
        here = token.sentence == scene.tokens[cue.head].sentence
        if here and token.text.lower() in wanted:
            if token.dep in {"case", "mark", "det"}:
                return Content(((token.start, scene.text.extent(token.head)[1]),), "prepositional")
            start, end = scene.text.extent(token.index)
            return Content(((start, _demanded(scene, cue, end)),), "prepositional")
    return None


def _demanded(scene: Scene, cue: Cue, end: int) -> int:
    """Return the end of the infinitive that follows: "called on the port to close"."""
    for child in scene.children(cue.head):
        behind = child.index > cue.last and child.dep in {"xcomp", "advcl"}
        if cue.act == "demand" and behind and _is_infinitive(scene, child):
            end = max(end, scene.clause(child.index, cue.last)[1])
    return end


def _rest(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return the rest of the sentence after a plain "X said" whose complement the parse lost."""
    sentence = scene.sentence(cue.head)
    if source is None or sentence is None or source.spans[-1][0] > scene.tokens[cue.head].start:
        return None
    start, end = scene.tokens[cue.last].end, sentence[1]
    words = scene.text.tokens_in(start, end)
    if len(words) < 4 or words[0].pos in {"ADP", "ADV", "SCONJ", "PART", "PUNCT"}:
        return None
    verb = next((t.index for t in words if t.pos in {"VERB", "AUX"}), None)
    subject = any(t.dep in {"nsubj", "nsubj:pass"} and t.index < (verb or 0) for t in words)
    return Content(((start, end),), "rest") if subject else None


# -- what stands before and behind a parenthetical ("…, she said, …") --------------------------


def _around(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return what a parenthetical cue interrupts or follows."""
    sentence = scene.sentence(cue.head)
    if sentence is None:
        return None
    left, right = _island(scene, cue, source)
    before = scene.before(left, sentence[0])
    if not before:
        return _behind_question(scene, cue, source, left)
    if not scene.closed_off(left, sentence[0]):
        return None
    if len(before) < 4 or not any(c.isalpha() for c in before):
        return None
    if not _stands_alone(scene, cue, source, (sentence[0], left), right):
        return None
    after = _resumes(scene, left, right, sentence[1])
    return Content(((sentence[0], left), *([after] if after else [])), "around")


def _behind_question(scene: Scene, cue: Cue, source: Source | None, left: int) -> Content | None:
    """Return the quotation whose own end parts it from its cue: “Who knows?” she said.

    Not where the cue has words of its own to report: “Enough!” She said that ...
    """
    block = scene.text.block_at(left)
    if block is None or source is None:
        return None
    end = len(scene.before(left))
    quotations = scene.quotations.overlapping(max(block.start, end - 1), end)
    span = next((q.span for q in quotations if q.span.end == end and q.kind == "speech"), None)
    own = _own_complements(scene, cue, source)
    return Content(((span.start, span.end),), "around") if span and not own else None


def _own_complements(scene: Scene, cue: Cue, source: Source | None) -> list[Token]:
    """Return what the verb itself governs behind it: neither its subject nor the day."""
    return [
        c for c in scene.children(cue.head)
        if c.index > cue.last and c.dep in _OWN_COMPLEMENT and not _part_of(source, c)
        and c.text.lower() not in scene.words("time-noun")
    ]  # fmt: skip


def _island(scene: Scene, cue: Cue, source: Source | None) -> Range:
    """Return the range that cue and source span together."""
    start, end = scene.tokens[cue.first].start, scene.tokens[cue.last].end
    near = [s for s in (source.spans if source else ()) if abs(s[0] - start) < 400]
    return min([start, *(s for s, _ in near)]), max([end, *(e for _, e in near)])


def _stands_alone(scene: Scene, cue: Cue, source: Source | None, said: Range, right: int) -> bool:
    """Return whether the words before a parenthetical are a statement, not an adverbial.

    A quotation that ends there is one, and so is what commas on both sides part from the cue; other
    words are when they hold a finite verb and the cue has no complement of its own behind it.
    """
    start, left = said
    near = scene.quotations.overlapping(max(start, left - 4), left)
    if any(left - q.span.end <= 3 for q in near):
        return True
    if scene.before(left).endswith(",") and scene.text.string[right : right + 1] == ",":
        return True
    token = scene.tokens[cue.head]
    marked = any(c.dep == "mark" and c.index < cue.first for c in scene.children(cue.head))
    if marked or (token.dep in {"acl:relcl", "advcl"} and token.head > cue.head):
        return False
    return not _own_complements(scene, cue, source) and scene.holds_finite_verb(start, left)


def _part_of(source: Source | None, token: Token) -> bool:
    """Return whether the token is in the source: parsers take inverted subjects for objects."""
    return any(s <= token.start < e for s, e in (source.spans if source else ()))


def _resumes(scene: Scene, left: int, right: int, end: int) -> Range | None:
    """Return what goes on behind the parenthetical, in the same sentence."""
    around = [q.span for q in scene.quotations.covering(max(0, left - 3), right)]
    if around and scene.text.string[right : right + 1] == ",":
        return right + 1, min(end, around[-1].end)
    if scene.quotations.overlapping(max(0, left - 3), left):
        behind = scene.quotations.overlapping(right, end)
        again = next((q.span for q in behind if q.span.start >= right and not q.parent), None)
        return (again.start, end) if again and again.start - right < _RESUME_REACH else None
    if scene.text.string[right : right + 1] == "," and end - right > 15:
        return right + 1, end
    return None


# -- colons and neighbours -------------------------------------------------------------------


def _after_colon(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return what follows "X a ajouté :", a quotation or the rest of the sentence."""
    string = scene.text.string
    end = max([scene.tokens[cue.last].end, *(e for _, e in (source.spans if source else ()))])
    sentence, block = scene.sentence(cue.head), scene.text.block_at(end - 1)
    if sentence is None or block is None:
        return None
    colon = string.find(":", end, min(end + _COLON_REACH, block.end))
    if colon < 0 or "." in string[end:colon]:
        return None
    if any(q.span.start < colon for q in scene.quotations.overlapping(end, colon)):
        return None
    behind = [
        q.span for q in scene.quotations.overlapping(colon, block.end) if q.span.start > colon
    ]
    if behind and not string[colon + 1 : behind[0].start].strip():
        return Content(((behind[0].start, behind[0].end),), "colon")
    if colon + 2 < sentence[1] and not behind:
        return Content(((colon + 1, sentence[1]),), "colon")
    return None


def _beside(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return a quotation that directly follows or precedes cue and source in the sentence."""
    sentence = scene.sentence(cue.head)
    if sentence is None:
        return None
    left, right = _island(scene, cue, source)
    near = [
        q.span for q in scene.quotations.overlapping(*sentence)
        if not q.parent and q.kind == "speech"
    ]  # fmt: skip
    behind = next((s for s in near if 0 <= s.start - right <= _NEAR), None)
    if behind is not None and _clause_between(scene, right, behind.start):
        behind = None
    ahead = next((s for s in reversed(near) if 0 <= left - s.end <= 3), None)
    found = behind or ahead
    return Content(((found.start, found.end),), "beside") if found else None


def _clause_between(scene: Scene, start: int, end: int) -> bool:
    """Return whether another predicate stands in ``start:end``: then it has the quotation."""
    parting = {"VERB", "AUX", "CCONJ", "SCONJ"}
    return any(t.pos in parting for t in scene.text.tokens_in(start, end))


# -- prepositions, nouns, adjectives ---------------------------------------------------------


def _of_preposition(scene: Scene, cue: Cue, source: Source | None) -> Content | None:
    """Return the clause that "selon X" or "according to X" qualifies."""
    sentence = scene.sentence(cue.head)
    if sentence is None or source is None:
        return None
    left, right = _island(scene, cue, source)
    before, after = (sentence[0], left), (right, sentence[1])
    if left - sentence[0] < 3:
        return Content((after,), "rest")
    if sentence[1] - right < 3 or _new_clause(scene, right, sentence[1]):
        return Content((before,), "rest")
    return Content((before, after), "rest")


def _new_clause(scene: Scene, right: int, end: int) -> bool:
    """Return whether a comma and a conjunction open a clause of the writer's own."""
    words = scene.text.tokens_in(right, end)
    return len(words) > 2 and words[0].text == "," and words[1].pos in {"CCONJ", "SCONJ"}


def _of_noun(scene: Scene, cue: Cue) -> Content | None:
    """Return the clause or infinitive that a noun or adjective governs."""
    token = scene.tokens[cue.head]
    heads = [cue.head, *(c.index for c in scene.children(cue.head) if c.dep == "nmod")]
    if cue.family == "adjective" and token.dep in {"acomp", "oprd"}:
        heads.append(token.head)
    for head in heads:
        for child in scene.children(head):
            if child.index > cue.last and _governed(scene, child, cue):
                rule = _noun_rule(scene, child.index)
                start, end = scene.clause(child.index, cue.last)
                if rule == "according-to-which":
                    comma = scene.text.string.find(",", scene.tokens[child.index].end, end)
                    end = comma if comma > 0 else end
                return Content(((start, end),), rule)
    if cue.family == "adjective":
        return _prepositional(scene, cue)
    if cue.complements and lightly_governed(scene, cue):
        found = _prepositional(scene, cue)
        return Content(found.pieces, "object") if found else None
    return _according_to_which(scene, cue)


def _according_to_which(scene: Scene, cue: Cue) -> Content | None:
    """Return the clause that "according to which" opens behind a noun, wherever it was hung."""
    sentence = scene.sentence(cue.head)
    behind = scene.tokens[cue.last + 1 : cue.last + 4]
    which = next((t for t in behind if t.text.lower() in scene.words("relative-which")), None)
    if which is None or sentence is None or behind[0].text == "," or which is behind[0]:
        return None
    comma = scene.text.string.find(",", which.end, sentence[1])
    end = comma if comma > 0 else sentence[1]
    return Content(((behind[0].start, end),), "according-to-which")


def _noun_rule(scene: Scene, child: int) -> str:
    words = {scene.tokens[i].text.lower() for i in scene.text.subtree(child)}
    return "according-to-which" if words & scene.words("relative-which") else "clause"


def _governed(scene: Scene, child: Token, cue: Cue) -> bool:
    """Return whether the clause is what the noun says, not a relative that describes the noun."""
    if child.dep not in {"ccomp", "acl", "acl:relcl", "xcomp"}:
        return False
    under = sorted(i for i in scene.text.subtree(child.index) if i > cue.last)
    opening = scene.tokens[min(under)].text.lower()
    if opening in scene.words("complementiser"):
        return not (child.dep == "acl:relcl" and _gap(scene, child))
    if opening in scene.words("infinitive-marker") | scene.words("interrogative"):
        return True
    which = {scene.tokens[i].text.lower() for i in under[:3]} & scene.words("relative-which")
    return bool(which) or child.dep == "ccomp"


def _gap(scene: Scene, child: Token) -> bool:
    """Return whether "that" is an argument of its clause: then it is a relative, no content."""
    return any(
        c.text.lower() in scene.words("complementiser") and c.dep in {"nsubj", "obj", "nsubj:pass"}
        for c in scene.children(child.index)
    )
