"""All that the desk knows of one person, as one value: for the screen, a print, an export."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from rules.events import ContactState
from rules.nouns import Kind
from rules.purchases import Purchases, purchases
from store import derived, profiles
from store.offering import NotOnDesk
from store.timeline import Entry, timeline


@dataclass(frozen=True, slots=True)
class Consent:
    """That the contact agreed to be written to."""

    source: str
    on: str
    """ISO date."""


@dataclass(frozen=True)
class PersonFile:
    """One person's record."""

    contact: int
    profile: Mapping[str, str]
    state: ContactState
    consent: Consent | None
    """The latest that stands; None when none was kept."""
    entries: tuple[Entry, ...]
    """Every event, oldest first, also those that were undone."""
    purchases: Purchases
    """What was bought and signed, as it counts now."""


def person_file(db: sqlite3.Connection, contact: int) -> PersonFile:
    """Everything about a contact. Raises NotOnDesk."""
    state, profile = derived.state_of(db, contact), profiles.profile_of(db, contact)
    if state is None or profile is None:
        raise NotOnDesk(contact)
    entries = timeline(db, contact)
    bought = purchases((e.event for e in entries), {e.event.seq for e in entries if e.undone})
    return PersonFile(contact, profile, state, consent_in(entries), entries, bought)


def consent_in(entries: tuple[Entry, ...]) -> Consent | None:
    """The latest consent among events that stands."""
    for entry in reversed(entries):
        if entry.event.kind is Kind.CONSENT and not entry.undone:
            text = entry.event.text
            return Consent(text.get("consent", ""), text.get("on", ""))
    return None
