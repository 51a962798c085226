"""Working days of the Chinese calendar with its make-up days, and which years are known."""

from __future__ import annotations

from datetime import date

import pytest

from rules.timing import day_number, working_days_after
from sop_content.workdays import countries, country_called, work_calendar

SPRING_FESTIVAL_2026 = {
    "Friday before": (date(2026, 2, 13), True),
    "Saturday worked instead": (date(2026, 2, 14), True),
    "first day off, a Sunday": (date(2026, 2, 15), False),
    "New Year's Eve": (date(2026, 2, 16), False),
    "New Year": (date(2026, 2, 17), False),
    "Friday moved from the 14th": (date(2026, 2, 20), False),
    "Saturday in between": (date(2026, 2, 21), False),
    "Monday moved from the 28th": (date(2026, 2, 23), False),
    "first day back": (date(2026, 2, 24), True),
    "Saturday worked after it": (date(2026, 2, 28), True),
    "Sunday after it": (date(2026, 3, 1), False),
}


@pytest.mark.parametrize(
    ("day", "worked"), SPRING_FESTIVAL_2026.values(), ids=SPRING_FESTIVAL_2026.keys()
)
def test_spring_festival_with_its_make_up_days(day: date, worked: bool) -> None:
    assert work_calendar("CN", range(2025, 2029)).is_working(day_number(day)) is worked


def test_whole_spring_festival_is_off() -> None:
    calendar = work_calendar("CN", [2026])
    festival = range(day_number(date(2026, 2, 15)), day_number(date(2026, 2, 23)) + 1)
    assert not any(calendar.is_working(day) for day in festival)
    before = day_number(date(2026, 2, 14))
    assert working_days_after(before, 1, calendar) == day_number(date(2026, 2, 24))


def test_year_without_a_decree_is_unknown_and_counts_by_weekdays() -> None:
    calendar = work_calendar("CN", [2026, 2090])
    assert calendar.years == {2026}
    assert calendar.has_table(day_number(date(2026, 6, 1)))
    new_year = date(2090, 1, 2)
    assert new_year.weekday() == 0
    assert not calendar.has_table(day_number(new_year))
    assert calendar.is_working(day_number(new_year))


def test_only_days_that_differ_from_weekdays_are_kept() -> None:
    calendar = work_calendar("CN", [2026])
    saturday, plain_monday = date(2026, 2, 21), date(2026, 3, 2)
    assert day_number(saturday) not in calendar.exceptions
    assert day_number(plain_monday) not in calendar.exceptions


def test_country_that_computes_its_holidays_knows_coming_years() -> None:
    calendar = work_calendar("US", [2026, 2040])
    assert calendar.years == {2026, 2040}
    assert not calendar.is_working(day_number(date(2040, 7, 4)))


def test_year_that_waits_for_a_moon_is_unknown() -> None:
    assert work_calendar("MY", [2026, 2060]).years == {2026}


def test_no_years_make_an_empty_table() -> None:
    calendar = work_calendar("CN", [])
    assert (calendar.exceptions, calendar.years) == ({}, frozenset())


def test_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="'XX'"):
        work_calendar("XX", [2026])


@pytest.mark.parametrize(
    ("word", "code"), [("China", "CN"), ("chn", "CN"), ("CN", "CN"), ("Atlantis", None)]
)
def test_country_is_known_by_its_other_names(word: str, code: str | None) -> None:
    assert country_called(word) == code


def test_codes_are_those_of_two_letters() -> None:
    assert {"CN", "TW", "HK", "US"} <= set(countries())
    assert "CHN" not in countries()
