"""Desks in memory: one made at one go, of thousands of events, and a copy to try things on.

Nothing of them is on the disk before all of it is, and nothing of a copy ever is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from rules.wording import N_, sentence
from store.connection import (
    Connection,
    NotADesk,
    beside,
    create_owner_only,
    migrate,
    not_saved,
)
from store.migrations import APPLICATION_ID
from store.pragmas import set_pragmas


@contextmanager
def building(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a new desk that comes to stand at `path` when the block ends well.

    For a desk that is made at one go, of thousands of events: it is kept in
    memory until all of it can be written, so that no event waits for the disk.
    Raises NotADesk when something stands at `path`, or appears there meanwhile.
    """
    nothing_at(path)
    made = path.with_name(f".{path.name}.{os.getpid()}.made")
    create_owner_only(made)
    try:
        with _in_memory() as db:
            yield db
            with closing(sqlite3.connect(made)) as copy:
                db.backup(copy)
        nothing_at(path)
        made.replace(path)
    except sqlite3.DatabaseError as error:
        raise not_saved(error) from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)


def nothing_at(path: Path) -> None:
    """Refuses a place where a file stands, or what SQLite keeps beside one."""
    taken = next((p for p in (path, *beside(path)) if os.path.lexists(p)), None)
    if taken is not None:
        raise NotADesk(
            sentence(N_("{path} exists already and was left as it is"), path=taken),
            sentence(N_("Name another file with --database")),
        )


@contextmanager
def copied(source: Connection) -> Iterator[Connection]:
    """A copy of a desk that can be written to and is gone afterwards; `source` is only read."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        source.backup(db)
        set_pragmas(db)
        yield db


@contextmanager
def _in_memory() -> Iterator[sqlite3.Connection]:
    """An empty desk without a file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None, cached_statements=256)) as db:
        set_pragmas(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(db)
        yield db
