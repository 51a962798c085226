"""The Backups screen: every copy of the desk, read back in a thread; Enter takes one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from rules.wording import N_
from store.backups import Backup, Looked, Occasion, backups, folder_of, look
from store.restoring import Loss, would_lose
from tui.backup_words import loss_lines
from tui.banners import BACKUP
from tui.keys import APP_KEYS, LIST_KEYS, Key
from tui.opening import OpenDesk
from tui.safekeeping import Safekeeping
from tui.screens.backups import drawing
from tui.screens.backups.keys import BACKUP_KEYS
from tui.screens.desk_screen import DeskScreen
from tui.screens.dialogs import ChoiceDialog, Option
from tui.screens.tabs import tab_line
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _, say
from tui.wrapping import wrap

LARGE = 20_000_000
"""Bytes from which reading two files takes longer than a frame or two."""
DIALOG = 54
"""Cells of a dialog's lines."""
YES, NO = "yes", "no"
PANE_EDGE = 4
"""Cells of a pane's frame and its margins, left and right."""


class Keeper(Protocol):
    """What the app does for this screen."""

    safekeeping: Safekeeping

    def restore(self, backup: Backup) -> None: ...

    def show_before(self) -> None: ...


class BackupsScreen(DeskScreen):
    """The list, newest first, and the one under the cursor."""

    NAME = "backups"
    INTRO = N_(
        "Copies of the desk, the newest first; they are made by themselves. Before a restore the"
        " desk as it is becomes a backup too, so that a restore can be taken back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*BACKUP_KEYS, *LIST_KEYS)]
    KEYS = (*BACKUP_KEYS, *APP_KEYS, *LIST_KEYS)

    @dataclass
    class WasRead(Message):
        """One backup was read back."""

        path: Path
        found: Looked

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.known: Sequence[Backup] = ()
        self.read: dict[Path, Looked] = {}
        self.cursor = 0

    def tabs(self) -> Line:
        return tab_line(self.NAME, _("Backups"))

    def compose_panes(self) -> ComposeResult:
        rows = QueueList(self._row, id="backups")
        rows.add_class("pane")
        yield rows
        yield Lines(id="told", classes="pane")

    def on_mount(self) -> None:
        self._list()

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self._list()
            self.redraw()

    def sop_changed(self) -> None:
        self.redraw()

    @property
    def keys_shown(self) -> Sequence[Key]:
        """Without a backup there is nothing to restore."""
        return self.KEYS if self.known else [k for k in self.KEYS if k.action != "take_back"]

    @property
    def current(self) -> Backup | None:
        return self.known[self.cursor] if self.known else None

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self.known) - 1))
        self.query_one(QueueList).move_to(self.cursor)
        self._draw_detail()

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.query_one(QueueList).size.height - 1))

    def action_end(self, by: int) -> None:
        self.action_move(by * len(self.known))

    def action_back(self) -> None:
        cast("Keeper", self.app).show_before()

    def action_back_up(self) -> None:
        """Makes a backup; the app tells when it is whole."""
        self.say(_("Backing up …"), "dim")
        self.draw_bars("")
        cast("Keeper", self.app).safekeeping.make(Occasion.ASKED)

    def backup_ended(self, made: Backup | None, *, asked: bool) -> None:
        self._list()
        if made is not None:
            self.say(_("✓ Backed up and read back."), "success")
        elif asked and BACKUP in self.desk.banners:
            self.say("")  # the banner says why, and what to do
        elif asked:
            self.say(_("Nothing changed since the newest backup."))
        self.redraw()

    def action_take_back(self) -> None:
        """Says what a restore would take away, and asks."""
        backup = self.current
        if backup is None or self.in_burst():
            return
        path = self.desk.path

        def told(outcome: Outcome[Loss] | None) -> None:
            if outcome and outcome.value is not None:
                self._ask(backup, outcome.value)
            elif outcome and outcome.error is not None:
                error = outcome.error
                self.say(f"✗ {say(error.what)}", "error")
                self.redraw()

        if backup.size < LARGE:
            told(outcome_of(lambda _watch: would_lose(path, backup), Watch()))
        else:
            title = _("Reading the backup")
            self.app.push_screen(WorkDialog(title, lambda _watch: would_lose(path, backup)), told)

    def _ask(self, backup: Backup, loss: Loss) -> None:
        def decided(answer: str | None) -> None:
            if answer == YES:
                cast("Keeper", self.app).restore(backup)

        body = [row for line in loss_lines(loss) for row in wrap(line, DIALOG)]
        options = (
            Option("1", _("no, leave everything as it is"), NO),
            Option("2", _("yes, restore; the desk closes and opens again"), YES),
        )
        title = _("Restore the backup of {when}?", when=backup.when)
        self.app.push_screen(ChoiceDialog(title, options, body=[*body, ""]), decided)

    def on_backups_screen_was_read(self, event: WasRead) -> None:
        self.read[event.path] = event.found
        self.redraw()

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.action_move(event.index - self.cursor)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    def redraw(self) -> None:
        rows = self.query_one(QueueList)
        rows.border_title = Content(_("Backups, newest first"))
        folder, reads = folder_of(self.desk.path), self.desk.reads
        nothing = drawing.empty_lines(folder, rows.size.width, reads=reads)
        rows.show_rows(len(self.known), self.cursor, () if self.known else nothing)
        self._draw_detail()

    def _draw_detail(self) -> None:
        told, backup = self.query_one("#told", Lines), self.current
        told.display = backup is not None
        told.border_title = Content(show(backup.name) if backup else "")
        width = self.size.width - PANE_EDGE  # the pane may just have come, without a size yet
        found = self.read.get(backup.path) if backup else None
        told.draw(drawing.detail_lines(backup, found, width) if backup else [])
        self.draw_bars("")

    def _row(self, index: int, width: int) -> Line:
        return drawing.row_line(self.known[index], self.read, width)

    def _list(self) -> None:
        """Lists the folder, the cursor on its backup; reads what was not read yet in a thread."""
        here = self.current
        self.known = backups(self.desk.path)
        places = (n for n, known in enumerate(self.known) if here and known.path == here.path)
        self.cursor = next(places, 0)
        unread = [known.path for known in self.known if known.path not in self.read]
        if unread:
            self.run_worker(partial(self._look, unread), thread=True, exclusive=True)

    def _look(self, unread: Sequence[Path]) -> None:
        worker = get_current_worker()
        for path in unread:
            if worker.is_cancelled:
                return
            self.post_message(self.WasRead(path, look(path)))
