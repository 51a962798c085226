"""One desk is one file, whatever it is called, and whoever else has it open by SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.nouns import Reaction
from store import verbs
from store.backups import Occasion, back_up, backups
from store.connection import connect, look_into
from store.desk_file import is_in_place, is_open_here
from store.lock import lock_path, take_lock
from store.whereabouts import danger_of
from tests.app_kit import new_file
from tests.desk_kit import Desk, moment, new_desk
from tests.shell_kit import Shell
from tui.opening import Chosen

READS = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("SELECT COUNT(*) FROM event").fetchone()
db.close()
"""
"""What any program does that looks into a database."""


def other_program(path: Path) -> None:
    subprocess.run([sys.executable, "-c", READS, str(path)], check=True, timeout=60)


def reading(desk: Desk) -> None:
    connect(desk.path, read_only=True).close()


def looking(desk: Desk) -> None:
    look_into(desk.path).close()


def backing_up(desk: Desk) -> None:
    assert back_up(desk.path, moment(), Occasion.WHILE) is not None


LOOKS: dict[str, Callable[[Desk], None]] = {
    "a backup": backing_up,
    "a thread that counts": reading,
    "a look at the file": looking,
}


@pytest.mark.parametrize("case", LOOKS)
def test_another_program_takes_nothing_from_under_the_open_desk(tmp_path: Path, case: str) -> None:
    """The last program that closes a file takes its write-ahead log away: never this one's."""
    desk = new_desk(tmp_path)
    desk.add()
    LOOKS[case](desk)
    other_program(desk.path)
    assert is_in_place(desk.db)
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.FRIENDLY)
    assert desk.faults() == []
    desk.db.close()


def test_file_counts_as_open_until_every_connection_is_closed(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    other = connect(desk.path, read_only=True)
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"")
    assert is_open_here(desk.path)
    assert not is_open_here(copy)
    other.close()
    assert is_open_here(desk.path)
    desk.db.close()
    assert not is_open_here(desk.path)


# By another name


def test_desk_behind_a_link_has_one_lock_one_sop_and_its_backups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = new_file(tmp_path, "en")
    link = tmp_path / "elsewhere" / "my.db"
    link.parent.mkdir()
    link.symlink_to(real)
    chosen = Chosen(link)
    assert chosen.database_path() == real
    assert chosen.sop_folder() == real.with_name("sop")
    shell = Shell(monkeypatch, link)
    lock = take_lock(real, "desk", "now", lambda _holder: False)
    try:
        assert "is open elsewhere (desk" in shell.run("log", "1", "1").err
    finally:
        lock.release()
    shell.text("log", "1", "1")
    shell.text("backup")
    (backup,) = backups(real)
    shell.text("log", "2", "1")
    shell.text("restore", backup.name, "--yes")
    assert link.is_symlink()
    assert [p.name for p in link.parent.iterdir()] == ["my.db"]
    assert lock_path(real).exists()


LEADS_NOWHERE: dict[str, str] = {"to a disk that is away": "/nowhere/desk.db", "to itself": "my.db"}


@pytest.mark.parametrize("case", LEADS_NOWHERE)
@pytest.mark.parametrize("command", [("today",), ("log", "1", "1"), ("backup",), ("doctor",)])
def test_link_that_leads_nowhere_is_told_and_no_desk_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, command: tuple[str, ...]
) -> None:
    link = tmp_path / "my.db"
    link.symlink_to(LEADS_NOWHERE[case])
    told = Shell(monkeypatch, link).run(*command)
    assert told.code == 1
    assert "which is not there" in told.err
    assert link.is_symlink()
    assert not link.exists()


def test_second_name_of_the_file_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_file(tmp_path, "en")
    assert danger_of(path) is None
    os.link(path, tmp_path / "twin.db")
    assert "hard link" in str(danger_of(path))
    assert "hard link" in Shell(monkeypatch, path).text("doctor")
