"""The turn of the desk's day while the app is open: lists judged, contacts entered, backlog spread.

Not one contact moves while a dialog is open: it may be at work on the desk; nor
while the clock may be wrong, which a write that follows says it is not.
"""

from __future__ import annotations

from typing import Any

from textual.app import App

from rules.notices import is_doubtful
from rules.timing import date_of
from store.list_pass import judge_all
from store.log_times import newest_time
from store.smoothing import spread_backlog
from store.walking import Looked, look_at_sequences
from tui.in_front import in_front
from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.sop_wording import entered_words
from tui.words import _, set_today


class DayTurn:
    """One app's days."""

    def __init__(self, app: App[Any], desk: OpenDesk) -> None:
        self._app, self._desk = app, desk
        self._day = desk.clock().day
        self._worked = True
        """Whether the day was a working day when it was looked at last."""
        self._judged = False
        """Whether lists or priorities changed since the screen was drawn."""
        self._waits = False
        """Whether plans wait until the clock is known to be right."""

    def look(self) -> None:
        """Midnight, a sleeping machine, a travelled clock and a leave that was cut short."""
        day, works = self._desk.clock().day, self._works
        turned = day != self._day or (works and not self._worked)
        if turned or (self._waits and not self._is_doubtful()):
            self.begin(reread=True)
        elif not works:
            self._worked = False

    @property
    def _works(self) -> bool:
        """Whether today is a working day by the calendar and the leave in use."""
        return self._desk.shift.calendar.is_working(self._desk.clock().day)

    def begin(self, *, reread: bool = False) -> None:
        """A day begins: contacts enter sequences, a backlog beyond the cap moves on."""
        screen = in_front(self._app)
        if not isinstance(screen, DeskScreen):
            return
        desk, now = self._desk, self._desk.clock()
        back = self._day == now.day and self._works and not self._worked
        self._day, self._worked = now.day, self._works
        set_today(date_of(now.day))
        if desk.reads:
            screen.day_began()
            return
        looked: list[Looked] = []
        moved: list[int] = []
        screen.attempt(self._judge_all)
        self._waits = self._is_doubtful()
        if not self._waits:
            screen.attempt(lambda: looked.append(look_at_sequences(desk.db, desk.shift, now)))
            screen.attempt(lambda: moved.append(spread_backlog(desk.db, desk.shift, now)))
        told = [_("Today is worked after all")] if back else []
        told += [entered_words(found) for found in looked if found.entered]
        if any(moved):
            told.append(_("{n} beyond the day's cap moved to the coming days", n=moved[0]))
        if told:
            screen.say(" · ".join(told), "warning" if any(moved) else "success")
        if reread or any(moved) or looked not in ([], [Looked()]) or self._judged:
            screen.day_began(at_top=self._judged and not reread)
        self._judged = False

    def _is_doubtful(self) -> bool:
        desk = self._desk
        return is_doubtful(desk.clock(), newest_time(desk.db), desk.invented_at)

    def _judge_all(self) -> None:
        """Brings lists and priorities up to the day and the rules in use, if they are behind."""
        desk = self._desk
        passed = judge_all(desk.db, desk.shift.sop, desk.clock().day)
        self._judged = self._judged or (passed is not None and passed.changed > 0)
