"""Keeps a desk that is only read up to date while another process works at it."""

from __future__ import annotations

from typing import Any

from textual.app import App

from store.desk_file import is_open_here
from store.pragmas import data_version
from tui.in_front import in_front
from tui.opening import READS, OpenDesk
from tui.reading_desk import LOOK_EVERY
from tui.screens.desk_screen import DeskScreen
from tui.words import _


class ReadingWatch:
    """One app's eye on what others write; what is shown is read anew, at the same place."""

    def __init__(self, app: App[Any], desk: OpenDesk) -> None:
        self._app, self._desk = app, desk
        self._seen = data_version(desk.db)

    def start(self) -> None:
        self._app.set_interval(LOOK_EVERY, self.look)

    def look(self) -> None:
        """Not behind a dialog: it is looked at again once that is closed."""
        screen, now = in_front(self._app), data_version(self._desk.db)
        if not isinstance(screen, DeskScreen):
            return
        if not is_open_here(self._desk.path):
            told = _("What is shown is old: the desk's file was moved or replaced. Open it again.")
            self._desk.banners[READS] = (told, "error")
            screen.redraw()
        elif now != self._seen:
            self._seen = now
            screen.day_began()
