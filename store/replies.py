"""Messages that may still be answered: each contact's latest touch of the last days."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from rules.nouns import Reaction, Status
from store.statements import named

MOST = 5000
"""Rows of one reading; an operator's fortnight is far below."""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One line of Replies: who was sent what, and what came of it so far."""

    contact: int
    touch: int
    """Sequence number of the touch."""
    day: int
    content: str
    variant: str
    reaction: Reaction | None
    name: str
    remark: str
    company: str
    stage: str
    status: Status


def awaiting(db: sqlite3.Connection, operator: str, since: int) -> tuple[Awaiting, ...]:
    """An operator's latest touch of each contact since a day: unanswered first, then newest."""
    rows = db.execute(named()["replies"], {"operator": operator, "day": since, "n": MOST})
    return tuple(_row(tuple(values)) for values in rows)


def _row(values: tuple[Any, ...]) -> Awaiting:
    *sent, reaction, name, remark, company, stage, status = values
    told = None if reaction is None else Reaction(reaction)
    known = (*sent, told, name, remark, company, stage, Status(status))
    return Awaiting(*known)
