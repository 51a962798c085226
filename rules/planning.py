"""When the next message is due: after a send, at an import, after a pause.

Every function returns the outcome that is written into the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.events import ContactState, Then
from rules.sop import Sequence, Settings, Sop, Step
from rules.timing import WorkCalendar, working_day_from, working_days_after


def step_of(sop: Sop, state: ContactState) -> Step | None:
    """The step a contact stands at, if this version of the SOP still has it."""
    sequence = sop.sequence(state.sequence or "")
    position = None if sequence is None or state.step is None else sequence.position(state.step)
    return None if sequence is None or position is None else sequence.steps[position]


def fits(step: Step, stage: str) -> bool:
    """Whether a step is for contacts of this stage."""
    return not step.stages or stage in step.stages


def first_step(sequence: Sequence, stage: str) -> Step | None:
    return next((step for step in sequence.steps if fits(step, stage)), None)


def after_touch(
    sequence: Sequence, step: Step, stage: str, day: int, calendar: WorkCalendar
) -> Then:
    """The plan after `step` was sent on `day`: the gap to the next step counts from the send."""
    position = sequence.position(step.id)
    rest = sequence.steps[position + 1 :] if position is not None else ()
    following = next((s for s in rest if fits(s, stage)), None)
    if following is None:
        return Then(finished=True)
    gap = max(1, following.day - step.day)
    return Then(step=following.id, due=working_days_after(day, gap, calendar))


def after_chosen(state: ContactState, day: int, settings: Settings, calendar: WorkCalendar) -> Then:
    """The plan after a content chosen by hand: the waiting step keeps its interval."""
    if state.due is None:
        return Then()
    earliest = working_day_from(day + max(1, settings.interval_days), calendar)
    return Then(due=max(state.due, earliest))


def after_resume(state: ContactState, day: int, settings: Settings, calendar: WorkCalendar) -> Then:
    """The due day of a contact taken up again: not in the past, not within the interval."""
    if state.due is None:
        return Then()
    earliest = day
    if state.last_touch_day is not None:
        earliest = max(earliest, state.last_touch_day + settings.interval_days)
    return Then(due=working_day_from(max(state.due, earliest), calendar))


def spread(
    start: int, planned: Mapping[int, int], cap: int, calendar: WorkCalendar
) -> Iterator[int]:
    """Due days for new contacts, one each: working days from `start`, filled up to the cap.

    `planned` holds how many are due already, by day number.
    """
    day = working_day_from(start, calendar)
    room = max(1, cap) - planned.get(day, 0)
    while True:
        while room <= 0:
            day = working_day_from(day + 1, calendar)
            room = max(1, cap) - planned.get(day, 0)
        yield day
        room -= 1
