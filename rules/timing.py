"""Days, moments and the working-day calendar as values.

A day is a whole number: days since 1970-01-01 in the desk's time zone, where
a day ends at the hour the settings name (04:00), so that a message sent after
midnight belongs to the evening before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Protocol

EPOCH = date(1970, 1, 1)
MINUTES_A_DAY = 24 * 60


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def date_of(day: int) -> date:
    """The calendar date of a day number."""
    return EPOCH + timedelta(days=day)


@lru_cache(maxsize=4096)
def iso_day(day: int | None) -> str | None:
    """A day number as an ISO date, None kept."""
    return None if day is None else date_of(day).isoformat()


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clock, with the desk's day worked out."""

    at_ms: int
    """UTC, milliseconds since 1970."""
    offset: int
    """Local offset from UTC, minutes."""
    day: int
    """The desk's day number."""
    minute: int
    """Minutes since the local midnight of that day; past 1440 until the day ends."""

    @classmethod
    def at(cls, when: datetime, day_ends: int = 4 * 60) -> Moment:
        """The moment of an aware datetime, in that datetime's own offset."""
        offset = when.utcoffset()
        if offset is None:
            raise ValueError("a moment needs an offset from UTC")
        local_minutes = when.hour * 60 + when.minute
        day = day_number(when.date())
        if local_minutes < day_ends:
            day, local_minutes = day - 1, local_minutes + MINUTES_A_DAY
        return cls(
            round(when.timestamp() * 1000), int(offset.total_seconds()) // 60, day, local_minutes
        )

    def local(self) -> datetime:
        """The wall-clock reading, with its offset."""
        zone = timezone(timedelta(minutes=self.offset))
        return datetime.fromtimestamp(self.at_ms / 1000, UTC).astimezone(zone)


def desk_day(at_ms: int, offset: int, day_ends: int = 4 * 60) -> int:
    """The desk's day number of a moment: UTC milliseconds and local offset in minutes."""
    return (at_ms // 60_000 + offset - day_ends) // MINUTES_A_DAY


class WorkCalendar(Protocol):
    """Which days are worked."""

    def is_working(self, day: int) -> bool: ...

    def has_table(self, day: int) -> bool:
        """Whether the holidays of that day's year are known; else weekdays count."""
        ...


@dataclass(frozen=True)
class WorkdayTable:
    """A calendar held as the days that differ from plain weekdays."""

    exceptions: Mapping[int, bool]
    """Day number to "is worked", only where it differs from Monday to Friday."""
    years: frozenset[int]
    """Years whose holidays are known."""

    def is_working(self, day: int) -> bool:
        known = self.exceptions.get(day)
        return (day + 3) % 7 < 5 if known is None else known

    def has_table(self, day: int) -> bool:
        return date_of(day).year in self.years


@dataclass(frozen=True)
class OnLeave:
    """A calendar with an operator's leave taken out."""

    calendar: WorkCalendar
    leave: tuple[tuple[int, int], ...]
    """First and last day number of each leave, inclusive."""

    def is_working(self, day: int) -> bool:
        return not self.on_leave(day) and self.calendar.is_working(day)

    def has_table(self, day: int) -> bool:
        return self.calendar.has_table(day)

    def on_leave(self, day: int) -> bool:
        return any(first <= day <= last for first, last in self.leave)


WEEKDAYS = WorkdayTable({}, frozenset())
"""Monday to Friday, no holiday known."""

LONGEST_BREAK = 400
"""Days after which a calendar without any working day is given up."""


def working_day_from(day: int, calendar: WorkCalendar) -> int:
    """The first working day not before `day`."""
    if calendar.is_working(day):
        return day
    return next((d for d in range(day, day + LONGEST_BREAK) if calendar.is_working(d)), day)


def working_days_after(day: int, count: int, calendar: WorkCalendar) -> int:
    """The `count`-th working day after `day`; 0 gives `day` itself or the next worked one."""
    found = working_day_from(day, calendar) if count == 0 else day
    for _ in range(count):
        found = working_day_from(found + 1, calendar)
    return found
