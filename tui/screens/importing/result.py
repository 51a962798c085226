"""What became of an import: the counts, the rejected rows, and a file of them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from store.exchange.contacts import ContactFile
from store.exchange.export import write_rejects
from store.exchange.purchases import PurchaseFile
from tui.keys import APP_KEYS, Key
from tui.opening import OpenDesk
from tui.screens.importing import drawing
from tui.screens.importing.keys import RESULT_KEYS
from tui.screens.importing.page import ImportPage, keys_for
from tui.screens.importing.plan import Tally
from tui.screens.saving import ask_path
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _, say


class ResultScreen(ImportPage):
    """One finished import; the rejected rows can be written into a file and mended."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in RESULT_KEYS]
    KEYS = (*RESULT_KEYS, *APP_KEYS)

    def __init__(
        self, desk: OpenDesk, file: ContactFile | PurchaseFile, tally: Tally, forgot: str = ""
    ) -> None:
        """`forgot` says why the meaning of the columns could not be remembered."""
        super().__init__(desk)
        self.file, self.tally = file, tally
        self.cursor = 0
        if forgot:
            self.say(forgot, "warning")

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="result", classes="pane")
        rejected = QueueList(self._row, id="rejected")
        rejected.add_class("pane")
        yield rejected
        yield Lines(id="reason", classes="pane")

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self.tally.done.rejected) - 1))
        self.query_one(QueueList).move_to(self.cursor)
        self._draw_reason()

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.query_one(QueueList).size.height - 1))

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.action_move(event.index - self.cursor)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    def action_back(self) -> None:
        if not self.in_burst():
            self.app.pop_screen()
            self.leave()

    def action_told(self) -> None:
        """All that the import told of."""
        self.show_told(self.tally)

    @property
    def keys_shown(self) -> tuple[Key, ...]:
        return keys_for(super().keys_shown, self.tally)

    def action_export(self) -> None:
        """Writes the rejected rows, with line and reason, under the file's own headings."""
        if not self.tally.done.rejected:
            self.say(_("No row was rejected, so there is nothing to write."))
            self.redraw()
            return
        source = self.file.path.absolute()
        ending = ".xlsx" if source.suffix.lower() in (".xlsx", ".xlsm") else ".csv"
        proposed = source.with_name(f"{source.stem}-rejected{ending}")
        ask_path(self.app, _("Write the rejected rows to"), proposed, self._write)

    def _write(self, path: Path) -> None:
        def write() -> None:
            count = write_rejects(path, self.file, self.tally.done.rejected, say)
            self.say(_("✓ {n} rows written to {file}", n=count, file=path), "success")
            self.redraw()

        self.attempt(write)

    def redraw(self) -> None:
        result = self.query_one("#result", Lines)
        result.border_title = Content(_("Imported"))
        cap = self.desk.shift.settings.daily_cap
        width, file = result.size.width, self.file
        if isinstance(file, PurchaseFile):
            lines = drawing.bought_lines(file, self.tally.done, width)
        else:
            # What is rejected has a list of its own below, which needs its room.
            room = self.size.height // (5 if self.tally.done.rejected else 3)
            lines = drawing.result_lines(file, self.tally, cap, width, room)
        result.styles.height = len(lines) + 2
        result.draw(lines)
        rejected = self.query_one(QueueList)
        count = len(self.tally.done.rejected)
        rejected.border_title = Content(_("Rejected rows: {n}", n=count))
        told = _("Ctrl+E writes them into a file, to be mended and imported again")
        rejected.border_subtitle = Content(told if count else "")
        nothing = drawing.nothing_rejected(rejected.size.width)
        rejected.show_rows(count, self.cursor, () if count else nothing)
        self._draw_reason()
        self.draw_bars("")

    def _draw_reason(self) -> None:
        """The row under the cursor in full; a list has no room for it."""
        reason, rejected = self.query_one("#reason", Lines), self.tally.done.rejected
        reason.display = bool(rejected)
        if rejected:
            width, height = reason.size
            reason.draw(drawing.reason_lines(rejected[self.cursor], width, height))

    def _row(self, index: int, width: int) -> Line:
        return drawing.rejected_line(self.tally.done.rejected[index], width)
