"""A connection that knows the files it was opened on, and whether they still stand there.

SQLite goes on writing to a file that was deleted or replaced; it would all be
lost when the last program closes it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

File = tuple[int, int] | None
"""Device and number of a file, None where there is none."""


class DeskFile(sqlite3.Connection):
    """A connection to a desk's file."""

    path: Path | None = None
    """None for a connection that only reads."""
    files: tuple[File, File] = (None, None)
    """The desk's file and its write-ahead log, as they were when it was opened."""

    def watch(self, path: Path) -> None:
        """Remembers which files stand at this path now."""
        self.path, self.files = path, _files(path)


def is_in_place(db: sqlite3.Connection) -> bool:
    """Whether the desk's file and its write-ahead log still stand where they were opened."""
    if not isinstance(db, DeskFile) or db.path is None:
        return True
    now, (file, journal) = _files(db.path), db.files
    db.files = (file, journal or now[1])  # the first write makes the log
    return now == db.files


def _files(path: Path) -> tuple[File, File]:
    return _file(path), _file(path.with_name(path.name + "-wal"))


def _file(path: Path) -> File:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
