"""Every command: what it prints, where, with which exit code, and what its help shows."""

from __future__ import annotations

import csv
import io
import json
import random
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer

from ondit.app.cli import EXAMPLES, app
from ondit.app.frame import FAILED, INTERRUPTED, NO_CASE, OK, USAGE
from ondit.case import intake
from ondit.case.store import Case
from ondit.model import decode
from tests.app.conftest import Call
from tests.case.fakes import FERRY, a_record

GROUP: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = dict(GROUP.commands)


def lines(output: str) -> list[Any]:
    return [json.loads(line) for line in output.splitlines()]


def claim_of(matter: Path, place: int) -> str:
    with Case.open(matter) as case:
        return [row.claim for row in case.claims()][place]


# -- help --------------------------------------------------------------------------------------


def test_the_commands_are_these() -> None:
    assert set(COMMANDS) == {
        "read", "add", "list", "show", "claims", "sources", "timeline", "search", "export",
        "dossier", "verify", "demo", "schema", "correct", "reread", "log", "doctor",
        "train", "corroborate", "origins", "contradictions", "explain", "people",
    }  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_examples_and_exit_codes(call: Call, name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == OK
    assert 2 <= len(EXAMPLES[name]) <= 3
    for example in EXAMPLES[name]:
        assert f"  {example}\n" in result.output
    assert "Exit codes: 0 all well" in result.output


@pytest.mark.parametrize("example", [e for examples in EXAMPLES.values() for e in examples])
def test_every_example_is_understood(example: str) -> None:
    words = shlex.split(example.partition(" | ")[0].partition(" > ")[0])
    assert words[0] == "ondit"
    command = COMMANDS[words[1]]
    context = command.make_context(words[1], words[2:], resilient_parsing=False)
    assert context.params is not None


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_is_explained(name: str) -> None:
    for parameter in COMMANDS[name].params:
        assert parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_sentence_fits_the_list_of_commands(call: Call, name: str) -> None:
    assert COMMANDS[name].help.partition("\n")[0] in call("--help").output


def test_ondit_alone_shows_its_commands(call: Call) -> None:
    assert "dossier" in call().output


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"demo", "schema", "doctor"}))
def test_missing_arguments_are_wrong_usage(call: Call, name: str) -> None:
    result = call(name)
    assert result.exit_code == USAGE
    assert "Missing argument" in result.stderr


# -- read, schema ------------------------------------------------------------------------------


@pytest.fixture
def ferry(tmp_path: Path, _without_parser: None) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, "utf-8")
    return path


def test_read_writes_json_lines_and_nothing_else(call: Call, ferry: Path) -> None:
    result = call("read", ferry, ferry, "--format", "json")
    assert result.exit_code == OK
    assert [record["input"] for record in lines(result.stdout)] == [str(ferry)] * 2
    assert result.stderr == ""


def test_read_goes_on_after_a_bad_report_and_exits_with_one(call: Call, ferry: Path) -> None:
    result = call("read", "nowhere.txt", ferry, "--format", "json")
    assert result.exit_code == FAILED
    bad, good = lines(result.stdout)
    assert bad["failures"][0]["fatal"] is True
    assert good["claims"]
    assert result.stderr == "ondit: nowhere.txt: capture: no such file\n"


def test_read_shows_a_page_by_default(call: Call, ferry: Path) -> None:
    result = call("read", ferry)
    assert result.exit_code == OK
    assert "Le ferry a heurté la jetée\n" in result.stdout
    assert "5 claims: 5 (100 %) in the report's own voice." in result.stdout


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--published", "yesterday", "--published: 'yesterday' is no day"),
        ("--lang", "french", "--lang 'french' is no language tag; write two letters"),
        ("--jobs", "0", "Invalid value for '--jobs'"),
        ("--format", "xml", "Invalid value for '--format'"),
    ],
)
def test_wrong_options_are_told(
    call: Call, ferry: Path, option: str, value: str, message: str
) -> None:
    result = call("read", ferry, option, value)
    assert result.exit_code == USAGE
    assert message in result.stderr
    assert result.stdout == ""


def test_read_hands_its_options_down(
    call: Call, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[Any] = []
    reading = intake.read_captured

    def spy(report: Any, options: Any) -> Any:
        met.append(options)
        return reading(report, options)

    monkeypatch.setattr(intake, "read_captured", spy)
    arguments = ["--lang", "fr", "--published", "2031-03-04", "--plain", "--allow-private"]
    assert call("read", ferry, *arguments).exit_code == OK
    (options,) = met
    assert (options.language, options.published) == ("fr", "2031-03-04")
    assert options.plain
    assert options.allow_private


def test_records_answer_to_the_schema(call: Call, matter: Path) -> None:
    schema = json.loads(call("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    (record,) = lines(call("show", matter, "1", "--format", "json").stdout)
    jsonschema.validate(record, schema)
    record["claims"][0]["status"] = "true"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema)


# -- add, reread, correct ----------------------------------------------------------------------


def test_add_makes_a_case_and_names_what_it_kept(call: Call, ferry: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.ondit"
    assert call("add", path, ferry).stdout == f"added\t1\t5 claims\t{ferry}\n"
    assert call("add", path, ferry).stdout == f"already there\t1\t5 claims\t{ferry}\n"


def test_add_keeps_the_good_reports_and_tells_the_bad(
    call: Call, ferry: Path, tmp_path: Path
) -> None:
    result = call("add", tmp_path / "new.ondit", "nowhere.txt", ferry)
    assert result.exit_code == FAILED
    assert "failed\t-\t0 claims\tnowhere.txt\n" in result.stdout
    assert "added\t1\t" in result.stdout
    assert "nowhere.txt: capture: no such file" in result.stderr


@pytest.mark.usefixtures("_without_parser")
def test_reread_reads_again_and_tells_of_orphans(call: Call, matter: Path) -> None:
    claim = claim_of(matter, 1)
    call("correct", matter, claim, "--status", "denied", "--who", "ana", "--why", "she says so")
    result = call("reread", matter)
    assert result.exit_code == OK
    assert result.stdout.startswith("read again\t1\t5 claims\t")
    assert "ana's decision on" in result.stderr
    assert call("verify", matter).exit_code == OK


def test_reread_has_nothing_to_do_when_all_is_up_to_date(
    call: Call, matter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ondit.case.store.is_current", lambda _: True)
    assert call("reread", matter).stdout == "every reading is up to date\n"


def test_correct_decides_and_every_view_shows_it(call: Call, matter: Path) -> None:
    claim = claim_of(matter, 0)
    result = call(
        "correct", matter, claim[:9], "--status", "denied", "--set", "certainty=probable",
        "--who", "ana", "--why", "she says so",
    )  # fmt: skip
    assert result.exit_code == OK
    assert result.stdout.splitlines()[0] == (f"{claim}: status is 'denied', was 'asserted'; by ana")
    for view in (("show", matter, "1"), ("show", matter, claim), ("claims", matter)):
        assert "decided by ana" in call(*view).stdout
    (record,) = lines(call("export", matter, "-o", "-").stdout)
    assert record["claims"][0]["status"] == "denied"
    assert record["claims"][0]["certainty"] == "probable"


def test_people_are_proposed_decided_on_and_taken_back(call: Call, tmp_path: Path) -> None:
    matter = tmp_path / "people.ondit"
    for name, words in (("a", "Dmitri Joukovine left Orme."), ("b", "Dmitry Zhukovin left Orme.")):
        (tmp_path / f"{name}.txt").write_text(words, "utf-8")
        call("add", matter, tmp_path / f"{name}.txt", "--plain", "--lang", "en")
    (found,) = lines(call("people", matter, "--format", "json").stdout)
    assert (found["strength"], found["decided"]) == ("likely", None)
    pair = (found["a"]["entity"], found["b"]["entity"])
    assert "Dmitri Joukovine" in call("people", matter).stdout
    for option, decided in (("--same", "same"), ("--different", "different"), ("--undo", None)):
        result = call("people", matter, option, *pair, "--who", "ana", "--why", "a photo")
        assert result.exit_code == OK, result.output
        (found,) = lines(call("people", matter, "--format", "json").stdout)
        assert found["decided"] == decided
    assert call("verify", matter).exit_code == OK


def test_a_decision_on_people_wants_who_and_why_and_one_at_a_time(call: Call, matter: Path) -> None:
    assert call("people", matter, "--same", "e-1", "e-2").exit_code == USAGE
    both = ("--same", "e-1", "e-2", "--undo", "e-1", "e-2", "--who", "ana", "--why", "so")
    assert call("people", matter, *both).exit_code == USAGE


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--status", "sure"], USAGE, "Invalid value for '--status'"),
        ([], USAGE, "nothing to decide"),
        (["--set", "certainty"], USAGE, "is no FIELD=VALUE"),
        (["--set", "certainty=very"], NO_CASE, "'very' is no certainty: choose one of"),
        (["--set", "span=x"], NO_CASE, "'span' cannot be decided; of claims, one can decide"),
    ],
)
def test_decisions_that_cannot_be(
    call: Call, matter: Path, arguments: list[str], code: int, message: str
) -> None:
    claim = claim_of(matter, 0)
    result = call("correct", matter, claim, *arguments, "--who", "ana", "--why", "because")
    assert result.exit_code == code
    assert message in result.stderr


# -- looking -----------------------------------------------------------------------------------

CONSULTING = ("list", "claims", "sources", "timeline", "log")


@pytest.mark.parametrize("name", [*CONSULTING, "verify"])
def test_a_file_that_is_no_case_exits_with_three(call: Call, tmp_path: Path, name: str) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter")
    for path, message in ((letter, "is not a case"), (tmp_path / "none.ondit", "there is no case")):
        result = call(name, path)
        assert result.exit_code == NO_CASE
        assert message in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", CONSULTING)
def test_tables_and_json_lines_tell_the_same(call: Call, matter: Path, name: str) -> None:
    table = call(name, matter)
    assert table.exit_code == OK
    assert not any(line.endswith(" ") for line in table.stdout.splitlines())
    assert "\x1b" not in table.stdout
    assert lines(call(name, matter, "--format", "json").stdout)


def test_list(call: Call, matter: Path) -> None:
    assert "1  2031-03-04  Le Courrier des   Le ferry a heurté" in call("list", matter).stdout
    (report,) = lines(call("list", matter, "--format", "json").stdout)
    assert (report["number"], report["input"], report["claims"]) == (1, "ferry.txt", 4)


def test_show_a_report_with_where_it_came_from(call: Call, matter: Path) -> None:
    shown = call("show", matter, "ferry.txt").stdout
    assert a_record().capture.sha256 in shown
    assert "un marin récemment retraité (anonymous) <- Ana Orme <- report 1" in shown


def test_show_a_claim_with_everything_behind_it(call: Call, matter: Path) -> None:
    claim = claim_of(matter, 1)
    shown = call("show", matter, claim[:8]).stdout
    span = a_record().claims[1].spans[0]
    for part in (
        f"{span.start} to {span.end}",
        a_record().capture.sha256,
        "anonymous_person",
        claim,
    ):
        assert part in shown
    (value,) = lines(call("show", matter, claim, "--format", "json").stdout)
    assert [link["source_kind"] for link in value["chain"]] == ["anonymous_person", "named_person"]
    assert value["capture"]["sha256"] == a_record().capture.sha256


@pytest.mark.parametrize("item", ["7", "c-ffffffffffff", "other.txt"])
def test_show_something_that_is_not_there(call: Call, matter: Path, item: str) -> None:
    result = call("show", matter, item)
    assert result.exit_code == NO_CASE
    assert f"{item!r} in {matter}" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "statuses"),
    [
        ([], ["asserted", "unconfirmed", "denied", "hedged"]),
        (["--status", "denied", "--status", "hedged"], ["denied", "hedged"]),
        (["--source", "orme"], ["unconfirmed"]),
        (["--entity", "aldara"], ["asserted"]),
        (["--text", "enquete"], ["hedged"]),
        (["--date", "2031-03-03"], ["asserted"]),
        (["--date", "2031-03"], ["asserted"]),
        (["--date", "2031"], ["asserted"]),
        (["--date", "2031-02"], []),
        (["--since", "2031-04"], []),
        (["--until", "2031-02-28"], []),
        (["--limit", "1"], ["asserted"]),
    ],
)
def test_claims_filters(
    call: Call, matter: Path, arguments: list[str], statuses: list[str]
) -> None:
    found = lines(call("claims", matter, "--format", "json", *arguments).stdout)
    assert [claim["status"] for claim in found] == statuses


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--status", "true"], "--status 'true' is unknown; choose from asserted"),
        (["--date", "monday"], "--date 'monday' is no day; write 2031-03-04"),
        (["--since", "2031-13"], "--since '2031-13' is no day"),
        (["--until", "2031-02-30"], "--until '2031-02-30' is no day"),
        (["--date", "1-2-3-4"], "--date '1-2-3-4' is no day"),
    ],
)
def test_claims_filters_that_are_wrong(
    call: Call, matter: Path, arguments: list[str], message: str
) -> None:
    result = call("claims", matter, *arguments)
    assert result.exit_code == USAGE
    assert message in result.stderr


def test_sources_and_timeline(call: Call, matter: Path) -> None:
    found = lines(call("sources", matter, "--format", "json").stdout)
    assert {(s["name"], s["anonymous"]) for s in found} == {
        ("la capitainerie", False), ("La mairie", False), ("Ana Orme", False),
        ("un marin récemment retraité", True),
    }  # fmt: skip
    (moment,) = lines(call("timeline", matter, "--format", "json").stdout)
    assert (moment["earliest"], moment["latest"]) == ("2031-03-03", "2031-03-03")
    assert "2031-03-03" in call("timeline", matter).stdout


@pytest.mark.parametrize("query", ["jetée", "JETEE", "jet*", '"la jetée"'])
def test_search(call: Call, matter: Path, query: str) -> None:
    assert "jetée" in call("search", matter, query).stdout
    assert len(lines(call("search", matter, query, "--limit", "1", "--format", "json").stdout)) == 1


@pytest.mark.parametrize("query", ['"', "AND OR NOT", "NEAR(", "*", "a:b", "((", "-", "'; DROP"])
def test_no_query_is_an_error(call: Call, matter: Path, query: str) -> None:
    assert call("search", matter, "--", query).exit_code == OK


def test_log_prints_the_hash_that_vouches(call: Call, matter: Path) -> None:
    events = lines(call("log", matter, "--format", "json").stdout)
    assert [event["event"] for event in events] == ["created", "captured", "read"]
    assert call("log", matter).stdout.endswith(f"last hash: {events[-1]['hash']}\n")


# -- checking and handing over -----------------------------------------------------------------


def test_verify_says_what_it_checked(call: Call, matter: Path) -> None:
    result = call("verify", matter)
    assert result.exit_code == OK
    assert "1 captures, 1 readings" in result.stdout
    assert "all hold" in result.stdout
    (finding,) = lines(call("verify", matter, "--format", "json").stdout)
    assert finding["faults"] == []


def test_verify_names_each_fault_and_exits_with_one(call: Call, matter: Path) -> None:
    content = bytearray(matter.read_bytes())
    place = content.rindex(b'"status":"denied"')
    content[place : place + 17] = b'"status":"hedged"'
    matter.write_bytes(bytes(content))
    result = call("verify", matter)
    assert result.exit_code == FAILED
    assert "FAULT  record 1 (of capture" in result.stdout


def test_export_jsonl_is_the_record(call: Call, matter: Path, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    result = call("export", matter, "-o", out)
    assert (result.exit_code, result.stdout) == (OK, "")
    assert decode(out.read_bytes()) == a_record()
    assert list(tmp_path.glob("*.part")) == []


def test_export_csv_is_a_row_a_claim(call: Call, matter: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    call("export", matter, "--format", "csv", "-o", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["status"] for row in rows] == ["asserted", "unconfirmed", "denied", "hedged"]
    assert rows[1]["chain"] == "un marin récemment retraité <- Ana Orme"


@pytest.mark.parametrize("name", ["parquet", "annotations", "ftm", "ro-crate", "vault"])
def test_formats_to_come_say_so_and_are_not_offered(call: Call, matter: Path, name: str) -> None:
    result = call("export", matter, "--format", name, "-o", "x")
    assert result.exit_code == USAGE
    assert f"--format {name} is not built yet" in result.stderr
    assert name not in call("export", "--help").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xlsx", "-o", "x"], "--format 'xlsx' is unknown; choose jsonl or csv"),
        (["-o", "no/such/folder/x"], "no/such/folder/x cannot be written"),
    ],
)
def test_exports_that_cannot_be(
    call: Call, matter: Path, arguments: list[str], message: str
) -> None:
    result = call("export", matter, *arguments)
    assert result.exit_code == USAGE
    assert message in result.stderr


def test_export_does_not_overwrite_the_case(call: Call, matter: Path) -> None:
    before = matter.read_bytes()
    assert call("export", matter, "-o", matter).exit_code == USAGE
    assert matter.read_bytes() == before


def test_dossier_is_one_page(call: Call, matter: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier.html"
    result = call("dossier", matter, "-o", out, "--title", "Le ferry & la jetée")
    assert (result.exit_code, result.stdout) == (OK, f"{out}\n")
    page = out.read_text("utf-8")
    assert "Le ferry &amp; la jetée" in page
    assert "Personne ne tenait la barre" in page
    assert '<section id="origins"' in page


def test_dossier_that_cannot_be_written(call: Call, matter: Path, tmp_path: Path) -> None:
    result = call("dossier", matter, "-o", tmp_path / "no" / "folder.html")
    assert result.exit_code == USAGE
    assert "cannot be written" in result.stderr


@pytest.mark.usefixtures("_without_parser")
def test_demo_makes_a_case_and_a_dossier(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("demo")
    assert result.exit_code == OK
    assert (tmp_path / "ondit-demo" / "dossier.html").exists()
    assert "ondit sources ondit-demo/demo.ondit" in result.stdout
    with Case.open(tmp_path / "ondit-demo" / "demo.ondit") as case:
        assert len(case) >= 5
    assert "already there" in call("demo").stdout


def test_demo_somewhere_it_cannot_be(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = call("demo", "--folder", tmp_path / "file")
    assert result.exit_code == USAGE
    assert "cannot be made" in result.stderr


def test_doctor_names_versions_and_what_is_missing(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ondit.language.syntax.model_digest", lambda _: "d" * 64)
    result = call("doctor")
    assert result.exit_code == OK
    assert "fr_core_news_md (fr)" in result.stdout
    monkeypatch.setattr("ondit.language.syntax.installed_models", lambda: {"fr": None, "en": None})
    missing = call("doctor")
    assert missing.exit_code == FAILED
    assert "model          fr is missing: without one, fr is read" in missing.stdout


# -- the world around --------------------------------------------------------------------------


def test_an_interrupted_run_exits_with_130(
    call: Call, ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "read_captured", interrupted)
    result = call("add", tmp_path / "a.ondit", ferry)
    assert result.exit_code == INTERRUPTED
    assert "interrupted; what was finished is kept" in result.stderr


def ondit(*arguments: object, before: str = "", **options: Any) -> subprocess.Popen[str]:
    script = f"from ondit.app.cli import main\n{before}\nmain()"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def test_a_reader_that_leaves_early_is_no_error(matter: Path) -> None:
    process = ondit("schema")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == OK
    assert matter.exists()


def test_an_interrupt_from_the_keyboard_leaves_no_traceback(tmp_path: Path) -> None:
    # A shell that starts the tests in the background has its jobs ignore the keyboard.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    ready = f"{heard}; print('ready', flush=True)"
    process = ondit("add", tmp_path / "a.ondit", "-", before=ready, stdin=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.uniform(0.0, 0.8))  # noqa: S311  any moment will do
    process.send_signal(signal.SIGINT)
    _, error = process.communicate()
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in error


def test_no_colour_without_a_terminal_nor_when_it_is_not_wanted(matter: Path) -> None:
    output, _ = ondit("show", matter, "1").communicate()
    assert "\x1b" not in output
