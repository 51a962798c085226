"""One desk, one file, one process that writes: an advisory lock beside the file.

The kernel frees it when its holder dies, so a killed desk never locks anybody
out. The lock file names the holder for the message only.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rules.system_words import reason_of
from rules.wording import N_, DeskError, sentence
from store.file_words import REFUSED, read_only


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the desk open for writing."""

    pid: int
    since: str
    """Local time as the holder wrote it, YYYY-MM-DD HH:MM."""
    what: str
    """"desk" for the open app, else the command's name."""


class DeskHeld(DeskError):
    """Another process writes to this desk."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        known = holder or Holder(0, "?", "?")
        super().__init__(
            sentence(
                N_("{path} is open elsewhere ({what}, process {pid}, since {since})"),
                path=path,
                what=known.what,
                pid=known.pid,
                since=known.since,
            ),
            sentence(
                N_(
                    "Do it there, or close it first. Reading commands work meanwhile: siyu today,"
                    " find, timeline, contact, content, lists, why, export, import --dry-run"
                )
            ),
        )
        self.holder = holder


class NoLock(DeskError):
    """The lock file cannot be made, so the desk cannot be written to."""


class DeskLock:
    """Held for as long as the object lives; `release` gives it back early."""

    def __init__(self, path: Path, file: IO[str]) -> None:
        self.path = path
        self._file = file

    def release(self) -> None:
        self._file.close()


def lock_path(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def take_lock(
    database: Path, what: str, since: str, retry: Callable[[Holder | None], bool]
) -> DeskLock:
    """Takes the lock or raises DeskHeld, or NoLock where nothing can be written.

    `retry` is asked after each refusal whether to try again (it may wait); an
    open desk is not waited for, a short command is.
    """
    path = lock_path(database)
    file = _opened(path, database)
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = read_holder(path)
            if not retry(holder):
                file.close()
                raise DeskHeld(database, holder) from None
    file.seek(0)
    file.truncate()
    json.dump({"pid": os.getpid(), "since": since, "what": what}, file)
    file.flush()
    return DeskLock(path, file)


def _opened(path: Path, database: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError as error:
        if error.errno in REFUSED and database.exists():
            raise NoLock(*read_only(database)) from error
        raise NoLock(
            sentence(N_("{path} cannot be created: {error}"), path=path, error=reason_of(error)),
            sentence(N_("Name another file with --database")),
        ) from error


def read_holder(path: Path) -> Holder | None:
    """Who wrote the lock file last; None when it says nothing readable."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(told["pid"]), str(told["since"]), str(told["what"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
