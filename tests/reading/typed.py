"""Sentences whose deeds are marked with their type and who is in them.

``<e t="ASSAULT" a="Rebels" r="convoy">attacked an army convoy</e>``: `t` is the type, `a` words of
the actor, `r` of the recipient, both left out where no role is expected or asked for. A type that
is found where no mark stands is an error; so is one that is not found. One sentence a line. Each
language has a development part, on which the pack was tuned, and a test part, which no entry was
written from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ondit.capture import report_from_bytes
from ondit.model import Claim, Record
from ondit.reading.pipeline import read_report

FOLDER = Path(__file__).parent / "events"
_TAG = re.compile(r"<e((?: [tar]=\"[^\"]*\")*)>|</e>")


class Wanted(NamedTuple):
    """One marked deed."""

    start: int
    end: int
    type: str
    actor: str | None
    recipient: str | None


class Verdict(NamedTuple):
    """A marked deed and the claim found to tell of it; either may be missing."""

    sentence: str
    wanted: Wanted | None
    found: Claim | None
    actor: bool | None = None
    """Whether the actor is right; None where none is marked, or nothing was found."""
    recipient: bool | None = None


def sentences(language: str, part: str) -> list[str]:
    """Return the marked sentences of `language`: its ``dev`` part or its ``test`` part."""
    return (FOLDER / f"{language}-{part}.txt").read_text("utf-8").splitlines()


def unmarked(string: str) -> tuple[str, list[Wanted]]:
    """Return the text of a marked sentence and its deeds."""
    out, found, length, position = [], [], 0, 0
    start, marks = 0, dict[str, str]()
    for match in _TAG.finditer(string):
        out.append(string[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match[1] is None:
            found.append(Wanted(start, length, marks["t"], marks.get("a"), marks.get("r")))
        else:
            start, marks = length, dict(re.findall(r'([tar])="([^"]*)"', match[1]))
    out.append(string[position:])
    return "".join(out), found


def read(string: str, language: str) -> Record:
    """Return the record of a sentence."""
    (report,) = report_from_bytes(string.encode(), name="sentence.txt", plain=True)
    return read_report(report, language=language)


def trigger(claim: Claim) -> tuple[int, int] | None:
    """Return where the words stand that a claim's type rests on."""
    spans = (e.span for e in claim.evidence if ".event." in e.rule)
    return next(((s.start, s.end) for s in spans), None)


def judged(string: str, language: str) -> Iterator[Verdict]:
    """Yield a verdict for every deed that is marked in `string` or found in it."""
    plain, wanted = unmarked(string)
    record = read(plain, language)
    typed = {trigger(claim): claim for claim in record.claims if claim.event is not None}
    for one in wanted:
        met = next((at for at in typed if at and _meets(at, typed[at], one)), None)
        claim = typed.pop(met) if met else None
        if claim is None:
            yield Verdict(plain, one, None)
        else:
            roles = (
                _plays(record, claim, "actor", one.actor),
                _plays(record, claim, "recipient", one.recipient),
            )
            yield Verdict(plain, one, claim, *roles)
    yield from (Verdict(plain, None, claim) for claim in typed.values())


def _meets(at: tuple[int, int], claim: Claim, one: Wanted) -> bool:
    return one.start <= at[0] < one.end and claim.event == one.type


def _plays(record: Record, claim: Claim, role: str, words: str | None) -> bool | None:
    """Return whether an entity that is mentioned by `words` plays `role`."""
    if words is None:
        return None
    start = record.text.lower().index(words.lower())
    named = {
        m.entity
        for m in record.mentions
        if m.span.start < start + len(words) and start < m.span.end
    }
    return bool(named & set(claim.roles.get(role, ())))


@cache
def verdicts(language: str, part: str) -> tuple[Verdict, ...]:
    """Return the verdicts of every sentence of a part."""
    return tuple(v for string in sentences(language, part) for v in judged(string, language))


def shares(language: str, part: str) -> dict[str, float]:
    """Return per cent of types found that are right, of those marked that are found, and roles.

    ``roles`` is of the roles that are marked on deeds which were found; ``wrong_roles`` of those
    found on them that name somebody else.
    """
    all_ = verdicts(language, part)
    right = sum(v.wanted is not None and v.found is not None for v in all_)
    found = sum(v.found is not None for v in all_)
    marked = sum(v.wanted is not None for v in all_)
    asked = [right for v in all_ for right in (v.actor, v.recipient) if right is not None]
    return {
        "precision": 100 * right / max(found, 1),
        "recall": 100 * right / max(marked, 1),
        "roles": 100 * sum(asked) / max(len(asked), 1),
        "n": len(all_),
    }
