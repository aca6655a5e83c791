"""Who names whom: citations and credits of outlets, captured or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ondit.comparing.account import Account
from ondit.comparing.identity import name_key
from ondit.model import Attribution, Span

_DISTINCT = 2
"""Words of an outlet's name that are enough to know it by wherever it stands; a shorter one
("Metro") counts as a source or in a credit line only."""


@dataclass(frozen=True)
class Citation:
    """A report names an outlet or agency as where something comes from."""

    name: str
    """As `name_key` writes it."""
    span: Span | None
    kind: str
    """"credit" (of the whole report), "citation" (of a statement) or "mention"."""
    note: str | None = None
    content: tuple[Span, ...] = ()
    """What is laid to the outlet, of a citation."""


def citations(account: Account, names: frozenset[str]) -> Iterator[Citation]:
    """Yield where `account` names agencies or outlets; mentions only of those in `names`."""
    own = account.identity.names
    for credit in account.identity.credits:
        if credit.name not in own:
            yield Citation(name=credit.name, span=credit.span, kind="credit", note=credit.note)
    for attribution in account.record.attributions:
        cited = _cited(account, attribution, names)
        if cited is not None and cited.name not in own:
            yield cited
    yield from _mentions(account, names, own)


def _cited(account: Account, attribution: Attribution, names: frozenset[str]) -> Citation | None:
    """Return what an attribution lays to an outlet, whose name the text gives."""
    for name in _called(account, attribution):
        if name in names or (attribution.source_kind == "outlet" and _is_name(account, name)):
            return Citation(
                name=name, span=attribution.source[0], kind="citation", content=attribution.content
            )
    return None


def _called(account: Account, attribution: Attribution) -> Iterator[str]:
    if not attribution.source:
        return
    entities = {entity.id: entity for entity in account.record.entities}
    entity = entities.get(attribution.speaker or "")
    for shown in (*((entity.name, *entity.aliases) if entity else ()), attribution.source[0].exact):
        yield name_key(shown)


def _is_name(account: Account, name: str) -> bool:
    """Return whether any entity of the report is called so with a capital letter."""
    return any(
        name_key(entity.name) == name and any(c.isupper() for c in entity.name)
        for entity in account.record.entities
    )


@lru_cache(maxsize=4)
def _by_first_word(names: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    begins: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(names):
        words = tuple(name.split())
        if len(words) >= _DISTINCT:
            begins[words[0]].append(words)
    return dict(begins)


def _mentions(account: Account, names: frozenset[str], own: frozenset[str]) -> Iterator[Citation]:
    words, begins = account.words.folded, _by_first_word(names)
    for first, word in enumerate(words):
        for name in begins.get(word, ()):
            if words[first : first + len(name)] == name and " ".join(name) not in own:
                span = account.span(first, first + len(name) - 1)
                if any(c.isupper() for c in span.exact):
                    yield Citation(name=" ".join(name), span=span, kind="mention")


def names_of(accounts: Sequence[Account]) -> frozenset[str]:
    """Return the names by which the reports of a case may be cited."""
    return frozenset().union(*(account.identity.names for account in accounts))
