"""A backlog beyond the cap moves on, the most pressing stay, and it is undone as one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rules.timing import OnLeave
from store import queue, smoothing, undoing, verbs
from tests.desk_kit import MONDAY, SOP, Desk, moment, new_desk, row, rows

CAP = 4
FRIDAY = MONDAY + 4


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Desk]:
    """Ten people due on Monday, of which a day takes four."""
    desk = new_desk(tmp_path, daily_cap=10)
    desk.take(rows(*(f"客户{n}" for n in range(10))))
    desk.shift = replace(
        desk.shift,
        sop=replace(desk.shift.sop, settings=replace(desk.shift.settings, daily_cap=CAP)),
    )
    with closing(desk.db):
        yield desk


def due(desk: Desk, day: int) -> int:
    return sum(c.due for c in queue.stage_counts(desk.db, "op1", SOP.stage_names(), day))


def test_backlog_stays_under_the_cap_on_every_day(late: Desk) -> None:
    assert smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY)) == 6
    monday, tuesday = FRIDAY + 3, FRIDAY + 4
    assert [due(late, day) for day in (FRIDAY, monday, tuesday)] == [4, 8, 10]
    assert late.faults() == []


def test_backlog_is_spread_once(late: Desk) -> None:
    smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY))
    assert smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY)) == 0


def test_backlog_counts_what_was_sent_today(late: Desk) -> None:
    verbs.send(late.db, late.shift, moment(MONDAY), 1)
    verbs.send(late.db, late.shift, moment(MONDAY), 2)
    assert smoothing.spread_backlog(late.db, late.shift, moment(MONDAY)) == 6
    assert due(late, MONDAY) == 2


def test_backlog_leaves_the_longest_due_first(late: Desk) -> None:
    late.take([row("新来的")], now=moment(MONDAY + 1))
    smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY))
    assert late.state(1).due == MONDAY
    assert (late.state(11).due or 0) > FRIDAY


def test_backlog_does_not_move_on_a_day_off(late: Desk) -> None:
    assert smoothing.spread_backlog(late.db, late.shift, moment(MONDAY + 5)) == 0


def test_backlog_waits_out_a_leave(late: Desk) -> None:
    away = OnLeave(late.shift.calendar, ((FRIDAY + 3, FRIDAY + 7),))
    late.shift = replace(late.shift, calendar=away)
    smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY))
    assert due(late, FRIDAY + 9) == 4
    assert due(late, FRIDAY + 10) == 8


def test_spread_is_undone_as_one_step_of_the_undo_screen_only(late: Desk) -> None:
    verbs.send(late.db, late.shift, moment(MONDAY), 1)
    smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY))
    head = next(undoing.steps(late.db, "op1")).event
    undoing.toggle(late.db, late.shift, moment(FRIDAY), head.seq)
    assert due(late, FRIDAY) == 10
    assert undoing.undo(late.db, late.shift, moment(FRIDAY)).target.contact == 1
    assert late.faults() == []


def test_refused_and_paused_contacts_take_no_place(late: Desk) -> None:
    for contact in (1, 2, 3):
        verbs.refuse(late.db, late.shift, moment(MONDAY), contact, "别再发")
    assert smoothing.spread_backlog(late.db, late.shift, moment(FRIDAY)) == 3
    assert due(late, FRIDAY) == 4
