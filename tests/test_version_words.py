"""What is said when the SOP's files are of another version than the desk's log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app_kit import new_file
from tests.shell_kit import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def drafted(shell: Shell, folder: Path, version: str = "2.0") -> Path:
    assert shell.run("sop", "init", str(folder)).code == 0
    file = folder / "sop.yaml"
    file.write_text(file.read_text("utf-8").replace("1.0", version), "utf-8")
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
    assert "The desk is at SOP" not in said, "the SOP that ships is in use again"
    assert "stands in " in said
    assert not (tmp_path / "sop").exists()
    (aside,) = tmp_path.glob("sop-2.0-undone*")
    assert (aside / "sop.yaml").is_file()
    assert shell.json("today")["sop_version"] == "1.0"


def test_restore_puts_the_files_back_and_a_later_restore_forward(
    shell: Shell, tmp_path: Path
) -> None:
    """Also a change made by hand in the published folder is kept, in the one set aside."""
    for version in ("2.0", "3.0"):
        folder = drafted(shell, tmp_path / f"next-{version}", version)
        assert shell.run("sop", "publish", str(folder), "--reason", "market").code == 0
        if version == "2.0":
            assert shell.run("backup").code == 0
            first = shell.json("backup", "list")[0]["backup"]
    own = tmp_path / "sop"
    (own / "sop.yaml").write_text((own / "sop.yaml").read_text("utf-8") + "# mine\n", "utf-8")
    before = shell.json("restore", first, "--yes")["before"]
    assert shell.json("today")["sop_version"] == "2.0"
    (aside,) = tmp_path.glob("sop-3.0-undone*")
    assert (aside / "sop.yaml").read_text("utf-8").endswith("# mine\n")
    newer = before or shell.json("backup", "list")[0]["backup"]
    assert shell.run("restore", newer, "--yes").code == 0
    assert shell.json("today")["sop_version"] == "3.0"
    assert (own / "sop.yaml").read_text("utf-8").endswith("# mine\n")


def test_a_folder_of_ones_own_stays_and_the_way_back_is_told(shell: Shell, tmp_path: Path) -> None:
    """The command that is printed is one that works."""
    folder = drafted(shell, tmp_path / "next")
    assert shell.run("backup").code == 0
    oldest = shell.json("backup", "list")[0]["backup"]
    assert shell.run("sop", "publish", str(folder), "--reason", "market").code == 0
    own = tmp_path / "sop"
    (own / ".siyu-edition").unlink()
    assert shell.run("sop", "init", str(tmp_path / "sop-1.0")).code == 0
    said = shell.run("restore", oldest, "--yes").out
    assert "The desk is at SOP 1.0" in said
    (line,) = (line for line in said.splitlines() if "siyu sop publish" in line)
    typed = line.partition("siyu ")[2].replace("TEXT", "back")
    assert shell.run(*typed.split()).code == 0
    assert shell.json("today")["sop_version"] == "1.0"


def test_a_folder_that_is_not_there_is_told(shell: Shell) -> None:
    for command in (("sop", "plan", "nope"), ("sop", "diff", "nope")):
        said = shell.run(*command)
        assert said.code == 1
        assert "there is no folder nope" in said.err
