"""The rows of one list: its entries for one operator, those due first."""

from __future__ import annotations

from collections.abc import Sequence

from rules.lists import ListRule
from store.lists import EntryPlace, EntryRow, entry_row, list_page, place_of
from tui.opening import OpenDesk
from tui.screens.pages import PAGE, Pages


class Entries(Pages[EntryRow]):
    """One list at a time."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self._desk = desk
        self.rule: ListRule | None = None
        self._place = EntryPlace()
        self._due: dict[int, int] = {}
        """When each entry was due as it was read first."""

    def open(self, rule: ListRule | None, on: int | None = None) -> None:
        """Reads a list from its beginning, the cursor on contact `on` if it is there."""
        self.rule, self._place, self._due = rule, EntryPlace(), {}
        self.begin(on)

    def is_settled(self, row: EntryRow) -> bool:
        """Whether a row, read anew, left the list or moved to a later day."""
        fresh = self.fresh(row)
        return fresh is None or fresh.due > max(self._due[row.contact], self._desk.clock().day)

    def fresh(self, row: EntryRow) -> EntryRow | None:
        if self.rule is None:
            return None
        return entry_row(self._desk.db, self.rule, row.contact, self._desk.clock().day)

    def page(self) -> Sequence[EntryRow]:
        desk = self._desk
        if self.rule is None:
            return ()
        day = desk.clock().day
        found = list_page(desk.db, desk.shift.operator, self.rule, day, self._place, PAGE)
        self._due |= {row.contact: row.due for row in found}
        if found:
            self._place = place_of(found[-1], day)
        return found
