"""Tables and columns that a desk's file had and has no more: another program changed it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from store.connection import migrate

Columns = dict[str, list[str]]
"""By table."""


def lacking(db: sqlite3.Connection) -> str:
    """The first table, or column of one, that the newest format has and this file has not.

    Empty when there is none.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        migrate(new)
        wanted = _columns(new)
    found = _columns(db)
    missing = (
        table if table not in found else f"{table}.{column}"
        for table, columns in wanted.items()
        for column in columns
        if column not in found.get(table, ())
    )
    return next(missing, "")


def _columns(db: sqlite3.Connection) -> Columns:
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    statement = "SELECT name FROM pragma_table_info(:table)"
    return {
        table: [column for (column,) in db.execute(statement, {"table": table})]
        for (table,) in tables
    }
