"""The page: templates filled, style and script put in, and a policy that lets nothing else run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ondit.case.corrections import Correction
from ondit.case.dossier.article import Article, article
from ondit.case.dossier.filed import Filed
from ondit.case.dossier.linked import linked_data
from ondit.case.dossier.notes import notes
from ondit.case.dossier.origins import chapter
from ondit.case.dossier.overview import (
    SOURCE_KINDS,
    STATUSES,
    overview,
    resting,
    statements,
    warnings,
)
from ondit.case.dossier.people import Directory
from ondit.case.dossier.timeline import timeline
from ondit.case.dossier.wording import Wording, inline, told, wording, writable
from ondit.model.comparison import Corroboration

SIGNS = {
    "asserted": "●",
    "unconfirmed": "○",
    "hedged": "≈",
    "denied": "×",
    "planned": "▸",
    "predicted": "↗",
    "conditional": "◐",
    "hoped": "◇",
    "asked": "?",
}
"""A sign for each status, so that no reader depends on its colour."""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the title page beside the counts."""

    title: str
    generated_at: str
    log_head: str | None
    lang: str

    @property
    def version(self) -> str:
        """Which ondit made it."""
        return version("ondit")


def render(
    reports: tuple[Filed, ...],
    decisions: tuple[Correction, ...],
    cover: Cover,
    corroboration: Corroboration | None = None,
) -> str:
    """Return the whole page as HTML; without `corroboration` it has no chapter on origins."""
    say = wording(cover.lang)
    articles, directory = assemble(reports)
    counts = overview(articles, directory)
    style, script = _asset("dossier.css") + _signs(say), _asset("dossier.js")
    return _template().render(
        say=say,
        cover=cover,
        articles=articles,
        overview=counts,
        origins=chapter(articles, corroboration, say) if corroboration else None,
        statements=list(statements(counts, say)),
        resting=list(resting(counts, say)),
        warnings=list(warnings(counts, say)),
        people=directory.sorted(),
        timeline=timeline(articles),
        orphans=_orphans(reports, decisions),
        kinds=_kinds(articles),
        speakers=_speakers(articles),
        signs=SIGNS,
        statuses=STATUSES,
        linked=Markup(  # noqa: S704 - every character that could end the script is escaped there
            linked_data(articles, title=cover.title, generated_at=cover.generated_at)
        ),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
    )


def assemble(reports: tuple[Filed, ...]) -> tuple[tuple[Article, ...], Directory]:
    """Return the reports ready to be shown, and everyone who is named in them."""
    directory = Directory(reports)
    articles = tuple(article(filed, notes(filed, directory.of(filed))) for filed in reports)
    for found in articles:
        directory.add(found)
    return articles, directory


def policy(style: str, script: str) -> str:
    """Return the content security policy under which only this style and this script work."""
    return (
        f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def captured(text: str) -> Markup:
    """Return captured characters as HTML text that a browser reads back as those characters.

    A carriage return would become a line feed, hence its reference; NUL and lone surrogates are
    characters that no HTML can hold, and show as U+FFFD.
    """
    whole = str(escape(writable(text))).replace("\r", "&#13;")
    return Markup(whole)  # noqa: S704 - escaped in the line before


def _finalize(value: object) -> object:
    """Return what a template prints: every string that is not markup goes through `captured`."""
    return captured(value) if type(value) is str else value


def web(url: str | None) -> bool:
    """Return whether `url` may be followed: http or https, and nothing else."""
    try:
        return urlsplit(url or "").scheme.lower() in {"http", "https"}
    except ValueError:
        return False


def now() -> str:
    """Return this second, in UTC, as RFC 3339."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _kinds(articles: Iterable[Article]) -> list[str]:
    """Return the kinds of source that a reader can choose from, ``report`` last."""
    found = {note.kind for article in articles for note in article.notes}
    return [kind for kind in (*SOURCE_KINDS, "report") if kind in found]


def _speakers(articles: Iterable[Article]) -> list[str]:
    """Return the names of those who say something, each once."""
    names = {note.who for article in articles for note in article.notes if note.who}
    return sorted(map(inline, names), key=str.casefold)


def _orphans(reports: Iterable[Filed], decisions: tuple[Correction, ...]) -> tuple[Correction, ...]:
    placed = {
        (d.capture, d.number)
        for filed in reports
        for target, group in filed.decisions.items()
        if target
        for d in group
    }
    return tuple(d for d in decisions if (d.capture, d.number) not in placed)


def _signs(say: Wording) -> str:
    """Return the style rules that give each status its sign, and its word to those who listen."""
    rules = [
        f'.s-{status} {{ --sign: "{sign}"; --word: "{say("status." + status)}"; }}\n'
        for status, sign in SIGNS.items()
    ]
    rules[0] = rules[0].replace(".s-asserted", ".s-asserted, .n, .st, .note, .cite", 1)
    return "".join(rules)


def _source(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (files("ondit.case.dossier") / "assets" / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("ondit.case.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["inline"] = inline
    environment.filters["told"] = told
    environment.tests["web"] = web
    return environment.get_template("dossier.html.j2")
