"""How the cost of comparing grows: seconds and memory over synthetic reports, reading left out.

The reports are words without sense, made as fast as they are used: half of them told for
themselves, half reprinted, edited, cut, embedded or reworded from earlier ones, a few of which are
printed again and again, as agency texts are. Outlets repeat stock lines, chains share them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import accumulate
from time import perf_counter

from benchmarks.speed import peak_rss_mb
from ondit.comparing.corroboration import corroborate
from ondit.model import Block, Capture, Claim, Meta, Published, Quotation, Record, Span, cut

SIZES = {"quick": (250, 1000, 4000), "full": (1000, 10_000, 100_000)}
"""Reports of the three measurements of a run."""

_WORDS = 30_000
_OUTLETS = 400
_CHAINS = 12
_MEMORY = 3000
"""Earlier reports that may still be printed again."""

SHARES = {"own": 50, "verbatim": 20, "light": 12, "cut": 8, "embedded": 5, "reworded": 5}
"""In percent; half of the articles of 2013 in French online news were copied to some degree or
wholly (Cagé, Hervé, Viaud), and the kinds of copying are of the order of those in the worlds."""

Sentence = tuple[str, ...]


@dataclass(frozen=True)
class Synthetic:
    """One report as sentences of words, and where it stood."""

    number: int
    outlet: int
    kind: str
    sentences: tuple[Sentence, ...]


def reports(count: int, *, seed: int = 0) -> Iterator[Synthetic]:
    """Yield `count` reports, the same for the same seed; earlier ones are forgotten in time."""
    rng = random.Random(seed)  # noqa: S311  repeatable, no secret
    kinds, weights = list(SHARES), list(SHARES.values())
    known: list[tuple[Sentence, ...]] = []
    for number in range(count):
        kind = rng.choices(kinds, weights)[0] if known else "own"
        sentences = _told(rng, kind, known)
        if kind == "own":
            _remember(known, sentences, rng)
        yield Synthetic(number, rng.randrange(_OUTLETS), kind, sentences)


def _remember(
    known: list[tuple[Sentence, ...]], sentences: tuple[Sentence, ...], rng: random.Random
) -> None:
    if len(known) < _MEMORY:
        known.append(sentences)
    else:
        known[rng.randrange(_MEMORY)] = sentences


def _told(rng: random.Random, kind: str, known: list[tuple[Sentence, ...]]) -> tuple[Sentence, ...]:
    if kind == "own":
        return _own(rng, rng.randint(6, 14))
    # The square of a uniform number favours a few: what agencies send is printed by many.
    source = known[int(len(known) * rng.random() ** 2)]
    match kind:
        case "light":
            return tuple(_edited(rng, sentence, 0.04) for sentence in source)
        case "reworded":
            return tuple(_edited(rng, sentence, 0.3) for sentence in source)
        case "cut":
            return source[: max(3, len(source) // 2)]
        case "embedded":
            host, place = _own(rng, 8), rng.randrange(8)
            return host[:place] + source[1:5] + host[place:]
        case _:
            return source


def _own(rng: random.Random, length: int) -> tuple[Sentence, ...]:
    subject = rng.choices(_vocabulary(), k=20)
    return tuple(_sentence(rng, subject) for _ in range(length))


def _sentence(rng: random.Random, subject: list[str]) -> Sentence:
    size = rng.randint(10, 22)
    words = rng.choices(_vocabulary(), cum_weights=_weights(), k=size)
    words[rng.randrange(size)] = rng.choice(subject).capitalize()
    if rng.random() < 0.4:
        words[rng.randrange(1, size)] = str(rng.randint(11, 9999))
    words[0] = words[0].capitalize()
    return tuple(words)


def _edited(rng: random.Random, sentence: Sentence, share: float) -> Sentence:
    """Return `sentence` with a share of its words replaced."""
    return tuple(rng.choice(_vocabulary()) if rng.random() < share else word for word in sentence)


@cache
def _vocabulary() -> list[str]:
    rng = random.Random(1)  # noqa: S311  repeatable, no secret
    syllables = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "i", "o", "u", "an", "er")]
    found = {"".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(2 * _WORDS)}
    listed = sorted(found)
    rng.shuffle(listed)
    return listed[:_WORDS]


@cache
def _weights() -> list[float]:
    """Return running sums of how often each word comes: Zipf's law."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(len(_vocabulary()))))


@cache
def _stock(outlet: int) -> tuple[str, ...]:
    """Return the lines that an outlet, and the chain that it belongs to, repeats."""
    chain = random.Random(f"chain {outlet % _CHAINS}")  # noqa: S311  repeatable, no secret
    own = random.Random(f"outlet {outlet}")  # noqa: S311  repeatable, no secret
    return tuple(" ".join(_sentence(rng, ["press"])) + "." for rng in (chain, own))


def record(report: Synthetic) -> Record:
    """Return the record that reading a report would give: blocks, one quotation, four claims."""
    lines = [" ".join(sentence) + "." for sentence in report.sentences]
    lines[-1] = f"“{lines[-1]}”"
    lines += _stock(report.outlet)
    text = "\n".join(lines)
    ends = list(accumulate(len(line) + 1 for line in lines))
    spans = [cut(text, end - len(line) - 1, end - 1) for line, end in zip(lines, ends, strict=True)]
    quoted = spans[len(report.sentences) - 1]
    host = f"outlet{report.outlet}.example"
    return Record(
        input=f"{report.number}.html",
        capture=_capture(text, f"https://{host}/{report.number}"),
        text=text,
        language="en",
        meta=Meta(
            outlet=f"Outlet {report.outlet}",
            publisher=f"Outlet {report.outlet}",
            published=Published(value=_moment(report.number)),
            verdict="article",
        ),
        blocks=tuple(Block(start=span.start, end=span.end) for span in spans),
        quotations=(Quotation(id="q1", span=quoted, closed=True, rule="synthetic"),),
        claims=tuple(_claim(number, span) for number, span in enumerate(spans[:4])),
    )


def _capture(text: str, url: str) -> Capture:
    content = text.encode()
    return Capture(sha256=sha256(content).hexdigest(), bytes=len(content), url=url)


def _claim(number: int, span: Span) -> Claim:
    return Claim(id=f"c{number}", span=span, status="asserted")


def _moment(number: int) -> str:
    """Return a time for a report: about four thousand of them a day."""
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=20 * number)
    return moment.isoformat()


def measured(count: int) -> dict[str, float]:
    """Return seconds and peak memory (MiB) of comparing `count` reports, in this process.

    ``origins`` is the number of origins found, in percent of the accounts that there are.
    """
    records, accounts = [], 0
    for report in reports(count):
        records.append((str(report.number), record(report)))
        accounts += report.kind in ("own", "embedded")
    held = peak_rss_mb()
    before = perf_counter()
    found = corroborate(records)
    return {
        "seconds": perf_counter() - before,
        "memory": peak_rss_mb() - held,
        "whole_memory": peak_rss_mb(),
        "derivations": len(found.derivations),
        "origins": 100 * len(found.origins) / accounts,
    }


def scores(mode: str) -> tuple[int, dict[str, float]]:
    """Return the reports of the largest measurement, and what the three measurements gave."""
    results = {size: _apart(size) for size in SIZES[mode]}
    found = {
        f"{name}.{figure}": result[figure]
        for name, result in zip(("small", "middle", "large"), results.values(), strict=True)
        for figure in ("seconds", "memory", "origins")
    }
    small, _, large = SIZES[mode]
    found["exponent"] = _exponent(results, small, large, "seconds")
    return large, found


def _exponent(results: dict[int, dict[str, float]], small: int, large: int, figure: str) -> float:
    """Return the power of the number of reports with which a figure grows."""
    return math.log(results[large][figure] / results[small][figure]) / math.log(large / small)


def _apart(size: int) -> dict[str, float]:
    """Return what a process of its own measures, so that no run leaves memory to the next."""
    command = [sys.executable, "-m", "benchmarks.scale", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure one size and print what was found as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="synthetic reports")
    print(json.dumps(measured(parser.parse_args().count)))


if __name__ == "__main__":
    main()
