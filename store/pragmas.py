"""How a connection behaves, whatever database it is to: memory, patience, what SQLite checks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

BUSY_SHOWN_MS = 5_000
"""How long another program's write is waited for while somebody looks on."""
CACHE_KIB, LITTLE_KIB = 65_536, 24_576
"""Memory for pages, and as much again for what is sorted: usually, and while a file comes in."""


@contextmanager
def in_little_memory(db: sqlite3.Connection) -> Iterator[None]:
    """Pages and what is sorted go to disk earlier: a long file needs no more than a short one."""
    db.execute(f"PRAGMA cache_size = -{LITTLE_KIB}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def wait_less(db: sqlite3.Connection) -> None:
    """For a connection behind a screen, which stands still while it waits."""
    db.execute(f"PRAGMA busy_timeout = {BUSY_SHOWN_MS}")


def data_version(db: sqlite3.Connection) -> int:
    """A number that is another once somebody else wrote to the file."""
    version: int = db.execute("PRAGMA data_version").fetchone()[0]
    return version


def set_pragmas(db: sqlite3.Connection) -> None:
    """What holds for every connection, wherever its database is kept."""
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
        f"cache_size = -{CACHE_KIB}",
    ):
        db.execute(f"PRAGMA {pragma}")
