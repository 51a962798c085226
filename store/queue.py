"""Today as the store knows it: who is due, how many, and how far the day has come."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.nouns import Reaction
from store.statements import named

LEVELS = range(9, -1, -1)
"""Priorities, highest first; each is one short range of the queue's index."""
BEGINNING = -(10**9)
"""A day number before every other."""
SHOWN = 4
"""Reactions of a contact that its line shows."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One line of Today's list."""

    contact: int
    name: str
    remark: str
    company: str
    owner: str
    stage: str
    sequence: str
    step: str
    due: int | None
    """Day number; None once no step is left."""
    snoozed: int
    """1 when it was put off by hand to this day."""
    priority: int
    touches: int
    friendly: int
    positive: int
    exploring: int
    rejecting: int
    last_reaction: Reaction | None
    reactions: tuple[Reaction, ...] = ()
    """What the latest messages that were answered brought, at most `SHOWN`, oldest first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue ended."""

    priority: int = 9
    due: int = BEGINNING
    contact: int = 0


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage's day, for one operator."""

    stage: str
    due: int
    sent: int
    reacted: int


def due_page(
    db: sqlite3.Connection, owner: str, stage: str, day: int, after: Place, limit: int
) -> tuple[DueRow, ...]:
    """The next contacts due by `day`: highest priority first, then longest due.

    Costs the same however many are due: one index range a priority level.
    """
    found: list[DueRow] = []
    for level in LEVELS:
        if level > after.priority:
            continue
        start = after if level == after.priority else Place(level)
        rows = db.execute(
            named()["due_after"],
            {
                "owner": owner,
                "stage": stage,
                "priority": level,
                "day": day,
                "from_day": start.due,
                "from_contact": start.contact,
                "n": limit - len(found),
            },
        ).fetchall()
        found.extend(_row(db, values) for values in rows)
        if len(found) >= limit:
            break
    return tuple(found)


def place_of(row: DueRow) -> Place:
    """Where the page after this row begins."""
    return Place(row.priority, row.due or BEGINNING, row.contact)


def stage_counts(
    db: sqlite3.Connection, operator: str, stages: tuple[str, ...], day: int
) -> tuple[StageCount, ...]:
    """Due and sent per stage, in the SOP's order; stages that only the desk knows come last."""
    due: Mapping[str, int] = dict(
        db.execute(named()["stage_counts"], {"owner": operator, "day": day})
    )
    done = {
        stage: (sends, reacted)
        for stage, sends, reacted in db.execute(
            named()["sent_by_stage"], {"operator": operator, "day": day}
        )
    }
    others = sorted((due.keys() | done.keys()) - set(stages))
    return tuple(
        StageCount(stage, due.get(stage, 0), *done.get(stage, (0, 0)))
        for stage in (*stages, *others)
        if stage in stages or due.get(stage) or stage in done
    )


def standing_aside(db: sqlite3.Connection, owner: str, day: int, limit: int) -> tuple[int, ...]:
    """Contacts whose step has come but who are paused, lost or not to be contacted."""
    rows = db.execute(named()["standing_aside"], {"owner": owner, "day": day, "n": limit})
    return tuple(contact for (contact,) in rows)


def next_due_day(db: sqlite3.Connection, owner: str, day: int) -> int | None:
    """The first day after `day` on which somebody is due."""
    found = db.execute(named()["next_due_day"], {"owner": owner, "day": day}).fetchone()
    return None if found is None or found[0] is None else int(found[0])


def owners_due(db: sqlite3.Connection, day: int) -> tuple[tuple[str, int], ...]:
    """Everybody with contacts due, and how many."""
    return tuple(db.execute(named()["owners_due"], {"day": day}))


def contacts_total(db: sqlite3.Connection) -> int:
    return int(db.execute(named()["contacts_total"]).fetchone()[0])


def due_row(db: sqlite3.Connection, contact: int) -> DueRow | None:
    """The line of one contact, due or not; None when it is not on the desk."""
    values = db.execute(named()["due_row"], {"contact": contact}).fetchone()
    return None if values is None else _row(db, values)


def _row(db: sqlite3.Connection, values: tuple[Any, ...]) -> DueRow:
    contact, *rest, last = values
    names = db.execute(named()["names_of"], {"contact": contact}).fetchone()
    reactions = () if last is None else _reactions(db, contact)  # most never answered
    known = (contact, *names, *rest, None if last is None else Reaction(last), reactions)
    return DueRow(*known)


def _reactions(db: sqlite3.Connection, contact: int) -> tuple[Reaction, ...]:
    newest = db.execute(named()["latest_reactions"], {"contact": contact, "n": SHOWN}).fetchall()
    return tuple(Reaction(reaction) for (reaction,) in reversed(newest))
