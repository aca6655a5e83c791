"""Weighing: what rules and network each propose becomes one list, every member with a confidence.

Both look at the same cues. Where they mean the same cue there is one draft, with the network's
spans; a logistic regression over what either is sure of says how often annotators would agree. Two
regressions, in fact: one for attributions of the writer's own, one for those within others, which
are rarer and harder. Their coefficients lie in the model's settings file and were fitted on texts
that the network had not seen (`ondit.training.calibration`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import Any

from ondit.model import Preset, Record
from ondit.reading.contents import with_quotation
from ondit.reading.cues import Cue, Family, idiomatic, lexicon
from ondit.reading.drafts import Draft
from ondit.reading.modality import BY_ACT
from ondit.reading.scene import Range, Scene
from ondit.reading.sources import find_source
from ondit.reading.tagging.proposals import Proposal

FEATURES = (
    "always", "proposed", "ruled", "outer", "any", "what", "whose", "same-content", "same-source",
    "verb", "noun", "preposition", "adjective", "no-source", "known", "cue-quoted", "first-person",
    "length", "alone-verb", "alone-noun", "alone-preposition", "alone-adjective",
)  # fmt: skip
"""What a confidence is computed from, in the order of the coefficients."""


@dataclass(frozen=True)
class Candidate:
    """A draft with what speaks for it."""

    draft: Draft
    features: tuple[float, ...]


def candidates(
    scene: Scene, drafts: Sequence[Draft], proposals: Sequence[Proposal]
) -> Iterator[Candidate]:
    """Yield one candidate for each cue that a rule or the network found."""
    by_token = {member: draft for draft in drafts if draft.cue for member in draft.cue.members}
    met: set[int] = set()
    idioms = idiomatic(scene)
    for proposal in proposals:
        ruled = next((by_token[t] for t in proposal.cue if t in by_token), None)
        if ruled is not None and id(ruled) in met:
            continue
        if ruled is not None:
            met.add(id(ruled))
        draft = _proposed(scene, proposal, ruled)
        if ruled is None and not _may_report(scene, draft, idioms):
            continue
        yield Candidate(draft, features(scene, draft, ruled, proposal))
    for draft in drafts:
        if id(draft) not in met:
            yield Candidate(draft, features(scene, draft, draft, None))


def _proposed(scene: Scene, proposal: Proposal, ruled: Draft | None) -> Draft:
    tokens = scene.tokens
    content = [(tokens[p[0]].start, tokens[p[-1]].end) for p in proposal.content]
    if ruled is not None and ruled.cue is not None and ruled.cue.family != "verb":
        content = ruled.content  # what a noun or a preposition holds, rules read off the parse
    cue = _cue(scene, proposal, ruled.cue if ruled else None)
    at = tokens[proposal.head].start
    content = [with_quotation(scene, piece, at) for piece in content]
    quoted = {q.id for s, e in content for q in scene.quotations.inside(s, e)}
    return Draft(
        cue=cue,
        source=_source(scene, proposal, cue, ruled),
        content=content,
        rule=f"network+{ruled.rule}" if ruled else _alone(scene, cue, content),
        quotations=quoted,
    )


PHRASE = "network.phrase"
"""Rule of what the network alone found and that is no clause: "is about | to leave". It may be a
plan or a wish, but is no claim of its own; what its clause says of it, rules read better."""


def _alone(scene: Scene, cue: Cue, content: Sequence[Range]) -> str:
    """Return the rule of a content that the network alone found."""
    clause = any(scene.holds_finite_verb(s, e) for s, e in content)
    return "network" if clause or cue.act in BY_ACT else PHRASE


def _source(scene: Scene, proposal: Proposal, cue: Cue, ruled: Draft | None) -> tuple[Range, ...]:
    """Return the proposal's source; where it has none, the one that rules see."""
    tokens, named = scene.tokens, proposal.source
    if ruled is not None and any(rule in ruled.rule for rule in _TRUSTED):
        return ruled.source
    if named:
        kept = _bare(scene, named)
        return ((tokens[kept[0]].start, tokens[kept[-1]].end),)
    if ruled is not None:
        return ruled.source
    found = find_source(scene, cue) if cue.family == "verb" else None
    return found.spans if found else ()


def _bare(scene: Scene, members: tuple[int, ...]) -> tuple[int, ...]:
    """Return `members` less punctuation at the edges, and what leads over behind them."""
    tokens, kept = scene.tokens, list(members)
    while len(kept) > 1 and tokens[kept[-1]].pos in _LEADS_OVER:
        kept.pop()
    while len(kept) > 1 and tokens[kept[0]].pos == "PUNCT":
        kept.pop(0)
    return tuple(kept)


_LEADS_OVER = {"PUNCT", "DET", "PART", "CCONJ"}
"""Parts of speech that end no source and no cue: commas, articles, the possessive "'s"."""

_REPORTS = {"VERB", "AUX", "NOUN", "ADJ", "ADP", "ADV"}


def _may_report(scene: Scene, draft: Draft, idioms: set[int]) -> bool:
    """Return whether the cue is more than a name, a mark, or an idiom that reports nobody."""
    cue = draft.cue
    if cue is None or not any(scene.tokens[i].pos in _REPORTS for i in cue.members):
        return False
    return not idioms & set(cue.members)


def _cue(scene: Scene, proposal: Proposal, ruled: Cue | None) -> Cue:
    """Return the proposal's cue with what the pack knows of it."""
    proposal = replace(proposal, cue=_bare(scene, proposal.cue))
    if ruled is not None and ruled.family != "verb":
        return ruled
    if ruled is not None:
        return Cue(
            ruled.family, proposal.cue, ruled.head, ruled.act, ruled.stance, ruled.entry,
            bare=ruled.bare,
        )  # fmt: skip
    known = lexicon(scene.pack)
    for index in sorted(proposal.cue, key=lambda i: i != proposal.head):
        lemma = scene.tokens[index].lemma.lower()
        verb = known.verbs.get(lemma)
        other = known.nouns.get(lemma) or known.adjectives.get(lemma)
        if verb is not None and scene.tokens[index].pos in {"VERB", "AUX"}:
            act, stance = verb.act_of(lemma), verb.stance
            return Cue("verb", proposal.cue, proposal.head, act, stance, verb)
        if other is not None and scene.tokens[index].pos in {"NOUN", "ADJ"}:
            family = _family(scene, proposal.head)
            return Cue(family, proposal.cue, proposal.head, other.act_of(lemma), other.stance)
    return Cue(_family(scene, proposal.head), proposal.cue, proposal.head, "statement", "relays")


_FAMILY: dict[str, Family] = {
    "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADP": "preposition",
}  # fmt: skip


def _family(scene: Scene, head: int) -> Family:
    return _FAMILY.get(scene.tokens[head].pos, "verb")


# -- what speaks for a draft -----------------------------------------------------------------


def features(
    scene: Scene, draft: Draft, ruled: Draft | None, proposal: Proposal | None
) -> tuple[float, ...]:
    """Return the features of a draft in the order of ``FEATURES``."""
    family = draft.cue.family if draft.cue else "verb"
    both = ruled is not None and proposal is not None
    at = scene.tokens[draft.cue.head].start if draft.cue else draft.content[0][0]
    size = sum(e - s for s, e in draft.content)
    kinds = ("verb", "noun", "preposition", "adjective")
    found = {
        "always": 1.0,
        "proposed": float(proposal is not None),
        "ruled": float(ruled is not None),
        "outer": _odds(proposal.outer) if proposal else 0.0,
        "any": _odds(proposal.any) if proposal else 0.0,
        "what": proposal.what if proposal else 0.0,
        "whose": proposal.whose if proposal else 0.0,
        "same-content": overlap(draft.content, ruled.content) if both and ruled else 0.0,
        "same-source": overlap(draft.source, ruled.source) if both and ruled else 0.0,
        "no-source": float(not draft.source),
        "known": float(bool(draft.cue and (draft.cue.entry or draft.cue.family != "verb"))),
        "cue-quoted": float(bool(draft.cue and scene.quotations.covering(at, at + 1))),
        "first-person": float(_first_person(scene, draft)),
        "length": min(log(max(size, 1)) / 6, 1.2),
    }
    found |= {kind: float(family == kind) for kind in kinds}
    found |= {f"alone-{kind}": float(family == kind and proposal is None) for kind in kinds}
    return tuple(found[name] for name in FEATURES)


def _odds(share: float) -> float:
    """Return the logarithm of the odds, within what a probability of a few digits can tell."""
    kept = min(max(share, 0.002), 0.998)
    return log(kept / (1 - kept))


def _first_person(scene: Scene, draft: Draft) -> bool:
    """Return whether the source is "I" or "we"."""
    if len(draft.source) != 1:
        return False
    tokens = scene.text.tokens_in(*draft.source[0])
    return len(tokens) == 1 and tokens[0].morph.get("Person") == "1"


def overlap(one: Sequence[Range], other: Sequence[Range]) -> float:
    """Return shared code points over all, of two lists of ranges; 1 when both are empty."""
    if not one and not other:
        return 1.0
    shared = sum(max(0, min(e, f) - max(s, b)) for s, e in one for b, f in other)
    total = sum(e - s for s, e in one) + sum(f - b for b, f in other) - shared
    return shared / total if total else 0.0


# -- choosing --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scale:
    """The coefficients of both regressions, and how sure is sure enough."""

    outer: tuple[float, ...]
    nested: tuple[float, ...]
    least_outer: float
    least_nested: float


def preset_of(record: Record) -> Preset:
    """Return the preset that `record` is being read under."""
    return record.producer.preset if record.producer else "balanced"


def scale_of(settings: dict[str, Any], preset: Preset, *, lenient: bool = False) -> Scale:
    """Return the scale of a model's settings under `preset`.

    A `lenient` one keeps nested attributions as the preset "recall" does, and others as "balanced"
    does at the least: claims are to be weighed with them, `settling` leaves them out.

    Raises:
        ValueError: when the settings were made for other features.
    """
    regression = settings["regression"]
    if tuple(regression["features"]) != FEATURES:
        raise ValueError(
            f"the model weighs {regression['features']}, not {list(FEATURES)}: train it anew"
        )
    least = settings["presets"]
    outer, nested = least[preset]["outer"], least[preset]["nested"]
    if lenient:
        outer, nested = min(outer, least["balanced"]["outer"]), least["recall"]["nested"]
    return Scale(tuple(regression["outer"]), tuple(regression["nested"]), outer, nested)


def chosen(scene: Scene, found: Sequence[Candidate], scale: Scale) -> list[Draft]:
    """Return the drafts to keep, each with its confidence, surest first.

    Of two that share a cue, or say the same of the same words, the surer stays. What stands in
    another's content is weighed as nested.
    """
    sure = [(1.0 if _trusted(c) else _share(c.features, scale.outer), c) for c in found]
    kept: list[tuple[float, Candidate]] = []
    for confidence, candidate in sorted(sure, key=lambda pair: -pair[0]):
        nested = _share(candidate.features, scale.nested)
        if confidence < scale.least_outer and nested < scale.least_nested:
            continue
        if not any(_clash(candidate.draft, other.draft) for _, other in kept):
            kept.append((confidence, candidate))
    return list(_settled(scene, kept, scale))


def _settled(
    scene: Scene, kept: Sequence[tuple[float, Candidate]], scale: Scale
) -> Iterator[Draft]:
    """Yield the drafts that are sure enough for where they stand."""
    outer = [c for sure, c in kept if sure >= scale.least_outer]
    for sure, candidate in kept:
        draft = candidate.draft
        inside = any(_inside(scene, draft, c.draft) for c in outer if c is not candidate)
        weighed = inside and not _trusted(candidate)
        confidence = _share(candidate.features, scale.nested) if weighed else sure
        if confidence >= (scale.least_nested if inside else scale.least_outer):
            draft.confidence = None if _trusted(candidate) else round(confidence, 3)
            yield draft


_TRUSTED = (".according-to-which", "+by-phrase")
"""Rules for constructions that are plain to read and too rare in the corpora to be weighed."""


def _trusted(candidate: Candidate) -> bool:
    return any(rule in candidate.draft.rule for rule in _TRUSTED)


def _inside(scene: Scene, draft: Draft, other: Draft) -> bool:
    at = scene.tokens[draft.cue.head].start if draft.cue else draft.content[0][0]
    return any(s <= at < e for s, e in other.content)


def _clash(one: Draft, other: Draft) -> bool:
    """Return whether two drafts cannot both stand: one cue, or nearly one content beside it."""
    if one.cue and other.cue and set(one.cue.members) & set(other.cue.members):
        return True
    return overlap(one.content, other.content) > 0.8 and overlap(one.source, other.source) > 0.5


def _share(values: Sequence[float], coefficients: Sequence[float]) -> float:
    total = sum(v * c for v, c in zip(values, coefficients, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
