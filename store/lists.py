"""The lists of people to follow up: how many, who, why, and what somebody does about it.

Reads are those of one operator; counts and a page cost the same however many
contacts there are. They are of the day and the rules that were judged last
(`store.judged`); `store.list_pass.judge_all` brings them up to the day. A verb is
one event in the log and can be undone as every other step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from rules import staging
from rules.events import Care, ContactState, Event, Then
from rules.facts import Value, values
from rules.lists import NO_CARE, PROPOSAL, Explained, ListRule, explained
from rules.nouns import Kind
from rules.shift import Shift
from rules.sop import Sop
from rules.timing import Moment
from rules.wording import N_, DeskError, sentence
from store import derived, standing
from store.connection import transaction
from store.offering import NotOnDesk
from store.profiles import profile_of
from store.queue import BEGINNING, LEVELS
from store.statements import named
from store.verbs import Done, draft, kept_words, move, write

END = 10**9
"""A day number after every other."""


class NotOnList(DeskError):
    """The contact has no entry on the list."""

    def __init__(self, contact: str, name: str) -> None:
        """Whom and which list people call so."""
        what = N_('{contact} is not on the list "{name}"')
        super().__init__(sentence(what, contact=contact, name=name))


class NoNextStage(DeskError):
    """The contact's stage is the SOP's last one, or none of its."""

    def __init__(self, stage: str) -> None:
        super().__init__(sentence(N_('no stage follows "{stage}" in the SOP'), stage=stage))


@dataclass(frozen=True, slots=True)
class ListCount:
    """One list of an operator, in numbers."""

    rule: ListRule
    due: int
    """Entries due by the day asked for."""
    total: int


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where a page of a list ended."""

    later: bool = False
    """Among the entries that are not due yet."""
    priority: int = LEVELS[0]
    due: int = BEGINNING
    contact: int = 0


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of a list."""

    contact: int
    name: str
    remark: str
    company: str
    interest: str
    """Interest points, joined by commas."""
    state: ContactState
    since: int
    """Day number on which the contact came onto the list."""
    due: int
    """Day number."""
    facts: Mapping[str, Value]
    """What the list's reason may name; the words are the screen's."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a contact stands on a list, or does not."""

    explained: Explained
    rule: ListRule | None
    """None for what is only about the order of Today."""
    since: int | None
    """Day number on which it came onto the list, if it stands there."""
    due: int | None
    care: Care
    """What was done about its entry."""


def list_counts(db: sqlite3.Connection, owner: str, sop: Sop, day: int) -> tuple[ListCount, ...]:
    """Every list of the SOP, in its order, with what is due by `day` and all that stand on it."""
    numbers = dict(db.execute(named()["list_numbers"]).fetchall())
    rows = db.execute(named()["list_counts"], {"owner": owner, "day": day})
    found = {bit: (due, total) for bit, due, total in rows}
    return tuple(
        ListCount(rule, *found.get(numbers.get(rule.id, -1), (0, 0))) for rule in sop.lists
    )


def list_page(
    db: sqlite3.Connection,
    owner: str,
    rule: ListRule,
    day: int,
    after: EntryPlace = EntryPlace(),
    limit: int = 50,
) -> tuple[EntryRow, ...]:
    """The next entries: those due by `day` first, each part by priority and then by due day.

    `after` is `place_of` of the row before. Reads one short range of an index
    a priority.
    """
    numbers = dict(db.execute(named()["list_numbers"]).fetchall())
    bit = numbers.get(rule.id)
    found: list[EntryRow] = []
    for later in (False, True):
        for level in LEVELS:
            if (later, -level) < (after.later, -after.priority):
                continue
            start = EntryPlace(later, level, day + 1 if later else BEGINNING)
            if (later, level) == (after.later, after.priority):
                start = after
            rows = db.execute(
                named()["entries_due"],
                {
                    "owner": owner,
                    "list": bit,
                    "priority": level,
                    "day": END if later else day,
                    "from_day": start.due,
                    "from_contact": start.contact,
                    "n": limit - len(found),
                },
            ).fetchall()
            found += [_row(db, contact, since, due, day) for contact, since, due, _p in rows]
            if len(found) >= limit:
                return tuple(found)
    return tuple(found)


def entry_row(db: sqlite3.Connection, rule: ListRule, contact: int, day: int) -> EntryRow | None:
    """One contact's entry on a list; None when it does not stand there."""
    numbers = dict(db.execute(named()["list_numbers"]).fetchall())
    entry = standing.entries_of(db, contact).get(numbers.get(rule.id, -1))
    return None if entry is None else _row(db, contact, entry.since, entry.due, day)


def place_of(row: EntryRow, day: int) -> EntryPlace:
    """Where the page after this row begins, for a list read for `day`."""
    return EntryPlace(row.due > day, row.state.priority, row.due, row.contact)


def why(db: sqlite3.Connection, sop: Sop, contact: int, day: int) -> tuple[Why, ...]:
    """Every rule with its answer and the values it read, judged anew. Raises NotOnDesk."""
    state = _state(db, contact)
    force = standing.in_force(db)
    stored = standing.entries_of(db, contact)
    care = standing.care_of(db, contact)
    bits = force.rules.bits if force else {}
    rules = {rule.id: rule for rule in sop.lists}
    found = []
    for told in explained(sop.lists, sop.priorities, values(state, day)):
        rule, entry = rules.get(told.rule), stored.get(bits.get(told.rule, -1))
        done = care.get(told.rule, NO_CARE)
        since = due = None
        if rule is not None and told.matched:
            since = day if entry is None else entry.since
            due = rule.due.day(state, since, done)
        found.append(Why(told, rule, since, due, done))
    return tuple(found)


def follow_up(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, name: str, note: str = ""
) -> Done:
    """An entry was dealt with today: it is due again when its list says so.

    `name` is the list's id. Raises NotOnDesk, NotOnList.
    """
    event = draft(shift, now, Kind.FOLLOWED_UP, contact, text=kept_words({"note": note}))
    return _about(db, shift, event, name, None)


def put_off(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, name: str, day: int
) -> Done:
    """An entry waits until `day` (a day number), at least until tomorrow.

    Raises NotOnDesk, NotOnList.
    """
    event = draft(shift, now, Kind.PUT_OFF, contact)
    return _about(db, shift, event, name, max(day, now.day + 1))


def accept_stage(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, note: str = ""
) -> Done:
    """Moves a contact to the SOP's next stage and into its sequence.

    Raises NotOnDesk, NoNextStage.
    """
    with transaction(db):
        state = _state(db, contact)
        stage = staging.stage_after(shift.sop, state.stage)
        if stage is None:
            raise NoNextStage(state.stage)
        return move(db, shift, now, state, stage, kept_words({"note": note}))


def decline_stage(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, note: str = ""
) -> Done:
    """A proposed move is not made: it rests until the contact is heard again.

    Raises NotOnDesk, NotOnList.
    """
    with transaction(db):
        state = _state(db, contact)
        _on_list(db, shift, state, PROPOSAL)
        words = kept_words({"note": note})
        event = draft(shift, now, Kind.DECLINED, contact, stage=state.stage, text=words)
        return write(db, event, state)


def _about(
    db: sqlite3.Connection, shift: Shift, event: Event, name: str, until: int | None
) -> Done:
    with transaction(db):
        state = _state(db, event.contact or 0)
        _on_list(db, shift, state, name)
        told = event._replace(stage=state.stage, then=Then(list=name, until=until))
        return write(db, told, state)


def _on_list(db: sqlite3.Connection, shift: Shift, state: ContactState, name: str) -> None:
    force = standing.in_force(db)
    bit = None if force is None else force.rules.bits.get(name)
    if bit is None or not state.flags >> bit & 1:
        profile = profile_of(db, state.contact) or {}
        called = next((rule.name for rule in shift.sop.lists if rule.id == name), name)
        raise NotOnList(profile.get("name") or str(state.contact), called)


def _state(db: sqlite3.Connection, contact: int) -> ContactState:
    state = derived.state_of(db, contact)
    if state is None:
        raise NotOnDesk(contact)
    return state


def _row(db: sqlite3.Connection, contact: int, since: int, due: int, day: int) -> EntryRow:
    state = _state(db, contact)
    told = db.execute(named()["listed_person"], {"contact": contact}).fetchone()
    name, remark, company, interest = told
    return EntryRow(contact, name, remark, company, interest, state, since, due, values(state, day))
