"""Who on the desk may be one of the people in the rows at hand.

Everybody that an id, a phone or a name of these rows leads to is read at once,
by one statement for each kind of key, instead of several for each row. So are
those under whom a contact with such a key goes on since it was merged.
Invariant: what is put in while the rows are taken is found by the rows after
them, as if it stood on the desk already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import contains, itemgetter
from typing import Any

from rules.nouns import Status
from store.phones import phone_key
from store.profiles import FIELDS, Values
from store.statements import named, run

Keys = tuple[str, str, str, str]
"""What somebody is known by, in the order of `KINDS`; "" where there is nothing."""
Wanted = tuple[str, ...]
"""What somebody is looked for by: their keys, and what tells apart those who are called alike."""
KINDS = ("external_id", "handle", "phone", "name")
"""What people are known by; phones as `phone_key` has them."""


class People:
    """The people who may be meant by some rows."""

    def __init__(
        self,
        db: sqlite3.Connection,
        wanted: Iterable[Wanted],
    ) -> None:
        """Reads them, inside a transaction."""
        self._values: dict[int, Values] = {}
        self._profiles: dict[int, Mapping[str, str]] = {}
        """Of those who were asked for."""
        self._refused: set[int] = set()
        self._by: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
        db.execute(named()["forget_wanted"])
        db.executemany(named()["add_wanted"], wanted)
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
        known = self._profiles.get(contact)
        if known is None:
            known = dict(zip(FIELDS, self._values[contact], strict=True))
            self._profiles[contact] = known
        return known

    def is_refused(self, contact: int) -> bool:
        """Whether somebody is not to be contacted."""
        return contact in self._refused

    def _put_row(self, row: Sequence[Any]) -> None:
        contact, status, *told = row
        if contact not in self._values:
            values = tuple(told)
            refused = status == Status.DO_NOT_CONTACT
            self.put_new(contact, values, keys_of_values(values), refused=refused)

    def put(self, contact: int, profile: Mapping[str, str], *, refused: bool) -> None:
        """Somebody as they are from now on."""
        before = self._values.get(contact)
        if before is not None:
            known_by = keys_of_values(before)
            for kind, by, value in zip(KINDS, self._by.values(), known_by, strict=True):
                if value:
                    by[value].remove(contact)
                    if contact in self._refused:
                        self._given_up.add((kind, value))
            self._refused.discard(contact)
            self._profiles.pop(contact, None)
        values = tuple(profile.get(name, "") for name in FIELDS)
        self.put_new(contact, values, keys_of_values(values), refused=refused)

    def put_new(self, contact: int, values: Values, keys: Keys, *, refused: bool) -> None:
        """Somebody who is not among them yet; `keys` are those of the profile."""
        for by, value in zip(self._by.values(), keys, strict=True):
            if value:
                by.setdefault(value, []).append(contact)
        self._values[contact] = values
        if refused:
            self._refused.add(contact)


def begin(db: sqlite3.Connection) -> None:
    """Makes the place where wanted keys stand; it goes with `end`, or with the transaction."""
    db.execute(named()["make_wanted"])


def people_like(db: sqlite3.Connection, profile: Mapping[str, str]) -> People:
    """The people whom one profile may mean; inside a transaction."""
    begin(db)
    people = People(db, [wanted_of(profile)])
    end(db)
    return people


def end(db: sqlite3.Connection) -> None:
    db.execute(named()["drop_wanted"])


def wanted_of(profile: Mapping[str, str]) -> Wanted:
    """What somebody with this profile is looked for by."""
    values = tuple([profile.get(name, "") for name in FIELDS])
    return wanted_by(values, keys_of_values(values))


def wanted_by(values: Values, keys: Keys) -> Wanted:
    """The same from a profile's texts and its keys."""
    return (*keys, *_APART(values))


def keys_of_values(values: Values) -> Keys:
    """What somebody with this profile is known by."""
    name, _remark, phone, handle, external_id, *_ = values
    return external_id, handle, phone_key(phone), name


_APART = itemgetter(*map(FIELDS.index, ("email", "company", "added")))
