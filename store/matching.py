"""Whether an imported row is somebody who is on the desk already.

By external id, then chat id, then phone, then email with the name, then the
name alone. Two people are never made one when an id, a phone, an email, the
company or the day they were added contradict each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from rules.nouns import Status
from store import derived, profiles
from store.statements import named

TELLING = ("external_id", "handle", "email", "company", "added")
"""Fields that tell two people apart when both have a value; the phone is compared as digits."""
STRONG = ("external_id", "handle")


def match(
    db: sqlite3.Connection, profile: Mapping[str, str], of_this_file: Collection[int]
) -> int | None:
    """The contact that a row is about, or None for somebody new.

    A contact made by this same file is only recognised under its own name, so
    that two people behind one office phone stay two.
    """
    for statement, field in (
        ("contacts_by_external", "external_id"),
        ("contacts_by_handle", "handle"),
    ):
        found = _ids(db, statement, profile.get(field, ""))
        if found:
            return found[0]
    phone = profiles.phone_key(profile.get("phone", ""))
    by_phone = _free_of_conflict(db, _ids(db, "contacts_by_phone", phone), profile, STRONG)
    named_alike = [c for c, known in by_phone if known["name"] == profile.get("name")]
    if named_alike:
        return named_alike[0]
    older = [c for c, _ in by_phone if c not in of_this_file]
    if len(older) == 1:
        return older[0]
    if older:
        return None
    by_name = _ids(db, "contacts_by_name", profile.get("name", ""))
    alike = _free_of_conflict(db, by_name, profile, TELLING)
    alike = [(c, known) for c, known in alike if not _other_phone(known, phone)]
    return alike[0][0] if len(alike) == 1 else None


def refused_alias(db: sqlite3.Connection, profile: Mapping[str, str]) -> bool:
    """Whether somebody with this phone, chat id or external id asked not to be contacted."""
    keys = (
        ("contacts_by_external", profile.get("external_id", "")),
        ("contacts_by_handle", profile.get("handle", "")),
        ("contacts_by_phone", profiles.phone_key(profile.get("phone", ""))),
    )
    return any(is_refused(db, c) for statement, value in keys for c in _ids(db, statement, value))


def is_refused(db: sqlite3.Connection, contact: int) -> bool:
    state = derived.state_of(db, contact)
    return state is not None and state.status is Status.DO_NOT_CONTACT


def _ids(db: sqlite3.Connection, statement: str, value: str) -> list[int]:
    if not value:
        return []
    return [c for (c,) in db.execute(named()[statement], {"value": value})]


def _free_of_conflict(
    db: sqlite3.Connection, contacts: list[int], profile: Mapping[str, str], fields: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    found = []
    for contact in contacts:
        known = profiles.profile_of(db, contact) or {}
        if not any(known.get(f) and profile.get(f) and known[f] != profile[f] for f in fields):
            found.append((contact, known))
    return found


def _other_phone(known: Mapping[str, str], phone: str) -> bool:
    stored = profiles.phone_key(known.get("phone", ""))
    return bool(stored and phone and stored != phone)
