"""A connection that knows the files it was opened on, and whether they still stand there.

SQLite goes on writing to a file that was deleted or replaced; it would all be
lost when the last program closes it. And the system frees a program's locks on
a file as soon as any part of the program closes that file: while a connection
is open, nobody here may open and close the file by itself.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from threading import Lock
from weakref import WeakSet

from rules.wording import Sentence
from store.side_file import Told

File = tuple[int, int] | None
"""Device and number of a file, None where there is none."""


class DeskFile(sqlite3.Connection):
    """A connection to a desk's file."""

    path: Path | None = None
    """None for a connection that only reads."""
    places: tuple[Path, Path] = (Path(), Path())
    """Where the desk's file and its write-ahead log stand: asked at every write."""
    files: tuple[File, File] = (None, None)
    """The desk's file and its write-ahead log, as they were when it was opened."""
    noted: bool = False
    """Whether this transaction changed who refuses, or what they are known by."""
    keeps_refusals: bool = True
    """Whether such changes are told to the file beside the desk; not for a copy under way."""
    to_free: tuple[Told, ...] = ()
    """What that file is told once the transaction is saved."""
    untold: Sentence | None = None
    """Why that file lacks something."""
    opened: File = None
    """The file that it has open; None once it is closed."""

    def opens(self, path: Path) -> None:
        """Remembers which file it has open, until it is closed."""
        self.opened = _file(path)
        with _LOCK:
            _OPEN.add(self)

    def watch(self, path: Path) -> None:
        """Remembers which files stand at this path now."""
        self.path, self.places = path, (path, path.with_name(path.name + "-wal"))
        self.files = _files(self.places)

    def close(self) -> None:
        super().close()
        self.opened = None


_OPEN: WeakSet[DeskFile] = WeakSet()
"""The connections of this program."""
_LOCK = Lock()
"""Backups look from a thread of their own."""


def note(db: sqlite3.Connection) -> None:
    """This transaction changes who refuses, or what they are known by."""
    if isinstance(db, DeskFile):
        db.noted = True


def tell_at_once(db: sqlite3.Connection) -> None:
    """What changes here is told to no file beside: all of it is told at once, by whoever asks."""
    if isinstance(db, DeskFile):
        db.keeps_refusals = False


def is_open_here(path: Path) -> bool:
    """Whether this program has a connection to the file that stands at a path."""
    file = _file(path)
    with _LOCK:
        return file is not None and any(db.opened == file for db in _OPEN)


def led_to(path: Path) -> Path:
    """The file that a link leads to, be it there or not; a path that is no link, as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def is_in_place(db: sqlite3.Connection) -> bool:
    """Whether the desk's file and its write-ahead log still stand where they were opened."""
    if not isinstance(db, DeskFile) or db.path is None:
        return True
    now, (file, journal) = _files(db.places), db.files
    db.files = (file, journal or now[1])  # the first write makes the log
    return now == db.files


def _files(places: tuple[Path, Path]) -> tuple[File, File]:
    return _file(places[0]), _file(places[1])


def _file(place: Path) -> File:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
