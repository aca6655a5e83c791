"""A coverage-guided harness for the quotation machine, outside the suite.

    python tests/fuzz/fuzz_quotation.py -max_total_time=180 CORPUS_FOLDER

It needs `atheris`. Each byte of an input chooses a mark, a letter, a space or a line break, so that
the search spends its time on sequences of marks and not on finding them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["ondit.reading.quotation"]):
    from ondit.reading import quotation

from ondit.language.lexicon import load_pack
from ondit.model import Capture, Record
from tests.marked import plain

_ALPHABET = "«»“”„‘’\"'`‹› \u00a0\u202f\n\r\t.,;:!?…—–-()[]aAéÉsd159\u200b\U0001f600"


def run(data: bytes) -> None:
    """Check that any sequence of marks gives sound, nested, ordered quotations."""
    string = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in data[:2000])
    record = Record(input="fuzz", capture=Capture(sha256="0", bytes=0), text=string)
    found = list(quotation.find(plain(string), record, load_pack("fr")))
    ids = {q.id: q for q in found}
    if len(ids) != len(found):
        raise AssertionError(f"two quotations share an id in {string!r}")
    for one in found:
        if not one.span.holds(string) or "\n" in one.span.exact:
            raise AssertionError(f"{one.span} does not stand in one line of {string!r}")
        if one.parent and not ids[one.parent].span.contains(one.span):
            raise AssertionError(f"{one.span} lies outside its parent in {string!r}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, run)
    atheris.Fuzz()
