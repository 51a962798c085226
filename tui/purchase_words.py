"""Purchases and contracts in words, and what people type about them read back. For every surface.

What is returned is as it was kept; whoever draws it passes the door of `tui.show`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rules.events import Event
from rules.nouns import MONEY, Kind
from rules.purchases import YUAN, Purchase, totals
from rules.timing import iso_day
from rules.wording import N_, sentence
from store.bought import CannotBuy, Deal
from store.exchange.headings import Field
from store.exchange.money import currency_called, money_in, money_text, plain_number
from store.timeline import Entry
from tui.dates import parse_day
from tui.field_words import field_word
from tui.wording import kind_word
from tui.words import _


def money_words(event: Event) -> str:
    """The amount, what was bought and the order."""
    words = event.text
    money = money_text(event.amount or 0, words.get("currency", YUAN))
    return " · ".join(filter(None, (money, words.get("product"), words.get("order"))))


def purchase_words(one: Purchase) -> str:
    """A purchase as it counts, its day first."""
    money = money_text(one.amount, one.currency)
    parts = (iso_day(one.day), kind_of(one), money, one.product, one.order)
    return " · ".join(filter(None, parts))


def kind_of(one: Purchase) -> str:
    return kind_word(Kind.CONTRACT if one.is_contract else Kind.PURCHASE)


def sums_words(sums: Mapping[str, int]) -> str:
    """Totals by currency in one line; empty without any."""
    return " + ".join(money_text(amount, currency) for currency, amount in sums.items())


def value_words(bought: Iterable[Purchase]) -> str:
    """How often somebody bought, for how much, and when last; empty for who never did."""
    told = totals(bought)
    if not told.sums:
        return ""
    parts = [_("bought {n}×", n=told.count), sums_words(told.sums)]
    if told.last_day is not None:
        parts.append(_("last {day}", day=iso_day(told.last_day)))
    return " · ".join(parts)


def superseded(entries: Iterable[Entry], bought: Mapping[int, Purchase]) -> Collection[int]:
    """The entries of purchases that stand no more, because another one corrects them."""
    counting = {one.latest for one in bought.values()}
    told = (entry.event.seq for entry in entries if entry.event.kind in MONEY and not entry.undone)
    return frozenset(told) - counting


def amount_text(one: Purchase) -> str:
    """An amount as it may be typed: 1299.00, with the currency where it is not the yuan."""
    number = plain_number(one.amount, one.currency)
    return number if one.currency == YUAN else f"{number} {one.currency}"


def deal_told(
    amount: str, on: str, today: int, product: str = "", order: str = "", currency: str = ""
) -> Deal:
    """What somebody typed about a purchase; no day is today. Raises CannotBuy."""
    if currency and currency_called(currency) is None:
        raise CannotBuy(
            sentence(N_('"{value}" is no currency: write its code, as USD'), value=currency)
        )
    money = money_in(amount, currency)
    if money is None:
        raise CannotBuy(
            sentence(N_('"{value}" is no amount of money: write it as 1299.00'), value=amount)
        )
    day = parse_day(on, today, past=True) if on.strip() else today
    if day is None:
        raise CannotBuy(sentence(N_('"{value}" is no date: write it as 2026-03-02'), value=on))
    return Deal(*money, day, product, order)


def headings() -> tuple[str, ...]:
    """What stands above the columns of `cells`: an import of purchases knows them again."""
    return (
        _("number"),
        _("kind"),
        field_word(Field.NAME),
        field_word(Field.PHONE),
        field_word(Field.EXTERNAL_ID),
        _("purchase date"),
        _("amount"),
        _("currency"),
        _("product"),
        _("order"),
    )


def cells(one: Purchase, profile: Mapping[str, str]) -> Sequence[str]:
    """A purchase as a row for a file; its day is an ISO date, its amount a plain number."""
    return (
        str(one.seq),
        kind_of(one),
        profile.get("name", ""),
        profile.get("phone", ""),
        profile.get("external_id", ""),
        iso_day(one.day) or "",
        plain_number(one.amount, one.currency),
        one.currency,
        one.product,
        one.order,
    )
