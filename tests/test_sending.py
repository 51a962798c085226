"""Whether a message may go: one table of states and times, and which reason comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events import ContactState
from rules.nouns import Status
from rules.sending import (
    Ask,
    Used,
    Why,
    clock_time,
    days_in_month,
    may_be_answered,
    may_send,
    month_start,
)
from rules.sop import Settings, Window
from rules.timing import WEEKDAYS, Moment, day_number
from tests.desk_kit import MONDAY, moment

SETTINGS = Settings(interval_days=2, daily_cap=5, week_cap=3)
READY = ContactState(1, "op1", "lead", sequence="leads", step="one", due=MONDAY)
SUNDAY = MONDAY - 1


def why(
    state: ContactState = READY,
    ask: Ask = Ask.PLANNED,
    now: Moment | None = None,
    used: Used | None = None,
    settings: Settings = SETTINGS,
    window: Window | None = None,
) -> str | None:
    told = may_send(state, ask, now or moment(), used or Used(), settings, WEEKDAYS, window)
    return None if told is None else told.why.value


CASES = {
    "all is well": (why(), None),
    "due since last week": (why(READY._replace(due=MONDAY - 7)), None),
    "refused": (why(READY._replace(status=Status.DO_NOT_CONTACT)), "do_not_contact"),
    "lost": (why(READY._replace(status=Status.LOST)), "lost"),
    "paused": (why(READY._replace(status=Status.PAUSED)), "paused"),
    "paused, by hand": (why(READY._replace(status=Status.PAUSED), Ask.CHOSEN), "paused"),
    "no further step": (why(READY._replace(step=None, due=None)), "finished"),
    "no further step, by hand": (why(READY._replace(step=None, due=None), Ask.CHOSEN), None),
    "due tomorrow": (why(READY._replace(due=MONDAY + 1)), "not_due"),
    "due tomorrow, by hand": (why(READY._replace(due=MONDAY + 1), Ask.CHOSEN), None),
    "written to today": (why(READY._replace(last_touch_day=MONDAY)), "interval"),
    "written to yesterday": (why(READY._replace(last_touch_day=MONDAY - 1)), "interval"),
    "written to two days ago": (why(READY._replace(last_touch_day=MONDAY - 2)), None),
    "written to in the future": (why(READY._replace(last_touch_day=MONDAY + 400)), "interval"),
    "on a Sunday": (why(READY._replace(due=SUNDAY), now=moment(SUNDAY)), "day_off"),
    "a minute too early": (why(now=moment(MONDAY, 8, 59)), "hours"),
    "when the window opens": (why(now=moment(MONDAY, 9, 0)), None),
    "the last minute": (why(now=moment(MONDAY, 20, 59)), None),
    "when the window closes": (why(now=moment(MONDAY, 21, 0)), "hours"),
    "after midnight": (why(now=moment(MONDAY, 25)), "hours"),
    "outside the step's own window": (why(window=Window(14 * 60, 16 * 60)), "hours"),
    "within the step's own window": (why(now=moment(MONDAY, 22), window=Window(1200, 1400)), None),
    "one below the week's cap": (why(used=Used(week=2)), None),
    "at the week's cap": (why(used=Used(week=3)), "week_cap"),
    "at the month's days": (
        why(used=Used(month=31), settings=replace(SETTINGS, week_cap=99)),
        "month_cap",
    ),
    "at the month's cap": (
        why(used=Used(month=4), settings=replace(SETTINGS, month_cap=4)),
        "month_cap",
    ),
    "at the operator's cap": (why(used=Used(today=5)), "daily_cap"),
}


@pytest.mark.parametrize("case", CASES)
def test_send_is_stopped_by(case: str) -> None:
    found, expected = CASES[case]
    assert found == expected


WORST = READY._replace(status=Status.DO_NOT_CONTACT, due=MONDAY + 1, last_touch_day=MONDAY)
HEARD = READY._replace(last_touch=5, heard=6)
ANSWERS = {
    "wrote since": (HEARD, None),
    "wrote before any message": (HEARD._replace(last_touch=None), None),
    "wrote before the last message": (HEARD._replace(last_touch=7), "nothing_to_answer"),
    "never wrote": (READY, "nothing_to_answer"),
    "wrote, paused": (HEARD._replace(status=Status.PAUSED), None),
    "wrote, then refused": (HEARD._replace(status=Status.DO_NOT_CONTACT), "do_not_contact"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answer_is_outside_hours_intervals_and_caps(case: str) -> None:
    state, expected = ANSWERS[case]
    state = state._replace(last_touch_day=MONDAY - 1, due=None, step=None)
    used = Used(99, 99, 99)
    assert why(state, Ask.ANSWER, moment(SUNDAY, 23), used) == expected


MENDED: list[tuple[Why, dict[str, object], dict[str, object]]] = [
    (Why.DO_NOT_CONTACT, {"status": Status.PAUSED}, {}),
    (Why.PAUSED, {"status": Status.ACTIVE}, {}),
    (Why.NOT_DUE, {"due": SUNDAY}, {}),
    (Why.INTERVAL, {"last_touch_day": None}, {}),
    (Why.DAY_OFF, {}, {"now": moment(MONDAY, 23)}),
    (Why.HOURS, {}, {"now": moment(MONDAY)}),
    (Why.WEEK_CAP, {}, {"used": Used(0, 99, 99)}),
    (Why.MONTH_CAP, {}, {"used": Used(0, 0, 99)}),
    (Why.DAILY_CAP, {}, {"used": Used()}),
]
"""The strongest reason, and what takes it away so that the next one shows."""


def test_strongest_reason_is_told_first() -> None:
    state = WORST
    told: dict[str, object] = {"now": moment(SUNDAY, 23), "used": Used(99, 99, 99)}
    for reason, state_change, change in MENDED:
        assert why(state, **told) == reason  # type: ignore[arg-type]
        state = state._replace(**state_change)  # type: ignore[arg-type]
        told |= change
    assert why(state, **told) is None  # type: ignore[arg-type]


@given(
    st.sampled_from(Ask),
    st.integers(MONDAY - 9, MONDAY + 9),
    st.integers(4, 27),
    st.builds(Used, st.integers(0, 9), st.integers(0, 40), st.integers(0, 9)),
    st.one_of(st.none(), st.integers(0, 9)),
)
def test_nothing_ever_goes_to_who_refused(
    ask: Ask, day: int, hour: int, used: Used, heard: int | None
) -> None:
    state = READY._replace(status=Status.DO_NOT_CONTACT, heard=heard)
    assert why(state, ask, moment(day, hour), used) == "do_not_contact"


def test_reason_names_the_day() -> None:
    told = may_send(
        READY._replace(last_touch_day=MONDAY - 1),
        Ask.PLANNED,
        moment(),
        Used(),
        SETTINGS,
        WEEKDAYS,
    )
    assert told is not None
    assert str(told.reason) == "last message on 2026-03-01; the next may go from 2026-03-03"


MONTHS = {
    "March": (date(2026, 3, 31), date(2026, 3, 1), 31),
    "a leap February": (date(2024, 2, 29), date(2024, 2, 1), 29),
    "February": (date(2026, 2, 1), date(2026, 2, 1), 28),
    "December": (date(2026, 12, 31), date(2026, 12, 1), 31),
}


@pytest.mark.parametrize("case", MONTHS)
def test_month_begins_and_is_so_long(case: str) -> None:
    day, first, days = MONTHS[case]
    assert month_start(day_number(day)) == day_number(first)
    assert days_in_month(day_number(day)) == days


@pytest.mark.parametrize(
    ("minute", "text"), [(0, "00:00"), (545, "09:05"), (1439, "23:59"), (1500, "01:00")]
)
def test_minutes_read_as_a_clock(minute: int, text: str) -> None:
    assert clock_time(minute) == text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        pytest.param(READY._replace(due=MONDAY + 1), "the next step is due", id="planned"),
        pytest.param(READY._replace(due=MONDAY + 1, snoozed=1), "put off to", id="put off"),
    ],
)
def test_what_was_put_off_says_so(state: ContactState, words: str) -> None:
    told = may_send(state, Ask.PLANNED, moment(), Used(), SETTINGS, WEEKDAYS)
    assert told is not None
    assert str(told.reason).startswith(words)


@pytest.mark.parametrize(
    ("state", "answered"),
    [
        pytest.param(READY, False, id="never wrote"),
        pytest.param(READY._replace(last_touch=5, heard=3), False, id="wrote before the last"),
        pytest.param(READY._replace(last_touch=5, heard=6), True, id="wrote since"),
        pytest.param(READY._replace(heard=6, status=Status.PAUSED), True, id="paused"),
        pytest.param(READY._replace(heard=6, status=Status.DO_NOT_CONTACT), False, id="refused"),
    ],
)
def test_who_may_be_answered(state: ContactState, answered: bool) -> None:
    assert may_be_answered(state) is answered
