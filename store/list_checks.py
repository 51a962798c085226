"""What the doctor compares and mends of lists: entries, their counts, what was done about them.

The rules in force stand in the file, so no SOP is needed. Since when a contact
stands on a list is taken as it is stored; an entry that is missing begins on
the day of the rules.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rules.events import Care, ContactState
from store import standing
from store.standing import Entry, InForce
from store.statements import named

Compared = tuple[str, dict[Any, Any], dict[Any, Any]]
"""A name, what must stand there, and what does."""


def entries_by_contact(db: sqlite3.Connection) -> dict[int, dict[int, Entry]]:
    """All stored entries, by contact and bit."""
    found: dict[int, dict[int, Entry]] = {}
    rows = db.execute("SELECT contact, list, owner, since, due, priority FROM list_entry")
    for contact, bit, *rest in rows:
        found.setdefault(contact, {})[bit] = Entry(*rest)
    return found


def lists_of(
    db: sqlite3.Connection,
    force: InForce | None,
    states: Mapping[int, ContactState],
    care: Mapping[int, Mapping[str, Care]],
) -> Iterator[Compared]:
    """The tables of lists against judged states and what the log says was done."""
    stored = entries_by_contact(db)
    wanted: dict[int, dict[int, Entry]] = {}
    if force is not None:
        for contact, state in states.items():
            known = stored.get(contact, {})
            wanted[contact] = standing.entries(force, state, known, care.get(contact, {}))
    yield "entries of lists", _flat(wanted), _flat(stored)
    counts = Counter((e.owner, bit, e.due) for (_, bit), e in _flat(wanted).items())
    rows = db.execute("SELECT owner, list, day, n FROM list_count WHERE n <> 0")
    yield "counts of lists", dict(counts), {(o, bit, day): n for o, bit, day, n in rows}
    rows = db.execute("SELECT contact, list, handled, until FROM list_care")
    done = {(contact, name): Care(*rest) for contact, name, *rest in rows}
    yield "follow-ups", _flat(care), done
    numbers = dict(force.rules.bits) if force else {}
    yield "numbers of lists", numbers, dict(db.execute(named()["list_numbers"]))


def enter(
    db: sqlite3.Connection,
    force: InForce | None,
    state: ContactState,
    stored: Mapping[int, Entry],
    care: Mapping[str, Care],
) -> None:
    """Writes the entries of a judged state anew, without their counts."""
    if force is None:
        return
    for bit, entry in standing.entries(force, state, stored, care).items():
        standing.save(db, state.contact, bit, entry)


def number(db: sqlite3.Connection, force: InForce | None) -> None:
    """Writes the numbers of the lists and the counts of all entries anew."""
    for name, bit in (force.rules.bits if force else {}).items():
        db.execute(named()["add_list_number"], {"bit": bit, "list": name})
    db.execute(named()["count_all_entries"])


def _flat(by_contact: Mapping[int, Mapping[Any, Any]]) -> dict[tuple[int, Any], Any]:
    return {(c, name): told for c, inner in by_contact.items() for name, told in inner.items()}
