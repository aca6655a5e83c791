"""Stops: trees of reports in the page's words, ready to be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ondit.case.dossier.article import Article
from ondit.case.dossier.chains import Drawing, Stop, draw, told
from ondit.case.dossier.dependence import HANDED_ON, Branch, Tie, Web
from ondit.case.dossier.filed import Filed
from ondit.case.dossier.notes import Note
from ondit.case.dossier.wording import Wording, inline
from ondit.model.comparison import Corroboration, Origin

SOURCES = 3
"""Sources above one report in a picture; its article has them all."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the words for those who do not see it."""

    id: str
    drawing: Drawing
    title: str
    words: str


@dataclass(frozen=True)
class Scene:
    """What every part of the chapter on origins is made from."""

    articles: Sequence[Article]
    found: Corroboration
    say: Wording

    @cached_property
    def web(self) -> Web:
        """The reports and their ties."""
        return Web((article.filed for article in self.articles), self.found)

    @cached_property
    def notes(self) -> dict[tuple[int, str], Note]:
        """The notes of all claims, by report and claim."""
        return {(a.filed.number, n.claim.id): n for a in self.articles for n in a.notes}

    def day(self, filed: Filed) -> str:
        """Return the day that a report states, or nothing."""
        value = filed.record.meta.published.value
        return inline(self.say.day(value[:10]), limit=40) if value else ""

    def tied(self, tie: Tie, filed: Filed) -> str:
        """Return what a report is to the other one of a tie, in a few words."""
        other = other_end(tie, filed)
        table = "shares" if not tie.known else "made" if tie.later is filed else "gave"
        return self.say(f"{table}.{tie.kind}", number=str(other.number), who=other.name)

    def picture(self, id: str, title: str, stops: Sequence[Stop]) -> Picture:
        """Return the drawing of `stops`."""
        return Picture(id, draw(stops), title, inline(told(stops), limit=2000))


def other_end(tie: Tie, filed: Filed) -> Filed:
    """Return the other report of a tie."""
    return tie.first if tie.later is filed else tie.later


def unseen(scene: Scene, origin: Origin) -> Stop | None:
    """Return the stop of an agency that all reports credit and that is not among them."""
    if not origin.unseen:
        return None
    return Stop("absent", origin.unseen, scene.say("stop.unseen"))


def silent(scene: Scene, origin: Origin, members: Iterable[Filed]) -> Stop | None:
    """Return the stop of the report that `members` come from, where it is none of them."""
    first = scene.web.filed.get(origin.began or "")
    if first is None or first in members:
        return None
    return Stop("absent", first.name, scene.say("stop.silent"), sign=str(first.number))


def stops(scene: Scene, branches: Sequence[Branch], head: Stop | None = None) -> Iterator[Stop]:
    """Yield the stops of a tree of reports.

    Args:
        scene: the dossier.
        branches: the tree.
        head: what stands for a beginning that is no report of the tree; None where it is not known.
    """
    among = {branch.filed.number for branch in branches if branch.filed}
    for branch in branches:
        if filed := branch.filed:
            role = _role(scene, branch, filed, among, head)
            yield Stop(
                "report",
                filed.name,
                " · ".join(part for part in (role, scene.day(filed)) if part),
                sign=str(filed.number),
                above=branch.above,
                known=branch.above is None or branch.tie is not None or head is not None,
            )
        else:
            opening = Stop("open", scene.say("stop.open"), scene.say("stop.open_why"), sign="?")
            yield head or opening


def _role(scene: Scene, branch: Branch, filed: Filed, among: set[int], head: Stop | None) -> str:
    """Return what a report is to the stop above it."""
    if branch.above is None:
        return ""
    if head and not head.sign and branch.tie is None:
        return scene.say("stop.credits")
    tie = branch.tie or (_upwards if head else _unordered)(scene, filed, among)
    if tie is None:
        return ""
    kind = scene.say(f"tie.{tie.kind}")
    if branch.tie and tie.first.number not in among:
        return scene.say("stop.through", kind=kind, number=str(tie.first.number))
    return kind


def _upwards(scene: Scene, filed: Filed, among: set[int]) -> Tie | None:
    """Return the tie by which a report was made from one that is not among these."""
    for tie in scene.web.ties_of(filed):
        if tie.known and tie.later is filed and tie.first.number not in among:
            return tie
    return None


def _unordered(scene: Scene, filed: Filed, among: set[int]) -> Tie | None:
    """Return the first tie without an order between a report and others of its origin."""
    for tie in scene.web.ties_of(filed):
        if not tie.known and tie.kind in HANDED_ON and other_end(tie, filed).number in among:
            return tie
    return None


def leading(scene: Scene, filed: Filed) -> list[Stop]:
    """Return the few sources that most claims of a report end with, most first.

    Words that stand for a source without saying what it is ("who", "it") lead a reader nowhere.
    """
    notes = scene.articles[filed.number - 1].notes
    counted = Counter(
        (inline(note.who), note.ground) for note in notes if note.who and note.ground != "unstated"
    )
    shown = counted.most_common(SOURCES)
    return [
        Stop("source", name, _behind(scene, filed, count, len(notes)), ground=ground)
        for (name, ground), count in shown
    ]


def _behind(scene: Scene, filed: Filed, count: int, claims: int) -> str:
    return scene.say("stop.behind", n=count, of=claims, number=str(filed.number))


def under(
    sources: Sequence[Stop], rows: Iterable[Sequence[Stop]], offset: int = 0
) -> Iterator[Stop]:
    """Yield rows of stops one after the other, under the sources that lead to them.

    Args:
        sources: one source of all rows, or several that lead to the first row; none is as well.
        rows: stops that count their positions from the beginning of their row.
        offset: position of the first stop that is yielded.
    """
    top = offset if len(sources) == 1 else None
    offset += len(sources)
    for source in sources:
        yield replace(source, onward=offset if top is None else None)
    for row in rows:
        for stop in row:
            yield replace(stop, above=top if stop.above is None else stop.above + offset)
        offset += len(row)
