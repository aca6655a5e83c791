"""Attributions: which words are somebody else's, by which cue, from which source.

For every cue the source is looked for where its kind of cue keeps it (subject, inverted subject,
by-phrase, complement of a preposition, holder of a noun), and the content likewise (complement
clause, what a parenthetical interrupts, what follows a colon, a quotation beside it). Quotations
that no cue explains are kept as attributions of their own. Where a trained network is at hand for
the language, its proposals and what the rules found are weighed together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ondit.language.lexicon import Pack
from ondit.model import Act, Attribution, Quotation, Record, Span, SpanIndex, Text, identify
from ondit.model.annotations import AttributionKind
from ondit.reading.contents import Content, find_content
from ondit.reading.cues import Cue, find_cues, lexicon
from ondit.reading.drafts import Draft
from ondit.reading.scene import CLOSING, Range, Scene
from ondit.reading.sources import (
    Source,
    find_source,
    present_participle,
    quotation_source,
)
from ondit.reading.tagging.columns import columns
from ondit.reading.tagging.passages import passages
from ondit.reading.tagging.proposals import Proposal, propose
from ondit.reading.tagging.weights import Model, load
from ondit.reading.weighing import candidates, chosen, preset_of, scale_of


def find(text: Text, record: Record, pack: Pack) -> Iterator[Attribution]:
    """Yield the attributions of `text`, in order of their first content."""
    quotations = SpanIndex((q.span.start, q.span.end, q) for q in record.quotations)
    scene = Scene(text, pack, quotations)
    drafts = by_rules(scene) if text.tokens else []
    model = load(pack.tag)
    if model is not None and text.tokens:
        drafts = _weighed(scene, record, drafts, model)
    yield from written(scene, record.quotations, drafts)


def written(
    scene: Scene, quotations: tuple[Quotation, ...], drafts: list[Draft]
) -> Iterator[Attribution]:
    """Yield `drafts` as attributions, and the quotations that no cue among them explains."""
    text = scene.text
    _carry_on(text, quotations, drafts)
    drafts += _labels(text)
    drafts += _unexplained(scene, quotations, drafts)
    for draft in sorted((d for d in drafts if d.content), key=lambda d: (min(d.content), d.rule)):
        if _joined(text, draft.content):
            yield _attribution(scene, draft)


def by_rules(scene: Scene) -> list[Draft]:
    """Return the attributions that rules find by their cues."""
    drafts = list(_by_cue(scene))
    _nest(scene, drafts)
    return drafts


def _weighed(scene: Scene, record: Record, drafts: list[Draft], model: Model) -> list[Draft]:
    """Return what is left of the rules' drafts and the network's proposals, weighed together."""
    proposals = list(_proposals(scene, record, model))
    scale = scale_of(model.settings, preset_of(record), lenient=True)
    return chosen(scene, list(candidates(scene, drafts, proposals)), scale)


def _proposals(scene: Scene, record: Record, model: Model) -> Iterator[Proposal]:
    if model.arrays:
        table = columns(scene.text, record.quotations, scene.pack)
        yield from propose(model, list(passages(scene.text, table)))


def _by_cue(scene: Scene) -> Iterator[Draft]:
    sources: dict[int, Source] = {}
    spoken: dict[int, Source] = {}
    for cue in find_cues(scene):
        source = _going_on(scene, cue, spoken) or find_source(scene, cue)
        source = source or _inherited(scene, cue, sources)
        if source is not None:
            sources[cue.head] = source
        content = find_content(scene, cue, source)
        if content is None or _idle(scene, cue, source, content) or _nobody(scene, source):
            continue
        if source is not None and _straddles(scene, cue, source):
            continue
        pieces = _without(list(content.pieces), _parts(scene, cue, source))
        if source is not None and pieces:
            spoken[cue.head] = source
        if pieces:
            yield _draft(scene, cue, source, content, pieces)


def _draft(
    scene: Scene, cue: Cue, source: Source | None, content: Content, pieces: list[Range]
) -> Draft:
    rule = f"{cue.family}.{content.rule}+{source.rule if source else 'no-source'}"
    quoted = {q.id for s, e in pieces for q in scene.quotations.inside(s, e)}
    return Draft(cue, source.spans if source else (), pieces, rule, quoted)


def _going_on(scene: Scene, cue: Cue, sources: dict[int, Source]) -> Source | None:
    """Return the speaker that a participle behind a comma goes on with: "…, adding that …"."""
    token = scene.tokens[cue.head]
    if cue.family != "verb" or not present_participle(token) or cue.first == 0:
        return None
    before = scene.tokens[cue.first - 1]
    here = [
        i for i in sources
        if scene.tokens[i].sentence == token.sentence and i < cue.head
    ]  # fmt: skip
    if before.text not in CLOSING or before.sentence != token.sentence or not here:
        return None
    return Source(sources[here[-1]].spans, "inherited")


def _inherited(scene: Scene, cue: Cue, sources: dict[int, Source]) -> Source | None:
    """Return the source of the cue that this one hangs on: "said X, adding that ...".

    A participle that the parse hangs elsewhere takes the last source of its sentence.
    """
    token = scene.tokens[cue.head]
    for _ in range(3):
        if token.head == token.index or token.dep not in {"conj", "advcl", "acl", "xcomp", "dep"}:
            break
        token = scene.tokens[token.head]
        if token.index in sources:
            return Source(sources[token.index].spans, "inherited")
    if present_participle(scene.tokens[cue.head]):
        sentence = scene.tokens[cue.head].sentence
        here = [i for i in sources if scene.tokens[i].sentence == sentence and i < cue.head]
        return Source(sources[max(here)].spans, "inherited") if here else None
    return None


def _nest(scene: Scene, drafts: list[Draft]) -> None:
    """Keep what is reported within quoted words inside them: “I think so,” she said.

    A cue inside what a parenthetical reports reaches no further than that.
    """
    outer = [d for d in drafts if ".around+" in d.rule]
    for draft in drafts:
        if draft.cue is None:
            continue
        at = scene.tokens[draft.cue.head].start
        for other in outer:
            around = next((p for p in other.content if p[0] <= at < p[1]), None)
            if other is not draft and around is not None:
                draft.content = [c for p in draft.content for c in _common(p, other.content)]


def _common(piece: Range, pieces: list[Range]) -> Iterator[Range]:
    """Yield the parts of `piece` that `pieces` cover."""
    shared = ((max(s, piece[0]), min(e, piece[1])) for s, e in pieces)
    yield from (p for p in shared if p[0] < p[1])


def _idle(scene: Scene, cue: Cue, source: Source | None, content: Content) -> bool:
    """Return whether the cue reports nobody: a complement without anyone behind it.

    A passive reports all the same: "il a été annoncé que", "it was reported that".
    """
    if source is not None or content.rule not in {"clause", "infinitive", "object"}:
        return False
    passive = cue.family == "verb" and any(c.dep == "aux:pass" for c in scene.children(cue.head))
    return not (passive and content.rule == "clause")


def _straddles(scene: Scene, cue: Cue, source: Source) -> bool:
    """Return whether the cue is quoted and its subject begins before the quotation.

    "La crise alors que “deux marins parlent”": the quoted verb reports nothing to the writer.
    """
    at = scene.tokens[cue.head].start
    around = [q.span for q in scene.quotations.covering(at, at + 1)]
    return any(source.spans[0][0] < span.start < at for span in around)


def _nobody(scene: Scene, source: Source | None) -> bool:
    """Return whether the subject is the "you" of "you know", which reports nobody."""
    words = [scene.text.view[s:e].lower() for s, e in source.spans] if source else []
    return bool(words) and all(word in lexicon(scene.pack).nobody for word in words)


def _parts(scene: Scene, cue: Cue, source: Source | None) -> list[Range]:
    """Return what cue and source take of the text, the "-t-" between them included."""
    behind = scene.tokens[cue.last].end
    spans = list(source.spans if source else ())
    words = [(scene.tokens[i].start, scene.tokens[i].end) for i in cue.members]
    return words + spans + [(behind, s) for s, _ in spans if behind < s <= behind + 3]


def _without(pieces: list[Range], taken: list[Range]) -> list[Range]:
    """Return `pieces` less what the cue and the source of the same attribution take."""
    left = pieces
    for start, end in taken:
        left = [p for piece in left for p in _minus(piece, start, end)]
    return left


def _minus(piece: Range, start: int, end: int) -> list[Range]:
    if end <= piece[0] or start >= piece[1]:
        return [piece]
    return [(a, b) for a, b in ((piece[0], start), (end, piece[1])) if a < b]


# -- quotations that the cues left over ------------------------------------------------------


def _carry_on(text: Text, quotations: tuple[Quotation, ...], drafts: list[Draft]) -> None:
    """Add to each draft the quotations that its speaker goes on with, or began with.

    A speech of several paragraphs may name its speaker in any of them: «…¶…», a dit X.
    """
    owner = {identifier: draft for draft in drafts for identifier in draft.quotations}
    covered = SpanIndex((s, e, d) for d in drafts for s, e in d.content)
    speech = [q for q in quotations if not q.parent and q.kind == "speech"]
    free = [
        q for q in speech
        if q.id not in owner and not covered.covering(q.span.start + 1, q.span.end - 1)
    ]  # fmt: skip
    for quotation in reversed(free):
        following = next((q for q in speech if q.continues == quotation.id), None)
        if following is not None and following.id in owner:
            _join(owner, owner[following.id], quotation)
    previous: Quotation | None = None
    for quotation in speech:
        if quotation in free and quotation.id not in owner:
            draft = _speaker_before(text, quotation, previous, owner)
            if draft is not None:
                _join(owner, draft, quotation)
        previous = quotation


def _join(owner: dict[str, Draft], draft: Draft, quotation: Quotation) -> None:
    draft.content.append((quotation.span.start, quotation.span.end))
    draft.quotations.add(quotation.id)
    owner[quotation.id] = draft


def _speaker_before(
    text: Text, quotation: Quotation, previous: Quotation | None, owner: dict[str, Draft]
) -> Draft | None:
    """Return the draft that this quotation continues, or None.

    It does when it reopens an unclosed one, or when it is a whole sentence that directly follows
    the attributed one ("…," she said. "…").
    """
    if quotation.continues in owner:
        return owner[quotation.continues]
    if previous is None or previous.id not in owner or not _whole_sentences(text, quotation):
        return None
    between = [s for s in text.sentences if previous.span.end < s[0] < quotation.span.start - 1]
    return owner[previous.id] if not between else None


def _whole_sentences(text: Text, quotation: Quotation) -> bool:
    first = text.sentence_at(quotation.span.start)
    last = text.sentence_at(quotation.span.end - 1)
    if first is None or last is None:
        return False
    return quotation.span.start - first[0] <= 1 and last[1] - quotation.span.end <= 1


# A speaker's label at the head of a paragraph, as in transcripts and interviews: "HOLM: Well, ...".
_LABEL = re.compile(r"(?P<name>[A-ZÀ-Ý][A-ZÀ-Ý.'’ -]{2,40})\s?:\s+(?P<words>\S.*)", re.DOTALL)


def _labels(text: Text) -> Iterator[Draft]:
    for block in text.blocks:
        match = _LABEL.match(text.string, block.start, block.end)
        if match and block.kind != "headline":
            source = (match.start("name"), len(match["name"].rstrip()) + match.start("name"))
            words = (match.start("words"), block.end)
            yield Draft(None, (source,), [words], "label")


CUELESS = "quotation."
"""How the rules of quotations begin whose speaker no cue tells: their source is a guess."""


def _unexplained(
    scene: Scene, quotations: tuple[Quotation, ...], drafts: list[Draft]
) -> Iterator[Draft]:
    """Yield quotations that stand under no cue: somebody's words, nobody named."""
    covered = SpanIndex((s, e, d) for d in drafts for s, e in d.content)
    for quotation in quotations:
        start, end = quotation.span.start, quotation.span.end
        if quotation.parent or quotation.kind != "speech":
            continue
        if any(_explains(scene, d, start, end) for d in covered.overlapping(start + 1, end - 1)):
            continue
        source = quotation_source(scene, start, end) or _last_speaker(scene, drafts, quotation)
        rule = f"{CUELESS}{source.rule if source else 'alone'}"
        yield Draft(None, source.spans if source else (), [(start, end)], rule)


def _last_speaker(scene: Scene, drafts: list[Draft], quotation: Quotation) -> Source | None:
    """Return who spoke last in the paragraph before a quotation that nobody claims.

    Only for a quotation of whole sentences, or one in the sentence of that speaker's own words.
    """
    start = quotation.span.start
    block, sentence = scene.text.block_at(start), scene.text.sentence_at(start)
    if block is None:
        return None
    whole = _whole_sentences(scene.text, quotation)
    spoken = [
        (d.cue.head, d.source) for d in drafts
        if d.cue and d.source and d.cue.act in _SPOKEN
        and block.start <= scene.tokens[d.cue.head].start < start
        and (whole or scene.sentence(d.cue.head) == sentence)
    ]  # fmt: skip
    return Source(max(spoken)[1], "last-speaker") if spoken else None


_SPOKEN: set[Act] = {
    "statement", "confirmation", "admission", "denial", "warning", "accusation", "question",
    "promise", "demand",
}  # fmt: skip
"""Acts that are done by speaking, not by thinking or feeling."""


def _explains(scene: Scene, draft: Draft, start: int, end: int) -> bool:
    """Return whether the draft says whose words ``start:end`` are.

    A cue inside them does so only when it interrupts them: "« Le bac, a-t-il dit, est parti »".
    """
    if draft.cue is None:
        return True
    inside = start <= scene.tokens[draft.cue.head].start < end
    return not inside or min(draft.content)[0] <= start + 2


# -- writing down ----------------------------------------------------------------------------


def _attribution(scene: Scene, draft: Draft) -> Attribution:
    text, quotations = scene.text, scene.quotations
    content = [text.span(s, e) for s, e in _joined(text, draft.content)]
    cue = [text.span(s, e) for s, e in _runs(text, draft.cue)] if draft.cue else []
    source = [text.span(s, e) for s, e in draft.source]
    return Attribution(
        id=identify("a", text.key, [*source, *cue, *content], draft.rule),
        source=tuple(source),
        cue=tuple(cue),
        content=tuple(content),
        kind=_kind(content, quotations),
        act=_act(scene, draft),
        stance=draft.cue.stance if draft.cue else "distances",
        confidence=draft.confidence,
        rule=draft.rule,
    )


def _act(scene: Scene, draft: Draft) -> Act:
    """Return what is done by saying so: the cue's act, or what its complement makes of it."""
    if draft.cue is None:
        return "statement"
    opening = scene.text.tokens_in(*min(draft.content))
    asks = opening and opening[0].text.lower() in scene.words("interrogative")
    if asks and draft.cue.act == "demand":
        return "question"
    entry = draft.cue.entry
    if entry is not None and entry.object_act and ".object" in draft.rule:
        return entry.object_act
    return draft.cue.act


def _joined(text: Text, pieces: list[Range]) -> list[Range]:
    """Return the pieces trimmed of edge punctuation, sorted, without what another contains."""
    trimmed = sorted(p for p in (_trimmed(text, s, e) for s, e in pieces) if p[0] < p[1])
    kept: list[Range] = []
    for piece in trimmed:
        if kept and piece[0] < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], piece[1]))
        else:
            kept.append(piece)
    return kept


def _trimmed(text: Text, start: int, end: int) -> Range:
    while start < end and (text.string[start].isspace() or text.string[start] in ",;:.!?–—-)"):
        start += 1
    while end > start and (text.string[end - 1].isspace() or text.string[end - 1] in ",;:–—(-"):
        end -= 1
    if end > start and text.string[end - 1] in ".!?…" and not _closing_inside(text, start, end):
        end -= 1
    return start, end


def _closing_inside(text: Text, start: int, end: int) -> bool:
    """Return whether the final stop belongs to an unclosed quotation, hence to the content."""
    return text.string[start] in '«“"„' and not set(text.string[start + 1 : end]) & set('»”"')


def _runs(text: Text, cue: Cue) -> Iterator[Range]:
    tokens = text.tokens or ()
    first = last = cue.members[0]
    for index in cue.members[1:]:
        if index != last + 1:
            yield tokens[first].start, tokens[last].end
            first = index
        last = index
    yield tokens[first].start, tokens[last].end


def _kind(content: list[Span], quotations: SpanIndex[Quotation]) -> AttributionKind:
    """Return direct when at least 90 % of the characters are quoted, indirect below 10 %."""
    total = sum(s.end - s.start for s in content)
    quoted = 0
    for span in content:
        inside = [q.span for q in quotations.overlapping(span.start, span.end) if not q.parent]
        quoted += sum(min(q.end, span.end) - max(q.start, span.start) for q in inside)
    share = quoted / total if total else 0.0
    return "direct" if share >= 0.9 else "mixed" if share >= 0.1 else "indirect"
