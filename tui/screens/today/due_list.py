"""The rows of Today's list: read page by page, and steady while somebody works in it.

A contact stays in its row after a send until the cursor leaves it, so that an
instant reaction lands on it; keys act on the contact that was drawn, never on
a row number.
"""

from __future__ import annotations

from store.queue import DueRow, Place, due_page, due_row, place_of
from tui.opening import OpenDesk

PAGE = 100


class DueList:
    """One stage's due contacts for one operator."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk
        self._db = desk.db
        self.stage = ""
        self.rows: list[DueRow] = []
        self.cursor = 0
        self._place = Place()
        self._more = False

    @property
    def current(self) -> DueRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def open_stage(self, stage: str, on: int | None = None) -> None:
        """Reads a stage from its beginning, the cursor on contact `on` if it is there."""
        self.stage = stage
        self.rows, self._place, self.cursor = [], Place(), 0
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
        fresh = due_row(self._db, row.contact) if row else None
        if fresh is not None:
            self.rows[self.cursor] = fresh

    def leave_current(self) -> None:
        """Drops the row under the cursor; the next takes its place."""
        if self.rows:
            del self.rows[self.cursor]
            self.move(0)

    def still_due(self, row: DueRow) -> bool:
        """Whether a row, read anew, belongs in the list."""
        fresh = due_row(self._db, row.contact)
        if fresh is None or fresh.due is None or fresh.stage != self.stage:
            return False
        return fresh.due <= self._desk.clock().day

    def _has(self, contact: int) -> bool:
        return any(row.contact == contact for row in self.rows)

    def _read(self) -> None:
        page = due_page(
            self._db,
            self._desk.shift.operator,
            self.stage,
            self._desk.clock().day,
            self._place,
            PAGE,
        )
        known = {row.contact for row in self.rows}
        self.rows.extend(row for row in page if row.contact not in known)
        self._more = len(page) == PAGE
        if page:
            self._place = place_of(page[-1])
