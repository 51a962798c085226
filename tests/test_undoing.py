"""Undo and redo give back exactly what was, and never lift a refusal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.nouns import Kind, Reaction, Status
from rules.shift import Shift
from store import merging, undoing, verbs
from store.connection import connect
from store.queue import Place, due_page
from store.timeline import timeline
from store.undoing import NothingToUndo, StaysUndone, redo, undo
from tests.desk_kit import MONDAY, Desk, faults, moment, new_desk, row, sent, shift

TUESDAY = MONDAY + 1
DERIVED = (
    "SELECT * FROM contact ORDER BY id",
    "SELECT * FROM contact_key ORDER BY k, contact",
    "SELECT * FROM contact_state ORDER BY contact",
    "SELECT * FROM touch ORDER BY seq",
    "SELECT * FROM due_count WHERE n <> 0 ORDER BY owner, day, stage",
    "SELECT * FROM content_month WHERE sends <> 0 ORDER BY content, variant, stage, operator",
    "SELECT * FROM day_stat WHERE sends <> 0 OR reacted <> 0 ORDER BY operator, day, stage",
)
"""All derived tables; counters that came back to nothing are as good as none."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """张伟 got a message and reacted; 李芳 is new."""
    desk = new_desk(tmp_path)
    desk.take([row("张伟", 2), row("李芳", 3)])
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.FRIENDLY, {"note": "谢谢"})
    return desk


def everything(db: sqlite3.Connection) -> list[list[object]]:
    return [db.execute(statement).fetchall() for statement in DERIVED]


STEPS: dict[str, Callable[[sqlite3.Connection, Shift], object]] = {
    "a send": lambda db, at_work: verbs.send(db, at_work, moment(), 2),
    "a send by hand": lambda db, at_work: verbs.send(db, at_work, moment(), 2, "talk"),
    "an answer": lambda db, at_work: verbs.send(db, at_work, moment(), 1, "talk", answer=True),
    "a second reaction": lambda db, at_work: verbs.react(
        db, at_work, moment(), 1, Reaction.EXPLORING, {"interest": "排产"}
    ),
    "a rejection": lambda db, at_work: verbs.react(db, at_work, moment(), 1, Reaction.REJECTING),
    "a loss": lambda db, at_work: verbs.react(db, at_work, moment(), 2, Reaction.LOST),
    "a note": lambda db, at_work: verbs.note(db, at_work, moment(), 2, {"interest": "报价"}),
    "a postponement": lambda db, at_work: verbs.snooze(db, at_work, moment(), 2, TUESDAY),
}


@pytest.mark.parametrize("step", STEPS)
def test_undo_gives_back_what_was_and_redo_what_came(desk: Desk, step: str) -> None:
    before = everything(desk.db)
    done = STEPS[step](desk.db, desk.shift)
    assert isinstance(done, verbs.Done)
    after = everything(desk.db)
    assert after != before
    assert undo(desk.db, desk.shift, moment()).target == done.event
    assert everything(desk.db) == before
    assert desk.faults() == []
    assert redo(desk.db, desk.shift, moment()).target == done.event
    assert everything(desk.db) == after
    assert desk.faults() == []


def test_resume_is_undone_to_the_pause(desk: Desk) -> None:
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.REJECTING)
    verbs.resume(desk.db, desk.shift, moment(), 1, "说可以再聊")
    assert desk.state(1).status is Status.ACTIVE
    undo(desk.db, desk.shift, moment())
    assert desk.state(1).status is Status.PAUSED


def test_undo_goes_back_step_by_step_and_redo_forth(desk: Desk) -> None:
    verbs.note(desk.db, desk.shift, moment(), 2, {"note": "第三步"})
    kinds = [Kind.NOTE, Kind.REACTION, Kind.TOUCH, Kind.IMPORT]
    assert [undo(desk.db, desk.shift, moment()).target.kind for _ in kinds] == kinds
    assert desk.one("SELECT COUNT(*) FROM contact_state") == 0
    with pytest.raises(NothingToUndo):
        undo(desk.db, desk.shift, moment())
    assert [redo(desk.db, desk.shift, moment()).target.kind for _ in kinds] == kinds[::-1]
    with pytest.raises(NothingToUndo):
        redo(desk.db, desk.shift, moment())
    assert desk.faults() == []


def test_nothing_is_redone_after_a_new_step(desk: Desk) -> None:
    undo(desk.db, desk.shift, moment())
    verbs.note(desk.db, desk.shift, moment(), 2, {"note": "另一步"})
    with pytest.raises(NothingToUndo):
        redo(desk.db, desk.shift, moment())


def test_undo_takes_the_operators_own_steps(desk: Desk) -> None:
    other = shift("op2")
    mine = verbs.note(desk.db, other, moment(), 1, {"note": "我的"}).event
    verbs.note(desk.db, desk.shift, moment(), 1, {"note": "别人的"})
    assert undo(desk.db, other, moment()).target == mine
    with pytest.raises(NothingToUndo):
        undo(desk.db, other, moment())


def test_undo_of_today_leaves_earlier_days(desk: Desk) -> None:
    with pytest.raises(NothingToUndo, match="earlier days"):
        undo(desk.db, desk.shift, moment(TUESDAY), same_day=True)
    assert undo(desk.db, desk.shift, moment(TUESDAY)).target.kind is Kind.REACTION


def test_steps_that_are_read_in_part_hold_no_lock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Undo screen stays half read while an import makes a table of its own."""
    monkeypatch.setattr(undoing, "FIRST_PAGE", 1)
    found = undoing.steps(desk.db, "op1")
    assert next(found)
    desk.take([row("李芳", phone="13900000002")])
    assert len([*found]) > 1


def test_undo_works_after_the_desk_was_closed(desk: Desk) -> None:
    opened = desk.reopened()
    assert undo(opened.db, opened.shift, moment()).target.kind is Kind.REACTION


def test_undone_send_frees_the_day_of_the_contact(desk: Desk) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), 2))
    undo(desk.db, desk.shift, moment())
    assert sent(verbs.send(desk.db, desk.shift, moment(), 2)).event.step == "one"


def test_reaction_to_an_undone_send_stays_without_credit(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contact = desk.add()
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    verbs.react(desk.db, shift("op2"), moment(), contact, Reaction.POSITIVE)
    undo(desk.db, desk.shift, moment())
    assert (desk.state(contact).positive, desk.state(contact).touches) == (1, 0)
    assert desk.one("SELECT SUM(positive) FROM content_month") == 0
    assert desk.faults() == []


def test_refusal_is_not_undone(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), 2, "别再发了")
    before = desk.events()
    with pytest.raises(StaysUndone, match="do not contact"):
        undo(desk.db, desk.shift, moment())
    assert (desk.events(), desk.state(2).status) == (before, Status.DO_NOT_CONTACT)


def test_refusal_survives_the_undo_of_what_came_before(desk: Desk) -> None:
    verbs.refuse(desk.db, shift("op2"), moment(), 1, "别再发了")
    for _ in range(2):
        undo(desk.db, desk.shift, moment())
    assert desk.state(1).status is Status.DO_NOT_CONTACT
    with pytest.raises(StaysUndone):
        undo(desk.db, desk.shift, moment())
    assert desk.faults() == []


def test_lifting_a_refusal_is_undone_but_not_redone(desk: Desk) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), 2, "别再发了")
    verbs.resume(desk.db, desk.shift, moment(), 2, "自己又来问")
    undo(desk.db, desk.shift, moment())
    assert desk.state(2).status is Status.DO_NOT_CONTACT
    with pytest.raises(StaysUndone):
        redo(desk.db, desk.shift, moment())
    assert desk.state(2).status is Status.DO_NOT_CONTACT


def test_import_is_undone_as_a_whole_and_put_back(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.add("张伟")
    before = everything(desk.db)
    desk.take([row("张伟", 2, company="新禾"), row("李芳", 3), row("王建国", 4)])
    after = everything(desk.db)
    undo(desk.db, desk.shift, moment())
    assert everything(desk.db) == before
    assert due_page(desk.db, "op1", "lead", MONDAY, Place(), 9)[0].name == "张伟"
    redo(desk.db, desk.shift, moment())
    assert everything(desk.db) == after
    assert desk.faults() == []


def test_import_stays_once_its_contacts_have_a_history(desk: Desk) -> None:
    importer = shift("op2")
    desk.shift = importer
    desk.take([row("王建国", 2), row("陈静", 3)])
    verbs.note(desk.db, shift("op1"), moment(), 3, {"note": "已经聊过"})
    before = everything(desk.db)
    with pytest.raises(StaysUndone, match="1 contacts of this import have a history"):
        undo(desk.db, importer, moment())
    assert everything(desk.db) == before


def test_history_shows_what_was_undone(desk: Desk) -> None:
    undo(desk.db, desk.shift, moment())
    told = [(entry.event.kind, entry.undone) for entry in timeline(desk.db, 1)]
    assert told == [
        (Kind.ADDED, False),
        (Kind.TOUCH, False),
        (Kind.REACTION, True),
        (Kind.UNDO, False),
    ]


def test_undo_on_another_connection_sees_the_same_desk(desk: Desk) -> None:
    other = connect(desk.path)
    undo(other, desk.shift, moment())
    assert desk.state(1).last_reaction is None
    assert faults(other) == []
    other.close()


def test_reaction_corrected_while_merged_stays_corrected_after_the_unmerge(desk: Desk) -> None:
    told = (desk.db, desk.shift, moment())
    verbs.react(*told, 1, Reaction.LOST)
    merging.merge(*told, 2, 1)
    verbs.react(*told, 2, Reaction.EXPLORING)
    merging.unmerge(*told, 1)
    verbs.note(*told, 1, {"note": "x"})
    undo(*told)
    assert desk.state(1).status is Status.ACTIVE
    assert desk.faults() == []


def test_refusal_that_was_lifted_is_not_undone_either(desk: Desk) -> None:
    """Else the lifting could be undone after it, and nothing would refuse any more."""
    told = (desk.db, desk.shift, moment())
    refused = verbs.refuse(*told, 2, "别再发了").event.seq
    resumed = verbs.resume(*told, 2, "又想聊了").event.seq
    with pytest.raises(StaysUndone):
        undoing.toggle(*told, refused)
    undoing.toggle(*told, resumed)
    assert desk.state(2).status is Status.DO_NOT_CONTACT
