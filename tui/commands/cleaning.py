"""`duplicates`, `merge` and `unmerge`: who may be one person, and making it so."""

from __future__ import annotations

from pathlib import Path

import click

from rules.duplicates import Likeness
from store import merged, merging
from store.backups import Occasion
from store.connection import Connection
from store.duplicates import duplicates, sure_pairs
from store.people import person
from tui import pairs_table
from tui.commands.exporting import check_target, exportable, into_file
from tui.commands.options import answer, chosen, desk_options, tell_beside
from tui.commands.people import one_contact
from tui.opening import desk
from tui.show import show
from tui.wording import reasons_words
from tui.words import _


@click.command(name="duplicates", help=_("Show contacts who may be one person, the surest first."))
@exportable
@desk_options
def duplicates_command(export: Path | None, replace: bool) -> None:
    if export is not None:
        check_target(export, replace=replace)
    with desk(chosen()) as opened:
        found = duplicates(opened.db)
        if export is not None:
            into_file(export, pairs_table.headings(), pairs_table.pair_rows(opened.db, found))
            return
        lines = [line_of(opened.db, pair) for pair in found]
    answer([document_of(pair) for pair in found], "\n".join(lines) or _("no duplicates found"))


def document_of(pair: Likeness) -> dict[str, object]:
    """One pair as the JSON contract has it; `because` is in English."""
    return {
        "a": str(pair.one),
        "b": str(pair.two),
        "class": pair.alike.value,
        "score": pair.score,
        "because": ", ".join(map(str, pair.because)),
    }


def line_of(db: Connection, pair: Likeness) -> str:
    names = "  =  ".join(named(db, contact) for contact in (pair.one, pair.two))
    because = reasons_words(pair.because)
    return f"{pairs_table.alike_word(pair.alike)} {pair.score:>3}  {names}  {because}"


def named(db: Connection, contact: int) -> str:
    """A contact by id, name and company."""
    who = person(db, contact)
    told = f"{contact} {show(who.name)} {show(who.company)}" if who else str(contact)
    return told.strip()


@click.command(
    name="merge", help=_("Make two contacts one; the first goes on, with both histories.")
)
@click.argument("contact", required=False)
@click.argument("other", required=False)
@click.option("--sure", is_flag=True, help=_("Merge all pairs that are surely one, as one step"))
@click.option("--dry-run", is_flag=True, help=_("Only show what --sure would merge"))
@desk_options
def merge_command(contact: str | None, other: str | None, sure: bool, dry_run: bool) -> None:
    if sure == bool(contact) or (bool(contact) != bool(other)) or (dry_run and not sure):
        raise click.UsageError(_("Name two contacts, or --sure alone."))
    if sure:
        merge_sure(dry_run=dry_run)
    else:
        merge_two(contact or "", other or "")


def merge_two(contact: str, other: str) -> None:
    with desk(chosen(), writes="merge") as opened:
        pair = (one_contact(opened.db, contact), one_contact(opened.db, other))
        opened.before(Occasion.MERGE)
        done = merging.merge(opened.db, opened.shift, opened.clock(), *pair)
        name = named(opened.db, pair[0])
        tell_beside(opened)
    answer(
        {
            "event": done.event.uuid,
            "contact": str(pair[0]),
            "merged": str(pair[1]),
            "status": done.state.status.value,
        },
        _("{n} goes on as {name}", n=pair[1], name=name),
    )


def merge_sure(*, dry_run: bool) -> None:
    with desk(chosen(), writes="" if dry_run else "merge") as opened:
        db = opened.db
        pairs = sure_pairs(db, duplicates(db))
        lines = [f"{named(db, two)}  →  {named(db, one)}" for one, two in pairs]
        event = None
        if not dry_run:
            if pairs:
                opened.before(Occasion.MERGE)
            event = merging.merge_all(db, opened.shift, opened.clock(), pairs).event
        tell_beside(opened)
    document = {
        "event": event.uuid if event else None,
        "merged": [{"contact": str(one), "merged": str(two)} for one, two in pairs],
    }
    answer(document, "\n".join(lines) or _("no pair is surely one person"))


@click.command(name="unmerge", help=_("Give back a contact that was merged, as it was."))
@click.argument("contact")
@desk_options
def unmerge_command(contact: str) -> None:
    with desk(chosen(), writes="unmerge") as opened:
        db = opened.db
        known = contact.isascii() and contact.isdigit() and len(contact) < 19
        number = int(contact) if known else one_contact(db, contact)
        taken = merging.unmerge(db, opened.shift, opened.clock(), number)
        other = taken.target.then.other or number
        name = named(db, merged.holder(db, other))
    answer(
        {
            "event": taken.event.uuid,
            "contact": str(taken.target.contact),
            "given_back": str(other),
        },
        _("{name} is a contact of its own again", name=name),
    )
