"""A file from before there were lists: what it lacks is found in its log."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from rules.nouns import Reaction
from store import undoing, verbs
from store.list_pass import judge_all
from store.migrations import lists_of_contacts
from tests.desk_kit import MONDAY, Desk, moment, new_desk, rows, sent
from tests.list_kit import RULED, lists_of

NEW = (
    "heard_day",
    "added_day",
    "last_positive_day",
    "keywords",
    "last_keyword_day",
    "interests",
    "stage_seq",
    "flags",
)
TABLES = ("rules_in_force", "list_number", "list_entry", "list_count", "list_care")


def upgraded_from_before(desk: Desk) -> None:
    """Takes away what the migration adds, and runs it."""
    for name in NEW:
        desk.db.execute(f"ALTER TABLE contact_state DROP COLUMN {name}")
    for name in TABLES:
        desk.db.execute(f"DROP TABLE {name}")
    lists_of_contacts(Database(desk.db, recursive_triggers=False, execute_plugins=False))


def test_old_file_gets_its_facts_from_its_log(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take(rows("张伟", "李芳", "王建国", "陈静"))
    for contact in (1, 2, 3):
        sent(verbs.send(desk.db, desk.shift, moment(), contact))
    words = {"interest": "排产、报价"}
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.POSITIVE, words)
    verbs.react(desk.db, desk.shift, moment(MONDAY + 1), 1, Reaction.FRIENDLY)
    verbs.react(desk.db, desk.shift, moment(MONDAY + 1), 2, Reaction.POSITIVE)
    verbs.react(desk.db, desk.shift, moment(MONDAY + 2), 2, Reaction.POSITIVE)
    undoing.undo(desk.db, desk.shift, moment(MONDAY + 2))
    verbs.react(desk.db, desk.shift, moment(MONDAY + 2), 3, Reaction.LOST)
    verbs.note(desk.db, desk.shift, moment(MONDAY + 2), 4, {"interest": "、"})
    states = [desk.state(c) for c in (1, 2, 3, 4)]
    assert [s.last_positive_day for s in states] == [None, MONDAY + 1, None, None]
    assert [s.interests for s in states] == [2, 0, 0, 0]
    upgraded_from_before(desk)
    assert [desk.state(c) for c in (1, 2, 3, 4)] == states
    assert desk.faults() == []
    judge_all(desk.db, RULED.sop, MONDAY + 4)
    assert lists_of(desk, 2) == {"everybody", "revisit", "silent"}
    assert desk.faults() == []
    desk.db.close()
