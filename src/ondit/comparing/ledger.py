"""Ledger: a comparison that is kept, so that a report more is compared with what it touches alone.

How rare an anchor is, and which sentences belong to pages, is counted over a whole case and hardly
changes with one report. The ledger holds both still until the case has grown by a tenth; then all
is compared afresh. In between, a new report is looked up among the kept words and anchors of all
others, and only the reports that it touches, with all that hang together with them, are read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import msgspec
import numpy as np

from ondit.comparing.account import Account, account_of
from ondit.comparing.candidates import LEAST_SHARED, NEAREST, Pairs
from ondit.comparing.citing import citations
from ondit.comparing.comparison import Comparison
from ondit.comparing.corroboration import compared
from ondit.comparing.derivation import Case, names_something
from ondit.comparing.identity import TABLES
from ondit.comparing.stories import Rarity
from ondit.comparing.vectors import Vectors
from ondit.comparing.words import Keys
from ondit.language.lexicon import available, load_pack
from ondit.model import Record
from ondit.model.comparison import Corroboration, Derivation, ReportClaim

SMALL = 300
"""Reports up to which all is compared afresh: that takes about a second."""

GROWN = 0.1
"""Share by which a case may grow before its words are counted again."""

AT_ONCE = 50
"""New reports beyond which one comparison of everything is quicker than many of a few."""

_TOUCHING = 0.02
"""Least cosine of anchors of a report to be compared with a new one, as for contradictions."""

Names = list[tuple[str, str]]
Read = Callable[[str], Record]


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a report to find out whether another touches it."""

    digest: str
    anchors: bytes
    prints: bytes
    spoken: bytes
    names: tuple[str, ...]


class Ledger(msgspec.Struct, frozen=True):
    """A comparison, and what it takes to go on with it."""

    made_by: str
    """Version and options; what another one made is not gone on with."""
    counted: int
    """Reports over which anchors and page sentences were counted."""
    rare_anchors: bytes
    rare_counts: bytes
    rare_reports: int
    stock: bytes
    """Keys of the sentences that belong to pages."""
    reports: dict[str, Kept]
    sharing: Names
    near: Names
    speaking: Names
    found: Corroboration

    @property
    def rarity(self) -> Rarity:
        """How rare anchors are."""
        counts = np.frombuffer(self.rare_counts, np.int64)
        return Rarity(_keys(self.rare_anchors), counts, self.rare_reports)


def maker(*, embed: bool = False) -> str:
    """Return what a comparison depends on beside the reports: version, tables and options."""
    state = sha256()
    for path in sorted(TABLES.glob("*.toml")):
        state.update(path.read_bytes())
    packs = [load_pack(language).digest[:8] for language in available()]
    parts = ["ondit", version("ondit"), state.hexdigest()[:8], *packs, "vectors" * embed]
    return " ".join(part for part in parts if part)


def read_ledger(held: bytes | None) -> Ledger | None:
    """Return a kept ledger, or None where there is none or it cannot be used."""
    try:
        return msgspec.msgpack.decode(held, type=Ledger) if held else None
    except (msgspec.DecodeError, ValueError):
        return None


def written(ledger: Ledger) -> bytes:
    """Return the ledger as it is kept."""
    return msgspec.msgpack.encode(ledger)


def corroborate_on(
    digests: Mapping[str, str],
    read: Read,
    ledger: Ledger | None,
    *,
    made_by: str,
    vectors: Vectors | None = None,
) -> Ledger:
    """Return the ledger of the reports, gone on with from an older one where that can be.

    Args:
        digests: a digest of each report's record by its id, in the order of the case.
        read: gives the record of an id; asked for few where the ledger has the rest.
        ledger: an older comparison of the case, or None.
        made_by: version and options; a ledger made by another is not gone on with.
        vectors: as for `corroborate`.
    """
    if ledger is None or not _fits(ledger, digests, made_by):
        return _afresh(digests, read, made_by=made_by, vectors=vectors)
    new = [name for name in digests if name not in ledger.reports]
    return _gone_on(ledger, digests, read, new, vectors) if new else ledger


def _fits(ledger: Ledger, digests: Mapping[str, str], made_by: str) -> bool:
    """Return whether the reports of the ledger are still there, unchanged, and few are new."""
    new = len(digests) - len(ledger.reports)
    same = all(digests.get(name) == kept.digest for name, kept in ledger.reports.items())
    few = new <= AT_ONCE and len(digests) <= (1 + GROWN) * ledger.counted
    enough = not new or (few and len(digests) > SMALL)
    return ledger.made_by == made_by and same and enough and _is_whole(ledger)


def _is_whole(ledger: Ledger) -> bool:
    """Return whether the comparison speaks of the ledger's reports; a case may come from anyone."""
    found = ledger.found
    named = {
        *(end for d in found.derivations for end in (d.from_, d.to)),
        *(name for origin in found.origins for name in origin.reports),
        *(claim.report for group in found.groups for claim in group.claims),
        *(side.report for c in found.contradictions for side in (c.a, c.b)),
    }
    return named <= ledger.reports.keys() == {report.id for report in found.reports}


def _afresh(
    digests: Mapping[str, str], read: Read, *, made_by: str, vectors: Vectors | None
) -> Ledger:
    case = Case.of([account_of(name, read(name)) for name in digests], vectors)
    return Ledger(
        made_by=made_by,
        counted=len(digests),
        rare_anchors=case.rarity.keys.tobytes(),
        rare_counts=case.rarity.reports.tobytes(),
        rare_reports=case.rarity.count,
        stock=_stock(case.accounts).tobytes(),
        reports=dict(_kept(case, digests)),
        sharing=_named(case, case.sharing),
        near=_named(case, case.near),
        speaking=_named(case, case.speaking),
        found=compared(case),
    )


def _kept(case: Case, digests: Mapping[str, str]) -> Iterator[tuple[str, Kept]]:
    for account in case.accounts:
        yield (
            account.id,
            Kept(
                digest=digests[account.id],
                anchors=account.anchors.all.tobytes(),
                prints=account.fingerprints.tobytes(),
                spoken=np.unique(account.spoken[1]).tobytes(),
                names=tuple(sorted(account.identity.names)),
            ),
        )


def _stock(accounts: Iterable[Account]) -> Keys:
    keys = [account.sentence_keys[sorted(account.stock)] for account in accounts]
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *keys]))


def _named(case: Case, pairs: Pairs) -> Names:
    return [(case.accounts[one].id, case.accounts[other].id) for one, other in pairs]


def _keys(held: bytes) -> Keys:
    return np.frombuffer(held, np.uint64)


# -- one report more -------------------------------------------------------------------------------


def _gone_on(
    ledger: Ledger,
    digests: Mapping[str, str],
    read: Read,
    new: Sequence[str],
    vectors: Vectors | None,
) -> Ledger:
    """Return the ledger with new reports, compared with what they touch."""
    stock, names = _keys(ledger.stock), _outlets(ledger)
    added = {name: _account(name, read, stock) for name in new}
    names |= frozenset().union(*(account.identity.names for account in added.values()))
    pairs = _Pairs(ledger, added)
    members = _hanging_together(ledger.found, {*pairs.ends, *new})
    order = [name for name in digests if name in members]
    accounts = [added.get(name) or _account(name, read, stock) for name in order]
    case = _part(ledger, accounts, pairs, names, vectors)
    kept = dict(_kept(case, digests))
    return msgspec.structs.replace(
        ledger,
        reports=ledger.reports | {name: kept[name] for name in new},
        sharing=[*ledger.sharing, *pairs.sharing],
        near=[*ledger.near, *pairs.near],
        speaking=[*ledger.speaking, *pairs.speaking],
        found=_merged(ledger.found, compared(case), members, list(digests)),
    )


def _outlets(ledger: Ledger) -> frozenset[str]:
    return frozenset(name for kept in ledger.reports.values() for name in kept.names)


def _account(name: str, read: Read, stock: Keys) -> Account:
    account = account_of(name, read(name))
    aside = frozenset(map(int, np.flatnonzero(np.isin(account.sentence_keys, stock))))
    return account.without(aside) if aside else account


class _Pairs:
    """What is to be compared with new reports, found among the kept words and anchors."""

    def __init__(self, ledger: Ledger, added: Mapping[str, Account]) -> None:
        self.sharing: Names = []
        self.near: Names = []
        self.speaking: Names = []
        rarity, held = ledger.rarity, ledger.reports
        rows: list[tuple[str, Keys, Keys, Keys]] = [
            (n, _keys(kept.prints), _keys(kept.spoken), _keys(kept.anchors))
            for n, kept in held.items()
        ]
        for name, account in added.items():
            index = _Index(rows)
            spoken = np.unique(account.spoken[1])
            self.sharing += index.sharing(1, account.fingerprints, name)
            self.speaking += index.sharing(2, spoken, name)
            self.near += index.near(account, rarity, name)
            rows.append((name, account.fingerprints, spoken, account.anchors.all))

    @property
    def ends(self) -> set[str]:
        """The reports that new ones touch by words, anchors or quotations."""
        return {end for pair in (*self.sharing, *self.near, *self.speaking) for end in pair}


class _Index:
    """Words and anchors of many reports in a row, to ask which of them hold given ones."""

    def __init__(self, rows: Sequence[tuple[str, Keys, Keys, Keys]]) -> None:
        self._rows = rows
        self._joined: dict[int, tuple[Keys, Any]] = {}

    def _table(self, column: int) -> tuple[Keys, Any]:
        """Return the keys of all reports in a row, and the report of each."""
        if column not in self._joined:
            keys: list[Keys] = [row[column] for row in self._rows]  # type: ignore[misc]
            owners = np.repeat(np.arange(len(keys)), [len(row) for row in keys])
            self._joined[column] = np.concatenate([np.zeros(0, np.uint64), *keys]), owners
        return self._joined[column]

    def sharing(self, column: int, asked: Keys, name: str) -> Names:
        """Return the reports that hold enough of the keys asked for, each with `name`."""
        keys, owners = self._table(column)
        shared = np.bincount(owners[np.isin(keys, asked)], minlength=len(self._rows))
        return [(self._rows[n][0], name) for n in np.flatnonzero(shared >= LEAST_SHARED).tolist()]

    def near(self, account: Account, rarity: Rarity, name: str) -> Names:
        """Return the reports nearest to `account` by anchors, each with `name`."""
        keys, owners = self._table(3)
        inside = np.isin(keys, account.anchors.all)
        weights = rarity.of(keys[inside]) ** 2
        shared = np.bincount(owners[inside], weights, minlength=len(self._rows))
        own = rarity.size(account.id, account.anchors)
        found: Names = []
        for n in np.argsort(-shared, kind="stable")[:NEAREST].tolist():
            size = float(np.sqrt((rarity.of(self._rows[n][3]) ** 2).sum()))
            if shared[n] >= _TOUCHING * size * own > 0:
                found.append((self._rows[n][0], name))
        return found


def _hanging_together(found: Corroboration, touched: set[str]) -> set[str]:
    """Return the touched reports and all that share an origin, a tie or a claim with them."""
    beside: dict[str, set[str]] = defaultdict(set)
    sets: Iterable[Iterable[str]] = (
        *((d.from_, d.to) for d in found.derivations if d.kind != "shared-quote"),
        *(origin.reports for origin in found.origins),
        *({claim.report for claim in group.claims} for group in found.groups),
    )
    for members in map(tuple, sets):
        for member in members:
            beside[member].update(members)
    reached, waiting = set(touched), list(touched)
    while waiting:
        more = beside[waiting.pop()] - reached
        reached |= more
        waiting += more
    return reached


def _part(
    ledger: Ledger,
    accounts: Sequence[Account],
    pairs: _Pairs,
    names: frozenset[str],
    vectors: Vectors | None,
) -> Case:
    """Return the accounts as a case of their own, weighed as the whole case is."""
    place = {account.id: n for n, account in enumerate(accounts)}

    def inside(given: Iterable[tuple[str, str]]) -> Pairs:
        held = [(place[a], place[b]) for a, b in given if a in place and b in place]
        return sorted({(min(pair), max(pair)) for pair in held})

    told = [
        (one, other)
        for one, other in inside(pairs.sharing)
        if names_something(Comparison(accounts[one], accounts[other]))
    ]
    return Case(
        accounts=accounts,
        vectors=vectors,
        rarity=ledger.rarity,
        citations=[tuple(citations(account, names)) for account in accounts],
        sharing=sorted({*inside(ledger.sharing), *told}),
        near=inside([*ledger.near, *pairs.near]),
        speaking=inside([*ledger.speaking, *pairs.speaking]),
    )


def _merged(
    old: Corroboration, part: Corroboration, members: set[str], order: Sequence[str]
) -> Corroboration:
    """Return the old comparison with what lies among `members` replaced, in the case's order."""
    place = {name: n for n, name in enumerate(order)}

    def standing(reports: Iterable[str]) -> bool:
        return not set(reports) <= members

    def tie(one: Derivation) -> tuple[bool, int, int]:
        ends = sorted((place[one.from_], place[one.to]))
        return one.kind == "cites", ends[0], ends[1]

    def claim(one: ReportClaim) -> tuple[int, str]:
        return place[one.report], one.claim

    ties = [d for d in old.derivations if standing((d.from_, d.to))]
    known = [o for o in old.origins if standing(o.reports)]
    groups = [g for g in old.groups if standing(c.report for c in g.claims)]
    clashes = [c for c in old.contradictions if standing((c.a.report, c.b.report))]
    reports = {report.id: report for report in (*old.reports, *part.reports)}
    return Corroboration(
        reports=tuple(reports[name] for name in order),
        derivations=tuple(sorted((*ties, *part.derivations), key=tie)),
        origins=tuple(
            sorted((*known, *part.origins), key=lambda o: [place[name] for name in o.reports])
        ),
        groups=tuple(sorted((*groups, *part.groups), key=lambda g: claim(g.claims[0]))),
        contradictions=tuple(
            sorted((*clashes, *part.contradictions), key=lambda c: (claim(c.a), claim(c.b)))
        ),
    )
