"""When the next message is due: after a send, by hand, after a pause, and for newcomers."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events import ContactState, Then
from rules.planning import (
    after_chosen,
    after_resume,
    after_touch,
    first_step,
    fits,
    spread,
    step_of,
)
from rules.sop import Sequence, Settings, Step
from rules.timing import WEEKDAYS, WorkdayTable
from tests.desk_kit import MONDAY, REST, SOP

FRIDAY, NEXT_MONDAY = MONDAY + 4, MONDAY + 7
NEVER = WorkdayTable(dict.fromkeys(range(MONDAY - 9, MONDAY + 900), False), frozenset())


def state(**changes: object) -> ContactState:
    values = {"contact": 1, "owner": "op1", "stage": "lead", **changes}
    return ContactState(**values)  # type: ignore[arg-type]


STANDS_AT = {
    "a step of its sequence": ({"sequence": "leads", "step": "two"}, "two"),
    "a step that is gone": ({"sequence": "leads", "step": "zero"}, None),
    "a sequence that is gone": ({"sequence": "older", "step": "one"}, None),
    "no step": ({"sequence": "leads"}, None),
    "no sequence": ({}, None),
}


@pytest.mark.parametrize("case", STANDS_AT)
def test_contact_stands_at(case: str) -> None:
    changes, step = STANDS_AT[case]
    found = step_of(SOP, state(**changes))
    assert (found.id if found else None) == step


def test_step_is_for_its_stages_or_for_all() -> None:
    offer, thanks = REST.steps[1], REST.steps[2]
    assert [fits(offer, stage) for stage in ("mql", "customer")] == [True, False]
    assert fits(thanks, "customer")


def test_first_step_is_the_first_that_fits_the_stage() -> None:
    only_sql = Sequence(
        "s", "s", (), (Step("a", 0, "hello", stages=("sql",)), Step("b", 1, "talk"))
    )
    firsts = {stage: first_step(only_sql, stage) for stage in ("sql", "mql")}
    assert {stage: step.id for stage, step in firsts.items() if step} == {"sql": "a", "mql": "b"}
    assert first_step(Sequence("s", "s", (), only_sql.steps[:1]), "mql") is None


STEPS = Sequence(
    "s",
    "s",
    (),
    (
        Step("a", 0, "hello"),
        Step("b", 1, "talk", stages=("mql",)),
        Step("c", 3, "table"),
        Step("same day", 3, "phone"),
        Step("z", 10, "thanks"),
    ),
)
AFTER = {
    "the gap in working days": ("a", "mql", MONDAY, Then(step="b", due=MONDAY + 1)),
    "steps for others are passed over": ("a", "lead", MONDAY, Then(step="c", due=MONDAY + 3)),
    "the gap counts from the send": ("a", "mql", FRIDAY, Then(step="b", due=NEXT_MONDAY)),
    "two steps of one day are a day apart": (
        "c",
        "lead",
        FRIDAY,
        Then(step="same day", due=NEXT_MONDAY),
    ),
    "the last step": ("z", "lead", MONDAY, Then(finished=True)),
    "a step that is gone": ("gone", "lead", MONDAY, Then(finished=True)),
}


@pytest.mark.parametrize("case", AFTER)
def test_after_a_touch_the_next_step_waits(case: str) -> None:
    step_id, stage, day, then = AFTER[case]
    step = next((s for s in STEPS.steps if s.id == step_id), Step(step_id, 0, "hello"))
    assert after_touch(STEPS, step, stage, day, WEEKDAYS) == then


CHOSEN = {
    "a step due today waits its interval": (MONDAY, MONDAY, 1, MONDAY + 1),
    "an overdue step too": (MONDAY - 9, MONDAY, 3, MONDAY + 3),
    "over a weekend": (FRIDAY, FRIDAY, 1, NEXT_MONDAY),
    "a step far ahead stays": (MONDAY + 9, MONDAY, 3, MONDAY + 9),
    "an interval of none is still a day": (MONDAY, MONDAY, 0, MONDAY + 1),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_after_a_content_by_hand_the_step_keeps_its_interval(case: str) -> None:
    due, day, interval, then = CHOSEN[case]
    settings = Settings(interval_days=interval)
    told = after_chosen(state(step="one", due=due), day, settings, WEEKDAYS)
    assert told == Then(due=then)


RESUMED = {
    "a plan in the past comes today": (MONDAY - 9, None, FRIDAY, FRIDAY),
    "on a day off it waits": (MONDAY, None, FRIDAY + 1, NEXT_MONDAY),
    "a plan ahead stays": (NEXT_MONDAY, None, MONDAY, NEXT_MONDAY),
    "within the interval it waits": (MONDAY, MONDAY - 1, MONDAY, MONDAY + 2),
    "a touch in the future counts as just sent": (MONDAY, FRIDAY, MONDAY, NEXT_MONDAY),
}


@pytest.mark.parametrize("case", RESUMED)
def test_after_a_resume(case: str) -> None:
    due, last, day, then = RESUMED[case]
    known = state(step="one", due=due, last_touch_day=last)
    assert after_resume(known, day, Settings(interval_days=3), WEEKDAYS) == Then(due=then)


def test_who_has_no_plan_gets_none() -> None:
    assert after_chosen(state(), MONDAY, Settings(), WEEKDAYS) == Then()
    assert after_resume(state(), MONDAY, Settings(), WEEKDAYS) == Then()


PLANNED = st.dictionaries(st.integers(MONDAY, MONDAY + 20), st.integers(0, 12))


@given(st.integers(MONDAY, MONDAY + 9), PLANNED, st.integers(1, 9), st.integers(0, 60))
def test_spread_fills_working_days_in_order_up_to_the_cap(
    start: int, planned: dict[int, int], cap: int, people: int
) -> None:
    days = list(islice(spread(start, planned, cap, WEEKDAYS), people))
    assert days == sorted(days)
    new = Counter(days)
    assert all(day >= start and WEEKDAYS.is_working(day) for day in new)
    assert all(planned.get(day, 0) + n <= cap for day, n in new.items())
    for day in range(start, days[-1] if days else start):
        if WEEKDAYS.is_working(day):
            assert planned.get(day, 0) + new[day] >= cap, "a day before the last has room left"


def test_spread_under_a_cap_of_none_still_ends() -> None:
    assert list(islice(spread(FRIDAY, {}, 0, WEEKDAYS), 2)) == [FRIDAY, NEXT_MONDAY]


def test_spread_over_a_calendar_without_working_days_still_ends() -> None:
    assert len(list(islice(spread(MONDAY, {}, 1, NEVER), 3))) == 3
