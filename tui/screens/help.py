"""F1: every key of the screen below, made from the same table as the bindings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from tui.keys import Key
from tui.widgets.lines import Line, Lines
from tui.words import _
from tui.wrapping import wrap

SIGN = 12
"""Cells of the column of keys."""


class HelpScreen(ModalScreen[None]):
    """The keys, one under the other; any of Esc, F1, Enter leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "leave", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("home", "scroll(-1000)", show=False),
        Binding("end", "scroll(1000)", show=False),
    ]

    def __init__(self, keys: Sequence[Key], intro: str = "") -> None:
        """`intro` is a message id about the screen below; without one, how a day goes."""
        super().__init__()
        self._keys, self._intro = keys, intro

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="helpbox") as box:
            box.border_title = Content(_("Keys"))
            box.border_subtitle = Content(_("↑↓ scroll · Esc goes back"))
            box.can_focus = False
            yield Lines(id="help")

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_leave(self) -> None:
        self.dismiss()

    def _draw(self) -> None:
        pane = self.query_one("#help", Lines)
        lines = help_lines(self._keys, max(30, pane.size.width), self._intro)
        pane.styles.height = len(lines)
        pane.draw(lines)


def help_lines(keys: Sequence[Key], width: int, intro: str = "") -> list[Line]:
    """What the screen is for, then each key with its sentence."""
    told = _(intro) if intro else _INTRO()
    lines: list[Line] = [((row, "plain"),) for row in wrap(told, width)]
    lines.append(())
    for key in keys:
        rows = wrap(_(key.told), width - SIGN)
        sign = " " + key.sign + " " * (SIGN - 1 - cell_len(key.sign))
        for i, row in enumerate(rows):
            lines.append(((sign if i == 0 else " " * SIGN, "key"), (row, "plain")))
    return lines


def _INTRO() -> str:
    return _(
        "On the left those to write to today, on the right who it is and what to say. "
        "Enter copies the script: paste it into the chat and send it yourself. "
        "Enter again notes that it was sent. When an answer comes, one digit logs it."
    )
