"""What a command loads: most of its time goes into that, so it loads what it needs and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.desk_terminal import environ

CALLED = """
import runpy, sys
try:
    runpy.run_module("tui", run_name="__main__")
finally:
    sys.stderr.write("\\n".join(sys.modules))
"""
SCREEN = ("textual", "tui.app", "tui.screens", "tui.widgets", "tui.drafts", "tui.keys")
LIBRARIES = ("yaml", "sqlite_utils", "holidays", "sqlglot", "rapidfuzz", "pypinyin", "openpyxl")
WRITING = (
    "rules.folding",
    "rules.merging",
    "rules.purchases",
    "store.backups",
    "store.derived",
    "store.exchange",
    "store.health",
    "store.list_pass",
    "store.lock",
    "store.log",
    "store.matching",
    "store.read_anew",
    "store.standing",
    "store.verbs",
    "tui.write_lock",
)
"""What brings events, states and backups about, and reads files of others."""


def loaded(path: Path, *arguments: str) -> frozenset[str]:
    """The modules that a command which works has loaded at its end."""
    wanted = {name: value for name, value in environ(path, "en").items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", CALLED, *arguments],
        env={**os.environ, **wanted},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("{")
    return frozenset(done.stderr.split())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose SOP was read before, as at every call but the first."""
    path = new_file(tmp_path_factory.mktemp("desk"), "en")
    loaded(path, "today", "--json")
    return path


@pytest.mark.parametrize(
    "unneeded", [SCREEN, LIBRARIES, WRITING], ids=["screen", "libraries", "writing"]
)
def test_today_as_a_document_loads_nothing_that_it_does_not_need(
    desk: Path, unneeded: tuple[str, ...]
) -> None:
    found = loaded(desk, "today", "--json")
    assert {"tui.commands.today", "store.offering"} <= found
    assert sorted(found.intersection(unneeded)) == []
