"""Interaction sequences on a real desk: entering, taking turns, ending, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rules.nouns import Kind, Reaction, Walked
from rules.sop import Sequence
from store import doctor, lists, offering, replanning, smoothing, undoing, verbs
from store.timeline import timeline
from store.walking import Looked
from tests.desk_kit import MONDAY, SOP, Desk, blocked, moment, new_desk, row, rows, sent, shift
from tests.walk_kit import BACK, FAIR, FAIR_DAY, QUIET, in_front, look, planned, sop, work_by

INVITED, REMINDED, TOLD = 9, 15, 18
"""Days from the Monday: a week before, the day before, two days after the event."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    work_by(made, FAIR)
    with closing(made.db):
        yield made
        assert made.faults() == []


def send(desk: Desk, contact: int, day: int, content: str | None = None) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(MONDAY + day), contact, content))


def entered(desk: Desk, *sequences: Sequence, name: str = "张伟", day: int = 0) -> int:
    """A contact in its stage's first step, due on Monday, and in these sequences."""
    contact = desk.add(name)
    work_by(desk, *sequences)
    look(desk, MONDAY + day)
    return contact


def test_event_waits_behind_the_stage_until_its_day(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    assert planned(desk, contact) == {"leads": ("one", 0), "fair": ("invite", INVITED)}
    assert in_front(desk, contact) == ("leads", "one", 0)


def test_priority_goes_first_when_both_are_due_and_the_other_keeps_the_interval(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    assert look(desk, MONDAY + INVITED) == Looked(0, 1)
    assert in_front(desk, contact) == ("fair", "invite", INVITED)
    send(desk, contact, INVITED)
    assert planned(desk, contact) == {"leads": ("one", 10), "fair": ("remind", REMINDED)}
    assert in_front(desk, contact) == ("leads", "one", 10)
    again = verbs.send(desk.db, desk.shift, moment(MONDAY + INVITED, 11), contact)
    assert blocked(again) == "not_due"


def test_content_chosen_by_hand_puts_every_plan_behind_the_interval(desk: Desk) -> None:
    contact = entered(desk, FAIR, QUIET)
    send(desk, contact, 0, "thanks")
    assert planned(desk, contact)["leads"] == ("one", 1)
    send(desk, contact, INVITED, "thanks")
    assert planned(desk, contact) == {"leads": ("one", 10), "fair": ("invite", 10)}


def test_whole_event_is_walked_before_and_after_its_day(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    told = []
    for day in range(25):
        look(desk, MONDAY + day)
        found = offering.offer(desk.db, desk.shift, moment(MONDAY + day), contact)
        if found.blocked is None:
            send(desk, contact, day)
            told.append((day, found.step.id if found.step else ""))
    assert told == [
        *((0, "one"), (2, "two"), (7, "three")),
        *((INVITED, "invite"), (REMINDED, "remind"), (TOLD, "notes")),
    ]
    assert in_front(desk, contact) == ("leads", None, None)


LATE = {
    "in good time": (0, ("invite", INVITED)),
    "between invitation and reminder": (11, ("invite", 11)),
    "on the day of the reminder": (REMINDED, ("remind", REMINDED)),
    "on the day of the event": (16, None),
    "after the event": (17, None),
}


@pytest.mark.parametrize("case", LATE)
def test_who_enters_late_begins_at_what_is_still_to_come(desk: Desk, case: str) -> None:
    day, plan = LATE[case]
    contact = entered(desk, FAIR, day=day)
    assert planned(desk, contact).get("fair") == plan


OVER = {
    "the invitation is overtaken by the reminder": (REMINDED, ("remind", REMINDED)),
    "nothing before the event goes on its day": (16, ("notes", TOLD)),
    "what follows is late by a week": (25, ("notes", 25)),
    "what follows is too late": (33, (None, None)),
}


@pytest.mark.parametrize("case", OVER)
def test_step_whose_day_has_passed_is_skipped_and_never_sent(desk: Desk, case: str) -> None:
    day, plan = OVER[case]
    contact = entered(desk, FAIR)
    look(desk, MONDAY + day)
    assert planned(desk, contact)["fair"] == plan


def test_step_of_an_event_that_is_over_is_blocked_even_before_the_desk_was_opened(
    desk: Desk,
) -> None:
    contact = entered(desk, FAIR)
    look(desk, MONDAY + REMINDED)
    assert in_front(desk, contact)[1] == "remind"
    outcome = verbs.send(desk.db, desk.shift, moment(FAIR_DAY), contact)
    assert blocked(outcome) == "too_late"


def test_low_interaction_ends_with_a_good_reaction(desk: Desk) -> None:
    contact = entered(desk, QUIET)
    send(desk, contact, 0)
    assert look(desk, MONDAY + 2) == Looked(0, 0)
    assert look(desk, MONDAY + 3).entered == 1
    assert in_front(desk, contact) == ("quiet", "ask", 3)
    send(desk, contact, 3)
    assert in_front(desk, contact) == ("leads", "two", 4)
    verbs.react(desk.db, desk.shift, moment(MONDAY + 3), contact, Reaction.FRIENDLY)
    assert planned(desk, contact) == {"leads": ("two", 4), "quiet": (None, None)}


def test_somebody_enters_again_only_after_the_days_that_the_sequence_names(desk: Desk) -> None:
    contact = entered(desk, QUIET)
    send(desk, contact, 0)
    look(desk, MONDAY + 3)
    verbs.react(desk.db, desk.shift, moment(MONDAY + 3), contact, Reaction.FRIENDLY)
    send(desk, contact, 3)
    assert [look(desk, MONDAY + day).entered for day in (10, 22, 23)] == [0, 0, 1]


def test_recall_is_for_who_walked_the_stage_to_its_end_in_silence(desk: Desk) -> None:
    contact = entered(desk, BACK)
    for day in (0, 2, 7):
        send(desk, contact, day)
    assert [look(desk, MONDAY + day).entered for day in (16, 17, 18)] == [0, 1, 0]
    assert in_front(desk, contact) == ("back", "news", 17)
    send(desk, contact, 17)
    assert in_front(desk, contact) == ("leads", None, None)
    assert look(desk, MONDAY + 400).entered == 0, "once only, without again_after"


def test_nobody_walks_two_sequences_for_the_silent_at_once(desk: Desk) -> None:
    again = replace(QUIET, id="again", kind=Walked.RECALL, priority=9)
    contact = entered(desk, QUIET, again)
    send(desk, contact, 0)
    assert look(desk, MONDAY + 3).entered == 1
    assert set(planned(desk, contact)) == {"leads", "quiet"}
    assert look(desk, MONDAY + 3) == Looked()


def test_entering_keeps_to_the_cap_of_each_owner(desk: Desk) -> None:
    work_by(desk, replace(QUIET, when=BACK.when), daily_cap=2)
    desk.take(rows(*(f"客户{n}" for n in range(5))))
    everybody = replace(QUIET, when=FAIR.when)
    work_by(desk, everybody, daily_cap=2)
    assert look(desk).entered == 5
    found = desk.db.execute("SELECT due, COUNT(*) FROM walk WHERE priority = 4 GROUP BY due")
    assert max(n for _due, n in found) <= 2


NOT_LET_IN = {
    "paused": lambda d, c: verbs.react(d.db, d.shift, moment(), c, Reaction.REJECTING),
    "lost": lambda d, c: verbs.react(d.db, d.shift, moment(), c, Reaction.LOST),
    "do not contact": lambda d, c: verbs.refuse(d.db, d.shift, moment(), c, "别再发了"),
}


@pytest.mark.parametrize("case", NOT_LET_IN)
def test_only_active_contacts_enter(desk: Desk, case: str) -> None:
    contact = desk.add()
    NOT_LET_IN[case](desk, contact)
    assert look(desk) == Looked()
    assert planned(desk, contact) == {}


def test_person_who_refused_as_another_contact_does_not_enter(desk: Desk) -> None:
    one = desk.add(phone="13800000001")
    other = desk.add("张伟 2", handle="zw")
    desk.take([row("张伟 2", handle="zw", phone="13800000001")])
    verbs.refuse(desk.db, desk.shift, moment(), one, "别再发了")
    assert look(desk) == Looked()
    assert planned(desk, other) == {}


def test_pause_stops_every_sequence_and_a_resume_takes_all_up(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.REJECTING)
    look(desk, MONDAY + 12)
    assert blocked(verbs.send(desk.db, desk.shift, moment(MONDAY + 12), contact)) == "paused"
    verbs.resume(desk.db, desk.shift, moment(FAIR_DAY), contact, "又想聊了")
    assert planned(desk, contact) == {"leads": ("one", 16), "fair": ("notes", TOLD)}


def test_postponing_moves_the_person_and_not_one_plan(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    look(desk, MONDAY + INVITED)
    verbs.snooze(desk.db, desk.shift, moment(MONDAY + INVITED), contact, MONDAY + 11)
    assert planned(desk, contact) == {"leads": ("one", 11), "fair": ("invite", 11)}
    assert desk.state(contact).snoozed == 1
    assert in_front(desk, contact) == ("fair", "invite", 11)


def test_backlog_moves_every_plan_of_a_contact(desk: Desk) -> None:
    first = entered(desk, FAIR)
    desk.add("李芳")
    work_by(desk, FAIR, daily_cap=1)
    look(desk, MONDAY + INVITED)
    assert smoothing.spread_backlog(desk.db, desk.shift, moment(MONDAY + INVITED)) == 1
    moved = max(first, first + 1)
    assert all(due == 10 for _step, due in planned(desk, moved).values())


def test_undo_of_a_message_puts_every_plan_back(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    look(desk, MONDAY + INVITED)
    before = planned(desk, contact)
    send(desk, contact, INVITED)
    after = planned(desk, contact)
    undoing.undo(desk.db, desk.shift, moment(MONDAY + INVITED))
    assert planned(desk, contact) == before
    assert in_front(desk, contact) == ("fair", "invite", INVITED)
    undoing.redo(desk.db, desk.shift, moment(MONDAY + INVITED))
    assert planned(desk, contact) == after


def head(desk: Desk) -> int:
    return int(desk.one("SELECT MIN(seq) FROM event WHERE kind = 'entering'"))


def test_entering_is_undone_as_one_and_does_not_repeat_itself(desk: Desk) -> None:
    one, other = desk.add("张伟"), desk.add("李芳")
    assert look(desk).entered == 2
    undoing.toggle(desk.db, desk.shift, moment(), head(desk))
    for contact in (one, other):
        assert planned(desk, contact) == {"leads": ("one", 0), "fair": (None, None)}
    assert look(desk, MONDAY + 1) == Looked()
    undoing.toggle(desk.db, desk.shift, moment(), head(desk))
    assert planned(desk, one)["fair"] == ("invite", INVITED)


def test_undone_entering_ends_also_what_went_on_in_it(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    look(desk, MONDAY + INVITED)
    send(desk, contact, INVITED)
    undoing.toggle(desk.db, desk.shift, moment(MONDAY + INVITED), head(desk))
    assert planned(desk, contact)["fair"] == (None, None)
    assert in_front(desk, contact) == ("leads", "one", 10)
    assert desk.state(contact).touches == 1, "what was sent was sent"


def test_the_key_for_undo_passes_the_entering_by(desk: Desk) -> None:
    contact = desk.add()
    verbs.note(desk.db, desk.shift, moment(), contact, {"note": "展会"})
    look(desk)
    taken = undoing.undo(desk.db, desk.shift, moment(), same_day=True)
    assert taken.target.kind is Kind.NOTE


EDITS: dict[str, tuple[tuple[Sequence, ...], tuple[str | None, int | None]]] = {
    "the event is called off": ((), (None, None)),
    "its step is gone": ((replace(FAIR, steps=FAIR.steps[1:]),), ("remind", REMINDED)),
    "it is a week later": ((replace(FAIR, on=FAIR_DAY + 7),), ("invite", INVITED + 7)),
    "it is earlier": ((replace(FAIR, on=FAIR_DAY - 7),), ("invite", INVITED - 7)),
    "it is the same": ((FAIR,), ("invite", INVITED)),
}


@pytest.mark.parametrize("case", EDITS)
def test_plans_follow_an_edit_of_the_event_without_a_question(desk: Desk, case: str) -> None:
    contact = entered(desk, FAIR)
    assert replanning.is_settled(desk.db, desk.shift.sop)
    sequences, plan = EDITS[case]
    work_by(desk, *sequences)
    assert replanning.is_settled(desk.db, desk.shift.sop)
    look(desk)
    assert planned(desk, contact)["fair"] == plan
    assert look(desk) == Looked()


def test_event_of_another_year_takes_everybody_again(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    look(desk, FAIR_DAY + 30)
    assert planned(desk, contact)["fair"] == (None, None)
    work_by(desk, replace(FAIR, on=FAIR_DAY + 364))
    assert look(desk, FAIR_DAY + 40).entered == 1


def test_sequence_of_the_stage_is_planned_anew_behind_an_event(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    send(desk, contact, 0)
    look(desk, MONDAY + INVITED)
    assert in_front(desk, contact)[0] == "fair"
    leads = replace(SOP.sequences[0], steps=SOP.sequences[0].steps[::2])
    edited = sop((FAIR,), replace(SOP, sequences=(leads, *SOP.sequences[1:])))
    desk.shift = shift(sop=edited)
    head, changes = replanning.replan(desk.db, desk.shift, moment(MONDAY + INVITED))
    assert changes.touched == 1
    assert planned(desk, contact)["leads"][0] == "three"
    assert in_front(desk, contact)[0] == "fair"
    undoing.toggle(desk.db, desk.shift, moment(MONDAY + INVITED), head.seq)
    assert planned(desk, contact)["leads"] == ("two", 2)


def test_next_stage_is_walked_on_in_its_own_sequence_behind_an_event(desk: Desk) -> None:
    contact = desk.add(stage="sql")
    work_by(desk, FAIR)
    look(desk)
    send(desk, contact, 0)
    look(desk, MONDAY + INVITED)
    assert in_front(desk, contact)[0] == "fair"
    done = lists.accept_stage(desk.db, desk.shift, moment(MONDAY + INVITED), contact)
    assert done.state.stage == "customer"
    assert planned(desk, contact)["rest"][0] == "thanks", "offer is not for customers"
    assert in_front(desk, contact)[:2] == ("fair", "invite")


def test_keyword_ends_what_is_for_the_silent(desk: Desk) -> None:
    contact = entered(desk, QUIET)
    send(desk, contact, 0)
    look(desk, MONDAY + 3)
    verbs.keyword(desk.db, desk.shift, moment(MONDAY + 3), contact, "模板")
    assert planned(desk, contact)["quiet"] == (None, None)


def test_rebuilt_plans_are_those_that_stood(desk: Desk) -> None:
    contact = entered(desk, FAIR, QUIET)
    send(desk, contact, 0)
    look(desk, MONDAY + 3)
    before = planned(desk, contact)
    assert len(before) == 3
    desk.db.execute("UPDATE walk SET due = 1")
    assert [check.name for check in doctor.examine(desk.db) if not check.ok] == ["plans"]
    doctor.rebuild(desk.db)
    assert planned(desk, contact) == before


def test_timeline_tells_of_the_entering(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    last = timeline(desk.db, contact)[-1].event
    assert (last.kind, [walk.sequence for walk in last.then.plans]) == (Kind.ENTERED, ["fair"])


def test_desk_without_interaction_sequences_is_not_even_looked_at(desk: Desk) -> None:
    desk.add()
    work_by(desk)
    desk.shift = shift()
    before = desk.events()
    assert look(desk) == Looked()
    assert desk.events() == before


def test_undone_import_takes_its_contacts_out_of_their_sequences(desk: Desk) -> None:
    contact = entered(desk, FAIR)
    undoing.undo(desk.db, desk.shift, moment())
    assert planned(desk, contact) == {}
    assert desk.one("SELECT COUNT(*) FROM contact_state") == 0
    undoing.redo(desk.db, desk.shift, moment())
    assert planned(desk, contact)["fair"] == ("invite", INVITED)


def test_kinds_of_sequence_cover_what_ships() -> None:
    assert {s.kind for s in sop().sequences} == set(Walked)
