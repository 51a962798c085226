"""Stored values that no program of ours wrote: bytes changed within a sound page."""

from __future__ import annotations

import sqlite3

GARBLED = (ValueError, TypeError, LookupError, AttributeError)
"""What reading such a value raises."""


class Garbled(sqlite3.DatabaseError):
    """A row that makes no sense; told as SQLite tells of a page that makes none."""

    def __init__(self, place: str) -> None:
        """`place` names the row, never what stands in it."""
        super().__init__(f"{place} cannot be read")
        self.sqlite_errorname = "SQLITE_CORRUPT"
