"""A file that is not as it was is never written to, and the words name the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from rules.nouns import Reaction
from store import connection, verbs
from store.backups import Occasion, backups, folder_of
from store.connection import NotADesk
from store.desk_file import is_in_place
from store.migrations import MIGRATIONS
from store.start_up import missing_events, open_to_read, open_to_write
from tests.app_kit import names, new_file
from tests.backup_kit import backed_up, broken_files, closed, is_sound, worked
from tests.desk_kit import MONDAY, Desk, faults, moment, new_desk, row, shift
from tests.shell_kit import Shell

QUICK, ALL = 15, 200


def folder_bytes(path: Path) -> dict[str, bytes]:
    """The desk's file and its backups, byte for byte."""
    files = [path, *folder_of(path).glob("*")]
    return {file.name: file.read_bytes() for file in files if file.is_file()}


def flipped(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)


def in_the_log(path: Path) -> None:
    """One bit of the first event of the second person."""
    data = path.read_bytes()
    flipped(path, data.index("客户2".encode()) + 2)


def changed_event(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER event_stays")
        db.execute("UPDATE event SET reaction = 'positive' WHERE seq = 14")
        db.commit()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


def strangers(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 7")


def page_of_rubbish(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    path.write_bytes(data)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "0 bytes": (lambda path: os.truncate(path, 0), "is empty: its content was lost"),
    "a text file": (lambda path: path.write_text("hello\n" * 99), "is damaged or is no desk file"),
    "a header and rubbish": (
        lambda path: path.write_bytes(connection.HEADER + b"\xee" * 5000),
        "is a database of another program",
    ),
    "another program's": (strangers, "is a database of another program"),
    "cut in half": (lambda path: os.truncate(path, path.stat().st_size // 2), "is damaged"),
    "cut by 100 bytes": (lambda path: os.truncate(path, path.stat().st_size - 100), "desk.db"),
    "a page of rubbish": (page_of_rubbish, "is damaged"),
    "one bit of the log": (in_the_log, "was changed after it was written"),
    "an event changed by hand": (changed_event, "event 14 was changed after it was written"),
    "gone": (Path.unlink, "is gone"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return worked(tmp_path)


@pytest.mark.parametrize("case", DAMAGES)
def test_damage_has_its_words_and_names_the_backups(desk: Desk, case: str) -> None:
    backed_up(desk)
    work_more(desk)
    backed_up(desk, moment(MONDAY + 1))
    path = closed(desk)
    damage, words = DAMAGES[case]
    damage(path)
    before = folder_bytes(path)
    for _ in range(2):
        with pytest.raises(NotADesk) as told:
            open_to_write(path, moment())
        assert words in str(told.value.what)
        names = "2026-03-03_10.00.00_asked (asked for) · 2026-03-02_10.00.00_asked (asked for)"
        assert f"2 backups, the newest: {names}" in str(told.value.remedy)
        assert f"siyu --database {path} restore" in str(told.value.remedy)
        assert folder_bytes(path) == before


def work_more(desk: Desk) -> None:
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "more"})


def test_newer_file_is_not_touched_and_no_backup_is_offered_for_it(desk: Desk) -> None:
    backed_up(desk)
    path = closed(desk)
    newer(path)
    before = folder_bytes(path)
    with pytest.raises(NotADesk, match="newer siyu") as told:
        open_to_write(path, moment())
    assert "restore" not in str(told.value.remedy)
    assert folder_bytes(path) == before


def test_new_desk_is_made_where_nothing_was(tmp_path: Path) -> None:
    with closing(open_to_write(tmp_path / "new" / "desk.db", moment())) as db:
        assert faults(db) == []


def test_strange_journal_is_not_taken_into_a_new_desk(desk: Desk) -> None:
    """The write-ahead log of a desk that is gone would be read into the new one."""
    path = desk.path
    kept = Path(f"{path}-wal").read_bytes()
    desk.db.close()
    path.unlink()
    Path(f"{path}-wal").write_bytes(kept)
    with pytest.raises(NotADesk, match=r"desk\.db-wal is still there"):
        open_to_write(path, moment())
    assert not path.exists()


def test_journal_of_another_desk_is_damage_and_is_not_brought_in(
    desk: Desk, tmp_path: Path
) -> None:
    """Closing a connection that may write would copy it into the file."""
    backed_up(desk)
    path = closed(desk)
    (tmp_path / "other").mkdir()
    other = new_desk(tmp_path / "other")
    other.take([row(f"别人{n}", n) for n in range(200)])
    shutil.copyfile(f"{other.path}-wal", f"{path}-wal")
    before = path.read_bytes()
    with pytest.raises(NotADesk, match="belongs to another desk"):
        open_to_write(path, moment())
    assert path.read_bytes() == before
    other.db.close()


def test_lost_journal_is_told_by_the_newest_backup(desk: Desk, tmp_path: Path) -> None:
    work_more(desk)
    backed_up(desk)
    shutil.copyfile(desk.path, tmp_path / "alone.db")  # as it lies there without its journal
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    settled = desk.events()
    for _ in range(3):
        work_more(desk)
    shutil.copyfile(desk.path, tmp_path / "alone.db")
    backed_up(desk, moment(MONDAY, 11))
    path = closed(desk)
    shutil.copyfile(tmp_path / "alone.db", path)
    with closing(open_to_write(path, moment())) as db:
        assert faults(db) == []
        assert db.execute("SELECT COUNT(*) FROM event").fetchone()[0] == settled
        told = missing_events(db, path)
    assert "3 events of the backup of 2026-03-02 11:00 are missing" in str(told)


def test_desk_put_in_the_place_of_another_is_told(desk: Desk, tmp_path: Path) -> None:
    backed_up(desk)
    path = closed(desk)
    (tmp_path / "other").mkdir()
    other = worked(tmp_path / "other", seed=2, days=9)
    shutil.copyfile(closed(other), path)
    with closing(open_to_write(path, moment())) as db:
        assert "is not the one backed up at" in str(missing_events(db, path))


def test_desk_as_it_was_left_misses_nothing(desk: Desk) -> None:
    assert missing_events(desk.db, desk.path) is None
    backed_up(desk)
    assert missing_events(desk.db, desk.path) is None
    work_more(desk)
    assert missing_events(desk.db, desk.path) is None


def test_upgrade_backs_up_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def next_format(db: Database) -> None:
        db.execute("CREATE TABLE later (contact INTEGER NOT NULL) STRICT")

    path, events = desk.path, desk.events()
    desk.db.close()
    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, next_format))
    open_to_write(path, moment()).close()
    (made,) = backups(path)
    assert made.occasion is Occasion.MIGRATION
    with closing(sqlite3.connect(made.path)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert db.execute("SELECT COUNT(*) FROM event").fetchone()[0] == events


def test_upgrade_without_a_backup_does_not_happen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = closed(desk)
    folder_of(path).write_text("in the way")
    before = path.read_bytes()
    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, lambda _db: None))
    with pytest.raises(Exception, match="No backup was made"):
        open_to_write(path, moment())
    assert path.read_bytes() == before


def test_file_that_others_may_read_is_taken_from_them(desk: Desk) -> None:
    path = closed(desk)
    path.chmod(0o644)
    open_to_write(path, moment()).close()
    assert path.stat().st_mode & 0o777 == 0o600


# Two hundred ways to break a file


def startable(path: Path) -> str:
    """Opens a broken file as the desk does, works a little; what was said."""
    try:
        with closing(open_to_write(path, moment())) as db:
            verbs.react(db, shift(), moment(), 1, Reaction.FRIENDLY)
        return ""
    except NotADesk as error:
        return f"{error.what} {error.remedy}"


@pytest.mark.parametrize(
    "seeds", [QUICK, pytest.param(ALL, marks=pytest.mark.slow)], ids=["some", "200"]
)
def test_broken_file_is_told_and_not_written_to(tmp_path: Path, seeds: int) -> None:
    """Either it is refused as it lies there, or what was damaged is nothing of the log."""
    desk = worked(tmp_path, people=40)
    backed_up(desk)
    path = closed(desk)
    kept = folder_bytes(path)
    told = 0
    for seed, data in broken_files(path, seeds):
        path.write_bytes(data)
        words = startable(path)
        if words:
            told += 1
            assert "1 backups, the newest: 2026-03-02_10.00.00_asked" in words, seed
            assert path.read_bytes() == data, seed
        now = {name: bytes_ for name, bytes_ in folder_bytes(path).items() if name != path.name}
        assert now == {name: bytes_ for name, bytes_ in kept.items() if name != path.name}, seed
        for left in connection.beside(path):
            left.unlink(missing_ok=True)
    assert told >= seeds / 2
    path.write_bytes(kept[path.name])
    assert is_sound(path)


@pytest.mark.parametrize(
    "seeds", [QUICK, pytest.param(ALL, marks=pytest.mark.slow)], ids=["some", "200"]
)
def test_no_command_answers_a_broken_file_with_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: int
) -> None:
    path = new_file(tmp_path, "en")
    shell = Shell(monkeypatch, path)
    shell.json("backup")
    first = names("en")[0]
    commands = (("today",), ("log", first, "1"), ("find", first), ("backup", "list"))
    for seed, data in broken_files(path, seeds):
        path.write_bytes(data)
        for command in commands:
            answer = shell.run(*command)
            assert answer.code in (0, 1), (seed, command)
            assert "Traceback" not in answer.err + answer.out
            assert answer.code == 0 or answer.err.strip()
            for left in connection.beside(path):
                left.unlink(missing_ok=True)
            path.write_bytes(data)
        assert len(backups(path)) == 1


# The file while the desk is open


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def replaced(path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    copy.replace(path)


def journal_gone(path: Path) -> None:
    Path(f"{path}-wal").unlink()


def folder_gone(path: Path) -> None:
    path.parent.rename(path.parent.with_name("vanished"))


AWAY: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "moved": moved,
    "replaced by a copy": replaced,
    "its journal deleted": journal_gone,
    "its disk vanished": folder_gone,
}


@pytest.mark.parametrize("case", AWAY)
def test_nothing_is_ticked_once_the_file_is_not_in_its_place(tmp_path: Path, case: str) -> None:
    (tmp_path / "disk").mkdir()
    desk = worked(tmp_path / "disk")
    events = desk.events()
    AWAY[case](desk.path)
    with pytest.raises(connection.NotSaved, match="was moved, deleted or replaced"):
        verbs.react(desk.db, desk.shift, moment(), 1, Reaction.FRIENDLY)
    assert not is_in_place(desk.db)
    assert desk.events() == events
    desk.db.close()


def test_file_that_is_put_back_is_written_to_again(desk: Desk) -> None:
    aside = desk.path.with_name("aside.db")
    desk.path.rename(aside)
    with pytest.raises(connection.NotSaved):
        work_more(desk)
    aside.rename(desk.path)
    work_more(desk)
    assert desk.faults() == []


def test_desk_that_is_only_read_has_no_place_to_keep(desk: Desk) -> None:
    with closing(open_to_read(desk.path)) as db:
        assert is_in_place(db)
