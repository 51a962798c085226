"""Other programs under measurement: run to their end, or in a pseudo-terminal.

CPU time is user and system time of the whole process, read from its own clock
(nanoseconds) while it lives and from the kernel's account when it has ended.
Instructions would repeat better, but not every machine counts them.
"""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from bench import pseudo_terminal
from bench.figures import Spent

ROOT = Path(__file__).parents[1]
SIZE = (120, 40)
DEADLINE = 120.0
SILENCE = 0.06
"""Seconds without output after which a program may be at rest."""
WORKING = 0.001
"""Seconds of CPU in that silence from which it is not."""
ONE_FRAME = 0.003
"""Chunks of output closer than this belong to one frame."""
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\)|[ -/]*[0-~])", re.S)


def environment(**more: str) -> dict[str, str]:
    """This environment without what would make a run differ from a user's."""
    return pseudo_terminal.environment({"PYTHONPATH": str(ROOT), **more})


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def run(command: Sequence[str], environ: Mapping[str, str]) -> Spent:
    """Runs a program to its end; what it spent, start and end of the interpreter included."""
    begun = time.perf_counter()
    program = subprocess.Popen(
        command, env=dict(environ), stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    _, status, used = os.wait4(program.pid, 0)
    wall = time.perf_counter() - begun
    program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0, (command, program.returncode)
    return Spent((used.ru_utime + used.ru_stime) * 1000, wall * 1000)


PEAK = (
    "import resource, subprocess, sys;"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def peak_memory(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """The most memory that a program ever held, in MiB.

    A process counts what its parent held when it began, so a small one stands between.
    """
    told = subprocess.run(
        python("-c", PEAK, *command), env=dict(environ), check=True, capture_output=True, text=True
    )
    return int(told.stdout) / 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """What a program did after one key."""

    cpu: float
    """Milliseconds."""
    wall: float
    """Milliseconds from the key to the last byte."""
    frames: int
    size: int
    """Bytes."""


class Ended(AssertionError):
    """A program that is watched closed its terminal."""


class Watched:
    """A program in a pseudo-terminal, watched while it draws; leaving the block ends it."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.begun = time.perf_counter()
        self.screen = b""
        """All that it wrote, without escape sequences."""
        self._left = False
        self._pid, self._fd = pseudo_terminal.begin(command, environ, SIZE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if not self._left:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._fd)

    def until(self, text: str) -> Spent:
        """Reads until a text was drawn; what the program spent from its start."""
        while text.encode() not in self.screen:
            assert time.perf_counter() - self.begun < DEADLINE, self.screen[-2000:]
            self._read(0.01)
        return Spent(self.cpu() * 1000, (time.perf_counter() - self.begun) * 1000)

    def rest(self) -> None:
        """Reads until the program neither writes nor works."""
        while True:
            before = self.cpu()
            if not self._read(SILENCE) and self.cpu() - before < WORKING:
                return

    def press(self, key: bytes) -> Answered:
        """One key, watched until the program is at rest."""
        before, begun = self.cpu(), time.perf_counter()
        os.write(self._fd, key)
        times: list[float] = []
        size = 0
        while True:
            worked = self.cpu()
            written = self._read(SILENCE)
            if written:
                times.append(time.perf_counter())
                size += written
            elif self.cpu() - worked < WORKING:
                break
        gaps = pairwise(times)
        frames = sum(later - earlier > ONE_FRAME for earlier, later in gaps) + bool(times)
        wall = (times[-1] - begun) * 1000 if times else 0.0
        return Answered((self.cpu() - before) * 1000, wall, frames, size)

    def leave(self, key: bytes) -> None:
        """Presses the key that ends the program, and waits until it has, however long it works."""
        os.write(self._fd, key)
        with suppress(Ended):
            while True:
                self._read(SILENCE)
        os.waitpid(self._pid, 0)
        self._left = True

    def cpu(self) -> float:
        """Seconds of CPU of the program so far, of all its threads."""
        return pseudo_terminal.cpu_seconds(self._pid)

    def peak_memory(self) -> float:
        """The most memory it ever held, in MiB."""
        told = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", told)
        assert found is not None
        return int(found[1]) / 1024

    def _read(self, patience: float) -> int:
        """Takes in what is written within a time; how many bytes."""
        if not select.select([self._fd], [], [], patience)[0]:
            return 0
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            raise Ended(f"the program ended: {self.screen[-2000:]!r}") from None
        self.screen += ESCAPES.sub(b"", data)
        return len(data)
