"""Refusals of people whom the desk does not know, told by hashes alone.

Such a refusal comes from the file beside a desk that could not be read any
more: whoever comes with one of its phones or ids is not to be contacted. It is
an event of no contact, so that it outlives a backup and a rebuild.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from rules.folding import TELLING
from store import log
from store.statements import named
from store.suppression import SALT, identities

IDENTIFYING = frozenset({"name", *TELLING})
"""A change of one of these may make somebody one of them."""


@dataclass(frozen=True)
class Strangers:
    """The hashes of those who refused, by the salt they were made with."""

    by_salt: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, profile: Mapping[str, str]) -> bool:
        """Whether a whole profile is that of one of them."""
        return bool(self.by_salt) and any(
            not hashes.isdisjoint(hashes_of(profile, salt)) for salt, hashes in self.by_salt.items()
        )


def strangers(db: sqlite3.Connection) -> Strangers:
    """Everybody who refused and is known by hashes alone."""
    found: dict[str, frozenset[str]] = {}
    for _uuid, salt, hashes in refusals_of_strangers(db):
        found[salt] = found.get(salt, frozenset()) | hashes
    return Strangers(found)


def refusals_of_strangers(
    db: sqlite3.Connection, since: int = 0
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Uuid, salt and hashes of each such refusal after a place in the log."""
    for uuid, outcome in db.execute(named()["strangers"], {"seq": since}).fetchall():
        facts = dict(log.unpack(outcome).facts)
        yield uuid, facts.pop(SALT, ""), frozenset(facts.values())


def facts_of(salt: str, hashes: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The same as facts of an event."""
    return ((SALT, salt), *((f"known {n}", value) for n, value in enumerate(sorted(hashes), 1)))


def hashes_of(profile: Mapping[str, str], salt: str) -> frozenset[str]:
    """The hashes of what tells somebody again; of the name where nothing else does."""
    told = identities(profile)
    own = {name: told[name] for name in TELLING if name in told}
    if not own and profile.get("name"):
        own = {"name": profile["name"]}
    return frozenset(
        hmac.new(salt.encode(), f"{name}:{value}".encode(), "sha256").hexdigest()
        for name, value in own.items()
    )
