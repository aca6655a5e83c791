"""Who stands behind a claim: the chain of voices, from the one who said it out to the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from ondit.model.annotations import Attribution, Claim, SourceKind

if TYPE_CHECKING:
    from ondit.model.record import Record

Ground = Literal["report", "named", "organisation", "role", "anonymous", "unstated"]
"""What a claim rests on: the report's own voice, a person by name, an organisation, document or
outlet, a person known by role, someone whose name is withheld or a group without a name, or a
source that the text does not state."""

_GROUNDS: dict[SourceKind, Ground] = {
    "named_person": "named",
    "role_person": "role",
    "anonymous_person": "anonymous",
    "collective": "anonymous",
    "organisation": "organisation",
    "document": "organisation",
    "outlet": "organisation",
    "unspecified": "unstated",
}


class Voice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One link of a claim's chain: somebody to whom the link outside it ascribes the words."""

    attribution: str
    """Id of the attribution."""
    name: str | None
    """What to call the source: its entity's name, else its words; None when none is stated."""
    words: str | None
    """The source as this very passage words it."""
    kind: SourceKind
    speaker: str | None
    """Id of the entity."""
    cue: str | None
    """The words that report the saying."""

    @property
    def ground(self) -> Ground:
        """What a claim rests on when this voice is its innermost."""
        return _GROUNDS[self.kind]


def voices(record: Record, claim: Claim) -> tuple[Voice, ...]:
    """Return the voices behind `claim`, innermost first; none means the report's own voice."""
    known = {a.id: a for a in record.attributions}
    names = {e.id: e.name for e in record.entities}
    chain = [known[link] for link in reversed(claim.attribution) if link in known]
    return tuple(_voice(attribution, names) for attribution in chain)


def ground(record: Record, claim: Claim) -> Ground:
    """Return what `claim` rests on: its innermost voice, or the report itself."""
    chain = voices(record, claim)
    return chain[0].ground if chain else "report"


def _voice(attribution: Attribution, names: dict[str, str]) -> Voice:
    words = " … ".join(span.exact for span in attribution.source) or None
    return Voice(
        attribution=attribution.id,
        name=names.get(attribution.speaker or "") or words,
        words=words,
        kind=attribution.source_kind,
        speaker=attribution.speaker,
        cue=" … ".join(span.exact for span in attribution.cue) or None,
    )
