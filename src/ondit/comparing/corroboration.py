"""Corroboration: many records in, what they share out."""

from __future__ import annotations

from collections.abc import Iterable

from ondit.comparing.account import Account, account_of
from ondit.comparing.contradictions import contradictions
from ondit.comparing.derivation import Case, edges
from ondit.comparing.facts import facts_of, matches
from ondit.comparing.groups import groups
from ondit.comparing.habits import cautious
from ondit.comparing.network import cited, derivations, links, thinned
from ondit.comparing.origins import classes, origins
from ondit.comparing.vectors import Vectors
from ondit.model import Record
from ondit.model.comparison import Corroboration, Reported


def corroborate(
    records: Iterable[tuple[str, Record]],
    *,
    vectors: Vectors | None = None,
    habits: bool = False,
) -> Corroboration:
    """Return what the records share, and how many of them know it for themselves.

    Args:
        records: an id and a record of each report; records that failed take part with nothing.
            Ids and the order of the reports change nothing but how things are named and listed.
        vectors: sentence vectors, to propose which sentences answer each other; None goes without.
        habits: count what seems independent with care where two outlets share by habit.
    """
    found = compared(Case.of([account_of(name, record) for name, record in records], vectors))
    return cautious(found) if habits else found


def compared(case: Case) -> Corroboration:
    """Return what the reports of a case share."""
    ordered = thinned(links(case, edges(case)))
    ordered += cited(case, ordered)
    found = classes(case, ordered)
    facts = tuple(facts_of(n, account) for n, account in enumerate(case.accounts))
    matched = list(matches(case, ordered, facts, found))
    return Corroboration(
        reports=tuple(map(_reported, case.accounts)),
        derivations=tuple(derivations(case, ordered)),
        origins=origins(case, found),
        groups=tuple(groups(case, matched, facts, found)),
        contradictions=tuple(contradictions(case, ordered, matched, facts, found)),
    )


def _reported(account: Account) -> Reported:
    record, identity = account.record, account.identity
    return Reported(
        id=account.id,
        sha256=record.capture.sha256,
        path_or_url=record.input,
        outlet=identity.outlet,
        publisher=identity.publisher,
        family=identity.family,
        wires=tuple(dict.fromkeys(credit.shown for credit in identity.credits)),
        published=record.meta.published.value,
        language=record.language,
    )
