"""What the file beside a desk tells, written into a desk that does not know it.

So it is after the restore of an older backup, and where a file was put back by
hand. Who stands on the desk is refused there; for who does not, the refusal is
kept under the hashes alone, for whoever comes with such a phone or id.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from rules.events import Event, Then
from rules.nouns import Kind, Status
from rules.system_words import reason_of
from rules.timing import Moment
from rules.wording import N_, Sentence, sentence
from store import derived, log, merged, profiles, side_file
from store.connection import NotADesk, look_into, not_saved, transaction
from store.doctor import Check
from store.erasing import Erasure, erase_again, overwrite
from store.reapplying import Kept as Written
from store.reapplying import plain_event
from store.refusals_kept import (
    desk_of,
    differences,
    is_ahead,
    level,
    not_kept,
    place_of,
    standing,
    unknown_to,
)
from store.side_file import Kept, Told, side_of
from store.statements import named
from store.strangers import facts_of, hashes_of

CHECK = "refusals beside the desk"
NOBODY = Written(0, 0)


def reapply_kept(
    db: sqlite3.Connection, kept: Kept, desk: str, head: Event, because: str
) -> Written:
    """Writes what a file tells about `desk` and this copy of it does not know; in a transaction.

    `head` and `because` are as for `reapplying.reapply`.
    """
    people = sum(erase_again(db, erasure, head) for erasure in _erasures(kept))
    return Written(_refuse_all(db, kept, desk, head, because), people)


def take_up(db: sqlite3.Connection, path: Path, operator: str, now: Moment, because: str) -> int:
    """Takes over whatever the file beside tells of and this copy of the desk lacks; how many.

    Asked whenever a desk is opened to be written to: an older copy may have been put
    back by hand. Raises NotSaved.
    """
    if not is_ahead(db, path):
        return 0
    try:
        kept = side_file.read(side_of(path), desk_of(db))
    except OSError:
        return 0
    return _mended(db, kept, path, plain_event(operator, now, *_HEAD), because)


def mend(db: sqlite3.Connection, path: Path, operator: str, now: Moment, because: str) -> None:
    """Brings the desk and the file beside it to say the same. Raises NotSaved, OSError."""
    desk = desk_of(db)
    if not desk:
        return
    kept = side_file.read(side_of(path), desk)
    _mended(db, kept, path, plain_event(operator, now, *_HEAD), because)
    try:
        level(db, path)
    except sqlite3.DatabaseError as error:
        raise not_saved(error) from error


def levelled(path: Path) -> Sentence | None:
    """Brings the file beside a desk to what the desk says, or why not."""
    try:
        with closing(look_into(path)) as db:
            level(db, path)
    except OSError as error:
        return not_kept(path, error)
    except (NotADesk, sqlite3.DatabaseError):
        return None  # told by whoever reads the desk for its own sake
    return None


def examine(db: sqlite3.Connection, path: Path) -> Check:
    """Whether the file beside a desk says what the desk says."""
    desk, file = desk_of(db), side_of(path)
    try:
        kept = side_file.read(file, desk)
    except OSError as error:
        told = sentence(N_("{path} cannot be read: {error}"), path=file, error=reason_of(error))
        return Check(CHECK, False, told)
    lines, unknown = len([*differences(db, kept)]), _unknown(db, kept, desk)
    if not lines and not unknown:
        n = len(kept.refused) + len(kept.erased)
        return Check(
            CHECK, True, sentence(N_("{n} in {file}, as on the desk"), n=n, file=file.name)
        )
    return Check(CHECK, False, _wrong(lines, unknown, file))


def _wrong(lines: int, unknown: int, file: Path) -> Sentence:
    if not unknown:
        return sentence(N_("missing in {file}: {n}"), n=lines, file=file.name)
    told = N_("in {file} and not on the desk: {n}; the other way round: {more}")
    return sentence(told, n=unknown, file=file.name, more=lines)


_HEAD = (Kind.RESTORED, None)


def _unknown(db: sqlite3.Connection, kept: Kept, desk: str) -> int:
    gone = sum(place_of(db, uuid) is None for uuid in kept.erased)
    return gone + len(unknown_to(db, kept, desk))


def _mended(db: sqlite3.Connection, kept: Kept, path: Path, head: Event, because: str) -> int:
    desk = desk_of(db)
    if not _unknown(db, kept, desk):
        return 0
    with transaction(db):
        head = log.append(db, head._replace(text={"backup": side_of(path).name}))
        written = reapply_kept(db, kept, desk, head, because)
    if written.erasures:
        overwrite(db)
    return written.refusals + written.erasures


def _erasures(kept: Kept) -> Iterator[Erasure]:
    for uuid, gone in kept.erased.items():
        yield Erasure(uuid, gone.added, Then(facts=gone.facts), "")


def _refuse_all(db: sqlite3.Connection, kept: Kept, desk: str, head: Event, because: str) -> int:
    lacking = unknown_to(db, kept, desk)
    event = head._replace(ref=head.seq, seq=0, kind=Kind.REFUSED, text={"kept": because})
    refused = sum(_refuse(db, contact, event) for contact in _on_desk(db, lacking))
    left = _left(db, lacking, desk)
    if not left:
        return refused
    gone = frozenset[str]().union(*left)
    refused += sum(_refuse(db, contact, event) for contact in _alike(db, gone, desk))
    for known in _left(db, lacking, desk):
        then = Then(facts=facts_of(desk, known))
        log.append(db, event._replace(uuid=os.urandom(16).hex(), contact=None, then=then))
        refused += 1
    return refused


def _on_desk(db: sqlite3.Connection, lacking: Iterable[Told]) -> Iterator[int]:
    for told in lacking:
        row = db.execute(named()["contact_by_uuid"], {"uuid": told.refused}).fetchone()
        if row is not None and row[0] is not None:
            yield merged.holder(db, row[0])


def _left(db: sqlite3.Connection, lacking: Iterable[Told], desk: str) -> list[frozenset[str]]:
    """What nobody on the desk who refuses is known by, for each that has any of it."""
    known = standing(db, desk).known
    return [rest for told in lacking if (rest := told.known - known)]


def _alike(db: sqlite3.Connection, gone: frozenset[str], desk: str) -> Iterator[int]:
    """Contacts with a phone or id of somebody who refused, also by one merged into them."""
    for contact, *values in db.execute(named()["profiles"]).fetchall():
        profile = dict(zip(profiles.FIELDS, values, strict=True))
        if not gone.isdisjoint(hashes_of(profile, desk)):
            yield contact
    for contact, survivor in db.execute(named()["all_merged"]).fetchall():
        if not gone.isdisjoint(hashes_of(merged.profile_of(db, contact), desk)):
            yield survivor


def _refuse(db: sqlite3.Connection, contact: int, event: Event) -> bool:
    """Whether it had to be written."""
    state = derived.state_of(db, contact)
    if state is None or state.status is Status.DO_NOT_CONTACT:
        return False
    then = Then(status=Status.DO_NOT_CONTACT)
    refused = event._replace(uuid=os.urandom(16).hex(), contact=contact, stage=state.stage)
    derived.record(db, log.append(db, refused._replace(then=then)), state)
    return True
