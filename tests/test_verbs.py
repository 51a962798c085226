"""What an operator does, on a real store: sends, reactions, refusals, pauses, notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rules.events import ContactState, Then
from rules.nouns import Kind, Reaction, Status
from rules.timing import Moment
from rules.wording import DeskError
from store import derived, doctor, log, undoing, verbs
from store.connection import connect, transaction
from store.offering import NotOnDesk, offer
from store.verbs import NeedsReason, NothingToResume
from tests.desk_kit import MONDAY, SOP, Desk, blocked, moment, new_desk, sent, shift

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + n for n in range(1, 5))
NEXT_MONDAY = MONDAY + 7


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


@pytest.fixture
def contact(desk: Desk) -> int:
    return desk.add("张伟", title="采购经理", company="新禾")


def plan(state: ContactState) -> tuple[str | None, int | None]:
    return state.step, state.due


def test_send_carries_out_the_step_and_plans_the_next(desk: Desk, contact: int) -> None:
    done = sent(verbs.send(desk.db, desk.shift, moment(), contact))
    event = done.event
    assert (event.kind, event.content, event.step, event.version) == (
        Kind.TOUCH,
        "hello",
        "one",
        "1.0",
    )
    assert event.digest == SOP.contents["hello"].scripts[ord(event.variant or "") - 97].digest
    assert plan(done.state) == ("two", WEDNESDAY)
    assert desk.one("SELECT body FROM script_text") in {
        s.text for s in SOP.contents["hello"].scripts
    }
    assert desk.faults() == []


def test_whole_sequence_ends_without_a_next_step(desk: Desk, contact: int) -> None:
    days = [MONDAY, WEDNESDAY, NEXT_MONDAY]
    states = [sent(verbs.send(desk.db, desk.shift, moment(d), contact)).state for d in days]
    assert [plan(s) for s in states] == [
        ("two", WEDNESDAY),
        ("three", NEXT_MONDAY),
        (None, None),
    ]
    assert blocked(verbs.send(desk.db, desk.shift, moment(NEXT_MONDAY + 1), contact)) == "finished"


def test_chosen_variant_is_the_one_that_is_sent(desk: Desk) -> None:
    for variant in "ab":
        contact = desk.add(f"客户{variant}")
        done = sent(verbs.send(desk.db, desk.shift, moment(), contact, variant=variant))
        assert done.event.variant == variant


def test_content_chosen_by_hand_keeps_the_waiting_step_at_its_interval(
    desk: Desk, contact: int
) -> None:
    done = sent(verbs.send(desk.db, desk.shift, moment(), contact, "talk"))
    assert (done.event.step, done.event.content) == (None, "talk")
    assert plan(done.state) == ("one", TUESDAY)


def test_planned_content_chosen_by_hand_carries_out_the_step(desk: Desk, contact: int) -> None:
    done = sent(verbs.send(desk.db, desk.shift, moment(), contact, "hello"))
    assert (done.event.step, plan(done.state)) == ("one", ("two", WEDNESDAY))


BLOCKED = {
    "twice on a day": (moment(), {"content": "talk"}, "interval"),
    "before its day": (moment(TUESDAY), {}, "not_due"),
    "on a Sunday": (moment(NEXT_MONDAY - 1), {}, "day_off"),
    "at night": (moment(FRIDAY, 22), {}, "hours"),
    "unknown content": (moment(FRIDAY), {"content": "nowhere"}, "unknown_content"),
    "unknown variant": (moment(FRIDAY), {"variant": "z"}, "no_script"),
    "an answer to nobody": (moment(FRIDAY), {"answer": True}, "nothing_to_answer"),
    "a blank field": (moment(FRIDAY), {"content": "visit"}, "no_script"),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_blocked_send_says_why_and_writes_nothing(desk: Desk, case: str) -> None:
    contact = desk.add("李芳")
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    now, asked, why = BLOCKED[case]
    before, state = desk.events(), desk.state(contact)
    assert blocked(verbs.send(desk.db, desk.shift, now, contact, **asked)) == why  # type: ignore[arg-type]
    assert (desk.events(), desk.state(contact)) == (before, state)


def test_operator_cap_counts_what_stands_and_not_what_was_undone(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, daily_cap=2)
    first, second, third = (desk.add(name) for name in ("一一", "二二", "三三"))
    for contact in (first, second):
        sent(verbs.send(desk.db, desk.shift, moment(), contact, "talk"))
    assert blocked(verbs.send(desk.db, desk.shift, moment(), third, "talk")) == "daily_cap"
    sent(verbs.send(desk.db, shift("op2", daily_cap=2), moment(), third, "talk"))
    undoing.undo(desk.db, desk.shift, moment())
    sent(verbs.send(desk.db, desk.shift, moment(), second, "talk"))


def test_week_cap_counts_seven_days(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, week_cap=2)
    contact = desk.add()
    for day in (MONDAY, TUESDAY):
        sent(verbs.send(desk.db, desk.shift, moment(day), contact, "talk"))
    refused = [
        blocked(verbs.send(desk.db, desk.shift, moment(d), contact, "talk"))
        for d in (WEDNESDAY, FRIDAY)
    ]
    assert refused == ["week_cap", "week_cap"]
    sent(verbs.send(desk.db, desk.shift, moment(NEXT_MONDAY), contact, "talk"))


def test_answer_is_no_touch_and_needs_somebody_who_wrote(desk: Desk, contact: int) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    heard = verbs.react(desk.db, desk.shift, moment(), contact, Reaction.EXPLORING).state
    sunday_night = moment(NEXT_MONDAY - 1, 23)
    done = sent(verbs.send(desk.db, desk.shift, sunday_night, contact, "talk", answer=True))
    assert done.event.kind is Kind.ANSWER
    assert (plan(done.state), done.state.touches) == (plan(heard), 1)
    assert desk.one("SELECT COUNT(*) FROM touch") == 1


@pytest.mark.parametrize(
    ("day", "due"),
    [(TUESDAY, WEDNESDAY), (WEDNESDAY, THURSDAY), (FRIDAY, NEXT_MONDAY)],
    ids=["before the step is due", "on its day", "after it"],
)
def test_whoever_was_answered_gets_no_planned_message_that_day(
    desk: Desk, contact: int, day: int, due: int
) -> None:
    """What was due comes on the next working day; undoing the answer brings it back."""
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    planned = verbs.react(desk.db, desk.shift, moment(day), contact, Reaction.POSITIVE).state
    assert plan(planned) == ("two", WEDNESDAY)
    done = sent(verbs.send(desk.db, desk.shift, moment(day), contact, "talk", answer=True))
    assert plan(done.state) == ("two", due)
    undoing.undo(desk.db, desk.shift, moment(day))
    state = derived.state_of(desk.db, contact)
    assert state is not None
    assert plan(state) == plan(planned)
    assert all(check.ok for check in doctor.examine(desk.db))


def test_step_that_the_sop_lost_is_told(desk: Desk, contact: int) -> None:
    newer = replace(SOP, sequences=(replace(SOP.sequences[0], steps=SOP.sequences[0].steps[1:]),))
    told = offer(desk.db, shift(sop=newer), moment(), contact)
    assert told.blocked is not None
    assert str(told.blocked.reason) == 'the SOP no longer has the step "one"'


# What each reaction does to the next step: reaction x status before x age of the touch in days.
# The plan itself never moves; the status decides whether it is due.
ACTIVE, PAUSED, LOST, DNC = "active", "paused", "lost", "do_not_contact"
AFTER = {
    Reaction.FRIENDLY: {ACTIVE: ACTIVE, PAUSED: PAUSED, LOST: LOST, DNC: DNC},
    Reaction.POSITIVE: {ACTIVE: ACTIVE, PAUSED: PAUSED, LOST: LOST, DNC: DNC},
    Reaction.EXPLORING: {ACTIVE: ACTIVE, PAUSED: PAUSED, LOST: LOST, DNC: DNC},
    Reaction.REJECTING: {ACTIVE: PAUSED, PAUSED: PAUSED, LOST: PAUSED, DNC: DNC},
    Reaction.LOST: {ACTIVE: LOST, PAUSED: LOST, LOST: LOST, DNC: DNC},
}
CREDITED = {"no touch": False, "same day": True, "14 days": True, "15 days": False, "future": True}
AGES = {"same day": 0, "14 days": 14, "15 days": 15, "future": -3}


@pytest.mark.parametrize("age", CREDITED)
@pytest.mark.parametrize("status", [ACTIVE, PAUSED, LOST, DNC])
@pytest.mark.parametrize("reaction", Reaction, ids=str)
def test_reaction_leaves_the_plan_and_sets_the_status(
    desk: Desk, contact: int, reaction: Reaction, status: str, age: str
) -> None:
    touch = None
    if age in AGES:
        touch = sent(verbs.send(desk.db, desk.shift, moment(), contact)).event
    bring(desk, contact, status)
    before = desk.state(contact)
    now = moment(MONDAY + AGES.get(age, 0), 11)
    done = verbs.react(desk.db, desk.shift, now, contact, reaction)
    assert done.event.ref == (touch.seq if touch and CREDITED[age] else None)
    assert plan(done.state) == plan(before)
    assert done.state.status == AFTER[reaction][status]
    credited = desk.one("SELECT reaction FROM touch")
    assert credited == (reaction.value if CREDITED[age] else None)
    assert done.state.last_reaction is reaction
    assert desk.faults() == []


def bring(desk: Desk, contact: int, status: str) -> None:
    """Puts a contact into a status by an event that leaves no reaction."""
    if status == DNC:
        verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    elif status != ACTIVE:
        with transaction(desk.db):
            event = verbs.draft(desk.shift, moment(), Kind.NOTE, contact)._replace(
                then=Then(status=Status(status)),
            )
            derived.record(desk.db, log.append(desk.db, event), desk.state(contact))


@pytest.mark.parametrize("wrong", [Reaction.REJECTING, Reaction.LOST])
def test_a_slip_that_is_corrected_at_once_leaves_no_pause(
    desk: Desk, contact: int, wrong: Reaction
) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    before = desk.state(contact)
    verbs.react(desk.db, desk.shift, moment(), contact, wrong)
    done = verbs.react(desk.db, desk.shift, moment(), contact, Reaction.FRIENDLY)
    assert (done.state.status, done.state.status_seq) == (ACTIVE, before.status_seq)
    assert (done.state.friendly, done.state.rejecting) == (1, 0)
    assert desk.one("SELECT reaction FROM touch") == "friendly"
    assert desk.faults() == []
    undoing.undo(desk.db, desk.shift, moment())
    assert desk.state(contact).status == ACTIVE


def test_a_rejection_of_an_earlier_day_pauses_until_somebody_resumes(
    desk: Desk, contact: int
) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.REJECTING)
    done = verbs.react(desk.db, desk.shift, moment(MONDAY + 1), contact, Reaction.FRIENDLY)
    assert done.state.status == PAUSED


def test_later_reaction_replaces_the_earlier_one_and_both_stay(desk: Desk, contact: int) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    for reaction in (Reaction.FRIENDLY, Reaction.EXPLORING):
        state = verbs.react(desk.db, desk.shift, moment(), contact, reaction).state
    assert (state.friendly, state.exploring) == (0, 1)
    assert desk.one("SELECT friendly || ' ' || exploring FROM content_month") == "0 1"
    assert desk.one("SELECT reacted FROM day_stat") == 1
    assert desk.one("SELECT COUNT(*) FROM event WHERE kind = 'reaction'") == 2


def test_reaction_that_answers_nothing_is_kept_without_credit(desk: Desk, contact: int) -> None:
    done = verbs.react(desk.db, desk.shift, moment(), contact, Reaction.POSITIVE)
    assert (done.event.ref, done.event.content, done.state.positive) == (None, None, 1)
    assert desk.one("SELECT COUNT(*) FROM content_month") == 0


def test_reaction_is_credited_to_the_content_that_was_sent(desk: Desk, contact: int) -> None:
    touch = sent(verbs.send(desk.db, desk.shift, moment(), contact)).event
    done = verbs.react(desk.db, desk.shift, moment(TUESDAY), contact, Reaction.FRIENDLY).event
    assert (done.content, done.variant, done.digest, done.version) == (
        touch.content,
        touch.variant,
        touch.digest,
        touch.version,
    )


def test_interest_points_join_the_profile(desk: Desk, contact: int) -> None:
    for words in ("排产、报价", "报价；价格 , 交期"):
        verbs.note(desk.db, desk.shift, moment(), contact, {"interest": words, "note": " "})
    assert desk.one("SELECT interest FROM contact") == "排产,报价,价格,交期"
    assert desk.faults() == []


SENDS = {
    "the planned step": {},
    "a content by hand": {"content": "talk"},
    "an answer": {"content": "talk", "answer": True},
}


@pytest.mark.parametrize("how", SENDS)
def test_nothing_goes_to_who_refused_until_resumed(desk: Desk, contact: int, how: str) -> None:
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.EXPLORING)
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    asked = SENDS[how]
    refused = verbs.send(desk.db, desk.shift, moment(), contact, **asked)  # type: ignore[arg-type]
    assert blocked(refused) == "do_not_contact"
    verbs.resume(desk.db, desk.shift, moment(), contact, "自己又来问")
    assert sent(verbs.send(desk.db, desk.shift, moment(), contact, **asked))  # type: ignore[arg-type]


def test_refusal_while_a_send_is_looked_at_wins(desk: Desk, contact: int) -> None:
    assert offer(desk.db, desk.shift, moment(), contact).blocked is None
    elsewhere = connect(desk.path)
    verbs.refuse(elsewhere, shift("op2"), moment(), contact, "别再发了")
    elsewhere.close()
    assert blocked(verbs.send(desk.db, desk.shift, moment(), contact)) == "do_not_contact"


def test_refused_contact_leaves_the_count_of_the_due(desk: Desk, contact: int) -> None:
    verbs.refuse(desk.db, desk.shift, moment(), contact, "别再发了")
    assert desk.one("SELECT SUM(n) FROM due_count") == 0
    verbs.resume(desk.db, desk.shift, moment(), contact, "自己又来问")
    assert desk.one("SELECT SUM(n) FROM due_count") == 1


RESUMED = {
    "a plan that has passed comes today": (moment(FRIDAY), FRIDAY),
    "on a Saturday it comes on Monday": (moment(FRIDAY + 1), NEXT_MONDAY),
    "a plan ahead stays": (moment(TUESDAY), WEDNESDAY),
}


@pytest.mark.parametrize("case", RESUMED)
def test_resume_plans_anew(desk: Desk, contact: int, case: str) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.REJECTING)
    now, due = RESUMED[case]
    done = verbs.resume(desk.db, desk.shift, now, contact, "说可以再聊")
    assert (done.state.status, done.state.due) == (Status.ACTIVE, due)


SNOOZED = {
    "to a working day": (WEDNESDAY, WEDNESDAY),
    "to a Sunday, which is Monday": (NEXT_MONDAY - 1, NEXT_MONDAY),
    "to the past, which is tomorrow": (MONDAY - 5, TUESDAY),
}


@pytest.mark.parametrize("case", SNOOZED)
def test_snooze_puts_the_step_off(desk: Desk, contact: int, case: str) -> None:
    day, due = SNOOZED[case]
    state = verbs.snooze(desk.db, desk.shift, moment(), contact, day).state
    assert plan(state) == ("one", due)
    assert desk.faults() == []


def refuse(desk: Desk, now: Moment, contact: int) -> object:
    return verbs.refuse(desk.db, desk.shift, now, contact, " \n")


def resume(desk: Desk, now: Moment, contact: int) -> object:
    return verbs.resume(desk.db, desk.shift, now, contact, "")


def note(desk: Desk, now: Moment, contact: int) -> object:
    return verbs.note(desk.db, desk.shift, now, contact, {"note": " "})


@pytest.mark.parametrize("verb", [refuse, resume, note], ids=["refuse", "resume", "note"])
def test_words_are_asked_for(desk: Desk, contact: int, verb: object) -> None:
    assert callable(verb)
    with pytest.raises(NeedsReason):
        verb(desk, moment(), contact)
    assert desk.events() == 2


def test_who_is_active_cannot_be_resumed(desk: Desk, contact: int) -> None:
    with pytest.raises(NothingToResume):
        verbs.resume(desk.db, desk.shift, moment(), contact, "为什么不")


def test_who_has_no_next_step_cannot_be_postponed(desk: Desk) -> None:
    contact = desk.add("走完")
    for day in (MONDAY, WEDNESDAY, NEXT_MONDAY):
        sent(verbs.send(desk.db, desk.shift, moment(day), contact))
    with pytest.raises(DeskError, match="nothing is planned"):
        verbs.snooze(desk.db, desk.shift, moment(NEXT_MONDAY), contact, NEXT_MONDAY + 3)


STRANGER = 999


@pytest.mark.parametrize("verb", ["send", "react", "refuse", "resume", "snooze", "note"])
def test_stranger_is_told_to_be_one(desk: Desk, verb: str) -> None:
    last = {
        "send": (),
        "react": (Reaction.LOST,),
        "refuse": ("为什么",),
        "resume": ("为什么",),
        "snooze": (FRIDAY,),
        "note": ({"note": "谁"},),
    }[verb]
    with pytest.raises(NotOnDesk):
        getattr(verbs, verb)(desk.db, desk.shift, moment(), STRANGER, *last)
    assert not desk.db.in_transaction


def test_long_and_hostile_words_are_kept_clean(desk: Desk, contact: int) -> None:
    words = {"note": "a\x00\x1b[31m" + "长" * 9000 + "\ud83d"}
    text = verbs.note(desk.db, desk.shift, moment(), contact, words).event.text["note"]
    assert len(text) <= 4000
    assert not set(text) & {"\x00", "\x1b", "\ud83d"}
    assert desk.faults() == []
