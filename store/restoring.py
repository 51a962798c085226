"""Taking a backup back: checked, completed, then put in the desk's place at one stroke.

The backup itself is never changed. What stands at the desk's place is kept: a
sound desk as a backup, anything else as a copy beside it. Killed at any moment,
either the old file or the new one lies there whole. The caller holds the lock
and has no connection to the desk open.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from rules.events import Event
from rules.nouns import Kind
from rules.system_words import reason_of
from rules.timing import Moment
from rules.wording import N_, DeskError, Sentence, sentence
from store import connection, doctor, log, side_file
from store.backups import Backup, BackupFailed, Occasion, back_up, backups, end_of, look, sync
from store.connection import NotADesk, beside, create_owner_only, look_into, settle, transaction
from store.desk_file import tell_at_once
from store.health import check_health
from store.reapplying import Kept, Outliving, Refusal, outliving, plain_event, reapply
from store.reapplying_kept import reapply_kept
from store.refusals_kept import desk_of, level, not_kept, place_of
from store.start_up import is_outdated
from store.statements import named


@dataclass(frozen=True, slots=True)
class Loss:
    """What a restore would take away from the desk as it is."""

    fault: Sentence | None
    """Why the desk as it is cannot be used; None when it is sound."""
    events: int = 0
    """Events that the backup does not hold."""
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    """The same by kind, most first; people not to be contacted stay so."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    backup: Backup
    kept: Kept
    before: Backup | None
    """The backup of what stood there; None when an older one holds all of it."""
    aside: Path | None
    """The copy of a file that could not be used."""
    untold: Sentence | None = None
    """Why the file beside the desk lacks something."""


class CannotRestore(DeskError):
    """The backup was not taken back; the desk is as it was."""


_ANOTHER = sentence(N_("Take another one: siyu backup list"))


def would_lose(path: Path, backup: Backup) -> Loss:
    """What the desk holds that a backup does not. Raises CannotRestore for a damaged backup."""
    _check(backup)
    fault = fault_of(path)
    if fault is not None:
        return Loss(fault)
    with closing(look_into(path)) as desk, closing(look_into(backup.path)) as old:
        rows = desk.execute(named()["kinds_after"], {"seq": parting(desk, old)})
        kinds = {Kind(kind): n for kind, n in rows}
        return Loss(None, sum(kinds.values()), kinds)


def restore(path: Path, backup: Backup, operator: str, now: Moment, because: str) -> Restored:
    """Puts a backup in the desk's place. Raises CannotRestore, BackupFailed or NotADesk.

    `because` says, in the operator's language, why a refusal is written once more.
    """
    _check(backup)
    new = path.with_name(f".{path.name}.{os.getpid()}.restored")
    try:
        _copied(backup.path, new)
        fault = fault_of(path)
        before = None if fault is not None else back_up(path, now, Occasion.RESTORE)
        head = plain_event(operator, now, Kind.RESTORED, None)
        head = head._replace(text={"backup": backup.name})
        told = _told_by(path, backup, sound=fault is None)
        kept, untold = _completed(new, path, head, told, because)
        aside = None if fault is None else _put_aside(path, now)
        _retired(path, sound=fault is None)
        new.replace(path)
        sync(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise CannotRestore(
            sentence(N_("The backup was not taken back: {error}"), error=reason_of(error)),
            sentence(N_("The desk is as it was.")),
        ) from error
    finally:
        with suppress(OSError):
            _gone(new)
    with suppress(BackupFailed):
        back_up(path, now, Occasion.RESTORED)
    return Restored(backup, kept, before, aside, untold)


def fault_of(path: Path) -> Sentence | None:
    """Why a desk's file cannot be used; None for one that is sound."""
    if not os.path.lexists(path):
        return sentence(N_("{path} is gone"), path=path)
    try:
        with closing(look_into(path)) as db:
            check_health(db, path, path.stat().st_size)
    except NotADesk as error:
        return error.what
    return None


def parting(one: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """The last event that two copies of a desk share; each hash covers all before it."""
    low, high = 0, min(end_of(one)[0], end_of(other)[0])
    while low < high:
        middle = (low + high + 1) // 2
        if _link(one, middle) == _link(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _link(db: sqlite3.Connection, seq: int) -> str | None:
    row = db.execute(named()["link_at"], {"seq": seq}).fetchone()
    return None if row is None else row[0]


def _check(backup: Backup) -> None:
    fault = look(backup.path, wholly=True).fault
    if fault is not None:
        raise CannotRestore(fault, _ANOTHER)


def _copied(source: Path, new: Path) -> None:
    """A copy that only the owner may read."""
    _gone(new)
    create_owner_only(new)
    shutil.copyfile(source, new)


def _gone(file: Path) -> None:
    for left in (file, *beside(file)):
        left.unlink(missing_ok=True)


def _completed(
    new: Path, path: Path, head: Event, told: Outliving, because: str
) -> tuple[Kept, Sentence | None]:
    """Makes the copy a desk of this format, with what must outlive the restore.

    Returns what was kept, and why the file beside the desk lacks something.
    """
    with closing(connection.connect(new)) as db:
        tell_at_once(db)
        wrong = [check for check in doctor.examine(db) if not check.ok]
        broken = next((check for check in wrong if check.name in ("file", "log")), None)
        if broken is not None:
            raise CannotRestore(broken.detail, _ANOTHER)
        if wrong:
            doctor.rebuild(db)
        with transaction(db):
            head = log.append(db, head)
            kept = reapply(db, told, head, because)
            more, desk = _told_beside(db, path, is_empty=head.seq == 1)
            more_kept = reapply_kept(db, more, desk, head, because)
            kept = Kept(kept.refusals + more_kept.refusals, kept.erasures + more_kept.erasures)
        untold = _levelled(db, path)
        if kept.erasures:
            db.execute("VACUUM")  # the erased words leave the pages, too
    settle(new)
    sync(new)
    return kept, untold


def _told_beside(
    db: sqlite3.Connection, path: Path, *, is_empty: bool
) -> tuple[side_file.Kept, str]:
    """What the file beside tells of the desk whose copy this is, and what that desk is called.

    An empty backup does not say whose it is: the file is taken by its place.
    """
    file, desk = side_file.side_of(path), desk_of(db)
    with suppress(OSError):
        if is_empty:
            desk = next(reversed(side_file.desks_in(file)), desk)
        return side_file.read(file, desk), desk
    return side_file.NOTHING, desk


def _levelled(db: sqlite3.Connection, path: Path) -> Sentence | None:
    """Brings the file beside to what a desk says, or why not; a copy before it is the desk."""
    try:
        level(db, path)
    except OSError as error:
        return not_kept(path, error)
    return None


def _told_by(path: Path, backup: Backup, *, sound: bool) -> Outliving:
    """What happened after the backup, as the desk itself tells.

    A desk that is not sound tells what can be read of it, and the newest sound
    backup after this one the rest.
    """
    if sound:
        with suppress(NotADesk, sqlite3.Error), closing(look_into(path)) as db:
            _levelled(db, path)
        return _witnessed(path)
    readable = Outliving()
    with suppress(NotADesk, sqlite3.Error):
        if path.is_file():
            readable = _witnessed(path)
    later = takewhile(lambda known: known.path != backup.path, backups(path))
    newest = next((known for known in later if look(known.path).fault is None), None)
    if newest is None:
        return readable
    more = _witnessed(newest.path)
    return Outliving(
        _still_refusing(more.refusals, newest.path, path) + readable.refusals,
        more.erased + readable.erased,
        more.people + readable.people,
    )


def _still_refusing(refusals: tuple[Refusal, ...], backup: Path, path: Path) -> tuple[Refusal, ...]:
    """Those in a backup of whom the file beside the desk says no later that they are free."""
    with closing(look_into(backup)) as db:
        try:
            free = side_file.read(side_file.side_of(path), desk_of(db)).free
        except OSError:
            return refusals
        since = {who for who, by in free.items() if place_of(db, by) is None}
    return tuple(refusal for refusal in refusals if refusal.added not in since)


def _witnessed(file: Path) -> Outliving:
    """What one file tells; one of an older format through a copy that is raised to this one."""
    with closing(look_into(file)) as db:
        if not is_outdated(db):
            return outliving(db)
        raised = file.with_name(f".{file.name}.{os.getpid()}.raised")
        try:
            create_owner_only(raised)
            with closing(sqlite3.connect(raised)) as copy:
                db.backup(copy)
            with closing(connection.connect(raised)) as current:
                return outliving(current)
        finally:
            _gone(raised)


def _put_aside(path: Path, now: Moment) -> Path | None:
    """Copies a file that cannot be used, and what lies beside it; None where no file is."""
    stamp = now.local().strftime("%Y-%m-%d_%H.%M.%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for file in (path, *beside(path)):
        if file.is_file():
            kept = aside.with_name(aside.name + file.name.removeprefix(path.name))
            kept.unlink(missing_ok=True)
            create_owner_only(kept)
            shutil.copyfile(file, kept)
            sync(kept)
    return aside if path.is_file() else None


def _retired(path: Path, *, sound: bool) -> None:
    """Leaves nothing beside the desk's file that SQLite would read into another one.

    A sound file holds all of it itself before; what could not be used was copied.
    """
    if sound:
        settle(path)
    for left in beside(path):
        left.unlink(missing_ok=True)
    sync(path.parent)
