"""Contact profiles: the personal fields, kept apart from the log, and the search keys made of them.

A profile is the fold of a contact's `added` and `profile` events; all values
are text, since phones and ids are names and not numbers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from store.garbled import GARBLED, Garbled
from store.phones import phone_key
from store.statements import named, run

FIELDS = (
    "name",
    "remark",
    "phone",
    "handle",
    "external_id",
    "company",
    "title",
    "email",
    "birthday",
    "source",
    "added",
    "tags",
    "interest",
    "extra",
)
"""`added` is an ISO date; `tags` and `interest` are joined by commas; `extra` is a JSON object."""

Values = tuple[str, ...]
"""A profile's texts in the order of `FIELDS`, "" where there is nothing."""
EMPTY: Mapping[str, str] = dict.fromkeys(FIELDS, "")
"""A profile of which nothing is known."""


def profile_of(db: sqlite3.Connection, contact: int) -> dict[str, str] | None:
    """A contact's profile by field, None when it is not on the desk."""
    row = run(db, "profile", {"contact": contact}).fetchone()
    return None if row is None else dict(zip(FIELDS, row, strict=True))


def parameters(contact: int, profile: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a contact's row."""
    values: dict[str, Any] = {**EMPTY, **profile}
    values["id"] = contact
    values["phone_key"] = phone_key(values["phone"])
    return values


def index_anew(db: sqlite3.Connection) -> None:
    """Makes every contact's search keys, where a migration left none; inside a transaction."""
    for contact, *values in db.execute(named()["profiles"]).fetchall():
        _save_keys(db, contact, dict(zip(FIELDS, values, strict=True)))


def save(db: sqlite3.Connection, contact: int, profile: Mapping[str, str] | None) -> None:
    """Writes a profile and its search keys when they differ; None takes both away."""
    before = profile_of(db, contact)
    if profile is None:
        if before is not None:
            _drop_keys(db, contact, stored_keys(db, contact))
            run(db, "drop_keys_of", {"contact": contact})
            run(db, "drop_profile", {"contact": contact})
        return
    values = parameters(contact, profile)
    if before == {name: values[name] for name in FIELDS}:
        return
    run(db, "save_profile", values)
    _save_keys(db, contact, profile)


def stored_keys(db: sqlite3.Connection, contact: int) -> frozenset[str]:
    """The search keys under which a contact stands."""
    row = run(db, "keys_of", {"contact": contact}).fetchone()
    return frozenset(apart(contact, row[0]) if row else ())


def apart(contact: int, keys: str) -> list[str]:
    """The search keys that are kept in one row, in their order. Raises Garbled."""
    try:
        return [str(key) for key in json.loads(keys)]
    except GARBLED as error:
        raise Garbled(f"keys_of_contact {contact}") from error


def _drop_keys(db: sqlite3.Connection, contact: int, keys: Iterable[str]) -> None:
    db.executemany(named()["drop_key"], [{"k": key, "contact": contact} for key in keys])


def _save_keys(db: sqlite3.Connection, contact: int, profile: Mapping[str, str]) -> None:
    from store.search_keys import together_of

    known, text = stored_keys(db, contact), together_of(profile)
    run(db, "save_keys_of", {"contact": contact, "keys": text})
    keys = frozenset(apart(contact, text))
    _drop_keys(db, contact, known - keys)
    db.executemany(named()["add_key"], [{"k": key, "contact": contact} for key in sorted(keys)])
