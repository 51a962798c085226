"""The refusals that a contact file tells of, written beside what else it brings.

Keeps that a refusal in a file is an event of its own with its reason, for
somebody known as for somebody new, in every mode and for a row that is
otherwise rejected; and that nothing in a file takes one back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rules.events import Event, Then
from rules.nouns import Kind, Status
from store import derived
from store.known_people import People
from store.read_rows import ReadRow

REFUSES = Then(status=Status.DO_NOT_CONTACT)

Draft = Callable[[Kind, int, Then, Mapping[str, str]], Event]


class Events(Protocol):
    """Where events are gathered."""

    def add(self, event: Event) -> None: ...


@dataclass
class Refusals:
    """Who is refused by the rows at hand and not yet written, and how many were."""

    because: str
    """The reason that is kept with each."""
    told: int = 0
    _waiting: dict[int, None] = field(default_factory=dict)

    def take(self, people: People, contact: int, row: ReadRow, *, new: bool = False) -> bool:
        """Whether a row's refusal is news; its event is written by `write`."""
        if not row.refused or (people.is_refused(contact) and not new):
            return False
        people.put(contact, people.profile(contact), refused=True)
        self._waiting[contact] = None
        self.told += 1
        return True

    def write(self, db: sqlite3.Connection, batch: Events, drafted: Draft) -> None:
        """Writes what waits; their contacts stand on the desk by now."""
        for contact in self._waiting:
            event = drafted(Kind.REFUSED, contact, REFUSES, {"reason": self.because})
            batch.add(event)
            derived.record(db, event, derived.state_of(db, contact))
        self._waiting.clear()
