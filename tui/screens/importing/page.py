"""What the three import screens share: their tab, the way back, and texts that press nothing."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.widgets.lines import Line
from tui.words import _


class ImportPage(DeskScreen):
    """One of them; each replaces the one before, and the last goes back to the desk."""

    # Another import is begun from the desk, so that what is shown here is not lost by a slip.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "stay", show=False)]

    def __init__(self, desk: OpenDesk, back_to: str) -> None:
        """`back_to` names the full screen that stood here before."""
        super().__init__(desk)
        self.back_to = back_to

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    def redraw(self) -> None:
        """Draws everything anew."""
        self.draw_bars("")

    def tabs(self) -> Line:
        return (*super().tabs(), (" Ctrl+O ", "dim"), (_("Import"), "tab"))

    def leave(self) -> None:
        """Back to the screen that stood here before."""
        self.app.switch_screen(self.back_to)

    def action_stay(self) -> None:
        """Does nothing."""

    def on_paste(self, event: events.Paste) -> None:
        """A text that arrived presses nothing, and is of no use here."""
        event.stop()
        self.text_arrived(event.text)
        self.arrived = ""
        self.redraw()
