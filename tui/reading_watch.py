"""Keeps a desk that is only read up to date while another process works at it.

The SOP's files are followed, too, without a write: no plan, no list and no cache changes here.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.app import App

from sop_content.faults import ReadSop
from sop_content.last_good import LastGood
from store.desk_file import is_open_here
from store.pragmas import data_version
from tui.banners import READS
from tui.in_front import in_front
from tui.opening import OpenDesk
from tui.reading_desk import LOOK_EVERY
from tui.screens.desk_screen import DeskScreen
from tui.words import _


class ReadingWatch:
    """One app's eye on what others write; what is shown is read anew, at the same place."""

    def __init__(self, app: App[Any], desk: OpenDesk) -> None:
        self._app, self._desk = app, desk
        self._seen = data_version(desk.db)
        self._reading = False
        if desk.files is not None:
            desk.files.keeps = False

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
        files = self._desk.files
        if files is not None and not self._reading and files.changed():
            self._reading = True
            self._app.run_worker(partial(self._read, files), thread=True)

    @property
    def busy(self) -> bool:
        """Whether a thread reads the SOP's files."""
        return self._reading

    def _read(self, files: LastGood) -> None:
        """In a thread: whoever draws does not wait for files."""
        reading = files.refresh()
        self._app.call_later(self._took, reading)

    def _took(self, reading: ReadSop | None) -> None:
        """Works by a good edit from now on, and tells of a faulty one."""
        self._reading = False
        screen = in_front(self._app)
        if reading is None or screen is None:
            return
        self._desk.take_up(reading)
        self._desk.tell_faults()
        if isinstance(screen, DeskScreen):
            screen.day_began()
            screen.sop_changed()
