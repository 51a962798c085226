"""What the desk writes into the file beside it: who refuses, who was erased, who is free again.

Invariant: a refusal or an erasure stands there before the desk's own transaction
is committed, and the end of one only afterwards. So the file may be ahead of the
desk, and never behind it; where it cannot be written, the desk's write stands and
`fault_of` says so. A transaction that tells of nobody costs nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rules.nouns import Status
from rules.system_words import reason_of
from rules.wording import N_, Sentence, sentence
from store import given_up, log, merged, profiles, side_file
from store.desk_file import DeskFile
from store.garbled import GARBLED
from store.side_file import Kept, Told, side_of
from store.statements import named
from store.strangers import hashes_of, refusals_of_strangers


@dataclass(frozen=True)
class Standing:
    """What a desk says: one line for each who refuses, one for each erasure."""

    refused: Mapping[str, Told]
    """By who it is."""
    erased: Mapping[str, Told]
    """By the erasure's uuid."""
    known: frozenset[str]
    """All that those who refuse are known by."""


def before_commit(db: sqlite3.Connection) -> None:
    """Tells of refusals and erasures that are about to be saved."""
    if not isinstance(db, DeskFile) or not db.noted or db.path is None or not db.keeps_refusals:
        return
    try:
        told = [*_since(db, db.path)]
        db.to_free = tuple(line for line in told if line.free)
        side_file.append(side_of(db.path), desk_of(db), (li for li in told if not li.free))
        db.untold = None
    except (OSError, sqlite3.DatabaseError, *GARBLED) as error:
        db.untold = not_kept(db.path, error)


def after_commit(db: sqlite3.Connection) -> None:
    """Tells who refuses no longer, now that it is saved."""
    if not isinstance(db, DeskFile) or not db.noted:
        return
    free, db.to_free, db.noted = db.to_free, (), False
    if free and db.path is not None:
        try:
            side_file.append(side_of(db.path), desk_of(db), free)
        except (OSError, sqlite3.DatabaseError) as error:
            db.untold = not_kept(db.path, error)


def fault_of(db: sqlite3.Connection) -> Sentence | None:
    """Why the file beside the desk lacks something; None while it is up to date."""
    return db.untold if isinstance(db, DeskFile) else None


def is_ahead(db: sqlite3.Connection, path: Path) -> bool:
    """Whether the file's last line tells of an event that this copy of the desk has not."""
    last = next(side_file.last_said(side_of(path), desk_of(db)), None)
    return last is not None and place_of(db, last) is None


def level(db: sqlite3.Connection, path: Path) -> int:
    """Writes whatever the file beside a desk lacks; how many lines. Raises OSError.

    Who is told there as refusing, and whom the desk does not know, stays so. The
    file is read before the desk: what is told meanwhile is then no end of anything.
    """
    desk = desk_of(db)
    if not desk:
        return 0
    kept = side_file.read(side_of(path), desk)
    with _at_one_moment(db):
        lines = [*differences(db, kept)]
    side_file.append(side_of(path), desk, lines)
    return len(lines)


@contextmanager
def _at_one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """Reads that belong together, though somebody writes meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.DatabaseError):
            db.execute("ROLLBACK")


def differences(db: sqlite3.Connection, kept: Kept) -> Iterator[Told]:
    """The lines that a file lacks: first who refuses or was erased, then who is free."""
    stands, by = standing(db, desk_of(db)), _last_uuid(db)
    for who, line in stands.refused.items():
        told = kept.refused.get(who)
        if told is None or not line.known <= told.known:
            yield line
    for uuid, line in stands.erased.items():
        if uuid not in kept.erased:
            yield line
    for told in kept.refused.values():
        if _is_settled(db, told, stands):
            yield Told(by, free=told.refused)


def unknown_to(db: sqlite3.Connection, kept: Kept, desk: str) -> tuple[Told, ...]:
    """Who is told as refusing, and is neither refused on the desk nor was taken up there since.

    `desk` is the one that the lines are about.
    """
    stands = standing(db, desk)
    told = kept.refused.values()
    return tuple(
        line
        for line in told
        if line.refused not in stands.refused and not _is_settled(db, line, stands)
    )


def _is_settled(db: sqlite3.Connection, told: Told, stands: Standing) -> bool:
    """Whether the desk decided about somebody whom a line calls refusing and the desk does not.

    It did where the refusal itself is in its log, and by now somebody else's who
    has all that the line tells: whom a restore put back is another contact.
    """
    if told.refused in stands.refused:
        return False
    if place_of(db, told.refused) is not None:
        return place_of(db, told.by) is not None
    return bool(told.known) and told.known <= stands.known


def standing(db: sqlite3.Connection, desk: str) -> Standing:
    """What the whole desk says, hashed as the lines about `desk` are."""
    by = _last_uuid(db)
    refused = {}
    for contact, *_told in db.execute(named()["refused_people"]).fetchall():
        line = _line(db, contact, desk, by)
        if line is not None:
            refused[line.refused] = line
    for line in _strangers(db, desk, 0, by):
        refused[line.refused] = line
    erased = {line.erased: line for line in _erased(db, 0, by)}
    known = frozenset[str]().union(*(line.known for line in refused.values()))
    return Standing(refused, erased, known)


def desk_of(db: sqlite3.Connection) -> str:
    """What tells a desk from others, in all copies of it: its first event; "" of an empty one."""
    row = db.execute(named()["uuid_at"], {"seq": 1}).fetchone()
    return "" if row is None else str(row[0])


def place_of(db: sqlite3.Connection, uuid: str) -> int | None:
    """Where an event stands in the log."""
    row = db.execute(named()["event_by_uuid"], {"uuid": uuid}).fetchone()
    return None if row is None else row[0]


def _since(db: sqlite3.Connection, path: Path) -> Iterator[Told]:
    """The lines about everybody whom the events after the last line may have changed."""
    desk, file = desk_of(db), side_of(path)
    places = (place_of(db, by) for by in side_file.last_said(file, desk))
    since = next((place for place in places if place is not None), 0)
    if not since or db.execute(named()["wide_marks"], {"seq": since}).fetchone() is not None:
        try:
            kept = side_file.read(file, desk)
        except OSError:
            kept = side_file.NOTHING
        yield from differences(db, kept)
        return
    by = _last_uuid(db)
    people = _changed(db, since)
    was_refused = any(_ever_refused(db, contact) for contact in people)
    for contact in people if was_refused else ():
        yield from _lines_about(db, contact, desk, by)
    yield from _strangers(db, desk, since, by)
    yield from _erased(db, since, by)


def _changed(db: sqlite3.Connection, since: int) -> tuple[int, ...]:
    """Whom the events after a place may have made refuse, or freed, and who was one with them."""
    found = {contact for (contact,) in db.execute(named()["refusals_since"], {"seq": since})}
    for contact in tuple(found):
        merges = log.events(db, "merges_told", contact=contact)
        found |= {event.then.other for event in merges if event.then.other is not None}
    return merged.members(db, *found) if found else ()


def _ever_refused(db: sqlite3.Connection, contact: int) -> bool:
    return db.execute(named()["ever_refused"], {"contact": contact}).fetchone() is not None


def _lines_about(db: sqlite3.Connection, contact: int, desk: str, by: str) -> Iterator[Told]:
    line = _line(db, contact, desk, by)
    state = db.execute(named()["status_of"], {"contact": merged.holder(db, contact)}).fetchone()
    if line is None or state is None:
        return  # erased, or never on the desk
    yield line if state[0] == Status.DO_NOT_CONTACT else Told(by, free=line.refused)


def _line(db: sqlite3.Connection, contact: int, desk: str, by: str) -> Told | None:
    """Who a contact is, as a line that it refuses; None for one that was never added."""
    row = db.execute(named()["added_uuid"], {"contact": contact}).fetchone()
    if row is None:
        return None
    profile = profiles.profile_of(db, contact) or merged.profile_of(db, contact)
    known = hashes_of(profile, desk)
    for lost in given_up.former(db, contact):
        known |= hashes_of(lost, desk)
    return Told(by, refused=row[0], known=known)


def _strangers(db: sqlite3.Connection, desk: str, since: int, by: str) -> Iterator[Told]:
    for uuid, salt, hashes in refusals_of_strangers(db, since):
        if salt == desk:
            yield Told(by, refused=uuid, known=hashes)


def _erased(db: sqlite3.Connection, since: int, by: str) -> Iterator[Told]:
    for uuid, outcome, added in db.execute(named()["erasures_since"], {"seq": since}).fetchall():
        facts = tuple(log.unpack(outcome).facts)
        yield Told(by, erased=uuid, added=added or "", facts=facts)


def _last_uuid(db: sqlite3.Connection) -> str:
    row = db.execute(named()["last_uuid"]).fetchone()
    return "" if row is None else str(row[0])


def not_kept(path: Path, error: Exception) -> Sentence:
    return sentence(
        N_(
            "Done; but {file}, the second record of who refused, could not be written: {error}."
            " Mend the cause, then siyu doctor --rebuild"
        ),
        file=side_of(path).name,
        error=reason_of(error),
    )
