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


def replanned(
    old: Sequence | None,
    new: Sequence | None,
    state: ContactState,
    calendar: WorkCalendar,
    today: int,
    settings: Settings,
) -> Then:
    """The plan of a contact under way whose sequence changed from `old` to `new`.

    Its step stays its step. One that is gone gives way to the next that came
    after it and is still there, else to the next by day; the due day counts
    from the last touch as after a send. Finished when nothing is left;
    undecided when nothing changes, or nobody knows where the contact stood.
    """
    if new is None:
        return Then(finished=True)
    stood, here = _found(old, state.step), _found(new, state.step)
    if here is not None and fits(here, state.stage):
        step: Step | None = here
    elif old is None or stood is None:
        return Then()
    else:
        step = _next_left(old, new, stood, state.stage)
    if step is None:
        return Then(finished=True)
    due = _due_anew(old, new, step, state, calendar, today, settings)
    sequence = None if new.id == state.sequence else new.id
    if sequence is None and (step.id, due) == (state.step, state.due):
        return Then()
    return Then(sequence=sequence, step=step.id, due=due)


def _found(sequence: Sequence | None, step: str | None) -> Step | None:
    return next((s for s in sequence.steps if s.id == step), None) if sequence else None


def _next_left(old: Sequence, new: Sequence, stood: Step, stage: str) -> Step | None:
    """What follows in `new` a step of `old` at which a contact can no longer stand."""
    place = old.position(stood.id) or 0
    passed = {step.id for step in old.steps[: place + 1]}
    later = (_found(new, step.id) for step in old.steps[place + 1 :])
    by_day = (step for step in new.steps if step.day >= stood.day and step.id not in passed)
    return next((s for s in (*later, *by_day) if s is not None and fits(s, stage)), None)


def _due_anew(
    old: Sequence | None,
    new: Sequence,
    step: Step,
    state: ContactState,
    calendar: WorkCalendar,
    today: int,
    settings: Settings,
) -> int | None:
    """When `step` of `new` is due: not changed unless its distance to the step before is."""
    due, last = state.due, state.last_touch_day
    stood = _found(old, state.step)
    before = None if old is None or stood is None else _step_before(old, stood, state.stage)
    if before is not None and stood is not None and last is not None:
        gap = max(1, step.day - (_found(new, before.id) or before).day)
        if step.id != stood.id or gap != max(1, stood.day - before.day):
            due = working_days_after(last, gap, calendar)
    if due is None or (step.id, due) == (state.step, state.due):
        return due
    earliest = today if last is None else max(today, last + max(1, settings.interval_days))
    if state.snoozed and state.due is not None:
        earliest = max(earliest, state.due)
    return working_day_from(max(due, earliest), calendar)


def _step_before(sequence: Sequence, step: Step, stage: str) -> Step | None:
    """The step that a contact of this stage was sent before `step`."""
    place = sequence.position(step.id) or 0
    return next((s for s in reversed(sequence.steps[:place]) if fits(s, stage)), None)
