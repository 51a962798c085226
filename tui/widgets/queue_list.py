"""A list with a cursor that draws only the rows in view: the same cost at any length."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.widgets.lines import Line, Lines


class QueueList(Lines):
    """Rows asked for one by one; the screen moves the cursor."""

    @dataclass
    class Pointed(Message):
        """A row was clicked."""

        index: int

    @dataclass
    class Wheeled(Message):
        """The wheel was turned by so many rows."""

        rows: int

    def __init__(self, row: Callable[[int, int], Line], *, id: str | None = None) -> None:  # noqa: A002
        """`row(index, width)` gives the line of a row."""
        super().__init__(id=id)
        self._row = row
        self.count = 0
        self.cursor = 0
        self.top = 0
        self.placeholder: tuple[Line, ...] = ()

    def show_rows(self, count: int, cursor: int, placeholder: tuple[Line, ...] = ()) -> None:
        """Shows `count` rows anew with the cursor on one; `placeholder` when there are none."""
        self.count, self.placeholder = count, placeholder
        self.cursor = max(0, min(cursor, count - 1))
        self._keep_in_view()
        self.refresh()

    def move_to(self, cursor: int) -> None:
        """Moves the cursor; repaints two rows unless the list has to scroll."""
        before, top = self.cursor, self.top
        self.cursor = max(0, min(cursor, self.count - 1))
        self._keep_in_view()
        if self.top != top:
            self.refresh()
        else:
            self.refresh_row(before)
            self.refresh_row(self.cursor)

    def refresh_row(self, index: int) -> None:
        """Repaints one row, if it is in view."""
        y = index - self.top
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def line_at(self, y: int) -> Line:
        index = self.top + y
        if self.count == 0:
            return self.placeholder[y] if y < len(self.placeholder) else ()
        return self._row(index, self.size.width) if index < self.count else ()

    def render_line(self, y: int) -> Strip:
        here = self.count > 0 and self.top + y == self.cursor
        return self.strip_of(self.line_at(y), "cursor" if here else "")

    def on_resize(self) -> None:
        self._keep_in_view()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        index = self.top + event.y - self.gutter.top
        if 0 <= index < self.count:
            self.post_message(self.Pointed(index))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.post_message(self.Wheeled(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.post_message(self.Wheeled(-1))

    def _keep_in_view(self) -> None:
        height = self.size.height
        if not height:
            self.top = 0  # not laid out yet
            return
        highest = max(0, self.count - height)
        self.top = max(0, min(self.top, self.cursor, highest))
        if self.cursor >= self.top + height:
            self.top = self.cursor - height + 1
