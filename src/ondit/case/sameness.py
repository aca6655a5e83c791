"""Who is whom across reports, as people decided it: kept with the corrections of the case.

A decision is a correction of the field ``links`` of the entity in the earlier report. It names the
other entity by its id, its capture and its name, so that it is found again in a later reading. To
undo it is to correct the field once more; the log keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from ondit.case.corrections import Correction
from ondit.case.held import Held
from ondit.case.store import Case
from ondit.model import CaseError, Entity

Decided = Literal["same", "different"]

_FIELDS: dict[Decided, str] = {"same": "same_as", "different": "not_same_as"}
"""Where in an entity's links a decision stands."""


def decide(
    case: Case, handles: tuple[str, str], decided: Decided | None, *, who: str, why: str
) -> Correction:
    """Decide whether two entities are the same; None takes an earlier decision back.

    Raises:
        CaseError: when a handle names no entity, both stand in one report, or nobody or no reason
            is given.
    """
    (held, entity), (later, other) = sorted(
        (_entity(case, handle) for handle in handles), key=lambda end: end[0].number
    )
    if held.number == later.number:
        raise CaseError("both stand in one report; `ondit correct` changes what it says of each")
    links = {key: value for key, value in entity.links.items() if key not in _FIELDS.values()}
    for choice, field in _FIELDS.items():
        kept = [row for row in _rows(entity, field) if not _names(row, later, other)]
        kept += [_row(later, other)] if choice == decided else []
        links |= {field: kept} if kept else {}
    return case.decide(entity.id, "links", links, who=who, why=why)


def decisions(reports: Iterable[Held]) -> dict[frozenset[str], Decided]:
    """Return what people decided of pairs of entities, by their ids in the current readings."""
    everyone = list(reports)
    found: dict[frozenset[str], Decided] = {}
    for held in everyone:
        for entity in held.record.entities:
            for decided, field in _FIELDS.items():
                for row in _rows(entity, field):
                    others = _meant(everyone, row)
                    found |= {frozenset({entity.id, other}): decided for other in others}
    return found


def _entity(case: Case, handle: str) -> tuple[Held, Entity]:
    held, key = case.find_claim(handle)
    entity = next((e for e in held.record.entities if e.id == key), None)
    if entity is None:
        raise CaseError(f"{handle!r} is no person or organisation; `ondit people` shows their ids")
    return held, entity


def _rows(entity: Entity, field: str) -> list[dict[str, Any]]:
    rows = entity.links.get(field, ())
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _row(held: Held, entity: Entity) -> dict[str, str]:
    return {
        "entity": entity.id,
        "capture": held.record.capture.sha256,
        "name": entity.name,
    }


def _names(row: dict[str, Any], held: Held, entity: Entity) -> bool:
    """Return whether a kept row speaks of `entity`: by its id, else by its name in its report."""
    same = row.get("capture") == held.record.capture.sha256 and row.get("name") == entity.name
    return row.get("entity") == entity.id or same


def _meant(reports: list[Held], row: dict[str, Any]) -> Iterator[str]:
    """Yield the entity that a kept row speaks of; none where a later reading has two such."""
    for held in reports:
        if held.record.capture.sha256 != row.get("capture"):
            continue
        by_id = [e.id for e in held.record.entities if e.id == row.get("entity")]
        by_name = [e.id for e in held.record.entities if e.name == row.get("name")]
        yield from by_id or (by_name if len(by_name) == 1 else ())
