"""The last good SOP from one start to the next: a typo, a folder or its limits gone.

Whatever somebody does to the files between two starts, the desk opens, nothing
is sent that the last good SOP would not send, and who it is about can be found.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rules.nouns import Kind
from sop_content import shipped
from tests.app_kit import NOW, new_file
from tests.shell_kit import Shell
from tui.banners import FAULTS
from tui.opening import Chosen, desk

CAP = "caps:\n  operator_day: 3\n"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with an SOP of its own beside the file, which it worked by once."""
    own_sop(tmp_path / "sop")
    monkeypatch.chdir(tmp_path)
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    assert shell.run("today").code == 0
    return shell


def own_sop(folder: Path) -> None:
    """The SOP that ships, with a cap of its own."""
    shutil.copytree(shipped("en"), folder)
    (folder / "desk.yaml").write_text(CAP, "utf-8")


def chosen(shell: Shell) -> Chosen:
    return Chosen(shell.database, environ={"SIYU_NOW": NOW})


def typo(folder: Path) -> None:
    (folder / "desk.yaml").write_text(CAP + "calendar: XX\n", "utf-8")


def replaced(folder: Path) -> None:
    """Gone, and something that is no folder in its place."""
    shutil.rmtree(folder)
    folder.write_text("", "utf-8")


BREAKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a typo in the settings": (typo, "desk.yaml:3:11"),
    "the settings gone": (lambda sop: (sop / "desk.yaml").unlink(), "desk.yaml was in use"),
    "the rules gone": (lambda sop: (sop / "rules.yaml").unlink(), "rules.yaml was in use"),
    "the heading gone": (lambda sop: (sop / "sop.yaml").unlink(), "sop.yaml is missing"),
    "a half of a file": (lambda sop: (sop / "sop.yaml").write_text("version: [1\n"), "sop.yaml:"),
    "the folder gone": (lambda sop: sop.rename(sop.with_name("away")), "siyu sop init"),
    "a file in its place": (replaced, "siyu sop init"),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "find": ("find", "Anna"),
    "timeline": ("timeline", "1"),
    "contact": ("contact", "1"),
    "undo": ("undo",),
    "log": ("log", "1", "friendly"),
    "refuse": ("refuse", "2", "--reason", "asked so"),
    "export": ("export", "due.csv"),
    "person export": ("person", "export", "1"),
    "today": ("today",),
    "lists": ("lists",),
    "doctor": ("doctor",),
    "send": ("send", "1"),
}


@pytest.mark.parametrize(("broken", "words"), BREAKS.values(), ids=BREAKS)
def test_commands_go_on_with_the_last_good_sop(
    shell: Shell, tmp_path: Path, broken: Callable[[Path], object], words: str
) -> None:
    assert shell.run("send", "3").code == 0
    broken(tmp_path / "sop")
    for name, arguments in COMMANDS.items():
        answer = shell.run(*arguments)
        assert answer.code == 0, (name, answer)
        assert answer.err.count("last good SOP stays in use") == 1, (name, answer)
        assert words in answer.err, (name, answer)


@pytest.mark.parametrize(("broken", "words"), BREAKS.values(), ids=BREAKS)
def test_desk_opens_by_the_last_good_sop_and_says_so(
    shell: Shell, tmp_path: Path, broken: Callable[[Path], object], words: str
) -> None:
    with desk(chosen(shell), writes="desk") as opened:
        good = opened.shift.sop
    assert good.settings.daily_cap == 3
    broken(tmp_path / "sop")
    for _start in range(2):
        with desk(chosen(shell), writes="desk") as opened:
            assert opened.shift.sop == good
            banner, look = opened.banners[FAULTS]
            assert words in banner
            assert "last good SOP stays in use" in banner
            assert look == "error"


@pytest.mark.parametrize(("broken", "words"), BREAKS.values(), ids=BREAKS)
def test_cap_of_the_desk_holds_although_its_files_do_not(
    shell: Shell, tmp_path: Path, broken: Callable[[Path], object], words: str
) -> None:
    broken(tmp_path / "sop")
    codes = [shell.run("send", str(contact)).code for contact in range(1, 6)]
    assert codes == [0, 0, 0, 1, 1], words


def test_script_that_is_credited_is_the_one_that_was_shown(shell: Shell, tmp_path: Path) -> None:
    due = shell.json("today")["due"][0]
    content = next(
        path
        for path in (tmp_path / "sop" / "content").glob("*.yaml")
        if f"id: {due['content']}\n" in path.read_text("utf-8")
    )
    content.write_text(content.read_text("utf-8").replace("text:", "text: [", 1), "utf-8")
    again = next(d for d in shell.json("today")["due"] if d["contact"] == due["contact"])
    assert again == due
    assert shell.run("send", due["contact"]).code == 0
    touch = shell.json("timeline", due["contact"])[-1]
    assert touch["kind"] == Kind.TOUCH.value
    assert (touch["text"], touch["sop_version"]) == (
        due["text"],
        shell.json("today")["sop_version"],
    )
    with desk(chosen(shell)) as opened:
        variants = opened.shift.sop.contents[due["content"]].scripts
    with closing(sqlite3.connect(shell.database)) as disk:
        kept = disk.execute("SELECT digest, variant FROM script_text").fetchall()
    assert kept == [(one.digest, one.id) for one in variants if one.id == due["variant"]]


def test_mended_files_are_in_use_again(shell: Shell, tmp_path: Path) -> None:
    typo(tmp_path / "sop")
    shell.run("today")
    (tmp_path / "sop" / "desk.yaml").write_text(CAP.replace("3", "2"), "utf-8")
    answer = shell.run("today")
    assert answer.err == ""
    assert shell.run("doctor").err == ""
    with desk(chosen(shell)) as opened:
        assert opened.shift.sop.settings.daily_cap == 2


def test_comment_says_that_the_usual_settings_are_wanted(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "sop" / "desk.yaml").unlink()
    told = shell.json("sop", "check", code=1)
    assert [p["file"] for p in told["problems"] if p["severity"] == "error"] == ["desk.yaml"]
    (tmp_path / "sop" / "desk.yaml").write_text("# as usual\n", "utf-8")
    assert shell.run("today").err == ""
    assert shell.json("sop", "check")["ok"] is True
    with desk(chosen(shell)) as opened:
        assert opened.shift.sop.settings.daily_cap == 80


def test_sop_that_is_written_anew_ends_it(shell: Shell, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "sop")
    assert "siyu sop init" in shell.run("today").err
    assert shell.run("sop", "init", str(tmp_path / "sop")).code == 0
    assert shell.run("today").err == ""


def test_desk_without_a_folder_of_its_own_works_by_what_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    for _start in range(2):
        answer = shell.run("today")
        assert (answer.code, answer.err) == (0, "")


def test_look_at_another_sop_displaces_nothing(shell: Shell, tmp_path: Path) -> None:
    shutil.copytree(shipped("en"), tmp_path / "draft")
    assert shell.run("today", "--sop", str(tmp_path / "draft")).code == 0
    typo(tmp_path / "sop")
    with desk(chosen(shell)) as opened:
        assert opened.shift.sop.settings.daily_cap == 3


def test_named_folder_has_a_last_good_sop_of_its_own(shell: Shell, tmp_path: Path) -> None:
    named = tmp_path / "elsewhere"
    own_sop(named)
    assert shell.run("today", SIYU_SOP=str(named)).code == 0
    typo(named)
    assert "last good SOP" in shell.run("send", "1", SIYU_SOP=str(named)).err
    shutil.rmtree(named)
    assert "last good SOP" in shell.run("send", "2", SIYU_SOP=str(named)).err
    assert shell.run("today", SIYU_SOP=str(tmp_path / "mistyped")).code == 1


WITHOUT = ("find", "timeline", "contact", "undo", "log", "refuse", "person export", "doctor")


@pytest.mark.parametrize("name", COMMANDS)
def test_without_any_good_sop_people_are_still_found_and_refused(shell: Shell, name: str) -> None:
    assert shell.run("send", "3").code == 0
    typo(shell.database.with_name("sop"))
    for kept in shell.database.parent.glob(".*.sop*.json"):
        kept.unlink()
    answer = shell.run(*COMMANDS[name])
    assert answer.code == (0 if name in WITHOUT else 1), answer
    assert "siyu sop check" in answer.err
    assert answer.err.count("\n") == (1 if name in WITHOUT else 2)


@pytest.mark.parametrize("damage", [b"", b"6 x own", b"\xff\xfe", b"6 x ships 0\n{}"])
def test_damaged_cache_is_never_half_believed(shell: Shell, damage: bytes) -> None:
    for kept in shell.database.parent.glob(".*.sop.json"):
        kept.write_bytes(damage)
    assert shell.run("today").err == ""


LISTED = {
    "a calendar that is none": ("desk.yaml", "calendar: XX\n", True),
    "a field that is none": ("desk.yaml", "qqqqq: 1\n", False),
    "a channel that is none": ("desk.yaml", "channel: qqqqq\n", False),
}


@pytest.mark.parametrize(("file", "text", "more"), LISTED.values(), ids=LISTED)
def test_check_lists_what_is_accepted_once_and_not_all_of_it(
    shell: Shell, tmp_path: Path, file: str, text: str, more: bool
) -> None:
    (tmp_path / "sop" / file).write_text(text, "utf-8")
    line = next(row for row in shell.run("sop", "check").out.splitlines() if row.startswith(file))
    assert line.count("Accepted:") == 1
    assert len(line.partition("Accepted:")[2].split(",")) <= 13
    assert ("…" in line) is more
    chinese = shell.run("sop", "check", "--lang", "zh").out
    row = next(row for row in chinese.splitlines() if row.startswith(file))
    assert "错误:" not in row
    assert row.count("可以写") == 1
