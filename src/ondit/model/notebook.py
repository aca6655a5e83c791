"""The notebook view of a record: one escaped fragment, no script, nothing from elsewhere.

It sets no background and no text colour of its own but for the status words, so that it reads in
light and dark notebooks alike.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ondit.model.annotations import Claim, Status
from ondit.model.voices import Ground, Voice, ground, voices

if TYPE_CHECKING:
    from ondit.model.record import Record

# Mid tones that hold a contrast of 3:1 or more on white and on near-black. None is green:
# "asserted" is what its source says, not what is so.
_COLOURS: dict[Status, str] = {
    "asserted": "#6f7a86",
    "unconfirmed": "#b7791f",
    "hedged": "#a68a2e",
    "denied": "#d0453c",
    "planned": "#3f7fc4",
    "predicted": "#9a63c0",
    "conditional": "#2f8f9d",
    "hoped": "#2f8f9d",
    "asked": "#2f8f9d",
}
_KINDS = {
    "role_person": "by role",
    "anonymous_person": "anonymous",
    "collective": "unnamed group",
    "organisation": "organisation",
    "document": "document",
    "outlet": "outlet",
}
_GROUNDS: dict[Ground, str] = {
    "report": "the report itself",
    "named": "a named person",
    "organisation": "an organisation, document or outlet",
    "role": "a person known by role",
    "anonymous": "someone unnamed",
    "unstated": "a source not stated",
}
_MARKS = {"fr": ("«\u202f", "\u202f»")}
_OPENING = ("«", "“", "„", "‘", '"')
_ROW = "border-top:1px solid rgba(128,128,128,.25);padding:.45em 0;display:flex;gap:1em"
_SOFT = "opacity:.7;font-size:.9em"


def record_html(record: Record) -> str:
    """Return the claims of `record` as an HTML fragment; every captured character is escaped."""
    paragraphs = groupby(
        sorted(record.claims, key=lambda claim: claim.spans[0].start),
        key=lambda claim: sum(1 for b in record.blocks if b.start <= claim.spans[0].start),
    )
    body = "".join(
        f'<div style="margin:.9em 0">{"".join(_claim(record, claim) for claim in claims)}</div>'
        for _, claims in paragraphs
    )
    return (
        '<div style="max-width:46em;line-height:1.45;font-family:system-ui,sans-serif">'
        f"{_head(record)}{_failures(record)}{body}{_sum(record)}</div>"
    )


def _head(record: Record) -> str:
    meta = record.meta
    facts = (
        meta.outlet or "outlet not stated",
        meta.published.value or "date not stated",
        f"by {meta.byline}" if meta.byline else "",
        record.language or "language unknown",
        "" if meta.verdict == "unknown" else meta.verdict,
    )
    line = " · ".join(escape(fact) for fact in facts if fact)
    title = escape(meta.title or record.input)
    return (
        f'<div style="font-size:1.25em;font-weight:600">{title}</div>'
        f'<div style="{_SOFT}">{line}</div>'
    )


def _failures(record: Record) -> str:
    return "".join(
        '<div style="border-left:3px solid #d0453c;padding-left:.6em;margin:.6em 0">'
        f"{'could not be read' if failure.fatal else 'read in part'}: "
        f"{escape(failure.reason)} [{escape(failure.step)}]</div>"
        for failure in record.failures
    )


def _claim(record: Record, claim: Claim) -> str:
    badge = (
        f'<span style="flex:0 0 7.5em;font-weight:600;color:{_COLOURS[claim.status]}">'
        f"{claim.status}</span>"
    )
    chain = voices(record, claim)
    said = " ← ".join(map(_voice, chain)) + " ← this report" if chain else "the report itself"
    where = " · ".join(filter(None, (_times(record, claim), _grounded(record, claim))))
    details = f'<div style="{_SOFT}">{where}</div>' if where else ""
    words = (
        f'<div title="{escape(claim.id)}">{_words(record, claim)}</div>'
        f'<div style="{_SOFT}"><i>{said}</i></div>{details}'
    )
    return f'<div style="{_ROW}">{badge}<div style="flex:1">{words}</div></div>'


def _words(record: Record, claim: Claim) -> str:
    words = escape(" … ".join(span.exact for span in claim.spans))
    first = claim.spans[0]
    if first.exact.startswith(_OPENING):
        return words
    if any(q.kind == "speech" and q.span.contains(first) for q in record.quotations):
        left, right = _MARKS.get(record.language or "", ("“", "”"))
        return f"{left}{words}{right}"
    return words


def _voice(voice: Voice) -> str:
    kind = _KINDS.get(voice.kind)
    return escape(voice.name or "source not stated") + (f" ({kind})" if kind else "")


def _times(record: Record, claim: Claim) -> str:
    return ", ".join(
        escape(t.span.exact) + (f" ({escape(t.value)})" if t.value else "")
        for t in record.timexes
        if t.id in claim.times
    )


def _grounded(record: Record, claim: Claim) -> str:
    places = [p.span.exact for p in record.places if p.id in claim.places]
    quantities = [q.span.exact for q in record.quantities if q.id in claim.quantities]
    return " · ".join(escape(", ".join(words)) for words in (places, quantities) if words)


def _sum(record: Record) -> str:
    if not record.claims:
        return '<div style="font-weight:600;margin-top:.6em">No claims.</div>'
    grounds = Counter(ground(record, claim) for claim in record.claims)
    rests = ", ".join(f"{grounds[g]} on {words}" for g, words in _GROUNDS.items() if grounds[g])
    claims = "1 claim" if len(record.claims) == 1 else f"{len(record.claims)} claims"
    return f'<div style="font-weight:600;margin-top:.6em">{claims}: {rests}.</div>'
