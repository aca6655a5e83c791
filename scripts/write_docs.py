"""Write the generated parts of the documentation: python scripts/write_docs.py [--check].

A generated part stands between ``<!-- begin: NAME -->`` and ``<!-- end: NAME -->`` in a Markdown
file. With --check nothing is written; the exit status is 1 when a part is out of date.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import typer

ROOT = Path(__file__).parent.parent
PART = re.compile(r"(<!-- begin: ([a-z-]+) -->\n)(.*?)(<!-- end: \2 -->)", re.DOTALL)
COPYLEFT = re.compile(r"(?<!L)GPL|AGPL|SSPL|CC-BY-NC")


def command_line() -> str:
    """Return the reference of every command: what it does, its arguments and options."""
    from ondit.app.cli import app  # noqa: PLC0415  the other parts need no command line

    group = typer.main.get_command(app)
    commands: dict[str, Any] = vars(group)["commands"]
    return "\n".join(_command(name, command) for name, command in sorted(commands.items()))


def _command(name: str, command: Any) -> str:
    context = command.context_class(command, info_name=f"ondit {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## ondit {name}\n", f"```\nondit {name} {usage}\n```\n", _help(command.help), ""]
    shown = [parameter for parameter in command.params if not parameter.hidden]
    rows = [_parameter(parameter) for parameter in shown]
    if rows:
        lines += ["| argument or option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _help(text: str | None) -> str:
    """Return a docstring's help as Markdown; a paragraph marked as verbatim becomes a block."""
    paragraphs = []
    for paragraph in (text or "").split("\n\n"):
        if paragraph.startswith("\b"):
            paragraphs.append("```\n" + paragraph.removeprefix("\b").strip("\n") + "\n```")
        else:
            paragraphs.append(paragraph.strip())
    return "\n\n".join(paragraphs)


def _parameter(parameter: Any) -> str:
    text = " ".join((parameter.help or "").split()).replace("|", "\\|")
    if parameter.param_type_name == "argument":
        names = (parameter.metavar or parameter.name.upper()) + (
            "..." if parameter.nargs != 1 else ""
        )
        return f"| `{names}` | {text} |"
    spellings = (*parameter.opts, *parameter.secondary_opts)
    return f"| {', '.join(f'`{spelling}`' for spelling in spellings)} | {text} |"


def record_fields() -> str:
    """Return a table of every struct that a record is made of, in the words of its source."""
    model = ROOT / "src" / "ondit" / "model"
    parts: list[str] = []
    for name in ("record", "capture", "span", "annotations"):
        tree = ast.parse((model / f"{name}.py").read_text("utf-8"))
        parts += [_struct(node) for node in tree.body if _is_struct(node)]
    return "\n".join(parts)


def _is_struct(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        ast.unparse(base) in ("msgspec.Struct", "Annotation") for base in node.bases
    )


def _struct(node: ast.stmt) -> str:
    assert isinstance(node, ast.ClassDef)  # noqa: S101  the caller looked
    lines = [f"### {node.name}\n", f"{_first_paragraph(ast.get_docstring(node))}\n"]
    rows = [f"| `{name}` | `{kind}` | {text} |" for name, kind, text in _fields(node)]
    if rows:
        lines += ["| field | type | meaning |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    for position, statement in enumerate(node.body):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        following = node.body[position + 1] if position + 1 < len(node.body) else None
        text = ""
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            text = _first_paragraph(ast.literal_eval(following.value))
        kind = ast.unparse(statement.annotation).replace("|", "\\|")
        yield statement.target.id, kind, text


def _first_paragraph(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).replace("``", "`").replace("|", "\\|")


def pack_tables() -> str:
    """Return the tables of a language pack with their entries, in the words of their source."""
    found: dict[str, tuple[str, list[str]]] = {}
    source = ROOT / "src"
    for path in sorted(source.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        module = ".".join(path.relative_to(source).with_suffix("").parts)
        for call in ast.walk(tree):
            if name := _table_name(call):
                parts = [_struct(node) for node in tree.body if _is_entry(node)]
                found.setdefault(name, (module, parts))
    lines = []
    for name, (module, parts) in sorted(found.items()):
        lines += [f"## {name}.toml\n", f"Read by `{module}`.\n", *parts]
    return "\n".join(lines)


def _table_name(node: ast.AST) -> str | None:
    """Return the name in a call like ``pack.table("cues", Cues)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    if node.func.attr != "table" or not isinstance(node.args[0], ast.Constant):
        return None
    return str(node.args[0].value)


def _is_entry(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        ast.unparse(base).endswith(("Struct", "Entry")) for base in node.bases
    )


def licences() -> str:
    """Return a table of every package that ondit installs, with the licence it states."""
    lines = ["| package | licence it states |", "|---|---|"]
    lines += [f"| {name} | {licence(name)} |" for name in locked("core")]
    return "\n".join(lines) + "\n"


def locked(name: str) -> list[str]:
    """Return the packages of a lock that belong on this platform, sorted."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    rows = re.findall(r"^([a-z0-9-]+)==\S+(.*)$", text, re.MULTILINE)
    return sorted({package for package, rest in rows if "win32" not in rest})


def licence(package: str) -> str:
    """Return the licence that an installed package states in its metadata."""
    try:
        stated = metadata(package).json
    except PackageNotFoundError:
        return "not installed here"
    classes = [name for name in stated.get("classifier", ()) if name.startswith("License ::")]
    last = ", ".join(name.split(" :: ")[-1] for name in classes)
    text = str(stated.get("license_expression") or stated.get("license") or last)
    return text.splitlines()[0] if text else "none stated"


def figures() -> str:
    """Return the headlines of the measured quality: the floors that the gate holds."""
    return _figures(headlines=True)


def all_figures() -> str:
    """Return every floor that the gate holds."""
    return _figures(headlines=False)


def _figures(*, headlines: bool) -> str:
    lines = ["| measured on | what | reached |", "|---|---|---|"]
    for path in sorted((ROOT / "benchmarks").glob("*/floors.json")):
        card = tomllib.loads((path.parent / "data.toml").read_text("utf-8"))
        floors = json.loads(path.read_text("utf-8")).get("full", {})
        for name, score in card["scores"].items():
            if name in floors and (score.get("headline") or not headlines):
                better = " (less is better)" if score.get("better") == "lower" else ""
                lines.append(f"| {card['title']} | {score['label']}{better} | {floors[name]:g} |")
    return "\n".join(lines) + "\n"


def comparison() -> str:
    """Return what ondit and other tools reached on the same texts, in the last run of all."""
    sys.path.append(str(ROOT))  # the benchmarks are no installed package
    from benchmarks.comparison.table import read_results, tables  # noqa: PLC0415  see above

    return tables(read_results())


PARTS: dict[str, Callable[[], str]] = {
    "commands": command_line,
    "record": record_fields,
    "packs": pack_tables,
    "licences": licences,
    "figures": figures,
    "all-figures": all_figures,
    "comparison": comparison,
}


def documents() -> list[Path]:
    """Return every Markdown file of the project's documentation."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def written(text: str) -> str:
    """Return `text` with its generated parts written anew."""
    return PART.sub(lambda m: f"{m[1]}{PARTS[m[2]]()}{m[4]}", text)


def main() -> int:
    """Write, or check, every document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path in documents():
        before = path.read_text("utf-8")
        after = written(before)
        if before != after:
            stale.append(path)
            if not check:
                path.write_text(after, "utf-8")
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'out of date' if check else 'written'}")  # noqa: T201
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
