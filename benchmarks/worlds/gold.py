"""What is true of a world: who copied whom, which accounts there are, who tells what."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["copy", "partial", "rewrite", "translation", "cites", "shared-quote"]
Clash = Literal["update", "disagreement", "denial", "copying-error"]


class Said(msgspec.Struct, frozen=True):
    """One sentence of a report."""

    text: str
    origin: str
    """The account that it comes from."""
    key: str
    """What it says, the same in every report that says it."""
    fact: str | None = None
    values: tuple[str, ...] = ()
    paragraph: int = 0


class Report(msgspec.Struct, frozen=True):
    """One page."""

    id: str
    outlet: str
    publisher: str
    family: str
    host: str
    url: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    """Of the matter, dateline and boilerplate included, in order."""
    published: str | None = None
    """ISO 8601, as the page states it: it may be missing or wrong."""
    byline: str | None = None
    credit: str | None = None
    caption: str | None = None
    stock: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def text(self) -> str:
        """The page as plain text: headline, byline, matter, credit."""
        parts = (self.title, self.byline, *self.paragraphs, self.credit, *self.stock)
        return "\n\n".join(part for part in parts if part)


class Edge(msgspec.Struct, frozen=True):
    """One report has matter from another."""

    source: str
    target: str
    kind: Kind
    also: tuple[Kind, ...] = ()
    """Kinds that are as right."""
    directed: bool = True
    """False where neither is the source of the other: both have it from a third, or from nobody."""
    knowable: bool = True
    """Whether a reader of the pages could tell the direction."""
    operator: str = ""
    instead: tuple[tuple[str, str], ...] = ()
    """Pairs that are as right, because their texts are the same."""


class Contradiction(msgspec.Struct, frozen=True):
    """Two sets of reports that cannot both be right about a fact."""

    fact: str
    kind: Clash
    a: tuple[str, ...]
    b: tuple[str, ...]
    also: tuple[Clash, ...] = ()
    required: bool = True
    """False where one may be found and need not."""


class World(msgspec.Struct, frozen=True):
    """A case and what is true of it."""

    seed: int
    recipe: str
    reports: tuple[Report, ...]
    edges: tuple[Edge, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    """Pairs of which an edge may be found and need not: of one family, of one quotation."""
    origins: dict[str, tuple[str, ...]] = {}
    """The reports that have matter of each account; a report may be in several."""
    cited: dict[str, tuple[str, ...]] = {}
    """The reports that repeat, of each account, no more than a finding, and say whose it is."""
    facts: dict[str, dict[str, tuple[str, ...]]] = {}
    """Of each fact, the reports that tell it, by the account they have it from."""
    contradictions: tuple[Contradiction, ...] = ()

    def independent(self, fact: str) -> int:
        """Return how many independent accounts tell `fact`."""
        return len(self.facts[fact])
