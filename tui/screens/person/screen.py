"""The Contact screen: one person's file, its fields to change, and all that happened in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from rules.wording import N_
from store.offering import NotOnDesk
from store.person_file import PersonFile, person_file
from tui import masking, person_words, purchase_words
from tui.keys import APP_KEYS
from tui.opening import OpenDesk
from tui.person_words import Part
from tui.screens.contact.taking_back import TakingBack
from tui.screens.list_screen import ListScreen
from tui.screens.person import drawing
from tui.screens.person.attaching import Attaching
from tui.screens.person.buying import Buying
from tui.screens.person.changing import Changing
from tui.screens.person.keys import PERSON_KEYS
from tui.screens.room import LIST, PANE, TOP_AND_MESSAGE, below_for
from tui.show import show
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.wording import said_of
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.screens.outside import Outside


LOW, FRAME = 4, 2
"""Rows that the pane of what stands open has at least, and those of its frame."""
HISTORY = 6
"""Rows of what happened, with its frame, beside which the pane above it has room."""


class PersonScreen(ListScreen, Changing, Buying, Attaching, TakingBack):
    """The file of the contact in hand; reactions, notes and undo work here as everywhere."""

    NAME = "person"
    INTRO = N_(
        "Everything that the desk knows about one contact: the fields, what stands"
        " open, and all that happened."
    )
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in PERSON_KEYS]
    KEYS = (*PERSON_KEYS, *APP_KEYS)

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.file: PersonFile | None = None
        self.cursor = 0
        self.part = Part.ALL
        self.top = 0
        self._above = 0
        """Rows of the pane above what happened, whose size is told by the next layout only."""
        self._fields: list[tuple[str, str, str]] = []
        self._lines: list[Line] = []

    def compose_panes(self) -> ComposeResult:
        with Horizontal(id="panes"):
            fields = QueueList(self._row, id="fields")
            fields.add_class("pane")
            yield fields
            with Vertical(id="right"):
                yield Lines(id="now", classes="pane")
                yield Lines(id="history", classes="pane")

    def on_mount(self) -> None:
        self.open()

    def on_resize(self) -> None:
        self.make_room()
        super().on_resize()

    def make_room(self) -> None:
        """Shows the panes that the screen has room for: what happened goes last."""
        room = below_for(*self.size, self.banner_rows, HISTORY)
        self.fits = room.fits
        self.set_class(not room.side_by_side, "-stacked")
        for shown in ("#panes", "#message", KeyBar):
            self.query_one(shown).display = room.fits
        self.query_one(KeyBar).most = room.keys
        rows = self.size.height - TOP_AND_MESSAGE - room.keys - self.banner_rows
        fields = 0 if room.side_by_side else max(LIST, rows // 3)
        right = rows - fields
        if right < PANE:  # only one of them has room
            fields, right = 0, rows
        pane = self.query_one(QueueList)
        pane.display = room.side_by_side or fields > 0
        pane.styles.height = fields or "1fr"
        self.query_one("#now").display = right >= LOW + FRAME + HISTORY

    def on_screen_resume(self) -> None:
        """Comes from another screen, perhaps with another contact."""
        if self.is_mounted and (self.file is None or self.file.contact != self.desk.person):
            self.come_back()
        elif self.is_mounted:
            self.after_write()

    def come_back(self) -> None:
        self.say("")
        self.open()
        self.redraw()

    def open(self) -> None:
        """Opens the file that was asked for, from its top."""
        self.cursor, self.top, self.part = 0, 0, Part.ALL
        self.visiting = None
        self.past_refusals = False
        self.read_file()

    def read_file(self) -> None:
        """Reads the file anew; nothing is open when the contact is not on the desk any more."""
        self.file = None
        if self.desk.person is not None:
            try:
                self.file = person_file(self.desk.db, self.desk.person)
            except NotOnDesk:
                self.desk.person = None
        self.hand.take(self.desk.person)
        self._fields = [] if self.file is None else self._fields_of(self.file)
        self.cursor = max(0, min(self.cursor, len(self._fields) - 1))

    def _fields_of(self, file: PersonFile) -> list[tuple[str, str, str]]:
        """Name, label and value; what an import kept under its own heading has no name."""
        sop = self.desk.shift.sop
        own = [
            (n, person_words.label(n), person_words.value(file, n, sop))
            for n in person_words.FIELDS
        ]
        return own + [("", label, text) for label, text in person_words.other_fields(file).items()]

    # What the contact in hand asks of a screen

    @property
    def listed(self) -> int | None:
        return None if self.file is None else self.file.contact

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self._fields)

    def go_on(self) -> None:
        """There is no list to go on in."""

    def reread(self, contact: int | None, stage: str | None) -> None:  # noqa: ARG002 - lists
        self.desk.person = contact or self.desk.person
        self.read_file()

    def visit(self, contact: int) -> None:
        self.desk.person = contact
        self.come_back()

    def after_write(self) -> None:
        self.visiting = None
        self.read_file()
        self.redraw()

    def _answer(self, content: str) -> str:
        """A keyword is told; what it asks for is sent from Today or Replies."""
        title = self.hand.title_of(content)
        return " · " + _("asks for {title}: Replies (F3) sends it", title=title)

    def action_back(self) -> None:
        if self.arrived:
            super().action_back()
        else:
            cast("Outside", self.app).show_before()

    # Keys of the screen's own

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self._fields) - 1))
        self.query_one(QueueList).move_to(self.cursor)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """A value that is cut in its row stands whole in the line below."""
        if not self._fields:
            return
        _name, label, text = self._fields[self.cursor]
        room = drawing.room(self.query_one(QueueList).size.width)
        self.say(said_of(label, text) if cell_len(show(text)) > room else "")
        self.draw_bars("")

    def point_to(self, index: int) -> None:
        self.action_move(index - self.cursor)

    def action_open_field(self) -> None:
        """Enter: a window with the field's text."""
        contact = self.contact
        if contact is None or self.in_burst() or self.is_held_on():
            return
        name, _label, text = self._fields[self.cursor]
        if name and masking.field(name, text) == text:
            self.change(contact, name, text)
            return
        if name:
            self.say(_("Masked: Ctrl+G shows the field as it is, then it can be changed."))
        else:
            self.say(_("This field came with an import and is changed by the next one."))
        self.draw_bars("")

    def action_part(self, by: int) -> None:
        parts = [*Part]
        self.part = parts[(parts.index(self.part) + by) % len(parts)]
        self.top = 0
        self._draw_history()

    def action_export(self) -> None:
        """Writes the part of what happened that is shown."""
        # Imported when asked for: the start does not wait for CSV and XLSX.
        from tui import person_table
        from tui.screens.exporting import Table, ask_and_write

        file, sop = self.file, self.desk.shift.sop
        if file is None:
            return
        entries = person_words.told(file.entries, self.part)
        corrected = purchase_words.superseded(file.entries, file.purchases)
        table = Table(
            f"contact-{file.contact}",
            person_table.headings(),
            len(entries),
            lambda: (person_table.cells(entry, sop, corrected) for entry in entries),
        )
        ask_and_write(self, table, _("Write what happened with this contact to a file"))

    def action_page(self, by: int) -> None:
        """Scrolls what happened; the cursor stays on its field."""
        height = self._room
        last = max(0, len(self._lines) - height)
        self.top = max(0, min(self.top + by * max(1, height - 1), last))
        self._draw_history()

    # Drawing

    def redraw(self) -> None:
        fields, now = self.query_one(QueueList), self.query_one("#now", Lines)
        file, offered, desk = self.file, self.hand.offered, self.desk
        nobody = () if file else drawing.nobody_lines(fields.size.width)
        fields.show_rows(len(self._fields), self.cursor, nobody)
        if file is None or offered is None:
            fields.border_title = now.border_title = ""
            now.draw([])
            now.styles.height = LOW + FRAME
            self._above = LOW + FRAME if now.display else 0
        else:
            fields.border_title = Content(show(self.hand.name))
            now.border_title = Content(_("What stands open"))
            today, sop, width = desk.clock().day, desk.shift.sop, now.size.width
            lines = drawing.now_lines(desk.db, file, offered, sop, today, width)
            height = max(LOW, min(len(lines), self.size.height // 3))
            now.styles.height = height + FRAME
            self._above = height + FRAME if now.display else 0
            now.draw(drawing.fitting(lines, height))
        self._draw_history()
        self.draw_bars("")

    def redraw_contact(self) -> None:
        self.redraw()

    @property
    def _room(self) -> int:
        """Rows of what happened that are in view."""
        return max(1, self.query_one("#right").size.height - self._above - FRAME)

    def _draw_history(self) -> None:
        pane = self.query_one("#history", Lines)
        width, height = pane.size.width, self._room
        entries = person_words.told(self.file.entries, self.part) if self.file else []
        corrected = (
            purchase_words.superseded(self.file.entries, self.file.purchases) if self.file else ()
        )
        sop, profile = self.desk.shift.sop, self.file.profile if self.file else {}
        self._lines = drawing.history_lines(entries, profile, sop, width, corrected)
        self.top = max(0, min(self.top, len(self._lines) - height))
        who = "" if self.query_one(QueueList).display else show(self.hand.name)
        pane.border_title = (
            Content(show(drawing.parts_words(self.part, width - 2, who), width))
            if self.file
            else ""
        )
        told = ngettext("{n} event, newest first", "{n} events, newest first", len(entries))
        if len(self._lines) > height:
            told += " · " + _("PgDn reads on")
        pane.border_subtitle = Content(told) if self.file else ""
        shown = self._lines[self.top : self.top + height]
        pane.draw(shown or (drawing.nothing_lines(self.part, width) if self.file else []))

    def _row(self, index: int, width: int) -> Line:
        name, label, text = self._fields[index]
        text = masking.field(name, text) if name else masking.hidden(text)
        return drawing.field_line(label, text, width, changeable=bool(name))
