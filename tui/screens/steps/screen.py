"""The Undo screen: what was done, by day; each step undone or redone, back to the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from rules.nouns import Kind
from rules.purchases import day_told
from rules.wording import N_
from store import merged, undoing
from store.profiles import profile_of
from store.undoing import StepTold
from tui.keys import APP_KEYS, EXPORT_KEYS, FIND_KEY, LIST_KEYS, Key
from tui.opening import OpenDesk
from tui.screens.list_screen import ReadingScreen
from tui.screens.room import Below
from tui.screens.steps import drawing
from tui.screens.steps.keys import STEP_KEYS
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.wording import day_words, said_of
from tui.words import _

PAGE = 200
NARROW_TOLD = 8


class StepsScreen(ReadingScreen):
    """The operator's steps, newest first; Enter takes one back or does it again."""

    NAME = "steps"
    INTRO = N_(
        "Everything that you did, of any day. Enter takes a step back, or does again"
        " what was taken back; nothing is ever lost."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*STEP_KEYS, FIND_KEY, *EXPORT_KEYS, *LIST_KEYS)
    ]
    KEYS = (*STEP_KEYS, FIND_KEY, *APP_KEYS, *EXPORT_KEYS, *LIST_KEYS)

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.steps: list[StepTold] = []
        self._rest: Iterator[StepTold] = iter(())
        self._sizes = drawing.DAY, drawing.WHAT

    def compose_panes(self) -> ComposeResult:
        with Horizontal(id="panes"):
            queue = QueueList(self._row, id="queue")
            queue.add_class("pane")
            yield queue
            yield Lines(id="detail", classes="pane")

    @property
    def told_rows(self) -> int:
        """As many as most steps need, where what is told stands below the list."""
        return NARROW_TOLD

    def place_told(self, room: Below) -> None:
        """Beside the list; on a narrow screen below it."""
        super().place_told(room)
        self.set_class(not room.side_by_side, "-stacked")
        if room.side_by_side:
            told = self.query_one(self.TOLD)
            told.display, told.styles.height = room.fits, "1fr"

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self.steps)

    @property
    def keys_shown(self) -> Sequence[Key]:
        return self.KEYS if self.steps else APP_KEYS

    @property
    def contact(self) -> int | None:
        """Whom the step under the cursor is about, as far as they are on the desk."""
        event = self.steps[self.cursor].event if self.steps else None
        if event is None or event.contact is None:
            return None
        holder = merged.holder(self.desk.db, event.contact)
        return None if profile_of(self.desk.db, holder) is None else holder

    def action_move(self, by: int) -> None:
        wanted = self.cursor + by
        if wanted >= len(self.steps) - 1:
            self.steps.extend(islice(self._rest, max(PAGE, wanted - len(self.steps))))
        super().action_move(by)

    def action_take_back(self) -> None:
        """Takes the step under the cursor back, or does it again."""
        if not self.steps or self.in_burst():
            return
        self.attempt(self._toggle)

    def action_export(self) -> None:
        """Writes every step from the first on, not only those that were read so far."""
        from tui.screens.exporting import Table, ask_and_write

        counted = len(self.steps) if len(self.steps) < PAGE else None
        ask_and_write(self, Table("steps", drawing.headings(), counted, self._steps_told))

    def _steps_told(self) -> Iterator[tuple[str, ...]]:
        for told in undoing.steps(self.desk.db, self.desk.shift.operator):
            yield drawing.cells(self.desk, told)

    def _toggle(self) -> None:
        desk, told = self.desk, self.steps[self.cursor]
        undoing.toggle(desk.db, desk.shift, desk.clock(), told.event.seq)
        self.steps[self.cursor] = StepTold(told.event, not told.undone)
        words = drawing.step_words(told.event)
        name = drawing.name_of(desk.db, told.event)
        done = _("done again") if told.undone else _("undone")
        if told.event.kind is Kind.PUBLISH:
            self.follow_log()
        self.say("↶ " + said_of(done, f"{words} {name}".rstrip()), "success")
        self.redraw()

    def redraw(self) -> None:
        queue = self.query_one(QueueList)
        self._sizes = drawing.day_size(self.steps), drawing.what_size(self.steps)
        queue.border_title = Content(_("What you did, newest first"))
        nothing = drawing.empty_lines(queue.size.width)
        queue.show_rows(len(self.steps), self.cursor, () if self.steps else nothing)
        self.draw_told()

    def draw_told(self) -> None:
        detail = self.query_one("#detail", Lines)
        if self.steps:
            told = self.steps[self.cursor]
            detail.border_title = Content(show(day_words(day_told(told.event))))
            detail.draw(drawing.detail_lines(self.desk, told, detail.size.width))
        else:
            detail.border_title = ""
            detail.draw([])
        self.draw_bars("")

    def read(self) -> None:
        self._rest = undoing.steps(self.desk.db, self.desk.shift.operator)
        self.steps = [*islice(self._rest, PAGE)]
        self.cursor = 0

    def _row(self, index: int, width: int) -> Line:
        told = self.steps[index]
        first = index == 0 or day_told(self.steps[index - 1].event) != day_told(told.event)
        return drawing.row_line(self.desk, told, self._sizes, width, first_of_day=first)
