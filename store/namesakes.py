"""Whether the same person, as another contact of this desk, asked not to be contacted.

Asked before anything is offered or sent to anybody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from rules.events import ContactState
from rules.nouns import Status
from store import merged
from store.phones import phone_key
from store.statements import run

ID_DIGITS = 8
"""A number with fewer digits is no identity beyond its own file."""


def is_row_number(value: str) -> bool:
    """Whether an id is so short a number that another file has it for somebody else."""
    return value.isdigit() and len(value) < ID_DIGITS


def refused_elsewhere(
    db: sqlite3.Connection, state: ContactState, profile: Mapping[str, str]
) -> bool:
    """Whether the same person, as another contact of this desk, asked not to be contacted.

    A resume of this contact after the refusal says that it is somebody else, or
    that the wish has changed; a reaction that set its status says no such thing.
    """
    decided = state.status_seq if state.status is Status.ACTIVE else None
    own = {
        "phone": phone_key(profile.get("phone", "")),
        "handle": profile.get("handle", ""),
        "external_id": profile.get("external_id", ""),
    }
    for known in (own, *merged.identities(db, state.contact)):
        if is_row_number(known["external_id"]):
            known["external_id"] = ""
        values = {"contact": state.contact, "decided": decided or 0, **known}
        if run(db, "refused_namesake", values).fetchone() is not None:
            return True
    return False
