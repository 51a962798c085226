"""Phones and ids that people who refused are no longer known by.

A number is corrected, an import brings a newer one: the refusal goes on for
the person, so that whoever comes with the old one is found to have refused.
Derived from the log: what a profile lost while its contact was not to be
contacted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from rules.events import ContactState, Event
from rules.folding import GivenUp, given_up_by
from rules.nouns import Kind, Status
from store.desk_file import note
from store.phones import phone_key
from store.profiles import profile_of
from store.statements import named, run

Row = tuple[int, str, str]
"""Contact, field and value; a phone as `phone_key` has it."""


def record(db: sqlite3.Connection, event: Event, before: ContactState | None) -> None:
    """Keeps what an event takes out of a profile that is still as it was."""
    if event.kind is not Kind.PROFILE or before is None:
        return
    if before.status is Status.DO_NOT_CONTACT:
        note(db)
    lost = given_up_by(before, profile_of(db, before.contact) or {}, event)
    add(db, rows_of(before.contact, lost))


def save(db: sqlite3.Connection, contact: int, told: Collection[GivenUp]) -> None:
    """Writes what a contact's log adds up to, where it differs."""
    wanted = rows_of(contact, told)
    stored = set(db.execute(named()["given_up_of"], {"contact": contact}))
    if stored - wanted:
        run(db, "drop_given_up", {"contact": contact})
        stored = set()
    add(db, wanted - stored)


def add(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    db.executemany(named()["add_given_up"], sorted(rows))


def rows_of(contact: int, told: Iterable[GivenUp]) -> set[Row]:
    """The rows of a contact; a phone without digits is none."""
    keyed = ((kind, phone_key(value) if kind == "phone" else value) for kind, value in told)
    return {(contact, kind, value) for kind, value in keyed if value}


def former(db: sqlite3.Connection, contact: int) -> list[Mapping[str, str]]:
    """The same as changes of a profile, one each."""
    rows = db.execute(named()["given_up_of"], {"contact": contact})
    return [{kind: value} for _contact, kind, value in sorted(rows)]
