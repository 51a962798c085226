"""Steps that change: who is asked about, what a decision writes, and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.nouns import Kind, Reaction, Status
from rules.sop import Sequence, Settings, Sop, Step
from store import doctor, replanning, undoing, verbs
from store.replanning import SequenceChange
from store.timeline import timeline
from tests.desk_kit import LEADS, MONDAY, REST, SOP, Desk, moment, new_desk, row, sent

TUESDAY = MONDAY + 1


def changed(leads: str = "", rest: str = "", **fields: Any) -> Sop:
    """The small desk's SOP with other steps: names of the old ones with their days."""

    def told(sequence: Sequence, words: str) -> Sequence:
        known = {s.id: s for s in sequence.steps}
        new = []
        for word in words.split():
            name, _colon, day = word.partition(":")
            new.append(replace(known.get(name, Step(name, 0, "talk")), id=name, day=int(day)))
        return replace(sequence, steps=tuple(new)) if words else sequence

    sequences = (told(LEADS, leads), told(REST, rest))
    return replace(SOP, **{"sequences": sequences, "version": "1.1", **fields})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Four leads, 1 at `two` since Monday, 4 not to be contacted; 5 and 6 mql, 6 paused."""
    desk = new_desk(tmp_path)
    people = [row(f"潜客 {n}", n, stage="lead") for n in range(1, 5)]
    desk.take([*people, row("MQL 5", 6, stage="mql"), row("MQL 6", 7, stage="mql")])
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    verbs.refuse(desk.db, desk.shift, moment(), 4, "别再发了")
    verbs.react(desk.db, desk.shift, moment(), 6, Reaction.REJECTING)
    return desk


def take_up(desk: Desk, sop: Sop) -> bool:
    """The SOP's files are others now; whether plans follow their steps already."""
    desk.shift = replace(desk.shift, sop=replace(sop, settings=desk.shift.settings))
    return replanning.is_settled(desk.db, desk.shift.sop)


def standing(desk: Desk) -> dict[int, tuple[str | None, int | None]]:
    found = desk.db.execute("SELECT contact, step, due FROM contact_state")
    return {contact: (step, due) for contact, step, due in found}


GONE = changed(leads="one:0 three:5", rest="offer:1 thanks:4")
"""`two` of leads is gone, and `one` of rest."""


def test_import_remembers_the_steps_that_its_plans_follow(desk: Desk) -> None:
    assert [s.id for s in replanning.accepted(desk.db)] == ["leads", "rest"]
    assert replanning.is_settled(desk.db, SOP)
    assert not replanning.is_settled(desk.db, GONE)
    assert desk.one("SELECT COUNT(*) FROM sop_shape") == 1


def test_dry_run_remembers_nothing(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.take([row()], dry_run=True)
    assert replanning.accepted(desk.db) == ()


def test_first_sop_of_a_desk_is_the_one_that_plans_follow(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    assert replanning.is_settled(desk.db, GONE)
    assert not replanning.is_settled(desk.db, SOP)


SETTLED = {
    "texts": replace(SOP, contents={}),
    "names of sequences": replace(
        SOP, sequences=tuple(replace(s, name="x") for s in SOP.sequences)
    ),
    "order of the files": replace(SOP, sequences=(REST, LEADS)),
    "contents and windows of steps": replace(
        SOP,
        sequences=tuple(
            replace(s, steps=tuple(replace(step, content="talk", window=None) for step in s.steps))
            for s in SOP.sequences
        ),
    ),
    "settings and version": replace(SOP, version="9", settings=Settings(daily_cap=3)),
}


@pytest.mark.parametrize("sop", SETTLED.values(), ids=SETTLED)
def test_what_moves_nobody_is_no_question(desk: Desk, sop: Sop) -> None:
    assert take_up(desk, sop)


OPEN = {
    "a step added": changed(leads="one:0 two:2 three:5 four:9"),
    "a step removed": changed(leads="one:0 two:2"),
    "steps in another order": changed(leads="two:0 one:2 three:5"),
    "a day changed": changed(leads="one:0 two:3 three:5"),
    "stages of a step": replace(
        SOP, sequences=(replace(LEADS, steps=(replace(LEADS.steps[0], stages=("lead",)),)), REST)
    ),
    "stages moved": replace(SOP, sequences=(replace(LEADS, stages=("lead", "mql")), REST)),
    "a sequence gone": replace(SOP, sequences=(LEADS,)),
}


@pytest.mark.parametrize("sop", OPEN.values(), ids=OPEN)
def test_changed_steps_are_noticed_and_move_nobody(desk: Desk, sop: Sop) -> None:
    before = standing(desk)
    assert not take_up(desk, sop)
    assert not take_up(desk.reopened(), sop), "after a restart too"
    assert standing(desk.reopened()) == before


def test_plan_changes_counts_without_changing(desk: Desk) -> None:
    before, events = standing(desk), desk.events()
    take_up(desk, GONE)
    told = replanning.plan_changes(desk.db, replanning.accepted(desk.db), desk.shift, moment().day)
    assert told.sequences == (
        SequenceChange("leads", under_way=3, gone=1, ended=0, moved=0),
        SequenceChange("rest", under_way=2, gone=2, ended=0, moved=0),
    )
    assert told.touched == 3
    assert (standing(desk), desk.events()) == (before, events)


def test_plan_changes_tells_moved_days_and_ends_apart(desk: Desk) -> None:
    take_up(desk, changed(leads="one:0 two:4 three:5", rest="extra:0"))
    told = replanning.plan_changes(desk.db, replanning.accepted(desk.db), desk.shift, MONDAY)
    assert told.sequences == (
        SequenceChange("leads", under_way=3, gone=0, ended=0, moved=1),
        SequenceChange("rest", under_way=2, gone=2, ended=0, moved=0),
    )
    take_up(desk, replace(SOP, sequences=(LEADS,)))
    told = replanning.plan_changes(desk.db, replanning.accepted(desk.db), desk.shift, MONDAY)
    assert told.sequences == (SequenceChange("rest", under_way=2, gone=0, ended=2, moved=0),)


def test_replan_moves_whom_it_told_and_nobody_else(desk: Desk) -> None:
    before = standing(desk)
    take_up(desk, GONE)
    event, told = replanning.replan(desk.db, desk.shift, moment(TUESDAY))
    after = standing(desk)
    assert {c: after[c][0] for c in after} == {
        1: "three", 2: "one", 3: "one", 4: "one", 5: "offer", 6: "offer",
    }  # fmt: skip
    assert {c for c in after if after[c] != before[c]} == {1, 5, 6}
    assert after[1] == ("three", MONDAY + 7), "five working days after the touch of Monday"
    assert (event.kind, event.contact, event.amount, event.version) == (
        Kind.REPLAN, None, 3, "1.1",
    )  # fmt: skip
    assert told.touched == 3
    assert desk.state(6).status is Status.PAUSED
    assert replanning.is_settled(desk.db, desk.shift.sop)
    assert desk.faults() == []
    assert timeline(desk.db, 5)[-1].event.kind is Kind.PLANNED


def test_replan_carries_the_refused_along_and_leaves_them_refused(desk: Desk) -> None:
    take_up(desk, changed(leads="two:2 three:5"))
    _event, told = replanning.replan(desk.db, desk.shift, moment())
    assert told.sequences[0].under_way == 3
    assert desk.state(4).step == "two"
    assert desk.state(4).status is Status.DO_NOT_CONTACT
    assert desk.faults() == []


def test_stage_that_moved_takes_its_contacts_along(desk: Desk) -> None:
    moved = (
        replace(LEADS, stages=("lead", "mql")),
        replace(REST, stages=("sql", "customer")),
    )
    take_up(desk, replace(SOP, sequences=moved))
    replanning.replan(desk.db, desk.shift, moment())
    assert [desk.state(c).sequence for c in (1, 5, 6)] == ["leads", "leads", "leads"]
    assert desk.faults() == []


def test_keep_leaves_every_plan_that_can_be_followed_and_asks_no_more(desk: Desk) -> None:
    before = standing(desk)
    later = changed(leads="one:0 two:9 three:12")
    take_up(desk, later)
    event, changes = replanning.keep_plans(desk.db, desk.shift, moment())
    assert (event.kind, event.amount, changes.touched) == (Kind.REPLAN, 0, 0)
    assert standing(desk) == before
    assert replanning.is_settled(desk.reopened().db, later)


def test_keep_lets_those_go_on_whose_step_is_gone(desk: Desk) -> None:
    before = standing(desk)
    take_up(desk, GONE)
    event, _changes = replanning.keep_plans(desk.db, desk.shift, moment())
    steps = {contact: step for contact, (step, _due) in standing(desk).items()}
    assert steps == {1: "three", 2: "one", 3: "one", 4: "one", 5: "offer", 6: "offer"}
    assert event.amount == 3
    assert standing(desk)[2] == before[2]
    assert "gone" not in str(verbs.send(desk.db, desk.shift, moment(), 1))
    assert desk.faults() == []
    undoing.undo(desk.db, desk.shift, moment())
    assert standing(desk) == before
    replanning.keep_plans(desk.db, desk.shift, moment())
    assert replanning.is_settled(desk.reopened().db, GONE)
    newcomer = desk.reopened().take([row("新人", stage="mql", phone="13900000000")])
    assert newcomer.new == 1


def test_accept_writes_no_event(desk: Desk) -> None:
    before = desk.events()
    replanning.accept(desk.db, GONE)
    assert replanning.is_settled(desk.db, GONE)
    assert desk.events() == before


def test_undo_takes_the_whole_decision_back_and_redo_does_it_again(desk: Desk) -> None:
    before = standing(desk)
    take_up(desk, GONE)
    replanning.replan(desk.db, desk.shift, moment())
    moved = standing(desk)
    taken = undoing.undo(desk.db, desk.shift, moment())
    assert taken.target.kind is Kind.REPLAN
    assert standing(desk) == before
    assert desk.faults() == []
    assert not replanning.is_settled(desk.db, desk.shift.sop), "asked again"
    undoing.redo(desk.db, desk.shift, moment())
    assert standing(desk) == moved
    assert replanning.is_settled(desk.db, desk.shift.sop)
    assert desk.faults() == []


def test_undo_leaves_what_was_done_since(desk: Desk) -> None:
    before = standing(desk)
    take_up(desk, GONE)
    head, _told = replanning.replan(desk.db, desk.shift, moment())
    sent(verbs.send(desk.db, desk.shift, moment(TUESDAY), 5))
    later = standing(desk)[5]
    undoing.toggle(desk.db, desk.shift, moment(TUESDAY), head.seq)
    assert standing(desk) == {**before, 5: later}
    assert later[0] == "thanks"
    assert desk.faults() == []


def test_undo_of_an_import_takes_contacts_away_that_were_planned_anew(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    done = desk.take([row("张伟", stage="mql")])
    assert done.event is not None
    take_up(desk, GONE)
    replanning.replan(desk.db, desk.shift, moment())
    undoing.toggle(desk.db, desk.shift, moment(), done.event.seq)
    assert standing(desk) == {}
    undoing.toggle(desk.db, desk.shift, moment(), done.event.seq)
    assert standing(desk)[1][0] == "offer"
    assert desk.faults() == []


def test_rebuild_gives_the_plans_again(desk: Desk) -> None:
    take_up(desk, GONE)
    replanning.replan(desk.db, desk.shift, moment())
    before = standing(desk)
    doctor.rebuild(desk.db)
    assert standing(desk) == before
    assert desk.faults() == []


def test_replan_that_is_stopped_keeps_nothing(desk: Desk) -> None:
    before, events = standing(desk), desk.events()
    take_up(desk, GONE)

    def stopped(moves: Any) -> Any:
        yield next(iter(moves))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replanning.replan(desk.db, desk.shift, moment(), stopped)
    assert (standing(desk), desk.events()) == (before, events)
    assert not replanning.is_settled(desk.db, desk.shift.sop)


def test_steps_of_a_later_edit_are_compared_with_those_accepted(desk: Desk) -> None:
    """Undecided, then edited again: the plans still stand by the steps of the beginning."""
    take_up(desk, changed(leads="one:0 three:5"))
    take_up(desk, changed(leads="one:0 two:2 three:6"))
    told = replanning.plan_changes(desk.db, replanning.accepted(desk.db), desk.shift, MONDAY)
    assert told.touched == 0
    assert take_up(desk, SOP), "an edit taken back is no question any more"
