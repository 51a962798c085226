"""The doctor names what is wrong, each derived table in turn, and mends it from the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import Reaction
from store import doctor, editing, lists, merging, verbs
from store.doctor import Check, examine, rebuild
from store.list_pass import judge_all
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row, sent
from tests.list_kit import RULED
from tests.walk_kit import FAIR, look, work_by


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two contacts invited to an event, one of whom was written to and reacted."""
    desk = new_desk(tmp_path)
    desk.take([row("张伟", 2, phone="13800000001"), row("李芳", 3, phone="13900000002")])
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    words = {"note": "谢谢", "interest": "排产", "reply": "能排产吗"}
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.EXPLORING, words)
    judge_all(desk.db, RULED.sop, MONDAY)
    lists.follow_up(desk.db, desk.shift, moment(), 1, "everybody")
    work_by(desk, FAIR)
    look(desk)
    return desk


def wrong(desk: Desk) -> list[Check]:
    return [check for check in examine(desk.db) if not check.ok]


BROKEN = {
    "a state's status": ("UPDATE contact_state SET status = 'paused'", "contact states"),
    "a state's due day": (
        "UPDATE contact_state SET due = due + 1 WHERE contact = 1",
        "contact states",
    ),
    "a state's counter": ("UPDATE contact_state SET positive = 7", "contact states"),
    "a state that went": ("DELETE FROM contact_state WHERE contact = 2", "contact states"),
    "a plan's day": ("UPDATE walk SET due = due + 1 WHERE contact = 1", "plans"),
    "a plan that went": ("DELETE FROM walk WHERE contact = 2", "plans"),
    "a plan too many": ("INSERT INTO walk VALUES (2, 'quiet', 4, 'ask', 1, 1, 0)", "plans"),
    "a touch's reaction": ("UPDATE touch SET reaction = 'friendly'", "touches"),
    "a touch that went": ("DELETE FROM touch", "touches"),
    "a name": ("UPDATE contact SET name = '张三' WHERE id = 1", "profiles"),
    "a phone as it is compared": ("UPDATE contact SET phone_key = '1' WHERE id = 1", "profiles"),
    "a profile that went": ("DELETE FROM contact WHERE id = 2", "profiles"),
    "a search key that went": ("DELETE FROM contact_key WHERE k = '1zw'", "search keys"),
    "the keys of a contact that went": (
        "DELETE FROM keys_of_contact",
        "search keys of each contact",
    ),
    "the keys of a contact changed": (
        "UPDATE keys_of_contact SET keys = 'x' WHERE contact = 1",
        "search keys of each contact",
    ),
    "a search key too many": ("INSERT INTO contact_key VALUES ('xx', 1)", "search keys"),
    "a due count": ("UPDATE due_count SET n = n + 1", "due counts"),
    "a due count that went": ("DELETE FROM due_count", "due counts"),
    "a due count too many": ("INSERT INTO due_count VALUES ('op9', 1, 'lead', 3)", "due counts"),
    "a content's sends": (
        "UPDATE content_month SET sends = sends + 1",
        "content and day counters",
    ),
    "a content's reactions": ("UPDATE content_month SET lost = 1", "content and day counters"),
    "a day's sends": ("UPDATE day_stat SET sends = 0", "content and day counters"),
    "a day's reactions": ("DELETE FROM day_stat", "content and day counters"),
    "a contact's lists": ("UPDATE contact_state SET flags = 0", "contact states"),
    "a contact's priority": ("UPDATE contact_state SET priority = 3", "contact states"),
    "an entry's due day": ("UPDATE list_entry SET due = due + 1", "entries of lists"),
    "an entry that went": ("DELETE FROM list_entry WHERE contact = 1", "entries of lists"),
    "an entry too many": (
        "INSERT INTO list_entry VALUES (2, 0, 'op1', 1, 1, 0)",
        "entries of lists",
    ),
    "a count of a list": ("UPDATE list_count SET n = n + 1", "counts of lists"),
    "a follow-up that went": ("DELETE FROM list_care", "follow-ups"),
    "a follow-up's day": ("UPDATE list_care SET handled = 7", "follow-ups"),
    "a list's number": ("UPDATE list_number SET bit = 59 WHERE bit = 0", "numbers of lists"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_table_is_named_and_mended(desk: Desk, case: str) -> None:
    statement, name = BROKEN[case]
    desk.db.execute(statement)
    assert [check.name for check in wrong(desk)] == [name]
    rebuild(desk.db)
    assert wrong(desk) == []


def test_first_contact_that_differs_is_named(desk: Desk) -> None:
    desk.db.execute("UPDATE contact_state SET touches = 9")
    assert str(wrong(desk)[0].detail) == "2 differ from the log, the first: 1"


def test_rebuild_of_a_sound_desk_changes_nothing_and_writes_no_event(desk: Desk) -> None:
    states = desk.db.execute("SELECT * FROM contact_state").fetchall()
    before = desk.events()
    rebuild(desk.db)
    assert desk.db.execute("SELECT * FROM contact_state").fetchall() == states
    assert desk.events() == before
    assert wrong(desk) == []


def test_empty_desk_is_sound(tmp_path: Path) -> None:
    assert new_desk(tmp_path).faults() == []


TAMPERED = {
    "a day": "UPDATE event SET day = day + 1 WHERE seq = 4",
    "a reaction": "UPDATE event SET reaction = 'friendly' WHERE seq = 5",
    "an outcome": """UPDATE event SET outcome = '{"due": 1}' WHERE seq = 4""",
    "an operator": "UPDATE event SET operator = 'op2' WHERE seq = 2",
    "a uuid": "UPDATE event SET uuid = 'x' WHERE seq = 1",
    "a hash": "UPDATE event SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE seq = 3",
    "an event that went": "DELETE FROM event WHERE seq = 4",
    "a changed personal word": (
        "UPDATE event_text SET body = replace(body, '谢谢', '讨厌') WHERE seq = 5"
    ),
    "a changed salt": "UPDATE event_text SET salt = '00' WHERE seq = 2",
    "words where none were": "INSERT INTO event_text VALUES (4, 1, '00', '{}')",
}
FIRST_BAD = {"an event that went": 5}


@pytest.mark.parametrize("case", TAMPERED)
def test_first_event_that_was_changed_is_named(desk: Desk, case: str) -> None:
    desk.db.execute("PRAGMA foreign_keys = OFF")
    for trigger in ("event_stays", "event_never_goes"):
        desk.db.execute(f"DROP TRIGGER {trigger}")
    statement = TAMPERED[case]
    desk.db.execute(statement)
    seq = FIRST_BAD.get(case) or int(statement.split("seq = ")[-1]) if "seq = " in statement else 4
    log = next(check for check in examine(desk.db) if check.name == "log")
    assert not log.ok
    assert str(log.detail) == f"event {seq} was changed after it was written"


def test_erased_words_leave_the_chain_whole(desk: Desk) -> None:
    desk.db.execute("DELETE FROM event_text WHERE seq = 5")
    assert next(check for check in examine(desk.db) if check.name == "log").ok


def test_damaged_index_is_named(desk: Desk) -> None:
    desk.db.execute("PRAGMA writable_schema = ON")
    desk.db.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, '(handle)', '(email)') "
        "WHERE name = 'contact_handle'"
    )
    desk.take([row("王建国", 2, handle="wjg")])
    desk = desk.reopened()
    told = wrong(desk)
    assert told
    assert told[0].name == "file"


def test_every_check_is_made_though_the_first_fails(desk: Desk) -> None:
    names = [check.name for check in examine(desk.db)]
    desk.db.execute("UPDATE contact_state SET touches = 9")
    desk.db.execute("DELETE FROM due_count")
    assert [check.name for check in examine(desk.db)] == names
    assert {check.name for check in wrong(desk)} == {"contact states", "due counts"}


def test_every_derived_table_is_rebuilt(desk: Desk) -> None:
    desk.take([row("王建国", 4)])
    merging.keep_apart(desk.db, desk.shift, moment(), 1, 2)
    merging.merge(desk.db, desk.shift, moment(), 1, 3)
    desk.take([row("赵敏", 5, phone="13800000009", refused=True)])
    editing.edit(desk.db, desk.shift, moment(), 4, {"phone": ""})
    kept = {"event", "event_text", "script_text", "rules_in_force", "_sqlite_migrations"}
    tables = {
        name for (name,) in desk.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    for table in tables - kept:
        desk.db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names of our own tables
    assert len(wrong(desk)) == len(examine(desk.db)) - 2
    doctor.rebuild(desk.db)
    assert wrong(desk) == []
