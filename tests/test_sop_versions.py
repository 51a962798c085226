"""`siyu sop plan`, `publish`, `log` and `compare`, as a shell would run them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sop_content import shipped
from store.publishing import publishes
from tests.app_kit import chosen, new_file
from tests.shell_kit import Shell
from tests.test_editions import write_version
from tui.opening import desk


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shutil.copytree(shipped("en"), tmp_path / "sop")
    write_version(tmp_path / "next", "2.0")
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def test_plan_tells_each_sequence_and_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    before = shell.database.read_bytes()
    told = shell.json("sop", "plan", str(tmp_path / "next"))
    assert (told["was"], told["version"], told["under_way"]) == ("1.0", "2.0", 7)
    assert (told["stays"], told["moves"], told["restarts"], told["finishes"]) == (3, 4, 0, 0)
    (leads,) = (s for s in told["sequences"] if s["sequence"] == "leads")
    assert leads["stages"][0]["stage"] == "lead"
    assert leads["stages"][0]["moves"] == 4
    assert leads["first"]["moves"][0]["name"] == "Anna Bell"
    assert shell.database.read_bytes() == before
    text = shell.text("sop", "plan", str(tmp_path / "next"))
    assert "move to the matching step: 4 (Lead 4) Anna Bell" in text


def test_choices_per_sequence(shell: Shell, tmp_path: Path) -> None:
    told = shell.json("sop", "plan", str(tmp_path / "next"), "--stay", "growing")
    assert [one["choice"] for one in told["sequences"]] == ["stay", "move"]
    told = shell.json("sop", "plan", str(tmp_path / "next"), "--restart", "leads")
    assert told["restarts"] == 4
    answer = shell.run("sop", "plan", str(tmp_path / "next"), "--stay", "nobody")
    assert answer.code == 1
    assert "leads" in answer.err


def test_publish_undo_and_redo(shell: Shell, tmp_path: Path) -> None:
    told = shell.json(
        "sop", "publish", str(tmp_path / "next"), "--reason", "slow", "--reason-kind", "market"
    )
    assert (told["version"], told["was"], told["moved"]) == ("2.0", "1.0", 4)
    assert told["kept"] == str(tmp_path / "sop-1.0")
    assert shell.json("today")["sop_version"] == "2.0"
    assert shell.json("doctor")["ok"]
    assert shell.json("undo")["what"] == "publish"
    assert shell.json("today")["sop_version"] == "1.0"
    assert shell.json("redo")["what"] == "publish"
    assert shell.json("today")["sop_version"] == "2.0"
    assert shell.json("doctor")["ok"]


def test_backup_is_made_before_a_version_is_published(shell: Shell, tmp_path: Path) -> None:
    shell.run("sop", "publish", str(tmp_path / "nowhere"), "--reason", "slow")
    assert shell.json("backup", "list") == [], "nothing was published"
    shell.json("sop", "publish", str(tmp_path / "next"), "--reason", "slow")
    (made,) = shell.json("backup", "list")
    assert (made["what"], made["ok"]) == ("publish", True)
    with desk(chosen(Path(made["file"]), "en")) as opened:
        assert publishes(opened.db) == ()


def unwrite(folder: Path) -> None:
    """Makes every script of the first content of the new version one that is still to come."""
    path = folder / "content" / "function.yaml"
    head, rest = path.read_text("utf-8").split("  - id: three_signals", 1)
    lines = head.splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip() == "scripts:")
    stub = [*lines[: first + 1], "      - id: a", "        text: TODO write it", ""]
    path.write_text("\n".join([*stub, "  - id: three_signals"]) + rest, "utf-8")


def test_unwritten_version_is_told_and_asks_before_it_blocks(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    unwrite(folder)
    told = shell.json("sop", "plan", str(folder))
    assert told["to_write"] == [{"content": "schedule_template", "script": "a"}]
    assert told["blocked"] > 0
    text = shell.text("sop", "plan", str(folder))
    assert "1 script is still to be written: “" in text
    assert f"{told['blocked']} contacts due today would have nothing to be sent" in text
    answer = shell.run("sop", "publish", str(folder), "--reason", "slow")
    assert answer.code == 1
    assert "--anyway" in answer.err
    assert shell.json("today")["sop_version"] == "1.0"
    shell.json("sop", "publish", str(folder), "--reason", "slow", "--anyway")
    assert shell.json("today")["sop_version"] == "2.0"


REFUSED = {
    "no folder": (["/no/such/folder", "--reason", "x"], 1),
    "the folder in use": (["sop", "--reason", "x"], 1),
    "no reason": (["next"], 2),
    "an empty reason": (["next", "--reason", " "], 1),
    "another kind of reason": (["next", "--reason", "x", "--reason-kind", "mood"], 2),
}


@pytest.mark.parametrize(("arguments", "code"), REFUSED.values(), ids=REFUSED)
def test_publish_refuses(shell: Shell, tmp_path: Path, arguments: list[str], code: int) -> None:
    folder, *rest = arguments
    answer = shell.run("sop", "publish", str(tmp_path / folder), *rest)
    assert answer.code == code
    assert answer.err
    assert shell.json("today")["sop_version"] == "1.0"
    assert shell.json("sop", "log") == []


def test_log_tells_reason_author_and_effect(shell: Shell, tmp_path: Path) -> None:
    assert "was not changed yet" in shell.text("sop", "log")
    shell.run("send", "Anna Bell")
    shell.text("sop", "publish", str(tmp_path / "next"), "--reason", "slow", "--author", "Zoe")
    (one,) = shell.json("sop", "log")
    assert (one["kind"], one["version"], one["was"], one["day"]) == (
        "publish",
        "2.0",
        "1.0",
        "2026-03-02",
    )
    assert (one["reason"], one["reason_kind"], one["author"]) == ("slow", None, "Zoe")
    assert one["changes"]["sequences"] == 1
    assert (one["moved"], one["undone"]) == (3, False), "Anna is past the step"
    assert one["effect"]["total"]["first"]["sends"] == 1
    assert one["effect"]["outcome"] == "too_few"
    assert "slow (Zoe)" in shell.text("sop", "log")


def test_compare_two_versions(shell: Shell, tmp_path: Path) -> None:
    shell.run("send", "Anna Bell")
    shell.run("sop", "publish", str(tmp_path / "next"), "--reason", "slow")
    answer = shell.run("sop", "compare", "1.0", "2.0")
    assert (answer.code, "nothing was sent by version 2.0" in answer.err) == (1, True)
    shell.run("send", "Ben Cole")
    shell.run("log", "Ben Cole", "positive")
    told = shell.json("sop", "compare", "1.0", "2.0")
    assert told["total"]["second"]["positive"] == 1
    assert set(told["total"]["engaged"]) == {"first", "second", "chance"}
    assert told["stages"][0]["stage"] == "lead"
    assert told["outcome"] == "too_few"
    text = shell.text("sop", "compare", "1.0", "2.0")
    assert "2.0 beside 1.0" in text
