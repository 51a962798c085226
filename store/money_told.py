"""The entries of purchases and contracts in the log, read without the rest of a history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from rules.events import NOTHING, Event
from rules.folding import Undone, out_of_force
from rules.nouns import PARTS, Kind
from rules.purchases import YUAN, Purchase, purchases
from store.statements import named

Told = tuple[int, str, int | None, int, int | None, str | None, int]
"""Sequence number, kind, ref, day, minor units, words and contact of an entry or a mark."""
FIRST_ENTRIES = frozenset({Kind.PURCHASE.value, Kind.CONTRACT.value})


def bought_by(db: sqlite3.Connection, contact: int, imports: Undone) -> dict[int, Purchase]:
    """What a contact, with those merged with it, bought and signed, as it counts now.

    `imports` are those that are undone. Of an event only what makes a purchase is read.
    """
    rows = db.execute(named()["purchases_of"], {"contact": contact}).fetchall()
    return bought_from(rows, imports)


def bought_from(rows: Sequence[Told], imports: Undone) -> dict[int, Purchase]:
    """The same from rows that were read, in log order."""
    if all(row[1] in FIRST_ENTRIES for row in rows):
        told = ((row, words_of(row)) for row in rows if not _is_out(row, imports))
        return {row[0]: _plain(row, words) for row, words in told}
    events = [_event(row) for row in rows]
    return purchases(events, out_of_force(events, imports))


def words_of(row: Told) -> dict[str, str]:
    """What an entry names: product, order, and the currency where it is not the usual one."""
    return json.loads(row[5]) if row[5] else {}


def _is_out(row: Told, imports: Undone) -> bool:
    return row[2] in imports and row[1] in PARTS


def _plain(row: Told, words: dict[str, str]) -> Purchase:
    """An entry that nothing corrects or undoes."""
    seq, kind, _ref, day, amount, _body, whose = row
    currency = words.get("currency", YUAN)
    product, order = words.get("product", ""), words.get("order", "")
    is_contract = kind == Kind.CONTRACT
    return Purchase(seq, whose, day, amount or 0, currency, product, order, is_contract, seq)


def _event(row: Told) -> Event:
    seq, kind, ref, day, amount, _body, whose = row
    return Event(
        uuid="",
        at_ms=0,
        offset=0,
        day=day,
        operator="",
        kind=Kind(kind),
        contact=whose,
        ref=ref,
        amount=amount,
        text=words_of(row) or NOTHING,
        seq=seq,
    )
