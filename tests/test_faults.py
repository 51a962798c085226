"""A disk that fails at any statement, and a disk that is full: all of a verb is kept or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules.nouns import Reaction
from rules.shift import Shift
from store import editing, lists, merging, undoing, verbs
from store.connection import NotSaved, connect
from store.erasing import erase
from store.importing import import_contacts
from store.list_pass import judge_all
from tests.desk_kit import MONDAY, SOURCE, Desk, faults, moment, new_desk, row, shift
from tests.list_kit import RULED

Act = Callable[[sqlite3.Connection, Shift], object]
MOST = 400
"""Statements after which a verb has surely ended."""


class FailingDisk(sqlite3.Connection):
    """Fails at its n-th statement: once, or at every one from there on."""

    statements_left = -1
    for_good = False

    def execute(self, *told: Any) -> sqlite3.Cursor:
        self.count()
        return super().execute(*told)

    def executemany(self, *told: Any) -> sqlite3.Cursor:
        self.count()
        return super().executemany(*told)

    def count(self) -> None:
        if self.statements_left == 0:
            self.statements_left = 0 if self.for_good else -1
            raise sqlite3.OperationalError("disk I/O error")
        self.statements_left -= 1


def fails_at(path: Path, statement: int, *, for_good: bool) -> FailingDisk:
    """A connection of the desk that fails at the given statement, counted from 0."""
    db = sqlite3.connect(path, isolation_level=None, factory=FailingDisk)
    db.execute("PRAGMA foreign_keys = ON")
    db.statements_left, db.for_good = statement, for_good
    return db


ACTS: dict[str, Act] = {
    "send": lambda db, at_work: verbs.send(db, at_work, moment(), 1),
    "react": lambda db, at_work: verbs.react(
        db, at_work, moment(), 2, Reaction.EXPLORING, {"interest": "排产"}
    ),
    "refuse": lambda db, at_work: verbs.refuse(db, at_work, moment(), 2, "别再发了"),
    "undo": lambda db, at_work: undoing.undo(db, at_work, moment()),
    "note": lambda db, at_work: verbs.note(db, at_work, moment(), 2, {"interest": "排产"}),
    "postpone": lambda db, at_work: verbs.snooze(db, at_work, moment(), 1, MONDAY + 3),
    "keyword": lambda db, at_work: verbs.keyword(db, at_work, moment(), 2, "模板"),
    "resume": lambda db, at_work: verbs.resume(db, at_work, moment(), 3, "又想聊"),
    "edit": lambda db, at_work: editing.edit(
        db, at_work, moment(), 1, {"company": "新禾", "phone": "13800000001"}
    ),
    "consent": lambda db, at_work: editing.consent(db, at_work, moment(), 1, "会上", MONDAY),
    "stage": lambda db, at_work: editing.move_stage(db, at_work, moment(), 1, "mql", "留了电话"),
    "merge": lambda db, at_work: merging.merge(db, at_work, moment(), 1, 2),
    "kept apart": lambda db, at_work: merging.keep_apart(db, at_work, moment(), 1, 2),
    "pause of many": lambda db, at_work: merging.pause_all(db, at_work, moment(), [1, 2]),
    "follow-up": lambda db, at_work: lists.follow_up(db, at_work, moment(), 1, "everybody"),
    "put off": lambda db, at_work: lists.put_off(db, at_work, moment(), 1, "everybody", MONDAY + 9),
    "accepted stage": lambda db, at_work: lists.accept_stage(db, at_work, moment(), 2),
    "erasure": lambda db, at_work: erase(db, at_work, moment(), 2, "来信要求"),
    "import": lambda db, at_work: import_contacts(
        db, at_work, moment(), [row("新一"), row("张伟", company="新禾"), row("新二")], SOURCE
    ),
}
WRITES = {"import": 4, "pause of many": 3}
"""Events of an act, where it writes more than one."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three contacts with lists: the third refused, then the second got a message."""
    desk = new_desk(tmp_path)
    desk.shift = RULED
    desk.take([row("张伟"), row("李芳"), row("王强")])
    judge_all(desk.db, RULED.sop, MONDAY)
    verbs.refuse(desk.db, desk.shift, moment(), 3, "别再发了")
    assert isinstance(verbs.send(desk.db, desk.shift, moment(), 2), verbs.Done)
    desk.db.close()
    return desk


@pytest.mark.parametrize("for_good", [False, True], ids=["fails once", "fails for good"])
@pytest.mark.parametrize("act", ACTS)
def test_failing_statement_leaves_all_or_nothing(
    desk: Desk, tmp_path: Path, act: str, for_good: bool
) -> None:
    copy = tmp_path / "copy.db"
    before = events_of_a_sound_desk(desk.path)
    for statement in range(MOST):
        shutil.copyfile(desk.path, copy)
        db = fails_at(copy, statement, for_good=for_good)
        fault = words_of(ACTS[act], db, desk.shift)
        db.close()
        wrote = events_of_a_sound_desk(copy) - before
        if fault is None:
            break
        assert fault == "NOT SAVED: disk I/O error"
        assert wrote == 0
    assert statement > 0
    assert wrote == WRITES.get(act, 1)


def words_of(act: Act, db: sqlite3.Connection, at_work: Shift) -> str | None:
    """What a failing act tells; None when it was done."""
    try:
        act(db, at_work)
    except NotSaved as fault:
        return str(fault.what)
    return None


def events_of_a_sound_desk(path: Path) -> int:
    """How many events the log holds; the file opens as ever and agrees with itself."""
    db = connect(path)
    assert faults(db) == []
    events = db.execute("SELECT COUNT(*) FROM event").fetchone()[0]
    db.close()
    return int(events)


def test_verb_works_after_a_failure_on_the_same_connection(desk: Desk) -> None:
    db = fails_at(desk.path, 5, for_good=False)
    with pytest.raises(NotSaved):
        verbs.send(db, desk.shift, moment(), 1)
    assert isinstance(verbs.send(db, desk.shift, moment(), 1), verbs.Done)
    assert faults(db) == []
    db.close()


def test_full_disk_is_told_in_words_and_keeps_what_was_told_to_be_saved(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contact = desk.add()
    pages = desk.one("PRAGMA page_count")
    desk.db.execute(f"PRAGMA max_page_count = {pages + 4}")
    kept: list[str] = []

    def keeps_a_long_note(db: sqlite3.Connection, at_work: Shift) -> None:
        words = {"note": "长" * 900}
        kept.append(verbs.note(db, at_work, moment(), contact, words).event.uuid)

    told = (words_of(keeps_a_long_note, desk.db, desk.shift) for _ in range(40))
    assert next(filter(None, told)) == "NOT SAVED: the disk is full"
    assert kept
    assert not desk.db.in_transaction
    desk = desk.reopened()
    stored = [u for (u,) in desk.db.execute("SELECT uuid FROM event WHERE kind = 'note'")]
    assert stored == kept
    assert desk.faults() == []
    assert verbs.note(desk.db, desk.shift, moment(), contact, {"note": "又有地方了"})


def test_full_disk_in_an_import_leaves_no_row_of_it(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.db.execute(f"PRAGMA max_page_count = {desk.one('PRAGMA page_count') + 2}")
    with pytest.raises(NotSaved):
        desk.take([row(f"客户{n}", n) for n in range(2, 400)])
    desk = desk.reopened()
    assert desk.events() == 0
    assert desk.faults() == []


def test_second_writer_is_told_that_the_file_is_held(desk: Desk) -> None:
    holder, db = connect(desk.path), connect(desk.path)
    db.execute("PRAGMA busy_timeout = 0")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotSaved) as told:
        verbs.refuse(db, desk.shift, moment(), 1, "别再发了")
    assert str(told.value.what) == "NOT SAVED: another program holds the file"
    holder.execute("ROLLBACK")
    assert verbs.refuse(db, desk.shift, moment(), 1, "别再发了")
    holder.close()
    db.close()


def test_file_that_cannot_be_written_is_told_in_words(desk: Desk) -> None:
    db = connect(desk.path, read_only=True)
    with pytest.raises(NotSaved) as told:
        verbs.refuse(db, shift(), moment(), 1, "别再发了")
    assert str(told.value.what) == "NOT SAVED: the file or its disk is read-only"
    db.close()
