"""`person retention`: who is kept longer than the settings say, and their erasure after a yes."""

from __future__ import annotations

import sys

import click

from rules import kept_long
from rules.timing import iso_day
from store.backups import Occasion
from store.keeping import KeptLong, erase_kept, kept_too_long
from store.old_words import backups_with_words
from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.opening import OpenDesk, desk
from tui.show import printable, show
from tui.wording import erased_words
from tui.words import _, say


@click.command(name="retention", help=_("Show who is kept too long; erase them after a yes."))
@click.option("--erase", is_flag=True, help=_("Erase them, asking for each"))
@click.option("--yes", is_flag=True, help=_("With --erase: all of them, without asking"))
@desk_options
def retention_command(erase: bool, yes: bool) -> None:
    if yes and not erase:
        raise click.UsageError(_("--yes belongs to --erase"))
    with desk(chosen(), writes="erase" if erase else "") as opened:
        months = opened.shift.settings.retention_months
        found = kept_too_long(opened.db, opened.clock().day, months)
        lines = [line_of(one) for one in found] or [nobody(months)]
        wanted = agreed(found, yes=yes) if erase else []
        erased = erase_and_back_up(opened, wanted)
        older = len(backups_with_words(opened.db, opened.path)) if erased else 0
    for words in opened.told_beside():
        click.echo(printable(words), err=True)
    document = {
        "months": months,
        "kept": [document_of(one) for one in found],
        "erased": [str(contact) for contact in erased],
        "backups_with_words": older,
    }
    if erase:
        lines = [erased_words(len(erased))]
        if older:
            told = _("{n} older backups still hold the words until they rotate.", n=older)
            lines += [told, _("To delete them now: siyu person purge")]
    answer(document, "\n".join(lines))
    if erase and len(erased) < len(found):
        raise SystemExit(1)


def erase_and_back_up(opened: OpenDesk, wanted: list[int]) -> list[int]:
    """Erases those, and makes a backup without their words; who was erased."""
    if not wanted:
        return []
    done = erase_kept(opened.db, opened.shift, opened.clock(), wanted)
    for one in done:
        opened.drafts.forget(one.contacts)
    opened.before(Occasion.ERASURE)
    return [one.event.contact for one in done if one.event and one.event.contact]


def agreed(found: tuple[KeptLong, ...], *, yes: bool) -> list[int]:
    """Asks for each; with nobody to ask, says how to agree."""
    if yes:
        return [one.contact for one in found]
    if wants_json() or not sys.stdin.isatty():
        click.echo(_("Nothing was changed. To do it, add --yes"), err=True)
        return []
    wanted = []
    for one in found:
        click.echo(printable(line_of(one)), err=True)
        if click.confirm(_("Erase it"), err=True):
            wanted.append(one.contact)
    return wanted


def document_of(one: KeptLong) -> dict[str, object]:
    return {
        "contact": str(one.contact),
        "name": one.name,
        "company": one.company,
        "status": one.status.value,
        "last_day": iso_day(one.last),
        "reason": str(kept_long.reason(one.status)),
    }


def line_of(one: KeptLong) -> str:
    who = f"{one.contact:>6}  {show(one.name, 20, empty=_('(no name)'))}  {show(one.company, 24)}"
    return f"{who}  {iso_day(one.last)}  {say(kept_long.reason(one.status))}"


def nobody(months: int) -> str:
    if not months:
        return _("retention_months is 0 in desk.yaml: nobody is proposed")
    return _("Nobody was out of touch for {n} months.", n=months)
