"""What happened with one contact as rows of a file; days are ISO dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rules.nouns import MONEY
from rules.purchases import YUAN
from rules.sop import Sop
from rules.timing import iso_day
from store.exchange.money import plain_number
from store.timeline import Entry
from tui import person_words
from tui.words import _


def headings() -> tuple[str, ...]:
    """What stands above the columns of `cells`."""
    return (
        _("number"),
        _("day"),
        _("what happened"),
        _("words"),
        _("amount"),
        _("currency"),
        _("operator"),
        _("counts"),
    )


def cells(entry: Entry, sop: Sop, corrected: Collection[int]) -> Sequence[str]:
    """One event; `corrected` are the entries that another one corrects."""
    event, is_money = entry.event, entry.event.kind in MONEY
    currency = event.text.get("currency", YUAN)
    counts = _("taken back") if entry.undone else ""
    if event.seq in corrected:
        counts = _("corrected")
    return (
        str(event.seq),
        iso_day(event.day) or "",
        person_words.what(event),
        person_words.detail(entry, sop),
        plain_number(event.amount or 0, currency) if is_money else "",
        currency if is_money else "",
        event.operator,
        counts or _("yes"),
    )
