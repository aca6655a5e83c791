"""Search: what a person types, what is marked, what is cut out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ondit.case.search import Hit, fold, marks, match_expression, snippet, stems


def hit(words: str, found: tuple[tuple[int, int], ...]) -> Hit:
    return Hit(
        number=1, input="x", title=None, claim=None, status=None, start=0, words=words, score=0.0,
        marks=found,
    )  # fmt: skip


def marked(words: str, query: str, language: str | None = "fr") -> list[str]:
    return [words[a:b] for a, b in marks(words, query, language)]


def test_words_must_all_occur_and_minus_forbids() -> None:
    expression = match_expression("quai -ferry")
    assert expression is not None
    assert expression.count(" NOT ") == 1
    assert expression.index('"quai"') < expression.index(" NOT ") < expression.index('"ferry"')


def test_only_a_minus_asks_for_nothing() -> None:
    assert match_expression("-ferry") is None


def test_quotation_marks_cannot_close_an_expression() -> None:
    assert match_expression('a" OR "b') is not None
    assert '""' not in (match_expression('a"" b') or "")


def test_marks_follow_words_accents_beginnings_and_stems() -> None:
    assert marked("La JETÉE et les jetées", "jetée") == ["JETÉE", "jetées"]
    assert marked("La JETÉE", "jetee") == ["JETÉE"]
    assert marked("capitaine, capitainerie", "capit*") == ["capitaine", "capitainerie"]
    assert marked("The flooded quay", "flooding", "en") == ["flooded"]
    assert marked("Les quais", "-quais") == []
    assert marked("rien ici", "quai") == []


@given(st.text(max_size=80), st.text(max_size=20), st.sampled_from(["fr", "en", "de", None]))
def test_marks_are_words_of_the_text_in_order(words: str, query: str, language: str | None) -> None:
    found = marks(words, query, language)
    assert all(0 <= a < b <= len(words) for a, b in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


@given(st.text(max_size=40))
def test_folding_is_stable(string: str) -> None:
    assert fold(fold(string)) == fold(string)


def test_an_unknown_language_has_no_stems() -> None:
    assert stems("Die Kaimauern", "de") == ""
    assert stems("the floods", "en") == "the flood"


@given(st.lists(st.sampled_from(["quai", "barre", "été"]), min_size=1, max_size=120))
def test_a_snippet_shows_its_first_match_where_it_says(words: list[str]) -> None:
    text = " ".join([*words, "ferry", *words])
    place = text.index("ferry")
    cut, kept = snippet(hit(text, ((place, place + 5),)), width=60)
    assert len(cut) <= 70
    assert [cut[a:b] for a, b in kept] == ["ferry"]


def test_a_short_passage_is_its_own_snippet() -> None:
    assert snippet(hit("le ferry", ((3, 8),))) == ("le ferry", ((3, 8),))
