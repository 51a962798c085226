"""The replies and notes behind a content's figures, newest first; nothing is logged here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.nouns import Reaction
from rules.periods import Months
from store.review import ContentReview, Reply, notes_after, replies
from tui.keys import APP_KEYS, EXPORT_KEYS, FIND_KEY, LIST_KEYS
from tui.opening import OpenDesk
from tui.screens.contents import drawing
from tui.screens.contents.choosing import title_of
from tui.screens.contents.keys import BEHIND_KEYS
from tui.screens.list_screen import ReadingScreen
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.wording import reaction_word
from tui.words import _
from tui.wrapping import wrap

TOLD_ROWS = 8
"""Rows of a reply in full, with its frame."""


class BehindScreen(ReadingScreen):
    """One content's replies, all or those of one reaction."""

    NAME = "content"
    TOLD = "#told"
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*BEHIND_KEYS, FIND_KEY, *EXPORT_KEYS, *LIST_KEYS)
    ]
    KEYS = (*BEHIND_KEYS, FIND_KEY, *APP_KEYS, *EXPORT_KEYS, *LIST_KEYS)

    def __init__(
        self, desk: OpenDesk, row: ContentReview, stage: str | None, months: Months
    ) -> None:
        super().__init__(desk)
        self.row, self.stage, self.months = row, stage, months
        self.only: Reaction | None = None
        self.found: tuple[Reply, ...] = ()

    def compose_panes(self) -> ComposeResult:
        contents = QueueList(self._line, id="contents")
        contents.add_class("pane")
        yield contents
        yield Lines(id="told", classes="pane")

    @property
    def told_rows(self) -> int:
        return TOLD_ROWS

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self.found)

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_only(self, reaction: str) -> None:
        """Only the replies of one reaction; empty means all."""
        self.only, self.cursor = (Reaction(reaction) if reaction else None), 0
        self.read()
        self.redraw()

    def action_export(self) -> None:
        """Writes all replies of the reaction that is shown, also those beyond the list."""
        from tui import content_table
        from tui.screens.exporting import Table, ask_and_write

        table = Table("content-replies", content_table.reply_headings(), None, self._replies_told)
        ask_and_write(self, table)

    def _replies_told(self) -> Iterator[tuple[str, ...]]:
        from tui import content_table

        row, db, sop = self.row, self.desk.db, self.desk.shift.sop
        of = (row.content, row.version, self.only, self.stage, self.months)
        for reply in replies(db, *of, n=row.evidence.sends):
            yield content_table.reply_cells(reply, notes_after(db, reply), title_of(row, sop), sop)

    def sop_changed(self) -> None:
        self.redraw()

    def read(self) -> None:
        row = self.row
        self.found = replies(
            self.desk.db, row.content, row.version, self.only, self.stage, self.months
        )
        self.cursor = max(0, min(self.cursor, len(self.found) - 1))

    def redraw(self) -> None:
        queue, sop = self.query_one(QueueList), self.desk.shift.sop
        what = reaction_word(self.only) if self.only else _("all replies")
        n = f"{len(self.found):d}"
        title = _("{title}: {what}, {n}", title=show(title_of(self.row, sop), 40), what=what, n=n)
        queue.border_title = Content(show(title))
        told = wrap(_("Nobody reacted so. 5 shows every reply, Esc goes back."), queue.size.width)
        nothing: tuple[Line, ...] = tuple(((" " + line, "plain"),) for line in ("", *told))
        queue.show_rows(len(self.found), self.cursor, () if self.found else nothing)
        self.draw_told()

    def draw_told(self) -> None:
        pane = self.query_one("#told", Lines)
        if self.found:
            reply = self.found[self.cursor]
            notes = notes_after(self.desk.db, reply)
            pane.draw(drawing.reply_lines(reply, notes, pane.size.width))
        else:
            pane.draw([])
        self.draw_bars("")

    def _line(self, index: int, width: int) -> Line:
        return drawing.reply_line(self.found[index], self.desk.shift.sop, width)
