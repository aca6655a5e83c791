"""What a page states for machines in JSON-LD: the node of its article, and its neighbours."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")


class JsonLd:
    """All nodes of a page's JSON-LD, with references between them resolved."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self.nodes = [node for script in scripts for node in _nodes(_loads(script))]
        self._by_id = {n["@id"]: n for n in self.nodes if isinstance(n.get("@id"), str)}
        self.article = self._article()

    def _article(self) -> Node | None:
        """Return the fullest of the nodes that are an article, or None."""
        articles = [n for n in self.nodes if any(_ARTICLE.search(t) for t in types(n))]
        return max(articles, key=len, default=None)

    def named(self, kind: str) -> Iterator[Node]:
        """Yield the nodes of type `kind`."""
        return (node for node in self.nodes if kind in types(node))

    def text(self, node: Node | None, key: str) -> str | None:
        """Return the first string under `key`, without markup and doubled space."""
        return next(iter(self.texts(node, key)), None)

    def texts(self, node: Node | None, key: str) -> list[str]:
        """Return the strings under `key`: plain ones, or the names of what stands there."""
        found = (self._string(value) for value in _listed((node or {}).get(key)))
        return [text for text in found if text]

    def things(self, node: Node | None, key: str) -> list[Node]:
        """Return the nodes under `key`, references resolved; a plain string is a name."""
        return [
            self._resolved(v) if isinstance(v, dict) else {"name": v}
            for v in _listed((node or {}).get(key))
            if isinstance(v, (dict, str))
        ]

    def _string(self, value: Any) -> str | None:
        if isinstance(value, dict):
            value = self._resolved(value)
            value = value.get("name") or value.get("@value")
        if not isinstance(value, str):
            return None
        return cleaned(value) or None

    def _resolved(self, node: Node) -> Node:
        return self._by_id.get(node.get("@id", ""), node) if len(node) == 1 else node


def types(node: Node) -> list[str]:
    """Return the types of a node."""
    return [t for t in _listed(node.get("@type")) if isinstance(t, str)]


def cleaned(value: str) -> str:
    """Return a string of machine data as text: no tags, references resolved, spaces folded."""
    text = html.unescape(_TAG.sub("", html.unescape(value)))
    return _SPACE.sub(" ", text).strip()


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _loads(script: str) -> Any:
    """Return the parsed script, mending what site systems most often break; None when hopeless."""
    bare = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip().rstrip(";")
    for attempt in (bare, _TRAILING_COMMA.sub(r"\1", bare), html.unescape(bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[Node]:
    """Yield the nodes that speak of the page: the top ones, graphs, and main entities."""
    queue = [value]
    while queue:
        value = queue.pop(0)
        if isinstance(value, list):
            queue.extend(value)
        elif isinstance(value, dict):
            yield value
            queue.extend(value[k] for k in ("@graph", "mainEntity", "mainEntityOfPage", "isPartOf")
                         if isinstance(value.get(k), (dict, list)))  # fmt: skip
