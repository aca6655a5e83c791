"""Furniture of a page saved as plain text: what belongs to the page and not to the report.

Nothing is removed; lines are labelled. Four kinds of reason are used, from sure to weak: a wording
that only pages have, the place in the head or the tail of the page, the repetition of the
headline, and a language other than the page's. A line that none of them marks is body: furniture
left in costs a reader a moment, a body line lost costs a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from ondit.capture.dateline import Dated, read_date
from ondit.capture.phrases import Phrases, Wording, fold, label, load
from ondit.model import Candidate, Furniture, cut
from ondit.model.capture import BlockKind, FurnitureKind

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_EDGE_SPACE = " \t\u00a0\u202f\u2009\ufeff\u200b\u3000"
_SENTENCE_END = re.compile(r"[.!?…؟。][»”\"’')\]]*$")
_QUOTES = frozenset('«»“”„"')
_CRUMB = re.compile(r"\s+[»›>→▸⟩]\s+|\s+::\s+")
_MENU_GAP = re.compile(r"[\s|•·,/]+")
_BAR = re.compile(r"\s+[|•·–—]\s+|\s*\|\s*")
_RULER = re.compile(r"[-–—_=*~•·]{2,}$")
_OUTLET = re.compile(r"^(?P<title>.{10,}?)\s+[-–—|•]\s+(?P<outlet>[^|•–—]{2,60})$")
_COPYRIGHT = re.compile(
    r"^(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*[,:]?\s*(?P<outlet>[^.,|]{2,60})",
    re.IGNORECASE,
)
# Structural rules look no further than this many lines from either end of a page.
_EDGE_LINES = 60


class Line:
    """One line that holds more than white space; offsets count in the whole text."""

    def __init__(self, index: int, start: int, end: int, string: str) -> None:
        self.index, self.start, self.end, self.string = index, start, end, string

    @cached_property
    def fold(self) -> str:
        """The form for comparing wordings."""
        return fold(self.string)

    @cached_property
    def label(self) -> str:
        """The folded form without ornaments; no wording is as long as a long paragraph."""
        return label(self.string) if len(self.string) <= 600 else self.string

    @cached_property
    def words(self) -> int:
        """Number of words between white space."""
        return len(self.string.split())

    @property
    def ends(self) -> bool:
        """Whether the line ends like a sentence."""
        return bool(_SENTENCE_END.search(self.string))

    @property
    def prose(self) -> bool:
        """Whether the line reads like a paragraph: long, many words, a sentence's end.

        A single question or exclamation may be a headline, so it needs a second sentence.
        """
        if len(self.string) >= 200:
            return True
        if not self.ends or len(self.string) < 50 or (self.words < 8 and self.string.isascii()):
            return False
        return self.string.rstrip("»”\"’')]")[-1] in ".…。" or "." in self.string[:-3]

    @property
    def headlike(self) -> bool:
        """Whether the line could be a headline: some words, no full stop, not too long."""
        last = self.string[-1]
        return 12 <= len(self.string) <= 250 and self.words >= 2 and last not in ".;,:"


class Mark(msgspec.Struct, frozen=True):
    """Why a line is furniture."""

    kind: FurnitureKind
    rule: str


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What a plain page is made of: its lines, which of them are furniture, and what they tell."""

    lines: tuple[Line, ...]
    marks: dict[int, Mark]
    """By line index."""
    headline: Line | None = None
    candidates: tuple[Candidate, ...] = ()
    kinds: dict[int, BlockKind] = {}
    """Kinds of lines that are neither headline nor paragraph, by line index (Markdown)."""
    signs: dict[int, int] = {}
    """Number of characters at the start of a line that are signs and not text (Markdown)."""

    def furniture(self, string: str) -> tuple[Furniture, ...]:
        """Return the marked lines as furniture of `string`, in order."""
        return tuple(
            Furniture(span=cut(string, line.start, line.end), kind=mark.kind, rule=mark.rule)
            for line in self.lines
            if (mark := self.marks.get(line.index))
        )


def read_lines(string: str) -> tuple[Line, ...]:
    """Return the lines of `string` that hold more than white space, without their edges' space."""
    found: list[Line] = []
    for match in _LINE.finditer(string):
        text = match[0].strip(_EDGE_SPACE)
        if text:
            start = match.start() + match[0].index(text)
            found.append(Line(len(found), start, start + len(text), text))
    return tuple(found)


def find_furniture(string: str, *, title: str | None = None) -> Layout:
    """Return the layout of a page saved as plain text.

    Args:
        string: the text.
        title: the headline, when a container tells it (the subject of a letter).
    """
    return _Page(read_lines(string), load(), title).layout()


def bare_layout(string: str) -> Layout:
    """Return the layout of clean text: no furniture, the first line its headline if like one."""
    lines = read_lines(string)
    first = lines[0] if len(lines) > 1 else None
    is_headline = (
        first is not None and first.headlike and not first.prose and len(first.string) < 160
    )
    return Layout(lines=lines, marks={}, headline=first if is_headline else None)


class _Page:
    """The marking of one page; each method adds marks for one kind of reason."""

    def __init__(self, lines: tuple[Line, ...], phrases: Phrases, title: str | None) -> None:
        self.lines, self.phrases, self.title = lines, phrases, title
        self.marks: dict[int, Mark] = {}
        self.wordings: dict[int, Wording | None] = {}
        self.candidates: list[Candidate] = []
        self.headline: Line | None = None

    def layout(self) -> Layout:
        self.mark_wordings()
        self.mark_comments()
        self.head, self.tail = self.find_head(), self.find_tail()
        self.find_headline()
        self.mark_head()
        self.mark_repeats()
        self.mark_announced()
        self.mark_tail()
        return Layout(
            lines=self.lines,
            marks=self.marks,
            headline=self.headline,
            candidates=tuple(self.candidates),
        )

    def mark(self, line: Line, kind: FurnitureKind, rule: str) -> None:
        self.marks.setdefault(line.index, Mark(kind, rule))

    def open_lines(self, lines: tuple[Line, ...]) -> Iterator[Line]:
        return (line for line in lines if line.index not in self.marks)

    # -- wordings that mark a line wherever it stands -----------------------------------------

    def mark_wordings(self) -> None:
        for line in self.lines:
            wording = self.wording(line)
            if wording and wording.where == "anywhere":
                self.mark(line, wording.kind, wording.rule)

    def wording(self, line: Line) -> Wording | None:
        """Return the lexical reason to mark the line, if there is one; asked up to three times."""
        if line.index not in self.wordings:
            self.wordings[line.index] = self.look_up(line)
        return self.wordings[line.index]

    def look_up(self, line: Line) -> Wording | None:
        if _RULER.match(line.string):
            return Wording("other", "line", "anywhere", "ruler")
        if len(line.string) > 600:
            return None
        known = self.phrases.labels.get(line.label)
        return known or self.menu(line) or self.opening(line) or self.inside(line)

    def menu(self, line: Line) -> Wording | None:
        parts = [p for p in _MENU_GAP.split(line.fold) if p]
        if len(parts) < 2 or len(parts) > 40:
            return None
        known = [self.phrases.menu.get(p) for p in parts]
        return known[0] if all(known) else None

    def opening(self, line: Line) -> Wording | None:
        if (
            self.phrases.addresses
            and line.words == 1
            and line.fold.startswith(self.phrases.addresses)
        ):
            return Wording("other", "address", "edges", "und:other:address")
        match = self.phrases.opening.match(line.fold)
        if not match or len(line.string) > 220:
            return None
        return self.phrases.openings[match[0]]

    def inside(self, line: Line) -> Wording | None:
        match = self.phrases.inside.search(line.fold)
        if not match or _QUOTES & set(line.string):
            return None
        return self.phrases.insides[match[0]]

    # -- the two edges of the page ------------------------------------------------------------

    def find_head(self) -> tuple[Line, ...]:
        """Return the lines above the first paragraph, marking those whose wording says so."""
        return tuple(self.walk(self.lines))

    def find_tail(self) -> tuple[Line, ...]:
        """Return the lines below the last paragraph, in page order; all, when there is none."""
        return tuple(reversed(list(self.walk(tuple(reversed(self.lines))))))

    def walk(self, lines: tuple[Line, ...]) -> Iterator[Line]:
        for line in lines:
            if line.index not in self.marks:
                wording = self.wording(line)
                if wording and wording.where != "tail":
                    self.mark(line, wording.kind, wording.rule)
                elif self.foreign(line):
                    self.mark(line, "other", "language")
                elif line.prose and not self.crumbs(line):
                    return
            yield line

    def foreign(self, line: Line) -> bool:
        """Whether the line speaks of the page's business in another language than the page."""
        if _QUOTES & set(line.string) or not self.phrases.weak.search(line.fold):
            return False
        language = self.phrases.language(line.string)
        return language is not None and self.language not in {None, language}

    @cached_property
    def language(self) -> str | None:
        """The language of the page's paragraphs."""
        prose = (line.string for line in self.lines if line.prose)
        return self.phrases.language(" ".join(prose)[:6000])

    # -- the head: breadcrumb, section, headline, byline, date --------------------------------

    def find_headline(self) -> None:
        near = self.head[:_EDGE_LINES] or self.lines[:1]
        free = [line for line in self.open_lines(near) if line.headlike and not self.crumbs(line)]
        self.headline = (
            self.announced()
            or self.repeated(free)
            or next((line for line in free if not self.kicker(line) and not self.dated(line)), None)
        )

    def announced(self) -> Line | None:
        """Return the line that says the title a container told; above it stands the masthead."""
        title = label(self.title or "")
        found = next((ln for ln in self.lines[:_EDGE_LINES] if title and ln.label == title), None)
        above = self.lines[: found.index] if found else ()
        if any(line.prose for line in above):
            return None
        for line in above:
            self.mark(line, "other", "head:masthead")
        return found

    def repeated(self, free: list[Line]) -> Line | None:
        """Return the first line that another line of the head says again, alone or as a crumb."""
        for line in free:
            others = (o for o in self.lines[:_EDGE_LINES] if o is not line)
            if any(o.label == line.label or self.retells(o, line) for o in others):
                return line
        return None

    def retells(self, line: Line, headline: Line) -> bool:
        """Whether `line` is a breadcrumb or a page title built around the headline."""
        crumbs = self.crumbs(line)
        if crumbs and _same_title(crumbs[-1], headline.string):
            return True
        match = _OUTLET.match(line.string)
        return bool(match) and label(match["title"]) == headline.label if match else False

    def crumbs(self, line: Line) -> list[str]:
        """Return the parts of a breadcrumb line; empty when it is none."""
        parts = _CRUMB.split(line.string)
        if len(parts) < 2 or not all(parts) or line.index >= _EDGE_LINES:
            return []
        short = all(len(p) <= 32 and len(p.split()) <= 4 for p in parts[:-1])
        home = fold(parts[0]) in self.phrases.home
        return parts if short and (home or len(parts) > 2 or not line.prose) else []

    def kicker(self, line: Line) -> bool:
        """Whether the line names a section: a known name, or a word or two in capitals."""
        capitals = line.string.isupper() and len(line.string) <= 28 and line.words <= 3
        return line.label in self.phrases.sections or capitals

    def mark_head(self) -> None:
        position = self.headline.index if self.headline else -1
        for line in self.open_lines(self.head[:_EDGE_LINES]):
            if line is self.headline:
                continue
            if self.mark_breadcrumb(line) or self.mark_title(line):
                continue
            if line.index < position and self.kicker(line):
                self.mark(line, "section", "head:section")
                self.tell("section", line.string, "text:section")
            elif line.label in self.phrases.sections:
                self.mark(line, "section", "head:section")
            else:
                self.mark_signature(line, below=line.index > position >= 0)

    def mark_breadcrumb(self, line: Line) -> bool:
        crumbs = self.crumbs(line)
        home = bool(crumbs) and fold(crumbs[0]) in self.phrases.home
        named = (
            bool(crumbs)
            and self.headline is not None
            and _same_title(crumbs[-1], self.headline.string)
        )
        if not (home or named or len(crumbs) > 2):
            return False
        self.mark(line, "breadcrumb", "head:breadcrumb")
        middle = crumbs[1 if home else 0 : -1 if named else None]
        if middle:
            self.tell("section", middle[-1], "text:breadcrumb")
        return True

    def mark_title(self, line: Line) -> bool:
        match = _OUTLET.match(line.string)
        if not match or not self.headline or label(match["title"]) != self.headline.label:
            return False
        self.mark(line, "headline-repeat", "head:page-title")
        self.tell("outlet", match["outlet"].strip(), "text:page-title")
        return True

    def mark_signature(self, line: Line, *, below: bool) -> None:
        """Mark a byline or a date line, also where bars join several on one line."""
        parts = [p.strip() for p in _BAR.split(line.string) if p.strip()]
        kinds = [self.signature(part, below=below) for part in parts]
        if not parts or not all(kinds):
            return
        kind: FurnitureKind = "byline" if "byline" in kinds else "dateline"
        self.mark(line, kind, f"head:{kind}")
        for part, found in zip(parts, kinds, strict=True):
            self.tell_signature(part, found)

    def signature(self, part: str, *, below: bool) -> FurnitureKind | None:
        if label(part) in self.phrases.by:
            return "byline"
        if _is_dateline(part, self.phrases):
            return "dateline"
        return "byline" if below and self.author(part) else None

    def author(self, part: str) -> str | None:
        """Return the names of a line such as "Par Jeanne Dupré et Marc Orvel", else None."""
        plain = part.strip()
        match = self.phrases.by_opening.match(fold(plain))
        if not match or len(plain) > 90 or plain[-1] in ".!?" or _QUOTES & set(plain):
            return None
        lead = len(match[0].split())
        names = plain.split()[lead:]
        capital = [w for w in names if _may_name(w)]
        rest = [
            w
            for w in names
            if w not in capital and fold(w).strip(",") not in self.phrases.connectors
        ]
        return " ".join(names) if len(capital) >= 2 and not rest and len(names) <= 10 else None

    def dated(self, line: Line) -> bool:
        return _is_dateline(line.string, self.phrases)

    def tell_signature(self, part: str, kind: FurnitureKind | None) -> None:
        if kind == "byline":
            names = self.author(part)
            if names:
                self.tell("byline", names, "text:byline")
            return
        found, field = _read_dateline(part, self.phrases)
        if found and found.value:
            self.tell(field, found.value, "text:dateline", note=part)

    def tell(self, field: str, value: str, source: str, *, note: str | None = None) -> None:
        self.candidates.append(Candidate(field=field, value=value, source=source, note=note))

    # -- repetition, announced lines, the tail -------------------------------------------------

    def mark_repeats(self) -> None:
        if not self.headline or self.headline.prose:
            return
        for line in self.open_lines(self.lines):
            again = line is not self.headline and line.label == self.headline.label
            if again and len(line.label) >= 12:
                self.mark(line, "headline-repeat", "headline-repeat")

    def mark_announced(self) -> None:
        """Mark the one line under a label such as "Read also", when it looks like a teaser."""
        for line in self.lines[:-1]:
            known = self.phrases.labels.get(line.label)
            below = self.lines[line.index + 1]
            if known and known.shape == "label" and self.teaser(below):
                self.mark(below, known.kind, f"{known.rule}:below")

    def teaser(self, line: Line) -> bool:
        free = line.index not in self.marks and line is not self.headline
        return free and line.headlike and not line.prose and not line.ends

    def mark_tail(self) -> None:
        announced: Mark | None = None
        for line in self.tail:
            known = self.phrases.endless.get(line.label)
            if known:
                announced = Mark(known.kind, f"{known.rule}:below")
                self.marks[line.index] = Mark(known.kind, known.rule)
            elif announced and (self.teaser(line) or line.words == 1):
                self.mark(line, announced.kind, announced.rule)
            elif line.index not in self.marks:
                self.mark_tail_line(line)
        self.tell_copyright()

    def mark_tail_line(self, line: Line) -> None:
        if line is self.headline:
            return
        parts = [p for p in _BAR.split(line.string) if p.strip()]
        if len(parts) >= 3 and all(fold(p) in self.phrases.sections for p in parts):
            self.mark(line, "navigation", "tail:menu")
        elif label(line.string) in self.phrases.by:
            self.mark(line, "byline", "tail:byline")
        elif _opens_dateline(line.string, self.phrases) and self.dated(line):
            self.mark(line, "dateline", "tail:dateline")
            self.tell_signature(line.string, "dateline")

    def mark_comments(self) -> None:
        """Mark everything under a heading such as "Comments (12)" that follows the report."""
        paragraphs = 0
        for line in self.lines:
            known = self.phrases.endless.get(line.label)
            if known and known.kind == "comments" and paragraphs >= 3:
                for under in self.lines[line.index :]:
                    self.mark(under, "comments", known.rule)
                return
            paragraphs += line.prose and line.index not in self.marks

    def tell_copyright(self) -> None:
        for line in self.lines:
            mark = self.marks.get(line.index)
            match = _COPYRIGHT.match(line.string) if mark and mark.kind == "copyright" else None
            if match:
                self.tell("outlet", match["outlet"].strip(), "text:copyright")


def _may_name(word: str) -> bool:
    """Whether a word begins with a capital, or with a letter of a script that has none."""
    first = word.lstrip("(&/")[:1]
    return first.isupper() or (first.isalpha() and not first.islower())


def _same_title(crumb: str, headline: str) -> bool:
    """Whether a breadcrumb's last part is the headline, whole or cut short with dots."""
    short, whole = label(crumb), label(headline)
    if short == whole:
        return True
    cut_short = short.rstrip(".… ")
    return len(cut_short) >= 12 and cut_short != short and whole.startswith(cut_short)


def _opens_dateline(line: str, phrases: Phrases) -> bool:
    return bool(phrases.date_opening.match(fold(line)))


def _is_dateline(line: str, phrases: Phrases) -> bool:
    """Whether the line is a date, alone or after words such as "Publié le"."""
    if len(line) > 140 or not any(c.isdigit() for c in line):
        return False
    found, _ = _read_dateline(line, phrases)
    if found is None:
        return False
    if _opens_dateline(line, phrases):
        return len(line.split()) <= 22
    # A bare date: nothing but a weekday before it, nothing but a time of day after it.
    before, after = line[: found.start].split(), line[found.end :]
    return (
        len(before) <= 1 and len(re.sub(r"[\d\W]+", " ", after).split()) <= 2 and len(after) <= 24
    )


def _read_dateline(line: str, phrases: Phrases) -> tuple[Dated | None, str]:
    """Return the date of the line and the field it fills, ``published`` or ``modified``."""
    match = phrases.date_opening.match(fold(line))
    words = match[1] if match else ""
    language = phrases.published.get(words) or phrases.modified.get(words)
    field = "modified" if words in phrases.modified else "published"
    return read_date(line, language=language), field
