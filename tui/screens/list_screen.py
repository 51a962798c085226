"""Screens with a list on them: the cursor, the pages, the mouse, the same in every list."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, cast

from tui.opening import OpenDesk
from tui.screens.banner import banner_lines
from tui.screens.desk_screen import DeskScreen
from tui.screens.outside import Outside
from tui.screens.room import LEAST_HEIGHT, LEAST_WIDTH, Below, below_for
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Lines
from tui.widgets.queue_list import QueueList
from tui.words import _

PANE_EDGE = 4
"""Cells of a pane's frame and its margins, left and right."""


class ListScreen(DeskScreen):
    """One `QueueList`, and the ways of moving in it."""

    fits = True
    """Whether the screen is large enough to be drawn."""

    @property
    @abstractmethod
    def place(self) -> tuple[int, int]:
        """Where the cursor stands, and how many rows are known."""

    @abstractmethod
    def action_move(self, by: int) -> None:
        """Moves the cursor by so many rows."""

    @abstractmethod
    def redraw(self) -> None:
        """Draws everything anew."""

    def point_to(self, index: int) -> None:
        """A row was clicked."""
        self.action_move(index - self.place[0])

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.query_one(QueueList).size.height - 1))

    def action_end(self, by: int) -> None:
        self.action_move(by * self.place[1])

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.point_to(event.index)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key acts on what nobody sees."""
        return self.fits and super().check_action(action, parameters)

    def draw_bars(self, right: str) -> None:
        if self.fits:
            super().draw_bars(right)
            return
        self.query_one("#banner").display = False
        needed = _("needs {size}", size=f"{LEAST_WIDTH}×{LEAST_HEIGHT}")
        self.query_one("#top", Lines).draw([((needed, "warning"),)])

    @property
    def banner_rows(self) -> int:
        return len(banner_lines(self.desk, self.desk.clock(), self.size.width))


class ReadingScreen(ListScreen):
    """A list to look at: read anew whenever it is come back to, one row of it told in full."""

    TOLD: ClassVar[str] = "#detail"
    """The pane below the list, where the row is told."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.cursor = 0

    def action_find(self) -> None:
        cast("Outside", self.app).find_on_today()

    @abstractmethod
    def read(self) -> None:
        """Reads the rows; leaves the cursor on one of them."""

    @abstractmethod
    def draw_told(self) -> None:
        """Draws what is told of the row under the cursor, and the bars."""

    @property
    def told_rows(self) -> int:
        """Rows that the pane below the list would have, with its frame."""
        return max(8, self.size.height - self.size.height * 2 // 5 - 4)

    def on_resize(self) -> None:
        self.make_room()
        super().on_resize()

    def make_room(self) -> None:
        """Shows the panes that the screen has room for, each in its size."""
        bars = [*self.query("#progress").results(Lines)]
        room = below_for(*self.size, len(bars) + self.banner_rows, self.told_rows)
        self.fits = room.fits
        for pane in (*bars, *self.query(".pane"), self.query_one("#message")):
            pane.display = room.fits
        keys = self.query_one(KeyBar)
        keys.display, keys.most = room.fits, room.keys
        self.place_told(room)

    def place_told(self, room: Below) -> None:
        """Gives what is told its place."""
        told = self.query_one(self.TOLD)
        told.styles.height = room.told
        told.display = room.told > 0

    def action_move(self, by: int) -> None:
        count = self.place[1]
        self.cursor = max(0, min(self.cursor + by, count - 1))
        queue = self.query_one(QueueList)
        queue.count = count
        queue.move_to(self.cursor)
        self.draw_told()

    def on_mount(self) -> None:
        self.read()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.read()
            self.redraw()
