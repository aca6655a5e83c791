"""Annotations: immutable stand-off values over one text, each with the rule that made it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from ondit.model.span import Span

Status = Literal[
    "asserted",  # said or known as fact by its source, no hedge
    "unconfirmed",  # "reportedly", alleged, scare quotes: the paper does not vouch
    "hedged",  # probable or possible
    "denied",  # someone contradicts the claim
    "planned",  # announced, decided or prepared act of an agent able to do it
    "predicted",  # future statement or expectation
    "conditional",  # depends on an if
    "hoped",  # wish, want, demand, appeal, order
    "asked",  # question
]
Polarity = Literal["+", "-"]
SourceKind = Literal[
    "named_person",
    "role_person",  # known by role only, identifiable
    "anonymous_person",
    "collective",  # a group or an unnamed plural
    "organisation",
    "document",  # law, letter, statement, poll, study
    "outlet",  # newspaper, agency, broadcaster
    "unspecified",
]
MentionKind = Literal["person", "organisation", "place", "other"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "endorses", "relays", "distances"]
Act = Literal[
    "statement",
    "denial",
    "admission",
    "confirmation",
    "accusation",
    "warning",
    "threat",
    "prediction",
    "promise",
    "plan",
    "hope",
    "demand",
    "suggestion",
    "question",
    "belief",
    "fear",
    "perception",
]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Basis = Literal["firsthand", "hearsay", "document", "inference"]
TimeOfClaim = Literal["past", "ongoing", "future", "timeless"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "X:DEFECT",
    "X:DISCLOSE",
    "X:DEATH",
    "X:MOVE",
]
"""The names of PLOVER's sixteen types, and four of our own behind ``X:``."""
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


class Annotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all annotations; carries nothing but its configuration."""


class Evidence(Annotation, frozen=True, kw_only=True):
    """A stretch of text and the rule that took it as a reason."""

    span: Span
    rule: str


class Quotation(Annotation, frozen=True, kw_only=True):
    """Characters between quotation marks, marks included; one a paragraph that it runs through."""

    id: str
    span: Span
    closed: bool
    kind: Literal["speech", "scare", "title"] = "speech"
    continues: str | None = None
    """Id of the quotation, one paragraph up, that this one carries on."""
    parent: str | None = None
    """Id of the quotation this one is nested in."""
    rule: str


class Mention(Annotation, frozen=True, kw_only=True):
    """A name, noun phrase or pronoun that stands for an entity."""

    id: str
    span: Span
    kind: MentionKind
    entity: str | None = None
    form: Literal["name", "description", "pronoun", "possessive"] = "name"
    rule: str


class Entity(Annotation, frozen=True, kw_only=True):
    """A person, group, organisation or place that this one report speaks of."""

    id: str
    name: str
    """What the text calls it: the fullest name, else the first description. Never invented."""
    kind: MentionKind
    source_kind: SourceKind | None = None
    aliases: tuple[str, ...] = ()
    description: str | None = None
    """Words of the text that describe it ("un ancien mécanicien du port")."""
    links: dict[str, Any] = {}
    rule: str


class Attribution(Annotation, frozen=True, kw_only=True):
    """Someone other than the writer says, thinks, wants, denies ... something."""

    id: str
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    kind: AttributionKind
    source_kind: SourceKind = "unspecified"
    speaker: str | None = None
    """Id of the entity; None when the text does not let a reader tell."""
    speaker_rule: str | None = None
    """By which rule the speaker was found, or why there is none."""
    kind_rule: str | None = None
    """What decided `source_kind`."""
    parent: str | None = None
    """Id of the attribution in whose content this one stands."""
    act: Act = "statement"
    stance: Stance = "relays"
    """What the writer lets show: endorses ("a révélé"), relays ("a dit"), distances."""
    anonymity: Span | None = None
    """The words that withhold the name ("qui a requis l’anonymat")."""
    confidence: float | None = None
    """Share of attributions found with as much evidence that annotators mark too; None where that
    was not measured."""
    rule: str


class Claim(Annotation, frozen=True, kw_only=True):
    """One clause that could be checked, with everything a reader needs to weigh it."""

    id: str
    span: Span | tuple[Span, ...]
    status: Status
    polarity: Polarity = "+"
    attribution: tuple[str, ...] = ()
    """Ids of attributions, outermost first."""
    certainty: Certainty | None = None
    basis: Basis | None = None
    time: TimeOfClaim | None = None
    act: Act | None = None
    author_stance: Stance | None = None
    subject: Span | None = None
    """The subject's words, when they stand outside the claim's own span."""
    event: EventType | None = None
    """What kind of deed it tells of, where a word of the pack says so; whether it happened is for
    `status` and `polarity` to say."""
    roles: dict[str, tuple[str, ...]] = {}
    """Ids of the entities in that deed: ``actor``, ``recipient``, ``theme``."""
    times: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The claim's spans, always as a tuple."""
        return self.span if isinstance(self.span, tuple) else (self.span,)


class Timex(Annotation, frozen=True, kw_only=True):
    """A time expression after TIMEX3; `value` only where the text and its date allow one."""

    id: str
    span: Span
    type: TimexType
    value: str | None = None
    symbolic: str | None = None
    """Value as a function of an anchor: ``DCT-1W``, ``DCT+1M``, ``SPEECH+2W``."""
    earliest: str | None = None
    latest: str | None = None
    rule: str


class Place(Annotation, frozen=True, kw_only=True):
    """A toponym and what it stands for, or an honest null."""

    id: str
    span: Span
    name: str
    geonames: int | None = None
    iso3166: str | None = None
    lat: float | None = None
    lon: float | None = None
    kind: str | None = None
    candidates: tuple[dict[str, Any], ...] = ()
    rule: str


class Quantity(Annotation, frozen=True, kw_only=True):
    """A number with its bounds, unit and what it counts."""

    id: str
    span: Span
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    kind: str
    role: str | None = None
    rule: str
