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
    assert "The desk is at 1.0" in said.err
    assert "what is sent now counts for 2.0" in said.err
    assert "The desk is at" not in shell.run("log", "1", "1").err


def test_what_is_sent_from_another_folder_counts_for_its_very_script(
    shell: Shell, tmp_path: Path
) -> None:
    folder = drafted(shell, tmp_path / "next")
    for file in (folder / "content").glob("*.yaml"):
        told = file.read_text("utf-8")
        file.write_text(told.replace("your plan change", "your schedule change"), "utf-8")
    shell.json("send", "1", "--sop", str(folder))
    shell.json("log", "1", "positive")
    shell.json("send", "2")
    shell.json("log", "2", "friendly")
    content = shell.json("content")
    counted = {row["version"]: (row["sends"], row["positive"], row["friendly"]) for row in content}
    assert counted == {"2.0": (1, 1, 0), "1.0": (1, 0, 1)}
    digests = {one["digest"] for row in content for one in row["variants"]}
    assert len(digests) == 2
    assert shell.json("doctor")["ok"]


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
