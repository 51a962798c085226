"""The bars around a screen as lines: the top line, the keys, the message. Pure, without Textual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from rules.timing import date_of
from tui.keys import Key
from tui.show import show
from tui.wording import weekday_word
from tui.words import _, date_words

if TYPE_CHECKING:
    from tui.widgets.lines import Line, Piece

GAP = "  "
WIDE = 100
"""Cells from which two rows of keys are enough."""
NARROW_ROWS = 3


def bar_rows(keys: Sequence[Key], width: int, marked: str = "") -> list[Line]:
    """The keys of a footer for the width there is; what does not fit is in the help."""
    rows = key_rows([key for key in keys if key.footer], max(20, width), marked)
    return rows[: NARROW_ROWS if width < WIDE else 2]


def key_rows(keys: Sequence[Key], width: int, marked: str = "") -> list[Line]:
    """Keys with their labels, broken into rows of at most `width` cells."""
    rows: list[list[Piece]] = [[(" ", "plain")]]
    used = 0
    for key in keys:
        looks = ("tab", "tab") if key.sign == marked else ("key", "plain")
        pieces: list[Piece] = [(key.sign, looks[0]), (" " + _(key.label), looks[1])]
        size = sum(cell_len(text) for text, _look in pieces)
        if used and used + len(GAP) + size > width - 1:
            rows.append([(" ", "plain")])
            used = 0
        if used:
            pieces.insert(0, (GAP, "plain"))
            size += len(GAP)
        rows[-1].extend(pieces)
        used += size
    return [tuple(row) for row in rows]


def spread_out(left: Line, right: Line, width: int) -> Line:
    """Two parts of a line at its ends; the right one gives way when there is no room."""
    size = sum(cell_len(text) for text, _look in (*left, *right))
    if size >= width:
        return left
    return (*left, (" " * (width - size), "plain"), *right)


def top_line(tabs: Line, day: int, operator: str, version: str, width: int) -> Line:
    """The screens; at the right the desk's day, who works, which SOP, as far as there is room."""
    date = date_of(day)
    parts = (date_words(date), " " + weekday_word(date), f" · {show(operator)}")
    told = ["".join(parts[:n]) + " " for n in range(1, len(parts) + 1)]
    told.append(f"{told[-1]}· SOP {show(version)} ")
    room = width - sum(cell_len(text) for text, _look in tabs)
    fitting = [text for text in told if cell_len(text) < room]
    return spread_out(tabs, ((fitting[-1], "dim"),) if fitting else (), width)
