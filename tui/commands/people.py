"""`find` and `timeline`: who somebody is, and all that happened with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as changed
from pathlib import Path

import click

from rules.events import Event
from rules.nouns import MONEY, Kind
from rules.sop import Sop
from rules.timing import iso_day
from rules.wording import N_, DeskError, sentence
from scripts.filling import Filled, fill
from store import people
from store.connection import Connection
from store.offering import values_for
from store.people import Person
from store.profiles import profile_of
from store.timeline import Entry, timeline
from tui import people_table
from tui.commands.exporting import check_target, exportable, into_file
from tui.commands.options import answer, chosen, desk_options
from tui.kept_words import told_apart
from tui.opening import desk
from tui.person_words import detail
from tui.purchase_words import money_words
from tui.show import show
from tui.sop_names import stage_named
from tui.wording import content_title, day_words, kind_word, reaction_word
from tui.words import _


class NotClear(DeskError):
    """A text on the command line that does not name exactly one contact."""

    def __init__(self, text: str, found: tuple[Person, ...]) -> None:
        if not found:
            super().__init__(
                sentence(N_('nobody is called "{text}"'), text=show(text)),
                sentence(N_("siyu find TEXT looks in names, companies, phones and ids")),
            )
        else:
            named = ", ".join(
                f"{p.contact} {show(p.name)} {show(p.company)}".strip() for p in found
            )
            super().__init__(
                sentence(N_('"{text}" may be: {named}'), text=show(text), named=named),
                sentence(N_("Say it by id")),
            )
        self.candidates = found


def one_contact(db: Connection, text: str) -> int:
    """The contact that a text names. Raises NotClear with the candidates."""
    found = people.resolve(db, text)
    if len(found) != 1:
        raise NotClear(text, found)
    return found[0].contact


@click.command(name="find", help=_("Find contacts by name, company, phone or id."))
@click.argument("text")
@exportable
@desk_options
def find_command(text: str, export: Path | None, replace: bool) -> None:
    if export is not None:
        check_target(export, replace=replace)
    with desk(chosen(), needs_sop=False) as opened:
        if export is not None:
            into_file(export, people_table.headings(), people_table.found_rows(opened, text))
            return
        found = people.find(opened.db, text, owner=opened.shift.operator)
    document = [
        {
            "contact": str(p.contact),
            "name": p.name,
            "company": p.company,
            "stage": p.stage,
            "score": p.score,
        }
        for p in found
    ]
    lines = [
        f"{p.contact:>6}  {show(p.name)}  {show(p.company)}"
        f"  {show(stage_named(opened.shift.sop, p.stage))}  {show(p.owner)}"
        for p in found
    ]
    answer(document, "\n".join(lines) or _("nobody found"))


@click.command(name="timeline", help=_("Show everything that happened with a contact, in order."))
@click.argument("contact")
@desk_options
def timeline_command(contact: str) -> None:
    with desk(chosen(), needs_sop=False) as opened:
        who = one_contact(opened.db, contact)
        profile = profile_of(opened.db, who) or {}
        sop = opened.shift.sop
        entries = tuple(sent_words(e, profile, sop) for e in timeline(opened.db, who))
    answer(
        [document_of(entry) for entry in entries], text_of(profile.get("name", ""), entries, sop)
    )


def sent_words(entry: Entry, profile: Mapping[str, str], sop: Sop) -> Entry:
    """A message's script with its blanks filled, as far as the contact's file still can."""
    if not entry.script:
        return entry
    content = sop.contents.get(entry.event.content or "")
    filled = fill(entry.script, values_for(profile, content, entry.event.operator))
    return changed(entry, script=filled.text) if isinstance(filled, Filled) else entry


def document_of(entry: Entry) -> dict[str, object]:
    """One event as the JSON contract has it; `text` is what was said, noted or given as reason."""
    event = entry.event
    return {
        "event": event.uuid,
        "seq": event.seq,
        "at": iso_time(entry),
        "kind": event.kind.value,
        "reaction": None if event.reaction is None else event.reaction.value,
        "content": event.content,
        "variant": event.variant,
        "sop_version": event.version,
        "answers": None if event.ref is None else str(event.ref),
        "text": words_of(entry),
        "undone": entry.undone,
        "operator": event.operator,
        "amount": event.amount,
        **_changed(entry),
    }


def _changed(entry: Entry) -> dict[str, object]:
    """What an event took back, did again, moved from where to where, or wrote into which fields."""
    event, target = entry.event, entry.target
    if target is not None:
        reaction = None if target.reaction is None else target.reaction.value
        return {"of": {"seq": target.seq, "kind": target.kind.value, "reaction": reaction}}
    if event.kind is Kind.STAGE:
        return {"from": event.stage, "to": event.then.stage}
    if event.kind is Kind.PROFILE:
        owner = {"owner": event.then.owner} if event.then.owner else {}
        return {"fields": {**event.text, **owner}}
    return {}


def iso_time(entry: Entry) -> str:
    """The event's local time, ISO 8601 with its own offset."""
    from datetime import UTC, datetime, timedelta, timezone

    zone = timezone(timedelta(minutes=entry.event.offset))
    return datetime.fromtimestamp(entry.event.at_ms / 1000, UTC).astimezone(zone).isoformat()


def words_of(entry: Entry) -> str:
    """The words of an event: the script, else what was noted; profiles stay out of it."""
    event = entry.event
    if event.kind in (Kind.ADDED, Kind.PROFILE):
        return ""
    if event.kind in (Kind.TOUCH, Kind.ANSWER):
        return entry.script
    if event.kind is Kind.ENTERED:
        return ", ".join(walk.sequence for walk in event.then.plans if walk.priority)
    if event.kind in MONEY:
        return " · ".join(filter(None, (iso_day(event.day), money_words(event))))
    return " · ".join(filter(None, (entry.other, *event.text.values())))


def text_of(name: str, entries: tuple[Entry, ...], sop: Sop) -> str:
    lines = [show(name)]
    for entry in entries:
        parts = [
            iso_time(entry)[:16].replace("T", " "),
            _kind_told(entry.event),
            show(content_title(entry.event.content or "", entry.script, sop)),
            _("(undone)") if entry.undone else "",
            show(_said(entry, sop)),
        ]
        lines.append("  ".join(part for part in parts if part))
    return "\n".join(lines)


def _kind_told(event: Event) -> str:
    return kind_word(event.kind) if event.reaction is None else reaction_word(event.reaction)


def _said(entry: Entry, sop: Sop) -> str:
    """An event's words for people, which say of what, from where to where, and which fields."""
    event, target = entry.event, entry.target
    if target is not None:
        about = content_title(target.content or "", "", sop)
        told = (day_words(target.day), _kind_told(target), about, words_of(entry))
        return " · ".join(filter(None, told))
    if event.kind in (Kind.STAGE, Kind.PROFILE):
        return detail(entry, sop)
    is_told = event.kind in (Kind.REACTION, Kind.NOTE)
    return " · ".join(told_apart(event.text)) if is_told else words_of(entry)
