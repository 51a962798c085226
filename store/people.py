"""Finding contacts by any part of what is known of them, ranked; and naming one exactly."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from rules.nouns import Status
from rules.plain_text import keep
from store.search_keys import KEY_LENGTH, LONGEST_NAME, folded
from store.statements import named

HITS = 200
"""Keys read for one query; ranking happens among them."""
LAST = "\U0010ffff"
QUERY_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as a search shows it."""

    contact: int
    name: str
    remark: str
    company: str
    stage: str
    owner: str
    status: Status
    score: int
    """0 to 100: how well the query names this contact."""


def find(
    db: sqlite3.Connection, text: str, *, owner: str = "", limit: int = 20
) -> tuple[Person, ...]:
    """The contacts that a text names, best first; the owner's own before others alike.

    Looks up a prefix of the prepared keys, so the cost does not grow with the
    desk. An empty text finds nobody.
    """
    query = folded(keep(text, QUERY_LIMIT))
    if not query:
        return ()
    best: dict[int, Person] = {}
    low = query[:LONGEST_NAME]
    rows = db.execute(named()["keyed"], {"low": low, "high": low + LAST, "n": HITS})
    for contact, key, name, remark, company, stage, holder, status in rows:
        if not (key.startswith(query[:KEY_LENGTH]) or _within(query, name, remark, company)):
            continue
        score = rank(query, key, name, remark, company)
        known = best.get(contact)
        if known is None or known.score < score:
            best[contact] = Person(
                contact, name, remark, company, stage, holder, Status(status), score
            )
    ordered = sorted(best.values(), key=lambda p: (-p.score, p.owner != owner, p.name, p.contact))
    return tuple(ordered[:limit])


def _within(query: str, *texts: str) -> bool:
    """Whether a query longer than the key of a text stands in the text itself."""
    return any(query in folded(text) for text in texts)


def rank(query: str, key: str, *texts: str) -> int:
    """How well a query fits: 100 for a whole name, more for the longer part of a key."""
    if any(query == folded(text) for text in texts):
        return 100
    from rapidfuzz.fuzz import ratio

    best = max((ratio(query, folded(text)) for text in texts if text), default=0.0)
    return min(99, round(max(best, 90 * len(query) / len(key))))


def named_exactly(db: sqlite3.Connection, text: str) -> tuple[Person, ...]:
    """Contacts whose name is exactly this text."""
    rows = db.execute(named()["contacts_by_name"], {"value": text}).fetchall()
    return tuple(p for (c,) in rows if (p := person(db, c)) is not None)


def person(db: sqlite3.Connection, contact: int) -> Person | None:
    """One contact by id."""
    row = db.execute(named()["person"], {"contact": contact}).fetchone()
    if row is None:
        return None
    known: tuple[Any, ...] = (*row[:-1], Status(row[-1]), 100)
    return Person(*known)


def resolve(db: sqlite3.Connection, text: str) -> tuple[Person, ...]:
    """Who a text on the command line means: an id, else an exact name, else what `find` answers.

    One person when it is clear; several or none otherwise.
    """
    if text.isascii() and text.isdigit() and len(text) < 19:
        by_id = person(db, int(text))
        if by_id is not None:
            return (by_id,)
    return named_exactly(db, keep(text)) or find(db, text)
