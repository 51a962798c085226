"""Purchases and contracts told by hand: one event each, and each may be corrected by another.

An earlier entry is never changed. Files of purchases come in through
`store.purchasing`; what all of them add up to is `rules.purchases`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rules.events import Event
from rules.nouns import Kind
from rules.plain_text import NAME_LIMIT, keep
from rules.purchases import YUAN, Purchase, Purchases, purchases
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import N_, DeskError, sentence
from store import derived, log, merged
from store.connection import transaction
from store.money_told import bought_by
from store.offering import NotOnDesk
from store.verbs import Done, draft, write


class CannotBuy(DeskError):
    """A purchase that cannot have been, or a correction of none."""


@dataclass(frozen=True, slots=True)
class Deal:
    """What is told of a purchase or contract."""

    amount: int
    """Minor units; below zero for money given back."""
    currency: str
    """Its code."""
    day: int
    """Day number, not after today."""
    product: str = ""
    order: str = ""


def bought(db: sqlite3.Connection, contact: int) -> dict[int, Purchase]:
    """What a contact, with those merged with it, bought and signed, as it counts now."""
    return bought_by(db, merged.holder(db, contact), derived.desk_marks(db))


def everything_bought(db: sqlite3.Connection) -> Iterator[Purchases]:
    """What each contact of the desk bought, contact by contact."""
    imports = derived.desk_marks(db)
    told = log.events(db, "money_told")
    by_contact: dict[int, list[Event]] = {}
    for event in told:
        by_contact.setdefault(event.contact or 0, []).append(event)
    for events in by_contact.values():
        yield purchases(events, derived.undone(events, imports))


def buy(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    contact: int,
    deal: Deal,
    *,
    contract: bool = False,
) -> Done:
    """Writes a purchase, or a contract, of a contact. Raises NotOnDesk, CannotBuy."""
    if not deal.amount:
        raise CannotBuy(sentence(N_("a purchase needs an amount")))
    kind, told = Kind.CONTRACT if contract else Kind.PURCHASE, _told(deal, now)
    with transaction(db):
        event = draft(shift, now, kind, contact, **told)
        return _write(db, event._replace(day=deal.day), contact)


def correct(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, seq: int, deal: Deal
) -> Done:
    """Writes how a purchase or contract really was; an amount of 0 takes it off.

    `seq` is its first entry or any correction of it. Raises NotOnDesk, CannotBuy.
    """
    told = _told(deal, now)
    with transaction(db):
        one = bought(db, contact).get(root_of(db, seq))
        if one is None:
            raise CannotBuy(
                sentence(N_("entry {seq} is no purchase of this contact that stands"), seq=seq),
                sentence(N_("siyu purchases CONTACT lists them with their numbers")),
            )
        if deal == deal_of(one):
            raise CannotBuy(sentence(N_("it is so already; nothing was changed")))
        # It stays with its first entry, whichever contacts are one just now.
        event = draft(shift, now, Kind.CORRECTED, one.contact, ref=one.seq, **told)
        return _write(db, event._replace(day=deal.day), contact)


def deal_of(one: Purchase) -> Deal:
    """A purchase as it was told."""
    return Deal(one.amount, one.currency, one.day, one.product, one.order)


def root_of(db: sqlite3.Connection, seq: int) -> int:
    """The first entry of the purchase that an entry tells of; itself for any other event."""
    event = next(log.events(db, "event_by_seq", seq=seq), None)
    is_correction = event is not None and event.kind is Kind.CORRECTED
    return event.ref or seq if event and is_correction else seq


def _told(deal: Deal, now: Moment) -> dict[str, Any]:
    """The fields of an event that tells a deal. Raises CannotBuy."""
    if deal.day > now.day:
        raise CannotBuy(sentence(N_("the day of a purchase can't lie in the future")))
    words = {
        "product": keep(deal.product, NAME_LIMIT).strip(),
        "order": keep(deal.order, NAME_LIMIT).strip(),
        "currency": "" if deal.currency == YUAN else deal.currency,
    }
    return {"amount": deal.amount, "text": {name: text for name, text in words.items() if text}}


def _write(db: sqlite3.Connection, event: Event, contact: int) -> Done:
    state = derived.state_of(db, contact)
    if state is None:
        raise NotOnDesk(contact)
    return write(db, event._replace(stage=state.stage), state)
