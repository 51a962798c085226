"""`undo` and `redo`: the operator's last step, taken back or done again."""

from __future__ import annotations

from collections.abc import Iterator

import click

from rules.events import Event
from store import merged, profiles, undoing
from store.undoing import Taken
from tui.commands.options import answer, chosen, desk_options
from tui.opening import OpenDesk, desk
from tui.show import printable, show
from tui.sop_names import content_name
from tui.wording import day_words, kind_word, reaction_word, said_of
from tui.words import _


@click.command(name="undo", help=_("Take back your last step."))
@click.option("--past-refusals", is_flag=True, help=_("Pass by a do-not-contact, which stands"))
@click.option("--earlier", is_flag=True, help=_("Also a step of an earlier day"))
@desk_options
def undo_command(past_refusals: bool, earlier: bool) -> None:
    with desk(chosen(), writes="undo", needs_sop=False) as opened:
        taken = undoing.undo(
            opened.db,
            opened.shift,
            opened.clock(),
            only_today=not earlier,
            past_refusals=past_refusals,
        )
        tell(opened, taken)
        follow(opened)


@click.command(name="redo", help=_("Do again what you undid last."))
@desk_options
def redo_command() -> None:
    with desk(chosen(), writes="redo", needs_sop=False) as opened:
        tell(opened, undoing.redo(opened.db, opened.shift, opened.clock()))
        follow(opened)


def follow(opened: OpenDesk) -> None:
    """The SOP's files follow a publish that was taken back or done again."""
    if opened.follow_log():
        opened.catch_up()
    for words in opened.told_beside():
        click.echo(printable(words), err=True)


def tell(opened: OpenDesk, taken: Taken) -> None:
    """What was taken back or done again: of whom, about which content, of which day."""
    target = taken.target
    what = target.kind.value if target.reaction is None else target.reaction.value
    words = kind_word(target.kind) if target.reaction is None else reaction_word(target.reaction)
    answer(
        {
            "event": taken.event.uuid,
            "contact": None if target.contact is None else str(target.contact),
            "what": what,
        },
        said_of(kind_word(taken.event.kind), " · ".join([words, *about(opened, target)])),
    )


def about(opened: OpenDesk, event: Event) -> Iterator[str]:
    """Whose step it was, with which content, and when, as far as there is such a thing."""
    profile = profiles.profile_of(opened.db, merged.holder(opened.db, event.contact or 0)) or {}
    if name := profile.get("name") or profile.get("remark"):
        yield show(name)
    if event.content:
        yield show(content_name(opened.db, opened.shift.sop, event.content))
    yield day_words(event.day)
