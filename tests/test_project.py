"""What holds for the project as a whole: its form, its pages, its two commands."""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

import tui.commands
from docs.tools import pages
from sop_content import content, sequences, settings
from tui.__main__ import COMMANDS

ROOT = Path(__file__).parents[1]
CODE = ("bench", "docs", "rules", "scripts", "sop_content", "store", "tests", "tui")
TEXTS = {".cfg", ".css", ".csv", ".md", ".pot", ".po", ".py", ".sh", ".sql", ".tcss", ".toml"}
TEXTS |= {".yaml", ".yml", ""}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
ALLOWED_LONGER: frozenset[str] = frozenset()
"""Files and functions (`path:name`) that may be longer; kept empty."""

ELSEWHERE = {
    "a path of one machine": r"(?<![\w.~])/(?:[w]ork|[r]oot|[o]pt|[h]ome/\w+)/",
    "a package registry": r"[p]ypi\.(?:org|tuna)|[p]ythonhosted|[n]pmjs|[d]eb\.debian|index-[u]rl",
    "a pip setting of one machine": r"[f]ind-links|[P]IP_[A-Z]+",
}


def modules() -> list[Path]:
    return sorted(path for room in CODE for path in (ROOT / room).rglob("*.py"))


def texts() -> Iterator[Path]:
    """Every text of the project; what is made from it or hidden is left out."""
    for path in ROOT.iterdir():
        if path.is_file() and path.suffix in TEXTS:
            yield path
    for folder in (*CODE, ".ci"):
        found = (ROOT / folder).rglob("*")
        yield from (path for path in found if path.is_file() and path.suffix in TEXTS)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def markdown() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("what", ELSEWHERE)
def test_the_project_speaks_of_itself_alone(what: str) -> None:
    pattern = re.compile(ELSEWHERE[what])
    found = [
        f"{told(path)}:{number}: {line.strip()[:100]}"
        for path in texts()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_file_of_code_is_short() -> None:
    lengths = {told(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert lengths
    found = {path for path, length in lengths.items() if length >= LONGEST_FILE}
    assert found == ALLOWED_LONGER & set(lengths)


def test_every_function_is_short() -> None:
    found = {
        f"{told(path)}:{function.name}"
        for path in modules()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 >= LONGEST_FUNCTION
    }
    assert found <= ALLOWED_LONGER, sorted(found - ALLOWED_LONGER)


def test_every_module_says_what_it_owns() -> None:
    silent = [
        told(path)
        for path in modules()
        if (tree := ast.parse(path.read_text("utf-8"))).body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_no_module_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}
    assert [told(path) for path in modules() if path.stem in empty] == []


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_no_files_import_each_other_in_a_circle() -> None:
    rooms = ("tui", "store", "sop_content", "scripts", "rules")
    graph = grimp.build_graph(*rooms, cache_dir=None)
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imported).prepare()  # CycleError names the files of a circle


def test_every_make_command_of_the_pages_exists() -> None:
    named = {
        command
        for page in (*markdown(), ROOT / ".ci" / "run")
        for command in re.findall(r"(?:`|^)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test"} <= named
    assert named <= make_targets()


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_of_the_readmes_exists(page: str) -> None:
    rows = re.findall(r"^\| (`siyu.*?) \|", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`siyu ([a-z]+)", row)}
    assert named | {"app"} == set(COMMANDS)


def test_every_link_of_the_pages_leads_somewhere() -> None:
    broken = [
        f"{told(page)}: {link}"
        for page in markdown()
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []


def test_the_generated_parts_of_the_pages_are_those_of_the_code() -> None:
    assert [told(page) for page in pages.stale()] == []


def test_a_page_behind_the_code_is_seen_and_renewed() -> None:
    page = "before\n<!-- generated: reactions -->\nold\n<!-- end -->\nafter\n"
    renewed = pages.renewed(page, {"reactions": lambda: "new"})
    assert renewed == page.replace("old", "new")
    assert pages.renewed(renewed, {"reactions": lambda: "new"}) == renewed


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(sequences.SOP_FIELDS + sequences.STAGE_FIELDS, id="sop.yaml"),
        pytest.param(sequences.FIELDS + sequences.STEP_FIELDS, id="sequences"),
        pytest.param(content.FIELDS + content.SCRIPT_FIELDS, id="content"),
        pytest.param(settings.FIELDS + settings.CAPS, id="desk.yaml"),
    ],
)
def test_the_page_of_the_sop_shows_every_field(fields: tuple[str, ...]) -> None:
    page = (ROOT / "docs" / "sop.md").read_text("utf-8")
    shown = set(re.findall(r"^ *(?:- )?([a-z_]+):", page, re.MULTILINE))
    assert set(fields) - shown == set()


def test_catalogues_styles_and_sql_are_installed_with_their_rooms() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    installed = project["tool"]["setuptools"]["package-data"]
    files = {
        path
        for room, patterns in installed.items()
        for pattern in patterns
        for path in (ROOT / room).glob(pattern)
    }
    needed = [ROOT / "tui" / "locale" / "zh" / "LC_MESSAGES" / "siyu.mo"]
    for room, suffix in (("tui", "tcss"), ("store", "sql"), ("sop_content", "yaml")):
        found = sorted((ROOT / room).rglob(f"*.{suffix}"))
        assert found, room
        needed += found
    assert [told(path) for path in needed if path not in files] == []


def test_a_command_starts_without_the_framework_of_the_screen() -> None:
    """The module that opens the app loads it when it is called, not before."""
    found = pkgutil.iter_modules(tui.commands.__path__, "tui.commands.")
    names = ["tui.__main__", *(module.name for module in found)]
    code = (
        "import importlib, sys\n"
        f"for name in {names}:\n"
        "    importlib.import_module(name)\n"
        "    assert 'textual' not in sys.modules, name\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert len(names) > 1
    assert (done.returncode, done.stderr) == (0, "")


def test_the_app_starts_without_the_library_of_the_command_line() -> None:
    """Nothing up to the first picture needs it when siyu is called alone."""
    code = (
        "import sys, tui.__main__, tui.opening, tui.running, tui.app, tui.screens.today.screen\n"
        "print(sorted({'click', 'uniseg', 'rules.duplicates', 'rules.trends'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


PROMISES = ROOT / "docs" / "promises.md"
FAULTS_THOUGHT_OF = 164


def test_every_promise_is_held_by_a_test_that_exists() -> None:
    page = PROMISES.read_text("utf-8")
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", page))
    assert len(named) > 100
    known = {
        (path.name, function.name)
        for path in (ROOT / "tests").glob("test_*.py")
        for function in functions(path)
    }
    assert sorted(named - known) == []
    promises = re.split(r"\n(?=\*\*)", page.split("What is not promised")[0])[1:]
    assert [p[:40] for p in promises if "::test_" not in p] == []


def test_every_fault_that_was_thought_of_is_told_once_and_none_without_an_answer() -> None:
    rows = re.findall(
        r"^\| (\d+)(?:–(\d+))? \| (.+?) \| (.+) \|$", PROMISES.read_text("utf-8"), re.MULTILINE
    )
    told = [n for first, last, *_ in rows for n in range(int(first), int(last or first) + 1)]
    assert told == [*range(1, FAULTS_THOUGHT_OF + 1)]
    answers = ("::test_", "not yet", "does not apply: ")
    assert [row for row in rows if not any(answer in row[3] for answer in answers)] == []
