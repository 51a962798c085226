"""Folding the whole log and comparing every derived table with it; mending them on request."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from rules.events import ContactState, Event, Touch, Walk
from rules.folding import Folded, fold
from rules.lessons import Lesson
from rules.merging import fold_together
from rules.nouns import Kind
from rules.wording import N_, Sentence, sentence
from store import derived, given_up, learning, list_checks, log, merged, profiles, standing
from store.connection import transaction
from store.garbled import Garbled
from store.search_keys import keys_of
from store.statements import named

Key = derived.Key


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the doctor looked at."""

    name: str
    ok: bool
    detail: Sentence


@dataclass(frozen=True)
class Expected:
    """What the derived tables must hold, from the log alone."""

    folded: dict[int, Folded]

    def states(self) -> dict[int, ContactState]:
        return {c: f.state for c, f in self.folded.items() if f.state is not None}

    def touches(self) -> dict[int, Touch]:
        return {seq: t for f in self.folded.values() for seq, t in f.touches.items()}

    def lessons(self) -> dict[int, Lesson]:
        return {seq: one for f in self.folded.values() for seq, one in f.lessons.items()}


def examine(db: sqlite3.Connection) -> tuple[Check, ...]:
    """Every check, in the order in which a fault in one explains the next."""
    checks = [_file(db), _chain(db)]
    expected = Expected(dict(folded_log(db)))
    checks.extend(compare(db, expected))
    return tuple(checks)


def rebuild(db: sqlite3.Connection) -> None:
    """Writes every derived table anew from the log, in one transaction."""
    with transaction(db):
        force = standing.in_force(db)
        since = list_checks.entries_by_contact(db)
        for table in (*FOLDED, *LISTED, *COUNTERS, *LEARNED):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from this module
        due: Counter[Key] = Counter()
        touched: Counter[Key] = Counter()
        for contact, folded in folded_log(db):
            standing.save_care(db, contact, folded.care)
            merged.save(db, (), {contact: folded})
            for touch in folded.touches.values():
                db.execute(named()["add_touch"], derived.row(touch))
                touched.update(derived.credits_of(touch))
            if folded.state is None:
                continue
            state = standing.judged(force, folded.state)
            db.execute(named()["save_state"], derived.row(state))
            list_checks.enter(db, force, state, since.get(contact, {}), folded.care)
            profiles.save(db, contact, folded.profile)
            given_up.save(db, contact, folded.given_up)
            derived.save_plans(db, contact, {}, folded.plans)
            due.update(derived.due_keys(folded.state))
            learning.renew(db, contact, folded.lessons)
        derived.count_due(db, due)
        derived.count_touches(db, touched)
        list_checks.number(db, force)


FOLDED = (
    "touch",
    "contact_key",
    "keys_of_contact",
    "contact",
    "contact_state",
    "walk",
    "merged",
    "kept_apart",
    "given_up",
)
LISTED = ("list_entry", "list_care", "list_count", "list_number")
COUNTERS = ("due_count", "content_month", "day_stat")
LEARNED = ("learned", "learned_token")


def folded_log(db: sqlite3.Connection) -> Iterator[tuple[int, Folded]]:
    """Each contact with what its events add up to; those merged into another one are left out."""
    imports = derived.desk_marks(db)
    told: dict[int, list[Event]] = {}
    merges: list[Event] = []
    for event in log.events(db, "all_events"):
        if event.contact is not None:
            told.setdefault(event.contact, []).append(event)
            if event.kind is Kind.MERGED:
                merges.append(event)
    for group in _ever_merged(merges):
        together = sorted((e for c in group for e in told.pop(c)), key=attrgetter("seq"))
        yield from fold_together(together, derived.undone(together, imports)).items()
    for contact in sorted(told):
        events = told.pop(contact)
        yield contact, fold(events, derived.undone(events, imports))


def _ever_merged(merges: Iterable[Event]) -> list[set[int]]:
    """Contacts that were one at any time, in groups."""
    group_of: dict[int, set[int]] = {}
    for event in merges:
        pair = [c for c in (event.contact, event.then.other) if c is not None]
        joined = set().union(pair, *(group_of.get(c, ()) for c in pair))
        group_of |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in group_of.values()}.values())


def compare(db: sqlite3.Connection, expected: Expected) -> list[Check]:
    """The derived tables against the log."""
    force = standing.in_force(db)
    states = {c: standing.judged(force, s) for c, s in expected.states().items()}
    touches = expected.touches()
    due: Counter[Key] = Counter()
    counts: Counter[Key] = Counter()
    for state in states.values():
        due.update(derived.due_keys(state))
    for touch in touches.values():
        counts.update(derived.credits_of(touch))
    stored_states = {
        s.contact: s
        for s in map(derived.state_from, _all(db, "contact_state", derived.STATE_FIELDS))
    }
    stored_touches = {
        t.seq: t for t in map(derived.touch_from, _all(db, "touch", derived.TOUCH_FIELDS))
    }
    return [
        _same("contact states", states, stored_states),
        _same("plans", _plans(expected), _stored_plans(db)),
        _same("touches", touches, stored_touches),
        _same("profiles", _profiles(expected), _stored_profiles(db)),
        *_same_people(db, expected),
        _same("search keys", _keys(expected), _stored_keys(db)),
        _same("search keys of each contact", _keys_together(expected), _stored_together(db)),
        _same("due counts", dict(due), _stored_due(db)),
        _same("content and day counters", dict(counts), _stored_counts(db)),
        _same("learned replies", *learning.compared(db, expected.lessons())),
        *(
            _same(name, wanted, stored)
            for name, wanted, stored in list_checks.lists_of(
                db, force, states, {c: f.care for c, f in expected.folded.items()}
            )
        ),
    ]


def _same(name: str, wanted: dict[Any, Any], stored: dict[Any, Any]) -> Check:
    wrong = [k for k in wanted.keys() | stored.keys() if wanted.get(k) != stored.get(k)]
    if not wrong:
        return Check(name, True, sentence(N_("{n} agree with the log"), n=len(wanted)))
    first = min(map(str, wrong))
    return Check(
        name,
        False,
        sentence(N_("{n} differ from the log, the first: {first}"), n=len(wrong), first=first),
    )


def _file(db: sqlite3.Connection) -> Check:
    found = db.execute("PRAGMA integrity_check(5)").fetchall()
    told = "; ".join(str(row[0]) for row in found)
    if told == "ok":
        return Check("file", True, sentence(N_("every page and index is sound")))
    return Check("file", False, sentence(N_("damaged: {told}"), told=told))


def _chain(db: sqlite3.Connection) -> Check:
    """Walks the hash chain; names the first event that does not fit."""
    walked = log.walk(db.execute(named()["all_events"]), log.GENESIS, 0)
    if walked.changed is None:
        return Check("log", True, sentence(N_("{n} events, the chain is whole"), n=walked.place))
    reason = sentence(N_("event {seq} was changed after it was written"), seq=walked.changed)
    return Check("log", False, reason)


def _all(db: sqlite3.Connection, table: str, names: tuple[str, ...]) -> sqlite3.Cursor:
    return db.execute(f"SELECT {', '.join(names)} FROM {table}")  # noqa: S608


def _plans(expected: Expected) -> dict[tuple[int, str], Walk]:
    live = ((c, f) for c, f in expected.folded.items() if f.state is not None)
    return {(contact, walk.sequence): walk for contact, f in live for walk in f.plans.values()}


def _stored_plans(db: sqlite3.Connection) -> dict[tuple[int, str], Walk]:
    rows = _all(db, "walk", ("contact", *Walk._fields))
    return {(contact, values[0]): Walk(*values) for contact, *values in rows}


def _profiles(expected: Expected) -> dict[int, dict[str, Any]]:
    return {
        contact: profiles.parameters(contact, folded.profile)
        for contact, folded in expected.folded.items()
        if folded.state is not None
    }


def _stored_profiles(db: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    names = ("id", "phone_key", *profiles.FIELDS)
    return {row[0]: dict(zip(names, row, strict=True)) for row in _all(db, "contact", names)}


def _same_people(db: sqlite3.Connection, expected: Expected) -> Iterator[Check]:
    """Who goes on under whom, and who was found to be somebody else."""
    wanted = (
        (other, merged.row_of(contact, other, taken))
        for contact, folded in expected.folded.items()
        for other, taken in folded.taken_in.items()
    )
    rows = db.execute("SELECT * FROM merged")
    yield _same("merged contacts", dict(wanted), {row[0]: row for row in rows})
    apart = {(c, o): 1 for c, f in expected.folded.items() if f.state for o in f.apart}
    pairs = db.execute("SELECT contact, other FROM kept_apart")
    yield _same("contacts kept apart", apart, dict.fromkeys(pairs, 1))
    live = ((c, f.given_up) for c, f in expected.folded.items() if f.state)
    lost = {row: 1 for c, told in live for row in given_up.rows_of(c, told)}
    stored = db.execute("SELECT contact, kind, value FROM given_up")
    yield _same("former phones and ids", lost, dict.fromkeys(stored, 1))


def _keys(expected: Expected) -> dict[tuple[int, str], bool]:
    live = ((c, f) for c, f in expected.folded.items() if f.state is not None)
    return {(contact, key): True for contact, folded in live for key in keys_of(folded.profile)}


def _stored_keys(db: sqlite3.Connection) -> dict[tuple[int, str], bool]:
    return {(contact, k): True for k, contact in _all(db, "contact_key", ("k", "contact"))}


def _keys_together(expected: Expected) -> dict[int, frozenset[str]]:
    live = ((c, f) for c, f in expected.folded.items() if f.state is not None)
    return {contact: keys_of(folded.profile) for contact, folded in live}


def _stored_together(db: sqlite3.Connection) -> dict[int, frozenset[str]]:
    rows = _all(db, "keys_of_contact", ("contact", "keys"))
    return {contact: _keys_in(contact, keys) for contact, keys in rows}


def _keys_in(contact: int, keys: str) -> frozenset[str]:
    try:
        return frozenset(profiles.apart(contact, keys))
    except Garbled:
        return frozenset()


def _stored_due(db: sqlite3.Connection) -> dict[Key, int]:
    rows = _all(db, "due_count", ("owner", "day", "stage", "n"))
    return {tuple(key): n for *key, n in rows if n}


def _stored_counts(db: sqlite3.Connection) -> dict[Key, int]:
    found: dict[Key, int] = {}
    keyed = len(derived.CONTENT_KEY)
    for row in _all(db, "content_month", (*derived.CONTENT_KEY, *derived.CONTENT_COUNTERS)):
        _put(found, "content", row[:keyed], derived.CONTENT_COUNTERS, row[keyed:])
    for row in _all(db, "day_stat", (*derived.DAY_KEY, *derived.DAY_COUNTERS)):
        keyed = len(derived.DAY_KEY)
        _put(found, "day", row[:keyed], derived.DAY_COUNTERS, row[keyed:])
    return found


def _put(
    found: dict[Key, int], table: str, key: Key, names: tuple[str, ...], counts: Sequence[int]
) -> None:
    for name, n in zip(names, counts, strict=True):
        if n:
            found[table, key, name] = n
