"""The order in which a desk's file is opened for writing.

Is it there, is it ours, is it whole, is its log unbroken: asked over a
connection that only reads, so that a damaged file is never written to. Then a
backup if its format is to be raised, and only then it is opened.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from rules.timing import Moment
from rules.wording import N_, Sentence, sentence
from store import connection
from store.connection import NotADesk, beside, damaged, look_into
from store.garbled import GARBLED, Garbled
from store.lacking import lacking
from store.statements import named

UNREADABLE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")
"""What SQLite calls the faults of a file or its disk."""
NO_TEXT = "Could not decode to UTF-8"
"""How Python begins to tell of a stored text whose bytes are none."""
NOT_THERE = ("no such table", "no such column", "table ")
"""How SQLite tells of what a statement names and the file has not."""
OTHERS = 0o077
"""What group and others may do with a file."""


def open_to_write(path: Path, now: Moment) -> sqlite3.Connection:
    """The desk of a file, made new where none was. Raises NotADesk with the backups there are.

    The caller holds the lock.
    """
    # Imported here and below: a sound file that is only read has no use for its backups.
    from store.backups import Occasion, back_up
    from store.health import check_health

    try:
        if os.path.lexists(path):
            with closing(look_into(path)) as looked:
                check_health(looked, path)
                outdated = is_outdated(looked)
            if outdated:
                back_up(path, now, Occasion.MIGRATION)
            _owner_only(path)
        else:
            _check_nothing_is_left(path)
        return connection.connect(path)
    except NotADesk as error:
        raise with_backups(error, path) from error


def open_to_read(path: Path) -> sqlite3.Connection:
    """The desk of a file, to look only. Raises NotADesk with the backups there are."""
    try:
        if not os.path.lexists(path):
            _check_nothing_is_left(path)
        return connection.connect(path, read_only=True)
    except NotADesk as error:
        raise with_backups(error, path) from error


def with_backups(error: NotADesk, path: Path) -> NotADesk:
    """The same words about a desk's file, and what can be taken back in its place."""
    from store import backups

    return backups.with_backups(error, path)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """What SQLite says of a file that cannot be read becomes NotADesk; faults of ours stay."""
    try:
        yield
    except (sqlite3.DatabaseError, *GARBLED) as error:
        told = told_of(error, path)
        if told is None:
            raise
        raise told from error


def told_of(error: BaseException, path: Path) -> NotADesk | None:
    """The words for a fault of the file or its disk, with the backups there are; else None."""
    if str(error).startswith(NO_TEXT):  # the whole message has the text in it
        return with_backups(damaged(path, Garbled("a text")), path)
    if isinstance(error, GARBLED):
        return _unsound(path)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    if str(error).startswith(NOT_THERE):
        return _incomplete(path)
    if not (getattr(error, "sqlite_errorname", "") or "").startswith(UNREADABLE):
        return None
    return with_backups(damaged(path, error), path)


def _unsound(path: Path) -> NotADesk | None:
    """The words for a file that SQLite finds at fault, however large it is."""
    from store.health import check_health

    try:
        with closing(look_into(path)) as db:
            check_health(db, path, sys.maxsize)
    except NotADesk as error:
        return with_backups(error, path)
    return None


def _incomplete(path: Path) -> NotADesk | None:
    """The words for a file from which another program took a table or a column."""
    try:
        with closing(look_into(path)) as db:
            missing = lacking(db)
    except NotADesk as error:
        return with_backups(error, path)
    except (sqlite3.DatabaseError, *GARBLED):
        return with_backups(damaged(path, Garbled("the schema")), path)
    if not missing:
        return None
    what = sentence(N_("{table} is missing in it"), table=missing)
    told = sentence(N_("{path} is damaged: {error}"), path=path, error=what)
    return with_backups(NotADesk(told), path)


def is_outdated(db: sqlite3.Connection) -> bool:
    """Whether a file has an older format than this program writes."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version < connection.newest_format()


def missing_events(db: sqlite3.Connection, path: Path) -> Sentence | None:
    """Words when the desk ends before its newest backup, or is another than the one backed up.

    So it is when the file was put back by hand, or what SQLite keeps beside it was lost.
    """
    from store.backups import backups, end_of

    newest = next(iter(backups(path)), None)
    if newest is None:
        return None
    try:
        with closing(look_into(newest.path)) as copy:
            seq, link = end_of(copy)
    except (NotADesk, OSError, sqlite3.Error):
        return None
    row = db.execute(named()["link_at"], {"seq": seq}).fetchone()
    if row is not None and row[0] == link:
        return None
    n = seq - end_of(db)[0]
    if n > 0:
        told = N_("{n} events of the backup of {when} are missing in this file: siyu backup list")
        return sentence(told, n=n, when=newest.when)
    told = N_("this file is not the one backed up at {when}: siyu backup list")
    return sentence(told, when=newest.when)


def _check_nothing_is_left(path: Path) -> None:
    """A desk that is gone is not begun anew while something of it is left."""
    from store.backups import backups

    if backups(path):
        raise NotADesk(sentence(N_("{path} is gone"), path=path))
    left = next((p for p in beside(path) if os.path.lexists(p) and p.stat().st_size), None)
    if left is not None:
        raise NotADesk(
            sentence(N_("{path} is gone, but {left} is still there"), path=path, left=left.name),
            sentence(N_("Put the file back where it was, or move what is left of it away.")),
        )


def _owner_only(path: Path) -> None:
    """Takes the file from group and others, where it is ours to do so."""
    for file in (path, *beside(path)):
        with suppress(OSError):
            mode = file.stat().st_mode
            if mode & OTHERS:
                file.chmod(mode & 0o700)
