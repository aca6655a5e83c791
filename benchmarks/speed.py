"""Speed and memory of a whole read from HTML: one process, one core, the example case's pages.

Seconds say something about one machine only. What is judged is the cost of a read as a multiple
of a fixed piece of work done in the same run on the same pages: the bare extraction of their main
text by trafilatura.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import trafilatura

from ondit.capture import report_from_bytes
from ondit.examples import reports
from ondit.model import Record, Report
from ondit.reading.pipeline import read_report


def pages() -> list[tuple[str, bytes]]:
    """Return name and bytes of each HTML page of the example case."""
    return [(path.name, path.read_bytes()) for path in reports() if path.suffix == ".html"]


def read_page(name: str, content: bytes, timings: dict[str, float]) -> Record:
    """Return the record of one page; the seconds of the capture floor go into `timings`."""
    before = perf_counter()
    (report,) = report_from_bytes(content, name=name)
    timings["capture"] = timings.get("capture", 0.0) + perf_counter() - before
    return read_report(report, timings=timings)


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes."""
    before = process_time()
    work()
    return process_time() - before


def measure(rounds: int) -> dict[str, object]:
    """Return the figures over `rounds` passes over the pages, the first pass (loading) left out."""
    corpus = pages()
    loading = seconds(lambda: [read_page(*page, {}) for page in corpus])
    timings: dict[str, float] = {}
    records: list[Record] = []

    def read_all() -> None:
        records[:] = [read_page(*page, timings) for page in corpus]

    def extract_all() -> None:
        for _, content in corpus:
            trafilatura.extract(content, favor_precision=True)

    extract_all()
    reads, bare = [], []
    for _ in range(rounds):
        reads.append(seconds(read_all))
        bare.append(seconds(extract_all))
    whole = sum(timings.values())
    words = sum(len(record.text.split()) for record in records)
    producers = [record.producer for record in records if record.producer]
    return {
        **paces(corpus, rounds),
        "cost_ratio": median(reads) / median(bare),
        "articles_per_second": len(corpus) / median(reads),
        "words_per_second": words / median(reads),
        "peak_rss_mb": peak_rss_mb(),
        "first_pass_s": loading,
        "help_cpu_s": help_seconds(),
        **{f"share_{step}": 100 * spent / whole for step, spent in timings.items()},
        "documents": len(corpus) * rounds,
        "makers": sorted({model for producer in producers for model in producer.models}),
    }


def peak_rss_mb() -> float:
    """Return the most memory this process held, in MB.

    Linux counts in ``ru_maxrss`` what the parent held when it started this process (execve(2)
    keeps the mark of the memory it replaces), so the process's own mark is asked first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (kilobytes,) = re.findall(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def paces(corpus: list[tuple[str, bytes]], rounds: int) -> dict[str, float]:
    """Return words a CPU second of the parse, and of parse and attribution, for each language.

    Everything is warm. A step's CPU seconds are its share of the reading's.
    """
    figures: dict[str, float] = {}
    reports = [
        report for name, content in corpus for report in report_from_bytes(content, name=name)
    ]
    tongues = {report.input: read_report(report).language for report in reports}
    for language in sorted({tongue for tongue in tongues.values() if tongue}):
        own = [report for report in reports if tongues[report.input] == language]
        figures |= pace(own, language, rounds)
    return figures


def pace(reports: list[Report], language: str, rounds: int) -> dict[str, float]:
    """Return the figures of `paces` for the reports of one language."""
    timings: dict[str, float] = {}
    read = partial(read_report, language=language, timings=timings)
    spent = seconds(lambda: [read(report) for _ in range(rounds) for report in reports])
    words = rounds * sum(len(r.text[b.start : b.end].split()) for r in reports for b in r.blocks)
    scale = spent / sum(timings.values())
    parse, attribution = scale * timings["syntax"], scale * timings["attribution"]
    return {
        f"parse_words_per_second_{language}": words / parse,
        f"attributed_words_per_second_{language}": words / (parse + attribution),
        f"share_of_attribution_{language}": 100 * attribution / (parse + attribution),
    }


def help_seconds() -> float:
    """Return the CPU seconds of ``ondit --help``: the best of three, as a person finds it warm."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command: list[str | Path] = [Path(sys.executable).parent / "ondit", "--help"]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    """Measure, and print the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    print(json.dumps(measure(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
