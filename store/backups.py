"""Backups of a desk's file: made whole, read back before they count, kept by an age rule.

They lie in a folder beside the file, each a database of its own with nothing
beside it. A backup gets its name only after it was read back: sound pages, and
the log's end the same as in the desk. Nothing is rotated away unless a new one
stands. The desk is copied over a connection of its own that only reads, so
somebody may work meanwhile.
"""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from threading import get_ident

from rules.retention import staying
from rules.system_words import reason_of
from rules.timing import Moment, day_number
from rules.wording import N_, DeskError, Sentence, sentence
from store.connection import NewerDesk, NotADesk, ReadOnlyDesk, create_owner_only, look_into
from store.health import LOOKED_THROUGH, check_health
from store.statements import named

FOLDER_END = ".backups"
PAGES_A_STEP = 2048
"""Pages copied before it is asked whether to stop; 8 MiB."""
SHOWN = 3
"""Backups that a message names."""

End = tuple[int, str]
"""Sequence number and hash of a log's last event; (0, "") of an empty one."""


class Occasion(StrEnum):
    """Why a backup was made; part of its name."""

    START = "start"
    WHILE = "while"
    """While somebody works."""
    EXIT = "exit"
    ASKED = "asked"
    IMPORT = "import"
    MIGRATION = "migration"
    PUBLISH = "publish"
    MERGE = "merge"
    ERASURE = "erasure"
    RESTORE = "restore"
    RESTORED = "restored"
    """What a restore left, with the refusals that were kept through it."""


OCCASIONS: Mapping[Occasion, Sentence] = {
    Occasion.START: sentence(N_("at the start")),
    Occasion.WHILE: sentence(N_("during the day")),
    Occasion.EXIT: sentence(N_("at the end")),
    Occasion.ASKED: sentence(N_("asked for")),
    Occasion.IMPORT: sentence(N_("before an import")),
    Occasion.MIGRATION: sentence(N_("before an upgrade")),
    Occasion.PUBLISH: sentence(N_("before publishing")),
    Occasion.MERGE: sentence(N_("before a merge")),
    Occasion.ERASURE: sentence(N_("before an erasure")),
    Occasion.RESTORE: sentence(N_("before a restore")),
    Occasion.RESTORED: sentence(N_("after a restore")),
}
"""Each occasion in words."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as far as its name and size tell."""

    path: Path
    day: int
    """Day number by the calendar."""
    when: str
    """Local time, YYYY-MM-DD HH:MM."""
    occasion: Occasion
    size: int
    """Bytes."""

    @property
    def name(self) -> str:
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Looked:
    """What reading a backup found."""

    end: End
    """Its last event."""
    fault: Sentence | None
    """What is wrong with it; None when it can be restored."""


class BackupFailed(DeskError):
    """No backup was made; the desk and the older backups are as they were."""

    def __init__(self, folder: Path, error: object) -> None:
        super().__init__(
            sentence(N_("No backup was made: {error}"), error=_why(error)),
            sentence(N_("The desk works on. Look at the folder {folder}"), folder=folder),
        )


def _why(error: object) -> object:
    """What the system says of a failure, or its own sentence."""
    cause = error.__cause__ if isinstance(error, DeskError) else error
    if isinstance(cause, OSError | sqlite3.Error):
        return reason_of(cause)
    return error.what if isinstance(error, DeskError) else error


class _Stopped(Exception):
    """Somebody asked the copy to stop."""


def folder_of(path: Path) -> Path:
    """Where the backups of a desk's file lie."""
    return path.with_name(path.name + FOLDER_END)


def backups(path: Path) -> tuple[Backup, ...]:
    """The backups of a desk's file, newest first; none when there is no folder."""
    return backups_in(folder_of(path))


def backups_in(folder: Path) -> tuple[Backup, ...]:
    try:
        found = [*folder.iterdir()]
    except OSError:
        return ()
    known = sorted((told for f in found if (told := _told(f))), key=itemgetter(0), reverse=True)
    return tuple(backup for _order, backup in known)


def back_up(
    path: Path,
    now: Moment,
    occasion: Occasion,
    *,
    stop: Callable[[], bool] = lambda: False,
    db: sqlite3.Connection | None = None,
) -> Backup | None:
    """Makes a backup if the log went on since the newest one; None when there is no need.

    `db` is read instead of the file when the file is gone from under it. Raises
    BackupFailed, or NotADesk when the file itself cannot be read.
    """
    source = db or look_into(path)
    try:
        return _taken(source, path, now, occasion, stop)
    except sqlite3.Error as error:
        raise BackupFailed(folder_of(path), error) from error
    finally:
        if source is not db:
            source.close()


def look(backup: Path, *, wholly: bool = False) -> Looked:
    """Reads a backup; every page of it if it is not very large, or `wholly`."""
    try:
        with closing(look_into(backup)) as db:
            end = end_of(db)
            check_health(db, backup, LOOKED_THROUGH if not wholly else backup.stat().st_size)
            return Looked(end, None)
    except NotADesk as error:
        return Looked((0, ""), error.what)
    except (OSError, sqlite3.Error) as error:
        told = sentence(N_("{path} cannot be read: {error}"), path=backup, error=reason_of(error))
        return Looked((0, ""), told)


def newest_sound(path: Path) -> Backup | None:
    """The newest backup that can be restored."""
    return next((b for b in backups(path) if look(b.path).fault is None), None)


def end_of(db: sqlite3.Connection) -> End:
    """Where a log ends."""
    row = db.execute(named()["last_link"]).fetchone()
    return (0, "") if row is None else (row[0], row[1])


def with_backups(error: NotADesk, path: Path) -> NotADesk:
    """The same words about a desk's file, and what can be taken back in its place."""
    found = backups(path)
    if not found or isinstance(error, NewerDesk | ReadOnlyDesk):
        return error
    told = {"n": len(found), "names": _named_with(found[:SHOWN])}
    sound = newest_sound(path)
    if sound is None:
        remedy = sentence(N_("{n} backups, none of them sound, the newest: {names}"), **told)
    else:
        told |= {"path": shlex.quote(str(path)), "name": sound.name}
        what = N_(
            "{n} backups, the newest: {names}. Take one back: siyu --database {path} restore {name}"
        )
        remedy = sentence(what, **told)
    return NotADesk(error.what, remedy)


def _named_with(found: Sequence[Backup]) -> Sentence:
    """Backups by name, each with its occasion, which tells those of one minute apart."""
    first = found[0]
    why = OCCASIONS[first.occasion]
    named_so = sentence(N_("{name} ({occasion})"), name=first.name, occasion=why)
    if not found[1:]:
        return named_so
    return sentence(N_("{one} · {others}"), one=named_so, others=_named_with(found[1:]))


def _taken(
    source: sqlite3.Connection,
    path: Path,
    now: Moment,
    occasion: Occasion,
    stop: Callable[[], bool],
) -> Backup | None:
    """A backup of what the source holds at one moment, whatever is written meanwhile."""
    folder = folder_of(path)
    source.execute("BEGIN")
    try:
        end = end_of(source)
        newest = next(iter(backups(path)), None)
        if end[0] == 0 or (newest is not None and _same_end(newest.path, end)):
            return None
        new = folder / f".{os.getpid()}-{get_ident()}.new"
        try:
            _copy(source, new, stop)
            _read_back(new, end)
            made = _named(new, folder, now, occasion)
        except _Stopped:
            return None
        except (OSError, sqlite3.Error) as error:
            raise BackupFailed(folder, error) from error
        except NotADesk as error:
            raise BackupFailed(folder, error) from error
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)
    finally:
        source.rollback()
    _rotate(path, now)
    return made


def _copy(source: sqlite3.Connection, new: Path, stop: Callable[[], bool]) -> None:
    """Copies within the source's transaction; the copy needs no file beside it."""

    def stopped(_status: int, _remaining: int, _total: int) -> None:
        if stop():
            raise _Stopped

    create_owner_only(new)
    with closing(sqlite3.connect(new, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # it is synced once, when it is whole
        source.backup(copy, pages=PAGES_A_STEP, progress=stopped)
        copy.execute("PRAGMA journal_mode = DELETE")


def _read_back(new: Path, end: End) -> None:
    """Raises NotADesk unless the copy is sound and ends as the desk does."""
    with closing(look_into(new)) as copy:
        check_health(copy, new, new.stat().st_size)
        if end_of(copy) != end:
            raise NotADesk(sentence(N_("the copy does not end as the desk does")))


def _named(new: Path, folder: Path, now: Moment, occasion: Occasion) -> Backup:
    """Gives a whole copy its name; it and the name are on the disk afterwards."""
    sync(new)
    stamp = now.local().strftime("%Y-%m-%d_%H.%M.%S")
    same = 1 + sum(known.name.startswith(stamp) for known in backups_in(folder))
    end = f"_{same}" if same > 1 else ""
    place = folder / f"{stamp}{end}_{occasion.value}.db"
    new.replace(place)
    sync(folder)
    made = next((known for known in backups_in(folder) if known.path == place), None)
    if made is None:
        raise OSError(f"{place.name} is gone again")
    return made


def sync(path: Path) -> None:
    """Waits until a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _same_end(backup: Path, end: End) -> bool:
    with suppress(NotADesk, OSError, sqlite3.Error), closing(look_into(backup)) as db:
        return end_of(db) == end
    return False


def _rotate(path: Path, now: Moment) -> None:
    """Takes away what the age rule lets go, and what killed processes left."""
    found = backups(path)
    today = day_number(now.local().date())
    for backup, stays in zip(found, staying([b.day for b in found], today), strict=True):
        if not stays:
            with suppress(OSError):
                backup.path.unlink()
    for left in folder_of(path).glob(".*.new*"):
        pid = left.name[1:].split("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)):
            with suppress(OSError):
                left.unlink()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


NAME = re.compile(r"(\d{4}-\d\d-\d\d)_(\d\d)\.(\d\d)\.(\d\d)(?:_(\d+))?_([a-z]+)\.db", re.ASCII)


def _told(path: Path) -> tuple[tuple[str, int], Backup] | None:
    """What a file's name tells, and where it stands among the others; None for other files."""
    name = NAME.fullmatch(path.name)
    if name is None or name[6] not in [*Occasion]:
        return None
    try:
        day, size = day_number(date.fromisoformat(name[1])), path.stat().st_size
    except (OSError, ValueError):
        return None
    order = (name[1] + name[2] + name[3] + name[4], int(name[5] or 1))
    when = f"{name[1]} {name[2]}:{name[3]}"
    return order, Backup(path, day, when, Occasion(name[6]), size)
