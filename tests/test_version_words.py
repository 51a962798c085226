"""What is said when the SOP's files are of another version than the desk's log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def drafted(shell: Shell, folder: Path) -> Path:
    assert shell.run("sop", "init", str(folder)).code == 0
    file = folder / "sop.yaml"
    file.write_text(file.read_text("utf-8").replace("1.0", "2.0"), "utf-8")
    return folder


def test_a_version_that_was_not_published_is_told(shell: Shell, tmp_path: Path) -> None:
    folder = drafted(shell, tmp_path / "next")
    said = shell.run("log", "1", "1", "--sop", str(folder))
    assert said.code == 0
    assert "2.0" in said.err
    assert "the desk is at 1.0" in said.err
    assert "the desk is at" not in shell.run("log", "1", "1").err


def test_after_a_restore_the_versions_are_told(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("backup").code == 0
    folder = drafted(shell, tmp_path / "next")
    assert shell.run("sop", "publish", str(folder), "--reason", "market").code == 0
    oldest = shell.json("backup", "list")[-1]["backup"]
    said = shell.run("restore", oldest, "--yes").out
    assert "The desk is at SOP 1.0" in said, said
    assert "holds 2.0" in said


def test_a_folder_that_is_not_there_is_told(shell: Shell) -> None:
    for command in (("sop", "plan", "nope"), ("sop", "diff", "nope")):
        said = shell.run(*command)
        assert said.code == 1
        assert "there is no folder nope" in said.err
