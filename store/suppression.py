"""Who was erased and must not come back: phones and ids as salted hashes, never as themselves.

The hashes stand in the erasures of the log, so they outlive a backup and a
rebuild. A hash keeps a phone from being read, not from being guessed by
whoever has the file and tries every number there is.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from store import log
from store.namesakes import is_row_number
from store.phones import phone_key
from store.statements import named

SALT_BYTES = 16
SALT = "salt"
"""The name of the salt among the facts of an erasure."""


@dataclass(frozen=True)
class Suppressed:
    """The hashes of everybody who was erased, by the salt they were made with."""

    by_salt: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, profile: Mapping[str, str]) -> bool:
        """Whether a phone, id or email of the profile is one of somebody erased."""
        return bool(self.by_salt) and any(
            not hashes.isdisjoint(hashed(profile, salt).values())
            for salt, hashes in self.by_salt.items()
        )


def suppressed(db: sqlite3.Connection) -> Suppressed:
    """Everybody who was erased."""
    found: dict[str, frozenset[str]] = {}
    for (outcome,) in db.execute(named()["erased_outcomes"]):
        facts = dict(log.unpack(outcome).facts)
        salt = facts.pop(SALT, "")
        found[salt] = found.get(salt, frozenset()) | frozenset(facts.values())
    return Suppressed(found)


def identities(profile: Mapping[str, str]) -> dict[str, str]:
    """What tells somebody again in another file, by field, in one form; a name does not."""
    external = profile.get("external_id", "")
    told = {
        "external_id": "" if is_row_number(external) else external,
        "handle": profile.get("handle", ""),
        "phone": phone_key(profile.get("phone", "")),
        "email": profile.get("email", "").casefold(),
    }
    return {name: value for name, value in told.items() if value}


def hashed(profile: Mapping[str, str], salt: str) -> dict[str, str]:
    """The hash of each identity, by field."""
    return {
        name: hmac.new(salt.encode(), f"{name}:{value}".encode(), "sha256").hexdigest()
        for name, value in identities(profile).items()
    }


def salt_of(known: Suppressed) -> str:
    """The desk's salt: the one in use, so that a file is compared by one; else a new one."""
    return next(iter(known.by_salt), "") or os.urandom(SALT_BYTES).hex()
