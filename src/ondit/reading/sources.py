"""Sources: the words that name who stands behind a cue, or beside a quotation without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ondit.model import Token
from ondit.reading.cues import Cue
from ondit.reading.scene import CLOSING, Range, Scene

_SUBJECT = {"nsubj", "nsubj:pass", "csubj", "expl:subj"}
_SHARES_SUBJECT = {"conj", "xcomp", "advcl", "dep", "parataxis"}
_PART_OF_NAME = {
    "compound", "nmod", "flat:name", "amod", "appos", "poss", "det", "nummod", "flat:foreign",
}  # fmt: skip
_NOMINAL = {"NOUN", "PROPN", "PRON"}

# Code points: an aside between a name and its verb is rarely longer.
_ASIDE = 160

_MARKS = {"»", "”", '"', "''", ",”"}

# How far behind its verb an inverted subject begins, adverbs and "à l'agence" between them.
_INVERSION_REACH = 12


@dataclass(frozen=True, slots=True)
class Source:
    """Where the source stands, as code point ranges, with the rule that found it."""

    spans: tuple[Range, ...]
    rule: str


def find_source(scene: Scene, cue: Cue) -> Source | None:
    """Return the source of `cue`, or None when the text names none."""
    if cue.family == "preposition":
        return _complement(scene, cue)
    if cue.family == "noun":
        return _holder(scene, cue)
    if cue.family == "adjective":
        token = scene.tokens[cue.head]
        holder = token.head if token.dep in {"acomp", "oprd"} else cue.head
        found = _subject(scene, holder, state=True)
        return None if found and _impersonal(scene, found) else found
    if cue.surface:
        return _subject_at_left(scene, cue)
    found = _clitic_subject(scene, cue) or _by_phrase(scene, cue)
    if found is None and not _governs_clause(scene, cue) and not _describing(scene, cue):
        found = _inverted(scene, cue)
    found = found or _subject(scene, cue.head) or _subject_of_sentence(scene, cue)
    return _up_to_verb(scene, found, cue) if found else None


def _up_to_verb(scene: Scene, source: Source, cue: Cue) -> Source:
    """Return the source with the aside between it and its verb: "Ada Holm, of the port, said"."""
    start, end = source.spans[-1]
    first = scene.tokens[cue.first].start
    aside = scene.text.string[end:first].strip()
    if end >= first or len(aside) > _ASIDE or aside[:1] != "," or aside[-1:] != ",":
        return source
    words = scene.text.tokens_in(end, first)[1:-1]
    if not words or not _describing_words(scene, words):
        return source
    return Source((*source.spans[:-1], (start, words[-1].end)), source.rule)


def _describing_words(scene: Scene, words: Sequence[Token]) -> bool:
    """Return whether an aside describes a person: a relative, an age, a role, "of the port"."""
    opening, shown = words[0], {t.text.lower() for t in words}
    if shown & scene.words("time-noun") or any(t.text in _MARKS for t in words):
        return False
    if opening.text.lower() in scene.words("relative") - scene.words("complementiser"):
        return True
    verbs = any(scene.finite(t.index) for t in words if t.pos in {"VERB", "AUX"})
    inside = opening.text.lower() in scene.words("inside-phrase")
    return not verbs and (inside or opening.pos in {"NUM", "DET", "NOUN", "PROPN"})


def _impersonal(scene: Scene, source: Source) -> bool:
    """Return whether the subject is the "it" of "it is clear that", which stands for nobody."""
    words = scene.text.view[slice(*source.spans[0])].lower()
    return words in scene.words("impersonal")


def _named(
    scene: Scene, rule: str, head: int, *, after: int = -1, before: int | None = None
) -> Source | None:
    phrase = scene.noun_phrase(head, after=after, before=before)
    if phrase is None:
        return None
    start, end = phrase[0], _adjunct(scene, *phrase)
    return Source(((start, end),), rule)


# -- subjects --------------------------------------------------------------------------------


def _clitic_subject(scene: Scene, cue: Cue) -> Source | None:
    """Return the subject of "a-t-il dit", "dit-elle", which parsers rarely recognise."""
    for token in scene.tokens[cue.first : cue.last + 3]:
        if token.text.lower() in scene.words("subject-clitic"):
            return Source(((token.start + 1, token.end),), "clitic-subject")
    return None


def _subject_of_sentence(scene: Scene, cue: Cue) -> Source | None:
    """Return the first subject of the sentence, for a finite verb whose own the parse lost.

    Only before a that-clause, and only where no other finite verb but a relative's stands between.
    """
    if not _governs_clause(scene, cue) or not scene.finite(cue.head):
        return None
    sentence = scene.tokens[cue.head].sentence
    before = [t for t in scene.tokens[max(0, cue.first - 60) : cue.first] if t.sentence == sentence]
    subject = _main_subject(scene, before) or _behind_comma(scene, before)
    if subject is None:
        return None
    return _named(scene, "sentence-subject", subject.index, before=scene.tokens[cue.first].start)


def _main_subject(scene: Scene, before: list[Token]) -> Token | None:
    """Return the first subject among `before` that no finite main verb has taken."""
    subject = next((t for t in before if t.dep in {"nsubj", "nsubj:pass"}), None)
    if subject is None or scene.tokens[subject.head].dep == "acl:relcl":
        return None
    main = {"root", "ccomp", "conj", "parataxis"}
    taken = (t for t in before if t.index > subject.index and t.dep in main)
    return None if any(scene.finite(t.index) for t in taken) else subject


def _behind_comma(scene: Scene, before: list[Token]) -> Token | None:
    """Return the noun that opens the stretch behind the last comma: "Malgré X, les proches ..."."""
    commas = [n for n, t in enumerate(before) if t.text == ","]
    stretch = before[commas[-1] + 1 :] if commas else before
    for token in stretch:
        if token.pos in {"ADP", "SCONJ", "VERB", "AUX"} or token.text.lower() in scene.words(
            "relative"
        ):
            return None
        if token.pos in {"NOUN", "PROPN"}:
            return token
    return None


def _subject_at_left(scene: Scene, cue: Cue) -> Source | None:
    """Return the phrase just before a verb that the parse took for another word."""
    begin = next(t.index for t in scene.tokens if t.sentence == scene.tokens[cue.head].sentence)
    nouns = [t for t in scene.tokens[begin : cue.first] if t.pos in _NOMINAL]
    if not nouns:
        return None
    head = _top(scene, nouns[0], cue, within=cue.first)
    return _named(scene, "surface", head, before=scene.tokens[cue.first].start)


def _subject(scene: Scene, verb: int, depth: int = 0, *, state: bool = False) -> Source | None:
    """Return the subject of `verb`, its own or the one it shares with what governs it.

    The subject of a passive is no source, unless the participle names a state ("is convinced").
    """
    passive = _passive(scene, verb) and not state
    subjects = [
        child for child in scene.children(verb)
        if child.dep in _SUBJECT and not _expletive(scene, child, passive)
        and child.text.lower() not in scene.words("time-noun")
    ]  # fmt: skip
    if subjects:
        nearest = min(subjects, key=lambda child: (child.index > verb, abs(child.index - verb)))
        reported = passive and nearest.dep == "nsubj:pass"
        return None if reported else _named(scene, "subject", nearest.index)
    token = scene.tokens[verb]
    if token.head == verb or passive:
        return None
    if token.dep in _SHARES_SUBJECT and depth < 3:
        found = _subject(scene, token.head, depth + 1)
        if found is not None and _relative_only(scene, token, found):
            antecedent = scene.tokens[scene.tokens[token.head].head]
            return _named(scene, "antecedent", antecedent.index, before=token.start)
        return Source(found.spans, "shared-subject") if found else None
    described = scene.tokens[token.head].pos in _NOMINAL
    if token.dep in {"acl", "acl:relcl"} and present_participle(token) and described:
        return _named(scene, "participle", token.head, before=token.start)
    return None


def _relative_only(scene: Scene, verb: Token, found: Source) -> bool:
    """Return whether the shared subject is that of a relative clause which a comma has closed.

    "Le capitaine, qui tient à rester discret, a reconnu": not "qui" but its antecedent.
    """
    head = scene.tokens[verb.head]
    said = scene.text.view[found.spans[0][0] : found.spans[0][1]].lower()
    closed = scene.text.string[head.end : verb.start].rfind(",") >= 0
    return head.dep == "acl:relcl" and said in scene.words("relative") and closed


def _passive(scene: Scene, verb: int) -> bool:
    return any(child.dep == "aux:pass" for child in scene.children(verb))


def present_participle(token: Token) -> bool:
    """Return whether the token is a form in -ing or -ant."""
    return token.morph.get("VerbForm") == "Part" and token.morph.get("Tense", "Pres") == "Pres"


def _expletive(scene: Scene, token: Token, passive: bool) -> bool:
    """Return whether the pronoun stands for nobody: "il a été dit que", "it is said"."""
    return token.dep == "expl:subj" or (passive and token.text.lower() in scene.words("impersonal"))


def _by_phrase(scene: Scene, cue: Cue) -> Source | None:
    """Return the agent of a passive: "... was told by X", "... a été annoncé par X"."""
    for child in scene.children(cue.head):
        if child.dep == "obl:agent":
            inner = [c.index for c in scene.children(child.index) if c.dep == "pobj"]
            head = inner[0] if inner else child.index
            return _named(scene, "by-phrase", head, before=_predicate_of(scene, cue, head))
    return None


def _predicate_of(scene: Scene, cue: Cue, head: int) -> int | None:
    """Return where "as meaning ..." begins, which the parse may hang on the agent."""
    sentence = scene.tokens[cue.head].sentence
    for token in scene.tokens[head + 1 :]:
        if token.sentence != sentence:
            return None
        if token.text.lower() in scene.words("as"):
            return token.start
    return None


def _governs_clause(scene: Scene, cue: Cue) -> bool:
    """Return whether a that-clause follows: then what stands behind the verb is no subject."""
    following = scene.tokens[cue.last + 1 : cue.last + 2]
    if following and following[0].text.lower() in scene.words("complementiser"):
        return True
    return any(c.index > cue.last and c.dep in {"ccomp", "csubj"} for c in scene.children(cue.head))


def _inverted(scene: Scene, cue: Cue) -> Source | None:
    """Return the noun phrase after the verb in « ... », a déclaré X / "...," said X."""
    if (
        _has_subject_before(scene, cue)
        or _auxiliary_apart(scene, cue)
        or not scene.closed_off(scene.tokens[cue.first].start)
    ):
        return None
    for token in scene.tokens[cue.last + 1 : cue.last + _INVERSION_REACH]:
        if token.sentence != scene.tokens[cue.head].sentence or token.text in {*":«“;(", '"'}:
            return None
        if token.text.lower() in scene.words("time-noun"):
            continue
        named = token.text[:1].isupper() and token.pos in {"ADJ", "ADV"}
        if (token.pos in {*_NOMINAL, "X"} or named) and _heads_phrase(scene, token, cue):
            found = _named(scene, "inverted", _top(scene, token, cue), after=cue.last)
            return _with_apposition(scene, found, token.sentence) if found else None
    return None


def _with_apposition(scene: Scene, source: Source, sentence: int) -> Source:
    """Return the source with what describes it up to the end of the sentence.

    "…", said Holm, 41, who ...: an age, a relative clause, or a phrase without a verb of its own.
    """
    start, end = source.spans[0]
    last = _adjunct(scene, end, scene.text.sentences[sentence][1])
    rest = scene.text.tokens_in(end, last)
    if len(rest) < 2 or rest[0].text != "," or rest[1].pos not in {"NUM", "PRON", "DET", "NOUN"}:
        return source
    relative = rest[1].text.lower() in scene.words("relative")
    verbs = [t for t in rest if t.pos in {"VERB", "AUX"}]
    opened = any(
        t.text.lower() in scene.words("relative")
        for t in rest
        if not verbs or t.index < verbs[0].index
    )
    if verbs and not (relative or opened):
        return source
    string = scene.text.string[start:last].rstrip(" .,;:")
    return Source(((start, start + len(string)),), source.rule)


def _adjunct(scene: Scene, start: int, end: int) -> int:
    """Return where words on the saying begin: ", le 11 juin", ", dans un entretien"."""
    for comma, following in pairwise(scene.text.tokens_in(start, end)):
        if comma.text != ",":
            continue
        head = scene.tokens[following.head] if following.pos == "DET" else following
        dated = {head.text.lower(), *_first_words(scene, following, 4)} & scene.words("time-noun")
        apart = following.pos == "ADP" and following.text.lower() not in scene.words(
            "inside-phrase"
        )
        if dated or apart or present_participle(following):
            return comma.start
    return end


def _first_words(scene: Scene, token: Token, number: int) -> set[str]:
    """Return the words from `token` on, up to the next comma."""
    found: set[str] = set()
    for other in scene.tokens[token.index : token.index + number]:
        if other.pos == "PUNCT":
            break
        found.add(other.text.lower())
    return found


def _describing(scene: Scene, cue: Cue) -> bool:
    """Return whether the cue is a participle that goes on about a subject: ", calling it"."""
    token = scene.tokens[cue.head]
    alone = not any(c.dep.startswith("aux") for c in scene.children(cue.head))
    return alone and present_participle(token)


def _in_one_quotation(scene: Scene, subject: Token, cue: Cue) -> bool:
    """Return whether both stand between the same marks: « Le bac, a dit Holm, est parti »."""
    at = scene.tokens[cue.head].start
    return any(q.span.start <= subject.start for q in scene.quotations.covering(at, at + 1))


def _auxiliary_apart(scene: Scene, cue: Cue) -> bool:
    """Return whether the auxiliary stands before an aside: "ont, mardi, demandé"."""
    apart = (c for c in scene.children(cue.head) if c.dep.startswith("aux"))
    return any(child.index < cue.first for child in apart)


def _has_subject_before(scene: Scene, cue: Cue) -> bool:
    """Return whether the verb has a subject to its left that no comma or mark parts from it."""
    return any(
        child.dep in {"nsubj", "nsubj:pass"} and child.index < cue.first
        and not (
            scene.tokens[cue.first - 1].text in CLOSING
            and any(
                t.text in (CLOSING if _in_one_quotation(scene, child, cue) else _MARKS)
                for t in scene.tokens[child.index + 1 : cue.first]
            )
        )
        for child in scene.children(cue.head)
    )  # fmt: skip


def _heads_phrase(scene: Scene, token: Token, cue: Cue) -> bool:
    """Return whether the noun is not inside an adjunct such as "à l'agence", "in an interview"."""
    between = scene.tokens[cue.last + 1 : token.index]
    if any(t.pos in {"VERB", "AUX"} for t in between):
        return False
    adposition = max((t.index for t in between if t.pos == "ADP"), default=None)
    if adposition is None:
        return True
    inner = scene.tokens[adposition + 1 : token.index]
    return not all(t.pos in {"DET", "ADJ", "ADP", "NUM", "PROPN"} for t in inner)


def _top(scene: Scene, token: Token, cue: Cue, *, within: int | None = None) -> int:
    """Return the head of the phrase that `token` is part of, on the same side of the cue.

    That is behind it, or before token `within` when that is given.
    """
    top = token
    while top.dep in _PART_OF_NAME:
        head = scene.tokens[top.head]
        outside = head.index <= cue.last if within is None else head.index >= within
        elsewhere = outside or head.sentence != token.sentence
        if elsewhere or head.index == top.index or head.pos in {"VERB", "AUX"}:
            break
        top = head
    return top.index


# -- prepositions and nouns ------------------------------------------------------------------


def _complement(scene: Scene, cue: Cue) -> Source | None:
    """Return what follows "selon" or "according to"; "selon lequel" names nobody."""
    following = scene.tokens[cue.last + 1 : cue.last + 9]
    if not following or following[0].text.lower() in scene.words("relative"):
        return None
    head = next((t for t in following if t.pos in _NOMINAL), None)
    if head is None or head.sentence != scene.tokens[cue.head].sentence:
        return None
    found = _named(scene, "complement", _top(scene, head, cue), after=cue.last)
    return _cut_at_comma(scene, found) if found else None


def _cut_at_comma(scene: Scene, source: Source) -> Source:
    """Return the source up to its first comma when the parse let the main clause into it."""
    start, end = source.spans[0]
    comma = scene.text.string.find(",", start, end)
    if comma < 0 or not scene.holds_finite_verb(comma, end):
        return source
    opening = scene.text.tokens_in(comma + 1, end)[:2]
    if any(t.text.lower() in scene.words("relative") for t in opening):
        return source
    return Source(((start, comma),), source.rule)


def _holder(scene: Scene, cue: Cue) -> Source | None:
    """Return who holds a noun: "X's claim", "la promesse de X", "their hope"."""
    for child in scene.children(cue.head):
        if child.dep == "poss" or (child.dep == "det" and child.morph.get("Poss") == "Yes"):
            return _named(scene, "possessive", child.index)
        if child.dep == "nmod" and child.index > cue.head and child.pos in _NOMINAL:
            case = next((c for c in scene.children(child.index) if c.dep == "case"), None)
            if case and case.lemma in scene.words("of"):
                phrase = scene.noun_phrase(child.index, before=_said_of(scene, child))
                contracted = case.text.lower() in scene.words("contracted")
                start = case.start if contracted else scene.tokens[case.index + 1].start
                return Source(((start, phrase[1]),), "holder") if phrase else None
        if child.dep == "prep" and child.text.lower() in scene.words("by"):
            inner = next((c.index for c in scene.children(child.index) if c.dep == "pobj"), None)
            if inner is not None:
                return _named(scene, "holder", inner)
    if lightly_governed(scene, cue):
        return _subject(scene, scene.tokens[cue.head].head)
    return _in_mind(scene, cue)


def lightly_governed(scene: Scene, cue: Cue) -> bool:
    """Return whether a light verb lends the noun its subject: "gave details on"."""
    token = scene.tokens[cue.head]
    return token.dep == "obj" and scene.tokens[token.head].lemma.lower() in scene.words(
        "light-verb"
    )


def _in_mind(scene: Scene, cue: Cue) -> Source | None:
    """Return who lives in a belief, hope or fear: "acted in the belief that", "dans l'idée que"."""
    if cue.act not in {"belief", "hope", "fear"}:
        return None
    token = scene.tokens[cue.head]
    case = next((c for c in scene.children(cue.head) if c.dep == "case"), None)
    if case is None and token.dep == "pobj":
        case = token = scene.tokens[token.head]
    if case is None or case.text.lower() not in scene.words("in-mind"):
        return None
    return _subject(scene, token.head, state=True)


def _said_of(scene: Scene, holder: Token) -> int | None:
    """Return where the clause begins that the parse hung on the holder, not on the noun."""
    opens = scene.words("infinitive-marker") | scene.words("complementiser")
    for child in scene.children(holder.index):
        first = scene.tokens[min(scene.text.subtree(child.index))]
        if child.dep in {"acl", "ccomp", "xcomp"} and first.text.lower() in opens:
            return first.start
    return None


# -- quotations without a cue ----------------------------------------------------------------

# "…" — Ada Holm, a signature after a dash.
_SIGNED = re.compile(r"\s*[—–―-]\s*(?P<name>[^\W\d_][^\n«“\"]{1,80}?)(?=[,.]|\s*$)")


def quotation_source(scene: Scene, start: int, end: int) -> Source | None:
    """Return who stands by a quotation that no cue introduces: signature or subject before it.

    A name signed after a dash; the subject of a clause that ends in a colon; the person who is the
    subject of the sentence just before a quotation that is a sentence of its own.
    """
    block = scene.text.block_at(start)
    sentence = scene.text.sentence_at(start)
    if block is None or sentence is None:
        return None
    signed = _SIGNED.match(scene.text.string, end, block.end)
    if signed and signed["name"][0].isupper():
        return Source((signed.span("name"),), "signed")
    if scene.before(start, sentence[0]).endswith(":"):
        found = _first_subject(scene, sentence[0], start, "colon-subject")
        return found or _name_before_colon(scene, sentence[0], start)
    before = scene.text.sentence_at(max(sentence[0] - 2, 0))
    if start - sentence[0] > 1 or before is None:
        return None
    return _first_subject(scene, *before, "previous-subject")


def _name_before_colon(scene: Scene, start: int, end: int) -> Source | None:
    """Return who stands alone before a colon: "Ada Holm: “…”", "And from Mara Quill: “…”"."""
    words = [t for t in scene.text.tokens_in(start, end) if t.text != ":"]
    if not words or len(words) > _NAME_LENGTH:
        return None
    if any(t.pos in {"VERB", "AUX", "PUNCT"} for t in words):
        return None
    while words and words[0].pos in {"CCONJ", "ADP", "ADV"}:
        words = words[1:]
    if not words or not any(t.pos == "PROPN" for t in words):
        return None
    return Source(((words[0].start, words[-1].end),), "name-before-colon")


# Tokens: a name with its title before a colon.
_NAME_LENGTH = 8


def _first_subject(scene: Scene, start: int, end: int, rule: str) -> Source | None:
    """Return the first subject in ``start:end`` that is a name (any subject before a colon)."""
    for token in scene.text.tokens_in(start, end):
        if token.dep in _SUBJECT and (rule == "colon-subject" or token.pos == "PROPN"):
            return _named(scene, rule, token.index, before=end)
    return None
