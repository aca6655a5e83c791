"""The comparison with other tools: conversion, clocks, crashes and tables; no tool is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from benchmarks.comparison import running, scoring, table
from benchmarks.comparison.adapters import Clock, Found
from benchmarks.comparison.adapters.parsing import paragraphs
from benchmarks.comparison.corpora import Attribution, Document, unmark
from benchmarks.comparison.running import Answer, Reading
from benchmarks.comparison.worker import read_one

MARKED = (
    '<q a="1" k="mixed" st="asserted">“We left early,</q>” <s a="1">Oren</s> <c a="1">said</c>, '
    '<q a="1">“and late.”</q> <n st="hedged">She may <s a="2">return</s>.</n>'
)


def document(text: str, name: str = "one", **roles: list[tuple[int, int]]) -> Document:
    """Return a text of our own with one attribution."""
    return Document(id=name, language="en", text=text, attributions=[Attribution(**roles)])


def test_inline_marks_become_spans_of_the_text_below_them() -> None:
    text, attributions = unmark(MARKED)
    assert text == "“We left early,” Oren said, “and late.” She may return."
    first, second = attributions
    assert [text[a:b] for a, b in first.contents] == ["“We left early,", "“and late.”"]
    assert [text[a:b] for a, b in first.sources] == ["Oren"]
    assert [text[a:b] for a, b in first.cues] == ["said"]
    assert [text[a:b] for a, b in second.sources] == ["return"]
    assert not second.contents


def test_nested_attributions_keep_their_own_numbers() -> None:
    text, (outer, inner) = unmark('<q a="1">that <s a="2">he</s> <q a="2">left</q></q>')
    assert text == "that he left"
    assert outer.contents == [(0, 12)]
    assert (inner.sources, inner.contents) == ([(5, 7)], [(8, 12)])


@pytest.mark.parametrize("broken", ['<s a="1">Oren</c>', "Oren</s>"])
def test_a_tag_that_closes_nothing_is_an_error(broken: str) -> None:
    with pytest.raises(ValueError, match="closes no"):
        unmark(broken)


def test_paragraphs_know_where_they_start() -> None:
    text = "First.\n\n  \nSecond one.\n"
    found = list(paragraphs(text))
    assert found == [(0, "First."), (11, "Second one.")]
    assert all(text[start:].startswith(part) for start, part in found)


def test_an_error_of_a_tool_is_an_answer_and_costs_one_text() -> None:
    def read(text: str, clock: Clock) -> list[Found]:
        clock.lost = 3
        if "odd" in text:
            raise ValueError("7 marks")
        return [{"sources": [(0, 3)], "cues": [], "contents": [(4, 8)]}]

    good = read_one(read, {"id": "a", "text": "Who said."})
    assert good["attributions"] == [{"sources": [(0, 3)], "cues": [], "contents": [(4, 8)]}]
    assert (good["error"], good["lost"]) == (None, 3)
    bad = read_one(read, {"id": "b", "text": "odd"})
    assert (bad["attributions"], bad["error"]) == ([], "ValueError: 7 marks")


def test_the_clock_tells_parsing_and_the_rest_apart() -> None:
    clock = Clock()
    with clock.parsing():
        sum(range(200_000))
    with clock.setting_aside():
        pass
    assert clock.parse > clock.aside >= 0


def test_a_process_that_dies_costs_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [document("x", name) for name in ("a", "b", "c")]
    starts = []

    def read_on(_: str, rest: list[Document], __: Path) -> Reading:
        starts.append(rest[0].id)
        done = rest[:1] if starts == ["a"] else rest
        return Reading(versions={"tool": "1"}, answers=[Answer(id=d.id, cpu=1.0) for d in done])

    monkeypatch.setattr(running, "_read_on", read_on)
    reading = running.read("any", texts, python=Path(sys.executable))
    assert starts == ["a", "c"]
    assert [(a.id, a.error) for a in reading.answers] == [
        ("a", None),
        ("b", "the process ended"),
        ("c", None),
    ]


def test_a_tool_that_cannot_be_loaded_is_no_row_of_crashes() -> None:
    with pytest.raises(RuntimeError, match="no_such_adapter"):
        running.read("no_such_adapter", [document("x")], python=Path(sys.executable))


def test_speed_counts_read_texts_and_leaves_aside_what_is_not_compared() -> None:
    texts = [document("two words"), document("lost " * 50), document("two more")]
    answers = [
        Answer(id="1", cpu=2.0, parse=1.0, aside=0.5),
        Answer(id="2", cpu=9.0, error="ValueError: 7 marks"),
        Answer(id="3", cpu=2.0, parse=1.0, aside=0.5),
    ]
    found = scoring.speed(texts, answers)
    assert found == scoring.Speed(attribution=round(4 / 3), beyond_parse=4, everything=1)
    assert scoring.speed(texts[1:2], answers[1:2]) is None


def test_the_scorer_gets_what_was_annotated_and_what_was_found(tmp_path: Path) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text(
        "import json, sys\n"
        "rows = [[json.loads(x) for x in open(p, encoding='utf-8')] for p in sys.argv[1:3]]\n"
        "print(json.dumps([sys.argv[3:], rows[0][0]['attributions'], rows[1][0]['id']]))\n",
        "utf-8",
    )
    texts = [document("Oren left.", contents=[(5, 9)])]
    options, gold, found = scoring.score(texts, [Answer(id="one")], scorer)  # a list, here
    assert options[:2] == ["--json", "--slices"]
    assert gold == [{"sources": [], "cues": [], "contents": [[5, 9]]}]
    assert found == "one"
    scorer.write_text("import sys; sys.exit('no such gold')")
    with pytest.raises(RuntimeError, match="no such gold"):
        scoring.score(texts, [], scorer)


def results() -> table.Results:
    """Return invented figures of three tools on one corpus."""
    figures = {"f1": 50.0, "low": 40.0, "high": 60.0, "lenient": 55.0}
    recall = dict.fromkeys(("direct", "mixed", "indirect", "say"), 30.0)

    def row(tool: str, f1: float, pace: scoring.Speed | None, failed: int) -> scoring.Row:
        return scoring.Row(
            tool=tool,
            corpus="c",
            attributions={**figures, "f1": f1, "precision": 51.0, "recall": 49.0},
            contents=1.0,
            words=2.0,
            recall=recall,
            failed=failed,
            lost=failed,
            errors={},
            speed=pace,
        )

    ours = scoring.Speed(attribution=2000, beyond_parse=10_000, everything=1500)
    fast = scoring.Speed(attribution=3000, beyond_parse=5000, everything=3000)
    named = [table.Described(name=n, versions={n: "1.0"}) for n in ("ondit", "quick", "broken")]
    return table.Results(
        day="2030-01-01",
        python="3.11",
        rounds=1,
        tools=named,
        corpora=[table.Described(name="c", title="Invented", documents=3, words=9000)],
        rows=[row("ondit", 50.0, ours, 0), row("quick", 60.0, fast, 0), row("broken", 0, None, 3)],
    )


def test_tables_rank_by_score_and_show_what_was_given_up() -> None:
    text = table.tables(results())
    accuracy = text[text.index("### Invented") : text.index("### Speed")]
    assert accuracy.index("quick") < accuracy.index("ondit") < accuracy.index("broken")
    assert "| ondit | **50.0** (40.0–60.0) | 51.0 | 49.0 | 55.0 |" in accuracy
    assert "| 3 texts, 3 paragraphs |" in accuracy
    assert "3 texts, 9,000 words" in accuracy


def test_speed_is_shown_beside_that_of_ondit() -> None:
    text = table.tables(results()).split("### Speed")[1]
    assert "| Invented | quick | 3,000 | 1.50 | 5,000 | 0.50 | 3,000 |" in text
    assert "| Invented | broken | — | — | — | — | — |" in text


def test_every_row_of_a_table_is_as_wide_as_its_head() -> None:
    for block in table.tables(results()).split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1


def test_results_survive_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    table.write_results(results(), path)
    assert table.read_results(path) == results()


def test_every_tool_has_an_adapter_and_pinned_versions() -> None:
    tools = running.tools()
    assert tools[0].name == "ondit"
    for tool in tools:
        assert (running.HERE / "adapters" / f"{tool.adapter}.py").exists()
        if tool.environment == "project":
            continue
        wanted = running.HERE / "requirements" / f"{tool.environment}.txt"
        lines = [line for line in wanted.read_text("utf-8").splitlines() if line[:1] != "#"]
        assert lines
        assert all(line.count("==") == 1 for line in lines), tool.environment


def test_the_script_for_environments_is_posix_shell_and_asks_for_a_folder() -> None:
    done = subprocess.run(
        ["sh", running.HERE / "environments"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "usage: sh benchmarks/comparison/environments FOLDER" in done.stderr


def test_the_page_shows_every_tool_on_every_text_in_its_language() -> None:
    published = table.read_results()
    shown = {(row.tool, row.corpus) for row in published.rows}
    for tool in running.tools():
        for corpus in published.corpora:
            language = "fr" if corpus.name.startswith("french") else "en"
            assert ((tool.name, corpus.name) in shown) == (language in tool.languages)
    stored = json.loads(msgspec.json.encode(published))
    assert "text" not in stored["corpora"][0], "figures only: no text of a corpus is published"
