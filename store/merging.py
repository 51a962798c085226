"""Cleaning the desk: contacts made one, kept apart, or paused together; and the way back.

A merge is one event on the contact that goes on; the other's history and file
are folded under it. Several in one go answer to one head and are undone as one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from rules.events import ContactState, Event, Then
from rules.interactions import put_off
from rules.nouns import Kind, Status
from rules.shift import Shift
from rules.timing import Moment, working_day_from
from rules.wording import N_, DeskError, sentence
from store import derived, log, merged, standing, undoing
from store.connection import transaction
from store.offering import NotOnDesk
from store.undoing import Taken
from store.verbs import Done, draft, write


class SamePerson(DeskError):
    """Two ids that mean one contact already."""

    def __init__(self) -> None:
        super().__init__(sentence(N_("these are one contact already")))


class NeverMerged(DeskError):
    def __init__(self, contact: int) -> None:
        super().__init__(
            sentence(N_("contact {contact} was not merged with another one"), contact=contact),
            sentence(N_("siyu unmerge takes the id of one of the two")),
        )


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was done with several contacts in one go."""

    event: Event | None
    """The head; None when nothing was left to do."""
    count: int


def merge(db: sqlite3.Connection, shift: Shift, now: Moment, survivor: int, other: int) -> Done:
    """Makes `other` go on under `survivor`. Raises NotOnDesk, SamePerson."""
    with transaction(db):
        return _merge(db, shift, now, survivor, other, None)


def merge_all(
    db: sqlite3.Connection, shift: Shift, now: Moment, pairs: Iterable[tuple[int, int]]
) -> Cleaned:
    """Merges pairs, the survivor of each first, as one step of the operator."""
    with transaction(db):
        head: Event | None = None
        count = 0
        for survivor, other in pairs:
            if merged.holder(db, survivor) == merged.holder(db, other):
                continue
            head = head or log.append(db, draft(shift, now, Kind.CLEANED, None))
            _merge(db, shift, now, survivor, other, head.seq)
            count += 1
    return Cleaned(head, count)


def unmerge(db: sqlite3.Connection, shift: Shift, now: Moment, contact: int) -> Taken:
    """Takes back the merge of a contact, by the id that it had; the latest one by the survivor's.

    Raises NeverMerged.
    """
    known = merged.merges_of(db, contact)
    own = [merge for merge in known if merge.contact == contact] or known
    if not own:
        raise NeverMerged(contact)
    return undoing.toggle(db, shift, now, own[-1].seq)


def keep_apart(db: sqlite3.Connection, shift: Shift, now: Moment, one: int, two: int) -> Done:
    """Says that two contacts are two people: the pair is not proposed again."""
    with transaction(db):
        first, second = _on_desk(db, one), _on_desk(db, two)
        if first.contact == second.contact:
            raise SamePerson
        then = Then(other=second.contact)
        event = draft(shift, now, Kind.KEPT_APART, first.contact, stage=first.stage, then=then)
        return write(db, event, first)


def pause_all(
    db: sqlite3.Connection, shift: Shift, now: Moment, contacts: Iterable[int]
) -> Cleaned:
    """Pauses those of some contacts who are active, as one step of the operator."""
    with transaction(db):
        head: Event | None = None
        count = 0
        for contact in contacts:
            state = derived.state_of(db, contact)
            if state is None or state.status is not Status.ACTIVE:
                continue
            head = head or log.append(db, draft(shift, now, Kind.CLEANED, None))
            then = Then(status=Status.PAUSED)
            event = draft(shift, now, Kind.PAUSED, contact, stage=state.stage, then=then)
            write(db, event._replace(ref=head.seq), state)
            count += 1
    return Cleaned(head, count)


def _merge(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    survivor: int,
    other: int,
    head: int | None,
) -> Done:
    """One merge within a transaction."""
    one, two = _on_desk(db, survivor), _on_desk(db, other)
    if one.contact == two.contact:
        raise SamePerson
    then = _interval_kept(db, shift, one, two)._replace(
        other=two.contact, stood=_stood(db, one, two)
    )
    event = draft(shift, now, Kind.MERGED, one.contact, stage=one.stage, ref=head, then=then)
    written = log.append(db, event)
    state = derived.refold(db, one.contact, two.contact).state
    if state is None:
        raise NotOnDesk(survivor)
    return Done(written, state)


def _on_desk(db: sqlite3.Connection, contact: int) -> ContactState:
    state = derived.state_of(db, merged.holder(db, contact))
    if state is None:
        raise NotOnDesk(contact)
    return state


def _interval_kept(
    db: sqlite3.Connection, shift: Shift, one: ContactState, two: ContactState
) -> Then:
    """The survivor's next day, later where the other's latest message is too near to it."""
    planned = two if one.sequence is None else one
    if planned.due is None or two.last_touch_day is None:
        return Then()
    earliest = working_day_from(two.last_touch_day + shift.settings.interval_days, shift.calendar)
    if earliest <= planned.due:
        return Then()
    plans = derived.plans_of(db, planned.contact)
    return put_off(plans, planned, earliest, by_hand=False) if plans else Then(due=earliest)


def _stood(db: sqlite3.Connection, *states: ContactState) -> tuple[tuple[int, str, int], ...]:
    """Since when contacts stand on lists: nothing else in the log says so."""
    force = standing.in_force(db)
    names = {bit: name for name, bit in force.rules.bits.items()} if force else {}
    return tuple(
        (state.contact, names[bit], entry.since)
        for state in states
        for bit, entry in sorted(standing.entries_of(db, state.contact).items())
        if bit in names
    )
