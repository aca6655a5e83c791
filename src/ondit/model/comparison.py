"""What reports share: derivations, origins, groups of claims and contradictions, as values."""

from __future__ import annotations

from typing import Literal

import msgspec

from ondit.model.span import Span

DerivationKind = Literal["copy", "partial", "rewrite", "translation", "cites", "shared-quote"]
ContradictionKind = Literal["update", "disagreement", "denial", "copying-error"]


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all values of a comparison; carries nothing but its configuration."""


class Reported(Value, frozen=True, kw_only=True):
    """A report as a comparison knows it."""

    id: str
    sha256: str
    path_or_url: str
    """The input as it was given."""
    outlet: str | None = None
    publisher: str | None = None
    family: str | None = None
    """Who owns the publisher, where the ownership pack knows."""
    wires: tuple[str, ...] = ()
    """Agencies that the report credits."""
    published: str | None = None
    language: str | None = None


class Pairing(Value, frozen=True, kw_only=True):
    """One named reason why two reports depend on each other, anchored in both where it can be."""

    kind: str
    from_span: Span | None = None
    to_span: Span | None = None
    note: str | None = None


class Derivation(Value, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One report is made from another, or both from the same words.

    With direction "unknown" the two are in no order; they are written in the order of the case.
    """

    from_: str
    to: str
    kind: DerivationKind
    direction: Literal["known", "unknown"] = "unknown"
    evidence: tuple[Pairing, ...] = ()


class Passage(Value, frozen=True, kw_only=True):
    """A stretch of one report."""

    report: str
    span: Span


class Origin(Value, frozen=True, kw_only=True):
    """Where an account began, and every report that hands it on."""

    id: str
    reports: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    """The stretches that were handed on, where that is less than whole reports."""
    began: str | None = None
    """The report that the others were made from, where the evidence orders them."""
    unseen: str | None = None
    """An agency or outlet that all credit and that is not among the reports."""


class Interval(Value, frozen=True, kw_only=True):
    """Bounds, both included."""

    low: int
    high: int


class ReportClaim(Value, frozen=True, kw_only=True):
    """A claim of a report."""

    report: str
    claim: str


class Group(Value, frozen=True, kw_only=True):
    """Claims of several reports that say the same."""

    id: str
    claims: tuple[ReportClaim, ...]
    reports: int
    publishers: int
    families: int
    origins: Interval
    """Origins that report it independently; anonymous sources may be one and the same."""
    origin_ids: tuple[str, ...] = ()
    ultimate_sources: tuple[str, ...] = ()
    first_seen: str | None = None
    """The earliest stated day of publication among them."""


class Contradiction(Value, frozen=True, kw_only=True):
    """Two claims that cannot both hold, or of which one was true only for a time."""

    a: ReportClaim
    b: ReportClaim
    kind: ContradictionKind
    evidence: tuple[Pairing, ...] = ()


class ReportEntity(Value, frozen=True, kw_only=True):
    """A person or organisation of a report."""

    report: str
    entity: str
    name: str


class Sameness(Value, frozen=True, kw_only=True):
    """Two entities of different reports that may be one and the same; people decide."""

    a: ReportEntity
    b: ReportEntity
    kind: Literal["person", "organisation"]
    strength: Literal["likely", "possible", "doubtful"]
    """"likely": a full name, however it is spelled; "possible": less than that; "doubtful": the
    name agrees and something speaks against it."""
    evidence: tuple[Pairing, ...] = ()
    against: tuple[Pairing, ...] = ()
    """What speaks against it: ages that cannot both be right, roles that differ."""
    decided: Literal["same", "different"] | None = None
    """What a person decided."""


class Habit(Value, frozen=True, kw_only=True):
    """Two publishers that more often share an account than not."""

    publishers: tuple[str, str]
    met: int
    """Matters on which both have a report."""
    shared: int
    """Of these, how often one report was made from the other or both carry one account."""


class Corroboration(Value, frozen=True, kw_only=True):
    """What the reports of a case share, and how many of them know it for themselves."""

    reports: tuple[Reported, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    origins: tuple[Origin, ...] = ()
    groups: tuple[Group, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    habits: tuple[Habit, ...] = ()
    """Only where they were asked for."""
