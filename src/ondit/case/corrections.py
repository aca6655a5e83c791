"""What people decided against the machine: kept for ever, and laid over every new reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from ondit.model import AnchorError, Annotation, CaseError, Claim, Evidence, Record, Span

Layer = Literal["claims", "attributions", "entities"]

FIELDS: dict[Layer, tuple[str, ...]] = {
    "claims": (
        "status", "polarity", "certainty", "basis", "time", "act", "author_stance", "event",
    ),
    "attributions": ("source_kind", "speaker", "act", "stance", "kind"),
    "entities": ("name", "kind", "source_kind", "description", "links"),
}  # fmt: skip
"""What a person may decide, by layer. Spans and ids are where the machine put them."""


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision of one person on one field of one annotation."""

    number: int
    capture: str
    target: str
    """Id of the annotation."""
    layer: Layer
    anchor: tuple[Span, ...]
    """Where the annotation stood, so that it is found again when its id changes."""
    field: str
    value: Any
    was: Any
    """What the record said before."""
    who: str
    why: str
    at: str


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """A record with the decisions of people on top."""

    record: Record
    applied: dict[str, tuple[Correction, ...]] = {}
    """Id of an annotation to the decisions in force on it."""
    orphans: tuple[Correction, ...] = ()
    """Decisions whose annotation this reading no longer holds; kept, and said so."""


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the newest decision for each target and field, in the order they were taken."""
    newest = {(c.target, c.field): c for c in sorted(corrections, key=lambda c: c.number)}
    return sorted(newest.values(), key=lambda c: c.number)


def apply(record: Record, corrections: Iterable[Correction]) -> Corrected:
    """Return `record` with every decision in force laid over it."""
    applied: dict[str, tuple[Correction, ...]] = {}
    orphans: list[Correction] = []
    for correction in in_force(corrections):
        target = find(record, correction)
        if target is None:
            orphans.append(correction)
            continue
        try:
            record = with_value(record, target, correction)
        except CaseError:  # its value points to something that this reading no longer holds
            orphans.append(correction)
            continue
        others = (c for c in applied.get(target, ()) if c.field != correction.field)
        applied[target] = (*others, correction)
    return Corrected(record=record, applied=applied, orphans=tuple(orphans))


def find(record: Record, correction: Correction) -> str | None:
    """Return the id of what `correction` speaks of: same id, else same place, else same words.

    The same words count only where they are the words of one annotation alone; a decision is
    rather orphaned than laid on the wrong one.
    """
    layer: tuple[Any, ...] = getattr(record, correction.layer)
    if any(annotation.id == correction.target for annotation in layer):
        return correction.target
    if not correction.anchor:
        return None
    anchors = {a.id: anchor(record, correction.layer, a) for a in layer}
    words = tuple(span.exact for span in correction.anchor)
    same = [key for key, spans in anchors.items() if spans == correction.anchor]
    like = [key for key, spans in anchors.items() if tuple(s.exact for s in spans) == words]
    return next((found[0] for found in (same, like) if len(found) == 1), None)


def anchor(record: Record, layer: Layer, annotation: Any) -> tuple[Span, ...]:
    """Return where an annotation stands; an entity stands where its mentions do."""
    if layer == "claims":
        return tuple(annotation.spans)
    if layer == "attributions":
        return (*annotation.source, *annotation.cue, *annotation.content)
    return tuple(m.span for m in record.mentions if m.entity == annotation.id)


def locate(record: Record, target: str) -> tuple[Layer, Annotation] | None:
    """Return layer and annotation of the id `target`, or None."""
    for layer in FIELDS:
        for annotation in getattr(record, layer):
            if annotation.id == target:
                return layer, annotation
    return None


def with_value(record: Record, target: str, correction: Correction) -> Record:
    """Return `record` with one field of one annotation decided by a person.

    The annotation says so itself: a claim gains an evidence whose rule is ``person:<who>``, an
    attribution or entity carries it as its rule.

    Raises:
        CaseError: when the layer has no such field, or the field does not take the value.
    """
    layer = correction.layer
    if correction.field not in FIELDS[layer]:
        raise CaseError(
            f"{correction.field!r} cannot be decided; of {layer}, one can decide "
            + ", ".join(FIELDS[layer])
        )
    changed = tuple(
        _changed(annotation, correction) if annotation.id == target else annotation
        for annotation in getattr(record, layer)
    )
    result = replace(record, **{layer: changed})
    try:
        result.verify()
    except AnchorError as error:
        raise CaseError(f"{correction.value!r} does not fit there: {error}") from None
    return result


def _changed(annotation: Any, correction: Correction) -> Any:
    values = msgspec.to_builtins(annotation)
    values[correction.field] = correction.value
    try:
        changed = msgspec.convert(values, type(annotation))
    except msgspec.ValidationError as error:
        raise CaseError(
            f"{correction.value!r} is no {correction.field}: {_allowed(annotation, correction)}"
        ) from error
    if isinstance(changed, Claim):
        reason = Evidence(span=changed.spans[0], rule=f"person:{correction.who}")
        return replace(changed, evidence=(*changed.evidence, reason))
    return replace(changed, rule=f"person:{correction.who}")


def _allowed(annotation: Annotation, correction: Correction) -> str:
    kind = msgspec.inspect.type_info(type(annotation))
    if not isinstance(kind, msgspec.inspect.StructType):
        return "see the schema"
    field = next(f.type for f in kind.fields if f.name == correction.field)
    options = field.types if isinstance(field, msgspec.inspect.UnionType) else (field,)
    values = [v for o in options if isinstance(o, msgspec.inspect.LiteralType) for v in o.values]
    return f"choose one of {', '.join(map(str, values))}" if values else "see the schema"
