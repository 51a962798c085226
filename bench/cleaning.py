"""Finding duplicates among all contacts.

The floor reads of every contact what the names are taken from, and takes nothing
from it. The desk is a hard one: everybody works at one of twenty companies, so
that most share name and company with somebody.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bench.figures import Figure, alternately, spending
from store.connection import connect
from store.duplicates import duplicates

READ = "SELECT id, name, remark, company, phone_key, handle, external_id, email FROM contact"


def measure(path: Path, rounds: int) -> list[Figure]:
    """The whole pass over a desk, which only reads."""
    with closing(connect(path, read_only=True)) as db:
        size = db.execute("SELECT COUNT(*) FROM contact").fetchone()[0]
        ours, floor = alternately(rounds, lambda: _find(db), lambda: _read(db))
    what = f"duplicates among {size:,} contacts"
    return [Figure(what, ours, "one scan that reads the names", floor, None)]


def _find(db: sqlite3.Connection) -> float:
    with spending() as took:
        duplicates(db)
    return took[0].cpu


def _read(db: sqlite3.Connection) -> float:
    with spending() as took:
        db.execute(READ).fetchall()
    return took[0].cpu
