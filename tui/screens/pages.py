"""Rows that are read page by page, and stay in their places while somebody works.

A contact stays in its row after a write until the cursor leaves it, so that an
instant reaction lands on it; keys act on the contact that was drawn, never on
a row number.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

PAGE = 100


class OfContact(Protocol):
    """A row about one contact."""

    @property
    def contact(self) -> int: ...


Row = TypeVar("Row", bound=OfContact)


class Pages(ABC, Generic[Row]):
    """The rows read so far, and the cursor among them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.cursor = 0
        self._more = False

    @abstractmethod
    def page(self) -> Sequence[Row]:
        """The next `PAGE` rows, fewer at the end."""

    @abstractmethod
    def fresh(self, row: Row) -> Row | None:
        """The row as it is now; None when it is no row any more."""

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def begin(self, on: int | None = None) -> None:
        """Reads from the beginning, the cursor on contact `on` if it is there."""
        self.rows, self.cursor = [], 0
        self._more = True
        self._read()
        while on is not None and self._more and not self._has(on):
            self._read()
        if on is not None and self._has(on):
            self.cursor = next(i for i, row in enumerate(self.rows) if row.contact == on)

    def move(self, by: int) -> None:
        """Moves the cursor, reading on when it comes near the end of what is known."""
        wanted = self.cursor + by
        while self._more and wanted >= len(self.rows) - 1:
            self._read()
        self.cursor = max(0, min(wanted, len(self.rows) - 1))

    def refresh_current(self) -> None:
        """Reads the row under the cursor again, leaving it in its place."""
        row = self.current
        fresh = self.fresh(row) if row is not None else None
        if fresh is not None:
            self.rows[self.cursor] = fresh

    def leave_current(self) -> None:
        """Drops the row under the cursor; the next takes its place."""
        if self.rows:
            del self.rows[self.cursor]
            self.move(0)

    def _has(self, contact: int) -> bool:
        return any(row.contact == contact for row in self.rows)

    def _read(self) -> None:
        found = self.page()
        known = {row.contact for row in self.rows}
        self.rows.extend(row for row in found if row.contact not in known)
        self._more = len(found) == PAGE
