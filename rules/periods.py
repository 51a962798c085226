"""Spans of calendar months, as the review of content counts them.

A month is a whole number: 12 times the year plus 0 to 11, so that spans compare
and subtract like days do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rules.timing import date_of, day_number

MONTHS_A_YEAR = 12


class Period(StrEnum):
    """What somebody may look at, counted from today."""

    ALL = "all"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THREE_MONTHS = "three_months"
    """This month and the two before."""
    YEAR = "year"
    """This month and the eleven before."""


_BACK = {
    Period.THIS_MONTH: (0, 0),
    Period.LAST_MONTH: (1, 1),
    Period.THREE_MONTHS: (2, 0),
    Period.YEAR: (MONTHS_A_YEAR - 1, 0),
}
"""How many months back a period begins and ends."""


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months, both ends included."""

    first: int = 0
    last: int = 9999 * MONTHS_A_YEAR

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day number."""
        return first_day(self.first), first_day(self.last + 1) - 1


EVERY_MONTH = Months()


def months_of(period: Period, day: int) -> Months:
    """The months of a period that is looked at on `day`."""
    if period not in _BACK:
        return EVERY_MONTH
    begins, ends = _BACK[period]
    now = month_of(day)
    return Months(now - begins, now - ends)


@lru_cache(maxsize=1024)
def month_of(day: int) -> int:
    """The month of a day number."""
    told = date_of(day)
    return told.year * MONTHS_A_YEAR + told.month - 1


def first_day(month: int) -> int:
    """The day number of a month's first day; a month outside the calendar gives its edge."""
    year, place = divmod(month, MONTHS_A_YEAR)
    if year < 1:
        return day_number(date.min)
    return day_number(date(year, place + 1, 1)) if year <= date.max.year else day_number(date.max)
