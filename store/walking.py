"""Interaction sequences at the day's first opening, after an import and after an edit of the SOP.

One pass over the desk: plans that the SOP or the calendar has overtaken give
way, who fulfils a sequence's condition enters it, and where by now another
plan goes first, that one is put in front. Only active contacts enter: whoever
deleted the operator would get nothing, so a lost contact stands on the recall
list for another channel. What was entered is one step of the log, undone as
one; a contact whose entering was taken back does not enter again by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rules.events import ContactState, Event, Then, Walk
from rules.interactions import entered, is_stale, looked_at, may_join
from rules.nouns import Kind, Walked
from rules.planning import spread
from rules.shift import Shift
from rules.sop import Sequence
from rules.timing import Moment
from rules.walks import front
from store import derived, log, profiles
from store.connection import transaction
from store.namesakes import refused_elsewhere
from store.statements import named
from store.verbs import draft

EVER = -(10**9)
"""A day number before every other."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a pass found, in numbers of contacts."""

    entered: int = 0
    moved: int = 0
    """Whose plans gave way, or another of whose plans went in front."""


@dataclass
class _Pass:
    """One pass under way."""

    db: sqlite3.Connection
    shift: Shift
    now: Moment
    turns: Event | None = None
    """The head of the plans that moved, written with the first of them."""
    days: dict[str, Iterator[int]] = field(default_factory=dict)
    """Owner to the due days still free."""

    def head(self, kind: Kind, **told: Any) -> Event:
        """The event that the contacts of a pass answer to."""
        begun = draft(self.shift, self.now, kind, None, **told)
        return log.append(self.db, begun._replace(version=self.shift.sop.version))

    def write(self, kind: Kind, head: Event, state: ContactState, then: Then) -> None:
        part = draft(self.shift, self.now, kind, state.contact)
        event = log.append(self.db, part._replace(ref=head.seq, then=then, stage=state.stage))
        derived.record(self.db, event, state)

    def move(self, state: ContactState, then: Then) -> None:
        """A contact's plans in another order, or one of them elsewhere."""
        self.turns = self.turns or self.head(Kind.TURNS)
        self.write(Kind.PLANNED, self.turns, state, then)

    def free_day(self, owner: str) -> int:
        """The next working day on which an owner's cap leaves room."""
        if owner not in self.days:
            today = self.now.day
            rows = self.db.execute(named()["planned_by_day"], {"owner": owner, "day": today})
            cap = self.shift.settings.daily_cap
            self.days[owner] = spread(today, dict(rows.fetchall()), cap, self.shift.calendar)
        return next(self.days[owner])


def look_at_sequences(db: sqlite3.Connection, shift: Shift, now: Moment) -> Looked:
    """Brings the plans of interaction sequences up to the day; writes nothing when they are."""
    if not shift.sop.interactions and db.execute(named()["any_plan"]).fetchone() is None:
        return Looked()
    with transaction(db):
        run = _Pass(db, shift, now)
        moved = _give_way(run)
        new = sum(_enter(run, sequence) for sequence in shift.sop.interactions)
        moved += _overtake(run)
    return Looked(new, moved)


def _give_way(run: _Pass) -> int:
    """Ends or moves on the plans that the SOP or the calendar has overtaken."""
    contacts: dict[int, None] = {}
    for sequence, priority, step, since in run.db.execute(named()["walked_steps"]).fetchall():
        if is_stale(Walk(sequence, priority, step, None, since), run.now.day, run.shift):
            values = {"sequence": sequence, "priority": priority, "step": step, "since": since}
            contacts |= {c: None for (c,) in run.db.execute(named()["walkers_at"], values)}
    moved = 0
    for contact in contacts:
        state = derived.state_of(run.db, contact)
        if state is not None:
            plans = derived.plans_of(run.db, contact)
            then = looked_at(plans, state, run.now.day, run.shift)
            if then != Then():
                run.move(state, then)
                moved += 1
    return moved


def _enter(run: _Pass, sequence: Sequence) -> int:
    """Puts everybody into a sequence who fulfils its condition and is not in it; how many."""
    new: list[tuple[ContactState, Walk]] = []
    for state in [derived.state_from(row) for row in _candidates(run, sequence)]:
        if not _is_welcome(run, sequence, state):
            continue
        dated = sequence.kind is Walked.EVENT
        start = run.now.day if dated else run.free_day(state.owner)
        walk = entered(sequence, state, run.now.day, start, run.shift)
        if walk is not None:
            new.append((state, walk))
    if new:
        head = run.head(Kind.ENTERING, amount=len(new), text={"sequence": sequence.name})
        for state, walk in new:
            run.write(Kind.ENTERED, head, state, Then(plans=(walk,)))
    return len(new)


def _is_welcome(run: _Pass, sequence: Sequence, state: ContactState) -> bool:
    """Whether neither the contact's other plans nor a refusal of the same person forbid it."""
    if not may_join(sequence, derived.plans_of(run.db, state.contact), run.shift.sop):
        return False
    profile = profiles.profile_of(run.db, state.contact) or {}
    return not refused_elsewhere(run.db, state, profile)


def _candidates(run: _Pass, sequence: Sequence) -> list[tuple[object, ...]]:
    """Rows of states, from one statement over the sequence's condition."""
    if sequence.when is None or (sequence.on is not None and sequence.on < run.now.day):
        return []
    again = EVER
    if sequence.on is not None:
        again = sequence.on - 1
    elif sequence.again_after:
        again = run.now.day - sequence.again_after
    when = sequence.when.bound("w")
    values = {"sequence": sequence.id, "again": again, "today": run.now.day, **when.params}
    statement = f"{named()['may_enter']} AND ({when.sql}) ORDER BY s.contact"
    return run.db.execute(statement, values).fetchall()


def _overtake(run: _Pass) -> int:
    """Puts in front what by now goes first."""
    found = run.db.execute(named()["overtaking"], {"day": run.now.day}).fetchall()
    moved = 0
    for (contact,) in found:
        state = derived.state_of(run.db, contact)
        first = front(derived.plans_of(run.db, contact), run.now.day)
        if state is not None and first is not None and first.sequence != state.sequence:
            run.move(state, Then())
            moved += 1
    return moved
