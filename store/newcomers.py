"""Contacts that come onto the desk many at a time, written table by table.

Keeps that what is written is what `derived.record` and `profiles.save` would
write for each alone: the state is folded from the event and judged by the
rules in force, once for all who begin alike.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.events import ContactState, Event
from rules.folding import follow
from rules.nouns import Status
from store import batches, derived, log, standing
from store.desk_file import note
from store.known_people import KINDS
from store.statements import named, numbered


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """What all have in common who begin with one outcome at one moment."""

    form: batches.Form
    """The `added` event."""
    state: Mapping[str, Any]
    """The columns of the state; of the events that made it, only whether one set the status."""
    due: tuple[derived.Key, ...]
    """What each counts for among those due."""
    entries: tuple[tuple[int, standing.Entry], ...]
    """Places on lists, by bit."""


class Newcomers:
    """New contacts, gathered until `write`; their search keys until `finish`."""

    def __init__(self, db: sqlite3.Connection, first: int) -> None:
        """`first` is the number that the first of them gets."""
        self._db = db
        self._first = first
        for name in ("make_newcomer", "make_state_form"):
            db.execute(named()[name])
        self._force = standing.in_force(db)
        self._clear()

    def _clear(self) -> None:
        self._profiles: list[tuple[Any, ...]] = []
        self._keys: list[tuple[int, str]] = []
        self._people: list[tuple[int, int, int]] = []
        """Contact, sequence number of the event, and number of the form."""
        self._forms: dict[Beginning, int] = {}
        self._entries: list[dict[str, Any]] = []

    def add(
        self,
        begins: Sequence[Beginning],
        contacts: Sequence[int],
        seqs: Sequence[int],
        profiles: Iterable[log.Row],
        search_keys: Iterable[str],
    ) -> None:
        """People who are new, by their `added` events at `seqs`.

        `profiles` are rows of `contact`, `search_keys` as one row of their table
        has them.
        """
        numbers = [self._forms.setdefault(one, len(self._forms)) for one in begins]
        self._people.extend(zip(contacts, seqs, numbers, strict=True))
        self._profiles.extend(profiles)
        self._keys.extend(zip(contacts, search_keys, strict=True))
        for contact, one in zip(contacts, begins, strict=True):
            for bit, entry in one.entries:
                self._entries.append({"contact": contact, "list": bit, **_columns(entry)})

    def write(self) -> None:
        """Writes all who were gathered; their events stand in the log already."""
        self._db.executemany(named()["add_profile"], self._profiles)
        self._db.executemany(_SAVE_KEYS, self._keys)
        self._write_states()
        self._db.executemany(named()["save_entry"], self._entries)
        self._count()
        self._clear()

    def _write_states(self) -> None:
        """Each form is passed to the database once, and each state as its place and its form."""
        rows = ({**begins.state, "contact": form} for begins, form in self._forms.items())
        self._db.executemany(named()["add_state_form"], rows)
        self._db.executemany(named()["add_newcomer"], self._people)
        for name in ("add_new_states", "forget_newcomers", "forget_state_forms"):
            self._db.execute(named()[name])

    def _count(self) -> None:
        alike = Counter(form for _contact, _seq, form in self._people)
        due: Counter[derived.Key] = Counter()
        listed: Counter[tuple[str, int, int]] = Counter()
        for begins, form in self._forms.items():
            for key in begins.due:
                due[key] += alike[form]
            for bit, entry in begins.entries:
                listed[entry.owner, bit, entry.due] += alike[form]
        derived.count_due(self._db, due)
        standing.count(self._db, listed)

    def finish(self) -> None:
        """Writes the search keys of all, in their order.

        Each page of the index is then touched once, however long the file is.
        What is not finished goes with the transaction.
        """
        self._db.execute(named()["add_keys_from"], {"first": self._first})
        for name in ("drop_newcomers", "drop_state_forms"):
            self._db.execute(named()[name])

    def beginning(self, event: Event) -> Beginning:
        """What follows for everybody who comes by an event like this one."""
        state, _touch = follow(None, event, None)
        if state is None:
            raise ValueError("an event that adds nobody")
        if state.status is Status.DO_NOT_CONTACT:
            note(self._db)
        state = standing.judged(self._force, state)
        return Beginning(
            batches.form_of(event),
            derived.row(state),
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


PHONE = KINDS.index("phone")
_SAVE_KEYS, _ = numbered("save_keys_of")
