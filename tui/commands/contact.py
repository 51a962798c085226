"""`send`, `log`, `refuse`, `resume`: the verbs of the desk for one contact."""

from __future__ import annotations

import click

from rules.nouns import REACTION_KEYS, Reaction, Status
from rules.sending import Blocked
from rules.timing import iso_day
from store import verbs
from store.timeline import known_name
from store.verbs import Done
from tui.commands.choices import Words, words_for
from tui.commands.options import answer, blocked, chosen, desk_options
from tui.commands.people import one_contact
from tui.opening import OpenDesk, desk
from tui.show import show
from tui.sop_names import content_name
from tui.wording import next_told, reaction_word, said_of, status_word, titled
from tui.words import _, say

DIGITS = {reaction: digit for digit, reaction in REACTION_KEYS.items()}


def reaction_words() -> Words:
    """The reactions by word, in either language, or by key."""
    return Words({r.value: (*words_for(reaction_word, r), DIGITS.get(r, "")) for r in Reaction})


@click.command(name="send", help=_("Record that a message was sent to a contact."))
@click.argument("contact")
@click.option("--content", help=_("Another content than the planned one"))
@click.option("--variant", help=_("Which of the content's scripts"))
@click.option("--answer", "is_answer", is_flag=True, help=_("An answer to someone who wrote"))
@desk_options
def send_command(contact: str, content: str | None, variant: str | None, is_answer: bool) -> None:
    with desk(chosen(), writes="send") as opened:
        who = one_contact(opened.db, contact)
        now = opened.clock()
        done = verbs.send(opened.db, opened.shift, now, who, content, variant, answer=is_answer)
        name = name_of(opened, who)
    if isinstance(done, Blocked):
        document: dict[str, object] = {
            "error": done.why.value,
            "reason": str(done.reason),
            "contact": str(who),
        }
        blocked(document, said_of(name, _("not sent: {reason}", reason=say(done.reason))))
        return
    event = done.event
    title = content_name(opened.db, opened.shift.sop, event.content)
    answer(
        {
            "event": event.uuid,
            "contact": str(who),
            "content": event.content,
            "variant": event.variant,
            "next_due": iso_day(done.state.next_due),
        },
        " · ".join(
            (
                _("sent: {content}/{variant}", content=show(title), variant=event.variant),
                next_told(done.state),
            )
        ),
    )


@click.command(name="log", help=_("Log a contact's reaction: a word, or 1 to 4 and 0."))
@click.argument("contact")
@click.argument("reaction", type=reaction_words())
@click.option("--note", default="", help=_("What is worth remembering"))
@click.option("--reply", default="", help=_("The words of the reply"))
@click.option("--interest", default="", help=_("Interest points, separated by commas"))
@desk_options
def log_command(contact: str, reaction: str, note: str, reply: str, interest: str) -> None:
    words = {"note": note, "reply": reply, "interest": interest}
    with desk(chosen(), writes="log", needs_sop=False) as opened:
        who = one_contact(opened.db, contact)
        meant = Reaction(reaction)
        done = verbs.react(opened.db, opened.shift, opened.clock(), who, meant, words)
        told = logged_words(opened, meant, done)
    answer(
        {
            "event": done.event.uuid,
            "contact": str(who),
            "reaction": meant.value,
            "answers": None if done.event.ref is None else str(done.event.ref),
            "next_due": iso_day(done.state.next_due),
        },
        told,
    )


def logged_words(opened: OpenDesk, reaction: Reaction, done: Done) -> str:
    """A reaction, the message that it counts for, and how its contact stands if aside."""
    credit = _("kept without credit")
    if done.event.ref is not None:
        credit = titled(show(content_name(opened.db, opened.shift.sop, done.event.content)))
    told = f"{reaction_word(reaction)} → {credit}"
    status = done.state.status
    return told if status is Status.ACTIVE else f"{told} · {status_word(status)}"


@click.command(name="refuse", help=_("Never write to this contact again."))
@click.argument("contact")
@click.option("--reason", required=True, help=_("Why, in a few words"))
@desk_options
def refuse_command(contact: str, reason: str) -> None:
    with desk(chosen(), writes="refuse", needs_sop=False) as opened:
        who = one_contact(opened.db, contact)
        tell(opened, verbs.refuse(opened.db, opened.shift, opened.clock(), who, reason))


@click.command(name="resume", help=_("Take a contact up again after a pause or a refusal."))
@click.argument("contact")
@click.option("--reason", required=True, help=_("Why, in a few words"))
@desk_options
def resume_command(contact: str, reason: str) -> None:
    with desk(chosen(), writes="resume") as opened:
        who = one_contact(opened.db, contact)
        tell(opened, verbs.resume(opened.db, opened.shift, opened.clock(), who, reason))


def name_of(opened: OpenDesk, contact: int) -> str:
    """What a contact is called, fit to be shown."""
    return show(known_name(opened.db, contact), empty=_("(no name)"))


def tell(opened: OpenDesk, done: Done) -> None:
    """Who stands how from now on, and when the next message goes."""
    status = status_word(done.state.status)
    is_active = done.state.status is Status.ACTIVE
    told = f"{status} · {next_told(done.state)}" if is_active else status
    answer(
        {
            "event": done.event.uuid,
            "contact": str(done.state.contact),
            "status": done.state.status.value,
            "next_due": iso_day(done.state.next_due),
        },
        said_of(name_of(opened, done.state.contact), told),
    )


def next_due(done: Done) -> str | None:
    """The day of the next planned message; none while the contact stands aside."""
    return iso_day(done.state.next_due)
