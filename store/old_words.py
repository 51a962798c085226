"""Backups that still hold the words of somebody who was erased since they were made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from rules.wording import DeskError
from store.backups import Backup, backups
from store.connection import look_into
from store.statements import named


def backups_with_words(db: sqlite3.Connection, path: Path) -> tuple[Backup, ...]:
    """The backups that lack an erasure of this desk, newest first; one that is unreadable too.

    None when nobody was ever erased.
    """
    erased = [uuid for uuid, *_rest in db.execute(named()["erasures"])]
    if not erased:
        return ()
    return tuple(backup for backup in backups(path) if not _knows(backup, erased))


def _knows(backup: Backup, erased: list[str]) -> bool:
    """Whether a backup was made after all these erasures."""
    try:
        with closing(look_into(backup.path)) as copy:
            return all(
                copy.execute(named()["event_by_uuid"], {"uuid": u}).fetchone() for u in erased
            )
    except (DeskError, sqlite3.DatabaseError):
        return False
