"""The terminal before Textual: one picture on it, until the driver takes it over.

Loading Textual takes longer than reading the day, so its first rows are drawn
with plain escape sequences and stand while it loads. What is typed meanwhile
waits for the app. Whatever ends the program before the app runs, the terminal
is given back as it was found.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

from tui.show import printable

if TYPE_CHECKING:
    from tui.widgets.lines import Line

Draw = Callable[[int, int], "Sequence[Line]"]
"""The lines of a screen of (cells, rows), none longer than that."""
Modes = list[Any]
"""What `termios` tells of a terminal."""

ALTERNATE = "\x1b[?1049h"
"""Switches to the terminal's second screen."""
SMALLEST = (40, 10)
"""Cells and rows below which nothing is drawn early."""
ENDING = (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
SGR = {
    "strong": "1",
    "bold": "1",
    "title": "1",
    "key": "1",
    "dim": "2",
    "rest": "2",
    "lost": "2",
    "tab": "7",
    "cursor": "7",
    "accent": "36",
    "friendly": "36",
    "exploring": "36",
    "done": "32",
    "success": "32",
    "positive": "32",
    "warning": "33",
    "error": "31",
    "rejecting": "31",
}
"""The terminal's own colours for looks, whatever its theme."""


class _Taken:
    """For the whole process: it has one terminal."""

    modes: Modes | None = None
    told_to_end: int = 0
    """The signal that came while nobody could end in order; none is 0."""


def hand_over() -> Modes | None:
    """The modes to give back at the end, for a driver that takes over the drawn terminal.

    None when nothing was drawn. From here on the driver answers for the terminal.
    """
    modes, _Taken.modes = _Taken.modes, None
    return modes


def told_to_end() -> int:
    """The number of the signal to end that came before a driver took over; 0 for none."""
    return _Taken.told_to_end


@contextmanager
def early_picture(draw: Draw) -> Iterator[None]:
    """Draws a picture unless Textual is there already; gives the terminal back if nobody took it.

    A signal to end is noted while it stands: raised into the middle of an import it would come
    out as another fault. The driver that takes over obeys it; else SystemExit is raised at the end.
    """
    size = shutil.get_terminal_size()
    small = size.columns < SMALLEST[0] or size.lines < SMALLEST[1]
    if small or "textual" in sys.modules or "TEXTUAL_DRIVER" in os.environ:
        yield
        return
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    keyboard = sys.stdin.fileno()
    written = _written(draw(size.columns, size.lines))
    try:
        _Taken.modes = termios.tcgetattr(keyboard)
    except termios.error:
        yield
        return
    _Taken.told_to_end = 0
    before = [signal.signal(number, _note) for number in ENDING]
    try:
        termios.tcsetattr(keyboard, termios.TCSANOW, _raw(_Taken.modes))
        _write(f"{ALTERNATE}\x1b[?25l\x1b[?7l\x1b[2J{written}\x1b[?7h")
        yield
    finally:
        modes = hand_over()
        if modes is not None:
            _write("\x1b[?1049l\x1b[?25h")
            with suppress(termios.error):
                termios.tcsetattr(keyboard, termios.TCSANOW, modes)
            for number, handler in zip(ENDING, before, strict=True):
                signal.signal(number, handler)
    if modes is not None and _Taken.told_to_end:
        raise SystemExit(128 + _Taken.told_to_end)


def _written(lines: Sequence[Line]) -> str:
    """Lines with where they stand and how they look."""
    return "".join(f"\x1b[{row};1H{_line(line)}" for row, line in enumerate(lines, 1))


def _line(line: Line) -> str:
    written = ""
    for text, look in line:
        sign = ";".join(SGR[part] for part in look.split() if part in SGR)
        written += f"\x1b[{sign}m{printable(text)}\x1b[m" if sign else printable(text)
    return written


def _raw(modes: Modes) -> Modes:
    """Keys come one by one, as they are and unechoed: what an app's driver sets, too."""
    import termios

    iflag, oflag, cflag, lflag, *speeds, chars = modes
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    chars = [*chars]
    chars[termios.VMIN], chars[termios.VTIME] = 1, 0
    return [iflag, oflag, cflag, lflag, *speeds, chars]


def _write(text: str) -> None:
    """To the stream that Textual's driver writes to; a closed window takes nothing any more."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _note(number: int, _frame: FrameType | None) -> None:
    _Taken.told_to_end = number
