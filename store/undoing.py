"""Undo and redo: events that take an event out of force or put it back, never a deletion.

The contact's log is folded anew without the undone event. A do-not-contact is
never lifted this way: it has a command of its own that asks for a reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.events import ContactState, Event
from rules.folding import MARKS
from rules.nouns import AUTOMATIC, NOTED, PARTS, Kind, Status
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import N_, DeskError, Sentence, sentence
from store import derived, log
from store.connection import transaction
from store.statements import named
from store.verbs import draft


class NothingToUndo(DeskError):
    def __init__(self, what: Sentence) -> None:
        super().__init__(what)


class StaysUndone(DeskError):
    """The step exists but may not be taken back this way."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An undo or redo that was written."""

    event: Event
    target: Event
    """What was taken back or done again."""
    state: ContactState | None
    """The contact's state after it; None when it left the desk, or for an import."""


def undo(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    *,
    same_day: bool = False,
    past_refusals: bool = False,
) -> Taken:
    """Takes back the operator's last step that stands.

    A do-not-contact is not taken back but stops the way, so that nobody takes
    back something else for it; with `past_refusals` it is passed by and stands.

    With `same_day` (the key) a step of an earlier desk day is left alone, and
    so is an import: it takes more than one press to take many contacts away. Raises
    NothingToUndo or StaysUndone.
    """
    with transaction(db):
        target = last_standing(db, shift.operator, past_refusals=past_refusals)
        if target is None:
            raise NothingToUndo(sentence(N_("nothing to undo")))
        if same_day and target.day != now.day:
            raise NothingToUndo(
                sentence(N_("nothing more of today to undo; earlier days: the Undo screen"))
            )
        if same_day and target.kind is Kind.IMPORT:
            raise NothingToUndo(
                sentence(N_("the last step is a whole import: take it back on the Undo screen"))
            )
        if same_day and target.kind is Kind.PUBLISH:
            raise NothingToUndo(
                sentence(N_("the last step published an SOP: take it back on the Undo screen"))
            )
        return _mark(db, shift, now, target, Kind.UNDO)


def redo(db: sqlite3.Connection, shift: Shift, now: Moment) -> Taken:
    """Does again what the operator undid last, unless something new was done since."""
    with transaction(db):
        target = last_undone(db, shift.operator)
        if target is None:
            raise NothingToUndo(sentence(N_("nothing to redo")))
        return _mark(db, shift, now, target, Kind.REDO)


def toggle(db: sqlite3.Connection, shift: Shift, now: Moment, seq: int) -> Taken:
    """Takes one step back, or does it again if it was taken back. Raises StaysUndone."""
    with transaction(db):
        target = next(log.events(db, "event_by_seq", seq=seq), None)
        if target is None or target.kind in (*MARKS, *NOTED):
            raise NothingToUndo(sentence(N_("there is no such step")))
        kind = Kind.REDO if is_undone(db, target) else Kind.UNDO
        return _mark(db, shift, now, target, kind)


def is_undone(db: sqlite3.Connection, event: Event) -> bool:
    """Whether an event is out of force."""
    if event.contact is None:
        return event.seq in derived.desk_marks(db)
    told = log.events(db, "events_of_contact", contact=event.contact)
    return event.seq in derived.undone(told, derived.desk_marks(db))


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step of an operator, and whether it stands."""

    event: Event
    undone: bool


def steps(db: sqlite3.Connection, operator: str) -> Iterator[StepTold]:
    """An operator's steps, newest first, without the undos themselves; read as far as asked."""
    settled: dict[int, Kind] = {}
    for event in _backwards(db, operator):
        if event.kind in MARKS:
            settled.setdefault(event.ref or 0, event.kind)
        elif event.kind not in NOTED and not (event.kind in PARTS and event.ref is not None):
            yield StepTold(event, settled.get(event.seq) is Kind.UNDO)


def last_standing(
    db: sqlite3.Connection, operator: str, *, past_refusals: bool = False
) -> Event | None:
    """The operator's newest step that is in force."""
    passed = (*AUTOMATIC, Kind.REFUSED) if past_refusals else AUTOMATIC
    standing = (s.event for s in steps(db, operator) if not s.undone)
    return next((event for event in standing if event.kind not in passed), None)


def last_undone(db: sqlite3.Connection, operator: str) -> Event | None:
    """What a redo would do again: the newest undo not redone, with no new step after it."""
    redone: set[int] = set()
    for event in _backwards(db, operator):
        if event.kind is Kind.REDO:
            redone.add(event.ref or 0)
        elif event.kind is Kind.UNDO:
            if event.ref not in redone:
                return next(log.events(db, "event_by_seq", seq=event.ref), None)
            redone.discard(event.ref or 0)
        elif event.kind not in NOTED:
            return None
    return None


def _backwards(db: sqlite3.Connection, operator: str) -> Iterator[Event]:
    return log.events(db, "events_backwards", operator=operator)


def _mark(db: sqlite3.Connection, shift: Shift, now: Moment, target: Event, kind: Kind) -> Taken:
    if target.kind is Kind.RESTORED:
        raise StaysUndone(
            sentence(N_("a restore is taken back by restoring the backup made before it")),
            sentence(N_("Look for it on the Backups screen, or with siyu backup list")),
        )
    if target.kind is Kind.ERASED:
        raise StaysUndone(sentence(N_("what was erased does not come back")))
    event = replace(draft(shift, now, kind, target.contact), ref=target.seq)
    if target.contact is None:
        return _mark_import(db, event, target)
    before = derived.state_of(db, target.contact)
    written = log.append(db, event)
    after = derived.refold(db, target.contact).state
    _refusal_stands(before, after)
    return Taken(written, target, after)


def _mark_import(db: sqlite3.Connection, event: Event, target: Event) -> Taken:
    """Takes a whole import back, or puts it back; not once its contacts were worked with."""
    contacts = [c for (c,) in db.execute(named()["batch_contacts"], {"seq": target.seq})]
    written = log.append(db, event)
    worked = 0
    for contact in contacts:
        before = derived.state_of(db, contact)
        after = derived.refold(db, contact).state
        _refusal_stands(before, after)
        worked += before is not None and after is None and before.last_seq > _last_of(db, contact)
    if worked:
        raise StaysUndone(
            sentence(
                N_("{n} contacts of this import have a history already, so it stays"), n=worked
            )
        )
    return Taken(written, target, None)


def _last_of(db: sqlite3.Connection, contact: int) -> int:
    """The newest event of a contact that an import wrote."""
    told = log.events(db, "events_of_contact", contact=contact)
    return max((e.seq for e in told if e.kind in PARTS and e.ref is not None), default=0)


def _refusal_stands(before: ContactState | None, after: ContactState | None) -> None:
    refused = before is not None and before.status is Status.DO_NOT_CONTACT
    if refused and (after is None or after.status is not Status.DO_NOT_CONTACT):
        raise StaysUndone(
            sentence(N_("do not contact is not undone, only taken back with a reason")),
            sentence(N_("Use resume, and say why")),
        )
