"""A contact that walks several sequences at once: which plan is in front, and how events move them.

Invariants: the plan in front is what the contact's state shows as sequence,
step and due day; all others wait, so that one message goes at a time whatever
the number of plans. Everything here follows from the log alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from rules.events import ContactState, Event, Plans, Then, Walk
from rules.nouns import Kind, Status


def under_way(plans: Plans) -> list[Walk]:
    """The plans that have a step left."""
    return [walk for walk in plans.values() if walk.step is not None and walk.due is not None]


def front(plans: Plans, day: int) -> Walk | None:
    """The plan whose step goes first, seen on a day; None when nothing is planned.

    Of those that are due the highest declared priority, then the oldest due;
    the stage's sequence comes last. With nothing due, what is due soonest.
    """

    def rank(walk: Walk) -> tuple[int, int, int, str]:
        due = walk.due or 0
        return max(due, day), -walk.priority, due, walk.sequence

    return min(under_way(plans), key=rank, default=None)


def waiting(plans: Plans, state: ContactState) -> tuple[Walk, ...]:
    """The plans behind the one in front, soonest first; none of who stands aside."""
    if state.status is not Status.ACTIVE:
        return ()
    behind = (walk for walk in under_way(plans) if walk.sequence != state.sequence)
    return tuple(sorted(behind, key=lambda walk: (walk.due or 0, -walk.priority, walk.sequence)))


def stage_plan(state: ContactState) -> Walk | None:
    """The plan of somebody who has no other, as one of several."""
    if state.sequence is None:
        return None
    return Walk(state.sequence, 0, state.step, state.due, snoozed=state.snoozed)


def stage_walked(plans: Plans, state: ContactState) -> ContactState:
    """The state as it is in the stage's sequence, whichever plan is in front."""
    stage = next((walk for walk in plans.values() if walk.priority == 0), None)
    if stage is None:
        return state
    return state._replace(sequence=stage.sequence, step=stage.step, due=stage.due)


def plans_with(state: ContactState, plans: Plans) -> dict[str, Walk]:
    """All plans of a contact, also of one whose only plan stands in its state."""
    only = None if plans else stage_plan(state)
    return {only.sequence: only} if only else dict(plans)


def follow_plans(
    before: ContactState | None, after: ContactState, plans: Plans, event: Event
) -> tuple[ContactState, Plans]:
    """State and plans after an event, of a contact with several plans.

    `before` and `after` are the state as the event found it and as it is
    without regard to the plans. An event about a sequence that the contact is
    not in, because the entering was taken back, changes nothing there.
    """
    if event.kind is Kind.ADDED:
        return after, {}
    moved = plans_with(before or after, plans)
    for walk in event.then.plans:
        known = moved.get(walk.sequence)
        walks = known is not None and (known.step is not None or known.priority == 0)
        if event.kind is Kind.ENTERED or walks:
            moved[walk.sequence] = walk
    if event.then.sequence or event.then.step or event.then.due or event.then.finished:
        moved = _stage_moved(moved, event.then)
    return mirrored(after, moved, event.day), moved


def declined(state: ContactState, plans: Plans, event: Event) -> Plans:
    """Plans after an entering that was taken back: known, so that it is not repeated."""
    ended = {w.sequence: w._replace(step=None, due=None) for w in event.then.plans if w.priority}
    return {**plans_with(state, plans), **ended}


def mirrored(state: ContactState, plans: Plans, day: int) -> ContactState:
    """The state with the plan in front as the one that the queue sees."""
    lead = front(plans, day) or next((w for w in plans.values() if w.priority == 0), None)
    if lead is None:
        return state._replace(step=None, due=None, snoozed=0)
    return state._replace(
        sequence=lead.sequence, step=lead.step, due=lead.due, snoozed=lead.snoozed
    )


def changed(plans: Plans, now: Iterable[Walk]) -> Then:
    """What an event says of plans: those that are others than before."""
    return Then(plans=tuple(walk for walk in now if plans.get(walk.sequence) != walk))


def _stage_moved(plans: dict[str, Walk], then: Then) -> dict[str, Walk]:
    """The stage's plan after a decision that names no other, such as a replan's."""
    stage = next((walk for walk in plans.values() if walk.priority == 0), None)
    sequence = then.sequence or (stage.sequence if stage else None)
    if sequence is None:
        return plans
    known = stage or Walk(sequence, 0, None, None)
    step = None if then.finished else then.step or known.step
    due = None if then.finished else known.due if then.due is None else then.due
    others = {name: walk for name, walk in plans.items() if walk is not stage}
    return {sequence: known._replace(sequence=sequence, step=step, due=due), **others}
