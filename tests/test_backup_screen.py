"""The Backups screen and the backups made while somebody works, by real keys."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from store.backups import Backup, back_up, backups, folder_of
from store.start_up import open_to_write
from tests.app_kit import MIDDLE, SMALL, AtWork, names, new_file, play, squeeze
from tests.desk_kit import moment
from tests.desk_terminal import opened
from tui import safekeeping
from tui.screens.backups.screen import BackupsScreen
from tui.words import Language, _


async def made(work: AtWork) -> None:
    """Space on the screen, and the thread's end."""
    known = len(backups(work.opened.path))
    await work.press("space")
    await work.until(lambda: len(backups(work.opened.path)) > known and all_read(work))


def all_read(work: AtWork) -> bool:
    screen = work.app.screen
    assert isinstance(screen, BackupsScreen)
    known = backups(work.opened.path)
    return len(screen.known) == len(known) and all(b.path in screen.read for b in known)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80x24", "120x36"])
def test_list_is_empty_then_has_what_space_makes(
    tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async def story(work: AtWork) -> None:
        await work.press("ctrl+s")
        assert _("No backup yet. Space makes one now.") in work.text
        await made(work)
        assert "✓ 2026-03-02 09:40" in work.text
        assert _("✓ Backed up and read back.") in work.text
        assert squeeze(_("{n} events", n=8)) in work.squeezed
        told = _("Read back: its pages are sound and its log is whole. Enter restores it.")
        assert squeeze(told) in work.squeezed
        await work.press("space")
        await work.until(lambda: _("Nothing changed since the newest backup.") in work.text)
        await work.press("escape")
        assert not isinstance(work.app.screen, BackupsScreen)

    play(new_file(tmp_path, lang), lang, story, size)


def test_restore_says_what_goes_and_waits_for_a_yes(tmp_path: Path) -> None:
    wanted: list[Backup | None] = []

    async def story(work: AtWork) -> None:
        await work.press("ctrl+s")
        await made(work)
        await work.press("f2", "1", "down", "9", "1", "ctrl+s", "enter")
        told = "2 events after the backup go: reaction 1 · do not contact 1."
        assert squeeze(told) in work.squeezed
        await work.press("1")
        wanted.append(work.app.wanted)
        await work.press("enter", "escape")
        wanted.append(work.app.wanted)
        await work.press("enter", "2")
        wanted.append(work.app.wanted)
        assert work.app.return_code == 0

    play(new_file(tmp_path, "en"), "en", story)
    assert wanted[:2] == [None, None]
    assert wanted[2] is not None


def test_damaged_backup_is_marked_and_not_restored(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("ctrl+s")
        await made(work)
        await work.press("f2")
        os.truncate(backups(work.opened.path)[0].path, 9000)
        screen = work.app.get_screen_stack("backups")[0]
        assert isinstance(screen, BackupsScreen)
        screen.read.clear()
        await work.press("ctrl+s")
        await work.until(lambda: "✗ 2026-03-02" in work.text)
        assert "Cannot be restored" in work.text
        await work.press("enter")
        assert "damaged" in work.lines[-2]
        assert isinstance(work.app.screen, BackupsScreen)

    play(new_file(tmp_path, "en"), "en", story)


def test_backup_of_the_start_comes_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "FIRST_AFTER", 0.01)
    monkeypatch.setattr(safekeeping, "EVERY", 0.5)

    async def story(work: AtWork) -> None:
        path = work.opened.path
        await work.until(lambda: len(backups(path)) == 1)
        await work.press("1")
        await work.until(lambda: len(backups(path)) == 2)
        assert [b.occasion.value for b in backups(path)] == ["while", "start"]

    play(new_file(tmp_path, "en"), "en", story)


def test_backup_that_fails_is_a_banner_until_one_is_made(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        folder = folder_of(work.opened.path)
        folder.write_text("in the way")
        await work.press("ctrl+s", "space")
        await work.until(lambda: "! No backup was made" in work.text)
        await work.press("f2")
        assert "! No backup was made" in work.text
        await work.press("1")
        assert work.log()[-1][:2] == ("reaction", "friendly"), "the work goes on"
        folder.unlink()
        await work.press("ctrl+s")
        await made(work)
        assert "No backup was made" not in work.text

    play(new_file(tmp_path, "en"), "en", story)


def test_write_after_the_cause_is_gone_tries_the_backup_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(work: AtWork) -> None:
        folder = folder_of(work.opened.path)
        folder.write_text("in the way")
        await work.press("ctrl+s", "space")
        await work.until(lambda: "! No backup was made" in work.text)
        await work.press("f2", "1")
        assert not work.app.safekeeping.busy, "not at once after one that failed"
        folder.unlink()
        monkeypatch.setattr(safekeeping, "AGAIN_AFTER", 0)
        await work.press("2")
        await work.until(lambda: "No backup was made" not in work.text)
        assert len(backups(work.opened.path)) == 1

    play(new_file(tmp_path, "en"), "en", story)


def test_keys_are_taken_while_a_backup_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slow(*told: Any, **named: Any) -> Any:
        assert go_on.wait(30)
        return back_up(*told, **named)

    monkeypatch.setattr(safekeeping, "back_up", slow)

    async def story(work: AtWork) -> None:
        await work.press("ctrl+s", "space", "f2", "1")
        assert work.log()[-1][:2] == ("reaction", "friendly")
        assert work.app.safekeeping.busy
        go_on.set()
        await work.until(lambda: not work.app.safekeeping.busy)
        assert len(backups(work.opened.path)) == 1

    play(new_file(tmp_path, "en"), "en", story)


# The whole program


def test_whole_program_restores_and_comes_back(tmp_path: Path) -> None:
    """A backup by key, a reaction, a refusal, the restore; then the same window works on."""
    path, (first, second, *_rest) = new_file(tmp_path, "en"), names("en")
    with opened(path, "en", 120, 36) as terminal:
        terminal.wait_for(first)
        terminal.wait_idle()
        terminal.keys("ctrl+s")
        terminal.wait_for("No backup yet")
        terminal.keys("space")
        terminal.wait_for("✓ 2026-03-02 09:40")
        terminal.keys("f2")
        terminal.wait_for(first)
        terminal.keys("1", "down", "9")
        terminal.wait_for("Do not contact")
        terminal.keys("1")
        terminal.wait_for(lambda it: "asked to stop" not in it.screen_text())
        terminal.keys("ctrl+s")
        terminal.wait_for("Backups, newest first")
        terminal.wait_idle()
        terminal.keys("enter")
        terminal.wait_for("Restore the backup of 2026-03-02 09:40?")
        terminal.keys("2")
        terminal.wait_for("The backup of 2026-03-02 09:40 is the desk now.")
        terminal.wait_idle()
        terminal.keys("1")
        terminal.wait_idle()
        terminal.keys("ctrl+q")
        assert terminal.wait() == 0
    db = open_to_write(path, moment())
    rows = db.execute(
        "SELECT e.kind, c.name FROM event e LEFT JOIN contact c ON c.id = e.contact"
        " WHERE e.kind NOT IN ('import', 'added') ORDER BY e.seq"
    ).fetchall()
    db.close()
    assert rows == [("restored", None), ("refused", second), ("reaction", first)]
    occasions = [b.occasion.value for b in backups(path)]
    assert occasions[:2] == ["exit", "restored"]
    assert occasions[2:], "one from before the reaction"
    assert {*occasions[2:]} <= {"restore", "start", "asked"}, "whichever came first has all of it"


def test_desk_that_loses_its_file_becomes_a_backup_when_it_is_left(tmp_path: Path) -> None:
    path, (first, *_rest) = new_file(tmp_path, "en"), names("en")
    with opened(path, "en", 120, 36) as terminal:
        terminal.wait_for(first)
        terminal.wait_idle()
        terminal.keys("1")
        terminal.wait_idle()
        path.unlink()
        terminal.keys("2")
        terminal.wait_for("NOT SAVED")
        terminal.keys("ctrl+q")
        terminal.wait()
    assert not path.exists()
    (made,) = backups(path)
    assert made.occasion.value == "exit"


@pytest.mark.parametrize("how", ["SIGTERM", "window"])
def test_end_by_a_signal_makes_no_backup_and_the_next_start_does(tmp_path: Path, how: str) -> None:
    path, (first, *_rest) = new_file(tmp_path, "en"), names("en")
    with opened(path, "en") as terminal:
        terminal.wait_for(first)
        terminal.wait_idle()
        terminal.keys("1")
        terminal.wait_idle()
        if how == "window":
            terminal.close_window()
        else:
            terminal.kill(signal.SIGTERM)
        terminal.wait()
    assert [b for b in backups(path) if b.occasion.value == "exit"] == []
    db = open_to_write(path, moment())
    assert db.execute("SELECT COUNT(*) FROM event WHERE kind = 'reaction'").fetchone() == (1,)
    db.close()


def test_without_a_backup_no_key_restores_one(tmp_path: Path) -> None:
    async def story(work: AtWork) -> None:
        await work.press("ctrl+s")
        assert _("restore") not in work.lines[-1]
        await made(work)
        assert _("restore") in work.lines[-1]

    play(new_file(tmp_path, "en"), "en", story)


def test_a_backup_that_failed_is_not_said_to_go_on(tmp_path: Path) -> None:
    path = new_file(tmp_path, "en")
    folder_of(path).write_text("no folder")

    async def story(work: AtWork) -> None:
        await work.press("ctrl+s", "space")
        await work.until(lambda: "No backup was made" in work.text)
        assert _("Backing up …") not in work.text
        assert str(folder_of(path)) in work.text.replace("\n", "").replace(" ", "")
        assert ".new" not in work.text, "the name of a part that is gone helps nobody"

    play(path, "en", story, (200, 50))
