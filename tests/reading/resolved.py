"""Texts whose attributions are marked with the speaker they resolve to.

``<s a="1" e="Ada Lorrain" w="named_person">`` is the source of attribution 1: the entity's name
(``-`` when a reader cannot tell) and the kind of source; ``<c a>`` and ``<q a>`` are its cue and
content. Where no source is written, ``e`` and ``w`` stand on the content. Marks that stand inside
the content of another attribution belong below it in the chain.
Texts are parted by lines of ``====``. Each language has a development part, on which the resolver
was tuned, and a test part, which was written before it and never looked at while tuning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

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
    parent: str | None = None
    """Number of the attribution in whose content this one stands."""


class Verdict(NamedTuple):
    """What the resolver made of one marked attribution, and whether that is right."""

    number: str
    wanted: Wanted
    attribution: Attribution
    name: str | None
    """Of the entity that it found."""
    speaker: bool
    kind: bool
    parent: bool


def texts(language: str, part: str = "dev") -> list[str]:
    """Return the marked texts of `language`: its ``dev`` part or its ``test`` part."""
    string = (FOLDER / f"{language}-{part}.txt").read_text("utf-8")
    return string.rstrip("\n").split("\n====\n")


def judged(string: str, language: str) -> Iterator[Verdict]:
    """Yield a verdict for every attribution of the marked text `string`."""
    record, wanted = resolved(string, language)
    record.verify()
    entities = {e.id: e for e in record.entities}
    found = {a.id: a for a in record.attributions}
    for number, one in wanted.items():
        attribution = found[f"a-{number}"]
        entity = entities.get(attribution.speaker or "")
        yield Verdict(
            number,
            one,
            attribution,
            entity.name if entity else None,
            _is_meant(entity, one),
            attribution.source_kind == one.kind,
            attribution.parent == (f"a-{one.parent}" if one.parent else None),
        )


def shares(language: str, part: str) -> dict[str, float]:
    """Return how often speaker, kind and parent are right, per cent, and ``n``, out of how many."""
    tally: Counter[str] = Counter()
    for string in texts(language, part):
        for verdict in judged(string, language):
            tally["n"] += 1
            tally["speaker"] += verdict.speaker
            tally["source_kind"] += verdict.kind
            tally["parent"] += verdict.parent
    of = {name: 100 * tally[name] / tally["n"] for name in ("speaker", "source_kind", "parent")}
    return {**of, "n": tally["n"]}


def _is_meant(entity: Entity | None, wanted: Wanted) -> bool:
    """Return whether `entity` is the marked one.

    A person's name must be the whole name. Anything else may be called a little longer or shorter
    than the mark says ("the ministry", "the ministry of dykes"), articles do not count, and an
    acronym serves as well as the name.
    """
    if entity is None or wanted.speaker == "-":
        return entity is None and wanted.speaker == "-"
    meant = _bare(wanted.speaker)
    names = [_bare(name) for name in (entity.name, *entity.aliases)]
    if wanted.kind == "named_person":
        return names[0] == meant
    return any(_begins(a, b) or _begins(b, a) for a in names for b in (meant,))


_ARTICLE = re.compile(r"^(?:the|an?|les?|la|l’|l'|une?|des) ?", re.IGNORECASE)


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name).casefold().replace("'", "’")


def _begins(longer: str, shorter: str) -> bool:
    return longer == shorter or longer.startswith(f"{shorter} ")


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
        around = [
            other["a"] for tag_, _, other in open_ if tag_ == "q" and other["a"] != marks["a"]
        ]
        wanted.parent = around[-1] if around else wanted.parent
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
