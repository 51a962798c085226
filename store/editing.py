"""Changing a contact's file by hand: fields, owner, consent, stage.

Every change is one event and can be undone as every other step. Text passes
the same door and the same limits as an import's; a phone or id of somebody who
refused, or was erased, makes the contact the same person here as there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType

from rules.events import ContactState, Then
from rules.folding import SEPARATORS
from rules.nouns import Kind, Status
from rules.plain_text import NAME_LIMIT, NOTE_LIMIT, keep
from rules.shift import Shift
from rules.timing import Moment, date_of, iso_day
from rules.wording import N_, DeskError, Sentence, sentence
from store import derived, profiles
from store.connection import transaction
from store.exchange.cell_values import day_in, full_number, month_and_day, phones_in, tags_in
from store.exchange.contact_rows import TAG_LIMIT
from store.known_people import people_like
from store.matching import refused_alias
from store.offering import NotOnDesk
from store.strangers import strangers
from store.suppression import suppressed
from store.verbs import Done, NeedsReason, draft, kept_words, move, write

OWNER = "owner"


class CannotEdit(DeskError):
    """A field that is none, or a value that it can't have."""


class NothingChanged(DeskError):
    def __init__(self) -> None:
        super().__init__(sentence(N_("it is so already; nothing was changed")))


class StepsBack(DeskError):
    """The stage lies before the contact's own, and nobody said that this is meant."""

    def __init__(self, stage: str) -> None:
        super().__init__(
            sentence(N_('"{stage}" lies before the contact\'s stage'), stage=stage),
            sentence(N_("Say that it is meant: --back")),
        )


def edit(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, fields: Mapping[str, str]
) -> Done:
    """Writes fields of the profile, and `owner`, as one event; an empty value clears a field.

    Raises NotOnDesk, CannotEdit, NothingChanged.
    """
    told = {name: cleaned(name, value) for name, value in fields.items()}
    with transaction(db):
        state = _state(db, contact)
        known = profiles.profile_of(db, contact) or {}
        owner = told.pop(OWNER, state.owner)
        changes = {name: value for name, value in told.items() if known.get(name, "") != value}
        if not changes and owner == state.owner:
            raise NothingChanged
        status = _status(db, state, changes, {**known, **changes})
        then = Then(owner=owner if owner != state.owner else None, status=status)
        event = draft(shift, now, Kind.PROFILE, contact, stage=state.stage, then=then, text=changes)
        done = write(db, event, state)
        profiles.save(db, contact, {**known, **changes})
    return done


def consent(
    db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, source: str, on: int
) -> Done:
    """Keeps that the contact agreed to be written to: how, and on which day (a day number).

    Withdrawn consent is a refusal. Raises NeedsReason without a source, CannotEdit for a
    day to come, NotOnDesk.
    """
    text = kept_words({"consent": source})
    if not text:
        raise NeedsReason
    if on > now.day:
        raise CannotEdit(sentence(N_("the day of a consent can't lie in the future")))
    with transaction(db):
        state = _state(db, contact)
        text["on"] = iso_day(on) or ""
        event = draft(shift, now, Kind.CONSENT, contact, stage=state.stage, text=text)
        return write(db, event, state)


def move_stage(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    contact: int,
    stage: str,
    reason: str,
    *,
    back: bool = False,
) -> Done:
    """Moves a contact to a stage of the SOP and into its sequence.

    Raises NotOnDesk, CannotEdit, NothingChanged, NeedsReason, and StepsBack for a stage
    before the contact's own unless `back`.
    """
    wanted = shift.sop.stage_called(stage)
    if wanted is None:
        names = ", ".join(shift.sop.stage_names())
        raise CannotEdit(
            sentence(N_('the SOP has no stage "{stage}"'), stage=stage),
            sentence(N_("Its stages: {names}"), names=names),
        )
    text = kept_words({"reason": reason})
    if not text:
        raise NeedsReason
    with transaction(db):
        state = _state(db, contact)
        if wanted == state.stage:
            raise NothingChanged
        if not back and lies_before(shift, wanted, state.stage):
            raise StepsBack(wanted)
        return move(db, shift, now, state, wanted, text)


def lies_before(shift: Shift, stage: str, other: str) -> bool:
    """Whether a stage comes before another one in the SOP."""
    names = shift.sop.stage_names()
    return stage in names and other in names and names.index(stage) < names.index(other)


def cleaned(name: str, value: str) -> str:
    """A value as its field keeps it. Raises CannotEdit."""
    clean = CLEANED.get(name)
    if clean is None:
        raise CannotEdit(
            sentence(N_('a contact has no field "{name}"'), name=keep(name)),
            sentence(N_("Fields: {names}"), names=", ".join(CLEANED)),
        )
    text = keep(value, NOTE_LIMIT).strip()
    if not text and name not in NEEDED:
        return ""
    kept = clean(text)
    if not kept:
        raise CannotEdit(sentence(_WRONG.get(name, _EMPTY), text=text))
    return kept


def no_day(text: str) -> Sentence:
    """What is said of a text that is no day."""
    return sentence(_NO_DAY, text=text)


def _short(text: str) -> str:
    return keep(text, NAME_LIMIT).strip()


def _number(text: str) -> str:
    return _short(full_number(text))


def _phone(text: str) -> str:
    found = phones_in(full_number(text))
    if len(found) > 1:
        raise CannotEdit(sentence(_SEVERAL, text=text), sentence(_ONE_PHONE))
    return next(iter(found), "")


def _day(text: str) -> str:
    return iso_day(day_in(text)) or ""


def _birthday(text: str) -> str:
    day = day_in(text)
    return date_of(day).isoformat() if day is not None else month_and_day(text)


def _tags(text: str) -> str:
    return ",".join(keep(tag, TAG_LIMIT) for tag in tags_in(text))


def _interest(text: str) -> str:
    points = (point.strip() for point in SEPARATORS.split(text))
    return ",".join(dict.fromkeys(filter(None, points)))


CLEANED: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": _short,
        "remark": lambda text: text,
        "phone": _phone,
        "handle": _number,
        "external_id": _number,
        "company": _short,
        "title": _short,
        "email": _short,
        "birthday": _birthday,
        "source": _short,
        "added": _day,
        "tags": _tags,
        "interest": _interest,
        OWNER: _short,
    }
)
"""Each field that a hand may change, and how its text is kept."""
NEEDED = ("name", OWNER)
_EMPTY = N_("this field can't be empty")
_SEVERAL = N_('"{text}" are several phones: nothing was changed')
_ONE_PHONE = N_("Write one here, and the others into the remark")
_NO_DAY = N_('"{text}" is no day: write it like 2026-03-02')
_WRONG = {
    "phone": N_('"{text}" is no phone number'),
    "birthday": _NO_DAY,
    "added": _NO_DAY,
}


def _status(
    db: sqlite3.Connection,
    state: ContactState,
    changes: Mapping[str, str],
    profile: Mapping[str, str],
) -> Status | None:
    """Do not contact, when the new phone or id is one of somebody who must be left alone."""
    if state.status is Status.DO_NOT_CONTACT or not IDENTIFYING & changes.keys():
        return None
    alone = (
        refused_alias(people_like(db, changes), changes)
        or suppressed(db).holds(changes)
        or strangers(db).holds(profile)
    )
    return Status.DO_NOT_CONTACT if alone else None


IDENTIFYING = {"phone", "handle", "external_id", "email"}


def _state(db: sqlite3.Connection, contact: int) -> ContactState:
    state = derived.state_of(db, contact)
    if state is None:
        raise NotOnDesk(contact)
    return state
