"""Claims: each clause that could be checked, under whom it stands and how surely."""

from __future__ import annotations

from collections.abc import Iterator

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Claim, Evidence, Record, Span, SpanIndex, Text, identify
from ondit.model.annotations import TimeOfClaim
from ondit.reading.clauses import Clause, find_clauses
from ondit.reading.factuality import Bench, Judgement

# A clause needs this many letters to say something that could be checked.
_ENOUGH = 6


def find(text: Text, record: Record, pack: Pack) -> Iterator[Claim]:
    """Yield the claims of `text` in text order."""
    chains = _Chains(record)
    if text.tokens is None:
        yield from _sentences(text, chains)
        return
    bench = Bench(text, pack, [(q.span.start, q.span.end) for q in record.quotations])
    grounding = _Grounding(record)
    clauses = list(find_clauses(text))
    parents: dict[int | None, Clause] = {clause.predicate: clause for clause in clauses}
    said: list[Span] = []
    for clause in clauses:
        spans = _spans(text, clause, chains)
        if any(span in said for span in spans):
            continue
        if sum(len(s.exact) for s in spans) < _ENOUGH or chains.is_reporting(text, clause):
            continue
        chain = chains.of(spans)
        judgement = bench.judge(clause, chain, parents.get(clause.parent))
        said += spans
        yield _claim(text, clause, spans, chain, judgement, grounding)
    yield from _scare_quotes(text, record, chains)
    for attribution in record.attributions:
        yield from _unclaused(text, attribution, said, chains, bench, grounding)


def _claim(
    text: Text,
    clause: Clause,
    spans: tuple[Span, ...],
    chain: list[Attribution],
    judgement: Judgement,
    grounding: _Grounding,
) -> Claim:
    cue = text.span(*judgement.cue) if judgement.cue else spans[0]
    return Claim(
        id=identify("c", text.key, spans),
        span=spans[0] if len(spans) == 1 else spans,
        status=judgement.status,
        polarity=judgement.polarity,
        attribution=tuple(a.id for a in chain),
        act=chain[-1].act if chain else None,
        author_stance=chain[0].stance if chain else "asserts",
        time=_time(text, clause, judgement),
        subject=_subject(text, clause, spans),
        times=grounding.times(spans),
        places=grounding.places(spans),
        quantities=grounding.quantities(spans),
        evidence=(Evidence(span=cue, rule=f"{text.language}.status.{judgement.rule}"),),
    )


def _scare_quotes(text: Text, record: Record, chains: _Chains) -> Iterator[Claim]:
    """Yield the words that the writer holds at arm's length: quoted, and from nobody.

    Two words or more, or a word that is no name: « réhabilitées », “illegal”.
    """
    for quotation in record.quotations:
        if quotation.kind != "scare" or quotation.parent or chains.of((quotation.span,)):
            continue
        yield Claim(
            id=identify("c", text.key, [quotation.span], "scare"),
            span=quotation.span,
            status="unconfirmed",
            author_stance="distances",
            evidence=(Evidence(span=quotation.span, rule="status.scare-quote"),),
        )


def _unclaused(
    text: Text,
    attribution: Attribution,
    said: list[Span],
    chains: _Chains,
    bench: Bench,
    grounding: _Grounding,
) -> Iterator[Claim]:
    """Yield the content that holds no clause of its own: "plans to close the quay"."""
    if any(span.overlaps(content) for span in said for content in attribution.content):
        return
    spans = tuple(text.span(*_trim(text, s.start, s.end)) for s in attribution.content)
    chain = chains.of(spans)
    found = bench.by_act(attribution)
    words = sum(c.isalpha() for s in spans for c in s.exact)
    if words >= _ENOUGH and chain and attribution.cue:
        yield Claim(
            id=identify("c", text.key, spans),
            span=spans[0] if len(spans) == 1 else spans,
            status=found.status,
            polarity=found.polarity,
            attribution=tuple(a.id for a in chain),
            act=attribution.act,
            author_stance=chain[0].stance,
            times=grounding.times(spans),
            places=grounding.places(spans),
            quantities=grounding.quantities(spans),
            evidence=(
                Evidence(span=attribution.cue[0], rule=f"{text.language}.status.{found.rule}"),
            ),
        )


def _sentences(text: Text, chains: _Chains) -> Iterator[Claim]:
    """Yield whole sentences as claims where no parser can cut them."""
    for start, end in text.sentences:
        span = text.span(start, end)
        if len(span.exact) >= _ENOUGH:
            yield Claim(
                id=identify("c", text.key, [span]),
                span=span,
                status="unconfirmed" if chains.of((span,)) else "asserted",
                attribution=tuple(a.id for a in chains.of((span,))),
                evidence=(Evidence(span=span, rule="surface.sentence"),),
            )


# -- spans -----------------------------------------------------------------------------------


def _spans(text: Text, clause: Clause, chains: _Chains) -> tuple[Span, ...]:
    """Return the clause's words as spans, less the reporting clause that interrupts them."""
    tokens = text.tokens or ()
    start, end = tokens[clause.words[0]].start, tokens[clause.words[-1]].end
    pieces = [(start, end)]
    for left, right in chains.reporting(start, end):
        pieces = [p for piece in pieces for p in _minus(piece, left, right)]
    trimmed = (_trim(text, a, b) for a, b in pieces)
    return tuple(text.span(a, b) for a, b in trimmed if any(c.isalpha() for c in text.string[a:b]))


def _minus(piece: tuple[int, int], start: int, end: int) -> list[tuple[int, int]]:
    if end <= piece[0] or start >= piece[1]:
        return [piece]
    return [(a, b) for a, b in ((piece[0], start), (end, piece[1])) if a < b]


def _trim(text: Text, start: int, end: int) -> tuple[int, int]:
    while start < end and text.string[start] in " ,;:.!?–—-\u00a0\u202f":
        start += 1
    while end > start and text.string[end - 1] in " ,;:.–—-\u00a0\u202f":
        end -= 1
    return start, end


def _subject(text: Text, clause: Clause, spans: tuple[Span, ...]) -> Span | None:
    """Return the subject's words when they stand outside the claim."""
    if clause.subject is None:
        return None
    token = (text.tokens or ())[clause.subject]
    if any(s.start <= token.start < s.end for s in spans):
        return None
    start, end = text.extent(clause.subject)
    if any(s.start < end and start < s.end for s in spans):
        start, end = token.start, token.end
    return text.span(start, end)


def _time(text: Text, clause: Clause, judgement: Judgement) -> TimeOfClaim | None:
    if judgement.status in {"planned", "predicted", "hoped"}:
        return "future"
    tokens = text.tokens or ()
    head = tokens[clause.predicate]
    group = [
        head,
        *(tokens[c] for c in text.children[head.index] if tokens[c].dep.startswith("aux")),
    ]
    tenses = {t.morph.get("Tense") for t in group}
    if tenses & {"Past", "Imp"}:
        return "past"
    return "ongoing" if "Pres" in tenses else None


# -- attributions ----------------------------------------------------------------------------


def _holds_cue(spans: tuple[Span, ...], attribution: Attribution) -> bool:
    """Return whether the claim holds the cue: then it tells of the saying, not of the said."""
    return any(span.overlaps(cue) for span in spans for cue in attribution.cue)


def _held(attribution: Attribution) -> float:
    """Return the share of a claim that must lie in the content for the claim to stand under it.

    Words that are quoted from nobody taint the claim they are woven into, so less is enough.
    """
    return 0.4 if attribution.rule == "quotation.alone" else 0.6


class _Chains:
    """Which attributions a stretch of text stands under."""

    def __init__(self, record: Record) -> None:
        self._contents = SpanIndex(
            (s.start, s.end, (s, a)) for a in record.attributions for s in a.content
        )
        self._reports = SpanIndex(
            (s.start, s.end, (s.start, s.end))
            for a in record.attributions
            if len(a.content) > 1 or "around" in a.rule or "rest" in a.rule
            for s in (*a.cue, *a.source)
        )
        self._cues = {s.start: a for a in record.attributions for s in a.cue}
        self._parents = {a.id: a.parent for a in record.attributions}

    def of(self, spans: tuple[Span, ...]) -> list[Attribution]:
        """Return the attributions whose content holds most of `spans`, outermost first."""
        total = sum(s.end - s.start for s in spans)
        shared: dict[str, int] = {}
        found: dict[str, Attribution] = {}
        for span in spans:
            for content, attribution in self._contents.overlapping(span.start, span.end):
                common = min(content.end, span.end) - max(content.start, span.start)
                if not _holds_cue(spans, attribution):
                    shared[attribution.id] = shared.get(attribution.id, 0) + common
                    found[attribution.id] = attribution
        held = [a for key, a in found.items() if shared[key] >= _held(a) * total]
        return sorted(held, key=lambda a: (-sum(s.end - s.start for s in a.content), a.id))

    def reporting(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the cues and sources that stand inside ``start:end`` as parentheticals."""
        return self._reports.inside(start, end)

    def is_reporting(self, text: Text, clause: Clause) -> bool:
        """Return whether the clause only introduces what somebody says."""
        tokens = text.tokens or ()
        head = tokens[clause.predicate]
        for attribution in (a for s, a in self._cues.items() if head.start - 30 <= s <= head.start):
            inside = any(s.start <= head.start < s.end for s in attribution.cue)
            if inside and ".object" not in attribution.rule and not clause.side:
                return True
        return False


class _Grounding:
    """The times, places and quantities inside a stretch of text."""

    def __init__(self, record: Record) -> None:
        self._times = SpanIndex((t.span.start, t.span.end, t.id) for t in record.timexes)
        self._places = SpanIndex((p.span.start, p.span.end, p.id) for p in record.places)
        self._quantities = SpanIndex((q.span.start, q.span.end, q.id) for q in record.quantities)

    def times(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        """Return the ids of the time expressions inside `spans`."""
        return _inside(self._times, spans)

    def places(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        """Return the ids of the places inside `spans`."""
        return _inside(self._places, spans)

    def quantities(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        """Return the ids of the quantities inside `spans`."""
        return _inside(self._quantities, spans)


def _inside(index: SpanIndex[str], spans: tuple[Span, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for s in spans for i in index.inside(s.start, s.end)))
