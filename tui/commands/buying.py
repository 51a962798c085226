"""`purchase` and `purchases`: what a contact bought or signed, told, corrected, listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from rules.purchases import Purchase, totals
from rules.timing import iso_day
from store import bought, merged
from store.connection import Connection
from store.profiles import profile_of
from store.verbs import Done
from tui import purchase_words
from tui.commands.exporting import check_target, exportable, into_file
from tui.commands.options import answer, chosen, desk_options
from tui.commands.people import one_contact
from tui.opening import OpenDesk, desk
from tui.show import show
from tui.words import _


@click.command(
    name="purchase",
    help=_("Write down what a contact bought or signed; or correct an entry of it."),
    context_settings={"ignore_unknown_options": True},  # -50 is money given back
)
@click.argument("contact")
@click.argument("amount")
@click.option("--on", default="", help=_("The day of the purchase; today without it"))
@click.option("--what", default=None, help=_("What was bought"))
@click.option("--order", default=None, help=_("Number of the order"))
@click.option("--currency", default="", help=_("As a code, like USD; yuan without it"))
@click.option("--contract", is_flag=True, help=_("A contract, not a purchase"))
@click.option(
    "--corrects",
    type=int,
    help=_("Number of the entry that was wrong; an amount of 0 takes it off"),
)
@desk_options
def purchase_command(
    contact: str,
    amount: str,
    on: str,
    what: str | None,
    order: str | None,
    currency: str,
    contract: bool,
    corrects: int | None,
) -> None:
    if contract and corrects is not None:
        raise click.UsageError(_("a correction keeps the kind of its entry: leave --contract out"))
    with desk(chosen(), writes="purchase") as opened:
        who, now = one_contact(opened.db, contact), opened.clock()
        one = None if corrects is None else entry(opened, who, corrects)
        if one is not None:  # what is not told anew stays
            on, currency = on or iso_day(one.day) or "", currency or one.currency
            what, order = _or(what, one.product), _or(order, one.order)
        deal = purchase_words.deal_told(amount, on, now.day, what or "", order or "", currency)
        if corrects is None:
            done = bought.buy(opened.db, opened.shift, now, who, deal, contract=contract)
        else:
            done = bought.correct(opened.db, opened.shift, now, who, corrects, deal)
        known = bought.bought(opened.db, who)
    document = told_document(done, known)
    answer(document, purchase_words.value_words(known.values()) or _("nothing is bought"))


def _or(told: str | None, known: str) -> str:
    return known if told is None else told


def entry(opened: OpenDesk, contact: int, seq: int) -> Purchase | None:
    """The purchase that an entry tells of; None leaves it to the verb to say that there is none."""
    return bought.bought(opened.db, contact).get(bought.root_of(opened.db, seq))


def told_document(done: Done, known: Mapping[int, Purchase]) -> dict[str, object]:
    one = next(p for p in known.values() if p.latest == done.event.seq)
    return {
        "event": done.event.uuid,
        "contact": str(done.state.contact),
        "seq": done.event.seq,
        **purchase_document(one),
        "total": dict(totals(known.values()).sums),
    }


def purchase_document(one: Purchase) -> dict[str, object]:
    """A purchase as it counts; the amount in minor units."""
    return {
        "entry": one.seq,
        "kind": "contract" if one.is_contract else "purchase",
        "on": iso_day(one.day),
        "amount": one.amount,
        "currency": one.currency,
        "what": one.product,
        "order": one.order,
        "corrected": one.latest != one.seq,
    }


@click.command(name="purchases", help=_("List purchases and contracts, of one contact or of all."))
@click.argument("contact", required=False)
@exportable
@desk_options
def purchases_command(contact: str | None, export: Path | None, replace: bool) -> None:
    if export is not None:
        check_target(export, replace=replace)
    with desk(chosen()) as opened:
        who = None if contact is None else one_contact(opened.db, contact)
        found = [*standing(opened.db, who)]
    if export is not None:
        rows = (purchase_words.cells(one, profile) for _c, profile, one in found)
        into_file(export, purchase_words.headings(), rows)
        return
    document = [
        {"contact": str(c), "name": profile.get("name", ""), **purchase_document(one)}
        for c, profile, one in found
    ]
    lines = [
        f"{one.seq:>6}  {show(profile.get('name', ''))}  {show(purchase_words.purchase_words(one))}"
        for _c, profile, one in found
    ]
    told = purchase_words.value_words(one for _c, _profile, one in found)
    answer(document, "\n".join([*lines, told]) if lines else _("nothing is bought"))


Standing = tuple[int, Mapping[str, str], Purchase]
"""A contact on the desk, what is known of it, and something it bought."""


def standing(db: Connection, contact: int | None) -> Iterator[Standing]:
    """What one contact bought, or everybody on the desk; without what was taken off."""
    groups = bought.everything_bought(db) if contact is None else [bought.bought(db, contact)]
    for group in groups:
        for one in group.values():
            who = merged.holder(db, one.contact)
            profile = profile_of(db, who)
            if profile is not None and one.amount:
                yield who, profile, one
