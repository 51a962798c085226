"""The Today screen: the list of those due, and the contact under its cursor in hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from rules.wording import N_
from tui.keys import EXPORT_KEYS, LIST_KEYS, STAGE_KEYS
from tui.opening import OpenDesk
from tui.screens.listed import ListedContacts
from tui.screens.today import empty
from tui.screens.today.due_list import DueList
from tui.screens.today.keys import TODAY_KEYS
from tui.show import printable
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _


class TodayScreen(ListedContacts):
    """Today's contacts, the card and the script of the one under the cursor."""

    NAME = "today"
    INTRO = N_(
        "On the left those to write to today, on the right who it is and what to say. "
        "Enter copies the script: paste it into the chat and send it yourself. "
        "Enter again notes that it was sent. When an answer comes, one digit logs it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*LIST_KEYS, *STAGE_KEYS, *EXPORT_KEYS)
    ]
    KEYS = TODAY_KEYS

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.due = DueList(desk)

    def on_mount(self) -> None:
        self.due.begin_day()
        self.hand.take(self.contact)
        # The rows stand in the very first picture; all else waits for the size of its pane.
        self.query_one(QueueList).show_rows(len(self.due.rows), self.due.cursor)

    @property
    def listed(self) -> int | None:
        return None if self.due.current is None else self.due.current.contact

    @property
    def place(self) -> tuple[int, int]:
        return self.due.cursor, len(self.due.rows)

    def reread(self, contact: int | None, stage: str | None) -> None:
        self.due.open_stage(stage or self.due.stage, on=contact)
        if contact is None:
            self.due.to_first_open()

    def action_move(self, by: int) -> None:
        """Moves the cursor; a contact that is done leaves the list as the cursor leaves it."""
        if self.visiting is not None:
            self.action_back()
            return
        row = self.due.current
        if row is None:
            return
        self.say("")  # what was said of a contact must not hide the next one's credit
        if self.hand.phase == "copied":
            self.say(_("{name}: copied, not confirmed as sent", name=self.hand.name), "warning")
        if self.due.still_due(row):
            self.due.move(by)
            self.query_one(QueueList).move_to(self.due.cursor)
            self.hand.take(self.contact)
            self.redraw_contact()
            return
        self.due.leave_current()
        if by < 0:
            self.due.move(by)
        self.hand.take(self.contact)
        self.redraw()

    def go_on(self) -> None:
        """To the next row that may go now; the arrows reach the others."""
        if self.visiting is not None:
            self.action_back()  # the list is where it was left
            return
        self.action_move(1)
        before = self.due.cursor
        self.due.to_next_open()
        if self.due.cursor != before:
            self.hand.take(self.contact)
            self.redraw()

    def action_stage(self, by: int) -> None:
        """Left and right: the stages in the SOP's order."""
        stages = [count.stage for count in self.due.counts]
        place = stages.index(self.due.stage) if self.due.stage in stages else 0
        self.visiting = None
        self.due.open_stage(stages[(place + by) % len(stages)])
        self.due.to_first_open()
        self.hand.take(self.contact)
        self.due.read_counts()
        self.redraw()

    def action_export(self) -> None:
        """Writes the whole stage into a file, not only the rows that were read so far."""
        # Imported when asked for, as below: the start does not wait for CSV and XLSX.
        from tui import due_table
        from tui.screens.exporting import Table, ask_and_write

        stage = self.due.stage
        due = next((count.due for count in self.due.counts if count.stage == stage), 0)
        table = Table(f"today-{stage}", due_table.headings(), due, lambda: self._due_rows(stage))
        ask_and_write(self, table)

    def _due_rows(self, stage: str) -> Iterator[tuple[str, ...]]:
        from tui.due_table import due_rows

        return due_rows(self.desk, (stage,))

    def after_write(self) -> None:
        self.hand.read_again()
        if self.visiting is None:
            self.due.refresh_current()
        self.due.read_counts()
        self.redraw()

    def redraw(self) -> None:
        """Draws everything anew: one frame, no layout."""
        queue = self.query_one(QueueList)
        self.due.measure_names()
        queue.border_title = self._title(queue.size.width)
        nobody = () if self.due.rows else self._nobody(queue.size.width)
        queue.show_rows(len(self.due.rows), self.due.cursor, nobody)
        progress = self.query_one("#progress", Lines)
        progress.draw([self.due.progress_line(progress.size.width)])
        self.redraw_contact()

    def redraw_contact(self) -> None:
        super().redraw_contact()
        self.query_one(QueueList).refresh_row(self.due.cursor)

    def row_line(self, index: int, width: int) -> Line:
        return self.due.row_line(index, width, self.hand.sign_of(self.due.rows[index].contact))

    def _title(self, width: int) -> Content:
        title = Content("")
        for text, look in self.due.title_line(width):
            title += Content.styled(printable(text), look)
        return title

    def _nobody(self, width: int) -> tuple[Line, ...]:
        return empty.lines(empty.look(self.desk, self.due.counts), width)
