"""Opening the desk's file: the lock, the checks in their order, the pragmas, the migrations.

A file that is damaged, empty, newer or somebody else's is never written to.
One process writes at a time; it holds an advisory lock beside the file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import ModuleType

from rules.system_words import reason_of
from rules.wording import N_, DeskError, sentence
from store import profiles
from store.desk_file import DeskFile, is_in_place, is_open_here, led_to
from store.file_words import NO_ROOM_BESIDE, is_at_rest, unopened
from store.garbled import Garbled
from store.migrations import APPLICATION_ID, MIGRATIONS
from store.pragmas import set_pragmas
from store.statements import named

HEADER = b"SQLite format 3\x00"
VERSION_AT, IDENTITY_AT = slice(60, 64), slice(68, 72)
"""Where the header holds `user_version` and `application_id`, big-endian."""
BUSY_MS = 15_000
"""How long a command waits for another program's write."""
KEEPS_GIVEN_UP = 15
"""The first format in which all former phones and ids of people who refused are kept."""

Connection = sqlite3.Connection
"""What a verb or read is given; only this room looks inside."""


class NotADesk(DeskError):
    """The file cannot be used as it is; nothing was written to it."""


class ReadOnlyDesk(NotADesk):
    """The file may be read and not written to, or its folder."""


class NewerDesk(NotADesk):
    """A newer siyu wrote the file."""


class NotSaved(DeskError):
    """A write did not happen; the transaction was rolled back."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A checked, migrated connection with the desk's pragmas.

    Creates folder and file when there is none (owner-only). Raises NotADesk
    with what is wrong and what to do.
    """
    check_file(path)
    if not path.exists():
        if read_only:
            raise NotADesk(
                sentence(N_("{path} does not exist yet"), path=path),
                sentence(N_("Import contacts first: siyu import FILE")),
            )
        create(path)
    try:
        db = to_read(path) if read_only else _connection(path, read_only=False)
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error
    try:
        prepare(db, path, read_only=read_only)
    except sqlite3.DatabaseError as error:
        db.close()
        raise damaged(path, error) from error
    except DeskError:
        db.close()
        raise
    return db


def create(path: Path) -> None:
    """A new desk, whole or not at all: built beside its place, then moved into it.

    Raises NotADesk where it cannot be made, NotSaved when the disk failed.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    for left_by_a_killed_process in (new, *beside(new)):
        with suppress(OSError):
            left_by_a_killed_process.unlink()
    create_owner_only(new)
    try:
        with closing(_connection(new, read_only=False)) as db:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(db)
        new.replace(path)
    except sqlite3.DatabaseError as error:
        raise not_saved(error) from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def beside(path: Path) -> tuple[Path, ...]:
    """The files in which SQLite keeps what is not in the database yet."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def check_file(path: Path) -> None:
    """Refuses an empty file, a folder, no SQLite database, and one that is not ours or newer.

    Looks at the bytes alone: opening a file may already write to it. One that this
    program has open was looked at, and is not closed under its connection.
    """
    if path.is_symlink() and not path.exists():
        raise NotADesk(
            sentence(
                N_("{path} leads to {file}, which is not there"), path=path, file=led_to(path)
            ),
            sentence(N_("Connect the disk it lies on, or name another file with --database")),
        )
    if not path.exists() or is_open_here(path):
        return
    if path.is_dir():
        raise NotADesk(sentence(N_("{path} is a folder, not a desk file"), path=path))
    if not path.is_file():
        raise NotADesk(sentence(N_("{path} is a pipe or a device, not a desk file"), path=path))
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except OSError as error:
        raise NotADesk(
            sentence(N_("{path} cannot be read: {error}"), path=path, error=reason_of(error))
        ) from error
    if not start:
        raise NotADesk(sentence(N_("{path} is empty: its content was lost"), path=path))
    if len(start) < 100 or not start.startswith(HEADER):
        raise NotADesk(sentence(N_("{path} is damaged or is no desk file"), path=path))
    identity, version = (int.from_bytes(start[place]) for place in (IDENTITY_AT, VERSION_AT))
    if identity != APPLICATION_ID:
        raise NotADesk(
            sentence(N_("{path} is a database of another program"), path=path),
            sentence(N_("Name another file with --database")),
        )
    check_version(path, version)


def newest_format() -> int:
    """The format that this siyu writes."""
    return len(MIGRATIONS)


def check_version(path: Path, version: int) -> None:
    """Refuses a file that a newer siyu wrote."""
    known = len(MIGRATIONS)
    if version <= known:
        return
    raise NewerDesk(
        sentence(
            N_("{path} was written by a newer siyu (format {version}, this one knows {known})"),
            path=path,
            version=version,
            known=known,
        ),
        sentence(N_("Upgrade siyu; this one will not touch the file")),
    )


def look_into(path: Path) -> sqlite3.Connection:
    """A connection that reads a desk's file as it is, of this format or an older one.

    It never writes, not even when it is closed. Raises NotADesk.
    """
    check_file(path)
    db: sqlite3.Connection | None = None
    try:
        db = to_read(path)
        check_version(path, db.execute("PRAGMA user_version").fetchone()[0])
    except (sqlite3.DatabaseError, DeskError) as error:
        if db is not None:
            db.close()
        if isinstance(error, DeskError):
            raise
        raise damaged(path, error) from error
    return db


def to_read(path: Path) -> sqlite3.Connection:
    """A connection that reads; also a file that is whole by itself where nothing can be made."""
    try:
        return _connection(path, read_only=True)
    except sqlite3.DatabaseError as error:
        if not is_at_rest(path, error):
            raise
        return _connection(path, read_only=True, end="&immutable=1")


def settle(path: Path) -> None:
    """Brings what lies beside a sound file into it, so that it is whole by itself.

    Raises NotSaved when another program is at work on the file.
    """
    try:
        with closing(_connection(path, read_only=False)) as db:
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise not_saved(error) from error
    if busy:
        raise NotSaved(sentence(N_("another program is at work on {path}"), path=path))


def prepare(db: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Version, then migrations; raises NotADesk.

    The version is asked for again: an upgrade that was killed may still stand
    in the write-ahead log alone.
    """
    version = db.execute("PRAGMA user_version").fetchone()[0]
    check_version(path, version)
    if version < len(MIGRATIONS):
        if read_only:
            raise NotADesk(
                sentence(N_("{path} must be upgraded before it can be read"), path=path),
                sentence(N_("Open the desk once, then try again")),
            )
        migrate(db)


def migrate(db: sqlite3.Connection) -> None:
    """Brings the schema up to date, all pending steps in one transaction."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    from store.read_anew import find_given_up, read_anew

    steps = Migrations("siyu")
    for step in MIGRATIONS:
        steps(name=step.__name__)(step)
    wrapped = Database(db, recursive_triggers=False, execute_plugins=False)
    before = db.execute("PRAGMA user_version").fetchone()[0]
    db.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(wrapped)
        if db.execute(named()["lacks_keys"]).fetchone()[0]:
            profiles.index_anew(db)
        read_anew(db)
        if 0 < before < KEEPS_GIVEN_UP:
            find_given_up(db)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def create_owner_only(path: Path) -> None:
    """Makes the folder (0700) and an empty file (0600); the -wal and -shm take the file's mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise NotADesk(
            sentence(N_("{path} cannot be created: {error}"), path=path, error=reason_of(error)),
            sentence(N_("Name another file with --database")),
        ) from error


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One write transaction: all of it is on disk afterwards, or nothing.

    Raises NotSaved when the disk or another process prevented it.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        yield db
        if not is_in_place(db):
            raise moved(db)
        beside = _beside(db)
        if beside is not None:
            beside.before_commit(db)
        db.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        rollback(db)
        raise not_saved(error) from error
    except BaseException:
        rollback(db)
        raise
    if beside is not None:
        beside.after_commit(db)


def _beside(db: sqlite3.Connection) -> ModuleType | None:
    """What keeps refusals beside the desk, for a transaction that changed who refuses."""
    if not isinstance(db, DeskFile) or not db.noted:
        return None
    from store import refusals_kept  # hardly ever needed

    return refusals_kept


def moved(db: sqlite3.Connection) -> NotSaved:
    path = db.path if isinstance(db, DeskFile) else ""
    return NotSaved(
        sentence(
            N_("NOT SAVED: the desk's file was moved, deleted or replaced ({path})"), path=path
        ),
        sentence(N_("Put it back, or leave the desk: what it holds becomes a backup first.")),
    )


def rollback(db: sqlite3.Connection) -> None:
    """Ends a transaction without a trace.

    A rollback that fails too is not told: the failure before it is, nothing was
    committed, and the next transaction cannot begin.
    """
    if isinstance(db, DeskFile):
        db.noted, db.to_free = False, ()
    if db.in_transaction:
        with suppress(sqlite3.DatabaseError):
            db.execute("ROLLBACK")


def not_saved(error: sqlite3.Error) -> NotSaved:
    """The words for a failed write."""
    words = {
        "SQLITE_FULL": N_("NOT SAVED: the disk is full"),
        NO_ROOM_BESIDE: N_("NOT SAVED: the disk is full"),
        "SQLITE_BUSY": N_("NOT SAVED: another program holds the file"),
        "SQLITE_READONLY": N_("NOT SAVED: the file or its disk is read-only"),
    }
    code = getattr(error, "sqlite_errorname", "") or ""
    known = next((text for name, text in words.items() if code.startswith(name)), None)
    what = sentence(known) if known else sentence(N_("NOT SAVED: {error}"), error=reason_of(error))
    return NotSaved(what, sentence(N_("Nothing was changed. Mend the cause and do it again.")))


def damaged(path: Path, error: sqlite3.Error) -> NotADesk:
    """The words for a file that cannot be opened or read."""
    if (told := unopened(path, error)) is not None:
        return ReadOnlyDesk(*told)
    return NotADesk(sentence(N_("{path} is damaged: {error}"), path=path, error=reason_of(error)))


def _connection(path: Path, *, read_only: bool, end: str = "") -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}{end}"
    db = sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        cached_statements=256,
        check_same_thread=False,
        factory=DeskFile,
    )
    db.opens(path)
    try:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if not read_only:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.watch(path)
        set_pragmas(db)
        db.execute("PRAGMA user_version")  # reads the file, where nothing else has yet
    except sqlite3.DatabaseError:
        db.close()
        raise
    except UnicodeDecodeError as error:  # SQLite names a part of the schema that is no text
        db.close()
        raise Garbled("the schema") from error
    return db
