"""Erasing a person: the words go for good, the log keeps its chain, the person stays away.

A person is a contact with all that were merged into it.

What is left of the contact are ids, codes and days: its messages still count
for the content. The words of its events, its profile, search keys and what its
replies taught are deleted in one transaction, overwritten on disk, and no undo
or rebuild brings them back.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from rules.events import ContactState, Event, Then
from rules.nouns import Kind, Status
from rules.shift import Shift
from rules.timing import Moment
from rules.wording import N_, sentence
from store import derived, given_up, log, merged, profiles
from store.connection import transaction
from store.namesakes import refused_elsewhere
from store.offering import NotOnDesk
from store.statements import named, run
from store.suppression import SALT, hashed, identities, salt_of, suppressed
from store.verbs import NeedsReason, draft, kept_words, write

LOOKUPS = {
    "external_id": "contacts_by_external",
    "handle": "contacts_by_handle",
    "phone": "contacts_by_phone",
}
"""How the same person is looked for as another contact of the desk."""


_REFUSED = Then(status=Status.DO_NOT_CONTACT)
_ERASED_ELSEWHERE = sentence(N_("somebody with the same phone or id was erased on request"))


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, or would do."""

    event: Event | None
    """None for a look at what would be done."""
    words: int
    """Events whose words go."""
    recognised_by: tuple[str, ...]
    """Fields by which an import will know the person; empty: it can't."""
    others: tuple[int, ...]
    """Contacts with the same phone or id; they become not to be contacted, and keep their words."""
    contacts: tuple[int, ...] = ()
    """All contacts of the person: the one that goes on, and those merged into it."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Somebody erased, as another copy of the desk must know."""

    uuid: str
    """Of the erasure itself: it is written once in each copy."""
    added: str
    """Uuid of the event that put the contact on the desk; "" when it never was there."""
    then: Then
    reason: str


def would_erase(db: sqlite3.Connection, contact: int) -> Erased:
    """What an erasure would take away. Raises NotOnDesk."""
    known = _known(db, contact)
    words = sum(run(db, "words_of_contact", {"contact": c}).fetchone()[0] for c in known)
    told = dict.fromkeys(
        name
        for one, profile in known.items()
        for known_by in (profile, *_former(db, one))
        for name in identities(known_by)
    )
    others = tuple(s.contact for s in _same_person(db, known))
    return Erased(None, words, tuple(told), others, tuple(known))


def erase(db: sqlite3.Connection, shift: Shift, now: Moment, contact: int, reason: str) -> Erased:
    """Erases a contact. Raises NeedsReason, NotOnDesk.

    The reason stays in the log: it must not name the person.
    """
    text = kept_words({"reason": reason})
    if not text:
        raise NeedsReason
    with transaction(db):
        found, known = would_erase(db, contact), _known(db, contact)
        for other in _same_person(db, known):
            _refuse(db, shift, now, other)
        salt, events = salt_of(suppressed(db)), []
        for one, profile in known.items():
            then = Then(facts=((SALT, salt), *_hashes(profile, _former(db, one), salt)))
            drafted = draft(shift, now, Kind.ERASED, one, then=then, text=text)
            events.append(log.append(db, drafted))
        for one in known:
            _take_away(db, one)
    overwrite(db)
    return replace(found, event=events[0])


def erasures(db: sqlite3.Connection) -> Iterator[Erasure]:
    """Everybody erased, as far as the file can be read."""
    with suppress(sqlite3.DatabaseError, ValueError):
        for uuid, outcome, body, added in db.execute(named()["erasures"]):
            reason = json.loads(body).get("reason", "") if body else ""
            yield Erasure(uuid, added or "", log.unpack(outcome), reason)


def erase_again(db: sqlite3.Connection, erasure: Erasure, head: Event) -> bool:
    """Erases in a restored desk whoever was erased later; whether it had to. In a transaction.

    Somebody whom the desk does not know yet is kept away all the same.
    """
    if db.execute(named()["event_by_uuid"], {"uuid": erasure.uuid}).fetchone() is not None:
        return False
    row = db.execute(named()["contact_by_uuid"], {"uuid": erasure.added}).fetchone()
    contact = row[0] if row else db.execute(named()["next_contact"]).fetchone()[0]
    event = head._replace(
        uuid=erasure.uuid,
        seq=0,
        ref=head.seq,
        kind=Kind.ERASED,
        contact=contact,
        then=erasure.then,
        text={"reason": erasure.reason} if erasure.reason else {},
    )
    log.append(db, event)
    _take_away(db, contact)
    _refuse_alike(db, erasure, head)
    return True


def _refuse_alike(db: sqlite3.Connection, erasure: Erasure, head: Event) -> None:
    """Whoever has a phone or id of somebody erased, in a desk that did not know of the erasure."""
    facts = dict(erasure.then.facts)
    salt = facts.pop(SALT, "")
    gone = set(facts.values())
    for contact, *values in db.execute(named()["profiles"]).fetchall() if gone else ():
        profile = dict(zip(profiles.FIELDS, values, strict=True))
        if gone.isdisjoint(hashed(profile, salt).values()):
            continue
        state = derived.state_of(db, contact)
        if state is not None and state.status is not Status.DO_NOT_CONTACT:
            event = head._replace(uuid=os.urandom(16).hex(), seq=0, ref=head.seq, contact=contact)
            event = event._replace(kind=Kind.REFUSED, stage=state.stage, then=_REFUSED)
            event = event._replace(text={"reason": str(_ERASED_ELSEWHERE)})
            derived.record(db, log.append(db, event), state)


def _take_away(db: sqlite3.Connection, contact: int) -> None:
    """Everything derived first: what was learned is found by the words."""
    derived.refold(db, contact)
    run(db, "drop_words_of_contact", {"contact": contact})
    if len(merged.members(db, contact)) > 1:
        derived.refold(db, contact)  # what a merged contact was known by came from its words


def _known(db: sqlite3.Connection, contact: int) -> dict[int, dict[str, str]]:
    """The profiles of a person, by contact: its own, then those merged into it.

    Each is erased by itself, so that no un-merge brings one back. Raises NotOnDesk.
    """
    holder = merged.holder(db, contact)
    profile = profiles.profile_of(db, holder)
    if profile is None:
        raise NotOnDesk(contact)
    others = (c for c in merged.members(db, holder) if c != holder)
    return {holder: profile, **{c: merged.profile_of(db, c) for c in others}}


def _former(db: sqlite3.Connection, contact: int) -> Sequence[Mapping[str, str]]:
    """What somebody who refused is no longer known by: by that, too, they must not come back."""
    state = derived.state_of(db, contact)
    if state is None or state.status is not Status.DO_NOT_CONTACT:
        return ()
    return given_up.former(db, contact)


def _hashes(
    profile: Mapping[str, str], former: Sequence[Mapping[str, str]], salt: str
) -> Iterator[tuple[str, str]]:
    """The hashes of what somebody is and was known by, each under a name of its own."""
    yield from hashed(profile, salt).items()
    for n, lost in enumerate(former, 1):
        for name, value in hashed(lost, salt).items():
            yield f"former {name} {n}", value


def overwrite(db: sqlite3.Connection) -> None:
    """Takes the words out of the write-ahead log too; freed pages are overwritten as they go.

    A reader that still looks at the old state holds it up, or a disk that is full:
    then the next checkpoint does it, at the latest when the desk is closed.
    """
    with suppress(sqlite3.DatabaseError):
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _same_person(
    db: sqlite3.Connection, known: Mapping[int, Mapping[str, str]]
) -> tuple[ContactState, ...]:
    """Other contacts with the same phone or id; by a former one, those whom it stops now."""
    found = {other for profile in known.values() for other in _alike(db, profile)}
    for one in known:
        alike = {other for lost in _former(db, one) for other in _alike(db, lost)}
        found |= {other for other in alike if _is_stopped(db, other)}
    states = (derived.state_of(db, other) for other in sorted(found - known.keys()))
    return tuple(state for state in states if state is not None)


def _alike(db: sqlite3.Connection, profile: Mapping[str, str]) -> Iterator[int]:
    """Contacts with a phone or id of a profile, its own among them."""
    for name, value in identities(profile).items():
        if name in LOOKUPS:
            yield from (contact for (contact,) in run(db, LOOKUPS[name], {"value": value}))


def _is_stopped(db: sqlite3.Connection, contact: int) -> bool:
    """Whether another contact's refusal stands for this one."""
    state, profile = derived.state_of(db, contact), profiles.profile_of(db, contact)
    return state is not None and refused_elsewhere(db, state, profile or {})


def _refuse(db: sqlite3.Connection, shift: Shift, now: Moment, state: ContactState) -> None:
    if state.status is Status.DO_NOT_CONTACT:
        return
    event = draft(
        shift,
        now,
        Kind.REFUSED,
        state.contact,
        stage=state.stage,
        then=_REFUSED,
        text={"reason": str(_ERASED_ELSEWHERE)},
    )
    write(db, event, state)
