"""The notebook view of a record: one escaped table, no script, no style sheet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ondit.model.record import Record


def record_html(record: Record) -> str:
    """Return the claims of `record` as an HTML table; every captured character is escaped."""
    speakers = {a.id: " ".join(s.exact for s in a.source) for a in record.attributions}
    rows = []
    for claim in record.claims:
        words = " … ".join(span.exact for span in claim.spans)
        chain = " → ".join(speakers[a] or "source not stated" for a in claim.attribution)
        cells = (words, chain or "the report itself", claim.status)
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    title = escape(record.meta.title or record.input)
    head = "<tr><th>claim</th><th>according to</th><th>status</th></tr>"
    return f"<h4>{title}</h4><table>{head}{''.join(rows)}</table>"
