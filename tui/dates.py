"""Days as people type them: 2026-03-09, 3-9, 3/9, 3月9日, +5."""

from __future__ import annotations

import re
from datetime import date

from rules.timing import date_of, day_number

FULL = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?$")
SHORT = re.compile(r"(\d{1,2})\D(\d{1,2})日?$")
JUST_GONE = 183
"""Days after which a day without a year means that of the next year."""
IN_DAYS = re.compile(r"\+(\d{1,3})$")


def parse_day(text: str, today: int, *, past: bool = False) -> int | None:
    """The day number that a text means, None if none.

    A day without a year is the next such day, with `past` the latest.
    """
    told = text.strip()
    if match := IN_DAYS.match(told):
        return today + int(match[1])
    try:
        if match := FULL.match(told):
            return day_number(date(int(match[1]), int(match[2]), int(match[3])))
        if match := SHORT.match(told):
            return _near(today, int(match[1]), int(match[2]), past=past)
    except ValueError:
        return None
    return None


def _near(today: int, month: int, day: int, *, past: bool) -> int:
    """That day of this year, or of the one beside it. Raises ValueError.

    A day that has just gone is meant as it is written, not as one in almost a year.
    """
    year = date_of(today).year
    found = day_number(date(year, month, day))
    if past and found > today:
        return day_number(date(year - 1, month, day))
    if not past and found < today - JUST_GONE:
        return day_number(date(year + 1, month, day))
    return found


def next_monday(today: int) -> int:
    """The Monday after today."""
    return today + 7 - date_of(today).weekday()
