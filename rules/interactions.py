"""Interaction sequences: who stands at which step when, before and after an event, or by gaps.

Invariant: a step before an event is never planned for the event's day or
later, one of the day itself never later than that day. The interval between
two messages holds over all plans of a contact together.
"""

from __future__ import annotations

from collections.abc import Iterable

from rules.events import ContactState, Plans, Then, Walk
from rules.nouns import FOR_THE_SILENT, Reaction, Walked
from rules.planning import fits
from rules.shift import Shift
from rules.sop import Sequence, Settings, Sop, Step
from rules.timing import LONGEST_BREAK, WorkCalendar, working_day_from, working_days_after
from rules.walks import changed, under_way

LATEST_AFTER = 14
"""Days by which a step after an event may be late."""


def step_day(sequence: Sequence, step: Step, calendar: WorkCalendar) -> int:
    """The working day of a step of an event: at or before its date, or at or after it."""
    date = (sequence.on or 0) + step.day
    if step.day > 0:
        return working_day_from(date, calendar)
    earlier = range(date, date - LONGEST_BREAK, -1)
    return next((day for day in earlier if calendar.is_working(day)), date)


def is_over(sequence: Sequence, step: Step, day: int) -> bool:
    """Whether a step of an event can no longer go on `day`."""
    on = sequence.on or 0
    if step.day < 0:
        return day >= on
    return day > on + (step.day + LATEST_AFTER if step.day else 0)


def event_step(
    sequence: Sequence, steps: Iterable[Step], stage: str, day: int, calendar: WorkCalendar
) -> Step | None:
    """The step of an event that comes next, seen on a day.

    Of several steps before the event whose day has come only the latest: an
    invitation after the reminder would be odd.
    """
    left = [s for s in steps if fits(s, stage) and not is_over(sequence, s, day)]
    come = [s for s in left if s.day <= 0 and step_day(sequence, s, calendar) <= day]
    return come[-1] if come else next(iter(left), None)


def is_open(sequence: Sequence, stage: str, day: int) -> bool:
    """Whether somebody may still enter: while something can go before the event's end."""
    fitting = [s for s in sequence.steps if fits(s, stage)]
    if sequence.kind is not Walked.EVENT or not any(s.day <= 0 for s in fitting):
        return bool(fitting) and (sequence.on is None or day <= sequence.on)
    return any(s.day <= 0 and not is_over(sequence, s, day) for s in fitting)


def may_join(sequence: Sequence, plans: Plans, sop: Sop) -> bool:
    """Whether a contact with these plans may enter: of those for the silent, one at a time."""
    if sequence.kind not in FOR_THE_SILENT:
        return True
    silent = {s.id for s in sop.interactions if s.kind in FOR_THE_SILENT}
    return not any(walk.sequence in silent for walk in under_way(plans))


def entered(
    sequence: Sequence, state: ContactState, day: int, start: int, shift: Shift
) -> Walk | None:
    """The plan of a contact that enters on `day`; None when there is nothing left for it.

    `start` is the day from which its messages have room; an event goes by its dates.
    """
    soonest = earliest(state, day, shift.settings, shift.calendar)
    if sequence.kind is Walked.EVENT:
        if not is_open(sequence, state.stage, day):
            return None
        step = event_step(sequence, sequence.steps, state.stage, day, shift.calendar)
        return None if step is None else _at(sequence, step, soonest, shift.calendar)
    step = next((s for s in sequence.steps if fits(s, state.stage)), None)
    if step is None:
        return None
    due = working_days_after(max(start, soonest), step.day, shift.calendar)
    return Walk(sequence.id, sequence.priority, step.id, due, day)


def earliest(state: ContactState, day: int, settings: Settings, calendar: WorkCalendar) -> int:
    """The first working day from `day` that keeps the interval to the latest message."""
    last = state.last_touch_day
    soonest = day if last is None else max(day, last + settings.interval_days)
    return working_day_from(soonest, calendar)


def advanced(
    sequence: Sequence, step: Step, walk: Walk, stage: str, day: int, shift: Shift
) -> Walk:
    """A plan after its step was sent on `day`."""
    place = sequence.position(step.id)
    rest = sequence.steps[place + 1 :] if place is not None else ()
    soonest = working_day_from(day + max(1, shift.settings.interval_days), shift.calendar)
    if sequence.kind is Walked.EVENT:
        following = event_step(sequence, rest, stage, soonest, shift.calendar)
        return (
            _ended(walk) if following is None else _at(sequence, following, soonest, shift.calendar)
        )
    following = next((s for s in rest if fits(s, stage)), None)
    if following is None:
        return _ended(walk)
    due = working_days_after(day, max(1, following.day - step.day), shift.calendar)
    return walk._replace(step=following.id, due=due, snoozed=0)


def after_message(
    plans: Plans, state: ContactState, step: Step | None, day: int, shift: Shift
) -> Then:
    """All plans after a message on `day`: `step` was the planned one, None a content by hand.

    The plan in front goes on by its own sequence, the others keep the interval.
    """
    now = []
    soonest = working_day_from(day + max(1, shift.settings.interval_days), shift.calendar)
    for walk in plans.values():
        sequence = shift.sop.sequence(walk.sequence)
        if walk.sequence == state.sequence and step is not None and sequence is not None:
            now.append(advanced(sequence, step, walk, state.stage, day, shift))
        else:
            now.append(_looked_at(_not_before(walk, soonest), state, soonest, shift))
    return changed(plans, now)


def after_reaction(plans: Plans, reaction: Reaction, shift: Shift) -> Then:
    """A good reaction ends what was meant for the silent."""
    return Then() if reaction in (Reaction.REJECTING, Reaction.LOST) else after_answer(plans, shift)


def after_answer(plans: Plans, shift: Shift) -> Then:
    """The contact wrote: nothing is meant for the silent any more."""
    if not plans:
        return Then()
    silent = {s.id for s in shift.sop.interactions if s.kind in FOR_THE_SILENT}
    return changed(plans, [_ended(w) if w.sequence in silent else w for w in plans.values()])


def resumed(plans: Plans, state: ContactState, day: int, shift: Shift) -> Then:
    """All plans of a contact taken up again: none in the past, none within the interval."""
    soonest = earliest(state, day, shift.settings, shift.calendar)
    later = (_not_before(walk, soonest) for walk in plans.values())
    return changed(plans, [_looked_at(walk, state, day, shift) for walk in later])


def put_off(plans: Plans, state: ContactState, due: int, *, by_hand: bool) -> Then:
    """All plans when the contact is to wait until `due`: the one in front comes then."""
    now = []
    for walk in plans.values():
        if walk.sequence == state.sequence and walk.step is not None:
            now.append(walk._replace(due=due, snoozed=1 if by_hand else walk.snoozed))
        else:
            now.append(_not_before(walk, due))
    return changed(plans, now)


def looked_at(plans: Plans, state: ContactState, day: int, shift: Shift) -> Then:
    """Plans by the SOP as it is on a day: what is over or gone gives way."""
    return changed(plans, [_looked_at(walk, state, day, shift) for walk in plans.values()])


def is_stale(walk: Walk, day: int, shift: Shift) -> bool:
    """Whether a plan under way may be another one by the SOP as it is on `day`."""
    sequence = shift.sop.sequence(walk.sequence)
    if sequence is None or sequence.kind is Walked.STAGE or walk.priority != sequence.priority:
        return True
    place = sequence.position(walk.step or "")
    if place is None or sequence.kind is not Walked.EVENT:
        return place is None
    step, later = sequence.steps[place], sequence.steps[place + 1 :]
    come = any(s.day <= 0 and step_day(sequence, s, shift.calendar) <= day for s in later)
    return walk.since != sequence.on or is_over(sequence, step, day) or (step.day <= 0 and come)


def _looked_at(walk: Walk, state: ContactState, day: int, shift: Shift) -> Walk:
    if walk.priority == 0 or walk.step is None or not is_stale(walk, day, shift):
        return walk
    sequence = shift.sop.sequence(walk.sequence)
    if sequence is None or sequence.kind is Walked.STAGE:
        return _ended(walk)
    place = sequence.position(walk.step)
    if sequence.kind is not Walked.EVENT:
        return _ended(walk) if place is None else walk._replace(priority=sequence.priority)
    rest = sequence.steps[place or 0 :]
    step = event_step(sequence, rest, state.stage, day, shift.calendar)
    if step is None:
        return _ended(walk)
    if step.id == walk.step and walk.since == sequence.on:
        return walk._replace(priority=sequence.priority)
    soonest = earliest(state, day, shift.settings, shift.calendar)
    return _at(sequence, step, soonest, shift.calendar)


def _at(sequence: Sequence, step: Step, soonest: int, calendar: WorkCalendar) -> Walk:
    due = max(step_day(sequence, step, calendar), soonest)
    return Walk(sequence.id, sequence.priority, step.id, due, sequence.on or 0)


def _not_before(walk: Walk, day: int) -> Walk:
    return walk if walk.due is None else walk._replace(due=max(walk.due, day))


def _ended(walk: Walk) -> Walk:
    return walk._replace(step=None, due=None, snoozed=0)
