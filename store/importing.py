"""Bringing a contact file onto the desk: all of it in one transaction, or nothing.

An import adds and completes; it never deletes, never takes back a
do-not-contact, never moves a stage or an owner, and the same file a second
time changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rules import planning
from rules.events import Event, Then
from rules.nouns import Kind, Status
from rules.plain_text import keep
from rules.shift import Shift
from rules.timing import Moment, iso_day
from rules.wording import N_, Sentence, sentence
from store import derived, log, profiles, replanning
from store.connection import rollback, transaction
from store.exchange.contacts import ContactRow, RejectedRow
from store.matching import Several, is_refused, match, refused_alias
from store.statements import named
from store.suppression import Suppressed, suppressed
from store.verbs import draft

PROGRESS_EVERY = 500
DEFAULT_STAGE = "lead"


class Mode(StrEnum):
    """What happens to people who are on the desk already."""

    APPEND = "append"
    """They stay as they are."""
    UPDATE = "update"
    """Fields that the file has and the desk has not, or has otherwise, are taken over."""


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do."""

    new: int
    changed: int
    same: int
    rejected: tuple[RejectedRow, ...]
    refused_kept: int
    """Rows about people who are not to be contacted, or were erased, and stay so; counted
    above as well."""
    event: Event | None
    """None when nothing was written."""
    notes: tuple[tuple[int, Sentence], ...] = ()
    """Line numbers with what was taken otherwise than the file says."""


@dataclass
class _Run:
    """The counters of one import under way."""

    shift: Shift
    now: Moment
    mode: Mode
    head: Event
    seq: int
    link: str
    new: int = 0
    changed: int = 0
    same: int = 0
    refused_kept: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[tuple[int, Sentence]] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    """Contact to the line of this file that it was met in last."""
    days: dict[str, Iterator[int]] = field(default_factory=dict)
    """Owner to the due days still free."""
    next_contact: int = 1
    erased: Suppressed = field(default_factory=Suppressed)
    """Whom the file must not bring back."""


def import_contacts(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    rows: Iterable[ContactRow | RejectedRow],
    source: Mapping[str, str],
    *,
    mode: Mode = Mode.UPDATE,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
) -> Imported:
    """Imports rows; `source` (file name, SHA-256) is kept with the import's event.

    With `dry_run` everything is worked out and nothing kept. `progress` is
    told the number of rows done, now and then. Whatever the reader raises in
    the middle leaves nothing behind.
    """
    with transaction(db):
        run = _begin(db, shift, now, mode, source)
        for count, row in enumerate(rows, 1):
            if isinstance(row, RejectedRow):
                run.rejected.append(row)
            else:
                _take(db, run, row)
            if count % PROGRESS_EVERY == 0:
                progress(count)
        wrote = bool(run.new or run.changed)
        if dry_run or not wrote:
            rollback(db)
            db.execute("BEGIN IMMEDIATE")
    kept = run.head if wrote and not dry_run else None
    return Imported(
        run.new,
        run.changed,
        run.same,
        tuple(run.rejected),
        run.refused_kept,
        kept,
        tuple(run.notes),
    )


def _begin(
    db: sqlite3.Connection, shift: Shift, now: Moment, mode: Mode, source: Mapping[str, str]
) -> _Run:
    seq, link = db.execute(named()["last_link"]).fetchone() or (0, log.GENESIS)
    head = replace(
        draft(shift, now, Kind.IMPORT, None),
        version=shift.sop.version,
        text={name: keep(value) for name, value in source.items()},
    )
    head, link = log.append_after(db, head, seq, link)
    replanning.begin(db, shift.sop)
    run = _Run(shift, now, mode, head, head.seq, link)
    run.next_contact = db.execute(named()["next_contact"]).fetchone()[0]
    run.erased = suppressed(db)
    return run


def _take(db: sqlite3.Connection, run: _Run, row: ContactRow) -> None:
    """One row: somebody new, somebody known, or a contradiction within the file."""
    profile = profile_of_row(row)
    if run.erased.holds(profile):
        reason = sentence(N_("was erased on request and is not taken in again"))
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        run.refused_kept += 1
        return
    try:
        contact = match(db, profile, run.lines.keys())
    except Several:
        reason = sentence(N_("several contacts are called so: a phone or an id would tell which"))
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        return
    if contact is None:
        _add(db, run, row, profile)
        return
    known = profiles.profile_of(db, contact) or {}
    changes = changes_to(known, profile)
    if changes and contact in run.lines:
        reason = sentence(
            N_("the same person as line {line}, with other data"), line=run.lines[contact]
        )
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        return
    run.lines[contact] = row.line
    if not changes or run.mode is Mode.APPEND:
        run.same += 1
        run.refused_kept += is_refused(db, contact)
        return
    run.changed += 1
    run.refused_kept += _change(db, run, contact, known, changes)


def _change(
    db: sqlite3.Connection,
    run: _Run,
    contact: int,
    known: Mapping[str, str],
    changes: Mapping[str, str],
) -> bool:
    """Writes a known contact's new fields; whether the contact is not to be contacted.

    A phone or id of somebody who refused makes the contact the same person.
    """
    before = derived.state_of(db, contact)
    alias = not is_refused(db, contact) and refused_alias(db, changes)
    then = Then(status=Status.DO_NOT_CONTACT) if alias else Then()
    event = _append(db, run, Kind.PROFILE, contact, then, changes)
    derived.record(db, event, before)
    profiles.save(db, contact, {**known, **changes})
    return is_refused(db, contact)


def _add(db: sqlite3.Connection, run: _Run, row: ContactRow, profile: dict[str, str]) -> None:
    contact = run.next_contact
    run.next_contact += 1
    stage = run.shift.sop.stage_called(row.stage)
    if row.stage and stage is None:
        note = sentence(
            N_('"{stage}" is no stage of the SOP: begins as {first}'), **_stage(run, row)
        )
        run.notes.append((row.line, note))
        profile = {**profile, "extra": _with_stage(profile.get("extra", ""), row.stage)}
    owner = row.owner or run.shift.operator
    refused = refused_alias(db, profile)
    then = _entry(db, run, owner, stage or DEFAULT_STAGE, refused=refused)
    event = _append(db, run, Kind.ADDED, contact, then, profile)
    derived.record(db, event, None)
    profiles.save(db, contact, profile)
    run.new += 1
    run.refused_kept += refused
    run.lines[contact] = row.line


def _append(
    db: sqlite3.Connection,
    run: _Run,
    kind: Kind,
    contact: int,
    then: Then,
    text: Mapping[str, str],
) -> Event:
    event = replace(
        draft(run.shift, run.now, kind, contact), ref=run.head.seq, then=then, text=dict(text)
    )
    event, run.link = log.append_after(db, event, run.seq, run.link)
    run.seq = event.seq
    return event


def _entry(db: sqlite3.Connection, run: _Run, owner: str, stage: str, *, refused: bool) -> Then:
    """Where a new contact begins: the first step of its stage's sequence, on a free day."""
    plain = Then(owner=owner, stage=stage, status=Status.DO_NOT_CONTACT if refused else None)
    sequence = run.shift.sop.sequence_for(stage)
    step = None if sequence is None else planning.first_step(sequence, stage)
    if sequence is None or step is None:
        return plain
    if refused:
        # No day of the queue is taken; a resume plans from the step anew.
        return replace(plain, sequence=sequence.id, step=step.id, due=run.now.day)
    if owner not in run.days:
        run.days[owner] = _free_days(db, run, owner)
    return replace(plain, sequence=sequence.id, step=step.id, due=next(run.days[owner]))


def _free_days(db: sqlite3.Connection, run: _Run, owner: str) -> Iterator[int]:
    today = run.now.day
    rows = db.execute(named()["planned_by_day"], {"owner": owner, "day": today})
    planned: dict[int, int] = dict(rows.fetchall())
    sent = db.execute(named()["sends_on"], {"operator": owner, "day": today}).fetchone()[0]
    planned[today] = planned.get(today, 0) + sent
    cap = run.shift.settings.daily_cap
    return planning.spread(today, planned, cap, run.shift.calendar)


def profile_of_row(row: ContactRow) -> dict[str, str]:
    """A row's profile fields that have a value."""
    values = {
        "name": row.name,
        "remark": row.remark,
        "phone": row.phone,
        "handle": row.handle,
        "external_id": row.external_id,
        "company": row.company,
        "title": row.title,
        "email": row.email,
        "birthday": row.birthday,
        "source": row.source,
        "added": iso_day(row.added) or "",
        "tags": ",".join(row.tags),
        "extra": json.dumps(dict(row.extra), ensure_ascii=False) if row.extra else "",
    }
    return {name: value for name, value in values.items() if value}


def changes_to(known: Mapping[str, str], profile: Mapping[str, str]) -> dict[str, str]:
    """Fields that a row adds or alters; tags and extra fields are joined, nothing is emptied."""
    wanted = dict(profile)
    if known.get("tags") and profile.get("tags"):
        wanted["tags"] = ",".join(
            dict.fromkeys([*known["tags"].split(","), *profile["tags"].split(",")])
        )
    if known.get("extra") and profile.get("extra"):
        joined = {**json.loads(known["extra"]), **json.loads(profile["extra"])}
        wanted["extra"] = json.dumps(joined, ensure_ascii=False)
    return {name: value for name, value in wanted.items() if known.get(name) != value}


def _with_stage(extra: str, stage: str) -> str:
    known = json.loads(extra) if extra else {}
    return json.dumps({**known, "stage": stage}, ensure_ascii=False)


def _stage(run: _Run, row: ContactRow) -> dict[str, str]:
    known = run.shift.sop.stage(DEFAULT_STAGE)
    return {"stage": row.stage, "first": known.name if known else DEFAULT_STAGE}
