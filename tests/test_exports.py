"""What a screen or command lists goes into a file, safe from spreadsheet programs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.app_kit import AtWork, new_file, play
from tests.shell_kit import Shell


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.reader(file)]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shell = Shell(monkeypatch, new_file(tmp_path, "en"))
    shell.json("edit", "2", "name=Anna Bell", "phone=", "company=Harbour Tools", "remark==1+1")
    shell.json("send", "1")
    return shell


COMMANDS = {
    "a search": (("find", "anna"), "name", 2),
    "content": (("content",), "content", 1),
    "duplicates": (("duplicates",), "how sure", 1),
    "the adjustment log": (("sop", "log"), "day", 0),
    "purchases": (("purchases",), "number", 0),
    "a list": (("lists", "revisit"), "name", 0),
}


@pytest.mark.parametrize("case", COMMANDS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_command_writes_what_it_lists(shell: Shell, tmp_path: Path, case: str, ending: str) -> None:
    arguments, heading, rows = COMMANDS[case]
    path = tmp_path / f"list.{ending}"
    told = shell.json(*arguments, "--export", str(path))
    assert told == {"rows": rows, "file": str(path)}
    assert shell.run(*arguments, "--export", str(path)).code == 1
    assert shell.run(*arguments, "--export", str(tmp_path / "list.doc")).code == 1
    if ending == "csv":
        lines = read(path)
        assert lines[0][0] == heading
        assert all(len(line) == len(lines[0]) for line in lines)
        assert not any(cell.startswith("=") for line in lines for cell in line)


SCREENS = {
    "a search": (("slash", *"anna", "ctrl+e"), "found", "Anna Bell"),
    "a search for a file": (("f5", "f6", *"anna", "ctrl+e"), "found", "Anna Bell"),
    "a contact's file": (("f6", "1", "ctrl+e"), "contact-1", "✿ friendly"),
    "steps": (("f7", "ctrl+e"), "sop-steps", "Leads"),
    "problems": (("f7", "2", "ctrl+e"), "sop-problems", ""),
    "the adjustment log": (("f7", "3", "ctrl+e"), "sop-log", ""),
    "two versions": (("f7", "4", "ctrl+e"), "sop-comparison", ""),
    "duplicates": (("ctrl+d", "right", "ctrl+e"), "duplicates", ""),
    "accounts": (("ctrl+d", "right", "right", "ctrl+e"), "accounts", ""),
}


@pytest.mark.parametrize("case", SCREENS)
def test_screen_writes_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    keys, name, word = SCREENS[case]
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    async def story(work: AtWork) -> None:
        await work.press(*keys)
        await work.press("enter")
        assert "rows written to" in work.text
        (path,) = tmp_path.rglob(f"siyu-{name}-2026-03-02.csv")
        lines = read(path)
        assert all(len(line) == len(lines[0]) for line in lines)
        assert word in [cell for line in lines for cell in line] or not word

    play(new_file(tmp_path, "en"), "en", story, (120, 36))
