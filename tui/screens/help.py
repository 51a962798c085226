"""F1: every key of the screen below, made from the same table as the bindings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui.keys import Key
from tui.screens.scrolled import ScrolledScreen
from tui.widgets.lines import Line
from tui.words import _
from tui.wrapping import wrap

SIGN = 12
"""Cells of the column of keys."""


class HelpScreen(ScrolledScreen):
    """The keys, one under the other."""

    def __init__(self, keys: Sequence[Key], intro: str = "") -> None:
        """`intro` is a message id about the screen below; empty for none."""
        super().__init__(_("Keys"), lambda width: help_lines(keys, width, intro))


def help_lines(keys: Sequence[Key], width: int, intro: str = "") -> list[Line]:
    """What the screen is for, then each key with its sentence."""
    lines: list[Line] = []
    if intro:
        lines += [*(((row, "plain"),) for row in wrap(_(intro), width)), ()]
    for key in keys:
        rows = wrap(_(key.told), width - SIGN)
        sign = " " + key.sign + " " * (SIGN - 1 - cell_len(key.sign))
        for i, row in enumerate(rows):
            lines.append(((sign if i == 0 else " " * SIGN, "key"), (row, "plain")))
    return lines
