"""Backups while somebody works: at the start, every half hour, at the end; only of what changed.

A backup is made in a thread over a connection of its own, so that no key waits
for it; it ends in a message. One that fails stands as a banner until another
one was made, which is tried when something was written since; the work goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import Any

from textual.app import App
from textual.message import Message

from rules.wording import DeskError, Sentence
from store.backups import Backup, Occasion, back_up, backups
from store.desk_file import is_in_place
from tui.beside import tell_untold
from tui.clock import monotonic
from tui.opening import OpenDesk
from tui.show import show
from tui.words import _, say

FIRST_AFTER = 3.0
"""Seconds after the start, so that the first frame and the first keys have the machine."""
EVERY = 30 * 60.0
"""Seconds between two backups."""
LEVELS = (Occasion.START, Occasion.ASKED)
"""When the file that keeps who refused is compared with the whole desk."""
AGAIN_AFTER = 10.0
"""Seconds after one that failed before a write is a reason to try again."""


class Safekeeping:
    """One app's backups."""

    @dataclass
    class Ended(Message):
        """A backup was made, was not needed, or failed."""

        made: Backup | None
        error: DeskError | None
        asked: bool
        untold: Sentence | None = None
        """Why the file that keeps who refused lacks something."""

    def __init__(self, app: App[Any], desk: OpenDesk) -> None:
        self._app, self._desk = app, desk
        self._stop = Event()
        self._failed = 0.0
        """When a backup failed last."""
        self.busy = False
        """Whether a thread copies."""

    def start(self) -> None:
        self._app.set_timer(FIRST_AFTER, lambda: self.make(Occasion.START))
        self._app.set_interval(EVERY, lambda: self.make(Occasion.WHILE))

    def make(self, what: Occasion) -> None:
        """Begins a backup, unless one is under way."""
        if not self.busy:
            self.busy = True
            self._app.run_worker(lambda: self._make(what), thread=True)

    def try_again(self) -> None:
        """After a backup that failed, at a write that did not; not at every key."""
        if monotonic() - self._failed >= AGAIN_AFTER:
            self.make(Occasion.WHILE)

    def stop(self) -> None:
        """The app ends; what is not whole yet is given up."""
        self._stop.set()

    def ended(self, event: Ended) -> bool:
        """Takes a result in; whether what is said on every screen is another now."""
        self.busy = False
        if event.error is not None:
            self._failed = monotonic()
        before = dict(self._desk.banners)
        self._desk.no_backup(event.error)
        tell_untold(self._desk.db, self._desk.banners, event.untold)
        return before != self._desk.banners

    def _make(self, what: Occasion) -> None:
        from store.reapplying_kept import levelled

        made, fault = None, None
        desk = self._desk
        try:
            made = back_up(desk.path, desk.clock(), what, stop=self._stop.is_set)
        except DeskError as error:
            fault = error
        untold = levelled(desk.path) if what in LEVELS else None
        self._app.post_message(self.Ended(made, fault, what is Occasion.ASKED, untold))


def keep_at_exit(desk: OpenDesk) -> str:
    """The last backup of a day, once the terminal was given back; what is to be said of it.

    A desk whose file is gone is read from the connection that still has it.
    """
    gone = not is_in_place(desk.db)
    try:
        db = desk.db if gone else None
        made = back_up(desk.path, desk.clock(), Occasion.EXIT, db=db)
    except DeskError as error:
        return say(error.what)
    if not gone:
        return ""
    known = made or next(iter(backups(desk.path)), None)
    return _(
        "{path} is gone from its place. What the desk held is the backup {name}: siyu restore",
        path=show(str(desk.path)),
        name=known.name if known else "?",
    )
