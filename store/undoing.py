"""Undo and redo: events that take an event out of force or put it back, never a deletion.

The contact's log is folded anew without the undone event. A do-not-contact is
never lifted this way: it has a command of its own that asks for a reason.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.events import ContactState, Event, Then
from rules.folding import MARKS, TELLING
from rules.nouns import AUTOMATIC, NOTED, PARTS, Kind, Status
from rules.purchases import day_told
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import N_, DeskError, sentence
from store import derived, log, merged
from store.connection import transaction
from store.derived import is_refusal
from store.profiles import profile_of
from store.statements import named
from store.strangers import strangers
from store.suppression import identities, suppressed
from store.verbs import draft

_PART_KINDS = (*PARTS, Kind.REFUSED)
"""A refusal that an import or a restore told of is no step of its own, and never undone with it."""


class NothingToUndo(DeskError):
    """No step is left to take back or to do again."""


class StaysUndone(DeskError):
    """The step exists but may not be taken back this way."""


FIRST_PAGE, PAGE = 8, 200
"""Events read at once: an undo needs the first few, the Undo screen many."""


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
    only_today: bool = False,
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
        if only_today and day_told(target) != now.day:
            raise NothingToUndo(
                sentence(N_("nothing more of today to undo")),
                sentence(N_("An earlier day's: siyu undo --earlier")),
            )
        if same_day and day_told(target) != now.day:
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
        elif event.kind not in NOTED and not (event.kind in _PART_KINDS and event.ref is not None):
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
    """An operator's events, newest first, read in pages: what is asked for later holds no lock."""
    before, rows = sys.maxsize, FIRST_PAGE
    while page := [
        *log.events(db, "events_backwards", operator=operator, before=before, rows=rows)
    ]:
        yield from page
        before, rows = page[-1].seq, PAGE


def parts(db: sqlite3.Connection, seq: int) -> tuple[Event, ...]:
    """The merges and pauses that were one step."""
    return tuple(log.events(db, "parts_of", seq=seq))


def _mark(db: sqlite3.Connection, shift: Shift, now: Moment, target: Event, kind: Kind) -> Taken:
    if target.kind is Kind.RESTORED:
        raise StaysUndone(
            sentence(N_("a restore is taken back by restoring the backup made before it")),
            sentence(N_("Look for it on the Backups screen, or with siyu backup list")),
        )
    if target.kind is Kind.ERASED:
        raise StaysUndone(sentence(N_("what was erased does not come back")))
    if kind is Kind.UNDO and target.kind is Kind.REFUSED:
        # Also one that was lifted since: the lifting may be undone afterwards.
        raise _refusal_stays()
    event = draft(shift, now, kind, target.contact)._replace(ref=target.seq)
    if target.kind is Kind.CLEANED:
        return _mark_cleaning(db, event, target, parts(db, target.seq))
    if target.contact is None:
        return _mark_import(db, event, target)
    if target.kind is Kind.MERGED:
        return _mark_cleaning(db, event, target, (target,))
    before = derived.state_of(db, merged.holder(db, target.contact))
    if kind is Kind.UNDO and _refuses(target) and len(merged.members(db, target.contact)) > 1:
        # Another refusal may stand for the merged person now, and not after an un-merge.
        raise _refusal_stays()
    known = _identities(db, target.contact)
    written = log.append(db, event)
    after = derived.refold(db, target.contact).state
    _refusal_stands(before, after)
    _keeps_its_number(db, event, after, known)
    _erased_stay_away(db, target.contact, known)
    return Taken(written, target, after)


def _mark_cleaning(
    db: sqlite3.Connection, event: Event, target: Event, parts: Sequence[Event]
) -> Taken:
    """Takes merges and pauses back, or does them again.

    A refusal told while two contacts were one holds for both afterwards.
    """
    pairs = [tuple(c for c in (p.contact, p.then.other) if c is not None) for p in parts]
    before = {c: derived.state_of(db, c) for pair in pairs for c in merged.members(db, *pair)}
    groups = {c: merged.members(db, c) for c in before}
    holders = {p.seq: before.get(merged.holder(db, p.contact or 0)) for p in parts}
    written = log.append(db, event)
    back = event.kind is Kind.UNDO
    for part, pair in reversed([*zip(parts, pairs, strict=True)]):
        derived.refold(db, *pair, stood=part.then.stood if back else ())
    for part in parts if back else ():
        _refused_meanwhile(db, written, part, holders[part.seq])
    for contact, state in before.items():
        after = [derived.state_of(db, merged.holder(db, c)) for c in groups[contact]]
        _refusal_stands(state, next((s for s in after if is_refusal(s)), None))
        if state is None and not is_refusal(derived.state_of(db, contact)):
            _erased_stay_away(db, contact, {})
    state = None if target.contact is None else derived.state_of(db, target.contact)
    return Taken(written, target, state)


def _refused_meanwhile(
    db: sqlite3.Connection, mark: Event, part: Event, stood: ContactState | None
) -> None:
    """Refuses the contact that an un-merge gives back, if the person refused since the merge."""
    other = part.then.other
    if other is None or stood is None or not is_refusal(stood):
        return
    contact = merged.holder(db, other)
    state = derived.state_of(db, contact)
    if state is None or is_refusal(state) or (stood.status_seq or 0) < part.seq:
        return
    told = next(log.events(db, "event_by_seq", seq=stood.status_seq), None)
    reason = told.text.get("reason", "") if told else ""
    refused = mark._replace(
        uuid=os.urandom(16).hex(),
        kind=Kind.REFUSED,
        contact=contact,
        ref=None,
        stage=state.stage,
        then=Then(status=Status.DO_NOT_CONTACT),
        text={"reason": reason} if reason else {},
    )
    derived.record(db, log.append(db, refused), state)


def _mark_import(db: sqlite3.Connection, event: Event, target: Event) -> Taken:
    """Takes a whole import back, or puts it back; not once its contacts were worked with."""
    contacts = [c for (c,) in db.execute(named()["batch_contacts"], {"seq": target.seq})]
    written = log.append(db, event)
    worked = 0
    for contact in contacts:
        if event.kind is Kind.UNDO and _is_merged_since(db, contact, target):
            worked += 1
            continue
        before = derived.state_of(db, merged.holder(db, contact))
        known = _identities(db, contact)
        after = derived.refold(db, contact).state
        _refusal_stands(before, after)
        _keeps_its_number(db, event, after, known)
        _erased_stay_away(db, contact, known)
        worked += before is not None and after is None and before.last_seq > _last_of(db, contact)
    if worked:
        raise StaysUndone(
            sentence(
                N_("{n} contacts of this import have a history already, so it stays"), n=worked
            )
        )
    return Taken(written, target, None)


def _is_merged_since(db: sqlite3.Connection, contact: int, batch: Event) -> bool:
    """Whether a contact that a batch brought, or refused, is one with another by now."""
    if len(merged.members(db, contact)) == 1:
        return False
    told = log.events(db, "events_of_contact", contact=contact)
    return any(e.ref == batch.seq and (e.kind is Kind.ADDED or _refuses(e)) for e in told)


def _last_of(db: sqlite3.Connection, contact: int) -> int:
    """The newest event of a contact that an import wrote."""
    told = log.events(db, "events_of_contact", contact=contact)
    return max((e.seq for e in told if e.kind in PARTS and e.ref is not None), default=0)


def _identities(db: sqlite3.Connection, contact: int) -> dict[str, str]:
    """The phone and ids that a contact has now."""
    return identities(profile_of(db, merged.holder(db, contact)) or {})


def _erased_stay_away(db: sqlite3.Connection, contact: int, before: Mapping[str, str]) -> None:
    """Raises StaysUndone when a contact comes to a phone or id of somebody who was erased."""
    now = _identities(db, contact)
    new = {name: value for name, value in now.items() if before.get(name) != value}
    if new and suppressed(db).holds(new):
        raise StaysUndone(sentence(N_("the phone or id is that of somebody who was erased")))
    after = derived.state_of(db, merged.holder(db, contact))
    profile = profile_of(db, merged.holder(db, contact)) or {}
    if new and not is_refusal(after) and strangers(db).holds(profile):
        raise StaysUndone(
            sentence(N_("the phone or id is that of somebody who asked not to be contacted"))
        )


def _keeps_its_number(
    db: sqlite3.Connection, mark: Event, after: ContactState | None, before: Mapping[str, str]
) -> None:
    """Raises StaysUndone when a redo takes away the phone or id under which somebody refused.

    What is put back was undone when they refused, and older: the log would say
    that they had never been known by it.
    """
    if mark.kind is not Kind.REDO or after is None or not is_refusal(after):
        return
    told = {"seq": mark.ref, "before": after.status_seq or 0}
    if db.execute(named()["marked_before"], told).fetchone() != (Kind.UNDO.value,):
        return
    now = _identities(db, after.contact)
    if any(before.get(name, "") not in ("", now.get(name)) for name in TELLING):
        raise StaysUndone(
            sentence(N_("they refused under the phone or id that this would take away")),
            sentence(N_("Write the new one into the contact: the old one is kept as refused")),
        )


def _refusal_stands(before: ContactState | None, after: ContactState | None) -> None:
    if is_refusal(before) and not is_refusal(after):
        raise _refusal_stays()


def _refuses(event: Event) -> bool:
    return event.then.status is Status.DO_NOT_CONTACT


def _refusal_stays() -> StaysUndone:
    return StaysUndone(
        sentence(N_("do not contact is not undone, only taken back with a reason")),
        sentence(N_("Use resume, and say why")),
    )
