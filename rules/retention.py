"""Which backups stay: all of two days, then one a day, one a week, one a month.

Counted by the backups there are, not by the calendar, so that a clock that
jumps ahead makes nothing old.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.timing import date_of

ALL_OF = 2
"""Days of which every backup stays: today, yesterday, and whatever lies ahead."""
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def staying(days: Sequence[int], today: int) -> tuple[bool, ...]:
    """For each backup, newest first and told by its day number, whether it stays.

    Of a day, week or month beyond the first two days the newest one stays.
    """
    spans = ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month))
    left = [count for count, _ in spans]
    tier, last, last_day = 0, -1, 0
    stays = []
    for day in days:
        if day > today - ALL_OF:
            stays.append(True)
            continue
        while tier < len(spans) and not left[tier]:
            tier += 1
            last = spans[tier][1](last_day) if tier < len(spans) else -1
        here = spans[tier][1](day) if tier < len(spans) else last
        stays.append(here != last)
        if here != last:
            left[tier] -= 1
            last, last_day = here, day
    return tuple(stays)


def _day(day: int) -> int:
    return day


def _week(day: int) -> int:
    """Weeks begin on Monday; day 0 was a Thursday."""
    return (day + 3) // 7


def _month(day: int) -> int:
    return date_of(day).year * 12 + date_of(day).month
