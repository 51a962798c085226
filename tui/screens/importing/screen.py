"""Import begins here: the file, by its path or from the list of its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from rules.wording import DeskError
from store.exchange.contacts import ContactFile, NobodyNamed
from store.exchange.mappings import Decisions
from store.exchange.purchases import PurchaseFile
from store.exchange.workbooks import NoVisibleSheet, sheets_of
from tui.keys import APP_KEYS
from tui.opening import OpenDesk
from tui.screens.dialogs import ChoiceDialog, Option
from tui.screens.importing import drawing, folder
from tui.screens.importing.folder import Entry, Listing
from tui.screens.importing.keys import FILE_KEYS
from tui.screens.importing.looking import is_choice, sheet_dialog
from tui.screens.importing.page import ImportPage
from tui.screens.importing.plan import Understood, plan_for, read_file
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.show import show
from tui.widgets.field import Field
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _, say

CONTACTS, PURCHASES = "contacts", "purchases"
LARGE = 5_000_000
"""Bytes from which even looking at a file takes longer than a frame or two."""


class ImportScreen(ImportPage):
    """A field for a path, below it what its text fits; the field keeps all letters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key.keys, key.action, show=False, priority=key.keys != "enter") for key in FILE_KEYS
    ]
    KEYS = (*FILE_KEYS, *APP_KEYS)

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.base = folder.begin_in(Decisions.beside(desk.path).folder)
        self.shown = Listing(self.base, ())
        self.cursor = 0
        self._refusal = ""
        """Why the file that was asked for is not taken."""
        self._by_hand: Path | None = None
        """A file whose headings name nobody; a second Enter opens it all the same."""

    def compose_panes(self) -> ComposeResult:
        field = Field(id="path", placeholder=_("type or paste a path, or choose below"))
        field.border_title = Content(
            _("File to import: contacts (CSV, XLSX, vCard) or purchases (CSV, XLSX)")
        )
        yield field
        files = QueueList(self._row, id="files")
        files.add_class("pane")
        yield files
        yield Lines(id="told", classes="pane")

    def on_mount(self) -> None:
        self.query_one(Field).focus()
        self._list("")

    def came_back(self) -> None:
        self._list(self.query_one(Field).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._by_hand, self._refusal = None, ""
        if event.value or self.shown.folder != self.base:
            self._list(event.value)

    def on_field_left(self, event: Field.Left) -> None:
        event.stop()
        self.action_open()

    def action_back(self) -> None:
        self.leave()

    def action_move(self, by: int) -> None:
        self._forget()
        self.cursor = max(0, min(self.cursor + by, len(self.shown.entries) - 1))
        self.query_one(QueueList).move_to(self.cursor)

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.query_one(QueueList).size.height - 1))

    def action_complete(self) -> None:
        """Adds what is clear of the name; with nothing to add, goes to the next entry."""
        field = self.query_one(Field)
        text = folder.completed(field.value, self.base)
        if text != field.value:
            field.value = text
            field.cursor_position = len(text)
        else:
            self.action_move(1)

    def action_open(self) -> None:
        """Opens the marked entry; with none, what was typed, to be told why it cannot be."""
        if self.in_burst():
            return
        if not self.shown.entries:
            self._open(folder.meant(self.query_one(Field).value, self.base))
            return
        entry = self.shown.entries[self.cursor]
        if entry.is_folder:
            self._enter(entry)
        else:
            self._open(entry.path)

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.action_move(event.index - self.cursor)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    def redraw(self) -> None:
        files = self.query_one(QueueList)
        title = show(str(self.shown.folder), max(10, files.size.width - 4))
        files.border_title = Content(title)
        nothing = drawing.no_files(self.shown, self.query_one(Field).value, files.size.width)
        files.show_rows(len(self.shown.entries), self.cursor, nothing)
        told = self.query_one("#told", Lines)
        told.draw(drawing.told_lines(self._refusal, told.size.width))
        self.draw_bars("")

    def _forget(self) -> None:
        """Another file is meant now."""
        if self._refusal:
            self._by_hand, self._refusal = None, ""
            self.redraw()

    def _list(self, text: str, on: Path | None = None) -> None:
        """Lists what a text may mean, the cursor on one file if it is there."""
        self.shown = folder.listing(text, self.base)
        places = [i for i, entry in enumerate(self.shown.entries) if entry.path == on]
        self.cursor = places[0] if places else 0
        self.redraw()

    def _enter(self, entry: Entry) -> None:
        self.base = entry.path
        field = self.query_one(Field)
        if field.value:
            field.value = ""
        self._list("")

    def _open(self, path: Path) -> None:
        if path != self._by_hand:
            self._read(path, lambda: read_file(self.desk, path, by_hand=False))
            return
        sheets = sheets_of(path)
        if not is_choice(sheets):
            self._read(path, lambda: read_file(self.desk, path, by_hand=True))
            return

        def decided(sheet: str | None) -> None:
            if sheet is not None:
                self._read(path, lambda: read_file(self.desk, path, by_hand=True, sheet=sheet))

        self.app.push_screen(sheet_dialog(path, sheets), decided)

    def _read(self, path: Path, read: Callable[[], Understood]) -> None:
        def ended(outcome: Outcome[Understood] | None) -> None:
            if outcome and outcome.value:
                self._ask_what(path, outcome.value)
            elif outcome and outcome.error:
                self._refused(path, outcome.error)

        if _bytes_of(path) < LARGE:
            ended(outcome_of(lambda _watch: read(), Watch()))
        else:
            self.app.push_screen(WorkDialog(_("Reading the file"), lambda _watch: read()), ended)

    def _ask_what(self, path: Path, file: Understood) -> None:
        """A table of who, when and how much may be purchases, or contacts with a column more."""
        contacts, purchases = file.contacts, file.purchases
        if contacts is not None and purchases is not None:
            options = [
                Option("1", _("purchases of contacts who are on the desk"), PURCHASES),
                Option("2", _("contacts"), CONTACTS),
            ]

            def decided(what: str | None) -> None:
                if what is not None:
                    self._look_at(path, contacts if what == CONTACTS else purchases)

            title = _("What does {file} hold?", file=show(path.name, 40))
            self.app.push_screen(ChoiceDialog(title, options), decided)
        elif contacts is not None:
            self._look_at(path, contacts)
        elif purchases is not None:
            self._look_at(path, purchases)

    def _look_at(self, path: Path, file: ContactFile | PurchaseFile) -> None:
        from tui.screens.importing.preview import PreviewScreen
        from tui.screens.importing.purchases import PurchaseScreen

        # Whoever comes back finds the folder, with the cursor on this file.
        self.base = path.absolute().parent
        self.query_one(Field).value = ""
        self._list("", path.absolute())
        if isinstance(file, PurchaseFile):
            self.app.push_screen(PurchaseScreen(self.desk, file))
        else:
            self.app.push_screen(PreviewScreen(self.desk, plan_for(self.desk, file)))

    def _refused(self, path: Path, error: DeskError) -> None:
        """Why the file is not taken; a table with unknown headings may be opened all the same."""
        remedy = say(error.remedy) if error.remedy else ""
        if isinstance(error, NobodyNamed | NoVisibleSheet):
            sheets = sheets_of(path)
            if is_choice(sheets):
                remedy = _("Enter again lists its sheets, the hidden ones too.")
            elif path != self._by_hand:
                remedy = _("Enter again opens it, and you say what its columns are.")
            self._by_hand = path
        self._refusal = f"{say(error.what)} {remedy}".rstrip()
        self.redraw()

    def _row(self, index: int, width: int) -> Line:
        return drawing.entry_line(self.shown.entries[index], self.desk.clock().offset, width)


def _bytes_of(path: Path) -> int:
    """The file's size; 0 when nothing is there, which opening it will tell."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
