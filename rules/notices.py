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
    if newest_ms is not None and now.at_ms < newest_ms - CLOCK_SLACK_MS:
        found.append(
            sentence(N_("The clock went back: it is set before the last thing that was logged"))
        )
    if newest_ms is not None and not invented_at and _silent_days(now, newest_ms) > LONGEST_SILENCE:
        found.append(
            sentence(
                N_(
                    "Nothing was logged for {n} days: if the date is wrong, set the clock first."
                    " What waits is planned anew once something is logged"
                ),
                n=_silent_days(now, newest_ms),
            )
        )
    return tuple(found)


def is_doubtful(now: Moment, newest_ms: int | None, invented_at: str = "") -> bool:
    """Whether the clock may be wrong, by the newest event: then nobody's plan follows it.

    Logging something says that it is right. A demo desk is always of another day.
    """
    if newest_ms is None or invented_at:
        return False
    back = now.at_ms < newest_ms - CLOCK_SLACK_MS
    return back or _silent_days(now, newest_ms) > LONGEST_SILENCE


def _silent_days(now: Moment, newest_ms: int) -> int:
    return (now.at_ms - newest_ms) // DAY_MS


def _day_off(day: int, calendar: WorkCalendar) -> Sentence | None:
    """That nothing goes out today by plan, and when it goes on; None on a working day."""
    if calendar.is_working(day):
        return None
    then = date_of(working_day_from(day, calendar))
    if isinstance(calendar, OnLeave) and calendar.on_leave(day):
        return sentence(N_("On leave: what is planned goes on on {day}"), day=then)
    return sentence(N_("A day off: what is planned goes on on {day}"), day=then)
