"""Contacts that go on under another one, and pairs that were found to be two people.

Both tables are derived from the log. A merged contact keeps its phone and ids
here, so that an import, a search by id and a refusal still find the person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.desk_file import note
from store.phones import phone_key
from store.statements import named, run

if TYPE_CHECKING:
    from rules.folding import Folded, TakenIn

IDENTITY = ("name", "handle", "external_id", "email")
"""Fields by which somebody is known again, beside the phone."""

Row = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge in force, by the contact that it took in."""

    contact: int
    survivor: int
    seq: int


def holder(db: sqlite3.Connection, contact: int) -> int:
    """The contact under which a contact goes on; itself for one that was never merged."""
    row = run(db, "merged_into", {"contact": contact}).fetchone()
    return contact if row is None else int(row[0])


def members(db: sqlite3.Connection, *contacts: int) -> tuple[int, ...]:
    """The contacts, and all that are merged with any of them; in order of their ids."""
    holders = {holder(db, contact) for contact in contacts}
    taken = (c for h in holders for (c,) in run(db, "merged_with", {"contact": h}))
    return tuple(sorted({*contacts, *holders, *taken}))


def merges_of(db: sqlite3.Connection, contact: int) -> tuple[Merge, ...]:
    """The merges in force of a person, by any of its ids; the latest last."""
    rows = db.execute(named()["merges_of"], {"contact": holder(db, contact)})
    return tuple(Merge(*row) for row in rows)


def identities(db: sqlite3.Connection, contact: int) -> Iterator[dict[str, str]]:
    """Phone key and ids of each contact that goes on under this one."""
    for phone, handle, external in run(db, "merged_identities", {"contact": contact}):
        yield {"phone": phone, "handle": handle, "external_id": external}


def profile_of(db: sqlite3.Connection, contact: int) -> dict[str, str]:
    """What a merged contact is known by; empty for one that was never merged."""
    row = run(db, "merged_row", {"contact": contact}).fetchone()
    return {} if row is None else dict(zip(("phone", *IDENTITY), row[3:], strict=True))


def save(db: sqlite3.Connection, contacts: Iterable[int], groups: Mapping[int, Folded]) -> None:
    """Writes what both tables say of contacts that were folded together, where it differs."""
    wanted: set[Row] = set()
    apart: set[tuple[int, int]] = set()
    for survivor, folded in groups.items():
        wanted.update(row_of(survivor, c, taken) for c, taken in folded.taken_in.items())
        apart.update((survivor, other) for other in folded.apart if folded.state is not None)
    for contact in contacts:
        place = {"contact": contact}
        row = run(db, "merged_row", place).fetchone()
        if row is not None and row not in wanted:
            run(db, "drop_merged", place)
        wanted.discard(row)
        for (other,) in run(db, "kept_apart", place).fetchall():
            if (contact, other) not in apart:
                run(db, "drop_apart", {"contact": contact, "other": other})
    if wanted:
        note(db)
    for row in sorted(wanted):
        db.execute(named()["add_merged"], row)
    for contact, other in sorted(apart):
        keep_apart(db, contact, other)


def keep_apart(db: sqlite3.Connection, contact: int, other: int) -> None:
    """Writes that two contacts are two people."""
    run(db, "add_apart", {"contact": contact, "other": other})


def row_of(survivor: int, contact: int, taken: TakenIn) -> Row:
    """The row of a merged contact."""
    profile = taken.profile
    known = (profile.get(name, "") for name in IDENTITY)
    return (contact, survivor, taken.seq, phone_key(profile.get("phone", "")), *known)
