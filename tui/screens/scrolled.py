"""A window of lines to read, scrolled by the arrows; any of Esc, F1, Enter leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from tui.screens.window import Told, Window, words
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.words import _


class Scrolling(Window[None]):
    """One `VerticalScroll`, and the keys that scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("home", "scroll(-1000)", show=False),
        Binding("end", "scroll(1000)", show=False),
    ]

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


class ScrolledScreen(Scrolling):
    """Lines made for the window's width."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q", "leave", show=False)]

    def __init__(self, title: Told, lines: Callable[[int], list[Line]]) -> None:
        """`lines` is given the width in cells."""
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="helpbox") as box:
            box.border_title = Content(show(words(self._title)))
            box.border_subtitle = Content(_("↑↓ scroll · Esc goes back"))
            box.can_focus = False
            yield Lines(id="help")

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def action_leave(self) -> None:
        self.dismiss()

    def draw_anew(self) -> None:
        self.query_one(VerticalScroll).border_title = Content(show(words(self._title)))
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#help", Lines)
        lines = self._lines(max(30, pane.size.width))
        pane.styles.height = len(lines)
        pane.draw(lines)
