"""Judging all contacts by the rules, as one scan that writes only what changed.

Needed when the day is another one or the rules are: time alone makes rules
true. What one contact does is judged with its event, by `store.standing`; both
give the same, and after a pass every contact stands as the rules say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from rules.lists import MOST_LISTS, ListRule, mask_sql, priority_sql
from rules.sop import Sop
from store.connection import transaction
from store.judged import digest_of, is_current
from store.standing import InForce, body_of, in_force
from store.statements import named

MANY = 1000
"""Contacts changed by one pass from which the write-ahead log is emptied after it."""
_JUDGED = """CREATE TEMP TABLE judged (
  contact INTEGER PRIMARY KEY, was INTEGER, becomes INTEGER, pressing INTEGER, priority INTEGER
)"""
_REDATED = "CREATE TEMP TABLE redated (list INTEGER PRIMARY KEY)"


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass changed."""

    changed: int
    """Contacts whose lists or priority are others now."""


def judge_all(db: sqlite3.Connection, sop: Sop, day: int) -> Passed | None:
    """Judges every contact for a day, if the day or the rules are others than last time.

    One transaction, or none: None when nothing was to be done. The first time
    writes an entry for everybody on a list (seconds for a million contacts),
    afterwards what changed.
    """
    if is_current(db, sop, day):
        return None
    with transaction(db):
        passed = Passed(sum(_pass(db, lists, sop, day) for lists in _turns(db, sop.lists)))
    if passed.changed >= MANY:
        _empty_journal(db)
    return passed


def _empty_journal(db: sqlite3.Connection) -> None:
    """Brings what a long pass wrote into the desk's file, and cuts the write-ahead log to nothing.

    The log of such a pass is as long as the table. It stays so until the desk is
    closed, and who opens a desk that was killed reads it through. Whoever reads the
    old state just now is not waited for, and a full disk is none of its business:
    the next checkpoint does it then.
    """
    waits = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute("PRAGMA busy_timeout = 0")
    try:
        with suppress(sqlite3.DatabaseError):
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.execute(f"PRAGMA busy_timeout = {waits}")


def _turns(db: sqlite3.Connection, lists: Sequence[ListRule]) -> list[Sequence[ListRule]]:
    """The lists of each scan: two scans where numbers must be cleared before they are given anew.

    A number that belonged to a list until now is never given away in the same scan.
    """
    numbers = dict(db.execute(named()["list_numbers"]))
    kept = [rule for rule in lists if rule.id in numbers]
    new = len(lists) - len(kept)
    return [kept, lists] if new > MOST_LISTS - len(numbers) else [lists]


def _pass(db: sqlite3.Connection, lists: Sequence[ListRule], sop: Sop, day: int) -> int:
    """One scan within a transaction; how many contacts it changed."""
    force = in_force(db)
    before = dict(db.execute(named()["list_numbers"]).fetchall())
    numbered = _number(db, lists, before)
    gone = {bit for name, bit in before.items() if bit not in numbered}
    _judge(db, numbered, sop, day)
    redated = _redated(force, numbered)
    db.executemany("INSERT INTO redated (list) VALUES (?)", [(bit,) for bit in redated])
    db.execute(named()["take_counts_away"])
    for bit in sorted(gone | numbered.keys()):
        db.execute(named()["drop_entries_judged"], {"list": bit, "mask": 1 << bit})
    db.execute(named()["move_entries_judged"])
    for bit in redated:
        _redate(db, bit, numbered[bit])
    for bit, rule in numbered.items():
        _enter(db, bit, rule, day)
    db.execute(named()["add_counts_again"])
    db.execute(named()["drop_empty_counts"])
    changed = db.execute(named()["flag_judged"]).rowcount
    for bit in gone:
        db.execute(named()["drop_list_number"], {"bit": bit})
    body = body_of(numbered, sop.priorities)
    db.execute(named()["keep_rules"], {"digest": digest_of(sop), "day": day, "body": body})
    db.execute("DROP TABLE temp.judged")
    db.execute("DROP TABLE temp.redated")
    return changed


def _number(
    db: sqlite3.Connection, lists: Sequence[ListRule], known: Mapping[str, int]
) -> dict[int, ListRule]:
    """Each list by its bit; a new one takes the lowest that no list had."""
    free = (bit for bit in range(MOST_LISTS) if bit not in known.values())
    numbered = {}
    for rule in lists:
        bit = known.get(rule.id)
        if bit is None:
            bit = next(free)
            db.execute(named()["add_list_number"], {"bit": bit, "list": rule.id})
        numbered[bit] = rule
    return numbered


def _judge(db: sqlite3.Connection, numbered: Mapping[int, ListRule], sop: Sop, day: int) -> None:
    """Finds the contacts whose lists or priority are others now.

    Every rule is asked once of a contact that stays where it is: its priority
    then follows from the lists that it stands on already.
    """
    db.execute(_JUDGED)
    db.execute(_REDATED)
    bits = {rule.id: bit for bit, rule in numbered.items()}
    mask = mask_sql(numbered)
    priority = priority_sql(sop.lists, sop.priorities)
    stays = priority_sql(sop.lists, sop.priorities, bits)
    db.execute(
        "INSERT INTO judged (contact, was, becomes, pressing, priority)"  # noqa: S608 - bound rules
        f" SELECT s.contact, s.flags, {mask.sql}, s.priority, {priority.sql} FROM contact_state s"
        f" WHERE {mask.sql} <> s.flags OR {stays.sql} <> s.priority",
        {**mask.params, **priority.params, "today": day},
    )


def _redated(force: InForce | None, numbered: Mapping[int, ListRule]) -> list[int]:
    """Lists that stay, but are due otherwise than before."""
    known = {} if force is None else force.rules.lists
    return [bit for bit, rule in numbered.items() if bit in known and known[bit].due != rule.due]


def _redate(db: sqlite3.Connection, bit: int, rule: ListRule) -> None:
    db.execute(
        f"UPDATE list_entry SET due = (SELECT {rule.due.sql} FROM list_entry e"  # noqa: S608
        " JOIN contact_state s ON s.contact = e.contact"
        " LEFT JOIN list_care c ON c.contact = e.contact AND c.list = :name"
        " WHERE e.contact = list_entry.contact AND e.list = list_entry.list) WHERE list = :list",
        {"name": rule.id, "list": bit},
    )


def _enter(db: sqlite3.Connection, bit: int, rule: ListRule, day: int) -> None:
    """Adds entries for those who come onto a list."""
    db.execute(
        "INSERT INTO list_entry (contact, list, owner, since, due, priority)"  # noqa: S608
        f" SELECT j.contact, :list, s.owner, :day, {rule.due.sql}, j.priority FROM judged j"
        " JOIN contact_state s ON s.contact = j.contact"
        " JOIN (SELECT CAST(:day AS INTEGER) AS since) e ON e.since = :day"
        " LEFT JOIN list_care c ON c.contact = j.contact AND c.list = :name"
        " WHERE (j.becomes & :mask) <> 0 AND (j.was & :mask) = 0",
        {"list": bit, "day": day, "name": rule.id, "mask": 1 << bit},
    )
