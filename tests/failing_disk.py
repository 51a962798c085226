"""A disk that fails at its n-th write: in the desk's file, or in any file beside it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.desk_file import DeskFile

READS = ("SELECT", "PRAGMA", "EXPLAIN")
"""How statements begin that leave the file as it is."""
FILE_CALLS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "replace"),
    (os, "rename"),
    (os, "mkdir"),
    (shutil, "copyfile"),
    (shutil, "copyfileobj"),
    (Path, "write_bytes"),
    (Path, "write_text"),
    (Path, "unlink"),
)
"""What else the rooms write with."""


class FailingDisk:
    """Fails at one write, counted from 0, or at every one from there on; at none when None."""

    def __init__(self, at: int | None = None, *, for_good: bool = False) -> None:
        self.at, self.for_good = at, for_good
        self.writes = 0
        self.committed: list[int] = []
        """How many events the desk held after each commit."""

    def put_in(self, patch: pytest.MonkeyPatch) -> None:
        """Every desk that is opened from here on stands on this disk."""
        for name in ("execute", "executemany"):
            patch.setattr(DeskFile, name, self._statement(name), raising=False)
        for place, name in FILE_CALLS:
            patch.setattr(place, name, self._call(getattr(place, name)))

    def _fails(self) -> bool:
        number, self.writes = self.writes, self.writes + 1
        if self.at is None:
            return False
        return number == self.at or (self.for_good and number > self.at)

    def _statement(self, name: str) -> Callable[..., sqlite3.Cursor]:
        wanted = getattr(sqlite3.Connection, name)

        def execute(db: DeskFile, sql: str, *told: Any) -> sqlite3.Cursor:
            if writes(sql) and self._fails():
                raise sqlite3.OperationalError("disk I/O error")
            found: sqlite3.Cursor = wanted(db, sql, *told)
            if sql == "COMMIT" and is_a_desk(db):
                count = sqlite3.Connection.execute(db, "SELECT COUNT(*) FROM event")
                self.committed.append(count.fetchone()[0])
            return found

        return execute

    def _call(self, wanted: Callable[..., Any]) -> Callable[..., Any]:
        def call(*told: Any, **named: Any) -> Any:
            if self._fails():
                raise OSError(errno.EIO, "Input/output error")
            return wanted(*told, **named)

        return call


def writes(sql: str) -> bool:
    return not sql.lstrip().upper().startswith(READS) or "wal_checkpoint" in sql


def is_a_desk(db: sqlite3.Connection) -> bool:
    found = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'event'"
    return bool(sqlite3.Connection.execute(db, found).fetchone()[0])
