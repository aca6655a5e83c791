"""The gate: digests are checked, floors hold, and none is lowered in silence."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks import card as cards
from benchmarks import floors as levels
from benchmarks import measure as measures
from benchmarks import quantities, speed
from benchmarks.__main__ import main
from ondit.capture import report_from_bytes
from ondit.model import Capture, Furniture, Quantity, Record, Span

CARD = """
title = "Invented"
margin = 0.5
margin_reason = "a test needs one"

[sample]
"corpus.jsonl" = 3

[[corpora]]
name = "invented corpus"
origin = "these tests"
licence = "Apache-2.0"
[corpora.files]
"corpus.jsonl" = "{corpus}"
"score.py" = "{scorer}"

[scores]
f1 = {{ label = "F1" }}
errors = {{ label = "errors", better = "lower", margin = 0.0 }}
seconds = {{ label = "time", gated = false }}
"""

SCORER = """
import json, pathlib, sys
rows = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text().splitlines()]
print("noise before the figures")
print(json.dumps({"f1": sum(r["f1"] for r in rows) / len(rows), "errors": 0, "seconds": 1.5}))
"""


def invented(run: measures.Run, folder: Path) -> dict[str, float]:
    """Score the rows as they are: what ondit reads is not what these tests are about."""
    rows = run.rows("corpus.jsonl")
    run.documents = len(rows)
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return run.score("score.py", path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a benchmarks folder with one task, whose corpus lies in ``tmp_path/data``."""
    data, tasks = tmp_path / "data", tmp_path / "benchmarks"
    (tasks / "invented").mkdir(parents=True)
    data.mkdir()
    corpus = "".join(json.dumps({"id": n, "f1": 50.0 + n}) + "\n" for n in range(10))
    (data / "corpus.jsonl").write_text(corpus)
    (data / "score.py").write_text(SCORER)
    digests = {
        "corpus": sha256(corpus.encode()).hexdigest(),
        "scorer": sha256(SCORER.encode()).hexdigest(),
    }
    (tasks / "invented" / "data.toml").write_text(CARD.format(**digests))
    monkeypatch.setenv("ONDIT_DATA", str(data))
    monkeypatch.setitem(measures.MEASURES, "invented", invented)
    return tasks


@pytest.fixture
def card(folder: Path) -> cards.Card:
    """Return the card of the invented task."""
    return cards.load("invented", folder)


def test_pin_then_gate_holds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pin", "invented"], folder) == 0
    floors = levels.read_floors("invented", folder)
    assert floors.full == {"f1": 54.5, "errors": 0.0}
    assert floors.signatures["full"].endswith("|invented|full|10 documents")
    assert main(["gate", "invented"], folder) == 0
    assert "1 tasks run, 0 short" in capsys.readouterr().out


def test_gate_fails_below_the_floor_and_without_one(folder: Path) -> None:
    assert main(["gate"], folder) == 1
    levels.write_floors("invented", levels.Floors(full={"f1": 55.1, "errors": 0.0}), folder)
    assert main(["gate"], folder) == 1
    levels.write_floors("invented", levels.Floors(full={"f1": 54.9, "errors": 0.0}), folder)
    assert main(["gate"], folder) == 0, "0.4 below the floor is within the margin of 0.5"


def test_quick_run_takes_the_same_sample_each_time(folder: Path, tmp_path: Path) -> None:
    reports = []
    for name in ("one.json", "two.json"):
        main(["run", "--quick", "--json", str(tmp_path / name)], folder)
        (outcome,) = json.loads((tmp_path / name).read_text())
        reports.append((outcome["signature"], outcome["scores"]))
    assert reports[0] == reports[1]
    assert "|quick|3 documents" in reports[0][0]


def test_lowering_needs_a_reason_which_is_recorded(folder: Path) -> None:
    levels.write_floors("invented", levels.Floors(full={"f1": 60.0, "errors": 0.0}), folder)
    assert main(["pin"], folder) == 1
    assert levels.read_floors("invented", folder).full["f1"] == 60.0
    assert main(["pin", "--raise"], folder) == 0
    assert levels.read_floors("invented", folder).full["f1"] == 60.0
    assert main(["pin", "--lower", "two gold labels were wrong"], folder) == 0
    floors = levels.read_floors("invented", folder)
    assert floors.full["f1"] == 54.5
    (lowered,) = floors.lowered
    assert (lowered.score, lowered.before, lowered.after) == ("f1", 60.0, 54.5)
    assert lowered.reason == "two gold labels were wrong"


def test_other_data_cannot_be_compared(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    corpus = tmp_path / "data" / "corpus.jsonl"
    corpus.write_text(corpus.read_text() + "\n")
    assert main(["gate"], folder) == 1
    assert "scores on other data cannot be compared" in capsys.readouterr().err
    corpus.unlink()
    assert main(["gate"], folder) == 1
    assert "corpus.jsonl is not in the data folder" in capsys.readouterr().err


def test_without_corpora_a_task_is_skipped_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ONDIT_DATA")
    assert main(["gate"], folder) == 0
    assert "invented: skipped" in capsys.readouterr().out


def test_a_failing_scorer_is_not_a_score(tmp_path: Path, card: cards.Card) -> None:
    (tmp_path / "data" / "score.py").write_text("import sys; sys.exit('no such gold')")
    run = measures.Run(card=card, root=tmp_path / "data", mode="full")
    with pytest.raises(RuntimeError, match="no such gold"):
        measures.measure(run, invented)


@pytest.mark.parametrize(
    ("value", "errors", "standing"),
    [(54.0, 0, "ok"), (54.1, 0, "better"), (53.5, 0, "ok"), (53.4, 0, "short"), (54.0, 1, "short")],
)
def test_standing(card: cards.Card, value: float, errors: int, standing: str) -> None:
    scores = {"f1": value, "errors": errors, "seconds": 9.0}
    verdicts = levels.judge(card, scores, {"f1": 54.0, "errors": 0.0})
    assert standing in {verdicts[0].standing, verdicts[1].standing}
    assert verdicts[2].standing == "shown"
    assert all(v.holds for v in verdicts) == (standing != "short")


def test_folder_digest_depends_on_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    before = cards.digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert cards.digest(tmp_path) != before


def test_every_task_of_the_project_is_described_and_measured() -> None:
    assert set(cards.tasks()) == set(measures.MEASURES)
    for task in cards.tasks():
        card = cards.load(task)
        assert card.scores
        assert all(corpus.licence and corpus.origin for corpus in card.corpora)


def test_list_names_every_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    shown = capsys.readouterr().out
    assert all(task in shown for task in cards.tasks())
    assert "PolNeAR" in shown


def test_unknown_task_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "polnaer"], folder) == 1
    assert "no task 'polnaer'" in capsys.readouterr().err


def test_pace_sets_attribution_beside_the_parse() -> None:
    reports = [r for page in speed.pages() for r in report_from_bytes(page[1], name=page[0])]
    figures = speed.pace(reports, "en", 1)
    parse, both = (figures[f"{name}_words_per_second_en"] for name in ("parse", "attributed"))
    assert 0 < both < parse
    assert figures["share_of_attribution_en"] == pytest.approx(100 * (1 - both / parse))


def test_the_page_s_quantities_are_looked_for_where_the_report_repeats_its_furniture(tmp_path):
    text = "Two boats sank\n\nTwo boats sank. Some 40 sailors swam."
    wanted = [
        {"start": 0, "end": 9, "text": "Two boats", "low": 2, "high": 2, "unit": "boat"},
        {"start": 32, "end": 47, "text": "Some 40 sailors", "low": 40, "high": 40,
         "unit": "person", "role": "total"},
    ]  # fmt: skip
    (tmp_path / "wanted.json").write_text(json.dumps({"quantities": wanted}))
    boats = Span(start=16, end=25, exact="Two boats")
    record = Record(
        input="t",
        capture=Capture(sha256="0", bytes=0),
        text=text,
        furniture=(
            Furniture(
                span=Span(start=0, end=14, exact=text[:14]), kind="headline-repeat", rule="t"
            ),
        ),
        quantities=(
            Quantity(id="n-1", span=boats, low=2, high=2, unit="boat", kind="count", rule="t"),
        ),
    )
    found = quantities.seed_scores(record, tmp_path / "wanted.json")
    assert found == {"found": 50, "exact": 50, "role": 0}


def test_a_task_whose_extra_is_not_installed_is_skipped_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = folder.glob("*/data.toml")
    path.write_text('needs = "no_such_module"\n' + path.read_text())
    assert main(["gate"], folder) == 0
    assert "invented: skipped, no_such_module is not installed" in capsys.readouterr().out
