"""Texts whose attributions are marked with the speaker they resolve to.

``<s a="1" e="Ada Lorrain" w="named_person">`` is the source of attribution 1: the entity's name
(``-`` when a reader cannot tell) and the kind of source; ``<c a>`` and ``<q a>`` are its cue and
content. Where no source is written, ``e`` and ``w`` stand on the content.
Texts are parted by lines of ``====``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from ondit.language.lexicon import load_pack
from ondit.model import Attribution, Capture, Entity, Mention, Record, Text
from ondit.reading import mentions, quotation, speakers
from tests.marked import parsed

FOLDER = Path(__file__).parent / "speakers"
_TAG = re.compile(r'<(/?)([scq])((?: [a-z]+="[^"]*")*)>')


@dataclass
class Wanted:
    """One marked attribution: code point ranges of its parts, its speaker and kind."""

    parts: dict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: {"s": [], "c": [], "q": []}
    )
    speaker: str = "-"
    kind: str = "unspecified"


def texts(language: str) -> list[str]:
    """Return the marked texts of `language`."""
    return (FOLDER / f"{language}.txt").read_text("utf-8").split("\n====\n")


def unmarked(string: str) -> tuple[str, dict[str, Wanted]]:
    """Return the text of a marked string and its attributions by number."""
    out: list[str] = []
    length, position = 0, 0
    open_: list[tuple[str, int, dict[str, str]]] = []
    found: dict[str, Wanted] = {}
    for match in _TAG.finditer(string):
        piece = string[position : match.start()]
        out.append(piece)
        length += len(piece)
        position = match.end()
        if not match[1]:
            open_.append((match[2], length, dict(re.findall(r'([a-z]+)="([^"]*)"', match[3]))))
            continue
        tag, start, marks = open_.pop()
        assert tag == match[2], f"marks cross in {string!r}"
        wanted = found.setdefault(marks["a"], Wanted())
        wanted.parts[tag].append((start, length))
        if "e" in marks:
            wanted.speaker, wanted.kind = marks["e"], marks["w"]
    out.append(string[position:])
    return "".join(out), found


def bare_record(text: Text, language: str) -> Record:
    """Return a record of `text` with quotations, mentions and entities read."""
    pack = load_pack(language)
    record = Record(
        input="test",
        capture=Capture(sha256="0" * 64, bytes=0),
        text=text.string,
        language=language,
        blocks=text.blocks,
    )
    record = replace(record, quotations=tuple(quotation.find(text, record, pack)))
    found = list(mentions.find(text, record, pack))
    return replace(
        record,
        mentions=tuple(m for m in found if isinstance(m, Mention)),
        entities=tuple(e for e in found if isinstance(e, Entity)),
    )


def resolved(string: str, language: str) -> tuple[Record, dict[str, Wanted]]:
    """Return the record of a marked text, its marked attributions resolved, and what was wanted."""
    plain, wanted = unmarked(string)
    text = parsed(plain, language)
    record = replace(
        bare_record(text, language),
        attributions=tuple(_attribution(text, number, one) for number, one in wanted.items()),
    )
    return read_speakers(text, record, language), wanted


def read_speakers(text: Text, record: Record, language: str) -> Record:
    """Return `record` after the speakers step."""
    found = list(speakers.find(text, record, load_pack(language)))
    return replace(
        record,
        mentions=tuple(m for m in found if isinstance(m, Mention)),
        entities=tuple(e for e in found if isinstance(e, Entity)),
        attributions=tuple(a for a in found if isinstance(a, Attribution)),
    )


def _attribution(text: Text, number: str, wanted: Wanted) -> Attribution:
    source, cue, content = (
        tuple(text.span(*place) for place in sorted(wanted.parts[tag])) for tag in "scq"
    )
    quoted = text.string[content[0].start] in "«“"
    return Attribution(
        id=f"a-{number}",
        source=source,
        cue=cue,
        content=content,
        kind="direct" if quoted else "indirect",
        rule="marked",
    )
