"""A terminal for tests: runs a program in a pseudo-terminal, sees its screen, presses its keys.

Waiting is always for something: a text, a condition, silence of a program that
has stopped working, the end of the process. Every wait has a deadline and
fails with the screen in its message.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from bench.pseudo_terminal import begin, cpu_seconds, environment, set_size

DEADLINE = 90.0
"""Seconds after which a wait fails; a loaded machine needs more than it seems."""
SILENCE = 0.1
"""Seconds without output that a program at rest keeps."""
REST = 0.005
"""Seconds of CPU that a program at rest may use in that time."""

KEYS: Mapping[str, str] = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    **dict(zip(("f1", "f2", "f3", "f4"), ("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"), strict=True)),
    **{f"f{n}": f"\x1b[{n + 10}~" for n in (5,)},
    **{f"f{n}": f"\x1b[{n + 11}~" for n in range(6, 11)},
    **{f"f{n}": f"\x1b[{n + 12}~" for n in (11, 12)},
    **{f"ctrl+{chr(code + 96)}": chr(code) for code in range(1, 27)},
}
"""What a terminal sends for a named key; a key of one character sends itself."""

_QUERIES = re.compile(
    rb"\x1b\[(?:0?c|>0?c|>0?q|5n|6n|\?u|1[48]t|\?(?P<mode>\d+)\$p)"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
)
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-?]*[ -/]*[@-~]"  # private requests: kitty keys, versions
    rb"|\x1b\[[0-?]*[ -/]+[@-~]"  # requests with an intermediate: modes, cursor shapes
    rb"|\x1b\[\?[0-9;]*[a-gi-km-z]"  # private ones but for setting and resetting modes
    rb"|\x1b\[[0-9;]*t"  # the window's size and title
    rb"|\x1b\[[0-9;]*:[0-9;:]*m"  # colours with colons
    rb"|\x1b[\]PX^_].*?(?:\x07|\x1b\\)"  # strings: titles, clipboard, answers
    rb"|\x1b[=>]",
    re.DOTALL,
)
_CUT_OFF = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?)?\Z")
_KNOWN_MODES = frozenset({7, 25, 1000, 1003, 1004, 1006, 1015, 1049, 2004, 2026})


class Terminal:
    """A program in a pseudo-terminal, and what it wrote.

    Use it as a context manager: leaving it ends the program. `environ` is
    added to this process's environment; a value of None takes a name out.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 40,
        environ: Mapping[str, str | None] | None = None,
        directory: Path | None = None,
        answers: bool = True,
    ) -> None:
        self.bytes_seen = b""
        self.exit_code: int | None = None
        self._answers = answers
        self._queries_seen = 0
        self._to_draw = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._size = columns, lines
        self._pid, self._fd = begin(command, environment(environ or {}), self._size, directory)
        os.set_blocking(self._fd, False)
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def lines(self) -> list[str]:
        """The screen's lines as they are now, without blanks at their ends."""
        self._read(0)
        return [line.rstrip() for line in self._screen.display]

    def screen_text(self) -> str:
        return "\n".join(self.lines)

    def keys(self, *names: str) -> None:
        """Presses keys, each by a write of its own: "1", "enter", "f2", "ctrl+c".

        The same key several times in a row is one write: apart by chance, they
        would look like a key that bounces.
        """
        for name, times in groupby(names):
            self.send(KEYS.get(name, name).encode() * len([*times]))

    def paste(self, text: str) -> None:
        """Pastes as a terminal does when the program asked for bracketed pastes."""
        self.send(f"\x1b[200~{text}\x1b[201~".encode())

    def send(self, data: bytes) -> None:
        """Sends the bytes by one write, or as few as the terminal takes."""
        deadline = time.monotonic() + DEADLINE
        while data:
            self._read(0)
            _, writable, _ = select.select([], [self._fd], [], 0.05)
            if writable:
                data = data[os.write(self._fd, data) :]
            elif time.monotonic() > deadline:
                raise AssertionError(f"the program reads no input:\n{self.screen_text()}")

    def resize(self, columns: int, lines: int) -> None:
        """Gives the window another size; the system tells the program."""
        self._size = columns, lines
        self._screen.resize(lines, columns)
        set_size(self._fd, self._size)

    def wait_for(self, what: str | Callable[[Terminal], bool], deadline: float = DEADLINE) -> None:
        """Reads until the text is on the screen, or the condition holds."""

        def met() -> bool:
            return what in self.screen_text() if isinstance(what, str) else what(self)

        end = time.monotonic() + deadline
        while not met():
            if time.monotonic() > end or not self._open:
                wanted = repr(what) if isinstance(what, str) else "the condition"
                raise AssertionError(f"{wanted} did not come:\n{self.screen_text()}")
            self._read(0.05)

    def wait_idle(self, deadline: float = DEADLINE) -> None:
        """Reads until the program neither writes nor works any more."""
        end = time.monotonic() + deadline
        while self._open:
            before = _cpu_seconds(self._pid)
            if not self._read(SILENCE) and _cpu_seconds(self._pid) - before < REST:
                return
            if time.monotonic() > end:
                raise AssertionError(f"the program does not come to rest:\n{self.screen_text()}")

    def wait(self, deadline: float = DEADLINE) -> int:
        """The exit code of the program when it has ended; minus the signal that ended it."""
        end = time.monotonic() + deadline
        while not self._has_ended():
            if time.monotonic() > end:
                raise AssertionError(f"the program does not end:\n{self.screen_text()}")
            self._read(0.02)
        self._read(0)
        assert self.exit_code is not None
        return self.exit_code

    def kill(self, number: int) -> None:
        """Sends the program a signal; nothing when it has ended."""
        if not self._has_ended():
            os.kill(self._pid, number)

    def wait_stopped(self, deadline: float = DEADLINE) -> None:
        """Reads until the program was stopped; it goes on with SIGCONT."""
        end = time.monotonic() + deadline
        while os.waitid(os.P_PID, self._pid, os.WSTOPPED | os.WNOHANG) is None:
            assert time.monotonic() < end, "the program was not stopped"
            self._read(0.02)

    def scribble(self) -> None:
        """What a shell does meanwhile: its own modes, and its own words on its own screen."""
        modes = termios.tcgetattr(self._fd)
        modes[3] |= termios.ICANON | termios.ECHO | termios.ISIG
        modes[0] |= termios.ICRNL
        termios.tcsetattr(self._fd, termios.TCSANOW, modes)
        self._draw(b"\x1b[?1049l\x1b[?25h\x1b[2J\x1b[Hscribbled")

    def close_window(self) -> None:
        """What closing the window does: the terminal goes away, the program is told."""
        if self._open:
            self._open = False
            os.close(self._fd)

    def close(self) -> None:
        """Ends the program, whatever it is doing, and the terminal."""
        self.kill(signal.SIGKILL)
        self.close_window()
        self.wait()

    def _has_ended(self) -> bool:
        if self.exit_code is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def _read(self, patience: float) -> bool:
        """Takes in what the program wrote; whether there was anything."""
        if not self._open:
            select.select([], [], [], patience)
            return False
        found = b""
        while select.select([self._fd], [], [], 0 if found else patience)[0]:
            with contextlib.suppress(OSError):  # the program's end of it is closed
                if data := os.read(self._fd, 65536):
                    found += data
                    continue
            self.close_window()
            break
        self.bytes_seen += found
        if found:
            self._answer()
            self._draw(found)
        return bool(found)

    def _draw(self, data: bytes) -> None:
        data = self._to_draw + data
        cut_off = _CUT_OFF.search(data)
        whole = cut_off.start() if cut_off else len(data)
        self._to_draw = data[whole:]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data[:whole]))

    def _answer(self) -> None:
        for query in _QUERIES.finditer(self.bytes_seen, self._queries_seen):
            self._queries_seen = query.end()
            if self._answers and self._open:
                os.write(self._fd, _reply(query, self._size))


def _reply(query: re.Match[bytes], size: tuple[int, int]) -> bytes:
    columns, lines = size
    if mode := query["mode"]:
        return b"\x1b[?%s;%d$y" % (mode, 2 if int(mode) in _KNOWN_MODES else 0)
    if colour := query["colour"]:
        return b"\x1b]%s;rgb:0000/0000/0000\x1b\\" % colour
    return {
        b"c": b"\x1b[?62;22c",
        b"0c": b"\x1b[?62;22c",
        b">c": b"\x1b[>1;10;0c",
        b">0c": b"\x1b[>1;10;0c",
        b">q": b"\x1bP>|tests 1.0\x1b\\",
        b">0q": b"\x1bP>|tests 1.0\x1b\\",
        b"5n": b"\x1b[0n",
        b"6n": b"\x1b[1;1R",
        b"?u": b"\x1b[?0u",
        b"14t": b"\x1b[4;%d;%dt" % (lines * 20, columns * 10),
        b"18t": b"\x1b[8;%d;%dt" % (lines, columns),
    }[query.group()[2:]]


def _cpu_seconds(pid: int) -> float:
    """CPU time of the process so far; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        return cpu_seconds(pid)
    return 0.0
