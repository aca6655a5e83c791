"""Overview: what the reports' claims rest on, counted, and said in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from ondit.case.dossier.article import Article
from ondit.case.dossier.filed import GROUNDS, Filed
from ondit.case.dossier.people import Directory
from ondit.case.dossier.wording import Wording
from ondit.model import Attribution
from ondit.model.annotations import SourceKind, Status

STATUSES: tuple[Status, ...] = get_args(Status)
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

MANY = 3
"""Fewer claims than this from one source are no reason for a warning."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a bar of length 1000."""

    key: str
    count: int
    share: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Source:
    """One source of one report and how many of its claims end with it."""

    filed: Filed
    attribution: Attribution
    count: int
    of: int
    """All attributed claims of the report."""


@dataclass(frozen=True)
class Overview:
    """What stands at the head of the dossier."""

    reports: int
    unread: int
    claims: int
    attributed: int
    sources: int
    grounds: tuple[Slice, ...]
    statuses: tuple[Slice, ...]
    kinds: tuple[Slice, ...]
    leading: tuple[Source, ...]
    """The sources that most claims end with, one named first."""
    single: tuple[Source, ...]
    """Sources that half or more of a report's attributed claims end with."""


def overview(articles: Sequence[Article], people: Directory) -> Overview:
    """Return the counts over all articles."""
    notes = [note for article in articles for note in article.notes]
    sources = sorted(_sources(articles), key=lambda s: -s.count)
    kinds = people.kinds()
    return Overview(
        reports=len(articles),
        unread=sum(article.filed.record.failed for article in articles),
        claims=len(notes),
        attributed=sum(1 for note in notes if note.chain),
        sources=kinds.total(),
        grounds=slices(Counter(note.ground for note in notes), GROUNDS),
        statuses=slices(Counter(note.status for note in notes), STATUSES),
        kinds=slices(kinds, SOURCE_KINDS),
        leading=tuple(source for source in sources if source.count >= MANY)[:5],
        single=tuple(s for s in sources if s.count >= MANY and 2 * s.count >= s.of),
    )


def slices(counts: Mapping[str, int], order: Iterable[str]) -> tuple[Slice, ...]:
    """Return the parts of a bar in `order`, without the empty ones."""
    total = sum(counts.values())
    found: list[Slice] = []
    x = 0.0
    for key in order:
        if count := counts.get(key, 0):
            width = 1000 * count / total
            found.append(Slice(key, count, count / total, round(x, 1), round(width, 1)))
            x += width
    return tuple(found)


def statements(view: Overview, say: Wording) -> Iterator[str]:
    """Yield the source summary statement, a sentence each, without the single sources."""
    if not view.claims:
        yield say("summary.no_claims")
        return
    yield say("summary.claims", n=view.claims, reports=say("count.reports", n=view.reports))
    yield say("summary.own", n=view.claims - view.attributed, of=view.claims)
    counts = {part.key: part.count for part in view.grounds}
    for ground in ("anonymous", "unstated"):
        if counts.get(ground):
            yield say(f"summary.{ground}", n=counts[ground], of=view.attributed)


def resting(view: Overview, say: Wording) -> Iterator[str]:
    """Yield a sentence for each source that many claims end with, most first."""
    for source in view.leading:
        yield say(
            "summary.rest",
            n=source.count,
            of=view.attributed,
            who=_who(source, say),
            report=source.filed.number,
            outlet=source.filed.name,
        )


def warnings(view: Overview, say: Wording) -> Iterator[tuple[int, str]]:
    """Yield a report's number and the warning that most of it rests on a single source."""
    for source in view.single:
        key = "warning.all" if source.count == source.of else "warning.most"
        outlet = source.filed.name
        yield (
            source.filed.number,
            say(key, n=source.count, of=source.of, who=_who(source, say), outlet=outlet),
        )


def _who(source: Source, say: Wording) -> str:
    kind = say(f"one.{source.attribution.source_kind}")
    name = source.filed.called(source.attribution)
    return say("summary.who", kind=kind, name=name) if name else kind


def _sources(articles: Iterable[Article]) -> Iterator[Source]:
    for article in articles:
        filed = article.filed
        found: dict[str, list[Attribution]] = {}
        attributed = 0
        for note in article.notes:
            ultimate = filed.ultimate(note.claim)
            attributed += ultimate is not None
            if ultimate and (speaker := filed.speaker(ultimate)):
                found.setdefault(speaker, []).append(ultimate)
        for links in found.values():
            yield Source(filed, links[0], len(links), attributed)
