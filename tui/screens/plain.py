"""A text alone on the screen, to be selected with the terminal's own mouse where nothing copies it.

While it shows, the terminal keeps the mouse to itself, so that dragging
selects. Nothing here is logged.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tui.driver import report_mouse
from tui.screens.scrolled import Scrolling
from tui.widgets.lines import Lines, Wrapped
from tui.words import _


class PlainScreen(Scrolling):
    """The text from the left edge to the right, without a frame; below it the way back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,ctrl+k,f1", "leave", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="plain") as box:
            box.can_focus = False
            yield Wrapped()
        yield Lines(id="message")

    def on_mount(self) -> None:
        self.query_one(Wrapped).draw([((line, "plain"),) for line in self._text.split("\n")])
        told = _("Select the text with the mouse and copy it as in any terminal · Esc goes back")
        self.query_one("#message", Lines).draw([((" " + told, "dim"),)])
        report_mouse(self.app, wanted=False)

    def draw_anew(self) -> None:
        """The whole text is a contact's: it is not shown while names are masked."""
        self.action_leave()

    def action_leave(self) -> None:
        report_mouse(self.app, wanted=True)
        self.dismiss()
