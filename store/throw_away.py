"""Contacts that look like throw-away accounts; whoever was resumed by hand is none."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from rules.throw_away import BULK, Account, is_own_name, signs
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
    rows = db.execute(named()["never_answered"], {"owner": owner}).fetchall()
    nameless = {row[0] for row in rows if not _has_name(row[1], row[5], row[6])}
    came = Counter((row[4], row[3]) for row in rows if row[4] and row[0] in nameless)
    found = []
    for contact, name, company, source, added, _phone, _handle, touches in rows:
        account = Account(
            touches,
            0,
            0,
            bulk.get((added, source), 0),
            contact not in nameless,
            bool(company),
            came[added, source],
        )
        because = signs(account)
        if because:
            found.append(Suspect(contact, name, company, source, added, touches, because))
    return tuple(sorted(found, key=lambda s: (-len(s.because), -s.touches, s.contact)))


def _has_name(name: str, phone: str, handle: str) -> bool:
    return is_own_name(called({"name": name, "phone": phone, "handle": handle}))
