"""One HTML page: its report as text, block by block, every character with its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.message import Message

import msgspec

from ondit.capture.alignment import Alignment, align
from ondit.capture.assembly import assemble, parts
from ondit.capture.body import Chosen, choose
from ondit.capture.decode import Decoded, decode
from ondit.capture.extraction import Extracted, main_text
from ondit.capture.failing import STEP, failed
from ondit.capture.jsonld import JsonLd, cleaned
from ondit.capture.limits import Limits
from ondit.capture.markup import Markup, Passage, read_markup
from ondit.capture.metadata import choose as choose_values
from ondit.capture.metadata import json_ld, language, stated, title_parts
from ondit.capture.phrases import fold
from ondit.capture.publication import dates, guessed, published
from ondit.capture.selectors import Selectors
from ondit.capture.unmarked import unmarked_parts
from ondit.capture.verdict import Page, verdict
from ondit.model import Candidate, Capture, CaptureError, Failure, Meta, Report
from ondit.model.capture import FurnitureKind, Verdict

# Passages around the headline among which a dateline is looked for.
_ABOVE, _BELOW = 6, 4
# A page that is no article makes no claims: what it shows is furniture of this kind.
_NO_REPORT: dict[Verdict, FurnitureKind] = {
    "consent": "cookie",
    "index": "related",
    "script-only": "other",
    "empty": "other",
}


def read_page(content: bytes, *, input: str, capture: Capture, limits: Limits) -> Report:
    """Return the report of one page; what cannot be read is a failure in it.

    Args:
        content: the captured bytes.
        input: the input as it was given.
        capture: its record; address and headers, when known, help to date and to decode it.
        limits: size and depth, checked before any extractor sees the page.
    """
    if len(content) > limits.max_bytes:
        reason = f"{len(content):,} bytes; at most {limits.max_bytes:,} are read for one report"
        return failed(input, reason, capture=capture, content=content)
    decoded = decode(content, declared=_charset(capture), html=True)
    capture = msgspec.structs.replace(
        capture, charset=decoded.decision.charset, decision=decoded.decision
    )
    if not decoded.string.strip("\ufeff \t\r\n\x00"):
        return failed(input, "the input holds no text", capture=capture, content=content)
    try:
        markup = read_markup(decoded.string, max_depth=limits.max_depth)
    except CaptureError as error:
        return failed(input, str(error), capture=capture, content=content)
    return _report(content, input, capture, decoded, markup)


def _charset(capture: Capture) -> str | None:
    """Return the charset that the server or the container named."""
    message = Message()
    message["content-type"] = capture.headers.get("content-type", "text/html")
    return capture.charset or message.get_content_charset()


def _report(
    content: bytes, input: str, capture: Capture, decoded: Decoded, markup: Markup
) -> Report:
    linked = json_ld(markup)
    extracted = main_text(decoded.string)
    alignment = align(extracted.paragraphs, [p.text for p in markup.passages])
    candidates = stated(markup, linked, url=capture.url)
    titles = _titles(candidates)
    chosen = choose(markup, alignment, titles=titles)
    kind, reasons = verdict(Page(markup, chosen, linked, capture.url))
    selectors = Selectors(decoded.string)
    found = parts(_judged(chosen, kind), selectors, decoded.string)
    unmarked = unmarked_parts(markup, found, selectors)
    if unmarked:
        found, kind, reasons = unmarked, "article", ("the text stands in JSON-LD alone",)
    assembled = assemble(found, decoded)
    values, marked = choose_values(candidates, headline=_headline(chosen))
    dated = _dates(decoded, markup, linked, capture, chosen)
    return Report(
        input=input,
        capture=capture,
        content=content,
        text=assembled.text,
        blocks=assembled.blocks,
        furniture=assembled.furniture,
        segments=assembled.segments,
        meta=_meta(values, marked, dated, kind, reasons),
        failures=tuple(_failures(extracted, alignment, kind, unmarked=bool(unmarked))),
    )


def _titles(candidates: Sequence[Candidate]) -> list[str]:
    """Return what the headline may read like: the stated titles, whole and without an outlet."""
    whole = [c.value for c in candidates if c.field == "title"]
    outlets = {fold(c.value) for c in candidates if c.field == "outlet"}
    parts = [part for title in whole for part, _ in title_parts(title, shown=outlets)]
    return list(dict.fromkeys([*whole, *parts]))


def _judged(chosen: Sequence[Chosen], kind: Verdict) -> Iterator[Chosen]:
    """Yield the passages; those of a page that is no article are all furniture."""
    furniture = _NO_REPORT.get(kind)
    for passage in chosen:
        if furniture is None or passage.furniture is not None:
            yield passage
        else:
            yield msgspec.structs.replace(passage, furniture=furniture, rule=f"verdict:{kind}")


# -- metadata --------------------------------------------------------------------------------------


def _headline(chosen: Sequence[Chosen]) -> str | None:
    return next((cleaned(c.text) for c in chosen if c.kind == "headline"), None)


def _dates(
    decoded: Decoded, markup: Markup, linked: JsonLd, capture: Capture, chosen: Sequence[Chosen]
) -> list[Candidate]:
    around = _around(markup.passages, chosen)
    tag = language(markup)
    found = dates(markup, linked, capture=capture, around=around, language=tag)
    guess = guessed(decoded.string, capture=capture, around=around, language=tag)
    return [*found, guess] if guess else found


def _around(passages: list[Passage], chosen: Sequence[Chosen]) -> list[Passage]:
    """Return the passages near the headline, where a dateline stands."""
    if not chosen:
        return passages[: _ABOVE + _BELOW]
    places = {p.start: index for index, p in enumerate(passages)}
    top = places[chosen[0].passage.start]
    below = places[chosen[1].passage.start] if len(chosen) > 1 else top
    return passages[max(0, top - _ABOVE) : below + _BELOW]


def _meta(
    values: dict[str, str],
    marked: tuple[Candidate, ...],
    dated: list[Candidate],
    kind: Verdict,
    reasons: tuple[str, ...],
) -> Meta:
    modified = [c for c in dated if c.field == "modified"]
    modified[:1] = [msgspec.structs.replace(c, chosen=True) for c in modified[:1]]
    return Meta(
        title=values.get("title"),
        byline=values.get("byline"),
        outlet=values.get("outlet"),
        publisher=values.get("publisher"),
        canonical=values.get("canonical"),
        section=values.get("section"),
        published=published(dated),
        modified=modified[0].value if modified else None,
        verdict=kind,
        verdict_reasons=reasons,
        candidates=(*marked, *modified),
    )


# -- what was lost ---------------------------------------------------------------------------------


def _failures(
    extracted: Extracted, alignment: Alignment, kind: Verdict, *, unmarked: bool
) -> Iterator[Failure]:
    """Yield what a reader should know is missing from the report, or stands on weak ground."""
    if unmarked:
        yield Failure(
            step=STEP, reason="the page shows no report; its text was read from JSON-LD alone"
        )
    elif kind in _NO_REPORT:
        yield Failure(step=STEP, reason=f"no report was read: the page is judged {kind}")
    elif kind == "paywall":
        yield Failure(step=STEP, reason="the page shows only the beginning of the report")
    elif extracted.by is None:
        yield Failure(step=STEP, reason="no extractor found a report on the page")
    elif extracted.by != "trafilatura":
        yield Failure(step=STEP, reason=f"the report was found by {extracted.by} alone")
    if alignment.lost and not unmarked:
        lost = sum(map(len, alignment.lost))
        yield Failure(
            step=STEP,
            reason=f"{len(alignment.lost)} paragraphs ({lost} characters) of the extractor's text "
            "stand nowhere on the visible page and were left out",
        )
