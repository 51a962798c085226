"""For which day, and by which rules, the contacts were judged last; the rules themselves unread."""

from __future__ import annotations

import sqlite3

from rules.lists import digest
from rules.sop import Sop
from store.statements import named


def day_of(db: sqlite3.Connection) -> int | None:
    """The day number that the lists are of; None when nothing was judged yet."""
    row = db.execute(named()["rules_in_force"]).fetchone()
    return None if row is None else int(row[1])


def is_current(db: sqlite3.Connection, sop: Sop, day: int) -> bool:
    """Whether the lists are those of this SOP's rules on this day."""
    row = db.execute(named()["rules_in_force"]).fetchone()
    return row is not None and row[:2] == (digest_of(sop), day)


def digest_of(sop: Sop) -> str:
    """The digest of the rules that judge contacts by this SOP."""
    return digest(sop.lists, sop.priorities)
