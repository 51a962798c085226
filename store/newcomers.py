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
from itertools import repeat
from typing import Any

from rules.events import ContactState, Event
from rules.folding import follow
from store import derived, log, profiles, standing
from store.search_keys import keys_of
from store.statements import named, numbered

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What all have in common who begin with one outcome at one moment."""

    form: log.Form
    """The `added` event."""
    state: Row
    """The parameters of `save_state`; who it is and which event made it are not said yet."""
    made_by: tuple[int, ...]
    """Where among them the event stands: it is the last, and may have set the status."""
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
        self._profiles: list[Row] = []
        self._keys: list[tuple[str, int]] = []
        self._states: list[list[Any]] = []
        self._entries: list[dict[str, Any]] = []
        self._due: Counter[derived.Key] = Counter()
        self._listed: Counter[tuple[str, int, int]] = Counter()

    def add(self, begins: Beginning, seq: int, contact: int, profile: Mapping[str, str]) -> None:
        """Somebody new, by the `added` event at `seq`."""
        state = [contact, *begins.state]
        for place in begins.made_by:
            state[place] = seq
        self._states.append(state)
        self._profiles.append(_PROFILE(profiles.parameters(contact, profile)))
        self._keys.extend(zip(keys_of(profile), repeat(contact)))
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

    def finish(self, *, most_are_new: bool) -> None:
        """Writes the search keys of all, in their order.

        Each page of the index is then touched once, however long the file is. The
        other index has no such order; where `most_are_new`, it is made anew, which
        sorts it. What is not finished goes with the transaction.
        """
        if most_are_new:
            self._db.execute(named()["drop_keys_of"])
        self._db.execute(named()["move_new_keys"])
        self._db.execute(named()["drop_new_keys"])
        if most_are_new:
            self._db.execute(named()["make_keys_of"])

    def beginning(self, event: Event) -> Beginning:
        """What follows for everybody who comes by an event like this one."""
        state, _touch = follow(None, event, None)
        if state is None:
            raise ValueError("an event that adds nobody")
        state = standing.judged(self._force, state)
        made_by = (_LAST_SEQ,) if event.then.status is None else (_LAST_SEQ, _STATUS_SEQ)
        return Beginning(
            log.form_of(event),
            _STATE(derived.row(state, derived.STATE_FIELDS))[1:],
            made_by,
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
_LAST_SEQ, _STATUS_SEQ = (_STATE({f: f for f in derived.STATE_FIELDS}).index(name) for name in ("last_seq", "status_seq"))
_ADD_PROFILE, _PROFILE = numbered("save_profile")
