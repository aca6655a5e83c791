"""Reports as web pages."""

from __future__ import annotations

import json
from html import escape

from benchmarks.worlds.gold import Report

_SECTIONS = {
    "fr": ("Accueil", "Régions", "Sport", "Météo"),
    "en": ("Home", "Local", "Sport", "Weather"),
}


def page(report: Report) -> bytes:
    """Return the report as an HTML page, its navigation and stock lines around it."""
    head = "\n".join(_head(report))
    sections = "".join(f"<li><a href='#'>{name}</a></li>" for name in _SECTIONS[report.language])
    body = "\n".join(_body(report))
    foot = "".join(f"<p>{escape(line)}</p>" for line in report.stock)
    return (
        f"<!doctype html>\n<html lang='{report.language}'>\n<head>\n{head}\n</head>\n<body>\n"
        f"<header><nav><ul>{sections}</ul></nav></header>\n<main>\n<article>\n{body}\n</article>\n"
        f"</main>\n<footer>{foot}</footer>\n</body>\n</html>\n"
    ).encode()


def _head(report: Report) -> list[str]:
    title, outlet = escape(report.title), escape(report.outlet)
    lines = [
        "<meta charset='utf-8'>",
        f"<title>{title} - {outlet}</title>",
        f'<link rel="canonical" href="{report.url}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:site_name" content="{outlet}">',
    ]
    if report.published:
        lines.append(f'<meta property="article:published_time" content="{report.published}">')
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": report.title,
        "publisher": {"@type": "Organization", "name": report.publisher},
        **({"datePublished": report.published} if report.published else {}),
    }
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return [*lines, f'<script type="application/ld+json">{written}</script>']


def _body(report: Report) -> list[str]:
    lines = [f"<h1>{escape(report.title)}</h1>"]
    if report.byline:
        lines.append(f'<p class="byline">{escape(report.byline)}</p>')
    if report.published:
        lines.append(f'<time datetime="{report.published}">{report.published[:10]}</time>')
    if report.caption:
        caption = f"<figcaption>{escape(report.caption)}</figcaption>"
        lines.append(f"<figure><img src='p.jpg' alt=''>{caption}</figure>")
    lines += [f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in report.paragraphs]
    if report.credit:
        lines.append(f"<p>{escape(report.credit)}</p>")
    return lines
