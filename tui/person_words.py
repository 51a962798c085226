"""A person's file in words: the fields, what stands on lists, what happened. For screen and print.

Values come as they were kept; whoever draws them passes the door of `tui.show`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.events import Event
from rules.facts import values
from rules.folding import MARKS
from rules.nouns import MONEY, Kind
from rules.sop import Sop
from store.connection import Connection
from store.exchange.headings import Field
from store.lists import Why, why
from store.person_file import PersonFile
from store.timeline import Entry
from tui import masking
from tui.field_words import field_word
from tui.kept_words import LINK, told_apart
from tui.list_words import fact_words, reason_words
from tui.purchase_words import money_words
from tui.wording import (
    SIGNS,
    content_title,
    day_words,
    due_words,
    kind_word,
    reaction_word,
    titled,
)
from tui.words import _

FIELDS = (
    "name",
    "stage",
    "owner",
    "consent",
    "company",
    "title",
    "phone",
    "tags",
    "interest",
    "remark",
    "handle",
    "external_id",
    "email",
    "birthday",
    "source",
    "added",
)
"""What a hand may change, in the order of the screen."""


class Part(StrEnum):
    """A part of what happened, looked at alone."""

    ALL = "all"
    MESSAGES = "messages"
    REPLIES = "replies"
    NOTES = "notes"
    PURCHASES = "purchases"
    LISTS = "lists"
    CHANGES = "changes"


_KINDS: Mapping[Part, tuple[Kind, ...]] = {
    Part.MESSAGES: (Kind.TOUCH, Kind.ANSWER),
    Part.REPLIES: (Kind.REACTION, Kind.KEYWORD),
    Part.NOTES: (Kind.NOTE,),
    Part.PURCHASES: MONEY,
    Part.LISTS: (Kind.FOLLOWED_UP, Kind.PUT_OFF),
}


def part_word(part: Part) -> str:
    return {
        Part.ALL: _("everything"),
        Part.MESSAGES: _("messages"),
        Part.REPLIES: _("reactions"),
        Part.NOTES: _("notes"),
        Part.PURCHASES: _("purchases"),
        Part.LISTS: _("lists"),
        Part.CHANGES: _("changes"),
    }[part]


def told(entries: Sequence[Entry], part: Part) -> list[Entry]:
    """The events of a part, the latest day first; an undo shows on what it took back.

    A purchase stands on the day on which it was made, whenever it was entered.
    """
    known = [entry for entry in entries if entry.event.kind not in MARKS]
    elsewhere = {kind for kinds in _KINDS.values() for kind in kinds}
    kinds = set(_KINDS.get(part, ()))
    if part is Part.ALL:
        kinds = set(Kind)
    elif part is Part.CHANGES:
        kinds = set(Kind) - elsewhere
    found = [entry for entry in known if entry.event.kind in kinds]
    return sorted(found, key=lambda entry: (entry.event.day, entry.event.seq), reverse=True)


def label(name: str) -> str:
    """What a field is called."""
    if name == "interest":
        return _("interests")
    return _("consent") if name == "consent" else field_word(Field(name))


def value(file: PersonFile, name: str, sop: Sop) -> str:
    """A field's value as people read it; empty without one."""
    if name == "stage":
        return fact_words("stage", file.state.stage, sop)
    if name == "owner":
        return file.state.owner
    if name == "consent":
        return "" if file.consent is None else f"{file.consent.on} {file.consent.source}"
    return file.profile.get(name, "")


def other_fields(file: PersonFile) -> dict[str, str]:
    """The fields that an import kept under their own headings."""
    text = file.profile.get("extra", "")
    return {str(k): str(v) for k, v in json.loads(text).items()} if text else {}


def open_lists(
    db: Connection, file: PersonFile, sop: Sop, today: int
) -> list[tuple[Why, str, str]]:
    """The lists that the contact stands on, each with its reason and its due day in words."""
    facts = values(file.state, today)
    return [
        (one, reason_words(one.rule, facts, sop, file.state), due_words(one.due or today, today))
        for one in why(db, sop, file.contact, today)
        if one.rule is not None and one.explained.matched
    ]


@dataclass(frozen=True, slots=True)
class Attached:
    """A link or a file's path that a note keeps."""

    target: str
    about: str
    """What the note says beside it; may be empty."""
    day: int


def attached(file: PersonFile) -> tuple[Attached, ...]:
    """The links and files of a contact's notes that stand, newest first."""
    return tuple(
        Attached(entry.event.text[LINK], entry.event.text.get("note", ""), entry.event.day)
        for entry in reversed(file.entries)
        if entry.event.kind is Kind.NOTE and not entry.undone and entry.event.text.get(LINK)
    )


def what(event: Event) -> str:
    """What happened, in a word or two."""
    if event.reaction is not None:
        return f"{SIGNS[event.reaction]} {reaction_word(event.reaction)}"
    if event.kind is Kind.MERGED:
        return _("took in")  # beside the name, where the other words find no room
    return kind_word(event.kind)


def detail(entry: Entry, sop: Sop) -> str:
    """What there is to say of it: which content, which words, from where to where, with whom."""
    event = entry.event
    if event.kind in (Kind.TOUCH, Kind.ANSWER):
        title = titled(content_title(event.content or "", entry.script, sop))
        return f"{title} {event.variant or ''}".strip()
    if event.kind in (Kind.ADDED, Kind.PROFILE):
        return fields_told(event)
    if event.kind in MONEY:
        return money_words(event)
    other = masking.field("name", entry.other)
    told = (other, *decided(event, sop), *told_apart(event.text))
    return " · ".join(filter(None, told))


def decided(event: Event, sop: Sop) -> tuple[str, ...]:
    """What an event decided, before its words."""
    then = event.then
    if event.kind is Kind.STAGE:
        stages = (fact_words("stage", name or "", sop) for name in (event.stage, then.stage))
        return (" → ".join(stages),)
    if event.kind in (Kind.FOLLOWED_UP, Kind.PUT_OFF):
        name = next((rule.name for rule in sop.lists if rule.id == then.list), then.list or "")
        return (name, "" if then.until is None else day_words(then.until))
    if event.kind is Kind.SNOOZE and then.due is not None:
        return (day_words(then.due),)
    if event.kind is Kind.ENTERED:
        names = (fact_words("sequence", walk.sequence, sop) for walk in then.plans if walk.priority)
        return (", ".join(names),)
    return ()


def fields_told(event: Event) -> str:
    """The fields that an event wrote; a field cleared has no value."""
    owner = {"owner": event.then.owner} if event.then.owner else {}
    told = masking.told(event.text, {})
    known = {**{name: told[name] for name in FIELDS if name in told}, **owner}
    return " · ".join(f"{label(name)} {text or '–'}" for name, text in known.items())
