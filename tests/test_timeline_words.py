"""What `siyu timeline` says of a change: of what, from where to where, which fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_an_undo_says_of_what(shell: Shell) -> None:
    shell.run("log", "1", "friendly")
    shell.run("undo")
    shell.run("redo")
    *_before, reaction, undo, redo = shell.json("timeline", "1")
    expected = {"seq": reaction["seq"], "kind": "reaction", "reaction": "friendly"}
    assert (undo["of"], redo["of"]) == (expected, expected)
    *_lines, undone, again = shell.run("timeline", "1", "--lang", "en").out.splitlines()
    assert "friendly" in undone
    assert "friendly" in again


def test_a_stage_says_from_where_to_where(shell: Shell) -> None:
    shell.run("stage", "1", "mql", "--reason", "留了电话")
    stage = next(e for e in shell.json("timeline", "1") if e["kind"] == "stage")
    assert (stage["from"], stage["to"]) == ("lead", "mql")
    assert " → MQL" in shell.run("timeline", "1", "--lang", "en").out


def test_a_changed_profile_says_which_fields(shell: Shell) -> None:
    shell.run("edit", "1", "company=云链")
    profile = next(e for e in shell.json("timeline", "1") if e["kind"] == "profile")
    assert profile["fields"] == {"company": "云链"}
    assert "company 云链" in shell.run("timeline", "1", "--lang", "en").out
