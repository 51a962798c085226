"""The rows of one list: its entries for one operator, those due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.lists import ListRule
from store import derived
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
        self.gone: set[int] = set()
        """Contacts whose row is still shown, but who left the list."""

    def open(self, rule: ListRule | None, on: int | None = None) -> None:
        """Reads a list from its beginning, the cursor on contact `on` if it is there."""
        self.rule, self._place, self._due, self.gone = rule, EntryPlace(), {}, set()
        self.begin(on)

    def is_settled(self, row: EntryRow) -> bool:
        """Whether a row, read anew, left the list or moved to a later day."""
        fresh = self.fresh(row)
        return fresh is None or fresh.due > max(self._due[row.contact], self._desk.clock().day)

    def refresh_current(self) -> None:
        """Reads the row under the cursor again; whoever left the list is shown as they are now."""
        row = self.current
        if row is None or self.fresh(row) is not None:
            self.gone -= {row.contact} if row else set()
            super().refresh_current()
            return
        self.gone.add(row.contact)
        state = derived.state_of(self._desk.db, row.contact)
        if state is not None:
            self.rows[self.cursor] = replace(row, state=state)

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
