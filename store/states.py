"""Contacts as they stand: their states, plans and touches, read and not changed.

Apart from what writes them, so that whoever only looks loads no folding of the log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from rules.events import ContactState, Touch, Walk
from rules.nouns import Reaction, Status
from store.statements import named, run

STATE_FIELDS = ContactState._fields
TOUCH_FIELDS = Touch._fields
STATUS, STATE_REACTION = STATE_FIELDS.index("status"), STATE_FIELDS.index("last_reaction")
TOUCH_REACTION = TOUCH_FIELDS.index("reaction")


def state_of(db: sqlite3.Connection, contact: int) -> ContactState | None:
    """The state of a contact, None when it is not on the desk."""
    row = run(db, "state", {"contact": contact}).fetchone()
    return None if row is None else state_from(row)


def state_from(row: Iterable[Any]) -> ContactState:
    """A state from all its columns; ValueError when a statement forgot one."""
    values = list(row)
    if len(values) != len(STATE_FIELDS):
        raise ValueError(f"{len(values)} columns of {len(STATE_FIELDS)}")
    values[STATUS] = Status(values[STATUS])
    if values[STATE_REACTION] is not None:
        values[STATE_REACTION] = Reaction(values[STATE_REACTION])
    return ContactState(*values)


def plans_of(db: sqlite3.Connection, contact: int) -> dict[str, Walk]:
    """The plans of a contact that has, or had, several; empty for most."""
    rows = db.execute(named()["plans"], {"contact": contact})
    return {walk.sequence: walk for walk in (Walk(*values) for values in rows)}


def touch_of(db: sqlite3.Connection, seq: int) -> Touch | None:
    row = run(db, "touch", {"seq": seq}).fetchone()
    return None if row is None else touch_from(row)


def touches_of(db: sqlite3.Connection, contact: int) -> dict[int, Touch]:
    """A contact's live touches by sequence number, oldest first."""
    rows = run(db, "touches_of_contact", {"contact": contact})
    return {touch.seq: touch for touch in map(touch_from, rows)}


def touch_from(row: Iterable[Any]) -> Touch:
    values = list(row)
    if values[TOUCH_REACTION] is not None:
        values[TOUCH_REACTION] = Reaction(values[TOUCH_REACTION])
    return Touch(*values)
