"""Screens with a list of contacts on the left, and the one under its cursor in hand."""

from __future__ import annotations

from abc import abstractmethod

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from store.profiles import profile_of
from tui.in_front import in_front
from tui.opening import OpenDesk
from tui.screens.contact_screen import ContactScreen
from tui.screens.list_screen import ListScreen
from tui.screens.room import Room, room_for
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList


class ListedContacts(ListScreen, ContactScreen):
    """The panes, and what coming back to the list does."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall"), (46, "-tallest")]  # noqa: RUF012 - as Textual has it
    """On a tall screen the card tells more earlier messages."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self._left = False
        """Another full screen was shown since."""
        self.room = Room()

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="progress", classes="bar")
        yield from self.compose_more()
        with Horizontal(id="panes"):
            queue = QueueList(self.row_line, id="queue")
            queue.add_class("pane")
            yield queue
            with Vertical(id="right"):
                yield Lines(id="card", classes="pane")
                yield Lines(id="script", classes="pane")

    def on_resize(self) -> None:
        self.make_room()
        super().on_resize()

    def make_room(self) -> None:
        """Shows the panes that the screen has room for, each in its size."""
        more = [*self.query(".more").results(Lines)]
        room = room_for(*self.size, self.banner_rows + len(more))
        if room == self.room:
            return
        self.room, self.fits = room, room.fits
        self.set_class(not room.side_by_side, "-stacked")
        for bar in (self.query_one("#progress", Lines), *more):
            bar.display = room.fits and room.progress
        for shown in ("#panes", "#message", KeyBar):
            self.query_one(shown).display = room.fits
        self.query_one(KeyBar).most = room.keys
        queue, pane = self.query_one(QueueList), self.query_one("#card", Lines)
        queue.display = room.side_by_side or room.queue > 0
        queue.styles.height = room.queue or "1fr"
        pane.display = room.card > 0
        pane.styles.height = room.card

    def compose_more(self) -> ComposeResult:
        """Bars of the screen's own, above the list."""
        yield from ()

    @abstractmethod
    def row_line(self, index: int, width: int) -> Line:
        """One row of the list."""

    def go_on(self) -> None:
        self.action_move(1)

    def point_to(self, index: int) -> None:
        if self.visiting is not None:
            self.action_back()
        super().point_to(index)

    def on_screen_suspend(self) -> None:
        shown = in_front(self.app)
        self._left = shown is not None and not shown.is_modal

    def on_screen_resume(self) -> None:
        """Comes back from another full screen: what was done there shows.

        Behind a dialog or the help the list waits as it is: a contact that was
        just sent to stays in hand.
        """
        if self._left and self.is_mounted:
            self._left = False
            if self.visiting is not None and profile_of(self.desk.db, self.visiting) is None:
                self.visiting = None  # erased or merged meanwhile
            self.reread(self.listed, None)
            self.hand.take(self.contact)
            self.after_write()
