"""Moving a contact to another stage: which one comes next, and what is planned from then on."""

from __future__ import annotations

from rules.events import ContactState, Then
from rules.planning import first_step, fits
from rules.sop import Sequence, Sop
from rules.timing import WorkCalendar, working_day_from


def stage_after(sop: Sop, stage: str) -> str | None:
    """The stage that follows in the SOP; None after the last one and for a stage it has not."""
    names = sop.stage_names()
    place = names.index(stage) + 1 if stage in names else len(names)
    return names[place] if place < len(names) else None


def moved(sop: Sop, state: ContactState, stage: str, day: int, calendar: WorkCalendar) -> Then:
    """What follows for a contact that comes into `stage` on `day` (a day number).

    It begins the stage's sequence, on the first working day that keeps the
    interval; within the sequence that it walks already it walks on, past steps
    that are for other stages. Finished when nothing is left to send.
    """
    sequence = sop.sequence_for(stage)
    if sequence is None:
        return Then(stage=stage, finished=True)
    if sequence.id == state.sequence:
        return _walks_on(sequence, state, stage)
    step = first_step(sequence, stage)
    if step is None:
        return Then(stage=stage, sequence=sequence.id, finished=True)
    last = state.last_touch_day
    earliest = day if last is None else max(day, last + max(1, sop.settings.interval_days))
    due = working_day_from(earliest, calendar)
    return Then(stage=stage, sequence=sequence.id, step=step.id, due=due)


def _walks_on(sequence: Sequence, state: ContactState, stage: str) -> Then:
    if state.step is None:
        return Then(stage=stage)
    place = sequence.position(state.step) or 0
    step = next((s for s in sequence.steps[place:] if fits(s, stage)), None)
    then = Then(stage=stage, finished=step is None)
    return then if step is None or step.id == state.step else then._replace(step=step.id)
