"""Months and the spans of them that the review of content looks at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.periods import EVERY_MONTH, Months, Period, first_day, month_of, months_of
from rules.timing import day_number

SPANS = {
    "all": (Period.ALL, "2026-03-02", None),
    "this month": (Period.THIS_MONTH, "2026-03-02", ("2026-03-01", "2026-03-31")),
    "the month before, over new year": (
        Period.LAST_MONTH,
        "2026-01-31",
        ("2025-12-01", "2025-12-31"),
    ),
    "three months, leap day": (Period.THREE_MONTHS, "2024-02-29", ("2023-12-01", "2024-02-29")),
    "a year": (Period.YEAR, "2026-12-31", ("2026-01-01", "2026-12-31")),
}


@pytest.mark.parametrize(("period", "today", "span"), SPANS.values(), ids=SPANS)
def test_a_period_is_whole_months(period: Period, today: str, span: tuple[str, str] | None) -> None:
    found = months_of(period, day_number(date.fromisoformat(today)))
    if span is None:
        assert found == EVERY_MONTH
    else:
        assert found.days == tuple(day_number(date.fromisoformat(day)) for day in span)


@given(st.dates())
def test_a_month_has_its_days_and_no_other(day: date) -> None:
    number = day_number(day)
    month = month_of(number)
    first, last = Months(month, month).days
    assert first <= number <= last
    assert month_of(first_day(month)) == month
