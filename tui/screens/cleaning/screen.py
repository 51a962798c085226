"""The Cleaning screen: sure pairs merged in one go, others decided one by one, accounts paused,
and those who are kept too long erased, after a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from rules.wording import N_
from tui.keys import APP_KEYS, EXPORT_KEYS, FIND_KEY, LIST_KEYS, Key
from tui.screens.cleaning.acts import Acts
from tui.screens.cleaning.drawing import KEPT, PAGES, PERHAPS
from tui.screens.cleaning.finding import key_of
from tui.screens.cleaning.keys import CLEANING_KEYS, keys_on


class CleaningScreen(Acts):
    """Four pages of what to clean; nothing is done without a key, and only an erasure is final."""

    NAME = "cleaning"
    INTRO = N_(
        "Contacts who stand on the desk twice, and accounts that nobody stands behind."
        " A merge keeps both histories, and a do-not-contact of either. Whoever was not in touch"
        " for longer than desk.yaml says is proposed for erasure, and asked about first."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*CLEANING_KEYS, FIND_KEY, *EXPORT_KEYS, *LIST_KEYS)
    ]
    KEYS = (*CLEANING_KEYS, FIND_KEY, *APP_KEYS, *EXPORT_KEYS, *LIST_KEYS)

    @property
    def keys_shown(self) -> Sequence[Key]:
        """The keys that do something on the page, named after what they do there."""
        return keys_on(self.page if self.place[1] else "", self.KEYS)

    def action_tab(self, by: int) -> None:
        self.page = PAGES[(PAGES.index(self.page) + by) % len(PAGES)]
        self.cursor = 0
        self.say("")
        self.redraw()

    def action_tick(self) -> None:
        entry, suspect, kept = self._pair(), self._suspect(), self._kept()
        if self.page == PERHAPS:
            return
        if kept is not None:
            self.to_erase ^= {kept.contact}
        elif entry is not None:
            self.left_out ^= {key_of(entry[0])}
        elif suspect is not None:
            self.chosen ^= {suspect.contact}
        self.action_move(1)
        self.redraw()

    def action_swap(self) -> None:
        entry = self._pair()
        if self.page == KEPT:
            self.to_erase = set() if self.to_erase else {one.contact for one in self.kept}
            self.redraw()
        elif entry is not None:
            place = self.pairs.index(entry)
            self.pairs[place] = (entry[0], (entry[1][1], entry[1][0]))
            self.redraw()

    def action_export(self) -> None:
        """Writes what the page lists."""
        # Imported when asked for: the start does not wait for CSV and XLSX.
        from tui.screens.cleaning.tables import table_of
        from tui.screens.exporting import ask_and_write

        ask_and_write(self, table_of(self))
