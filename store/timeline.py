"""Everything that happened with one contact, in the order of the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from rules.events import Event, Touch
from rules.folding import MARKS
from store import derived, log, merged, profiles
from store.statements import named


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a contact's history."""

    event: Event
    undone: bool
    """Out of force: taken back, or its import was."""
    script: str
    """The template that was sent, for messages; empty otherwise."""
    other: str = ""
    """The name of who was merged into the contact, or found to be somebody else."""
    target: Event | None = None
    """What an undo took back, or a redo did again."""


def timeline(db: sqlite3.Connection, contact: int) -> tuple[Entry, ...]:
    """A contact's events, oldest first, with those of contacts merged into or with it.

    Empty when there never was such a contact.
    """
    events = derived.events_of(db, merged.members(db, contact))
    out = derived.undone(events, derived.desk_marks(db))
    known = {event.seq: event for event in events}
    return tuple(
        Entry(e, e.seq in out, script_of(db, e), other_name(db, e), _target(db, e, known))
        for e in events
    )


def _target(db: sqlite3.Connection, event: Event, known: Mapping[int, Event]) -> Event | None:
    """The event that an undo or redo is about, a desk's own one too."""
    if event.kind not in MARKS or event.ref is None:
        return None
    return known.get(event.ref) or next(log.events(db, "event_by_seq", seq=event.ref), None)


def other_name(db: sqlite3.Connection, event: Event) -> str:
    """What the contact is called whom an event names beside its own; empty without one."""
    other = event.then.other
    if other is None:
        return ""
    profile = profiles.profile_of(db, other) or merged.profile_of(db, other)
    return profile.get("name", "")


def known_name(db: sqlite3.Connection, contact: int) -> str:
    """What a contact is called, or was while on the desk; empty when nobody knows any more."""
    profile = profiles.profile_of(db, contact) or merged.profile_of(db, contact)
    if profile:
        return profile.get("name", "")
    told = [e.text for e in log.events(db, "events_of_contact", contact=contact)]
    return next((text["name"] for text in reversed(told) if text.get("name")), "")


def script_of(db: sqlite3.Connection, event: Event) -> str:
    """The template of a message's script, as it stood when it was sent."""
    row = db.execute(
        named()["script_body"],
        {"digest": event.digest, "content": event.content, "variant": event.variant},
    ).fetchone()
    return "" if row is None else str(row[0])


def any_script(db: sqlite3.Connection, content: str) -> str:
    """A template of a content that was sent, the same at every call; empty when none was."""
    row = db.execute(named()["any_script"], {"content": content}).fetchone()
    return "" if row is None else str(row[0])


@dataclass(frozen=True, slots=True)
class TouchTold:
    """A touch and what the contact said to it."""

    touch: Touch
    reply: str
    """The words of the reply; empty without."""
    script: str = ""
    """The template that was sent; it tells of a content that the SOP has no more."""
    note: str = ""
    """What the operator noted with the reaction; empty without."""


def last_touches(db: sqlite3.Connection, contact: int, n: int) -> tuple[TouchTold, ...]:
    """A contact's latest touches that stand, newest first."""
    rows = db.execute(named()["last_touches"], {"contact": contact, "n": n})
    found = []
    for *values, body, script in rows:
        words = json.loads(body) if body else {}
        told = words.get("reply", ""), script or "", words.get("note", "")
        found.append(TouchTold(derived.touch_from(values), *told))
    return tuple(found)
