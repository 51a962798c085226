"""The lock of a command that writes: another command is waited for, an open desk is not."""

from __future__ import annotations

from pathlib import Path

from store.lock import DeskLock, Holder, take_lock
from tui.clock import Clock, monotonic, pause, stamp

COMMAND_WAIT = 5.0
"""Seconds that a command waits for another command to finish writing."""


def take(path: Path, what: str, clock: Clock) -> DeskLock:
    """The write lock of the desk at `path`, for `what` (the word that others are told)."""
    until = monotonic() + COMMAND_WAIT

    def retry(holder: Holder | None) -> bool:
        if holder is not None and holder.what == "desk":
            return False
        pause(0.02)
        return monotonic() < until

    return take_lock(path, what, stamp(clock()), retry)
