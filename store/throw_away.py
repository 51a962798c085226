"""Contacts that look like throw-away accounts; whoever was resumed by hand is none."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from rules.throw_away import BULK, SILENT, Account, signs
from rules.wording import Sentence
from store.offering import called
from store.statements import named


@dataclass(frozen=True, slots=True)
class Suspect:
    """A contact that nobody seems to stand behind."""

    contact: int
    name: str
    company: str
    source: str
    added: str
    """ISO date; empty when unknown."""
    touches: int
    because: tuple[Sentence, ...]


def suspects(db: sqlite3.Connection, owner: str) -> tuple[Suspect, ...]:
    """An owner's active contacts that look thrown away, the clearest first."""
    bulk = {(added, source): n for added, source, n in db.execute(named()["bulk"], {"n": BULK})}
    found = []
    rows = db.execute(named()["never_answered"], {"owner": owner, "n": SILENT})
    for contact, name, company, source, added, phone, handle, touches in rows.fetchall():
        together = bulk.get((added, source), 0)
        has_name = bool(called({"name": name, "phone": phone, "handle": handle}))
        because = signs(Account(touches, 0, 0, together, has_name))
        if because:
            found.append(Suspect(contact, name, company, source, added, touches, because))
    return tuple(sorted(found, key=lambda s: (-len(s.because), -s.touches, s.contact)))
