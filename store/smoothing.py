"""Spreading a backlog: what is due beyond the day's cap moves to the coming working days."""

from __future__ import annotations

import sqlite3

from rules.events import Then
from rules.interactions import put_off
from rules.nouns import Kind
from rules.planning import spread
from rules.shift import Shift
from rules.timing import Moment
from store import derived, log
from store.connection import transaction
from store.statements import named
from store.verbs import draft


def spread_backlog(db: sqlite3.Connection, shift: Shift, now: Moment) -> int:
    """Leaves the most pressing due today, up to the cap, and moves the others on.

    The first are those of the highest priority, then the longest due. Returns
    how many moved; none on a day off. One step, undone as one.
    """
    if not shift.calendar.is_working(now.day):
        return 0
    with transaction(db):
        late = surplus(db, shift, now.day)
        if not late:
            return 0
        head = log.append(db, draft(shift, now, Kind.SPREAD, None)._replace(amount=len(late)))
        days = spread(
            now.day + 1, planned(db, shift, now.day), shift.settings.daily_cap, shift.calendar
        )
        seq, link = db.execute(named()["last_link"]).fetchone()
        for contact, day in zip(late, days, strict=False):
            before, plans = derived.state_of(db, contact), derived.plans_of(db, contact)
            moved = before and plans and put_off(plans, before, day, by_hand=False)
            told = {"ref": head.seq, "then": moved or Then(due=day)}
            event = draft(shift, now, Kind.PLANNED, contact, **told)
            event, link = log.append_after(db, event, seq, link)
            seq = event.seq
            derived.record(db, event, before, plans=plans)
    return len(late)


def surplus(db: sqlite3.Connection, shift: Shift, day: int) -> list[int]:
    """Contacts due beyond what the operator may still send on that day."""
    sent = db.execute(named()["sends_on"], {"operator": shift.operator, "day": day}).fetchone()[0]
    room = max(0, shift.settings.daily_cap - sent)
    rows = db.execute(named()["backlog"], {"owner": shift.operator, "day": day})
    return [contact for (contact,) in rows][room:]


def planned(db: sqlite3.Connection, shift: Shift, day: int) -> dict[int, int]:
    """How many are due on each later day already."""
    rows = db.execute(named()["planned_by_day"], {"owner": shift.operator, "day": day + 1})
    return dict(rows.fetchall())
