"""A restore drill: what a restore takes away is told, what must stand stands, nothing is lost."""

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
from sqlite_utils import Database

from rules.nouns import Kind, Status
from store import connection, restoring, undoing, verbs
from store.backups import Backup, Occasion, back_up, backups, look
from store.connection import connect
from store.migrations import MIGRATIONS
from store.restoring import CannotRestore, would_lose
from store.timeline import timeline
from store.undoing import StaysUndone
from tests.backup_kit import BECAUSE, backed_up, closed, refused, taken_back, work, worked
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return worked(tmp_path)


def test_drill(desk: Desk) -> None:
    """Days of work, a backup, more days with refusals, then back: all that stood stands."""
    before = desk.events()
    monday = backed_up(desk)
    chance = Random(7)
    work(desk, moment(MONDAY + 4), chance)
    verbs.refuse(desk.db, desk.shift, moment(MONDAY + 4), 3, "别再发了")
    late = desk.add("新来的", phone="13700000001", owner="op2", stage="MQL")
    verbs.refuse(desk.db, desk.shift, moment(MONDAY + 4), late, "not me")
    friday = desk.events()
    loss = would_lose(desk.path, monday)
    assert loss.events == friday - before
    assert loss.kinds[Kind.REFUSED] == 2
    assert sum(loss.kinds.values()) == loss.events

    done = taken_back(desk, monday, moment(MONDAY + 5))

    assert desk.faults() == []
    assert done.kept.refusals == 2
    assert refused(desk) == {"客户3", "新来的"}
    assert desk.one("SELECT seq FROM event WHERE kind = 'restored'") == before + 1
    assert done.before is not None
    assert look(done.before.path).end[0] == friday
    told = [e for e in timeline(desk.db, 3) if e.event.kind is Kind.REFUSED]
    assert [dict(e.event.text) for e in told] == [{"reason": "别再发了", "kept": BECAUSE}]


def test_refused_person_stays_so_through_a_restore_and_an_import(desk: Desk) -> None:
    backup = backed_up(desk)
    late = desk.add("新来的", phone="13700000001")
    verbs.refuse(desk.db, desk.shift, moment(), late, "no")
    taken_back(desk, backup)
    again = desk.take([row("新来的", phone="13700000001"), row("另一个", phone="13700000001")])
    assert (again.new, again.refused_kept) == (1, 2)
    for contact in desk.db.execute("SELECT id FROM contact WHERE phone = '13700000001'").fetchall():
        assert desk.state(contact[0]).status is Status.DO_NOT_CONTACT


def test_way_there_and_back_again(desk: Desk) -> None:
    """The backup made before a restore brings back what the restore took away."""
    first = backed_up(desk)
    work(desk, moment(MONDAY + 4), Random(9))
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    events = desk.events()
    done = taken_back(desk, first)
    assert desk.events() < events
    verbs.refuse(desk.db, desk.shift, moment(), 5, "no")
    assert done.before is not None
    taken_back(desk, done.before)
    assert desk.faults() == []
    assert desk.events() == events + 2, "the restore, and the refusal that came after"
    assert refused(desk) == {"客户2", "客户5"}


def test_somebody_resumed_since_is_not_refused_anew(desk: Desk) -> None:
    """Only who stands as refused now is kept so; who was taken up again is free."""
    backup = backed_up(desk)
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    verbs.resume(desk.db, desk.shift, moment(), 2, "wrote again")
    assert taken_back(desk, backup).kept.refusals == 0
    assert refused(desk) == set()


def test_refusal_in_the_backup_stands_though_it_was_lifted_since(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    backup = backed_up(desk)
    verbs.resume(desk.db, desk.shift, moment(), 2, "wrote again")
    taken_back(desk, backup)
    assert refused(desk) == {"客户2"}


def test_what_was_erased_since_is_erased_again(desk: Desk) -> None:
    verbs.note(desk.db, desk.shift, moment(), 4, {"note": "a secret word"})
    backup = backed_up(desk)
    desk.db.execute("DELETE FROM event_text WHERE contact = 4")
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "later"})
    done = taken_back(desk, backup)
    assert done.kept.erasures >= 2
    assert desk.one("SELECT COUNT(*) FROM event_text WHERE contact = 4") == 0
    assert desk.one("SELECT name FROM contact WHERE id = 4") == ""
    assert desk.faults() == []
    assert b"a secret word" not in closed(desk).read_bytes()


def test_restore_is_no_step_to_undo(desk: Desk) -> None:
    backup = backed_up(desk)
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "later"})
    taken_back(desk, backup)
    seq = desk.one("SELECT seq FROM event WHERE kind = 'restored'")
    with pytest.raises(StaysUndone):
        undoing.toggle(desk.db, desk.shift, moment(), seq)
    undone = undoing.undo(desk.db, desk.shift, moment())
    assert undone.target.kind is not Kind.RESTORED


def test_result_is_backed_up_and_no_newer_backup_is_missed(desk: Desk) -> None:
    from store.start_up import missing_events

    backup = backed_up(desk)
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "later"})
    taken_back(desk, backup)
    assert backups(desk.path)[0].occasion is Occasion.RESTORED
    assert missing_events(desk.db, desk.path) is None


# Desks that are no longer


def gone(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scribbled(path: Path) -> None:
    path.write_text("not a database\n" * 999)


def stray_journal(path: Path) -> None:
    """The file is gone and the write-ahead log of another desk lies there."""
    other = new_desk(path.parent / "other")
    other.add("陌生人")
    shutil.copyfile(str(other.path) + "-wal", str(path) + "-wal")
    path.unlink()
    other.db.close()


LOST = {
    "gone": gone,
    "empty": emptied,
    "half": halved,
    "a text": scribbled,
    "gone, a strange journal left": stray_journal,
}


@pytest.mark.parametrize("case", LOST)
def test_lost_desk_is_restored_and_what_was_left_is_kept_beside(desk: Desk, case: str) -> None:
    (desk.path.parent / "other").mkdir()
    before = desk.events()
    backup = backed_up(desk)
    path = closed(desk)
    LOST[case](path)
    left = path.read_bytes() if path.exists() else None
    assert would_lose(path, backup).fault is not None
    done = taken_back(desk, backup)
    assert desk.faults() == []
    assert desk.events() == before + 1
    if left is None:
        assert done.aside is None
    else:
        assert done.aside is not None
        assert done.aside.read_bytes() == left


def test_refusals_outlive_a_lost_desk_by_the_newest_backup(desk: Desk) -> None:
    old = backed_up(desk, moment(MONDAY + 1))
    verbs.refuse(desk.db, desk.shift, moment(MONDAY + 2), 2, "no")
    backed_up(desk, moment(MONDAY + 2))
    gone(closed(desk))
    taken_back(desk, old, moment(MONDAY + 3))
    assert refused(desk) == {"客户2"}
    assert desk.faults() == []


def test_refusals_outlive_a_damaged_desk_as_far_as_it_can_be_read(desk: Desk) -> None:
    old = backed_up(desk)
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    desk.db.execute("DROP TRIGGER event_stays")
    desk.db.execute("UPDATE event SET day = day + 1 WHERE seq = 5")
    done = taken_back(desk, old)
    assert done.aside is not None
    assert refused(desk) == {"客户2"}
    assert desk.faults() == []


# What is refused


def test_damaged_backup_is_refused_and_the_desk_stays(desk: Desk) -> None:
    backup = backed_up(desk)
    halved(backup.path)
    path = closed(desk)
    before = path.read_bytes()
    for act in (would_lose, restored_now):
        with pytest.raises(CannotRestore, match="damaged"):
            act(path, backup)
    assert path.read_bytes() == before


def test_backup_whose_log_was_changed_is_refused(desk: Desk) -> None:
    backup = backed_up(desk)
    with closing(sqlite3.connect(backup.path)) as db:
        db.execute("DROP TRIGGER event_stays")
        db.execute("UPDATE event SET day = day + 1 WHERE seq = 3")
        db.commit()
    with pytest.raises(CannotRestore, match="event 3 was changed"):
        restored_now(closed(desk), backup)


def restored_now(path: Path, backup: Backup) -> object:
    return restoring.restore(path, backup, "op1", moment(), BECAUSE)


def test_disk_that_fails_at_any_step_leaves_the_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backed_up(desk)
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "later"})
    backed_up(desk)
    events = desk.events()
    path = closed(desk)
    for step in ("_copied", "_completed", "settle", "sync"):
        wanted: Callable[..., Any] = getattr(restoring, step)

        def fails(*told: Any, wanted: Callable[..., Any] = wanted, **named: Any) -> Any:
            wanted(*told, **named)
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(restoring, step, fails)
            with pytest.raises(CannotRestore, match="No space left"):
                restored_now(path, backup)
        with closing(connect(path)) as db:
            assert db.execute("SELECT COUNT(*) FROM event").fetchone()[0] == events
        assert not [*path.parent.glob(".*.restored*")]


def test_desk_that_another_program_reads_is_left_alone(desk: Desk) -> None:
    """A reader in the middle of a transaction keeps the log from being brought in."""
    backup = backed_up(desk)
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "later"})
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM event").fetchone()
        verbs.note(desk.db, desk.shift, moment(), 1, {"note": "still later"})
        events = desk.events()
        desk.db.close()
        connection_patience(0)
        try:
            with pytest.raises(connection.NotSaved, match="another program"):
                restored_now(desk.path, backup)
        finally:
            connection_patience(15_000)
    with closing(connect(desk.path)) as db:
        assert db.execute("SELECT COUNT(*) FROM event").fetchone()[0] == events


def connection_patience(milliseconds: int) -> None:
    connection.BUSY_MS = milliseconds


def test_backup_of_an_older_format_is_raised(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def next_format(db: Database) -> None:
        db.execute("CREATE TABLE later (contact INTEGER NOT NULL) STRICT")

    old = backed_up(desk)
    verbs.refuse(desk.db, desk.shift, moment(), 2, "no")
    backed_up(desk)
    path = closed(desk)
    monkeypatch.setattr(connection, "MIGRATIONS", (*MIGRATIONS, next_format))
    for lose in (False, True):
        if lose:
            gone(path)
        taken_back(desk, old)
        assert desk.one("PRAGMA user_version") == len(MIGRATIONS) + 1
        assert refused(desk) == {"客户2"}
        assert desk.faults() == []
    assert not [*path.parent.glob(".*.raised*")]


@pytest.mark.parametrize("seed", range(3))
def test_every_kept_backup_can_be_restored(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    desk = worked(tmp_path, seed=seed)
    asked: set[str] = set()
    for day in range(4, 10):
        work(desk, moment(MONDAY + day), chance, 5)
        contact = chance.randrange(1, 13)
        verbs.refuse(desk.db, desk.shift, moment(MONDAY + day), contact, "no")
        asked.add(f"客户{contact}")
        back_up(desk.path, moment(MONDAY + day), Occasion.WHILE)
    for backup in [*backups(desk.path)]:
        if backup.occasion is Occasion.WHILE:
            taken_back(desk, backup, moment(MONDAY + 11))
            assert desk.faults() == []
            assert refused(desk) == asked
