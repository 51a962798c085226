"""Contacts kept longer than the desk's settings say, and their erasure once somebody confirmed it.

Invariant: nobody is erased who is not on the list at that moment, whatever the
list said when it was looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from rules import kept_long
from rules.nouns import Status
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import N_, sentence
from store.erasing import Erased, erase
from store.statements import named

WHY = N_("kept longer than {n} months without contact")


@dataclass(frozen=True, slots=True)
class KeptLong:
    """A contact that may be erased."""

    contact: int
    name: str
    company: str
    status: Status
    last: int
    """Day number of the last message, reply, purchase or change of status."""


def kept_too_long(db: sqlite3.Connection, today: int, months: int) -> tuple[KeptLong, ...]:
    """Whoever was not in touch for so many months, the longest first; nobody for 0 months."""
    if not months:
        return ()
    day = kept_long.first_day_within(today, months)
    found = []
    for contact, name, company, status, *days in db.execute(named()["kept_long"], {"day": day}):
        last = kept_long.last_day(days)
        if last is not None and last < day:
            found.append(KeptLong(contact, name, company, Status(status), last))
    return tuple(sorted(found, key=lambda one: (one.last, one.contact)))


def erase_kept(
    db: sqlite3.Connection, shift: Shift, now: Moment, contacts: Iterable[int]
) -> tuple[Erased, ...]:
    """Erases those that were confirmed and are still kept too long; one by one, each for good."""
    months = shift.settings.retention_months
    told = str(sentence(WHY, n=months))
    confirmed = set(contacts)
    done = []
    for one in kept_too_long(db, now.day, months):
        if one.contact in confirmed:
            done.append(erase(db, shift, now, one.contact, told))
    return tuple(done)
