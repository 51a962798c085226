"""Events written many at a time, with the chain that `log.append_after` makes one by one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from rules.events import Event
from rules.nouns import Status
from store import log
from store.desk_file import note
from store.log import Row
from store.statements import named, numbered

_OWN = tuple(map(log.COLUMNS.index, ("uuid", "day", "contact", "amount", "text_hash")))
"""Columns that each of many events has of its own, in order."""

_PLACE_BYTES, _PLACE = 4, 0xFFFFFFFF
"""How much of an event's place is part of its uuid."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What events have in common: all but place, uuid, day, contact, amount and words."""

    time: str
    """What their uuids begin with."""
    columns: Row
    told: tuple[str, str, str, str]
    """Columns as the chain has them: before the day, between it and the contact, between
    that and the amount, and behind it."""


def form_of(event: Event) -> Form:
    """The form of an event."""
    row = tuple(log.row_of(event, None).values())
    first, second, third, fourth = (row[a + 1 : b] for a, b in pairwise(_OWN))
    chained = log.chained
    told = (chained(first), chained(second), chained(third), chained(fourth))
    return Form(log.uuid_of(event.at_ms, ""), (*first, *second, *third, *fourth), told)


class Batch:
    """Events gathered until `write`, which is called inside the caller's transaction."""

    def __init__(self, db: sqlite3.Connection, seq: int, link: str) -> None:
        """`seq` and `link` are those of the log's last event."""
        self._db = db
        self._seq, self._link = seq, link
        self._salts = log.random_hex(log.SALT_BYTES)
        self._chance = os.urandom(log.CHANCE_BYTES - _PLACE_BYTES).hex()
        """Of the uuids; behind it stands the event's place, so that they are written in order."""
        self._has_forms = False
        self._clear()

    def _clear(self) -> None:
        self._events: list[Row] = []
        self._texts: list[Row] = []
        self._alike: list[Row] = []
        self._forms: dict[Form, int] = {}

    @property
    def next_seq(self) -> int:
        """The place of the event that is added next."""
        return self._seq + 1

    def add(self, event: Event) -> None:
        """Takes an event that has its place already; it stands in the log after `write`."""
        if event.seq != self._seq + 1:
            raise ValueError(f"event {event.seq} does not follow event {self._seq}")
        self._seq = event.seq
        if event.then.status is Status.DO_NOT_CONTACT:
            note(self._db)
        row = log.row_of(event, None)
        if event.text:
            row["text_hash"] = self._words(event.contact, log.words_of(event.text))
        self._link = log.chain(self._link, row)
        self._events.append((*row.values(), self._link))

    def add_alike(
        self, forms: Sequence[Form], day: int, contacts: Sequence[int], bodies: Iterable[str]
    ) -> range:
        """Takes an event of one day for each contact, with words (`log.words_of`).

        Returns their places.

        Many contacts of one file begin alike, and an event for each costs more
        than its row.
        """
        first = self.next_seq
        for form, contact, body in zip(forms, contacts, bodies, strict=True):
            self._add_like(form, day, contact, None, body)
        return range(first, self.next_seq)

    def add_entry(
        self, form: Form, day: int, contact: int, amount: int, text: Mapping[str, str]
    ) -> int:
        """Takes an entry of money as `form` has it. Returns its place."""
        return self._add_like(form, day, contact, amount, log.words_of(text) if text else "")

    def _add_like(self, form: Form, day: int, contact: int, amount: int | None, body: str) -> int:
        self._seq = seq = self._seq + 1
        uuid = f"{form.time}{self._chance}{seq & _PLACE:08x}"
        words = self._words(contact, body) if body else None
        one, two, three, four = form.told
        told = (
            f"{self._link}\x1f{seq}\x1f{uuid}\x1f{one}\x1f{day}\x1f{two}\x1f{contact}\x1f{three}"
            f"\x1f{amount}\x1f{four}\x1f{words}"
        )
        self._link = link = sha256(told.encode()).hexdigest()
        number = self._forms.setdefault(form, len(self._forms))
        self._alike.append((seq, uuid, day, contact, amount, words, link, number))
        return seq

    def _words(self, contact: int | None, body: str) -> str:
        """Takes the words of the event that is added; returns their hash."""
        salt = next(self._salts)
        self._texts.append((self._seq, contact, salt, body))
        return sha256(f"{salt}{body}".encode()).hexdigest()

    def write(self) -> None:
        """Writes what was added since the last time."""
        if self._alike:
            self._write_alike()
        self._db.executemany(_ADD_EVENT, self._events)
        self._db.executemany(_ADD_TEXT, self._texts)
        self._clear()

    def _write_alike(self) -> None:
        """Each form is passed to the database once, each event as what it has of its own."""
        if not self._has_forms:
            self._each("make_alike", "make_event_form")
            self._has_forms = True
        forms = ((number, *form.columns) for form, number in self._forms.items())
        self._db.executemany(named()["add_event_form"], forms)
        self._db.executemany(named()["add_alike"], self._alike)
        self._each("add_alike_events", "forget_alike", "forget_event_forms")

    def finish(self) -> None:
        """Leaves nothing behind but the events."""
        if self._has_forms:
            self._each("drop_alike", "drop_event_forms")

    def _each(self, *names: str) -> None:
        for name in names:
            self._db.execute(named()[name])


_ADD_EVENT, _ = numbered("add_event")
_ADD_TEXT, _ = numbered("add_text")
