"""The derived tables: written by difference, in the transaction of the event that changed them.

Every counter is a sum over states and touches, so a change writes what the new
value counts for minus what the old one counted for. Undo, rebuild and the hot
path share these functions, which is why they agree. What they are read with
stands in `store.states`; whoever writes finds it here as well.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any

from rules.events import ContactState, Event, Plans, Touch, Walk
from rules.folding import (
    NOBODY,
    Folded,
    Undone,
    care_after,
    fold,
    follow,
    interests,
    out_of_force,
    profile_after,
    undone_events,
)
from rules.lessons import lesson_of, lessons
from rules.merging import fold_together, under
from rules.nouns import MONEY, Kind, Status
from rules.periods import month_of
from rules.purchases import state_facts
from rules.walks import follow_plans
from store import given_up, learning, log, merged, profiles, standing
from store.desk_file import note
from store.money_told import bought_by
from store.statements import named, numbered, run
from store.states import STATE_FIELDS as STATE_FIELDS
from store.states import TOUCH_FIELDS as TOUCH_FIELDS
from store.states import plans_of as plans_of
from store.states import state_from as state_from
from store.states import state_of as state_of
from store.states import touch_from as touch_from
from store.states import touch_of as touch_of
from store.states import touches_of as touches_of

Key = tuple[Any, ...]
"""Of a counter, see `due_keys` and `credits_of`."""


def save_plans(db: sqlite3.Connection, contact: int, before: Plans, after: Plans) -> None:
    """Writes the plans that differ."""
    for sequence in before.keys() - after.keys():
        db.execute(named()["drop_plan"], {"contact": contact, "sequence": sequence})
    for walk in after.values():
        if before.get(walk.sequence) != walk:
            db.execute(named()["save_plan"], {"contact": contact, **plan_row(walk)})


def plan_row(walk: Walk) -> dict[str, Any]:
    return walk._asdict()


def record(
    db: sqlite3.Connection,
    event: Event,
    before: ContactState | None,
    answered: Touch | None = None,
    plans: Plans | None = None,
) -> ContactState:
    """Writes state, touch and counters that follow from an event just appended.

    `before` is the state read in this transaction, `answered` the touch that
    the event refers to and `plans` the contact's plans, if they were read here
    too. Raises ValueError for an event about a contact that is not on the desk.
    """
    if answered is None and event.ref is not None and event.kind is Kind.REACTION:
        answered = touch_of(db, event.ref)
    after, touch = follow(before, event, answered)
    if after is None:
        raise ValueError(f"event {event.seq} is about nobody on the desk")
    given_up.record(db, event, before)
    after = _with_file(db, event, after)
    if plans is None:
        plans = {} if before is None else plans_of(db, after.contact)
    if plans or event.then.plans:
        after, moved = follow_plans(before, after, plans, event)
        save_plans(db, after.contact, plans, moved)
    after = stand(db, before, after)
    if touch is not None:
        save_touch(db, answered, touch)
    if event.kind is Kind.REACTION:
        _learn(db, event, answered)
    return after


def _with_file(db: sqlite3.Connection, event: Event, after: ContactState) -> ContactState:
    """Writes what an event adds to the contact's file; the state with what is counted there."""
    if "interest" in event.text:
        profile = profile_after(profiles.profile_of(db, after.contact) or {}, event)
        profiles.save(db, after.contact, profile)
        after = after._replace(interests=interests(profile))
    if event.kind in MONEY:
        after = after._replace(**state_facts(bought_by(db, after.contact, desk_marks(db))))
    if event.kind is Kind.KEPT_APART and event.then.other is not None:
        merged.keep_apart(db, after.contact, event.then.other)
    if event.then.list is not None:
        care = care_after(standing.care_of(db, after.contact), event)
        standing.save_care(db, after.contact, care)
    return after


def _learn(db: sqlite3.Connection, event: Event, answered: Touch | None) -> None:
    """What a reaction teaches; one without words may correct the one before it."""
    lesson = lesson_of(event)
    if lesson is not None:
        learning.add(db, lesson)
    elif answered is not None and answered.reaction_seq is not None:
        relearn(db, event.contact or 0)


def relearn(db: sqlite3.Connection, contact: int) -> None:
    """Learns from a contact's log anew, with those of contacts merged with it."""
    told = [under(event, contact) for event in events_of(db, merged.members(db, contact))]
    learning.renew(db, contact, lessons(told, undone(told, desk_marks(db))))


def stand(
    db: sqlite3.Connection,
    before: ContactState | None,
    after: ContactState,
    since: Mapping[str, int] = standing.AS_STORED,
) -> ContactState:
    """Judges a state by the rules in force and writes it with its entries on lists."""
    force = standing.in_force(db)
    after = standing.judged(force, after)
    save_state(db, before, after)
    standing.save_entries(db, force, before, after, since)
    return after


def refold(
    db: sqlite3.Connection,
    contact: int,
    *others: int,
    stood: Iterable[tuple[int, str, int]] = (),
) -> Folded:
    """Folds a contact's log anew and writes whatever differs; the way back of an undo.

    With it the logs of all contacts merged with it or with `others`; what is
    returned is that of the contact that holds them. `stood` says since when
    contacts stood on lists (contact, list, day) where that is not stored.
    """
    members = merged.members(db, contact, *others)
    groups = folded_with(db, members)
    touched = {seq: touch for member in members for seq, touch in touches_of(db, member).items()}
    wanted = {seq: touch for folded in groups.values() for seq, touch in folded.touches.items()}
    for member in members:
        since = {name: day for whose, name, day in stood if whose == member}
        state = _write_folded(db, member, groups.get(member, NOBODY), since)
        if member in groups:
            groups[member] = replace(groups[member], state=state)
    for seq in sorted(touched.keys() | wanted.keys()):
        if touched.get(seq) != wanted.get(seq):
            save_touch(db, touched.get(seq), wanted.get(seq))
    merged.save(db, members, groups)
    return groups.get(merged.holder(db, contact), NOBODY)


def folded_with(db: sqlite3.Connection, members: Collection[int]) -> dict[int, Folded]:
    """What the logs of a contact, and of those merged with it, add up to."""
    told = events_of(db, members)
    out = undone(told, desk_marks(db))
    if len(members) > 1:
        return fold_together(told, out)
    return {contact: fold(told, out) for contact in members}


def _write_folded(
    db: sqlite3.Connection, contact: int, folded: Folded, since: Mapping[str, int]
) -> ContactState | None:
    """Writes what one contact's log adds up to, apart from its touches."""
    standing.save_care(db, contact, folded.care)
    save_plans(db, contact, plans_of(db, contact), folded.plans)
    learning.renew(db, contact, folded.lessons)
    profiles.save(db, contact, folded.profile if folded.state else None)
    given_up.save(db, contact, folded.given_up if folded.state else ())
    stood = state_of(db, contact)
    if is_refusal(folded.state):
        note(db)  # they may be known by something else now
    if folded.state is not None:
        return stand(db, stood, folded.state, since)
    save_state(db, stood, None, contact)
    standing.save_entries(db, standing.in_force(db), stood, None)
    return None


def events_of(db: sqlite3.Connection, contacts: Iterable[int]) -> list[Event]:
    """All events of some contacts, in log order."""
    told = (e for c in contacts for e in log.events(db, "events_of_contact", contact=c))
    return sorted(told, key=attrgetter("seq"))


def desk_marks(db: sqlite3.Connection) -> Undone:
    """Imports and other events of the whole desk that are undone."""
    rows = db.execute(named()["desk_marks"])
    return undone_events((ref, Kind(kind), place) for ref, kind, place in rows)


def undone(told: Iterable[Event], imports: Undone) -> Undone:
    """Which of a contact's events are out of force: undone themselves, or with their import."""
    return out_of_force(told, imports)


def save_state(
    db: sqlite3.Connection,
    before: ContactState | None,
    after: ContactState | None,
    contact: int = 0,
) -> None:
    """Writes a contact's state and moves the due counts with it."""
    if before == after:
        return
    if is_refusal(before) is not is_refusal(after):
        note(db)
    if after is None:
        run(db, "drop_state", {"contact": contact})
    elif before is None:
        run(db, "save_state", row(after))
    else:
        update_state(db, before, after)
    count_due(db, difference(due_keys(before), due_keys(after)))


def is_refusal(state: ContactState | None) -> bool:
    """Whether a contact is not to be contacted."""
    return state is not None and state.status is Status.DO_NOT_CONTACT


def update_state(db: sqlite3.Connection, before: ContactState, after: ContactState) -> None:
    """Writes the columns that differ and no other.

    A column that is set moves its row in each index over it, changed or not.
    """
    pairs = zip(STATE_FIELDS, before, after, strict=True)
    changes = plain({name: new for name, old, new in pairs if new != old})
    db.execute(update_of(tuple(changes)), (*changes.values(), after.contact))


@cache
def update_of(columns: tuple[str, ...]) -> str:
    """The statement that sets these columns of one contact's state."""
    told = ", ".join(f"{column} = ?" for column in columns)
    return f"UPDATE contact_state SET {told} WHERE contact = ?"  # noqa: S608 - names of fields


def save_touch(db: sqlite3.Connection, before: Touch | None, after: Touch | None) -> None:
    """Writes a touch, or takes it away, and moves the content and day counters with it."""
    known = after or before
    if known is None:
        return
    if after is None:
        run(db, "drop_touch", {"seq": known.seq})
    elif before is None:
        run(db, "add_touch", row(after))
    else:
        # A contact that is set moves the row in the indexes over it, changed or not.
        kept = "answer_touch" if before.contact == after.contact else "move_touch"
        run(db, kept, row(after))
    count_touches(db, difference(credits_of(before), credits_of(after)))


def difference(before: Iterable[Key], after: Iterable[Key]) -> dict[Key, int]:
    """What must be added to the counters that held `before`, so that they hold `after`."""
    if before == after:
        return {}
    changes = dict.fromkeys(after, 1)
    for key in before:
        changes[key] = changes.get(key, 0) - 1
    return changes


def due_keys(state: ContactState | None) -> tuple[Key, ...]:
    """What a state counts for in `due_count`: owner, day, stage."""
    if state is None or state.due is None or state.status is not Status.ACTIVE:
        return ()
    return ((state.owner, state.due, state.stage),)


def credits_of(touch: Touch | None) -> tuple[Key, ...]:
    """What a touch counts for: table, the key of its row there, the counter's name."""
    if touch is None:
        return ()
    _seq, _contact, operator, day, _at, content, variant, digest, version, stage, *_ = touch
    text = (content, version, variant, digest, stage, month_of(day), operator)
    sent = (("content", text, "sends"), ("day", (operator, day, stage), "sends"))
    if touch.reaction is None:
        return sent
    answered = (operator, touch.reaction_day, stage)
    return (*sent, ("content", text, touch.reaction.value), ("day", answered, "reacted"))


def count_due(db: sqlite3.Connection, changes: Mapping[Key, int]) -> None:
    statement, _ = numbered("count_due")
    for key, n in sorted(changes.items()):
        if n:
            db.execute(statement, (*key, n))


CONTENT_KEY = ("content", "version", "variant", "digest", "stage", "month", "operator")
CONTENT_COUNTERS = ("sends", "friendly", "positive", "exploring", "rejecting", "lost")
DAY_KEY = ("operator", "day", "stage")
DAY_COUNTERS = ("sends", "reacted")


def count_touches(db: sqlite3.Connection, changes: Mapping[Key, int]) -> None:
    """Adds credited differences to the content and day counters, one row a key."""
    rows: dict[Key, dict[str, int]] = {}
    for (table, key, counter), n in changes.items():
        if n:
            rows.setdefault((table, key), {})[counter] = n
    for (table, key), counts in sorted(rows.items()):
        of_content = table == "content"
        statement, _ = numbered("count_content" if of_content else "count_day")
        names = CONTENT_COUNTERS if of_content else DAY_COUNTERS
        db.execute(statement, (*key, *[counts.get(name, 0) for name in names]))


def row(value: ContactState | Touch) -> dict[str, Any]:
    """A state or touch as named parameters, its enums as their plain text."""
    return plain(value._asdict())


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Columns with their enums as the text that is stored."""
    for name in ("status", "last_reaction", "reaction"):
        if values.get(name) is not None:
            values[name] = values[name].value
    return values
