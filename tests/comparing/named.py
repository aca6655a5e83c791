"""Pairs of names that are marked as one person's or two persons'.

``same | Ada Tarn, mayor, 41 | Ada Tarn, maire, 42``: name, role and age, the latter two where the
reports tell them. All are invented. What is only doubtful is no proposal. The development part
helped to write the rules of spelling; the test part was not looked at for them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from ondit.comparing.people import Bearer, Likeness, alike

FOLDER = Path(__file__).parent / "names"


class Verdict(NamedTuple):
    """A pair, whether it is one person, and what was made of it."""

    line: str
    same: bool
    found: Likeness | None

    @property
    def proposed(self) -> bool:
        """Whether the two were proposed as the same."""
        return self.found is not None and self.found.strength != "doubtful"


def bearer(words: str, report: str) -> Bearer:
    """Return whoever "name, role, age" speaks of."""
    name, *told = (part.strip() for part in words.split(","))
    ages = [int(part) for part in told if part.isdigit()]
    roles = tuple(part for part in told if not part.isdigit())
    age = ages[0] if ages else None
    return Bearer(report, f"e-{report}", name, "person", descriptions=roles, age=age)


@cache
def verdicts(part: str) -> tuple[Verdict, ...]:
    """Return a verdict for each pair of a part."""
    lines = (FOLDER / f"{part}.txt").read_text("utf-8").splitlines()
    return tuple(_verdict(line) for line in lines if not line.startswith("#"))


def _verdict(line: str) -> Verdict:
    label, one, other = line.split(" | ")
    return Verdict(line, label == "same", alike(bearer(one, "r1"), bearer(other, "r2")))


def shares(part: str) -> dict[str, float]:
    """Return per cent of proposed pairs that are one person, and of those pairs proposed."""
    all_ = verdicts(part)
    right = sum(v.same and v.proposed for v in all_)
    return {
        "precision": 100 * right / max(sum(v.proposed for v in all_), 1),
        "recall": 100 * right / sum(v.same for v in all_),
        "n": len(all_),
    }
