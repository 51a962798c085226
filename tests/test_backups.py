"""A backup counts only once it was read back; whatever goes wrong leaves the older ones."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rules.nouns import Reaction
from store import backups as module
from store import connection, verbs
from store.backups import (
    BackupFailed,
    Occasion,
    back_up,
    backups,
    folder_of,
    look,
    newest_sound,
)
from store.connection import NotADesk
from tests.backup_kit import backed_up, work, worked
from tests.desk_kit import MONDAY, Desk, faults, moment, new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return worked(tmp_path)


def test_backup_holds_all_that_was_committed_though_the_desk_is_open(desk: Desk) -> None:
    made = backed_up(desk)
    assert look(made.path).end[0] == desk.events()
    copy = desk.path.with_name("copy.db")
    shutil.copyfile(made.path, copy)
    with closing(connection.connect(copy)) as db:
        assert faults(db) == []


def test_backup_is_one_file_of_its_own_that_only_its_owner_reads(desk: Desk) -> None:
    umask = os.umask(0)
    try:
        made = backed_up(desk)
        look(made.path, wholly=True)
    finally:
        os.umask(umask)
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700


def test_name_tells_when_and_why(desk: Desk) -> None:
    made = back_up(desk.path, moment(MONDAY, 14, 5), Occasion.IMPORT)
    assert made is not None
    assert made.name == "2026-03-02_14.05.00_import"
    assert (made.when, made.occasion, made.day) == ("2026-03-02 14:05", Occasion.IMPORT, MONDAY)


def test_nothing_new_makes_no_backup(desk: Desk) -> None:
    assert back_up(desk.path, moment(), Occasion.START) is not None
    assert back_up(desk.path, moment(), Occasion.EXIT) is None
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.FRIENDLY)
    assert back_up(desk.path, moment(), Occasion.EXIT) is not None


def test_desk_on_which_nothing_happened_makes_none(tmp_path: Path) -> None:
    assert back_up(new_desk(tmp_path).path, moment(), Occasion.START) is None


def test_backups_of_one_second_stand_in_their_order(desk: Desk) -> None:
    made = []
    for n in range(1, 12):
        verbs.note(desk.db, desk.shift, moment(), 1, {"note": str(n)})
        made.append(backed_up(desk).path)
    assert [known.path for known in backups(desk.path)] == [*reversed(made)]


def test_work_goes_on_while_a_backup_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is of one moment; what is written behind it is in the next one."""
    monkeypatch.setattr(module, "PAGES_A_STEP", 1)
    before = desk.events()

    def write_on() -> bool:
        verbs.note(desk.db, desk.shift, moment(), 1, {"note": "meanwhile"})
        return False

    made = back_up(desk.path, moment(), Occasion.WHILE, stop=write_on)
    assert made is not None
    assert look(made.path).end[0] == before
    assert desk.events() > before + 5
    assert desk.faults() == []


def test_backup_that_is_stopped_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGES_A_STEP", 1)
    assert back_up(desk.path, moment(), Occasion.WHILE, stop=lambda: True) is None
    assert [*folder_of(desk.path).iterdir()] == []


# What goes wrong


def damaged_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk changes a byte of what was copied."""
    copied: Callable[..., None] = module._copy

    def copy(source: sqlite3.Connection, new: Path, stop: Callable[[], bool]) -> None:
        copied(source, new, stop)
        data = bytearray(new.read_bytes())
        data[4096 * 3 : 4096 * 4] = b"\xff" * 4096
        new.write_bytes(data)

    monkeypatch.setattr(module, "_copy", copy)


def cut_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: Callable[..., None] = module._copy

    def copy(source: sqlite3.Connection, new: Path, stop: Callable[[], bool]) -> None:
        copied(source, new, stop)
        os.truncate(new, new.stat().st_size // 2)

    monkeypatch.setattr(module, "_copy", copy)


def other_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound desk, but another one."""
    copied: Callable[..., None] = module._copy

    def copy(source: sqlite3.Connection, new: Path, stop: Callable[[], bool]) -> None:
        copied(source, new, stop)
        with closing(sqlite3.connect(new)) as db:
            db.execute("DROP TRIGGER event_never_goes")
            db.execute("DELETE FROM event_text WHERE seq = (SELECT MAX(seq) FROM event)")
            db.execute("DELETE FROM touch WHERE seq = (SELECT MAX(seq) FROM event)")
            db.execute("DELETE FROM event WHERE seq = (SELECT MAX(seq) FROM event)")
            db.commit()

    monkeypatch.setattr(module, "_copy", copy)


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def copy(_source: sqlite3.Connection, new: Path, _stop: Callable[[], bool]) -> None:
        new.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(module, "_copy", copy)


def disk_that_does_not_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)


FAULTY: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "a copy with a changed page": (damaged_copy, "malformed"),
    "a copy cut in half": (cut_copy, "malformed"),
    "a copy of another end": (other_copy, "does not end as the desk does"),
    "a full disk": (full_disk, "disk is full"),
    "a disk that does not sync": (disk_that_does_not_keep, "Input/output error"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_faulty_backup_does_not_count_and_rotates_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    chance = Random(3)
    for day in range(5):
        for _ in range(2):
            work(desk, moment(MONDAY + day), chance, 2)
            back_up(desk.path, moment(MONDAY + day), Occasion.WHILE)
    before = [known.path for known in backups(desk.path)]
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "new"})
    fault, words = FAULTY[case]
    with monkeypatch.context() as patch:
        fault(patch)
        with pytest.raises(BackupFailed, match=words):
            back_up(desk.path, moment(MONDAY + 40), Occasion.EXIT)
    assert [known.path for known in backups(desk.path)] == before
    assert [f.name for f in folder_of(desk.path).iterdir() if f.name.startswith(".")] == []
    assert desk.faults() == []
    assert back_up(desk.path, moment(MONDAY + 40), Occasion.EXIT) is not None
    assert len(backups(desk.path)) < len(before), "now the old ones go"


def test_folder_that_cannot_be_made_is_told(desk: Desk) -> None:
    folder_of(desk.path).write_text("in the way")
    with pytest.raises(BackupFailed, match="File exists"):
        back_up(desk.path, moment(), Occasion.START)
    assert desk.faults() == []


def test_damaged_desk_makes_no_backup(desk: Desk) -> None:
    good = backed_up(desk)
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "new"})
    desk.db.close()
    data = bytearray(desk.path.read_bytes())
    data[4096 * 4 : 4096 * 7] = b"\xff" * 4096 * 3
    desk.path.write_bytes(data)
    with pytest.raises((BackupFailed, NotADesk)):
        back_up(desk.path, moment(), Occasion.START)
    assert [known.path for known in backups(desk.path)] == [good.path]


def test_newest_sound_backup_passes_damaged_ones_by(desk: Desk) -> None:
    good = backed_up(desk)
    for n in range(2):
        verbs.note(desk.db, desk.shift, moment(), 1, {"note": str(n)})
        bad = backed_up(desk)
        os.truncate(bad.path, 5000 * n)
    found = newest_sound(desk.path)
    assert found is not None
    assert found.path == good.path


LOOKED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "nothing in it": (lambda path: os.truncate(path, 0), "is empty"),
    "cut off": (lambda path: os.truncate(path, 20_000), "is damaged"),
    "no database": (lambda path: path.write_text("hello" * 99), "is no desk file"),
    "gone": (Path.unlink, "damaged"),
}


@pytest.mark.parametrize("case", LOOKED)
def test_backup_that_cannot_be_used_says_why(desk: Desk, case: str) -> None:
    made = backed_up(desk)
    change, words = LOOKED[case]
    change(made.path)
    fault = look(made.path).fault
    assert fault is not None
    assert words in str(fault)


def test_other_files_in_the_folder_are_nobodys_backup_and_stay(desk: Desk) -> None:
    backed_up(desk)
    others = ("notes.txt", "2026-13-40_00.00.00_start.db", "2026-03-02_09.00.00_party.db")
    for name in others:
        (folder_of(desk.path) / name).touch()
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "more"})
    back_up(desk.path, moment(MONDAY + 400), Occasion.START)
    assert len(backups(desk.path)) == 2
    assert all((folder_of(desk.path) / name).exists() for name in others)


def test_what_a_killed_process_left_goes_with_the_next_backup(desk: Desk) -> None:
    folder_of(desk.path).mkdir()
    left = folder_of(desk.path) / ".999999999-1.new"
    mine = folder_of(desk.path) / f".{os.getpid()}-1.new"
    for file in (left, mine):
        file.touch()
    backed_up(desk)
    assert (left.exists(), mine.exists()) == (False, True)


def test_clock_that_went_back_still_makes_backups_and_takes_none_away(desk: Desk) -> None:
    chance = Random(5)
    for day in (400, 401, 0, 1, 2):
        work(desk, moment(MONDAY + day), chance, 2)
        verbs.note(desk.db, desk.shift, moment(MONDAY + day), 1, {"note": str(day)})
        assert back_up(desk.path, moment(MONDAY + day), Occasion.WHILE) is not None
    assert len(backups(desk.path)) == 5
