"""The record: everything ondit read on one page, checkable against the page's own characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from ondit.model.annotations import (
    Attribution,
    Claim,
    Entity,
    Mention,
    Place,
    Quantity,
    Quotation,
    Timex,
)
from ondit.model.capture import Block, Capture, Failure, Furniture, Meta, Segment
from ondit.model.errors import AnchorError
from ondit.model.notebook import record_html
from ondit.model.span import Span

Preset = Literal["precision", "balanced", "recall"]
"""How sure an attribution has to be before it is written down."""


class Producer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What made the record: enough to make it again."""

    ondit: str
    models: dict[str, str] = {}
    """Name and version of each model to the digest of its files."""
    packs: dict[str, str] = {}
    """Language tag to the digest of its pack."""
    preset: Preset = "balanced"
    """How sure an attribution had to be: "precision", "balanced" or "recall"."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one report says, who says it, and how surely; all spans are code points of `text`."""

    input: str
    capture: Capture
    text: str = ""
    language: str | None = None
    meta: Meta = Meta()
    furniture: tuple[Furniture, ...] = ()
    blocks: tuple[Block, ...] = ()
    segments: tuple[Segment, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    timexes: tuple[Timex, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    failures: tuple[Failure, ...] = ()
    producer: Producer | None = None

    @property
    def failed(self) -> bool:
        """True when the report could not be read at all."""
        return any(failure.fatal for failure in self.failures)

    def spans(self) -> Iterator[Span]:
        """Yield every span of the record, of whatever layer."""
        for name in self.__struct_fields__:
            yield from _spans_in(getattr(self, name))

    def verify(self) -> None:
        """Check every anchor of the record against its text.

        Raises:
            AnchorError: at the first span whose characters are not where it says, or the first
                annotation that points to an id which the record does not hold.
        """
        for span in self.spans():
            if not span.holds(self.text):
                found = self.text[span.start : span.end]
                raise AnchorError(
                    f"{span.start}:{span.end} should read {span.exact!r}, the text has {found!r}"
                )
        _check_references(self)

    def _repr_html_(self) -> str:
        """Return the notebook view of the record."""
        return record_html(self)


def _spans_in(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans_in(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans_in(getattr(value, name))


def _check_references(record: Record) -> None:
    attributions = {a.id for a in record.attributions}
    entities = {e.id for e in record.entities}
    for attribution in record.attributions:
        _known(attribution.parent, attributions, f"parent of attribution {attribution.id}")
        _known(attribution.speaker, entities, f"speaker of attribution {attribution.id}")
    for mention in record.mentions:
        _known(mention.entity, entities, f"entity of mention {mention.id}")
    grounded = {t.id for t in record.timexes}
    grounded |= {p.id for p in record.places}
    grounded |= {q.id for q in record.quantities}
    for claim in record.claims:
        for link in claim.attribution:
            _known(link, attributions, f"attribution of claim {claim.id}")
        for link in (*claim.times, *claim.places, *claim.quantities):
            _known(link, grounded, f"grounding of claim {claim.id}")
        for role, found in claim.roles.items():
            for link in found:
                _known(link, entities, f"{role} of claim {claim.id}")


def _known(link: str | None, ids: set[str], where: str) -> None:
    if link is not None and link not in ids:
        raise AnchorError(f"{where} is {link!r}, which the record does not hold")


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """Return the record as one line of JSON, in the published shape."""
    return _ENCODER.encode(record)


def decode(line: bytes | str) -> Record:
    """Return the record that `encode` wrote.

    Raises:
        msgspec.ValidationError: when the line is not such a record; the message holds the path.
    """
    return _DECODER.decode(line)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record."""
    return msgspec.json.schema(Record)
