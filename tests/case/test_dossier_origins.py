"""The chapter on origins: what it counts, shows and never says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ondit.case.dossier import render_dossier
from ondit.case.dossier.evidence import KINDS, proofs
from ondit.case.dossier.filed import file
from ondit.case.dossier.origins import PROVEN, Chapter, chapter
from ondit.case.dossier.page import assemble
from ondit.case.dossier.wording import wording
from ondit.model import Record
from ondit.model.comparison import Corroboration, Group, Interval, Origin, Pairing, ReportClaim
from tests.case import dossier_samples
from tests.case import origin_samples as samples
from tests.case.test_dossier import AT, Reader

Case = tuple[tuple[Record, ...], Corroboration]


def page(case: Case, **more: Any) -> str:
    records, found = case
    return render_dossier(records, title="The gate", generated_at=AT, corroboration=found, **more)


def told(case: Case, lang: str = "en") -> Chapter:
    articles, _ = assemble(file(case[0]))
    return chapter(articles, case[1], wording(lang))


@pytest.fixture(scope="module")
def agency() -> Case:
    return samples.agency()


def test_origins_of_several_reports_are_chains_the_widest_first(agency: Case) -> None:
    found = told(agency)
    assert (found.reports, found.origins) == (6, 3)
    assert [chain.title for chain in found.chains] == [
        "Began with Agence Littoral, handed on by 2 reports",
        "2 reports of one origin; none is known to be the first",
    ]
    assert [[s.filed.number for s in c.steps] for c in found.chains] == [[1, 2, 3], [4, 5]]
    assert [filed.number for filed in found.alone] == [6]


def test_a_chain_leads_from_whom_it_rests_on_to_the_last_report(agency: Case) -> None:
    stops = told(agency).chains[0].picture.drawing.stops
    assert [(at.stop.kind, at.name) for at in stops] == [
        ("source", "the harbour office"),
        ("report", "Agence Littoral"),
        ("report", "Le Courrier"),
        ("report", "The Harbour Gazette"),
    ]
    assert [at.label for at in stops][2:] == [
        "partial copy · 3 March 2031",
        "rewrite · 4 March 2031",
    ]


def test_a_beginning_that_no_page_shows_is_drawn_as_such(agency: Case) -> None:
    drawing = told(agency).chains[1].picture.drawing
    assert [at.stop.kind for at in drawing.stops] == ["source", "open", "report", "report"]
    assert [line.known for line in drawing.lines] == [True, False, False]
    assert [at.first for at in drawing.stops] == [False] * 4


def test_claims_of_several_origins_stand_apart_from_those_only_handed_on(agency: Case) -> None:
    found = told(agency)
    assert [matter.heading for matter in found.matters] == [
        "Reported independently by 2 to 3",
        "Reported independently by 2",
    ]
    assert [len(chain.handed) for chain in found.chains] == [1, 0]
    assert found.chains[0].handed[0].heading == "Reported by one origin"


def test_one_source_behind_several_origins_stands_once_above_them(agency: Case) -> None:
    picture = told(agency).matters[0].picture
    assert picture is not None
    stops = picture.drawing.stops
    assert [at.stop.kind for at in stops].count("source") == 1
    roots = [at.stop.sign for at in stops if at.stop.above == 0]
    assert roots == ["1", "?", "6"]
    assert any("rewrite of report 2, which came in between" in at.stop.label for at in stops)


def test_what_hands_nothing_on_stands_apart(agency: Case) -> None:
    assert [aside.words for aside in told(agency).asides] == [
        "names report 1, Agence Littoral",
        "quotes the same words as report 5, The Gull",
    ]


def test_the_head_of_a_report_says_on_what_it_depends(agency: Case) -> None:
    lines = told(agency).lines
    assert [line.words for line in lines[2]] == [
        "partial copy of report 1, Agence Littoral",
        "rewritten by report 3, The Harbour Gazette",
    ]
    assert lines[5][0].words == (
        "translation of report 4, La Dépêche, or the reverse, or both of a third"
    )
    html = page(agency)
    assert '<li><a href="#d1">partial copy of report 1, Agence Littoral</a></li>' in html


def test_a_report_that_nothing_ties_says_so() -> None:
    shared = samples.Shared(samples.report(1), samples.report(2))
    html = page((shared.records, shared.done()))
    assert html.count("Nothing on the pages shows that this report depends on another one.") == 2


def test_contradictions_stand_side_by_side_with_their_reason(agency: Case) -> None:
    (clash,) = told(agency).clashes
    assert (clash.kind, clash.proofs[0].note) == ("disagreement", "14 against 12 or fewer")
    html = page(agency)
    assert "Two accounts that do not fit together." in html


def test_the_agency_that_all_credit_stands_above_them() -> None:
    shared = samples.Shared(samples.report(1), samples.report(2), samples.report(3))
    shared.tie(1, 2, "copy", known=False)
    shared.origin(1, 2, unseen="Agence Lointaine")
    shared.group((1, 0), (2, 0), (3, 0), low=1, high=2)
    found = told((shared.records, shared.done()))
    assert found.chains[0].title == (
        "2 reports that all credit Agence Lointaine, which is not among them"
    )
    stops = found.chains[0].picture.drawing.stops
    assert [at.stop.kind for at in stops] == ["source", "absent", "report", "report"]
    assert stops[2].label.startswith("credits it")


def test_the_report_that_a_claim_was_not_found_in_stands_above_those_made_from_it() -> None:
    shared = samples.Shared(*(samples.report(n) for n in range(1, 5)))
    shared.tie(1, 2, "copy")
    shared.tie(1, 3, "copy")
    shared.origin(1, 2, 3, began="r1")
    shared.origin(4)
    shared.group((2, 1), (3, 1), (4, 1), low=2, high=2)
    (matter,) = told((shared.records, shared.done())).matters
    assert matter.picture is not None
    stops = matter.picture.drawing.stops
    assert [(at.stop.kind, at.stop.sign) for at in stops] == [
        ("absent", "1"),
        ("report", "2"),
        ("report", "3"),
        ("report", "4"),
    ]
    assert stops[0].label == "this claim was not found in it"
    assert [at.label for at in stops][1].startswith("copy")


def test_every_link_leads_somewhere_and_no_id_is_given_twice(agency: Case) -> None:
    for case in (agency, samples.wide(40), hostile()):
        reader = Reader(page(case))
        ids = [a["id"] for _, a in reader.elements if "id" in a]
        assert len(ids) == len(set(ids))
        led = {a["href"] for a in reader.all("a") if (a.get("href") or "").startswith("#")}
        assert {link[1:] for link in led if link} - set(ids) == set()
        for name in ("aria-labelledby", "aria-describedby"):
            pointed = {i for _, a in reader.elements for i in (a.get(name) or "").split()}
            assert pointed - set(ids) <= {"card"}


def test_each_picture_is_named_and_told_in_words(agency: Case) -> None:
    html = page(agency)
    reader = Reader(html)
    pictures = reader.all("svg", role="img")
    assert len(pictures) == 4
    assert all(len((a["aria-labelledby"] or "").split()) == 2 for a in pictures)
    assert "Le Courrier: partial copy · 3 March 2031" in html


def test_it_says_reported_independently_and_never_vouches(agency: Case) -> None:
    for lang, says in (
        ("en", "reported independently by 2 to 3"),
        ("fr", "rapporté indépendamment par 2 à 3"),
    ):
        html = page(agency, lang=lang)
        section = html[html.index('<section id="origins"') : html.index('<section id="people"')]
        words = re.sub(r"<[^>]+>", " ", section).lower()
        assert says in words
        vouching = r"\b(?:true|verified|proven|confirmed|corroborated|vrai|vérifié|confirmé|prouvé)"
        assert re.findall(vouching, words) == []


def test_the_cover_says_whether_reports_were_compared(agency: Case) -> None:
    assert "Silent rewriting leaves no trace" in page(agency)
    without = render_dossier(agency[0], title="x", generated_at=AT)
    assert "These reports were not compared." in without
    assert 'id="origins"' not in without


def test_one_report_and_reports_that_share_nothing_get_a_sentence() -> None:
    one = samples.Shared(samples.report(1))
    one.origin(1)
    html = page((one.records, one.done()))
    assert "There is one report, so there was nothing to compare it with." in html
    two = samples.Shared(samples.report(1), samples.report(2))
    two.origin(1)
    two.origin(2)
    html = page((two.records, two.done()))
    assert "2 reports go back to 2 origins" in html
    assert "Nothing on the pages shows that one report depends on another" in html
    assert 'class="chain"' not in html


def test_an_empty_case_has_an_empty_chapter() -> None:
    assert "nothing to compare it with" in page(((), Corroboration()))


def test_the_chapter_speaks_french(agency: Case) -> None:
    html = page(agency, lang="fr")
    assert "6 articles remontent à 3 origines, pour autant que les pages le montrent." in html
    assert "Rapporté indépendamment par 2 à 3" in html
    assert "copie partielle de l’article 1, Agence Littoral" in html
    assert "14 contre 12 ou moins" in html
    assert "16 mots à la suite" in html
    assert '<h2 id="origins-h">Origines</h2>' in html


def test_the_same_case_makes_the_same_bytes(agency: Case) -> None:
    assert page(agency) == page(samples.agency())


def test_a_very_big_origin_is_folded_and_stays_light() -> None:
    case = samples.wide(PROVEN + 20)
    html = page(case)
    assert f"{PROVEN + 20 - 12} more reports" in html
    assert "more stops are not drawn; the list names them." in html
    assert "Left out here to keep the page light" in html
    plain = render_dossier(case[0], title="The gate", generated_at=AT)
    assert (len(html) - len(plain)) / len(case[0]) < 2000


def hostile() -> Case:
    bad = "</title></script><script>document.title='broken'</script><!--\u2028"
    shared = samples.Shared(
        samples.report(1, bad, title=bad),
        samples.report(2, "\u202e" + "x" * 100_000, title="y" * 100_000),
        samples.report(3, "e" + "\u0301" * 9000, day="</desc></svg><script>"),
        dossier_samples.hostile(),
        dossier_samples.unread(),
    )
    shared.tie(1, 2, "copy")
    shared.tie(2, 3, "translation", known=False)
    shared.origin(1, 2, 3)
    shared.origin(4, unseen=bad)
    shared.origin(5)
    shared.group((1, 0), (2, 0), (4, 0), low=1, high=2)
    shared.clash((1, 0), (4, 0), "denial", bad)
    found = shared.done()
    empty = Group(
        id="g-empty", claims=(), reports=0, publishers=0, families=0,
        origins=Interval(low=0, high=0),
    )  # fmt: skip
    lost = Group(
        id="g-lost", claims=(ReportClaim(report="r77", claim="c-none"),), reports=1,
        publishers=1, families=1, origins=Interval(low=1, high=1),
    )  # fmt: skip
    nobody = Origin(id="o-none", reports=("r77",), began="r78")
    return shared.records, Corroboration(
        reports=found.reports,
        derivations=found.derivations,
        origins=(*found.origins, nobody),
        groups=(empty, *found.groups, lost),
        contradictions=found.contradictions,
    )


def test_hostile_names_make_no_element_and_take_no_room() -> None:
    html = page(hostile())
    reader = Reader(html)
    assert len(reader.all("script")) == 2
    assert [a for _, a in reader.elements if any(name.startswith("on") for name in a)] == []
    shown = re.findall(r'<text class="(?:name|label)"[^>]*>(.*?)</text>', html)
    assert shown
    assert max(map(len, shown)) < 800
    assert all("<" not in words for words in shown)


def test_evidence_in_words_with_the_place_it_stands_in(agency: Case) -> None:
    one, other = file(agency[0])[:2]
    spans = [samples.span(f.record, "14 people were hurt") for f in (one, other)]
    pairing = Pairing(kind="same-words", from_span=spans[0], note="4 words")
    (proof,) = proofs(one, other, [pairing], wording("en"))
    assert (proof.kind, proof.note) == ("The same words", "4 words in a row")
    assert proof.first is not None
    assert proof.first.anchor == "r1b2"
    assert proof.later is None


@pytest.mark.parametrize(
    ("note", "english"),
    [
        (None, ""),
        ("one side denies it", ""),
        ("1 words", "one word in a row"),
        ("in common: 14, gate", "in common: 14, gate"),
        ("dated 2031-03-04T10:00, the other 2031-03-05", "4 March 2031; the other 5 March 2031"),
        ("1400 against 2..3", "1,400 against between 2 and 3"),
        ("3.. against soon", "3 or more against soon"),
        ("names The Gull", "names The Gull"),
        ("text:byline: with The Gull", "“with The Gull”"),
        ("something new", "something new"),
    ],
)
def test_notes_of_a_comparison_in_the_reader_s_words(
    agency: Case, note: str | None, english: str
) -> None:
    one, other = file(agency[0])[:2]
    (proof,) = proofs(one, other, [Pairing(kind="odd", note=note)], wording("en"))
    assert (proof.kind, proof.note) == ("odd", english)
    assert proof.verbatim is (note == "something new")


def test_every_kind_of_evidence_tie_and_contradiction_has_its_word() -> None:
    for lang in ("en", "fr"):
        say = wording(lang)
        assert all(say(f"evidence.{kind}") for kind in KINDS)
        for kind in ("copy", "partial", "rewrite", "translation", "cites", "shared-quote"):
            for table in ("made", "gave", "shares"):
                assert say(f"{table}.{kind}", number="1", who="A").count("1") == 1
            assert say(f"tie.{kind}")
        for kind in ("update", "disagreement", "denial", "copying-error"):
            assert say(f"clash.{kind}")
            assert say(f"clash_why.{kind}")
