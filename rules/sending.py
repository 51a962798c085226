"""Whether a message may go to a contact now, and if not, why, in words.

`may_send` is asked when a script is offered and again inside the transaction
that writes the send, so that a refusal in between wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rules.events import ContactState
from rules.nouns import Status
from rules.sop import Settings, Window
from rules.timing import MINUTES_A_DAY, Moment, WorkCalendar, date_of
from rules.wording import N_, Sentence, sentence

PAUSED_AS_ONE = sentence(N_("paused as a throw-away account, until you resume"))
"""Why nothing goes to an account that was paused as one of these."""


class Why(StrEnum):
    """The grounds on which a send is stopped; stable names for JSON."""

    DO_NOT_CONTACT = "do_not_contact"
    LOST = "lost"
    PAUSED = "paused"
    FINISHED = "finished"
    NOT_DUE = "not_due"
    TOO_LATE = "too_late"
    """A step of an event that is over."""
    INTERVAL = "interval"
    LEAVE = "leave"
    DAY_OFF = "day_off"
    HOURS = "hours"
    WEEK_CAP = "week_cap"
    MONTH_CAP = "month_cap"
    DAILY_CAP = "daily_cap"
    NOTHING_TO_ANSWER = "nothing_to_answer"
    NO_SCRIPT = "no_script"
    UNKNOWN_CONTENT = "unknown_content"


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a message does not go out."""

    why: Why
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Used:
    """Touches already counted against the caps."""

    week: int = 0
    """Of this contact in the last seven days, today included."""
    month: int = 0
    """Of this contact in this calendar month."""
    today: int = 0
    """Of this operator on this day."""


class Ask(StrEnum):
    """What kind of message is asked for."""

    PLANNED = "planned"
    """The step that is due."""
    CHOSEN = "chosen"
    """A content chosen by hand: may come before the plan, within all limits."""
    ANSWER = "answer"
    """To someone who wrote since the last touch: only a refusal stops it."""


def may_send(
    state: ContactState,
    ask: Ask,
    now: Moment,
    used: Used,
    settings: Settings,
    calendar: WorkCalendar,
    window: Window | None = None,
) -> Blocked | None:
    """None when the message may go; otherwise the strongest reason against it.

    A refusal comes first and stops every kind of message.
    """
    if state.status is Status.DO_NOT_CONTACT:
        return Blocked(Why.DO_NOT_CONTACT, sentence(N_("asked not to be contacted")))
    if ask is Ask.ANSWER:
        return _may_answer(state)
    return (
        _status_allows(state)
        or _plan_allows(state, ask, now)
        or _interval_allows(state, now, settings)
        or _hours_allow(now, settings, calendar, window or settings.window)
        or _caps_allow(now, used, settings)
    )


def may_be_answered(state: ContactState) -> bool:
    """Whether somebody wrote since the last message, and did not ask to be left alone."""
    return state.status is not Status.DO_NOT_CONTACT and _may_answer(state) is None


def _may_answer(state: ContactState) -> Blocked | None:
    if state.heard is not None and state.heard > (state.last_touch or 0):
        return None
    return Blocked(
        Why.NOTHING_TO_ANSWER,
        sentence(N_("has not written since the last message, so there is nothing to answer")),
    )


def _status_allows(state: ContactState) -> Blocked | None:
    if state.status is Status.LOST:
        return Blocked(Why.LOST, sentence(N_("deleted the operator: nothing would arrive")))
    if is_paused_as_one(state):
        return Blocked(Why.PAUSED, PAUSED_AS_ONE)
    if state.status is Status.PAUSED:
        return Blocked(Why.PAUSED, sentence(N_("paused after a rejection, until you resume")))
    return None


def is_paused_as_one(state: ContactState) -> bool:
    """Whether a pause came from cleaning: a rejection is heard, these were never heard of."""
    return state.status is Status.PAUSED and state.heard is None


def _plan_allows(state: ContactState, ask: Ask, now: Moment) -> Blocked | None:
    if ask is Ask.CHOSEN:
        return None
    if state.due is None or state.step is None:
        return Blocked(Why.FINISHED, sentence(N_("the sequence has no further step")))
    if state.due > now.day and state.snoozed:
        put_off = sentence(N_("put off to {day}"), day=date_of(state.due))
        return Blocked(Why.NOT_DUE, put_off)
    if state.due > now.day:
        return Blocked(
            Why.NOT_DUE, sentence(N_("the next step is due on {day}"), day=date_of(state.due))
        )
    return None


def _interval_allows(state: ContactState, now: Moment, settings: Settings) -> Blocked | None:
    last = state.last_touch_day
    if last is None or now.day - last >= settings.interval_days:
        return None
    return Blocked(
        Why.INTERVAL,
        sentence(
            N_("last message on {day}; the next may go from {next_day}"),
            day=date_of(last),
            next_day=date_of(last + settings.interval_days),
        ),
    )


def _hours_allow(
    now: Moment, settings: Settings, calendar: WorkCalendar, window: Window
) -> Blocked | None:
    leave = next((last for first, last in settings.leave if first <= now.day <= last), None)
    if leave is not None:
        return Blocked(Why.LEAVE, sentence(N_("you are on leave until {day}"), day=date_of(leave)))
    if not calendar.is_working(now.day):
        return Blocked(Why.DAY_OFF, sentence(N_("{day} is a day off"), day=date_of(now.day)))
    if now.minute in window:
        return None
    return Blocked(
        Why.HOURS,
        sentence(
            N_("sends go out between {start} and {end}"),
            start=clock_time(window.start),
            end=clock_time(window.end),
        ),
    )


def _caps_allow(now: Moment, used: Used, settings: Settings) -> Blocked | None:
    month_cap = settings.month_cap or days_in_month(now.day)
    for cap, count, why, message in (
        (settings.week_cap, used.week, Why.WEEK_CAP, N_("{cap} messages in seven days is the cap")),
        (month_cap, used.month, Why.MONTH_CAP, N_("{cap} messages in a month is the cap")),
        (
            settings.daily_cap,
            used.today,
            Why.DAILY_CAP,
            N_("you have sent {cap} today, which is the cap"),
        ),
    ):
        if count >= cap:
            return Blocked(why, sentence(message, cap=cap))
    return None


def clock_time(minute: int) -> str:
    """Minutes since midnight as HH:MM."""
    hours, minutes = divmod(minute % MINUTES_A_DAY, 60)
    return f"{hours:02}:{minutes:02}"


@lru_cache(maxsize=64)
def month_start(day: int) -> int:
    """The day number of the first of the month."""
    return day - date_of(day).day + 1


@lru_cache(maxsize=64)
def days_in_month(day: int) -> int:
    first = month_start(day)
    return month_start(first + 31) - first
