"""The rows of Today's list: one stage's due contacts for one operator."""

from __future__ import annotations

from collections.abc import Sequence

from store.queue import DueRow, Place, due_page, due_row, place_of
from tui.opening import OpenDesk
from tui.screens.pages import PAGE, Pages


class DueList(Pages[DueRow]):
    """One stage at a time."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self._desk = desk
        self.stage = ""
        self._place = Place()

    def open_stage(self, stage: str, on: int | None = None) -> None:
        """Reads a stage from its beginning, the cursor on contact `on` if it is there."""
        self.stage, self._place = stage, Place()
        self.begin(on)

    def still_due(self, row: DueRow) -> bool:
        """Whether a row, read anew, belongs in the list."""
        fresh = self.fresh(row)
        if fresh is None or fresh.due is None or fresh.stage != self.stage:
            return False
        return fresh.due <= self._desk.clock().day

    def fresh(self, row: DueRow) -> DueRow | None:
        return due_row(self._desk.db, row.contact)

    def page(self) -> Sequence[DueRow]:
        desk = self._desk
        day = desk.clock().day
        found = due_page(desk.db, desk.shift.operator, self.stage, day, self._place, PAGE)
        if found:
            self._place = place_of(found[-1])
        return found
