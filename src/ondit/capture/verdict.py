"""The verdict: is this page an article, or something that merely holds text?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from lxml.html import HtmlElement

from ondit.model.capture import Verdict

# Characters of body below which a page must explain itself. Measured on no set of its own: an
# article of three short paragraphs has about 600, a consent wall or stub less.
_SHORT = 600
# Share of the body's characters that are link text above which a page is a list of teasers.
_LINKED = 0.6
_TEASERS = 12


class Wordings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """File ``verdict.toml``: wordings of walls and empty shells, folded to lower case."""

    consent: tuple[str, ...]
    paywall: tuple[str, ...]
    script: tuple[str, ...]


@cache
def wordings() -> Wordings:
    """Return the lists of wordings."""
    path = Path(__file__).parent / "verdict.toml"
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Wordings)


def judge(
    tree: HtmlElement, body: str, shown: str, articles: list[dict[str, Any]]
) -> tuple[Verdict, tuple[str, ...]]:
    """Return the verdict with its reasons.

    Args:
        tree: the parsed page.
        body: the text that was taken for the article's.
        shown: all visible text of the page.
        articles: the article objects of its JSON-LD.
    """
    folded = " ".join(shown.casefold().split())
    paid = _paid(folded, body, articles)
    if paid:
        return "paywall", (paid,)
    if len(body) < _SHORT:
        return _short(tree, body, folded)
    links = _linked(tree)
    if links > _LINKED and not articles and _teasers(tree) >= _TEASERS:
        return "index", (f"{links:.0%} of its text is links, {_teasers(tree)} teasers",)
    reasons = [f"{len(body)} characters of body"]
    if articles:
        reasons.append(f"JSON-LD says {articles[0].get('@type')}")
    return "article", tuple(reasons)


def _short(tree: HtmlElement, body: str, folded: str) -> tuple[Verdict, tuple[str, ...]]:
    said = _said(wordings().consent, folded)
    if said and _share(said, folded) and len(folded) < 6000:
        return "consent", (f"short, and says “{said}”",)
    said = _said(wordings().script, folded)
    if said and len(folded) < 2000:
        return "script-only", (f"nothing but “{said}”",)
    if len(folded) < 40:
        scripts = len(tree.xpath("//script"))
        if scripts:
            return "script-only", (f"no text, {scripts} scripts",)
        return "empty", ("no text",)
    if _teasers(tree) >= _TEASERS and _linked(tree) > _LINKED:
        return "index", (f"{_teasers(tree)} teasers and no article",)
    return (
        ("article", (f"short: {len(body)} characters",))
        if body
        else ("empty", ("no article text",))
    )


def _said(phrases: tuple[str, ...], folded: str) -> str | None:
    return next((phrase for phrase in phrases if phrase in folded), None)


def _share(said: str, folded: str) -> bool:
    """Return whether the wording stands early: a wall begins with it, a footer ends with it."""
    return folded.find(said) < max(400, len(folded) // 2)


def _paid(folded: str, body: str, articles: list[dict[str, Any]]) -> str | None:
    free = [a.get("isAccessibleForFree") for a in articles]
    closed = any(str(value).casefold() == "false" for value in free)
    said = _said(wordings().paywall, folded)
    if closed and (said or len(body) < 3 * _SHORT):
        return "JSON-LD says isAccessibleForFree is false"
    if said and len(body) < 2 * _SHORT:
        return f"short, and says “{said}”"
    return None


def _linked(tree: HtmlElement) -> float:
    total = len(
        "".join(tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")).strip()
    )
    linked = sum(len(a.text_content().strip()) for a in tree.xpath("//body//a"))
    return linked / total if total else 0.0


_TEASER = re.compile(r"\w+(?:\W+\w+){3,}")


def _teasers(tree: HtmlElement) -> int:
    """Return how many links read like headlines: four words or more."""
    return sum(1 for a in tree.xpath("//body//a") if _TEASER.search(a.text_content()))
