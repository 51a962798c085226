"""What the log says of the time: its newest moment, and the one at which a demo stands."""

from __future__ import annotations

import json
import sqlite3

from store.statements import named


def newest_time(db: sqlite3.Connection) -> int | None:
    """When the newest event was logged (UTC milliseconds), None on an empty desk."""
    row = db.execute(named()["newest_time"]).fetchone()
    return None if row is None else int(row[0])


def invented_at(db: sqlite3.Connection) -> str:
    """The moment at which a desk of invented contacts stands (ISO 8601); empty for a real one.

    Such a desk says so beside its first import.
    """
    row = db.execute(named()["first_words"]).fetchone()
    return "" if row is None else str(json.loads(row[0]).get("demo", ""))
