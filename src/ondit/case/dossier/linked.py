"""Linked data: the reports and claims in schema.org's words, for machines that read the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ondit.case.dossier.article import Article
from ondit.case.dossier.notes import Note
from ondit.case.dossier.wording import inline, writable

CLAIMS_AT_MOST = 5000
"""With more claims than this only the reports are described; the page must stay light."""

_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def linked_data(articles: Iterable[Article], *, title: str, generated_at: str) -> str:
    """Return JSON-LD that can stand inside a script element whatever the captured text holds."""
    articles = tuple(articles)
    graph: list[dict[str, Any]] = [
        {
            "@type": "Dataset",
            "@id": "#dossier",
            "name": title,
            "dateCreated": generated_at,
            "hasPart": [{"@id": f"#r{article.filed.number}"} for article in articles],
        }
    ]
    graph.extend(_report(article) for article in articles)
    if sum(len(article.notes) for article in articles) <= CLAIMS_AT_MOST:
        graph.extend(claim for article in articles for claim in _claims(article))
    document = {"@context": "https://schema.org", "@graph": graph}
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return writable(compact).translate(_ESCAPES)


def _report(article: Article) -> dict[str, Any]:
    record = article.filed.record
    meta = record.meta
    outlet = meta.outlet or meta.publisher
    return _known(
        {
            "@type": "NewsArticle",
            "@id": f"#r{article.filed.number}",
            "headline": meta.title,
            "inLanguage": record.language,
            "datePublished": meta.published.value,
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
            "url": meta.canonical or record.capture.url,
            "identifier": f"sha256:{record.capture.sha256}",
        }
    )


def _claims(article: Article) -> Iterator[dict[str, Any]]:
    number = article.filed.number
    for note in article.notes:
        direct = bool(note.chain) and note.chain[-1].attribution.kind == "direct"
        yield _known(
            {
                "@type": ["Claim", "Quotation"] if direct else "Claim",
                "@id": f"#r{number}c{note.number}",
                "identifier": note.claim.id,
                "text": " … ".join(note.words),
                "appearance": {"@id": f"#r{number}"},
                "creativeWorkStatus": note.status,
                "author": _author(note),
            }
        )


def _author(note: Note) -> dict[str, str] | None:
    """Return the source as the page calls it; None when the report names none."""
    if note.who is None:
        return None
    kinds = {"organisation": "Organization", "outlet": "Organization", "document": "CreativeWork"}
    kind = kinds.get(note.chain[-1].attribution.source_kind, "Person")
    return {"@type": kind, "name": inline(note.who)}


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
