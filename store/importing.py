"""Bringing a contact file onto the desk: all of it in one transaction, or nothing.

An import adds and completes; it never deletes, never takes back a
do-not-contact, never moves a stage or an owner, and the same file a second
time changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from rules import planning
from rules.events import Event, Then
from rules.nouns import Kind, Status
from rules.plain_text import keep
from rules.shift import Shift
from rules.sop import Sop
from rules.timing import Moment
from rules.wording import N_, Sentence, sentence
from store import derived, known_people, log, profiles, replanning
from store.batches import Batch
from store.connection import rollback, transaction
from store.exchange.contacts import ContactRow, RejectedRow
from store.known_people import Keys, People
from store.lines_met import Lines
from store.matching import Several, match, refused_alias, the_only_one
from store.newcomers import Beginning, Newcomers
from store.pragmas import in_little_memory
from store.read_rows import ReadRow, ahead_of, read_row
from store.refusing_rows import Refusals
from store.row_chunks import chunks, uncollected
from store.row_profiles import changes_to, with_stage
from store.rows_known import KNOWN_TOLD, Known, Replaced, known_as, replaced, same_phone
from store.statements import named
from store.strangers import IDENTIFYING, Strangers, strangers
from store.suppression import Suppressed, suppressed
from store.verbs import draft

REPLACED_TOLD = 1000
"""Replaced values that are told one by one; the others are only counted."""
DEFAULT_STAGE = "lead"
_SEVERAL = N_("several contacts are called so: a phone or an id would tell which")
_SEVERAL_REFUSE = N_(
    "says do not contact, and several contacts are called so: say for whom with a phone, an id"
    " or siyu refuse"
)


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
    """Line numbers with what was taken otherwise than the file or the desk says."""
    replaced: int = 0
    """Values of known contacts in whose place the file has others."""
    refused: int = 0
    """People whom the file says not to contact, and who could be contacted before."""
    known: tuple[Known, ...] = ()
    """Rows about somebody known, the first of them, with how they were known."""
    replacements: tuple[Replaced, ...] = ()
    """The first of the replaced values."""
    owners: Mapping[str, int] = field(default_factory=dict)
    """Whose the new contacts are, with how many; who is known stays with their owner."""
    unknown_stages: Mapping[str, int] = field(default_factory=dict)
    """Words for stages that the SOP does not know, with their new contacts."""


@dataclass
class _Run:
    """One import under way: what it counted, and the events and newcomers not written yet."""

    shift: Shift
    now: Moment
    mode: Mode
    head: Event
    batch: Batch
    newcomers: Newcomers
    next_contact: int
    lines: Lines
    """Contact to the line of this file that it was met in last."""
    people: People
    refusals: Refusals
    new: int = 0
    changed: int = 0
    same: int = 0
    refused_kept: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[tuple[int, Sentence]] = field(default_factory=list)
    replaced: int = 0
    replacements: list[Replaced] = field(default_factory=list)
    owners: dict[str, int] = field(default_factory=dict)
    unknown_stages: dict[str, int] = field(default_factory=dict)
    days: dict[str, Iterator[int]] = field(default_factory=dict)
    """Owner to the due days still free."""
    stages: dict[str, str | None] = field(default_factory=dict)
    """What words for stages mean, as far as they were met."""
    firsts: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    """Sequence and step at which those of a stage begin."""
    beginnings: dict[tuple[str, str, bool, int | None], Beginning] = field(default_factory=dict)
    """By owner, stage, whether they are not to be contacted, and due day."""
    known: list[Known] = field(default_factory=list)
    left_as: dict[Keys, int] = field(default_factory=dict)
    """Who was known under another name and stayed as they are: the same row again means them."""
    erased: Suppressed = field(default_factory=Suppressed)
    """Whom the file must not bring back."""
    strangers: Strangers = field(default_factory=Strangers)
    """Who refused and is known by hashes alone."""


def import_contacts(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    rows: Iterable[ContactRow | ReadRow | RejectedRow],
    source: Mapping[str, str],
    *,
    mode: Mode = Mode.UPDATE,
    dry_run: bool = False,
    because: str = "",
    progress: Callable[[int], None] = lambda _rows: None,
) -> Imported:
    """Imports rows; `source` (file name, SHA-256) is kept with the import's event.

    With `dry_run` everything is worked out and nothing kept. `because` is the reason
    that is kept with whoever refuses by the file. `progress` is told the number of
    rows done, now and then. Whatever the reader raises in the middle leaves nothing behind.
    """
    with transaction(db), uncollected(), in_little_memory(db):
        run = _begin(db, shift, now, mode, source, because)
        parts: Iterator[list[ContactRow | ReadRow]] = chunks(rows, run.rejected, progress)
        for part in parts:
            _take_all(db, run, part)
        wrote = bool(run.new or run.changed)
        if dry_run or not wrote:
            rollback(db)
            db.execute("BEGIN IMMEDIATE")
        else:
            run.newcomers.finish()
            run.batch.finish()
            known_people.end(db)
    kept = run.head if wrote and not dry_run else None
    return Imported(
        run.new,
        run.changed,
        run.same,
        tuple(run.rejected),
        run.refused_kept,
        kept,
        tuple(run.notes),
        run.replaced,
        run.refusals.told,
        tuple(run.known),
        tuple(run.replacements),
        run.owners,
        run.unknown_stages,
    )


def _begin(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    mode: Mode,
    source: Mapping[str, str],
    because: str,
) -> _Run:
    seq, link = db.execute(named()["last_link"]).fetchone() or (0, log.GENESIS)
    head = draft(shift, now, Kind.IMPORT, None)._replace(
        version=shift.sop.version,
        text={name: keep(value) for name, value in source.items()},
    )
    head, link = log.append_after(db, head, seq, link)
    replanning.begin(db, shift.sop)
    known_people.begin(db)
    batch = Batch(db, head.seq, link)
    next_contact = db.execute(named()["next_contact"]).fetchone()[0]
    people = People(db, ())
    said = because or str(sentence(N_("said so in {file}"), file=head.text.get("file", "")))
    known = (Newcomers(db, next_contact), next_contact, Lines(next_contact), people, Refusals(said))
    run = _Run(shift, now, mode, head, batch, *known)
    run.erased, run.strangers = suppressed(db), strangers(db)
    return run


def _take_all(db: sqlite3.Connection, run: _Run, given: Sequence[ContactRow | ReadRow]) -> None:
    """Some rows: whoever they may be is read at once, and what follows is written at once."""
    rows = [row if isinstance(row, ReadRow) else read_row(row) for row in given]
    run.notes.extend((row.line, note) for row in rows if row.notes for note in row.notes)
    run.people = People(db, [row.profile for row in rows], [row.keys for row in rows])
    for row in rows:
        _take(db, run, row)
    run.batch.write()
    run.newcomers.write()
    run.refusals.write(db, run.batch, partial(_event, run))
    run.batch.write()


def _take(db: sqlite3.Connection, run: _Run, row: ReadRow) -> None:
    """One row: somebody new, somebody known, or a contradiction within the file."""
    profile, keys = row.profile, row.keys
    if run.erased.holds(profile):
        reason = sentence(N_("was erased on request and is not taken in again"))
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        run.refused_kept += 1
        return
    try:
        contact = run.left_as.get(keys) or match(run.people, profile, run.lines, keys)
        if row.refused and contact is not None:
            the_only_one(run.people, profile)  # a refusal is never given to a guess
    except Several:
        reason = sentence(_SEVERAL_REFUSE if row.refused else _SEVERAL)
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        return
    if contact is None:
        _add(db, run, row)
        return
    known = run.people.profile(contact)
    changes = changes_to(known, profile, is_unnamed=row.is_unnamed)
    if len(run.known) < KNOWN_TOLD:
        run.known.append(known_as(row.line, known, profile, run.lines.get(contact), contact))
    refuses = run.refusals.take(run.people, contact, row)
    if changes and contact in run.lines:
        reason = sentence(
            N_("the same person as line {line}, with other data"), line=run.lines[contact]
        )
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        return
    run.lines.meet(contact, row.line)
    if run.mode is Mode.APPEND and changes.get("name"):
        run.left_as[keys] = contact
    taken = changes if run.mode is Mode.UPDATE else {}
    run.changed += bool(taken or refuses)
    run.same += not (taken or refuses)
    if taken:
        _tell_replaced(run, replaced(row.line, known, taken))
        _change(db, run, contact, known, taken)
    run.refused_kept += run.people.is_refused(contact) and not refuses


def _tell_replaced(run: _Run, found: Iterable[Replaced]) -> None:
    """Keeps the first of the values that the file has otherwise, and counts all."""
    for one in found:
        run.replaced += 1
        if run.replaced <= REPLACED_TOLD:
            run.replacements.append(one)


def _change(
    db: sqlite3.Connection,
    run: _Run,
    contact: int,
    known: Mapping[str, str],
    changes: Mapping[str, str],
) -> None:
    """Writes a known contact's new fields.

    A phone or id of somebody who refused makes the contact the same person.
    """
    before = derived.state_of(db, contact)
    refused = run.people.is_refused(contact)
    profile = {**known, **changes}
    alias = not refused and (
        refused_alias(run.people, changes)
        or (not IDENTIFYING.isdisjoint(changes) and run.strangers.holds(profile))
    )
    then = Then(status=Status.DO_NOT_CONTACT) if alias else Then()
    event = _event(run, Kind.PROFILE, contact, then, changes)
    run.batch.add(event)
    derived.record(db, event, before)
    profiles.save(db, contact, profile)
    run.people.put(contact, profile, refused=refused or alias)


def _add(db: sqlite3.Connection, run: _Run, row: ReadRow) -> None:
    profile, keys, ahead = row.profile, row.keys, row.ahead
    contact = run.next_contact
    run.next_contact += 1
    stage = _stage(run, row.stage)
    if row.stage and stage is None:
        note = sentence(
            N_('"{stage}" is no stage of the SOP: begins as {first}'), **_stage_told(run, row)
        )
        run.notes.append((row.line, note))
        run.unknown_stages[row.stage] = run.unknown_stages.get(row.stage, 0) + 1
        profile = {**profile, "extra": with_stage(profile.get("extra", ""), row.stage)}
        ahead = None
    owner = row.owner or run.shift.operator
    run.owners[owner] = run.owners.get(owner, 0) + 1
    is_like = run.people.has_like(keys)
    alias = (is_like or run.people.has_given_up) and refused_alias(run.people, profile)
    alias = alias or run.strangers.holds(profile)
    refused = alias or row.refused
    if is_like:
        run.notes.extend(same_phone(run.people, row.line, profile, run.lines))
    begins = _beginning(db, run, owner, stage or DEFAULT_STAGE, refused=refused)
    words, search_keys = ahead or ahead_of(profile)
    seq = run.batch.add_like(begins.form, contact, words)
    run.newcomers.add(begins, seq, contact, profile, keys, search_keys)
    run.people.put_new(contact, profile, keys, refused=refused)
    run.new += 1
    run.refusals.take(run.people, contact, row, new=True)
    run.refused_kept += alias and not row.refused
    run.lines.meet(contact, row.line)


def _event(run: _Run, kind: Kind, contact: int, then: Then, text: Mapping[str, str]) -> Event:
    """An event that belongs to this import, at the end of the log."""
    drafted = draft(run.shift, run.now, kind, contact, ref=run.head.seq, then=then, text=text)
    return drafted._replace(seq=run.batch.next_seq)


def _beginning(
    db: sqlite3.Connection, run: _Run, owner: str, stage: str, *, refused: bool
) -> Beginning:
    """Where a new contact begins: the first step of its stage's sequence, on a free day."""
    if stage not in run.firsts:
        run.firsts[stage] = _first(run.shift.sop, stage)
    first, due = run.firsts[stage], None
    if first is not None and refused:
        # No day of the queue is taken; a resume plans from the step anew.
        due = run.now.day
    elif first is not None:
        if owner not in run.days:
            run.days[owner] = _free_days(db, run, owner)
        due = next(run.days[owner])
    alike = (owner, stage, refused, due)
    if alike not in run.beginnings:
        status = Status.DO_NOT_CONTACT if refused else None
        sequence, step = first or (None, None)
        then = Then(owner, stage, status, sequence, step, due)
        run.beginnings[alike] = run.newcomers.beginning(_event(run, Kind.ADDED, 0, then, {}))
    return run.beginnings[alike]


def _first(sop: Sop, stage: str) -> tuple[str, str] | None:
    """The sequence of a stage and its first step; None where the stage has none."""
    sequence = sop.sequence_for(stage)
    step = None if sequence is None else planning.first_step(sequence, stage)
    return None if sequence is None or step is None else (sequence.id, step.id)


def _free_days(db: sqlite3.Connection, run: _Run, owner: str) -> Iterator[int]:
    today = run.now.day
    rows = db.execute(named()["planned_by_day"], {"owner": owner, "day": today})
    planned: dict[int, int] = dict(rows.fetchall())
    sent = db.execute(named()["sends_on"], {"operator": owner, "day": today}).fetchone()[0]
    planned[today] = planned.get(today, 0) + sent
    cap = run.shift.settings.daily_cap
    return planning.spread(today, planned, cap, run.shift.calendar)


def _stage(run: _Run, told: str) -> str | None:
    if told not in run.stages:
        run.stages[told] = run.shift.sop.stage_called(told)
    return run.stages[told]


def _stage_told(run: _Run, row: ReadRow) -> dict[str, str]:
    known = run.shift.sop.stage(DEFAULT_STAGE)
    return {"stage": row.stage, "first": known.name if known else DEFAULT_STAGE}
