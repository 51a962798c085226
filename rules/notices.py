"""What an operator must know about the day itself, shown until it is no longer so."""

from __future__ import annotations

from datetime import date

from rules.timing import Moment, OnLeave, WorkCalendar, date_of, day_number, working_day_from
from rules.wording import N_, Sentence, sentence

CLOCK_SLACK_MS = 5 * 60 * 1000
"""How far the clock may lie before the newest event without being called wrong."""
DAY_MS = 24 * 60 * 60 * 1000
LONGEST_SILENCE = 60
"""Days without an event after which the clock may rather have jumped ahead."""


def day_notices(
    now: Moment, calendar: WorkCalendar, newest_ms: int | None, invented_at: str = ""
) -> tuple[Sentence, ...]:
    """Notices about the calendar and the clock.

    `newest_ms` is the time of the newest event of the log (UTC milliseconds),
    `invented_at` the moment of a demo desk (ISO 8601), which looks neglected later on.
    """
    found = []
    if invented_at and now.day > day_number(date.fromisoformat(invented_at[:10])):
        found.append(
            sentence(
                N_("A demo desk of {day}: nothing of it is real. SIYU_NOW={now} is its clock"),
                day=invented_at[:10],
                now=invented_at,
            )
        )
    rest = _day_off(now.day, calendar)
    if rest is not None:
        found.append(rest)
    if not calendar.has_table(now.day):
        found.append(
            sentence(
                N_("No holiday table for {year}: Monday to Friday count as working days"),
                year=date_of(now.day).year,
            )
        )
    doubt = _doubt(now, newest_ms, invented_at)
    if doubt is not None:
        found.append(doubt)
    return tuple(found)


def is_doubtful(now: Moment, newest_ms: int | None, invented_at: str = "") -> bool:
    """Whether the clock may be wrong, by the newest event: then nobody's plan follows it.

    Logging something says that it is right. A demo desk is always of another day.
    """
    return not invented_at and _doubt(now, newest_ms, invented_at) is not None


def _doubt(now: Moment, newest_ms: int | None, invented_at: str) -> Sentence | None:
    """Why the clock may be wrong; a demo desk may be looked at long after its day."""
    if newest_ms is None:
        return None
    if now.at_ms < newest_ms - CLOCK_SLACK_MS:
        return sentence(N_("The clock went back: it is set before the last thing that was logged"))
    silent = (now.at_ms - newest_ms) // DAY_MS
    if invented_at or silent <= LONGEST_SILENCE:
        return None
    return sentence(
        N_(
            "Nothing was logged for {n} days: if the date is wrong, set the clock first."
            " What waits is planned anew once something is logged"
        ),
        n=silent,
    )


def _day_off(day: int, calendar: WorkCalendar) -> Sentence | None:
    """That nothing goes out today by plan, and when it goes on; None on a working day."""
    if calendar.is_working(day):
        return None
    then = date_of(working_day_from(day, calendar))
    if isinstance(calendar, OnLeave) and calendar.on_leave(day):
        return sentence(N_("On leave: what is planned goes on on {day}"), day=then)
    return sentence(N_("A day off: what is planned goes on on {day}"), day=then)
