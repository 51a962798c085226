"""Today as it first stands, as lines of a whole screen: each where the app will draw it.

Without Textual, which is loaded while they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from tui.opening import OpenDesk
from tui.screens.banner import banner_lines
from tui.screens.room import room_for
from tui.screens.tabs import tab_line
from tui.screens.today import empty
from tui.screens.today.due_list import DueList
from tui.screens.today.keys import TODAY_KEYS
from tui.show import ELLIPSIS
from tui.widgets.bars import bar_rows, top_line

if TYPE_CHECKING:
    from tui.widgets.lines import Line, Piece

LIST_SHARE = 45
"""Hundredths of the screen's width that the list takes, as in siyu.tcss."""
LIST_LEAST = 39
"""Cells that it takes at least."""
FRAME = "rest"
"""The look of the list's border."""


def first_picture(desk: OpenDesk, width: int, height: int) -> list[Line]:
    """The bars, and the list of the first stage in which somebody is due."""
    now, shift = desk.clock(), desk.shift
    banner = banner_lines(desk, now, width)
    if not room_for(width, height, len(banner)).is_usual:
        return [_fitted((), width)] * height  # the app says what there is room for
    due = DueList(desk)
    due.begin_day()
    due.measure_names()
    shown = [key for key in TODAY_KEYS if not (desk.reads and key.writes)]
    keys = bar_rows(shown, width)
    above = [
        top_line(tab_line("today"), now.day, shift.operator, shift.sop.version, width),
        *banner,
        due.progress_line(width),
    ]
    size = max(LIST_LEAST, width * LIST_SHARE // 100) - 2
    room = height - len(above) - len(keys) - 3
    rows = [
        (("│", FRAME), *row, ("│", FRAME))
        for row in (_fitted(row, size) for row in _rows(desk, due, size, room))
    ]
    top, bottom = _top(due.title_line(size), size), (("╰" + "─" * size + "╯", FRAME),)
    return [_fitted(line, width) for line in (*above, top, *rows, bottom, (), *keys)]


def _rows(desk: OpenDesk, due: DueList, size: int, room: int) -> list[Line]:
    """What stands in the list: so many rows, the cursor among them."""
    if not due.rows:
        return _filled(empty.lines(empty.look(desk, due.counts), size), room)
    top = max(0, due.cursor - room + 1)
    places = range(top, min(top + room, len(due.rows)))
    return _filled([_row(due, place, size) for place in places], room)


def _row(due: DueList, place: int, size: int) -> Line:
    line = due.row_line(place, size)
    if place != due.cursor:
        return line
    return tuple((text, f"{look} cursor") for text, look in _fitted(line, size))


def _filled(lines: Sequence[Line], room: int) -> list[Line]:
    return [*lines[:room], *[()] * (room - len(lines))]


def _fitted(line: Line, size: int) -> Line:
    """A line of exactly so many cells; one that is too long ends with the sign for it."""
    told = "".join(text for text, _look in line)
    goes_on = cell_len(told.rstrip()) > size > 0
    pieces: list[Piece] = []
    left = size - goes_on
    for text, look in line:
        fitting = text if cell_len(text) <= left else set_cell_size(text, left)
        pieces.append((fitting, look))
        left -= cell_len(fitting)
    return (*pieces, (ELLIPSIS if goes_on else " " * left, "plain"))


def _top(title: Line, size: int) -> Line:
    """The upper border, the title in it."""
    room, told = size - 4, title
    if _length(title) > room:
        told = _fitted(title, room)
    return (("╭─ ", FRAME), *told, (" " + "─" * (size - 3 - _length(told)) + "╮", FRAME))


def _length(line: Line) -> int:
    return sum(cell_len(text) for text, _look in line)
