"""Who on the desk may be one of the people in the rows at hand.

Everybody that an id, a phone or a name of these rows leads to is read at once,
by one statement for each kind of key, instead of several for each row. So are
those under whom a contact with such a key goes on since it was merged.
Invariant: what is put in while the rows are taken is found by the rows after
them, as if it stood on the desk already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from rules.nouns import Status
from store.phones import phone_key
from store.profiles import FIELDS
from store.statements import named, run

KINDS = ("external_id", "handle", "phone", "name")
"""What people are known by; phones as `phone_key` has them."""


class People:
    """The people who may be meant by some rows."""

    def __init__(self, db: sqlite3.Connection, profiles: Sequence[Mapping[str, str]]) -> None:
        """Reads them; `profiles` are those of the rows. Inside a transaction."""
        self._profiles: dict[int, Mapping[str, str]] = {}
        self._refused: set[int] = set()
        self._by: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
        db.execute(named()["forget_wanted"])
        db.executemany(named()["add_wanted"], map(_wanted, profiles))
        for kind in KINDS:
            for row in run(db, f"wanted_by_{kind}", {}):
                self._put_row(row)
        self._given_up = set(run(db, "wanted_given_up", {}))
        for kind, value, *row in run(db, "wanted_merged", {}).fetchall():
            self._put_row(row)
            self._by[kind].setdefault(value, []).append(row[0])

    def called(self, kind: str, value: str) -> list[int]:
        """The contacts with this value of one of `KINDS`, the one added first in front."""
        found = self._by[kind].get(value)
        return sorted(set(found)) if found else []

    def has_like(self, profile: Mapping[str, str]) -> bool:
        """Whether anybody has an id, the phone or the name of this profile."""
        return any(self._by[kind].get(value) for kind, value in _keys(profile))

    @property
    def has_refused(self) -> bool:
        """Whether anybody among them is not to be contacted."""
        return bool(self._refused or self._given_up)

    def was_of_refused(self, kind: str, value: str) -> bool:
        """Whether somebody who is not to be contacted was known by this phone or id."""
        return (kind, value) in self._given_up

    def profile(self, contact: int) -> Mapping[str, str]:
        return self._profiles[contact]

    def is_refused(self, contact: int) -> bool:
        """Whether somebody is not to be contacted."""
        return contact in self._refused

    def _put_row(self, row: Sequence[Any]) -> None:
        contact, status, *values = row
        if contact not in self._profiles:
            refused = status == Status.DO_NOT_CONTACT
            self.put(contact, dict(zip(FIELDS, values, strict=True)), refused=refused)

    def put(self, contact: int, profile: Mapping[str, str], *, refused: bool) -> None:
        """Somebody as they are from now on."""
        before = self._profiles.get(contact)
        for kind, value in _keys(before) if before is not None else ():
            self._by[kind][value].remove(contact)
            if contact in self._refused:
                self._given_up.add((kind, value))
        for kind, value in _keys(profile):
            self._by[kind].setdefault(value, []).append(contact)
        self._profiles[contact] = profile
        (self._refused.add if refused else self._refused.discard)(contact)


def begin(db: sqlite3.Connection) -> None:
    """Makes the place where wanted keys stand; it goes with `end`, or with the transaction."""
    db.execute(named()["make_wanted"])


def people_like(db: sqlite3.Connection, profile: Mapping[str, str]) -> People:
    """The people whom one profile may mean; inside a transaction."""
    begin(db)
    people = People(db, [profile])
    end(db)
    return people


def end(db: sqlite3.Connection) -> None:
    db.execute(named()["drop_wanted"])


def _wanted(profile: Mapping[str, str]) -> tuple[str, ...]:
    told = profile.get
    return (
        told("external_id", ""),
        told("handle", ""),
        phone_key(told("phone", "")),
        told("name", ""),
        told("email", ""),
        told("company", ""),
        told("added", ""),
    )


def _keys(profile: Mapping[str, str]) -> list[tuple[str, str]]:
    told = profile.get
    values = (
        told("external_id", ""),
        told("handle", ""),
        phone_key(told("phone", "")),
        told("name", ""),
    )
    return [pair for pair in zip(KINDS, values, strict=True) if pair[1]]
