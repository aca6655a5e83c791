"""Tables for a terminal: reports, claims, sources, hits, events; plain where it is none."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from ondit.app.view import visible
from ondit.case.store import Held


def table(*columns: str, wide: str) -> Table:
    """Return an empty table whose column `wide` takes the room that the others leave."""
    made = Table(box=None, pad_edge=False, expand=True, header_style="bold")
    for column in columns:
        made.add_column(
            column,
            ratio=1 if column == wide else None,
            overflow="fold",
            justify="right" if column in ("no", "claims", "relayed") else "left",
        )
    return made


def reports_table(reports: Iterable[Held]) -> Table:
    """Return the reports of a case, one a row."""
    made = table("no", "published", "outlet", "title", "lang", "claims", wide="title")
    for held in reports:
        meta = held.record.meta
        failed = any(failure.fatal for failure in held.record.failures)
        made.add_row(
            str(held.number),
            meta.published.value or "not stated",
            visible(meta.outlet or "not stated"),
            Text(visible(meta.title or held.inputs[0]), style="red" if failed else ""),
            held.record.language or "-",
            "failed" if failed else str(len(held.record.claims)),
        )
    return made
