"""Today's queue: its order, its pages, its counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.nouns import Reaction
from store import verbs
from store.queue import (
    DueRow,
    Place,
    contacts_total,
    due_page,
    due_row,
    next_due_day,
    owners_due,
    place_of,
    stage_counts,
    standing_aside,
)
from tests.desk_kit import MONDAY, Desk, moment, new_desk, row, rows, sent, shift

STAGES = ("lead", "mql", "sql", "customer")
MOST_PAGES = 20
Plan = list[tuple[int, int]]
"""Priority and due day of each contact."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def planned(desk: Desk, plan: Plan) -> None:
    """Puts contacts of those priorities on those days, as rules and time would."""
    desk.take([row(f"客户{n}", n) for n in range(len(plan))])
    for contact, (priority, due) in enumerate(plan, 1):
        told = {"priority": priority, "due": due, "contact": contact}
        desk.db.execute(
            "UPDATE contact_state SET priority = :priority, due = :due WHERE contact = :contact",
            told,
        )


def pages(desk: Desk, limit: int) -> list[DueRow]:
    """The whole list, page by page."""
    found: list[DueRow] = []
    after = Place()
    for _ in range(MOST_PAGES):
        page = due_page(desk.db, "op1", "lead", MONDAY, after, limit)
        if not page:
            break
        assert len(page) <= limit
        found.extend(page)
        after = place_of(page[-1])
    return found


def test_priority_comes_first_then_the_longest_due_then_the_oldest_contact(desk: Desk) -> None:
    days = [MONDAY, MONDAY - 5, MONDAY, MONDAY - 1, MONDAY, MONDAY + 1]
    planned(desk, list(zip([0, 0, 9, 3, 3, 9], days, strict=True)))
    order = [line.contact for line in due_page(desk.db, "op1", "lead", MONDAY, Place(), 99)]
    assert order == [3, 4, 5, 2, 1]


@settings(max_examples=40, deadline=None, database=None)
@given(
    plan=st.lists(
        st.tuples(st.integers(0, 9), st.integers(MONDAY - 3, MONDAY + 1)), min_size=1, max_size=12
    ),
    limit=st.integers(1, 5),
)
def test_pages_are_the_one_big_page_cut(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan, limit: int
) -> None:
    desk = new_desk(tmp_path_factory.mktemp("desk"))
    planned(desk, plan)
    whole = due_page(desk.db, "op1", "lead", MONDAY, Place(), 1000)
    assert pages(desk, limit) == list(whole)
    keys = [(-line.priority, line.due, line.contact) for line in whole]
    assert keys == sorted(keys)
    assert len(whole) == sum(due <= MONDAY for _, due in plan)
    desk.db.close()


def test_page_goes_on_after_its_place_though_its_contact_was_sent_to(desk: Desk) -> None:
    desk.take(rows("一一", "二二", "三三"))
    first = due_page(desk.db, "op1", "lead", MONDAY, Place(), 1)
    sent(verbs.send(desk.db, desk.shift, moment(), first[0].contact))
    following = due_page(desk.db, "op1", "lead", MONDAY, place_of(first[0]), 9)
    assert [line.name for line in following] == ["二二", "三三"]


def test_counts_are_the_rows_of_the_list(desk: Desk) -> None:
    people = [
        ("一一", "lead"),
        ("二二", "lead"),
        ("三三", "mql"),
        ("四四", "customer"),
        ("五五", "customer"),
        ("六六", "lead"),
    ]
    desk.take([row(name, n, stage=stage) for n, (name, stage) in enumerate(people)])
    sent(verbs.send(desk.db, desk.shift, moment(), 1))
    verbs.react(desk.db, desk.shift, moment(), 1, Reaction.FRIENDLY)
    verbs.react(desk.db, desk.shift, moment(), 2, Reaction.REJECTING)
    verbs.refuse(desk.db, desk.shift, moment(), 4, "别再发了")
    verbs.snooze(desk.db, desk.shift, moment(), 6, MONDAY + 1)
    told = [
        (c.stage, c.due, c.sent, c.reacted) for c in stage_counts(desk.db, "op1", STAGES, MONDAY)
    ]
    assert told == [("lead", 0, 1, 1), ("mql", 1, 0, 0), ("sql", 0, 0, 0), ("customer", 1, 0, 0)]
    for stage, due, _, _ in told:
        assert len(due_page(desk.db, "op1", stage, MONDAY, Place(), 99)) == due
    assert standing_aside(desk.db, "op1", MONDAY, 9) == (2, 4)


def test_stage_that_the_sop_does_not_know_is_shown_last(desk: Desk) -> None:
    desk.add("张伟", stage="sql")
    told = stage_counts(desk.db, "op1", ("lead", "mql"), MONDAY)
    assert [(c.stage, c.due) for c in told] == [("lead", 0), ("mql", 0), ("sql", 1)]


def test_every_owner_has_a_queue_of_their_own(desk: Desk) -> None:
    desk.take([row("一一", 2), row("二二", 3, owner="op2"), row("三三", 4, owner="op2")])
    assert owners_due(desk.db, MONDAY) == (("op1", 1), ("op2", 2))
    assert [r.name for r in due_page(desk.db, "op1", "lead", MONDAY, Place(), 9)] == ["一一"]
    assert contacts_total(desk.db) == 3


def test_next_due_day_passes_over_days_that_became_empty(desk: Desk) -> None:
    contact = desk.add()
    assert next_due_day(desk.db, "op1", MONDAY) is None
    for day in (MONDAY + 1, MONDAY + 3):
        verbs.snooze(desk.db, desk.shift, moment(), contact, day)
    assert next_due_day(desk.db, "op1", MONDAY) == MONDAY + 3


def test_line_tells_what_the_list_shows(desk: Desk) -> None:
    contact = desk.add("张伟", remark="老客户", company="新禾")
    sent(verbs.send(desk.db, desk.shift, moment(), contact))
    verbs.react(desk.db, desk.shift, moment(), contact, Reaction.POSITIVE)
    line = due_page(desk.db, "op1", "lead", MONDAY + 2, Place(), 9)[0]
    assert (line.name, line.remark, line.company, line.step) == ("张伟", "老客户", "新禾", "two")
    assert (line.touches, line.positive, line.last_reaction) == (1, 1, Reaction.POSITIVE)
    assert due_row(desk.db, contact) == line
    assert due_row(desk.db, 99) is None


def test_sends_count_for_who_sent_them(desk: Desk) -> None:
    contact = desk.add()
    sent(verbs.send(desk.db, shift("op2"), moment(), contact))
    assert stage_counts(desk.db, "op1", ("lead",), MONDAY)[0].sent == 0
    assert stage_counts(desk.db, "op2", ("lead",), MONDAY)[0].sent == 1
