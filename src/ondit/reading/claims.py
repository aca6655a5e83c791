"""Claims: each clause that could be checked, under whom it stands and how surely."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import (
    Attribution,
    Claim,
    Evidence,
    Quotation,
    Record,
    Span,
    SpanIndex,
    Text,
    Token,
    identify,
)
from ondit.model.annotations import TimeOfClaim
from ondit.reading.asides import Aside, find_asides
from ondit.reading.clauses import Clause, find_clauses, parent_of
from ondit.reading.event_types import EventTypes, Typed
from ondit.reading.factuality import Bench, Judgement, judgement_of, told, unowned
from ondit.reading.grammar import words
from ondit.reading.modality import BY_ACT
from ondit.reading.weighing import PHRASE

# A clause needs this many letters to say something that could be checked.
_ENOUGH = 6

# What only leads over to the clause behind it: ", who".
_LEADS_OVER = {"PRON", "SCONJ", "PUNCT", "CCONJ"}

# Marks that close what was opened before the clause began.
_CLOSING = ("»", "”")

# Letters of a word that says what somebody is accused of, or asked to do.
_WORD = 4


def find(text: Text, record: Record, pack: Pack) -> Iterator[Claim]:
    """Yield the claims of `text` in text order."""
    clausal = tuple(a for a in record.attributions if a.rule != PHRASE)
    record = replace(record, attributions=clausal)
    chains = _Chains(record)
    if text.tokens is None:
        yield from _sentences(text, chains)
        return
    found = _Reader(text, record, pack, chains).claims()
    yield from sorted(found, key=lambda c: (c.spans[0].start, c.spans[0].end))


class _Reader:
    """Turns the clauses of one text into claims; no stretch of text is claimed twice."""

    def __init__(self, text: Text, record: Record, pack: Pack, chains: _Chains) -> None:
        self._text = text
        self._record = record
        self._chains = chains
        self._bench = Bench(text, pack, _spoken(record), _agents(record))
        self._grounding = _Grounding(record)
        self._events = EventTypes(text, pack, record.mentions)
        self._first_person = words(pack, "first-person")
        self._said: list[Span] = []
        self._sure: set[int] = set()
        self._wide: list[Span] = []
        self._typed: set[tuple[int, int]] = set()
        self._unbound: list[Attribution] = []

    def claims(self) -> Iterator[Claim]:
        """Yield claims: clauses, contents without a clause, quoted words that nobody owns."""
        clauses = list(find_clauses(self._text))
        parents: dict[int | None, Clause] = {clause.predicate: clause for clause in clauses}
        for clause in clauses:
            report = self._chains.reported(clause, self._text)
            if report is None and self._bench.governors.introduces(clause, clauses):
                continue
            if report is None:
                yield from self._stated(clause, parents.get(clause.parent))
            elif (negation := self._bench.uncommitted(report)) is not None:
                yield from self._not_bound(clause, report, negation)
            else:
                yield from self._told(clause, report)
        for attribution in self._record.attributions:
            yield from self._unclaused(attribution)
        for token in self._text.tokens or ():
            yield from self._complement(token, parents)
        for quotation in self._record.quotations:
            yield from self._unowned(quotation, parents)
        for aside in find_asides(self._text, self._bench.words):
            yield from self._aside(aside)

    def _stated(self, clause: Clause, parent: Clause | None) -> Iterator[Claim]:
        spans = tuple(map(self._chains.clipped, _spans(self._text, clause, self._chains)))
        if sum(len(s.exact) for s in spans) < _ENOUGH or any(s in self._said for s in spans):
            return
        if self._bench.only_tells(clause):
            return
        chain = self._chains.of(spans)
        if chain and chain[-1] in self._unbound:
            return
        judgement = self._bench.judge(clause, chain, parent)
        self._sure |= {clause.predicate} if judgement.status == "asserted" else set()
        yield self._claim(clause, spans, chain, judgement)

    def _not_bound(self, clause: Clause, report: Attribution, negation: Token) -> Iterator[Claim]:
        """Yield "never promised to leave" whole; whether anybody will leave, it leaves open."""
        own = _spans(self._text, clause, self._chains)
        cues = (s.start for s in report.cue)
        start = min([s.start for s in (*report.source, *own)], default=min(cues))
        end = max(s.end for s in (*report.content, *report.cue))
        end -= self._text.string[start:end].endswith(_CLOSING)
        spans = (self._text.span(*_trim(self._text, start, end)),)
        chain = [a for a in self._chains.of(spans) if a is not report]
        self._unbound.append(report)
        yield self._claim(clause, spans, chain, judgement_of(None, chain, negation))

    def _told(self, clause: Clause, report: Attribution) -> Iterator[Claim]:
        """Yield what one source says of another: the mayor claims that the captain fears ...

        By itself a reporting clause is no claim, unless it is asked, supposed or still to come; in
        somebody else's mouth it is that person's.
        """
        source = " ".join(s.exact for s in report.source).lower().replace("’", "'")
        own = _spans(self._text, clause, self._chains)
        chain = [a for a in self._chains.of(own) if a is not report]
        if not own or not report.source or source in self._first_person:
            return
        judgement = self._bench.judge_report(clause, chain)
        if not chain and not _unreal(judgement, report):
            self._sure.add(clause.predicate)
            return
        ends = [s.end for s in (*own, *report.content) if s.start >= own[0].start]
        spans = (self._text.span(*_trim(self._text, own[0].start, max(ends))),)
        if spans[0] not in self._said:
            self._sure.add(clause.predicate)
            self._wide += spans
            yield self._claim(clause, spans, chain, judgement)

    def _claim(
        self,
        clause: Clause | None,
        spans: tuple[Span, ...],
        chain: list[Attribution],
        judgement: Judgement,
    ) -> Claim:
        self._said += spans
        text = self._text
        typed = self._events.of(clause, spans)
        if typed is None and chain:
            typed = self._events.by_cue(chain[-1], spans)
            typed = None if typed and typed.trigger in self._typed else typed
        self._typed |= {typed.trigger} if typed else set()
        return Claim(
            id=identify("c", text.key, spans),
            span=spans[0] if len(spans) == 1 else spans,
            status=judgement.status,
            polarity=judgement.polarity,
            attribution=tuple(a.id for a in chain),
            certainty=judgement.certainty,
            basis=judgement.basis,
            time=self._time(clause, judgement),
            act=chain[-1].act if chain else None,
            author_stance=judgement.stance,
            subject=_subject(text, clause, spans) if clause else None,
            event=typed.type if typed else None,
            roles=typed.roles if typed else {},
            times=self._grounding.times(spans),
            places=self._grounding.places(spans),
            quantities=self._grounding.quantities(spans),
            evidence=tuple(_evidence(text, judgement, spans[0], typed)),
        )

    def _time(self, clause: Clause | None, judgement: Judgement) -> TimeOfClaim | None:
        """Return when it is said to happen: by what is done with it, else by the verb."""
        if judgement.status in {"planned", "predicted", "hoped"}:
            return "future"
        return self._bench.verbs.time(clause) if clause else None

    def _unclaused(self, attribution: Attribution) -> Iterator[Claim]:
        """Yield the content that holds no clause of its own: "plans to close the quay"."""
        if attribution in self._unbound or self._claimed(attribution):
            return
        fresh = attribution.stance == "endorses"
        spans = tuple(self._unsaid(s, fresh=fresh) for s in attribution.content)
        chain = self._chains.of(spans)
        letters = sum(c.isalpha() for s in spans for c in s.exact)
        if letters >= _ENOUGH and chain and attribution.cue:
            yield self._claim(None, spans, chain, self._bench.by_act(chain))

    def _claimed(self, attribution: Attribution) -> bool:
        """Return whether claims already say what the content says.

        A clause that tells of a demand says that it was made, a relative clause behind what is
        demanded describes it; neither says the demanded thing itself. So with what is revealed.
        """
        narrow = [span for span in self._said if span not in self._wide]
        own = BY_ACT.get(attribution.act) is not None or attribution.stance == "endorses"
        if own:
            narrow = [span for span in narrow if not _holds_cue((span,), attribution)]
        if not own or ".object" not in attribution.rule:
            return any(span.overlaps(c) for span in narrow for c in attribution.content)
        first, others = attribution.content[0], narrow
        return any(s.start <= first.start < s.end for s in others)

    def _unsaid(self, content: Span, *, fresh: bool) -> Span:
        """Return `content`, when `fresh` only as far as the first claim that begins inside it."""
        inside = (s.start for s in self._said if content.start < s.start < content.end)
        begun = inside if fresh else ()
        return self._text.span(*_trim(self._text, content.start, min(begun, default=content.end)))

    def _complement(self, token: Token, clauses: dict[int | None, Clause]) -> Iterator[Claim]:
        """Yield an infinitive that did not happen, inside a clause that did: "asked us to help"."""
        found = self._bench.governors.complement(token)
        above = parent_of(self._text, token.index, clauses)
        if found is None or token.index in clauses or above not in self._sure:
            return
        under = sorted(i for i in self._text.subtree(token.index) if i >= token.index)
        tokens = self._text.tokens or ()
        cut = next((i for i in under if i in clauses), under[-1] + 1)
        last = max(i for i in under if i < cut)
        while cut in clauses and last > token.index and tokens[last].pos in _LEADS_OVER:
            last -= 1
        first = tokens[token.index - 1] if self._bench.governors.marked(token) else token
        span = self._text.span(*_trim(self._text, first.start, tokens[last].end))
        chain = self._chains.of((span,))
        if len(span.exact) >= _WORD and span not in self._said:
            yield self._claim(None, (span,), chain, judgement_of(found, chain))

    def _aside(self, aside: Aside) -> Iterator[Claim]:
        span = self._text.span(aside.start, aside.end)
        if span not in self._said:
            chain = self._chains.of((span,))
            yield self._claim(None, (span,), chain, told(aside.rule, chain))

    def _unowned(self, quotation: Quotation, clauses: dict[int | None, Clause]) -> Iterator[Claim]:
        """Yield a few words in quotation marks that nobody is named for, with what they govern."""
        mark = quotation.span
        chain = self._chains.of((mark,))
        if (
            quotation.kind != "scare"
            or self._bench.named(mark)
            or any(a.rule != "quotation.alone" for a in chain)
        ):
            return
        if any(mark.start <= s.start and s.end <= mark.end for s in self._said):
            return
        span = self._text.span(*_trim(self._text, *self._phrase(mark, clauses)))
        if span not in self._said and any(c.isalpha() for c in span.exact):
            yield self._claim(None, (span,), chain, unowned((mark.start, mark.end)))

    def _words_only(self, quotation: Quotation) -> bool:
        """Return whether the quotation is a phrase, neither a title nor anybody's sentence."""
        inside = self._text.tokens_in(quotation.span.start, quotation.span.end)
        finite = any(t.morph.get("VerbForm") == "Fin" for t in inside)
        return quotation.kind == "scare" or (quotation.kind == "speech" and not finite)

    def _phrase(self, mark: Span, clauses: dict[int | None, Clause]) -> tuple[int, int]:
        """Return the quoted words with the article before them and what hangs on them behind."""
        tokens = self._text.tokens or ()
        inside = [t for t in self._text.tokens_in(mark.start, mark.end) if t.pos != "PUNCT"]
        if not inside:
            return mark.start, mark.end
        numbers = {t.index for t in inside}
        head = next((t for t in inside if t.head not in numbers or t.head == t.index), inside[0])
        end = inside[-1].index
        under = set(self._text.subtree(head.index)) | numbers
        while end + 1 in under and end + 1 not in clauses and tokens[end + 1].text != ",":
            end += 1
        before = tokens[inside[0].index - 2 : inside[0].index - 1]
        start = before[0].start if before and before[0].pos == "DET" else mark.start
        return start, max(tokens[end].end, mark.end)


def _unreal(judgement: Judgement, report: Attribution) -> bool:
    """Return whether the saying itself is not told as fact; an "if" in what is said is not its."""
    cue = judgement.cue
    inside = cue is not None and any(c.start <= cue[0] < c.end for c in report.content)
    own = judgement.rule == "question" or not inside
    return judgement.status != "asserted" and own


def _evidence(
    text: Text, judgement: Judgement, span: Span, typed: Typed | None
) -> Iterator[Evidence]:
    """Yield the words that the status rests on, those that negate, and those that tell the deed."""
    cue = text.span(*judgement.cue) if judgement.cue else span
    yield Evidence(span=cue, rule=f"{text.language}.status.{judgement.rule}")
    if judgement.negation:
        yield Evidence(
            span=text.span(*judgement.negation), rule=f"{text.language}.polarity.negated"
        )
    if typed:
        yield Evidence(span=text.span(*typed.trigger), rule=f"{text.language}.event.{typed.rule}")


def _spoken(record: Record) -> list[tuple[int, int]]:
    """Return the stretches that are somebody's words, a word or two of them apart."""
    return [(q.span.start, q.span.end) for q in record.quotations if q.kind == "speech"]


def _agents(record: Record) -> frozenset[int]:
    """Return where the mentions of those who can act on purpose end."""
    acting = (m for m in record.mentions if m.kind in {"person", "organisation"})
    return frozenset(m.span.end for m in acting)


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
        self._cues = SpanIndex((s.start, s.end, (s, a)) for a in record.attributions for s in a.cue)
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

    def clipped(self, span: Span) -> Span:
        """Return `span`, no longer than "according to which …" where that opens it.

        Parsers run such a clause on over the comma into the sentence that it opens.
        """
        for content, attribution in self._contents.overlapping(span.start, span.start + 1):
            opens = ".according-to-which" in attribution.rule and content.start == span.start
            if opens and content.end < span.end:
                return content
        return span

    def reporting(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the cues and sources that stand inside ``start:end`` as parentheticals."""
        return self._reports.inside(start, end)

    def reported(self, clause: Clause, text: Text) -> Attribution | None:
        """Return the attribution that the clause only introduces: "the mayor said"."""
        if clause.side:
            return None
        head = (text.tokens or ())[clause.predicate]
        cues = self._cues.overlapping(head.start, head.start + 1)
        return next((a for _, a in cues if ".object" not in a.rule), None)


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
