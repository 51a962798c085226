"""A contact's file changed by hand: the door, the limits, one event a change, undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.nouns import Kind, Status
from rules.wording import DeskError
from store import undoing, verbs
from store.editing import (
    CannotEdit,
    NothingChanged,
    StepsBack,
    consent,
    edit,
    move_stage,
)
from store.erasing import erase
from store.people import find
from store.person_file import person_file
from store.profiles import profile_of
from store.verbs import NeedsReason
from tests.desk_kit import MONDAY, Desk, moment, new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.add("张伟", phone="13800000001", company="新禾", tags=("制造业",))
    return made


KEPT = {
    "a name": ("name", " 张 三\x1b[2J ", "张 三\ufffd[2J"),
    "a phone as people write it": ("phone", "+86 138-0000-0003", "+8613800000003"),
    "a company cleared": ("company", "", ""),
    "tags, each once": ("tags", "制造业，电子, 电子", "制造业,电子"),
    "interest points": ("interest", "排产、报价", "排产,报价"),
    "a day": ("added", "2026/1/5", "2026-01-05"),
    "a birthday without a year": ("birthday", "3月8日", "03-08"),
}


@pytest.mark.parametrize("case", KEPT)
def test_field_is_kept_as_an_import_keeps_it(desk: Desk, case: str) -> None:
    name, told, kept = KEPT[case]
    done = edit(desk.db, desk.shift, moment(), 1, {name: told})
    assert done.event.kind is Kind.PROFILE
    assert (profile_of(desk.db, 1) or {})[name] == kept
    assert desk.faults() == []


WRONG = {
    "no such field": {"salary": "1"},
    "no phone": {"phone": "ask him"},
    "no day": {"added": "soon"},
    "a name that is empty": {"name": "  "},
    "no owner": {"owner": ""},
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_value_writes_nothing(desk: Desk, case: str) -> None:
    before = desk.events()
    with pytest.raises(CannotEdit):
        edit(desk.db, desk.shift, moment(), 1, {"company": "other", **WRONG[case]})
    assert desk.events() == before


def test_same_value_is_no_event(desk: Desk) -> None:
    with pytest.raises(NothingChanged):
        edit(desk.db, desk.shift, moment(), 1, {"company": "新禾", "owner": "op1"})


def test_several_fields_are_one_step_that_undo_takes_back(desk: Desk) -> None:
    before = profile_of(desk.db, 1)
    edit(desk.db, desk.shift, moment(), 1, {"name": "李四", "company": "恒力", "owner": "op2"})
    assert [p.contact for p in find(desk.db, "李四")] == [1]
    assert desk.state(1).owner == "op2"
    undoing.undo(desk.db, desk.shift, moment())
    assert profile_of(desk.db, 1) == before
    assert desk.state(1).owner == "op1"
    assert find(desk.db, "李四") == ()
    assert desk.faults() == []


def test_phone_of_somebody_who_refused_stops_every_send(desk: Desk) -> None:
    other = desk.add("王建国", phone="13800000009")
    verbs.refuse(desk.db, desk.shift, moment(), other, "stop")
    edit(desk.db, desk.shift, moment(), 1, {"phone": "138 0000 0009"})
    assert desk.state(1).status is Status.DO_NOT_CONTACT


def test_phone_of_somebody_erased_stops_every_send(desk: Desk) -> None:
    other = desk.add("王建国", phone="13800000009")
    erase(desk.db, desk.shift, moment(), other, "by letter")
    edit(desk.db, desk.shift, moment(), 1, {"phone": "138 0000 0009"})
    assert desk.state(1).status is Status.DO_NOT_CONTACT


def test_consent_is_kept_with_its_day_and_source(desk: Desk) -> None:
    consent(desk.db, desk.shift, moment(), 1, "展会登记表", MONDAY - 3)
    found = person_file(desk.db, 1).consent
    assert found is not None
    assert (found.source, found.on) == ("展会登记表", "2026-02-27")
    undoing.undo(desk.db, desk.shift, moment())
    assert person_file(desk.db, 1).consent is None
    assert desk.faults() == []


@pytest.mark.parametrize(("source", "day"), [(" ", 0), ("form", 1)], ids=["no source", "tomorrow"])
def test_consent_needs_a_source_and_a_day_that_came(desk: Desk, source: str, day: int) -> None:
    with pytest.raises(DeskError):
        consent(desk.db, desk.shift, moment(), 1, source, MONDAY + day)


def test_stage_forward_enters_its_sequence(desk: Desk) -> None:
    done = move_stage(desk.db, desk.shift, moment(), 1, "MQL", "left a phone")
    assert (done.state.stage, done.state.sequence) == ("mql", "rest")
    assert done.event.text == {"reason": "left a phone"}
    undoing.undo(desk.db, desk.shift, moment())
    assert desk.state(1).stage == "lead"
    assert desk.faults() == []


def test_stage_back_only_when_it_is_meant(desk: Desk) -> None:
    move_stage(desk.db, desk.shift, moment(), 1, "sql", "asked for a price")
    with pytest.raises(StepsBack):
        move_stage(desk.db, desk.shift, moment(), 1, "lead", "a slip")
    assert desk.state(1).stage == "sql"
    done = move_stage(desk.db, desk.shift, moment(), 1, "lead", "a slip", back=True)
    assert done.state.stage == "lead"
    assert desk.faults() == []


@pytest.mark.parametrize(
    ("stage", "reason", "error"),
    [
        ("moon", "why", CannotEdit),
        ("mql", " ", NeedsReason),
        ("线索", "why", NothingChanged),
    ],
    ids=["no such stage", "no reason", "its own"],
)
def test_stage_is_not_moved(desk: Desk, stage: str, reason: str, error: type[DeskError]) -> None:
    with pytest.raises(error):
        move_stage(desk.db, desk.shift, moment(), 1, stage, reason)
    assert desk.state(1).stage == "lead"
