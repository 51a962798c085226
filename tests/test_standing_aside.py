"""Who stands aside is given no next day: on no screen, by no command, in no file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from store import verbs
from tests.app_kit import AtWork, names, new_file, play, squeeze
from tests.shell_kit import Shell
from tests.test_do_not_contact import KEYS, press_all, worked_with
from tui.words import set_language

ANNA, BEN, *_REST = names("en")
STANDS = {
    "do not contact": ("refuse", "1", "--reason", "stop"),
    "lost": ("log", "1", "lost"),
    "paused": ("log", "1", "rejecting"),
    "another contact of the phone refused": ("refuse", "2", "--reason", "stop"),
}
"""What happens to the first contact, who stands aside from then on."""


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(monkeypatch, new_file(tmp_path, "en"))


def aside(shell: Shell, name: str) -> list[Any]:
    """Makes the first contact stand aside, and what the commands told of it."""
    if name.startswith("another"):
        assert shell.run("edit", "2", "phone=13800000001").code == 0
    told = [shell.json(*STANDS[name])]
    told += [shell.json("stage", "1", "mql", "--reason", "number")] if "another" not in name else []
    return [*told, shell.json("contact", "1")]


@pytest.mark.parametrize("name", STANDS)
def test_no_command_tells_a_next_day(shell: Shell, tmp_path: Path, name: str) -> None:
    assert shell.json("contact", "1")["next_due"] == "2026-03-02"
    for told in aside(shell, name):
        assert told["next_due"] is None
        assert told.get("waiting", []) == []
    assert "next due" not in shell.text("contact", "1")
    file = tmp_path / "found.csv"
    assert shell.run("find", ANNA, "--export", str(file)).code == 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["status"], row["due on"]) != ("", "")
    assert row["due on"] == ""


def test_an_answer_to_somebody_paused_tells_no_next_day(shell: Shell) -> None:
    shell.json("log", "1", "rejecting")
    told = shell.json("send", "1", "--answer", "--content", "schedule_template")
    assert told["next_due"] is None


@pytest.mark.parametrize("name", STANDS)
def test_the_file_of_a_contact_shows_no_next_day(shell: Shell, tmp_path: Path, name: str) -> None:
    async def story(work: AtWork) -> None:
        await work.press("slash")
        await work.write("anna")
        await work.press("enter", "f6")
        assert f"╭─ {ANNA} ─" in work.text
        assert "nothing is planned" in work.text
        assert "next" not in " ".join(line for line in work.lines if "today" in line)

    aside(shell, name)
    set_language("en")
    play(tmp_path / "desk.db", "en", story)


def test_nothing_of_who_refused_is_postponed(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        desk = work.opened
        verbs.refuse(desk.db, desk.shift, desk.clock(), 1, "stop")
        before = work.log()
        await work.press("space", "1")
        assert "nothing is planned" in work.message
        assert work.log() == before

    play(new_file(tmp_path, "en"), "en", story)


SHOWN = {
    **{name: KEYS[name] for name in ("Today", "Replies", "Lists", "find")},
    "alone on the screen": ("ctrl+k", "5", "enter"),
    "a keyword": ("PASTE", "3", "5"),
}
WHOM = {"who refused": ("张伟", False), "the same phone, copied before": ("小张", True)}


@pytest.mark.parametrize(("whom", "copied"), WHOM.values(), ids=WHOM)
@pytest.mark.parametrize("keys", SHOWN.values(), ids=SHOWN)
def test_no_words_are_shown_or_copied_for_who_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    whom: str,
    copied: bool,
) -> None:
    """Neither for the one who refused nor for the other contact of the same phone."""

    async def story(work: AtWork) -> None:
        copies: list[str] = []
        monkeypatch.setattr(work.app, "copy_to_clipboard", copies.append)
        db, at_work, now = work.opened.db, work.opened.shift, work.opened.clock()
        if whom != work.name:
            await work.press("down")
        if copied:
            await work.press("enter")
        verbs.refuse(db, at_work, now, work.contact("张伟"), "别再发了")
        work.app.begin_day(reread=True)
        await work.settle()
        before = len(copies), len(work.tools)
        scripts = [s for content in at_work.sop.contents.values() for s in content.scripts]
        parts = (part for s in scripts for part in s.text.split("，") if "{" not in part)
        begins = {told for part in parts if len(told := squeeze(part)[:8]) > 4}
        for key in keys:
            if key == "PASTE":
                await work.paste("模板")
            else:
                await press_all(work, (key,), whom)
        shown = work.squeezed
        assert not [told for told in begins if told in shown]
        assert (len(copies), len(work.tools)) == before

    play(worked_with(tmp_path), "zh", story)
