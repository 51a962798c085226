"""What somebody does with lists: counts, pages, why, dealt with, put off, moved on, declined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rules.nouns import Kind, Reaction
from rules.sop import Stage
from rules.wording import DeskError
from store import judged, lists, undoing, verbs
from store.connection import connect
from store.list_pass import judge_all
from store.lists import EntryPlace, ListCount, NoNextStage, NotOnList
from store.offering import NotOnDesk
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, row, rows, sent
from tests.list_kit import EVERYBODY, HIGH_INTENT, RULED, lists_of, ruled

READY = "ready_for_next_stage"
NAMES = ("张伟", "李芳", "王建国", "陈静", "赵敏")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    made.shift = RULED
    made.take(rows(*NAMES))
    judge_all(made.db, RULED.sop, MONDAY)
    yield made
    made.db.close()


def count(desk: Desk, name: str, day: int = MONDAY) -> tuple[int, int]:
    """How many of a list are due, and how many stand on it."""
    found = lists.list_counts(desk.db, "op1", RULED.sop, day)
    told = next(c for c in found if c.rule.id == name)
    return told.due, told.total


def test_counts_stand_in_the_order_of_the_sop(desk: Desk) -> None:
    found = lists.list_counts(desk.db, "op1", RULED.sop, MONDAY)
    assert [c.rule for c in found] == list(RULED.sop.lists)
    assert found[-1] == ListCount(EVERYBODY, 5, 5)
    assert {c.total for c in found[:-1]} == {0}


def test_list_that_nobody_judged_yet_is_empty(desk: Desk) -> None:
    new = replace(EVERYBODY, id="new")
    assert lists.list_counts(desk.db, "op1", ruled((new,)), MONDAY) == (ListCount(new, 0, 0),)
    assert lists.list_page(desk.db, "op1", new, MONDAY) == ()


def test_page_has_the_due_first_then_the_most_pressing(desk: Desk) -> None:
    lists.follow_up(desk.db, desk.shift, moment(), 1, "everybody")
    verbs.keyword(desk.db, desk.shift, moment(), 4, "模板")
    verbs.react(desk.db, desk.shift, moment(), 3, Reaction.POSITIVE)
    lists.put_off(desk.db, desk.shift, moment(), 3, "everybody", MONDAY + 9)
    expected = [4, 2, 5, 3, 1]
    page = lists.list_page(desk.db, "op1", EVERYBODY, MONDAY)
    assert [line.contact for line in page] == expected
    assert [line.due - MONDAY for line in page] == [0, 0, 0, 9, 7]
    assert page[0].name == "陈静"
    assert page[0].facts["touch_count"] == 0
    for size in (1, 2, 3):
        found: list[int] = []
        place = EntryPlace()
        while part := lists.list_page(desk.db, "op1", EVERYBODY, MONDAY, place, size):
            found += [line.contact for line in part]
            place = lists.place_of(part[-1], MONDAY)
        assert found == expected
    assert lists.list_page(desk.db, "op2", EVERYBODY, MONDAY) == ()


def test_dealt_with_is_due_again_when_the_list_says_so(desk: Desk) -> None:
    done = lists.follow_up(desk.db, desk.shift, moment(), 1, "everybody", "电话聊了十分钟")
    assert done.event.kind is Kind.FOLLOWED_UP
    assert done.event.text == {"note": "电话聊了十分钟"}
    assert count(desk, "everybody") == (4, 5)
    assert count(desk, "everybody", MONDAY + 7) == (5, 5)
    undoing.undo(desk.db, desk.shift, moment())
    assert count(desk, "everybody") == (5, 5)
    undoing.redo(desk.db, desk.shift, moment())
    assert count(desk, "everybody") == (4, 5)
    assert desk.faults() == []


def test_put_off_waits_until_its_day_and_at_least_until_tomorrow(desk: Desk) -> None:
    lists.put_off(desk.db, desk.shift, moment(), 1, "everybody", MONDAY + 4)
    lists.put_off(desk.db, desk.shift, moment(), 2, "everybody", MONDAY - 4)
    due = [count(desk, "everybody", MONDAY + n)[0] for n in range(5)]
    assert due == [3, 4, 4, 4, 5]
    lists.follow_up(desk.db, desk.shift, moment(MONDAY + 1), 1, "everybody")
    assert count(desk, "everybody", MONDAY + 8) == (5, 5)
    assert desk.faults() == []


@pytest.mark.parametrize(
    ("contact", "name", "error"),
    [(1, "revisit", NotOnList), (1, "no such", NotOnList), (99, "everybody", NotOnDesk)],
    ids=["a list it is not on", "no such list", "nobody"],
)
def test_only_an_entry_is_dealt_with(
    desk: Desk, contact: int, name: str, error: type[DeskError]
) -> None:
    before = desk.events()
    with pytest.raises(error):
        lists.follow_up(desk.db, desk.shift, moment(), contact, name)
    with pytest.raises(error):
        lists.put_off(desk.db, desk.shift, moment(), contact, name, MONDAY + 3)
    assert desk.events() == before


def test_keyword_puts_the_contact_on_the_high_intent_list(desk: Desk) -> None:
    touch = sent(verbs.send(desk.db, desk.shift, moment(), 1)).event
    done = verbs.keyword(desk.db, desk.shift, moment(), 1, " 模板 ")
    assert (done.event.ref, done.event.content) == (touch.seq, touch.content)
    assert done.event.text == {"keyword": "模板"}
    assert (done.state.keywords, done.state.last_keyword_day) == (1, MONDAY)
    assert done.state.heard == done.event.seq
    assert lists_of(desk, 1) == {"everybody", "high_intent"}
    assert desk.one("SELECT SUM(friendly + positive) FROM content_month") == 0
    undoing.undo(desk.db, desk.shift, moment())
    assert lists_of(desk, 1) == {"everybody"}
    with pytest.raises(verbs.NeedsReason):
        verbs.keyword(desk.db, desk.shift, moment(), 1, "  ")
    assert desk.faults() == []


def explore(desk: Desk, contact: int, day: int = MONDAY) -> None:
    verbs.react(desk.db, desk.shift, moment(day), contact, Reaction.EXPLORING)


def test_accepted_proposal_moves_the_contact_into_the_next_stage(desk: Desk) -> None:
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    explore(desk, 1)
    assert READY in lists_of(desk, 1)
    before = desk.state(1)
    done = lists.accept_stage(desk.db, desk.shift, moment(), 1)
    assert (done.event.stage, done.event.then.stage) == ("lead", "mql")
    state = done.state
    assert (state.stage, state.sequence, state.step) == ("mql", "rest", "one")
    assert state.due == MONDAY + 1
    assert READY not in lists_of(desk, 1)
    undoing.undo(desk.db, desk.shift, moment())
    assert desk.state(1) == before
    assert READY in lists_of(desk, 1)
    assert desk.faults() == []


def test_within_its_sequence_a_contact_walks_on_past_steps_for_others(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.shift = RULED
    desk.take([row("张伟", stage="sql")])
    judge_all(desk.db, RULED.sop, MONDAY)
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    assert desk.state(1).step == "offer"
    due = desk.state(1).due
    state = lists.accept_stage(desk.db, desk.shift, moment(), 1).state
    assert (state.stage, state.sequence, state.step, state.due) == (
        "customer",
        "rest",
        "thanks",
        due,
    )
    with pytest.raises(NoNextStage):
        lists.accept_stage(desk.db, desk.shift, moment(), 1)
    assert desk.faults() == []


def test_stage_without_a_sequence_leaves_nothing_to_send(desk: Desk) -> None:
    sop = replace(RULED.sop, stages=(SOP.stages[0], Stage("friend", "朋友")))
    state = lists.accept_stage(desk.db, replace(desk.shift, sop=sop), moment(), 1).state
    assert (state.stage, state.step, state.due) == ("friend", None, None)
    assert desk.faults() == []


def test_declined_proposal_rests_until_something_is_heard(desk: Desk) -> None:
    explore(desk, 1)
    lists.decline_stage(desk.db, desk.shift, moment(), 1, "还早")
    assert READY not in lists_of(desk, 1)
    judge_all(desk.db, RULED.sop, MONDAY + 1)
    assert READY not in lists_of(desk, 1)
    with pytest.raises(NotOnList):
        lists.decline_stage(desk.db, desk.shift, moment(MONDAY + 1), 1)
    verbs.react(desk.db, desk.shift, moment(MONDAY + 1), 1, Reaction.FRIENDLY)
    assert READY in lists_of(desk, 1)
    undoing.undo(desk.db, desk.shift, moment(MONDAY + 1))
    assert READY not in lists_of(desk, 1)
    undoing.undo(desk.db, desk.shift, moment(MONDAY + 1))
    assert READY in lists_of(desk, 1)
    assert desk.faults() == []


def test_why_tells_every_rule_and_when_the_entry_is_due(desk: Desk) -> None:
    verbs.keyword(desk.db, desk.shift, moment(), 1, "模板")
    lists.put_off(desk.db, desk.shift, moment(), 1, "high_intent", MONDAY + 3)
    found = {told.explained.rule: told for told in lists.why(desk.db, RULED.sop, 1, MONDAY)}
    assert list(found) == [*(rule.id for rule in RULED.sop.lists), "priority 1"]
    told = found["high_intent"]
    assert (told.explained.matched, told.explained.facts) == (True, {"keyword_count": 1})
    assert (told.rule, told.since, told.due) == (HIGH_INTENT, MONDAY, MONDAY + 3)
    assert told.care.until == MONDAY + 3
    assert (found["revisit"].since, found["revisit"].due) == (None, None)
    assert found["priority 1"].explained.facts == {"days_overdue": 0}
    with pytest.raises(NotOnDesk):
        lists.why(desk.db, RULED.sop, 99, MONDAY)


def test_lists_are_read_without_writing(desk: Desk) -> None:
    desk.db.close()
    desk.db = connect(desk.path, read_only=True)
    assert judged.day_of(desk.db) == MONDAY
    assert count(desk, "everybody", MONDAY + 1) == (5, 5)
    assert len(lists.list_page(desk.db, "op1", EVERYBODY, MONDAY + 1)) == 5
    assert lists.why(desk.db, RULED.sop, 1, MONDAY + 1)
