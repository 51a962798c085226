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
from operator import contains
from typing import Any

from rules.nouns import Status
from store.phones import phone_key
from store.profiles import FIELDS
from store.statements import named, run

Keys = tuple[str, str, str, str]
"""What somebody is known by, in the order of `KINDS`; "" where there is nothing."""
KINDS = ("external_id", "handle", "phone", "name")
"""What people are known by; phones as `phone_key` has them."""


class People:
    """The people who may be meant by some rows."""

    def __init__(
        self,
        db: sqlite3.Connection,
        profiles: Sequence[Mapping[str, str]],
        keys: Sequence[Keys] | None = None,
    ) -> None:
        """Reads them; `profiles` are those of the rows, `keys` what those are known by.

        Inside a transaction.
        """
        self._profiles: dict[int, Mapping[str, str]] = {}
        self._refused: set[int] = set()
        self._by: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
        db.execute(named()["forget_wanted"])
        known_by = map(keys_of, profiles) if keys is None else keys
        db.executemany(named()["add_wanted"], map(_wanted, profiles, known_by))
        for kind in KINDS:
            for row in run(db, f"wanted_by_{kind}", {}):
                self._put_row(row)
        self._given_up = set(run(db, "wanted_given_up", {}))
        for kind, value, *row in run(db, "wanted_merged", {}).fetchall():
            self._put_row(row)
            self._by[kind].setdefault(value, []).append(row[0])

    def called(self, kind: str, value: str) -> Sequence[int]:
        """The contacts with this value of one of `KINDS`, the one added first in front."""
        found = self._by[kind].get(value, [])
        return sorted(set(found)) if len(found) > 1 else found

    def has_like(self, keys: Keys) -> bool:
        """Whether anybody has, or had, one of these ids, the phone or the name."""
        return any(map(contains, self._by.values(), keys))

    @property
    def has_refused(self) -> bool:
        """Whether anybody among them is not to be contacted."""
        return bool(self._refused or self._given_up)

    @property
    def has_given_up(self) -> bool:
        """Whether any of the rows' phones and ids once was that of somebody who refused."""
        return bool(self._given_up)

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
        if before is not None:
            for kind, by, value in zip(KINDS, self._by.values(), keys_of(before), strict=True):
                if value:
                    by[value].remove(contact)
                    if contact in self._refused:
                        self._given_up.add((kind, value))
            self._refused.discard(contact)
        self.put_new(contact, profile, keys_of(profile), refused=refused)

    def put_new(
        self, contact: int, profile: Mapping[str, str], keys: Keys, *, refused: bool
    ) -> None:
        """Somebody who is not among them yet; `keys` are those of the profile."""
        for by, value in zip(self._by.values(), keys, strict=True):
            if value:
                by.setdefault(value, []).append(contact)
        self._profiles[contact] = profile
        if refused:
            self._refused.add(contact)


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


def _wanted(profile: Mapping[str, str], keys: Keys) -> tuple[str, ...]:
    told = profile.get
    return (*keys, told("email", ""), told("company", ""), told("added", ""))


def keys_of(profile: Mapping[str, str]) -> Keys:
    """What somebody with this profile is known by."""
    told = profile.get
    return (
        told("external_id", ""),
        told("handle", ""),
        phone_key(told("phone", "")),
        told("name", ""),
    )
