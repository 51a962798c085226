"""What a contact bought, folded from the log: purchases and contracts, as corrected.

Nothing is overwritten: a correction is an entry of its own that names the
first entry of what it corrects, and the latest one that stands counts. With
the first entry undone, its corrections count for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from rules.events import Event
from rules.nouns import MONEY, Kind
from rules.timing import desk_day

YUAN = "CNY"
"""What an amount without a currency is."""
WITHOUT_MINOR = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF"})
"""Currencies whose amounts have no decimals."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase or contract as it counts."""

    seq: int
    """Its first entry, by which corrections name it."""
    contact: int
    """The contact of that entry; one that was merged may go on under another."""
    day: int
    """Day number of the deal."""
    amount: int
    """Minor units; below zero for money given back, 0 when it was taken off."""
    currency: str
    product: str
    order: str
    is_contract: bool
    latest: int
    """The entry that counts: the first one, or its latest correction."""


Purchases = Mapping[int, Purchase]
"""By the first entry, in the order of the log."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What purchases add up to."""

    count: int
    """Those with an amount above zero."""
    sums: Mapping[str, int]
    """Minor units by currency, what was given back taken off; the latest currency first."""
    last_day: int | None
    """Day number of the latest with an amount above zero."""


def purchases(events: Iterable[Event], undone: Collection[int]) -> dict[int, Purchase]:
    """What events in log order add up to, leaving out those that are undone."""
    found: dict[int, Purchase] = {}
    for event in events:
        if event.kind in MONEY and event.seq not in undone:
            follow(found, event)
    return found


def follow(known: dict[int, Purchase], event: Event) -> None:
    """Takes one entry that stands into what is known."""
    if event.kind is not Kind.CORRECTED:
        known[event.seq] = _first(event)
    elif event.ref in known:
        known[event.ref] = _corrected(known[event.ref], event)


def state_facts(bought: Purchases) -> dict[str, Any]:
    """The fields of a contact's state that its purchases decide."""
    told = totals(bought.values())
    spent = next(iter(told.sums.items()), (YUAN, 0))
    return _facts(told.count, spent, told.last_day)


def _facts(count: int, spent: tuple[str, int], last_day: int | None) -> dict[str, int | None]:
    currency, minor = spent
    whole = minor if currency in WITHOUT_MINOR else abs(minor) // 100 * (1 if minor > 0 else -1)
    return {"purchases": count, "spent": whole, "last_purchase_day": last_day}


@dataclass(slots=True)
class OneCurrency:
    """First purchases of somebody, all in one currency, as they come: only their sums are kept."""

    currency: str
    count: int = 0
    minor: int = 0
    last_day: int | None = None

    def add(self, day: int, amount: int) -> None:
        """A purchase that nothing corrects or undoes; `amount` in minor units."""
        self.minor += amount
        if amount > 0:
            self.count += 1
            self.last_day = day if self.last_day is None else max(day, self.last_day)

    def state_facts(self) -> dict[str, int | None]:
        """As the function of this name has them."""
        return _facts(self.count, (self.currency, self.minor), self.last_day)


def totals(bought: Iterable[Purchase]) -> Totals:
    """Count, sums and last day of purchases."""
    known = [one for one in bought if one.amount]
    paid = [one for one in known if one.amount > 0]
    sums: Counter[str] = Counter()
    for one in sorted(known, key=_BY_DAY, reverse=True):
        sums[one.currency] += one.amount
    return Totals(len(paid), dict(sums), max((one.day for one in paid), default=None))


_BY_DAY = attrgetter("day", "seq")


def day_told(event: Event) -> int:
    """The desk's day on which an event was written, also where its `day` says something else."""
    return desk_day(event.at_ms, event.offset) if event.kind in MONEY else event.day


def _first(event: Event) -> Purchase:
    return Purchase(
        event.seq,
        event.contact or 0,
        event.day,
        event.amount or 0,
        event.text.get("currency", YUAN),
        event.text.get("product", ""),
        event.text.get("order", ""),
        event.kind is Kind.CONTRACT,
        event.seq,
    )


def _corrected(before: Purchase, event: Event) -> Purchase:
    told = _first(event)
    return replace(told, seq=before.seq, contact=before.contact, is_contract=before.is_contract)
