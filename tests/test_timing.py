"""Days, moments and working days, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.timing import (
    WEEKDAYS,
    Moment,
    WorkdayTable,
    date_of,
    day_number,
    iso_day,
    working_day_from,
    working_days_after,
)
from tests.desk_kit import MONDAY

FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY = MONDAY + 4, MONDAY + 5, MONDAY + 6, MONDAY + 7
DAYS = st.integers(day_number(date(1990, 1, 1)), day_number(date(2090, 1, 1)))

NUMBERS = {
    "the first day": (date(1970, 1, 1), 0),
    "the day before": (date(1969, 12, 31), -1),
    "a leap day": (date(2024, 2, 29), 19782),
    "the day after it": (date(2024, 3, 1), 19783),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_day_is_a_number_and_back(case: str) -> None:
    day, number = NUMBERS[case]
    assert day_number(day) == number
    assert date_of(number) == day
    assert iso_day(number) == day.isoformat()


def test_no_day_stays_none() -> None:
    assert iso_day(None) is None


def local(text: str, hours: float = 8) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(hours=hours)))


MOMENTS = {
    "in the morning": (local("2026-03-02T09:30"), 0, 570),
    "just before the day ends": (local("2026-03-03T03:59"), 0, 27 * 60 + 59),
    "when the day begins": (local("2026-03-03T04:00"), 1, 240),
    "at midnight": (local("2026-03-03T00:00"), 0, 1440),
    "on New Year's night": (local("2027-01-01T01:00"), 304, 1500),
    "west of Greenwich": (local("2026-03-01T20:00", -5), -1, 1200),
    "a zone of half an hour": (local("2026-03-02T04:00", 5.5), 0, 240),
}


@pytest.mark.parametrize("case", MOMENTS)
def test_moment_belongs_to_the_desks_day(case: str) -> None:
    when, days, minute = MOMENTS[case]
    moment = Moment.at(when)
    assert (moment.day - MONDAY, moment.minute) == (days, minute)
    assert moment.at_ms == round(when.timestamp() * 1000)
    assert moment.local() == when
    assert moment.local().utcoffset() == when.utcoffset()


def test_day_may_end_at_midnight() -> None:
    moment = Moment.at(local("2026-03-03T00:00"), day_ends=0)
    assert (moment.day, moment.minute) == (MONDAY + 1, 0)


def test_moment_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        Moment.at(datetime(2026, 3, 2, 9))  # noqa: DTZ001 - that is the case


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1980, 1, 1)), st.integers(0, 720))  # noqa: DTZ001
def test_days_and_minutes_follow_the_clock(when: datetime, day_ends: int) -> None:
    moment = Moment.at(when, day_ends)
    assert day_ends <= moment.minute < day_ends + 24 * 60
    whole_minutes = (when.replace(tzinfo=None) - datetime(1970, 1, 1)) // timedelta(minutes=1)  # noqa: DTZ001
    assert moment.day * 24 * 60 + moment.minute == whole_minutes


@pytest.mark.parametrize(
    "begins", [datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)]
)
def test_summer_time_skips_no_day_and_doubles_none(begins: datetime) -> None:
    """Hour by hour over the night in which New York's clock is put forward, and back."""
    zone = ZoneInfo("America/New_York")
    moments = [Moment.at((begins + timedelta(hours=n)).astimezone(zone)) for n in range(72)]
    assert [m.at_ms for m in moments] == sorted(m.at_ms for m in moments)
    days = [m.day for m in moments]
    assert days == sorted(days)
    assert set(days) == {*range(days[0], days[-1] + 1)}
    assert all(m.local().utcoffset() == timedelta(minutes=m.offset) for m in moments)


def test_travelled_zone_changes_the_day_and_not_the_order() -> None:
    when = datetime(2026, 3, 2, 20, tzinfo=UTC)
    home, away = (Moment.at(when.astimezone(ZoneInfo(z))) for z in ("Asia/Shanghai", "UTC"))
    assert home.at_ms == away.at_ms
    assert (home.day, away.day) == (MONDAY + 1, MONDAY)


MAKE_UP = WorkdayTable(
    {SUNDAY: True, NEXT_MONDAY: False, NEXT_MONDAY + 1: False}, frozenset({2026})
)
"""A long weekend as China makes it: Sunday is worked, Monday and Tuesday are off."""

FROM = {
    "a worked day": (FRIDAY, WEEKDAYS, FRIDAY),
    "a Saturday": (SATURDAY, WEEKDAYS, NEXT_MONDAY),
    "a Saturday before a make-up day": (SATURDAY, MAKE_UP, SUNDAY),
    "a holiday": (NEXT_MONDAY, MAKE_UP, NEXT_MONDAY + 2),
}


@pytest.mark.parametrize("case", FROM)
def test_first_working_day_from(case: str) -> None:
    day, calendar, found = FROM[case]
    assert working_day_from(day, calendar) == found


AFTER = {
    "none on a worked day": (FRIDAY, 0, WEEKDAYS, FRIDAY),
    "none on a day off": (SATURDAY, 0, WEEKDAYS, NEXT_MONDAY),
    "one over the weekend": (FRIDAY, 1, WEEKDAYS, NEXT_MONDAY),
    "one from a day off": (SATURDAY, 1, WEEKDAYS, NEXT_MONDAY),
    "five are a week": (FRIDAY, 5, WEEKDAYS, FRIDAY + 7),
    "one to a make-up day": (FRIDAY, 1, MAKE_UP, SUNDAY),
    "two over a holiday": (FRIDAY, 2, MAKE_UP, NEXT_MONDAY + 2),
}


@pytest.mark.parametrize("case", AFTER)
def test_working_days_after(case: str) -> None:
    day, count, calendar, found = AFTER[case]
    assert working_days_after(day, count, calendar) == found


@given(DAYS, st.integers(1, 30), st.sampled_from([WEEKDAYS, MAKE_UP]))
def test_so_many_working_days_lie_between(day: int, count: int, calendar: WorkdayTable) -> None:
    found = working_days_after(day, count, calendar)
    worked = [d for d in range(day + 1, found + 1) if calendar.is_working(d)]
    assert len(worked) == count
    assert worked[-1] == found


@given(DAYS)
def test_weekdays_are_those_of_the_calendar(day: int) -> None:
    assert WEEKDAYS.is_working(day) == (date_of(day).isoweekday() <= 5)


def test_calendar_without_working_days_is_given_up() -> None:
    never = WorkdayTable(dict.fromkeys(range(MONDAY, MONDAY + 1000), False), frozenset())
    assert working_day_from(MONDAY, never) == MONDAY


def test_year_without_a_table_is_told() -> None:
    assert MAKE_UP.has_table(MONDAY)
    assert not MAKE_UP.has_table(MONDAY + 365)
    assert not WEEKDAYS.has_table(MONDAY)
