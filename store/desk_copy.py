"""A desk copied into memory: what is tried there leaves nothing behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from store.connection import Connection, set_pragmas


@contextmanager
def in_memory(source: Connection) -> Iterator[Connection]:
    """A copy that can be written to and is gone afterwards; `source` is only read."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        source.backup(db)
        set_pragmas(db)
        yield db
