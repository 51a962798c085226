"""The entries of purchases and contracts in the log, read without the rest of a history."""

from __future__ import annotations

import json
import sqlite3

from rules.events import NOTHING, Event
from rules.folding import out_of_force
from rules.nouns import Kind
from rules.purchases import Purchase, purchases
from store.statements import named


def bought_by(db: sqlite3.Connection, contact: int, imports: frozenset[int]) -> dict[int, Purchase]:
    """What a contact, with those merged with it, bought and signed, as it counts now.

    `imports` are those that are undone. Of an event only what makes a purchase is read.
    """
    rows = db.execute(named()["purchases_of"], {"contact": contact}).fetchall()
    told = [
        Event(
            uuid="",
            at_ms=0,
            offset=0,
            day=day,
            operator="",
            kind=Kind(kind),
            contact=whose,
            ref=ref,
            amount=amount,
            text=json.loads(body) if body else NOTHING,
            seq=seq,
        )
        for seq, kind, ref, day, amount, body, whose in rows
    ]
    return purchases(told, out_of_force(told, imports)) if told else {}
