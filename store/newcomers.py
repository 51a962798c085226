"""Contacts that come onto the desk many at a time, written table by table.

Keeps that what is written is what `derived.record` and `profiles.save` would
write for each alone: the state is folded from the event and judged by the
rules in force, once for all who begin alike.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.events import ContactState, Event
from rules.folding import follow
from store import derived, log, profiles, standing
from store.search_keys import keys_of
from store.statements import named, numbered


@dataclass(frozen=True, slots=True)
class Beginning:
    """What all have in common who begin with one outcome at one moment."""

    event: Mapping[str, Any]
    """The columns of the `added` event, but for its place and who it is about."""
    state: Mapping[str, Any]
    """The columns of the state, but for who it is and which event made it."""
    has_status: bool
    """The event set the status."""
    due: tuple[derived.Key, ...]
    """What each counts for among those due."""
    entries: tuple[tuple[int, standing.Entry], ...]
    """Places on lists, by bit."""


class Newcomers:
    """New contacts, gathered until `write`; their search keys until `finish`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute(named()["make_new_keys"])
        self._force = standing.in_force(db)
        self._clear()

    def _clear(self) -> None:
        self._profiles: list[tuple[Any, ...]] = []
        self._keys: list[tuple[str, int]] = []
        self._states: list[tuple[Any, ...]] = []
        self._entries: list[dict[str, Any]] = []
        self._due: Counter[derived.Key] = Counter()
        self._listed: Counter[tuple[str, int, int]] = Counter()

    def add(self, begins: Beginning, seq: int, contact: int, profile: Mapping[str, str]) -> None:
        """Somebody new, by the `added` event at `seq`."""
        state = {**begins.state, "contact": contact, "last_seq": seq}
        if begins.has_status:
            state["status_seq"] = seq
        self._states.append(_STATE(state))
        self._profiles.append(_PROFILE(profiles.parameters(contact, profile)))
        self._keys.extend([(key, contact) for key in keys_of(profile)])
        for key in begins.due:
            self._due[key] += 1
        for bit, entry in begins.entries:
            self._entries.append({"contact": contact, "list": bit, **_columns(entry)})
            self._listed[entry.owner, bit, entry.due] += 1

    def write(self) -> None:
        """Writes all who were gathered; their events stand in the log already."""
        self._db.executemany(_ADD_PROFILE, self._profiles)
        self._db.executemany(named()["add_new_key"], self._keys)
        self._db.executemany(_ADD_STATE, self._states)
        self._db.executemany(named()["save_entry"], self._entries)
        derived.count_due(self._db, self._due)
        standing.count(self._db, self._listed)
        self._clear()

    def finish(self) -> None:
        """Writes the search keys of all, in their order.

        Each page of the index is then touched once, however long the file is.
        What is not finished goes with the transaction.
        """
        self._db.execute(named()["move_new_keys"])
        self._db.execute(named()["drop_new_keys"])

    def beginning(self, event: Event) -> Beginning:
        """What follows for everybody who comes by an event like this one."""
        state, _touch = follow(None, event, None)
        if state is None:
            raise ValueError("an event that adds nobody")
        state = standing.judged(self._force, state)
        return Beginning(
            log.row_of(event, None),
            derived.row(state, derived.STATE_FIELDS),
            event.then.status is not None,
            tuple(derived.due_keys(state)),
            self._entries_of(state),
        )

    def _entries_of(self, state: ContactState) -> tuple[tuple[int, standing.Entry], ...]:
        if self._force is None:
            return ()
        return tuple(standing.entries(self._force, state, {}, {}).items())


def _columns(entry: standing.Entry) -> dict[str, Any]:
    return {
        "owner": entry.owner,
        "since": entry.since,
        "due": entry.due,
        "priority": entry.priority,
    }


_ADD_STATE, _STATE = numbered("save_state")
_ADD_PROFILE, _PROFILE = numbered("save_profile")
