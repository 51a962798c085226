"""The rules in force, and what follows from them for one contact: lists, priority, entries.

The rules that were last taken up stand in the desk's file with the day for
which all contacts were judged. Invariant: flags, priority and entries of every
contact are what these rules say on that day, so that they can be checked and
mended without an SOP. Only since when a contact stands on a list is nowhere
else: it is kept as it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from rules.conditions import Compiled, condition_from
from rules.events import Care, ContactState
from rules.facts import values
from rules.lists import NO_CARE, DueFrom, DueRule, Judge, ListRule, PriorityRule
from store.garbled import GARBLED, Garbled
from store.statements import named

AS_STORED: Mapping[str, int] = {}
"""Every entry of a list begins when it is stored to begin."""


@dataclass(frozen=True)
class Rules:
    """Rules with the numbers of their lists, ready to be asked."""

    lists: Mapping[int, ListRule]
    """By bit; without names and reasons, which decide nothing."""
    priorities: tuple[PriorityRule, ...]
    judge: Judge
    bits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules by which all contacts were judged, and for which day."""

    digest: str
    day: int
    rules: Rules


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact's place on one list, as it is stored."""

    owner: str
    since: int
    """Day number on which the contact came onto the list."""
    due: int
    priority: int


def in_force(db: sqlite3.Connection) -> InForce | None:
    """The rules that hold now; None on a desk where nothing was judged yet."""
    row = db.execute(named()["rules_in_force"]).fetchone()
    return None if row is None else InForce(row[0], row[1], rules_from(row[2]))


def judged(force: InForce | None, state: ContactState) -> ContactState:
    """The state with the lists and the priority that the rules in force give it."""
    if force is None:
        return state
    judge, bits = force.rules.judge, force.rules.bits
    standing = judge(values(state, force.day, judge.facts))
    flags = sum(1 << bits[name] for name in standing.lists)
    if (flags, standing.priority) == (state.flags, state.priority):
        return state
    return state._replace(flags=flags, priority=standing.priority)


def save_entries(
    db: sqlite3.Connection,
    force: InForce | None,
    before: ContactState | None,
    after: ContactState | None,
    since: Mapping[str, int] = AS_STORED,
) -> None:
    """Writes the entries of a contact whose state was saved, and moves the counts with them.

    `since` says from which day the contact stands on lists, where that is not stored.
    """
    known = after or before
    if force is None or known is None or not (known.flags or (before and before.flags)):
        return
    contact = known.contact
    stored = entries_of(db, contact)
    begun = begun_on(force, stored, since) if since else stored
    wanted = {} if after is None else entries(force, after, begun, care_of(db, contact))
    if stored == wanted:
        return
    counts: dict[tuple[str, int, int], int] = {}
    for bit in sorted(stored.keys() | wanted.keys()):
        old, new = stored.get(bit), wanted.get(bit)
        if old == new:
            continue
        for entry, n in ((old, -1), (new, 1)):
            if entry is not None:
                key = (entry.owner, bit, entry.due)
                counts[key] = counts.get(key, 0) + n
        save(db, contact, bit, new)
    count(db, counts)


def entries(
    force: InForce, state: ContactState, stored: Mapping[int, Entry], care: Mapping[str, Care]
) -> dict[int, Entry]:
    """The entries that a judged state has, by bit; one that is new begins on the rules' day."""
    found = {}
    for bit, rule in force.rules.lists.items():
        if state.flags >> bit & 1:
            since = stored[bit].since if bit in stored else force.day
            due = rule.due.day(state, since, care.get(rule.id, NO_CARE))
            found[bit] = Entry(state.owner, since, due, state.priority)
    return found


def begun_on(
    force: InForce, stored: Mapping[int, Entry], since: Mapping[str, int]
) -> dict[int, Entry]:
    """Entries by bit that begin on the days told by list."""
    told = {force.rules.bits[name]: day for name, day in since.items() if name in force.rules.bits}
    fresh = Entry("", force.day, force.day, 0)
    return {
        **stored,
        **{bit: replace(stored.get(bit, fresh), since=day) for bit, day in told.items()},
    }


def entries_of(db: sqlite3.Connection, contact: int) -> dict[int, Entry]:
    """A contact's stored entries by bit."""
    rows = db.execute(named()["entries_of_contact"], {"contact": contact})
    return {bit: Entry(*rest) for bit, *rest in rows}


def care_of(db: sqlite3.Connection, contact: int) -> dict[str, Care]:
    """What was done about a contact's entries, by list."""
    rows = db.execute(named()["care_of_contact"], {"contact": contact})
    return {name: Care(handled, until) for name, handled, until in rows}


def save_care(db: sqlite3.Connection, contact: int, care: Mapping[str, Care]) -> None:
    """Writes what was done about a contact's entries, where it differs."""
    before = care_of(db, contact)
    for name in sorted(before.keys() - care.keys()):
        db.execute(named()["drop_care"], {"contact": contact, "list": name})
    for name, told in care.items():
        if before.get(name) != told:
            row = {"contact": contact, "list": name, "handled": told.handled, "until": told.until}
            db.execute(named()["save_care"], row)


def count(db: sqlite3.Connection, changes: Mapping[tuple[str, int, int], int]) -> None:
    """Adds differences to the counts by owner, list and due day."""
    for (owner, bit, day), n in sorted(changes.items()):
        if n:
            row = {"owner": owner, "list": bit, "day": day, "n": n}
            db.execute(named()["count_entries"], row)


def body_of(lists: Mapping[int, ListRule], priorities: tuple[PriorityRule, ...]) -> str:
    """Rules as the text that is kept: what decides, and nothing else."""
    told = {
        "lists": [
            {
                "bit": bit,
                "id": rule.id,
                "when": _plain(rule.when),
                "due": [rule.due.start.value, rule.due.days],
                "priority": rule.priority,
            }
            for bit, rule in lists.items()
        ],
        "priorities": [[_plain(rule.when), rule.priority] for rule in priorities],
    }
    return json.dumps(told, ensure_ascii=False)


@lru_cache(maxsize=16)
def rules_from(body: str) -> Rules:
    """Rules from the text that is kept. Raises Garbled."""
    try:
        return _rules(json.loads(body))
    except GARBLED as error:
        raise Garbled("rules_in_force") from error


def _rules(told: Mapping[str, Any]) -> Rules:
    lists = {
        rule["bit"]: ListRule(
            rule["id"],
            "",
            _compiled(rule["when"]),
            DueRule(DueFrom(rule["due"][0]), rule["due"][1]),
            priority=rule["priority"],
        )
        for rule in told["lists"]
    }
    priorities = tuple(PriorityRule(_compiled(when), n) for when, n in told["priorities"])
    judge = Judge(tuple(lists.values()), priorities)
    return Rules(lists, priorities, judge, {rule.id: bit for bit, rule in lists.items()})


def save(db: sqlite3.Connection, contact: int, bit: int, entry: Entry | None) -> None:
    """Writes an entry, or takes it away, without its count."""
    place = {"contact": contact, "list": bit}
    if entry is None:
        db.execute(named()["drop_entry"], place)
    else:
        db.execute(named()["save_entry"], place | asdict(entry))


def _plain(when: Compiled) -> dict[str, Any]:
    return asdict(when)


def _compiled(plain: Mapping[str, Any]) -> Compiled:
    return Compiled(plain["text"], condition_from(plain["condition"]))
