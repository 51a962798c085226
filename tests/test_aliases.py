"""A refusal holds for the person, whichever of their contacts it was said to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rules.sending import Why
from store import doctor, editing, merging, undoing, verbs
from store.migrations import MIGRATIONS, former_phones_and_ids
from store.offering import offer
from tests.backup_kit import backed_up, taken_back
from tests.desk_kit import Desk, blocked, moment, new_desk, row, sent


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    with closing(made.db):
        yield made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"phone": "13800138000"}, {"phone": "+86 138 0013 8000"}, id="phone"),
        pytest.param({"handle": "zw88"}, {"handle": "zw88"}, id="chat id"),
    ],
)
def test_nobody_is_written_to_under_another_name(
    desk: Desk, one: dict[str, Any], other: dict[str, Any]
) -> None:
    desk.take([row("张伟", external_id="wm-aaaaaaaa", **one)])
    desk.take([row("小张", external_id="wm-bbbbbbbb", **other)])
    if desk.one("SELECT COUNT(*) FROM contact_state") == 1:
        pytest.skip("taken for one person, which is as safe")
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    assert blocked(verbs.send(desk.db, desk.shift, moment(), 2)) == "do_not_contact"
    verbs.resume(desk.db, desk.shift, moment(), 1, "又同意了")
    sent(verbs.send(desk.db, desk.shift, moment(), 2))


def test_refusal_under_another_name_is_the_first_reason(desk: Desk) -> None:
    """A reason that tomorrow takes away would leave the script on the screen and in a file."""
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13800138000")])
    desk.take([row("小张", external_id="wm-bbbbbbbb", phone="13800138000")])
    sent(verbs.send(desk.db, desk.shift, moment(), 2))
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    for hour in (10, 23):
        for answer in (False, True):
            offered = offer(desk.db, desk.shift, moment(hour=hour), 2, answer=answer)
            assert offered.blocked is not None
            assert offered.blocked.why is Why.DO_NOT_CONTACT


def test_row_numbers_of_two_files_are_no_alias(desk: Desk) -> None:
    desk.take([row("张伟", external_id="7")])
    desk.take([row("李芳", external_id="7")])
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    sent(verbs.send(desk.db, desk.shift, moment(), 2))


GIVEN_UP: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "phone": ({"phone": "13800138000"}, {"phone": "13900139000"}),
    "chat id": ({"handle": "zw88"}, {"handle": "zw99"}),
    "id": ({"external_id": "wm-aaaaaaaa"}, {"external_id": "wm-cccccccc"}),
}
KNOWN_BY: dict[str, Any] = {"external_id": "wm-eeeeeeee"}


@pytest.mark.parametrize("case", GIVEN_UP)
@pytest.mark.parametrize("way", ["by hand", "by an import"])
@pytest.mark.parametrize("first", [False, True], ids=["somebody new", "somebody known"])
def test_number_that_was_replaced_still_tells_who_refused(
    desk: Desk, case: str, way: str, first: bool
) -> None:
    old, new = GIVEN_UP[case]
    if case == "id" and way == "by an import":
        pytest.skip("another id is another person to an import")
    desk.take([row("张伟", **{**KNOWN_BY, **old})])
    known = desk.add("小张", email="x@a.cn") if first else 0
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    if way == "by hand":
        editing.edit(desk.db, desk.shift, moment(), 1, new)
    else:
        desk.take([row("张伟", **{**KNOWN_BY, **new})])
    if first:
        editing.edit(desk.db, desk.shift, moment(), known, old)
    else:
        assert desk.take([row("小张", email="x@a.cn", **old)]).refused_kept == 1
    other = int(desk.one("SELECT id FROM contact WHERE name = '小张'"))
    assert blocked(verbs.send(desk.db, desk.shift, moment(), other)) == "do_not_contact"
    assert desk.faults() == []
    again = desk.reopened()
    again.db.execute("DELETE FROM given_up")
    assert any("former phones" in fault for fault in again.faults())
    doctor.rebuild(again.db)
    assert again.faults() == []
    desk.db = again.db


def test_number_corrected_before_the_refusal_tells_nothing(desk: Desk) -> None:
    """It was somebody else's all along."""
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13800138000")])
    editing.edit(desk.db, desk.shift, moment(), 1, {"phone": "13900139000"})
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    desk.take([row("李芳", external_id="wm-bbbbbbbb", phone="13800138000")])
    sent(verbs.send(desk.db, desk.shift, moment(), 2))


def test_undoing_the_correction_forgets_it(desk: Desk) -> None:
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13800138000")])
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    editing.edit(desk.db, desk.shift, moment(), 1, {"phone": "13900139000"})
    assert desk.one("SELECT value FROM given_up") is not None
    undoing.undo(desk.db, desk.shift, moment())
    assert desk.one("SELECT COUNT(*) FROM given_up") == 0
    assert desk.faults() == []


@pytest.mark.parametrize("field", ["phone", "handle"])
def test_number_under_which_somebody_refused_is_kept_when_its_edit_is_undone(
    desk: Desk, field: str
) -> None:
    old, new = ("13800138000", "13900139000") if field == "phone" else ("zw88", "zw99")
    known: dict[str, Any] = {"external_id": "wm-aaaaaaaa", field: old}
    desk.take([row("张伟", **known)])
    other = desk.add("小张", **{field: new})
    edited = editing.edit(desk.db, desk.shift, moment(), 1, {field: new})
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    undoing.toggle(desk.db, desk.shift, moment(), edited.event.seq)
    assert blocked(verbs.send(desk.db, desk.shift, moment(), other)) == "do_not_contact"
    assert desk.faults() == []


@pytest.mark.parametrize("field", ["phone", "handle"])
@pytest.mark.parametrize("merged", [False, True], ids=["alone", "merged since"])
def test_number_under_which_somebody_refused_is_kept_when_its_import_is_undone(
    desk: Desk, field: str, merged: bool
) -> None:
    old, new = ("13800138000", "13900139000") if field == "phone" else ("zw88", "zw99")
    known: dict[str, Any] = {"external_id": "wm-aaaaaaaa"}
    desk.take([row("张伟", **known | {field: old})])
    brought = desk.take([row("张伟", **known | {field: new})])
    assert brought.event is not None
    assert brought.changed == 1
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    if merged:
        merging.merge(desk.db, desk.shift, moment(), 1, desk.add("张先生"))
    undoing.toggle(desk.db, desk.shift, moment(), brought.event.seq)
    assert desk.faults() == []
    other = desk.add("小张", external_id="wm-bbbbbbbb", **{field: new})
    assert blocked(verbs.send(desk.db, desk.shift, moment(), other)) == "do_not_contact"
    undoing.toggle(desk.db, desk.shift, moment(), brought.event.seq)
    assert desk.one("SELECT COUNT(*) FROM given_up WHERE value = ?", new) == 0
    assert desk.faults() == []


@pytest.mark.parametrize("way", ["an edit", "an import"])
def test_redo_takes_no_number_away_under_which_somebody_refused(desk: Desk, way: str) -> None:
    """Put back, a change from before the refusal would say that they never had it."""
    old, new = "13800138000", "13900139000"
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone=old)])
    if way == "an edit":
        changed = editing.edit(desk.db, desk.shift, moment(), 1, {"phone": new}).event
    else:
        brought = desk.take([row("张伟", external_id="wm-aaaaaaaa", phone=new)]).event
        assert brought is not None
        changed = brought
    undoing.toggle(desk.db, desk.shift, moment(), changed.seq)
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    with pytest.raises(undoing.StaysUndone, match="refused under the phone"):
        undoing.toggle(desk.db, desk.shift, moment(), changed.seq)
    other = desk.add("小张", external_id="wm-bbbbbbbb", phone=old)
    assert blocked(verbs.send(desk.db, desk.shift, moment(), other)) == "do_not_contact"
    assert desk.faults() == []


def test_redo_of_a_correction_after_the_refusal_is_as_it_was(desk: Desk) -> None:
    old, new = "13800138000", "13900139000"
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone=old)])
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    editing.edit(desk.db, desk.shift, moment(), 1, {"phone": new})
    undoing.undo(desk.db, desk.shift, moment())
    undoing.redo(desk.db, desk.shift, moment())
    assert desk.one("SELECT value FROM given_up") == old
    assert desk.faults() == []


def test_number_of_an_import_undone_before_the_refusal_tells_nothing(desk: Desk) -> None:
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13800138000")])
    brought = desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13900139000")])
    assert brought.event is not None
    undoing.toggle(desk.db, desk.shift, moment(), brought.event.seq)
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    other = desk.add("小张", external_id="wm-bbbbbbbb", phone="13900139000")
    sent(verbs.send(desk.db, desk.shift, moment(), other))
    assert desk.faults() == []


def test_restore_keeps_the_new_number_of_who_refused(desk: Desk) -> None:
    desk.take([row("张伟", external_id="wm-aaaaaaaa", phone="13800138000")])
    kept = backed_up(desk)
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    for phone in ("13900139000", "13700137000"):
        editing.edit(desk.db, desk.shift, moment(), 1, {"phone": phone})
    taken_back(desk, kept)
    for n, phone in enumerate(("13800138000", "13900139000", "13700137000")):
        desk.take([row(f"客户{n}", external_id=f"wm-bbbbbb{n}", phone=phone)])
        contact = int(desk.one("SELECT MAX(id) FROM contact"))
        assert blocked(verbs.send(desk.db, desk.shift, moment(), contact)) == "do_not_contact"
    assert desk.faults() == []


def test_upgrade_finds_numbers_that_were_replaced_before(desk: Desk) -> None:
    desk.take([row("张伟", phone="13800138000"), row("李芳", 3)])
    verbs.refuse(desk.db, desk.shift, moment(), 1, "别再发")
    editing.edit(desk.db, desk.shift, moment(), 1, {"phone": "13900139000"})
    known = desk.db.execute("SELECT * FROM given_up").fetchall()
    name = former_phones_and_ids.__name__
    desk.db.execute("DROP TABLE given_up")
    desk.db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (name,))
    desk.db.execute(f"PRAGMA user_version = {MIGRATIONS.index(former_phones_and_ids)}")
    again = desk.reopened()
    assert again.db.execute("SELECT * FROM given_up").fetchall() == known != []
    assert again.faults() == []
    desk.db = again.db
