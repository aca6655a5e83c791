"""corroborate, origins, contradictions, explain: called as people call them."""

import json
from pathlib import Path

import pytest

from ondit.app import comparing
from ondit.case.intake import add_inputs
from ondit.case.store import Case
from ondit.examples import reports


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example case."""
    path = tmp_path_factory.mktemp("case") / "ferry.ondit"
    with Case.open(path, create=True) as case:
        list(add_inputs(case, map(str, reports())))
    return path


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("corroborate",), ("reports", "origins", "resting on")),
        (("origins",), ("Agence Littoral (1)", "Le Courrier des Ormelles (2)", "not known")),
        (("contradictions",), ("update", "17 against ..12")),
        (("explain", "1", "2"), ("partly copied from", "same-words")),
        (("explain", "1", "6"), ("Nothing on the pages shows",)),
    ],
)
def test_tables_say_what_was_found(call, ferry, command, words):
    result = call(command[0], ferry, *command[1:])
    assert result.exit_code == 0, result.output
    for word in words:
        assert word in result.stdout


@pytest.mark.parametrize(
    "command", [("corroborate",), ("origins",), ("contradictions",), ("explain", "1", "2")]
)
def test_json_is_one_value_a_line(call, ferry, command):
    result = call(command[0], ferry, *command[1:], "--format", "json")
    assert result.exit_code == 0, result.output
    for line in result.stdout.splitlines():
        assert isinstance(json.loads(line), dict)


def test_the_answer_has_the_fields_that_others_join_on(call, ferry):
    found = json.loads(call("corroborate", ferry, "--format", "json").stdout)
    assert {"reports", "derivations", "origins", "groups", "contradictions"} <= found.keys()
    assert [report["id"] for report in found["reports"]] == [f"r{n}" for n in range(1, 7)]
    assert {"sha256", "path_or_url", "outlet", "published"} <= found["reports"][0].keys()
    assert {"from", "to", "kind", "direction", "evidence"} <= found["derivations"][0].keys()


def test_what_was_compared_once_is_not_compared_again(call, ferry, monkeypatch):
    first = call("corroborate", ferry, "--format", "json").stdout
    monkeypatch.setattr(comparing.Reports, "__getitem__", None)
    assert call("corroborate", ferry, "--format", "json").stdout == first


def test_an_unknown_report_is_named(call, ferry):
    result = call("explain", ferry, "1", "99")
    assert result.exit_code != 0
    assert "99" in result.stderr
