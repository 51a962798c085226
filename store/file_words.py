"""Why a desk's file cannot be opened, though nothing is wrong with what it holds.

Pure of any connection: the code of SQLite's error and a look at the folder. A
file that may not be written to, or whose folder may not, is never called damaged.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from rules.system_words import reason_of
from rules.wording import N_, Sentence, sentence

REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
"""What the system says of a place that may not be written to."""
NO_ROOM_BESIDE = "SQLITE_IOERR_SHM"
"""How the codes begin when SQLite cannot make or stretch the file that readers share."""
_PLACES = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
_COPY = N_(
    "Reading works: siyu today, find, timeline, lists, export to another place. To work, copy"
    " {file} into a folder of yours and name it with --database."
)


def code_of(error: BaseException) -> str:
    """SQLite's name of an error, such as SQLITE_CANTOPEN; empty for others."""
    return getattr(error, "sqlite_errorname", "") or ""


def is_at_rest(path: Path, error: sqlite3.Error) -> bool:
    """Whether a file that cannot be opened is whole by itself where nothing can be made beside it.

    SQLite wants to make a file there, even to read: nobody may write to the folder,
    or the disk is full. Without a write-ahead log there is none to miss, and nobody
    at work; with one, what was logged last stands in that.
    """
    code = code_of(error)
    if holds_more(path):
        return False
    if code.startswith(NO_ROOM_BESIDE):
        return True
    return code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) and is_read_only(path.parent)


def holds_more(path: Path) -> bool:
    """Whether anything of a desk's file stands in the write-ahead log beside it."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError:
        return True


def is_read_only(folder: Path) -> bool:
    return not os.access(folder, os.W_OK)


def unopened(path: Path, error: sqlite3.Error) -> tuple[Sentence, Sentence] | None:
    """What happened and what to do when the place of a file is at fault; else None."""
    code = code_of(error)
    if not os.path.lexists(path):
        return None
    if not code.startswith((*_PLACES, "SQLITE_FULL", NO_ROOM_BESIDE)):
        return None
    if code.startswith(("SQLITE_FULL", NO_ROOM_BESIDE)):
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return (
            sentence(N_("{path} cannot be opened: {error}"), path=path, error=reason_of(full)),
            sentence(N_("Make room, then open it again. Nothing was changed.")),
        )
    if is_read_only(path.parent) or not os.access(path, os.W_OK):
        return read_only(path)
    return (
        sentence(N_("{path} cannot be opened: {error}"), path=path, error=reason_of(error)),
        sentence(
            N_("See whether {folder} can be read and written to, then try again."),
            folder=path.parent,
        ),
    )


def read_only(path: Path) -> tuple[Sentence, Sentence]:
    """That a desk may be looked at only, where it stands."""
    journal = path.with_name(path.name + "-wal")
    if is_read_only(path.parent) and holds_more(path):
        what = N_("{folder} is read-only, and what was logged last in {file} stands in {journal}")
        remedy = N_("Copy all files of {file} into a folder of yours; name it with --database.")
        return (
            sentence(what, folder=path.parent, file=path.name, journal=journal.name),
            sentence(remedy, file=path.name),
        )
    what = N_("{path} is read-only where it stands: nothing can be logged")
    return sentence(what, path=path), sentence(_COPY, file=path.name)
