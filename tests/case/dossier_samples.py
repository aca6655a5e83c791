"""Records of invented reports, made by hand, with all that a dossier has to show."""

# ruff: noqa: E501 - sentences of the samples stay on one line

from __future__ import annotations

import re
from typing import Any

from ondit.case.corrections import Correction
from ondit.model import (
    Attribution,
    Block,
    Candidate,
    Capture,
    Claim,
    Decision,
    Entity,
    Evidence,
    Failure,
    Furniture,
    Mention,
    Meta,
    Place,
    Producer,
    Published,
    Quantity,
    Quotation,
    Record,
    Segment,
    Span,
    Timex,
    cut,
    digest,
    identify,
)


class Sample:
    """A record under construction; annotations are placed by their words."""

    def __init__(self, text: str, *, name: str, language: str | None = None, **meta: Any) -> None:
        content = text.encode("utf-8", "replace")
        self.text = text
        self.key = digest(content + name.encode())
        self.layers: dict[str, list[Any]] = {}
        whole = cut(text, 0, len(text))
        self.record = Record(
            input=name,
            capture=Capture(
                sha256=self.key,
                bytes=len(content),
                media_type="text/plain",
                charset="utf-8",
                url="https://reports.example/" + name,
                fetched_at="2031-03-06T08:15:00+00:00",
                decision=Decision(charset="utf-8", method="utf-8"),
            ),
            text=text,
            language=language,
            meta=Meta(**meta),
            segments=(Segment(span=whole, byte_start=0, byte_end=len(content)),) if text else (),
            producer=Producer(
                ondit="0.0.test",
                models={"parser-1.0": "a" * 64},
                packs={language or "und": "b" * 64},
            ),
        )

    def at(self, words: str, nth: int = 0) -> Span:
        """Return the span of the `nth` occurrence of `words`."""
        start = [m.start() for m in re.finditer(re.escape(words), self.text)][nth]
        return cut(self.text, start, start + len(words))

    def add(self, layer: str, value: Any) -> str:
        """Return the id of `value`, which joins the record's `layer`."""
        self.layers.setdefault(layer, []).append(value)
        return getattr(value, "id", "")

    def furniture(self, words: str, kind: str) -> None:
        """Mark a stretch of furniture."""
        self.add("furniture", Furniture(span=self.at(words), kind=kind, rule="test"))

    def quote(self, words: str, *, nth: int = 0) -> None:
        """Mark a quotation, marks included."""
        span = self.at(words, nth)
        self.add(
            "quotations",
            Quotation(id=identify("q", self.key, [span]), span=span, closed=True, rule="pair"),
        )

    def entity(
        self, name: str, kind: str, source_kind: str | None, *where: str, **more: Any
    ) -> str:
        """Return the id of an entity mentioned at each of the words `where`."""
        made = identify("e", self.key, [], name)
        self.add(
            "entities",
            Entity(id=made, name=name, kind=kind, source_kind=source_kind, rule="test", **more),
        )
        for words in where or (name,):
            span = self.at(words)
            self.add(
                "mentions",
                Mention(
                    id=identify("m", self.key, [span], made),
                    span=span,
                    kind=kind,
                    entity=made,
                    rule="test",
                ),
            )
        return made

    def said(
        self, content: str, source: str | None, cue: str | None, source_kind: str, **more: Any
    ) -> str:
        """Return the id of an attribution."""
        sources = (self.at(source),) if source else ()
        cues = (self.at(cue),) if cue else ()
        spans = (*sources, *cues, self.at(content))
        anonymity = more.pop("anonymity", None)
        fields = {"kind": "indirect", "rule": "attribution.verb", **more}
        return self.add(
            "attributions",
            Attribution(
                id=identify("a", self.key, spans, source_kind),
                source=sources,
                cue=cues,
                content=(self.at(content),),
                source_kind=source_kind,
                anonymity=self.at(anonymity) if anonymity else None,
                **fields,
            ),
        )

    def claim(
        self, *words: str, status: str = "asserted", by: tuple[str, ...] = (), **more: Any
    ) -> str:
        """Return the id of a claim; `why` is a (rule, words) pair."""
        spans = tuple(self.at(part) for part in words)
        why = more.pop("why", None)
        evidence = (Evidence(span=self.at(why[1]), rule=why[0]),) if why else ()
        return self.add(
            "claims",
            Claim(
                id=identify("c", self.key, spans),
                span=spans if len(spans) > 1 else spans[0],
                status=status,
                attribution=by,
                evidence=evidence,
                **more,
            ),
        )

    def time(self, words: str, **more: Any) -> str:
        """Return the id of a time expression."""
        span = self.at(words)
        return self.add(
            "timexes",
            Timex(id=identify("t", self.key, [span]), span=span, type="DATE", rule="test", **more),
        )

    def place(self, words: str, **more: Any) -> str:
        """Return the id of a place."""
        span = self.at(words)
        return self.add(
            "places",
            Place(id=identify("p", self.key, [span]), span=span, name=words, rule="test", **more),
        )

    def quantity(self, words: str, **more: Any) -> str:
        """Return the id of a quantity."""
        span = self.at(words)
        return self.add(
            "quantities",
            Quantity(
                id=identify("n", self.key, [span]), span=span, kind="count", rule="test", **more
            ),
        )

    def done(self, **more: Any) -> Record:
        """Return the record, its anchors checked; blocks are the lines that are no furniture."""
        held = [f.span for f in self.layers.get("furniture", [])]
        lines = [
            m
            for m in re.finditer(r"[^\r\n]+", self.text)
            if not any(s.start < m.end() and m.start() < s.end for s in held)
        ]
        kinds = ["headline"] if self.record.meta.title == (lines and lines[0][0]) else []
        kinds += ["paragraph"] * len(lines)
        blocks = tuple(
            Block(start=m.start(), end=m.end(), kind=kind)
            for m, kind in zip(lines, kinds, strict=False)
        )
        values = {name: getattr(self.record, name) for name in self.record.__struct_fields__}
        layers = {name: tuple(found) for name, found in self.layers.items()}
        record = Record(**{**values, "blocks": blocks, **layers, **more})
        record.verify()
        return record


ENGINEER = """Home » News » Harbour
Ferry sailed with a faulty alarm, engineer says
By Thea Lindqvarn
The ferry that struck the wall had sailed for six weeks with a faulty rudder alarm, according to a former engineer of Selvane Lines who asked not to be named because he fears for his pension.
“The alarm went off in February,” the engineer told the Gazette, “and again in March.” He said the repair would be done in May, when the ship went to the yard.
The company denied that any repair had been put off. “No safety work has ever been postponed,” said Hadrien Maugrel, its chief executive.
A sailor quoted by the engineer believes that the captain may have tried to reverse the engines. Will the crossing reopen?
Seventeen people were treated, three of them last night, Saint-Elme hospital said on Wednesday. If the weather allows, the crossing to Brane will reopen on Thursday.
The seafarers’ union is planning a strike next week and hopes that others will join it.
Share · Copy link · Print"""

DISPATCH = """Port-Selvan : un ferry heurte la digue
Un ferry a heurté lundi soir la digue du Levant, à Port-Selvan, faisant au moins 14 blessés, a annoncé mardi la préfecture des Ormelles.
« Il n’y a aucun disparu », a déclaré la préfète, Maëlle Corvaisier.
Une avarie de barre serait à l’origine de l’accident, a indiqué une source proche de l’enquête. Le Bureau des accidents maritimes enverra trois enquêteurs.
En novembre 2024, un autre navire avait dû être remorqué, selon Hadrien Maugrel."""


def engineer() -> Record:
    """Return an English report that rests on one anonymous engineer; its day is not stated."""
    s = Sample(
        ENGINEER,
        name="gazette.txt",
        language="en",
        outlet="The Harbour Gazette",
        title="Ferry sailed with a faulty alarm, engineer says",
        byline="Thea Lindqvarn",
        verdict="article",
        verdict_reasons=("one long run of paragraphs",),
    )
    s.furniture("Home » News » Harbour", "breadcrumb")
    s.furniture("By Thea Lindqvarn", "byline")
    s.furniture("Share · Copy link · Print", "share")
    for words in (
        "“The alarm went off in February,”",
        "“and again in March.”",
        "“No safety work has ever been postponed,”",
    ):
        s.quote(words)
    man = s.entity(
        "a former engineer of Selvane Lines",
        "person",
        "anonymous_person",
        "a former engineer of Selvane Lines",
        "the engineer told",
        description="former engineer of Selvane Lines",
    )
    boss = s.entity("Hadrien Maugrel", "person", "named_person", description="its chief executive")
    line = s.entity(
        "Selvane Lines",
        "organisation",
        "organisation",
        "Selvane Lines",
        "The company",
        aliases=("The company",),
    )
    hospital = s.entity("Saint-Elme hospital", "organisation", "organisation")
    union = s.entity("The seafarers’ union", "organisation", "organisation")
    by_man = s.said(
        "The ferry that struck the wall had sailed for six weeks with a faulty rudder alarm",
        "a former engineer of Selvane Lines who asked not to be named because he fears for his pension",
        "according to",
        "anonymous_person",
        speaker=man,
        anonymity="asked not to be named",
    )
    direct = s.said(
        "“The alarm went off in February,”",
        "the engineer",
        "told",
        "anonymous_person",
        speaker=man,
        kind="direct",
        rule="attribution.quote",
    )
    he = s.said(
        "the repair would be done in May, when the ship went to the yard",
        "He",
        "said",
        "anonymous_person",
        speaker=man,
    )
    company = s.said(
        "that any repair had been put off",
        "The company",
        "denied",
        "organisation",
        speaker=line,
        act="denial",
    )
    chief = s.said(
        "“No safety work has ever been postponed,”",
        "Hadrien Maugrel, its chief executive",
        "said Hadrien"[:4],
        "named_person",
        speaker=boss,
        kind="direct",
    )
    quoted = s.said("A sailor", "the engineer", "quoted by", "anonymous_person", speaker=man)
    sailor = s.said(
        "that the captain may have tried to reverse the engines",
        "A sailor",
        "believes",
        "anonymous_person",
        parent=quoted,
        act="belief",
    )
    ward = s.said(
        "Seventeen people were treated, three of them last night",
        "Saint-Elme hospital",
        "said on Wednesday"[:4],
        "organisation",
        speaker=hospital,
    )
    hopes = s.said(
        "that others will join it",
        "The seafarers’ union",
        "hopes",
        "organisation",
        speaker=union,
        act="hope",
    )
    february = s.time("in February", symbolic="DCT-LAST-02")
    night = s.time("last night", symbolic="DCT-1D")
    week = s.time("next week", symbolic="DCT+1W")
    brane = s.place("Brane", candidates=({"geonames": 1}, {"geonames": 2}))
    many = s.quantity("Seventeen people", value=17, unit="people")
    s.claim(
        "The ferry that struck the wall had sailed for six weeks with a faulty rudder alarm",
        by=(by_man,),
    )
    s.claim("The ferry that struck the wall", by=(by_man,))
    s.claim(
        "The alarm went off in February",
        "and again in March",
        by=(direct,),
        times=(february,),
        basis="firsthand",
    )
    s.claim("again in March", by=(direct,))
    s.claim(
        "the repair would be done in May",
        status="planned",
        by=(he,),
        why=("mode.future-in-past", "would"),
    )
    s.claim("the ship went to the yard", by=(he,))
    s.claim(
        "any repair had been put off",
        status="denied",
        polarity="-",
        by=(company,),
        why=("denial.verb", "denied"),
        author_stance="relays",
        act="denial",
    )
    s.claim(
        "No safety work has ever been postponed",
        by=(chief,),
        polarity="-",
        why=("negation.no", "No"),
    )
    s.claim(
        "the captain may have tried to reverse the engines",
        status="hedged",
        by=(quoted, sailor),
        why=("hedge.may", "may"),
        certainty="possible",
        basis="hearsay",
    )
    s.claim("Will the crossing reopen", status="asked", why=("question.mark", "?"))
    s.claim("Seventeen people were treated", by=(ward,), quantities=(many,), time="past")
    s.claim("three of them last night", by=(ward,), times=(night,))
    s.claim(
        "the crossing to Brane will reopen on Thursday",
        status="conditional",
        places=(brane,),
        why=("condition.if", "If the weather allows"),
    )
    s.claim(
        "The seafarers’ union is planning a strike next week",
        status="planned",
        times=(week,),
        why=("plan.verb", "is planning"),
    )
    s.claim("others will join it", status="hoped", by=(hopes,), why=("hope.verb", "hopes"))
    return s.done()


def dispatch() -> Record:
    """Return a French dispatch with its day, dated claims, an unconfirmed and a predicted one."""
    day = "2031-03-04"
    s = Sample(
        DISPATCH,
        name="depeche.txt",
        language="fr",
        outlet="Agence Littoral",
        verdict="article",
        title="Port-Selvan : un ferry heurte la digue",
        published=Published(
            value=day,
            earliest=day,
            latest=day,
            conflict=True,
            evidence=(
                Candidate(field="published", value=day, source="text:dateline", chosen=True),
                Candidate(
                    field="published",
                    value="2031-03-05",
                    source="http:last-modified",
                    note="a day later",
                ),
            ),
        ),
    )
    s.quote("« Il n’y a aucun disparu »")
    office = s.entity("la préfecture des Ormelles", "organisation", "organisation")
    prefect = s.entity(
        "Maëlle Corvaisier",
        "person",
        "named_person",
        "la préfète, Maëlle Corvaisier",
        description="la préfète",
    )
    close = s.entity("une source proche de l’enquête", "person", "anonymous_person")
    boss = s.entity("Hadrien Maugrel", "person", "named_person")
    s.entity("Bureau des accidents maritimes", "organisation", None)
    by_office = s.said(
        "Un ferry a heurté lundi soir la digue du Levant, à Port-Selvan, faisant au moins 14 blessés",
        "la préfecture des Ormelles",
        "a annoncé",
        "organisation",
        speaker=office,
    )
    by_prefect = s.said(
        "« Il n’y a aucun disparu »",
        "la préfète, Maëlle Corvaisier",
        "a déclaré",
        "named_person",
        speaker=prefect,
        kind="direct",
    )
    by_close = s.said(
        "Une avarie de barre serait à l’origine de l’accident",
        "une source proche de l’enquête",
        "a indiqué",
        "anonymous_person",
        speaker=close,
        stance="distances",
    )
    by_boss = s.said(
        "un autre navire avait dû être remorqué",
        "Hadrien Maugrel",
        "selon",
        "named_person",
        speaker=boss,
    )
    monday = s.time("lundi soir", value="2031-03-03TEV", earliest="2031-03-03", latest="2031-03-03")
    november = s.time(
        "En novembre 2024", value="2024-11", earliest="2024-11-01", latest="2024-11-30"
    )
    wall = s.place("Port-Selvan", geonames=99, iso3166="XX", lat=1.0, lon=2.0)
    hurt = s.quantity("au moins 14 blessés", low=14, unit="blessés")
    s.claim(
        "Un ferry a heurté lundi soir la digue du Levant",
        by=(by_office,),
        times=(monday,),
        places=(wall,),
    )
    s.claim("faisant au moins 14 blessés", by=(by_office,), quantities=(hurt,))
    s.claim(
        "Il n’y a aucun disparu",
        by=(by_prefect,),
        polarity="-",
        why=("negation.ne-aucun", "n’y a aucun"),
    )
    s.claim(
        "Une avarie de barre serait à l’origine de l’accident",
        status="unconfirmed",
        by=(by_close,),
        why=("conditional.press", "serait"),
    )
    s.claim(
        "Le Bureau des accidents maritimes enverra trois enquêteurs",
        status="predicted",
        why=("future.simple", "enverra"),
    )
    s.claim("un autre navire avait dû être remorqué", by=(by_boss,), times=(november,))
    return s.done(failures=(Failure(step="quantities", reason="one number was not understood"),))


HOSTILE = (
    "<script>document.title='broken'</script> & \"quoted\" 'single'\r\n"
    "An <img src=x onerror=\"document.title='broken'\"> said </script><!-- that it ran.\r\n"
    "A name \u202egnp.exe\u202c and zero\u200bwidth, e\u0301te\u0301, \U0001f469\u200d\U0001f469\u200d\U0001f467, "
    "line\u2028separator; {{ 7 * 7 }} {% raw %} ${1} \x01 end."
)


def hostile() -> Record:
    """Return a report whose every captured field tries to break out of the page."""
    bad = "</title></script><script>document.title='broken'</script><!--\u2028"
    s = Sample(
        HOSTILE,
        name='x"><img src=x onerror=alert(1)>',
        language="en",
        title=bad,
        outlet=bad,
        byline=bad,
        verdict="article",
        canonical="javascript:document.title='broken'",
        verdict_reasons=(bad,),
    )
    who = s.entity(
        "An <img src=x onerror=\"document.title='broken'\">",
        "person",
        "named_person",
        aliases=(bad,),
        description=bad,
    )
    by = s.said(
        "</script><!-- that it ran",
        "An <img src=x onerror=\"document.title='broken'\">",
        "said",
        "named_person",
        speaker=who,
    )
    s.claim("</script><!-- that it ran", by=(by,), why=(bad, "said"))
    s.claim("A name \u202egnp.exe\u202c and zero\u200bwidth", status="unconfirmed")
    return s.done(failures=(Failure(step=bad, reason=bad),))


def unread() -> Record:
    """Return the record of a report that could not be read."""
    capture = Capture(sha256=digest(b"gone"), bytes=4)
    failure = Failure(step="capture", reason="these bytes are no page", fatal=True)
    return Record(
        input="gone.bin", capture=capture, meta=Meta(verdict="empty"), failures=(failure,)
    )


def decisions() -> tuple[Correction, ...]:
    """Return what a person decided: one on a claim of `engineer`, one whose claim is gone."""
    record = engineer()
    claim = next(c for c in record.claims if c.status == "hedged")
    taken = Correction(
        number=1,
        capture=record.capture.sha256,
        target=claim.id,
        layer="claims",
        anchor=claim.spans,
        field="status",
        value="hedged",
        was="asserted",
        who="ana",
        why="The sailor only believes it.",
        at="2031-03-07T10:00:00+00:00",
    )
    lost = Correction(
        number=2,
        capture=digest(b"another"),
        target="c-000000000000",
        layer="claims",
        anchor=(),
        field="status",
        value="denied",
        was="asserted",
        who="noé",
        why="Wrong report.",
        at="2031-03-07T11:00:00+00:00",
    )
    return taken, lost


def case() -> tuple[Record, ...]:
    """Return the records of one small case."""
    return engineer(), dispatch(), hostile(), unread()
