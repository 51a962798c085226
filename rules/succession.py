"""What becomes of a contact under way when another version of the SOP takes over.

Owns the choices and their outcomes. Invariants: whoever stays keeps step and
day; nobody who moves is due earlier than the interval since the last touch
allows; a contact whose sequence has nothing left finishes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from rules.events import ContactState, Then
from rules.planning import first_step, fits, replanned, step_of
from rules.shift import Shift
from rules.sop import Sequence, Step
from rules.timing import working_day_from

NOTHING_DECIDED = Then()


class Choice(StrEnum):
    """What somebody decides for the contacts of one sequence."""

    MOVE = "move"
    """To the matching step: the same one, else the same content, else the next by day."""
    STAY = "stay"
    """Step and day stay as they are; who stands at a step that is gone moves."""
    RESTART = "restart"
    """At the first step of the new version."""


class Fate(StrEnum):
    """What becomes of one contact."""

    STAYS = "stays"
    """At its step, perhaps on another day."""
    MOVES = "moves"
    """To another step or sequence."""
    RESTARTS = "restarts"
    FINISHES = "finishes"
    """Nothing is left for it."""
    WAITS = "waits"
    """At a step that nobody knows: nothing is sent until somebody decides otherwise."""


@dataclass(frozen=True, slots=True)
class Successor:
    """The fate of one contact, and what its event decides."""

    fate: Fate
    then: Then = NOTHING_DECIDED


def successor(
    old: Sequence,
    target: Sequence | None,
    state: ContactState,
    choice: Choice,
    new: Shift,
    today: int,
) -> Successor:
    """What becomes of a contact that walked `old`; `target` is the sequence for it in `new`.

    The due day of a restart is the earliest that is allowed; how many restart
    on one day is for the caller to spread.
    """
    if choice is Choice.STAY and step_of(new.sop, state) is not None:
        return Successor(Fate.STAYS)
    if choice is Choice.RESTART:
        return _restarted(target, state, new, today)
    step = _matching(old, target, state)
    if step is not None and state.step is not None:
        old, state = _renamed(old, state.step, step.id), state._replace(step=step.id)
    then = replanned(old, target, state, new.calendar, today, new.settings)
    if then.finished:
        return Successor(Fate.FINISHES, then)
    if step is not None:
        then = then._replace(step=step.id, due=then.due if then.due is not None else state.due)
        return Successor(Fate.MOVES, then)
    if then.step in (None, state.step) and then.sequence is None:
        return Successor(_where_it_stands(state, new), then)
    return Successor(Fate.MOVES, then)


def _where_it_stands(state: ContactState, new: Shift) -> Fate:
    return Fate.WAITS if step_of(new.sop, state) is None else Fate.STAYS


def _restarted(target: Sequence | None, state: ContactState, new: Shift, today: int) -> Successor:
    first = None if target is None else first_step(target, state.stage)
    if target is None or first is None:
        return Successor(Fate.FINISHES, Then(finished=True))
    if (target.id, first.id) == (state.sequence, state.step):
        return Successor(Fate.STAYS)
    earliest = today
    if state.last_touch_day is not None:
        earliest = max(earliest, state.last_touch_day + max(1, new.settings.interval_days))
    if state.snoozed and state.due is not None:
        earliest = max(earliest, state.due)
    sequence = None if target.id == state.sequence else target.id
    due = working_day_from(earliest, new.calendar)
    return Successor(Fate.RESTARTS, Then(sequence=sequence, step=first.id, due=due))


def _matching(old: Sequence, target: Sequence | None, state: ContactState) -> Step | None:
    """The step of `target` that sends what the contact's own step would have sent.

    None where its own step is still there, or no step of its stage sends that:
    of several, the first that is not before the old one's day.
    """
    place = None if target is None or state.step is None else old.position(state.step)
    if target is None or place is None:
        return None
    stood = old.steps[place]
    same = [step for step in target.steps if fits(step, state.stage)]
    if not stood.content or any(step.id == stood.id for step in same):
        return None
    alike = [step for step in same if step.content == stood.content]
    later = (step for step in alike if step.day >= stood.day)
    return next(later, alike[0] if alike else None)


def _renamed(sequence: Sequence, step: str, name: str) -> Sequence:
    """A sequence in which one step has another name, and no other step has that name."""
    kept = (s for s in sequence.steps if s.id != name)
    steps = tuple(replace(s, id=name) if s.id == step else s for s in kept)
    return replace(sequence, steps=steps)
