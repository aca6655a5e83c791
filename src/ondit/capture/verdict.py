"""What kind of page it is: an article, or a wall, an index, a page that shows nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from ondit.capture.body import Chosen
from ondit.capture.jsonld import JsonLd, Node
from ondit.capture.markup import Markup, Passage
from ondit.capture.phrases import Head, contains_any, fold
from ondit.capture.zones import zone
from ondit.model import PackError
from ondit.model.capture import Verdict

Worded = Literal["consent", "paywall", "script-only", "empty"]

# In characters: a report is longer, a wall or a stub shorter.
_SHORT, _STUB, _NOTE = 250, 2500, 120
# Headlines that are links, in a page that is a list of them.
_TEASERS = 8


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wordings of one kind of page in one language, with lines that the tests run."""

    verdict: Worded
    language: str
    text: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()


class Wordings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of wordings."""

    head: Head
    wording: tuple[Wording, ...]


@cache
def load() -> Wordings:
    """Return the installed list.

    Raises:
        PackError: when it does not have the shape.
    """
    path = Path(__file__).with_name("verdicts.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Wordings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{path.name}: {error}") from error


def wordings(text: str, verdict: Worded) -> frozenset[str]:
    """Return the wordings of one kind of page that a text holds."""
    return frozenset(_pattern(verdict).findall(fold(text)))


@cache
def _pattern(verdict: Worded) -> re.Pattern[str]:
    return contains_any(text for w in load().wording if w.verdict == verdict for text in w.text)


class Page:
    """What a verdict is reached from: the page, its report as chosen, its JSON-LD, its address."""

    def __init__(
        self, markup: Markup, chosen: Iterable[Chosen], linked: JsonLd, url: str | None
    ) -> None:
        self.markup, self.linked, self.url = markup, linked, url
        self.chosen = [c for c in chosen if c.furniture is None]

    @cached_property
    def body(self) -> list[Chosen]:
        """The report without its headline."""
        return [c for c in self.chosen if c.kind != "headline"]

    @cached_property
    def length(self) -> int:
        """Characters of the report that are not inside links."""
        return sum(max(0, len(c.text) - c.passage.linked) for c in self.body)

    @cached_property
    def prose(self) -> int:
        """Number of paragraphs that read like prose."""
        return sum(len(c.text) - c.passage.linked >= _NOTE for c in self.body)

    @cached_property
    def visible(self) -> str:
        """All that the page shows."""
        return "\n".join(p.text for p in self.markup.passages)


def verdict(page: Page) -> tuple[Verdict, tuple[str, ...]]:
    """Return what kind of page it is, and why."""
    for judge in (_empty, _script_only, _consent, _index, _paywall):
        found = judge(page)
        if found is not None:
            return found
    if page.prose >= 1 or page.length >= _SHORT:
        return "article", (f"{page.length} characters in {len(page.body)} passages",)
    return "unknown", (f"{page.length} characters, too few for an article",)


def _empty(page: Page) -> tuple[Verdict, tuple[str, ...]] | None:
    unscripted = any(raw.text.strip() for raw in page.markup.raw("noscript"))
    if not page.visible.strip() and not unscripted:
        if page.markup.scripts:
            return "script-only", ("the page shows no text and holds programs",)
        return "empty", ("the page shows no text",)
    if page.length >= _SHORT:
        return None
    found = wordings(page.visible, "empty")
    return ("empty", _worded(found)) if found else None


def _script_only(page: Page) -> tuple[Verdict, tuple[str, ...]] | None:
    if page.length >= _SHORT:
        return None
    noscript = " ".join(raw.text for raw in page.markup.raw("noscript"))
    found = wordings(f"{noscript} {page.visible}", "script-only")
    if found and len(page.visible) < _STUB:
        return "script-only", _worded(found)
    if page.markup.scripts > 2000 and len(page.visible) < _SHORT and not page.prose:
        return "script-only", (
            f"{page.markup.scripts} characters of programs, {len(page.visible)} of text",
        )
    return None


def _consent(page: Page) -> tuple[Verdict, tuple[str, ...]] | None:
    """Judge by the passages themselves, so that a banner over an article changes nothing."""
    if page.length > 8 * _STUB:
        return None
    if page.length < _SHORT and len(page.visible) <= 2 * _STUB:
        found = wordings(page.visible, "consent")
        return ("consent", _worded(found)) if len(found) >= 2 else None
    found = wordings("\n".join(c.text for c in page.body), "consent")
    if len(found) < 2:
        return None
    wall = sum(len(c.text) for c in page.body if _is_wall(c.passage))
    other = sum(len(c.text) for c in page.body) - wall
    return ("consent", _worded(found)) if other < max(_SHORT, wall) else None


def _worded(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"wording: {wording}" for wording in sorted(found))


def _is_wall(passage: Passage) -> bool:
    return zone(passage) == "cookie" or bool(wordings(passage.text, "consent"))


def _index(page: Page) -> tuple[Verdict, tuple[str, ...]] | None:
    teasers = _teasers(page.markup)
    linked = sum(c.passage.linked for c in page.body)
    reasons = []
    if teasers >= _TEASERS:
        reasons.append(f"{teasers} headlines that are links")
    if linked > page.length:
        reasons.append(f"{linked} of {linked + page.length} characters are links")
    if any(page.linked.named("CollectionPage")) or any(page.linked.named("ItemList")):
        reasons.append("json-ld: a collection")
    if urlsplit(page.url or "//x/x").path in {"", "/"}:
        reasons.append("the address is a site's front")
    if page.linked.article is not None or not reasons:
        return None
    longest = max((len(c.text) for c in page.body), default=0)
    if longest < 2 * _NOTE:
        reasons.append("no paragraph is longer than a teaser")
    sure = len(reasons) >= 2 or teasers >= 3 * _TEASERS or linked > 2 * page.length
    return ("index", tuple(reasons)) if sure and longest < 1200 else None


def _teasers(markup: Markup) -> int:
    """Return the number of headlines in the main part of the page that are nothing but links."""
    return sum(
        p.linked >= 0.9 * len(p.text) >= 22 and any(e.tag in {"h2", "h3", "h4"} for e in p.path)
        for p in markup.passages
        if zone(p) is None
    )


def _paywall(page: Page) -> tuple[Verdict, tuple[str, ...]] | None:
    promised = _promised(page.linked.article, page.linked)
    cut = page.length * 2 < promised
    if page.length >= _STUB / 2 and not cut:
        return None
    reasons = _worded(wordings(page.visible, "paywall"))
    if any(_is_closed(node) for node in page.linked.nodes):
        reasons = ("json-ld: isAccessibleForFree is false", *reasons)
    if not reasons:
        return None
    if cut:
        reasons = (*reasons, f"{page.length} characters of about {promised}")
    return "paywall", reasons


def _is_closed(node: Node) -> bool:
    return str(node.get("isAccessibleForFree", "true")).lower() in {"false", "no", "0"}


def _promised(article: Node | None, linked: JsonLd) -> int:
    """Return about how many characters the article has, by what the page states; 0 if nothing."""
    count = (article or {}).get("wordCount")
    if isinstance(count, (int, str)) and str(count).isdecimal():
        return int(count) * 6
    return len(linked.text(article, "articleBody") or "")
