"""What outlives a restore: refusals and erasures later than the backup, written into it anew.

The witness is the desk as it was before the restore. Whoever stands there as
not to be contacted does so afterwards too, also somebody the backup does not
know yet; words that were erased there are erased again. Whatever cannot be
read of a damaged witness is left out.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from rules.events import ContactState, Event, Then
from rules.folding import TELLING
from rules.nouns import Kind, Status
from rules.timing import Moment
from store import derived, given_up, log, merged, profiles
from store.erasing import Erasure, erase_again, erasures
from store.known_people import people_like
from store.matching import Several, match
from store.statements import named


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is not to be contacted, as the witness knows them."""

    added: str
    """Uuid of the event that put them on the desk: who they are in another copy of it."""
    owner: str
    stage: str
    reason: str
    profile: Mapping[str, str]
    former: Sequence[Mapping[str, str]] = ()
    """Phones and ids that it lost since it refused, each as a change of the profile."""


@dataclass(frozen=True)
class Outliving:
    """What a witness tells."""

    refusals: tuple[Refusal, ...] = ()
    erased: tuple[str, ...] = ()
    """Uuids of events whose words were erased."""
    people: tuple[Erasure, ...] = ()
    """Who was erased as a whole."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written anew."""

    refusals: int
    erasures: int
    """Events whose words were erased once more, and people."""


def outliving(witness: sqlite3.Connection) -> Outliving:
    """All that must outlive a restore, as far as the file can be read."""
    erased: list[str] = []
    with suppress(sqlite3.DatabaseError):
        erased.extend(uuid for (uuid,) in witness.execute(named()["words_gone"]))
    return Outliving(tuple(_refusals(witness)), tuple(erased), tuple(erasures(witness)))


def reapply(db: sqlite3.Connection, told: Outliving, head: Event, because: str) -> Kept:
    """Writes into a restored desk what its backup is too old to know; inside a transaction.

    `head` is the restore's own event, which the others answer to; `because` is
    put beside each reason.
    """
    refusals = sum(_refuse(db, refusal, head, because) for refusal in told.refusals)
    people = sum(erase_again(db, erasure, head) for erasure in told.people)
    return Kept(refusals, _erase(db, told.erased) + people)


def plain_event(operator: str, now: Moment, kind: Kind, contact: int | None) -> Event:
    """An event that no shift decides about: a restore needs no SOP."""
    return Event(os.urandom(16).hex(), now.at_ms, now.offset, now.day, operator, kind, contact)


def _refusals(witness: sqlite3.Connection) -> Iterator[Refusal]:
    with suppress(sqlite3.DatabaseError, ValueError):
        for contact, owner, stage, added, decided in witness.execute(named()["refused_people"]):
            uuid = witness.execute(named()["uuid_at"], {"seq": added}).fetchone()
            body = witness.execute(named()["text_at"], {"seq": decided}).fetchone()
            reason = json.loads(body[0]).get("reason", "") if body else ""
            profile = profiles.profile_of(witness, contact) or merged.profile_of(witness, contact)
            known = {name: value for name, value in profile.items() if value}
            former = given_up.former(witness, contact)
            yield Refusal(uuid[0] if uuid else "", owner, stage, reason, known, former)


def _refuse(db: sqlite3.Connection, refusal: Refusal, head: Event, because: str) -> bool:
    """Whether it had to be written."""
    contact = _who(db, refusal)
    before = derived.state_of(db, contact) if contact is not None else None
    if before is not None and before.status is Status.DO_NOT_CONTACT:
        _known_by(db, before.contact, refusal, head)
        return False
    if before is None and not refusal.profile:
        return False  # erased: nobody could be taken for this person
    drafted = partial(head._replace, ref=head.seq, seq=0, uuid=os.urandom(16).hex())
    if before is None:
        added = partial(head._replace, ref=head.seq, seq=0, uuid=os.urandom(16).hex())
        contact, before = _add(db, refusal, added(kind=Kind.ADDED))
    reason = {"reason": refusal.reason} if refusal.reason else {}
    event = drafted(
        kind=Kind.REFUSED,
        contact=contact,
        stage=before.stage,
        then=Then(status=Status.DO_NOT_CONTACT),
        text={**reason, "kept": because},
    )
    derived.record(db, log.append(db, event), before)
    _known_by(db, before.contact, refusal, head)
    return True


def _known_by(db: sqlite3.Connection, contact: int, refusal: Refusal, head: Event) -> None:
    """The phones and ids of a refusal outlive the restore with it, whichever the backup has."""
    own = {name: refusal.profile[name] for name in TELLING if refusal.profile.get(name)}
    kept = {(kind, value) for _c, kind, value in given_up.rows_of(contact, own.items())}
    for changes in (*refusal.former, own):
        known = profiles.profile_of(db, contact) or {}
        stands = {(k, v) for _c, k, v in given_up.rows_of(contact, known.items())}
        new = {k: v for k, v in changes.items() if changes is own or (k, v) not in stands | kept}
        new = {name: value for name, value in new.items() if known.get(name) != value}
        state = derived.state_of(db, contact)
        if new and state is not None:
            uuid = os.urandom(16).hex()
            event = head._replace(ref=head.seq, seq=0, uuid=uuid, kind=Kind.PROFILE)
            event = event._replace(contact=contact, stage=state.stage, text=new)
            derived.record(db, log.append(db, event), state)
            profiles.save(db, contact, {**known, **new})


def _who(db: sqlite3.Connection, refusal: Refusal) -> int | None:
    """The contact in the restored desk: by the event that added it, else by what is known of it."""
    row = db.execute(named()["contact_by_uuid"], {"uuid": refusal.added}).fetchone()
    contact = None if row is None else merged.holder(db, row[0])
    if contact is not None and derived.state_of(db, contact) is not None:
        return contact
    with suppress(Several):
        return match(people_like(db, refusal.profile), refusal.profile, ())
    return None


def _add(db: sqlite3.Connection, refusal: Refusal, drafted: Event) -> tuple[int, ContactState]:
    """Somebody the backup does not know: a later import must find that they refused."""
    contact: int = db.execute(named()["next_contact"]).fetchone()[0]
    event = drafted._replace(
        contact=contact,
        then=Then(owner=refusal.owner, stage=refusal.stage, status=Status.DO_NOT_CONTACT),
        text=dict(refusal.profile),
    )
    state = derived.record(db, log.append(db, event), None)
    profiles.save(db, contact, refusal.profile)
    return contact, state


def _erase(db: sqlite3.Connection, uuids: Iterable[str]) -> int:
    """Erases words once more; how many events had them."""
    erased = [row for uuid in uuids if (row := _words(db, uuid)) is not None]
    for seq, _contact in erased:
        db.execute(named()["drop_words"], {"seq": seq})
    for contact in sorted({contact for _seq, contact in erased if contact is not None}):
        derived.refold(db, contact)
    return len(erased)


def _words(db: sqlite3.Connection, uuid: str) -> tuple[int, int | None] | None:
    """Place and contact of an event that has its words."""
    row = db.execute(named()["words_by_uuid"], {"uuid": uuid}).fetchone()
    return None if row is None else (row[0], row[1])
