"""Whose data is kept longer than it is needed: when a contact was last in touch, and why it counts.

Invariant: a contact whose last day is not known is never among them, nor one
who wrote, was written to or bought something within the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules.nouns import Status
from rules.timing import date_of, day_number
from rules.wording import N_, Sentence, sentence

REASONS = {
    Status.DO_NOT_CONTACT: sentence(N_("not to be contacted")),
    Status.LOST: sentence(N_("lost")),
    Status.PAUSED: sentence(N_("paused and silent")),
    Status.ACTIVE: sentence(N_("silent")),
}
LAST_OF_ALL_MONTHS = 28
"""A day that every month has; the last ones of a long month count as this one."""


def first_day_within(today: int, months: int) -> int:
    """The first day that lies within so many months before `today`; both are day numbers."""
    now = date_of(today)
    month = now.year * 12 + now.month - 1 - months
    return day_number(date(month // 12, month % 12 + 1, min(now.day, LAST_OF_ALL_MONTHS)))


def last_day(days: Iterable[int | None]) -> int | None:
    """The latest of the days on which something passed between the desk and a contact."""
    return max((day for day in days if day is not None), default=None)


def reason(status: Status) -> Sentence:
    """Why nothing is lost by an erasure."""
    return REASONS[status]
