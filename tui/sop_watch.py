"""Looks whether the SOP's files changed while somebody works, and takes a good edit up.

A faulty edit changes nothing but the banner that names it. Nothing is read in
the thread that draws: reading the files and counting plans are work for
threads, which end in a message. No plan of a contact under way changes before
somebody chose so in the dialog, and the dialog opens for a key alone: one that
came by itself would take a reaction's digit for its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.message import Message

from rules.events import Event
from rules.shift import Shift
from rules.sop_edits import NOTHING, Edit, edit_between
from rules.timing import Moment
from rules.wording import DeskError
from sop_content.faults import ReadSop
from sop_content.last_good import LastGood
from store import connection, replanning
from store.adjustments import note_edit
from store.connection import Connection
from store.list_pass import judge_all
from store.replanning import Changes, Move
from store.walking import look_at_sequences
from tui.banners import FAULTS, STEPS
from tui.in_front import in_front
from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.screens.questions import changed_steps
from tui.screens.working import Outcome, WorkDialog
from tui.sop_wording import banner_words, edit_words
from tui.words import _, ngettext

LOOK_EVERY = 2.0
"""Seconds between two looks at the times and sizes of the files."""

Decide = Callable[
    [Connection, Shift, Moment, Callable[[Iterable[Move]], Iterable[Move]]], tuple[Event, Changes]
]
"""Keeps or replans; is passed what counts the moves."""


class SopWatch:
    """One app's eye on its SOP's files, and on steps that somebody has to decide about."""

    @dataclass
    class Read(Message):
        """The files were read; None when only their times are others."""

        reading: ReadSop | None

    @dataclass
    class Counted(Message):
        """Whose plans would change if they followed this shift's steps; None if nobody knows."""

        shift: Shift
        changes: Changes | None

    def __init__(self, app: App[Any], desk: OpenDesk) -> None:
        self._app, self._desk = app, desk
        self._waiting: ReadSop | None = None
        self._reading = self._counting = False
        self.changes: Changes | None = None
        """What waits for a decision."""

    def start(self) -> None:
        """Begins to look, and tells again of what was left undecided."""
        self._app.set_interval(LOOK_EVERY, self.look)
        self._settle()

    @property
    def busy(self) -> bool:
        """Whether a thread reads files or counts plans."""
        return self._reading or self._counting

    def look(self) -> None:
        """One look: reads when files changed, takes up what was read."""
        if isinstance(in_front(self._app), WorkDialog):
            return  # its thread has the desk's connection
        if self._waiting is not None:
            self._took(self._waiting)
        files = self._desk.files
        if files is not None and not self._reading and files.changed():
            self._reading = True
            self._app.run_worker(partial(self._read, files), thread=True)

    def read(self, event: Read) -> None:
        """Takes up what a thread has read, unless another one is writing."""
        self._reading = False
        self._waiting = event.reading
        if event.reading is not None and not isinstance(in_front(self._app), WorkDialog):
            self._took(event.reading)

    def counted(self, event: Counted) -> None:
        """Tells, if anybody's plan would change; else the new steps are the ones to follow."""
        if event.shift is not self._desk.shift:
            return  # edited again, and being counted anew
        self._counting = False
        if event.changes is None or self._screen is None:
            return
        if event.changes.touched:
            self.changes = event.changes
            self._desk.banners[STEPS] = (banner_words(event.changes), "warning")
            self._screen.sop_changed()
        elif not isinstance(in_front(self._app), WorkDialog):
            self._screen.attempt(lambda: replanning.accept(self._desk.db, self._desk.shift.sop))

    @property
    def _screen(self) -> DeskScreen | None:
        """The full screen that is shown, be it behind a dialog."""
        shown = (s for s in reversed(self._app.screen_stack) if isinstance(s, DeskScreen))
        return next(shown, None)

    def _read(self, files: LastGood) -> None:
        self._app.post_message(self.Read(files.refresh()))

    def _took(self, reading: ReadSop) -> None:
        screen, desk = self._screen, self._desk
        if screen is None:
            return
        self._waiting = None
        if reading.sop is None:
            desk.tell_faults()
            screen.sop_changed()
            return
        desk.banners.pop(FAULTS, None)
        edit, was = edit_between(desk.shift.sop, reading.sop), desk.shift.sop.version
        desk.take_up(reading)
        screen.attempt(self._judge)
        screen.say(edit_words(edit, len(reading.faults)), "success")
        if edit.sequences:
            screen.attempt(self._look_at_sequences)
        if edit != NOTHING:
            screen.attempt(lambda: self._note(edit, was))
        self._settle()
        screen.sop_changed()

    def _judge(self) -> None:
        desk = self._desk
        judge_all(desk.db, desk.shift.sop, desk.clock().day)

    def _look_at_sequences(self) -> None:
        """Events and states of interaction follow the files without a question."""
        look_at_sequences(self._desk.db, self._desk.shift, self._desk.clock())

    def taken_over(self) -> None:
        """The SOP in use is another one by a publish or its undo: no edit of files."""
        self._desk.tell_faults()
        self._waiting, screen = None, self._screen
        self._settle()
        if screen is not None:
            screen.attempt(self._judge)
            screen.attempt(self._look_at_sequences)
            screen.sop_changed()

    def _note(self, edit: Edit, was: str) -> None:
        note_edit(self._desk.db, self._desk.shift, self._desk.clock(), edit, was)

    def _settle(self) -> None:
        """Finds out whether the plans follow the steps that are in use now."""
        self.changes, self._counting = None, False
        self._desk.banners.pop(STEPS, None)
        screen, desk = self._screen, self._desk
        if screen is None:
            return

        def compare() -> None:
            if not replanning.is_settled(desk.db, desk.shift.sop):
                count = partial(self._count, desk.shift, desk.clock().day)
                self._counting = True
                self._app.run_worker(count, thread=True)

        screen.attempt(compare)

    def _count(self, shift: Shift, today: int) -> None:
        """In a thread, over a connection of its own that only reads."""
        changes: Changes | None = None
        with (
            suppress(DeskError),  # asked again at the next edit or start
            closing(connection.connect(self._desk.path, read_only=True)) as db,
        ):
            changes = replanning.plan_changes(db, replanning.accepted(db), shift, today)
        self._app.post_message(self.Counted(shift, changes))

    def ask(self) -> None:
        """Somebody wants to decide now what becomes of the contacts under way."""
        changes, shift = self.changes, self._desk.shift
        screen = in_front(self._app)
        if not isinstance(screen, DeskScreen):
            return
        if changes is None:
            screen.say(_("No changed step waits for a decision."))
            screen.draw_bars("")
            return

        def decided(choice: str | None) -> None:
            if choice is None:
                return
            if shift is not self._desk.shift:
                self.ask()  # the files changed behind the dialog
            elif choice == "keep":
                self._keep()
            else:
                self._replan()

        self._app.push_screen(changed_steps(changes, shift.sop), decided)

    def _keep(self) -> None:
        def told(changes: Changes) -> str:
            if not changes.touched:
                return _("Every plan stays as it is; new contacts take the new steps.")
            return ngettext(
                "Every other plan stays; {n} contact goes on with the next step",
                "Every other plan stays; {n} contacts go on with the next step",
                changes.touched,
            )

        self._write(replanning.keep_plans, told)

    def _replan(self) -> None:
        def told(changes: Changes) -> str:
            return ngettext(
                "{n} contact planned anew by the new steps",
                "{n} contacts planned anew by the new steps",
                changes.touched,
            )

        self._write(replanning.replan, told)

    def _write(self, decide: Decide, told: Callable[[Changes], str]) -> None:
        """Writes a decision behind a bar, and says what came of it."""
        desk, now = self._desk, self._desk.clock()

        def ended(outcome: Outcome[Changes] | None) -> None:
            if outcome is None or self._screen is None:
                return
            if outcome.error is not None:
                error = outcome.error
                self._screen.attempt(partial(_fail, error))
            elif outcome.value is not None:
                self._decided(told(outcome.value))

        total = self.changes.touched if self.changes else 0
        work: WorkDialog[Changes] = WorkDialog(
            _("Planning anew"),
            lambda watch: decide(desk.db, desk.shift, now, watch.each)[1],
            total,
            _("Esc stops it; then every plan stays as it was"),
        )
        self._app.push_screen(work, ended)

    def _decided(self, told: str) -> None:
        self.changes = None
        self._desk.banners.pop(STEPS, None)
        if self._screen is not None:
            self._screen.say(f"✓ {told}", "success")
            self._screen.day_began()
            self._screen.sop_changed()


def _fail(error: DeskError) -> None:
    raise error
