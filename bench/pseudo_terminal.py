"""Programs begun in a pseudo-terminal, for whoever watches one: measuring here, seeing in tests.

`bench.programs` reads CPU time and bytes and draws nothing, so that watching
costs nothing; `tests.terminal` keeps the screen and answers what a terminal is
asked. Both begin their program here, with the same environment.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_OF_A_TERMINAL = re.compile(
    r"(?:COLUMNS|LINES|TMUX|STY|DISPLAY|WAYLAND_DISPLAY|ESCDELAY|LANG|PYTHONDONTWRITEBYTECODE)\Z"
    r"|(?:TERM|COLORTERM|TEXTUAL|SSH_|SIYU_|LC_)"
)


def environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """This process's environment without what tells of its own terminal, language and desk.

    `changes` are added to it; a value of None takes a name out.
    """
    kept = {name: value for name, value in os.environ.items() if not _OF_A_TERMINAL.match(name)}
    plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    wanted = {**kept, **plain, **changes}
    return {name: value for name, value in wanted.items() if value is not None}


def begin(
    command: Sequence[str],
    environ: Mapping[str, str],
    size: tuple[int, int],
    directory: Path | None = None,
) -> tuple[int, int]:
    """Begins the command in a terminal of (columns, lines); its process id, the terminal's end."""
    pid, fd = pty.fork()
    if pid == 0:
        try:
            set_size(0, size)
            if directory is not None:
                os.chdir(directory)
            os.execvpe(command[0], list(command), dict(environ))  # noqa: S606
        finally:
            os._exit(127)
    os.set_inheritable(fd, False)  # a terminal that others hold open too is never gone
    return pid, fd


def set_size(fd: int, size: tuple[int, int]) -> None:
    """Gives the terminal (columns, lines); the system tells the program."""
    columns, lines = size
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far, of all its threads. Raises OSError where nobody tells it."""
    scheduler_clock = 2
    return time.clock_gettime(~pid << 3 | scheduler_clock)  # its clock's number, as Linux makes it
