"""Finding contacts by any part of what is known of them, ranked; and naming one exactly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from rules.nouns import Status
from rules.plain_text import keep
from store import merged
from store.profiles import apart, stored_keys
from store.search_forms import other_beginnings, words_of
from store.search_keys import HEAD, INSIDE, KEY_LENGTH, LONGEST_NAME, folded
from store.search_slips import slips
from store.statements import named

HITS = 120
"""Keys read for one query; ranking happens among them."""
LOOKED_AT = 400
"""Keys of one beginning among which the owner's own come first."""
RECENT = 300
"""Contacts whom an operator wrote to last: they come first whenever a query fits."""
RANKED = 60
"""Of those found, so many are compared with the query letter by letter."""
MOST_WORDS = 4
"""Words of a query that are looked for one by one."""
EACH_SLIP = 3
"""Keys read for each way to have mistyped."""
LAST = "\U0010ffff"
QUERY_LIMIT = 64
EVERYBODY = 2_000_000
"""More contacts than any desk is built for."""


class Fit(IntEnum):
    """How a query fits a contact; the better first."""

    WHOLE = 0
    """It is the name, the remark or the company."""
    HEAD = 1
    """It begins a name, its sound, its initials, a phone or an id."""
    INSIDE = 2
    """It stands within a name, or in the company."""
    SLIP = 3
    """It fits with one slip."""


RANGES = {Fit.WHOLE: (100, 100), Fit.HEAD: (70, 99), Fit.INSIDE: (40, 69), Fit.SLIP: (10, 39)}
"""The scores of each fit."""


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


def names_known(db: sqlite3.Connection, most: int = EVERYBODY) -> frozenset[str]:
    """The names and companies of the `most` newest contacts, so that no text shows one."""
    rows = db.execute(named()["names_known"], {"n": most})
    return frozenset(text for row in rows for text in row if text)


def find(
    db: sqlite3.Connection, text: str, *, owner: str = "", limit: int = 20
) -> tuple[Person, ...]:
    """The contacts that a text names, best first.

    Of contacts whom it fits alike, those the operator wrote to last come
    first, then the operator's own. Slips are looked for when nobody is found
    otherwise. Looks up prefixes of the prepared keys, so the cost does not grow
    with the desk. An empty text finds nobody.
    """
    query = folded(keep(text, QUERY_LIMIT))
    if not query:
        return ()
    found: dict[int, Hit] = {}
    for mark in (HEAD, INSIDE):
        if len(found) < limit:
            _take(found, query, _begun(db, mark + query[:LONGEST_NAME], owner))
    if not found:
        _take_otherwise(found, db, keep(text, QUERY_LIMIT), owner)
    rows = db.execute(named()["written_to_last"], {"operator": owner, "n": RECENT})
    recent = {contact: place for place, (contact,) in enumerate(rows)}
    near = sorted(
        found.values(),
        key=lambda hit: (
            hit.fit,
            recent.get(hit.contact, RECENT),
            hit.holder != owner,
            len(hit.key),
            hit.key,
            hit.contact,
        ),
    )[: max(limit, RANKED)]
    people = [(hit.fit, recent.get(hit.contact, RECENT), hit.person(query)) for hit in near]
    exact = text.strip()
    people.sort(
        key=lambda p: (p[0], p[2].name != exact, p[1], p[2].owner != owner, -p[2].score, p[2].name)
    )
    return tuple(person for _, _, person in people[:limit])


@dataclass(frozen=True, slots=True)
class Hit:
    """One key that fits, and whose it is."""

    fit: Fit
    contact: int
    key: str
    name: str
    remark: str
    company: str
    stage: str
    holder: str
    status: str

    def person(self, query: str) -> Person:
        texts = (self.name, self.remark, self.company)
        score = rank(self.fit, query, self.key, *texts)
        return Person(self.contact, *texts, self.stage, self.holder, Status(self.status), score)


Row = tuple[int, str, str, str, str, str, str, str]
"""Contact, key, name, remark, company, stage, owner, status."""


def _begun(db: sqlite3.Connection, low: str, owner: str) -> Iterator[Row]:
    """Keys that a text begins: those of contacts written to last, then the others."""
    yield from islice(_keyed_recent(db, low, owner), HITS)
    yield from _keyed(db, low, owner, HITS, LOOKED_AT)


def _keyed_recent(db: sqlite3.Connection, low: str, owner: str) -> Iterator[Row]:
    begun = encode_basestring(low)[:-1]
    told_of = named()["told_of"]
    for contact, keys in db.execute(named()["keys_recent"], {"owner": owner, "recent": RECENT}):
        if begun not in keys:
            continue
        for told in db.execute(told_of, {"contact": contact}):
            yield from ((contact, k, *told) for k in apart(contact, keys) if k.startswith(low))


def _keyed(db: sqlite3.Connection, low: str, owner: str, n: int, looked_at: int) -> Iterator[Row]:
    values = {"low": low, "high": low + LAST, "owner": owner, "n": n, "looked_at": looked_at}
    yield from db.execute(named()["keyed"], values)


def _take_otherwise(found: dict[int, Hit], db: sqlite3.Connection, text: str, owner: str) -> None:
    """What a query finds that nobody is called by: in another form, by its words, with a slip."""
    query = folded(text)
    for low in other_beginnings(query):
        if not found:
            _take(found, low[1:], _keyed(db, low, owner, HITS, LOOKED_AT), Fit.INSIDE)
    words = words_of(text)
    if not found and 1 < len(words) <= MOST_WORDS:
        _take(found, "", _of_all(db, words, owner), Fit.INSIDE)
    if not found:
        for low in _slipped(db, query):
            _take(found, query, _keyed(db, low, owner, EACH_SLIP, EACH_SLIP), Fit.SLIP)


def _of_all(db: sqlite3.Connection, words: Sequence[str], owner: str) -> Iterator[Row]:
    """Keys of the contacts that every word fits: of the word that fits fewest."""
    rows = [
        [row for mark in (HEAD, INSIDE) for row in _keyed(db, mark + word, owner, HITS, LOOKED_AT)]
        for word in words
    ]
    fewest = min(range(len(words)), key=lambda at: len(rows[at]))
    others = [word for at, word in enumerate(words) if at != fewest]

    def fits(contact: int, word: str) -> bool:
        return any(key.startswith(word, 1) for key in stored_keys(db, contact))

    yield from (row for row in rows[fewest] if all(fits(row[0], word) for word in others))


def _slipped(db: sqlite3.Connection, query: str) -> Iterator[str]:
    """The beginnings of keys that the query may have been meant as, where there are such keys."""
    has_key = named()["has_key"]
    for meant in slips(query):
        low = HEAD + meant
        if db.execute(has_key, (low, low + LAST)).fetchone():
            yield low


def _take(found: dict[int, Hit], query: str, rows: Iterable[Row], fit: Fit | None = None) -> None:
    """Keeps the best hit of each contact."""
    long = len(query) > LONGEST_NAME
    for contact, key, *told in rows:
        if long and not (key[1:].startswith(query[:KEY_LENGTH]) or _within(query, told[:3])):
            continue
        fits = fit or _fit(query, key, told[:3])
        known = found.get(contact)
        if known is None or (fits, len(key)) < (known.fit, len(known.key)):
            found[contact] = Hit(fits, contact, key, *told)


def _fit(query: str, key: str, texts: Iterable[str]) -> Fit:
    whole = len(key) == 1 + len(query) or len(query) > LONGEST_NAME
    if whole and any(query == folded(text) for text in texts):
        return Fit.WHOLE
    return Fit.HEAD if key[0] == HEAD else Fit.INSIDE


def _within(query: str, texts: Iterable[str]) -> bool:
    """Whether a query longer than the key of a text stands in the text itself."""
    return any(query in folded(text) for text in texts)


def rank(fit: Fit, query: str, key: str, *texts: str) -> int:
    """How well a query fits within its kind: the more of the key or of a text it is, the better."""
    low, high = RANGES[fit]
    from rapidfuzz.fuzz import ratio

    alike = max((ratio(query, folded(text)) for text in (key[1:], *texts) if text), default=0.0)
    return round(low + (high - low) * alike / 100)


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

    The id of a contact that was merged means the one it goes on under. One person when it is
    clear; several or none otherwise.
    """
    if text.isascii() and text.isdigit() and len(text) < 19:
        by_id = person(db, merged.holder(db, int(text)))
        if by_id is not None:
            return (by_id,)
    return named_exactly(db, keep(text)) or find(db, text)
