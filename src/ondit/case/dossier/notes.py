"""Notes: one for each claim, with everything a reader needs to weigh it, resolved to words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ondit.case.corrections import Correction
from ondit.case.dossier.filed import Filed
from ondit.case.dossier.wording import inline
from ondit.model import Attribution, Claim, Place, Quantity, Segment, Span, Timex
from ondit.model.annotations import Polarity, SourceKind, Status
from ondit.model.voices import Ground


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: somebody says it, in these words."""

    name: str | None
    """What to call the source; None when the report names none."""
    words: str | None
    """The source as the passage words it, where that is not its name."""
    person: int | None
    """Number under "People and organisations"."""
    attribution: Attribution
    cue: str
    decisions: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes of the capture; `exact` when they are those of the claim and no others."""

    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Note:
    """One claim's note; `links` are numbers of attributions in the report's text."""

    number: int
    claim: Claim
    ground: Ground
    words: tuple[str, ...]
    chain: tuple[Link, ...]
    links: tuple[int, ...]
    reasons: tuple[tuple[str, str], ...]
    """Rule and the words that made it fire; no words where it weighed the whole claim."""
    times: tuple[Timex, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    bytes: ByteRange | None
    decisions: tuple[Correction, ...]

    @property
    def status(self) -> Status:
        """The claim's status."""
        return self.claim.status

    @property
    def polarity(self) -> Polarity:
        """The claim's polarity."""
        return self.claim.polarity

    @property
    def kind(self) -> SourceKind | Literal["report"]:
        """The kind of the ultimate source; ``report`` for the report's own words."""
        return self.chain[-1].attribution.source_kind if self.chain else "report"

    @property
    def start(self) -> int:
        """Where its words begin."""
        return min(span.start for span in self.claim.spans)

    @property
    def end(self) -> int:
        """Where its reference stands in the text: after its last character."""
        return max(span.end for span in self.claim.spans)

    @property
    def who(self) -> str | None:
        """The ultimate source's name; None for the report's own words or an unnamed source."""
        return self.chain[-1].name if self.chain else None

    def brief(self, limit: int = 140) -> str:
        """Return the claim's words on one line, cut short."""
        return inline(" … ".join(self.words), limit=limit)


def notes(filed: Filed, people: dict[str, int]) -> tuple[Note, ...]:
    """Return the report's notes in the order in which their claims end, where numbers stand.

    Args:
        filed: the report.
        people: id of each of its entities to the number it has in the dossier.
    """
    record = filed.record
    places = {place.id: place for place in record.places}
    times = {timex.id: timex for timex in record.timexes}
    quantities = {quantity.id: quantity for quantity in record.quantities}
    order = {attribution.id: n for n, attribution in enumerate(record.attributions, start=1)}
    claims = sorted(record.claims, key=_end_first)
    return tuple(
        Note(
            number=number,
            claim=claim,
            ground=filed.grounds[claim.id],
            words=tuple(span.exact for span in claim.spans),
            chain=tuple(_link(filed, a, people) for a in filed.chain(claim)),
            links=tuple(order[a] for a in claim.attribution),
            reasons=tuple(_reasons(claim)),
            times=tuple(times[t] for t in claim.times),
            places=tuple(places[p] for p in claim.places),
            quantities=tuple(quantities[q] for q in claim.quantities),
            bytes=byte_range(claim.spans, record.segments, record.capture.charset),
            decisions=filed.decisions.get(claim.id, ()),
        )
        for number, claim in enumerate(claims, start=1)
    )


def byte_range(
    spans: Sequence[Span], segments: Sequence[Segment], charset: str | None
) -> ByteRange | None:
    """Return where the spans stand in the captured bytes, or None when no map covers them.

    The range is exact where a segment's bytes are its characters encoded, so that they can be
    counted; elsewhere it is that of the segments the spans lie in.
    """
    start = _byte_at(spans[0].start, segments, charset, at_end=False)
    end = _byte_at(spans[-1].end, segments, charset, at_end=True)
    if start is None or end is None:
        return None
    return ByteRange(start[0], end[0], exact=start[1] and end[1])


def _byte_at(
    offset: int, segments: Sequence[Segment], charset: str | None, *, at_end: bool
) -> tuple[int, bool] | None:
    character = offset - 1 if at_end else offset
    here = (s for s in segments if s.span.start <= character < s.span.end)
    segment = next(here, None)
    if segment is None:
        return None
    before = _length(segment.span.exact[: offset - segment.span.start], charset)
    whole = _length(segment.span.exact, charset)
    if before is None or whole != segment.byte_end - segment.byte_start:
        return (segment.byte_end if at_end else segment.byte_start), False
    return segment.byte_start + before, True


def _length(characters: str, charset: str | None) -> int | None:
    try:
        return len(characters.encode(charset or "utf-8"))
    except (LookupError, UnicodeEncodeError):  # a charset that only reads, or a replaced character
        return None


def _link(filed: Filed, attribution: Attribution, people: dict[str, int]) -> Link:
    name = filed.called(attribution)
    words = inline(" … ".join(span.exact for span in attribution.source))
    return Link(
        name=name,
        words=words if words and words != name else None,
        person=people.get(attribution.speaker or ""),
        attribution=attribution,
        cue=inline(" … ".join(span.exact for span in attribution.cue)),
        decisions=filed.decisions.get(attribution.id, ()),
    )


def _reasons(claim: Claim) -> Iterator[tuple[str, str]]:
    seen = set()
    for evidence in claim.evidence:
        whole = all(evidence.span.contains(span) for span in claim.spans)
        reason = (evidence.rule, "" if whole else inline(evidence.span.exact, limit=80))
        if reason not in seen:
            seen.add(reason)
            yield reason


def _end_first(claim: Claim) -> tuple[int, int]:
    return max(s.end for s in claim.spans), -min(s.start for s in claim.spans)
