"""Screens with a list on them: the cursor, the pages, the mouse, the same in every list."""

from __future__ import annotations

from abc import abstractmethod

from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.widgets.queue_list import QueueList


class ListScreen(DeskScreen):
    """One `QueueList`, and the ways of moving in it."""

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


class ReadingScreen(ListScreen):
    """A list to look at: read anew whenever it is come back to, one row of it told in full."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.cursor = 0

    @abstractmethod
    def read(self) -> None:
        """Reads the rows; leaves the cursor on one of them."""

    @abstractmethod
    def draw_told(self) -> None:
        """Draws what is told of the row under the cursor, and the bars."""

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
