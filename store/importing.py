"""Bringing a contact file onto the desk: all of it in one transaction, or nothing.

An import adds and completes; it never deletes, never takes back a
do-not-contact, never moves a stage or an owner, and the same file a second
time changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby

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
from store.imported import Imported, Mode
from store.known_people import Keys, People, wanted_by
from store.lines_met import Lines
from store.matching import Several, match, refused_alias, the_only_one
from store.met_in_file import MetInFile
from store.newcomers import PHONE, Beginning, Newcomers
from store.pragmas import in_little_memory
from store.read_rows import EXTRA, ReadRow, ahead_of, read_row
from store.refusing_rows import Refusals
from store.row_chunks import chunks, uncollected
from store.row_profiles import changes_to, with_stage
from store.rows_known import KNOWN_TOLD, Known, Replaced, known_as, replaced, same_phone
from store.statements import named
from store.strangers import IDENTIFYING, Strangers, strangers
from store.suppression import Suppressed, suppressed
from store.verbs import draft

__all__ = ["DEFAULT_STAGE", "Imported", "Mode", "import_contacts"]

REPLACED_TOLD = 1000
"""Replaced values that are told one by one; the others are only counted."""
DEFAULT_STAGE = "lead"
_SEVERAL = N_("several contacts are called so: a phone or an id would tell which")
_SEVERAL_REFUSE = N_(
    "says do not contact, and several contacts are called so: say for whom with a phone, an id"
    " or siyu refuse"
)


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
    begins_empty: bool
    """Nobody is, or was and must not come back, on the desk but by this file."""
    met: MetInFile | None = field(default_factory=MetInFile)
    """Who came in the rows that were read here; None where others were read elsewhere."""
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
    erased, unknown = suppressed(db), strangers(db)
    keeps_away = bool(erased.by_salt or unknown.by_salt)
    is_empty = bool(db.execute(named()["is_empty"]).fetchone()[0]) and not keeps_away
    known = (Newcomers(db, next_contact), next_contact, Lines(next_contact), people)
    run = _Run(shift, now, mode, head, batch, *known, Refusals(said), is_empty)
    run.erased, run.strangers = erased, unknown
    return run


def _take_all(db: sqlite3.Connection, run: _Run, given: Sequence[ContactRow | ReadRow]) -> None:
    """Some rows: whoever they may be is read at once, and what follows is written at once."""
    rows = [_read(run, row) for row in given]
    run.notes.extend((row.line, note) for row in rows if row.notes for note in row.notes)
    parts = [(new, list(some)) for new, some in groupby(rows, partial(_is_surely_new, run))]
    asked = chain.from_iterable(some for is_new, some in parts if not is_new)
    run.people = People(db, [wanted_by(row.values, row.keys) for row in asked])
    for is_new, some in parts:
        if is_new:
            _bring(db, run, some)
        else:
            for row in some:
                _take(db, run, row)
    run.batch.write()
    run.newcomers.write()
    run.refusals.write(db, run.batch, partial(_event, run))
    run.batch.write()


def _read(run: _Run, row: ContactRow | ReadRow) -> ReadRow:
    """A row as it is taken; once rows were read elsewhere, who came before is not known here."""
    if isinstance(row, ReadRow):
        run.met = None
        return row
    return read_row(row, run.met)


def _is_surely_new(run: _Run, row: ReadRow) -> bool:
    """Whether a row is somebody new whatever is on the desk, with nothing to say about it."""
    return (
        row.is_first
        and run.begins_empty
        and not row.refused
        and not (row.stage and _stage(run, row.stage) is None)
    )


def _take(db: sqlite3.Connection, run: _Run, row: ReadRow) -> None:
    """One row: somebody new, somebody known, or a contradiction within the file."""
    keys = row.keys
    if run.erased.by_salt and run.erased.holds(row.profile):
        reason = sentence(N_("was erased on request and is not taken in again"))
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        run.refused_kept += 1
        return
    try:
        contact = run.left_as.get(keys)
        if contact is None and run.people.has_like(keys):
            contact = match(run.people, row.profile, run.lines)
        if row.refused and contact is not None:
            the_only_one(run.people, row.profile)  # a refusal is never given to a guess
    except Several:
        reason = sentence(_SEVERAL_REFUSE if row.refused else _SEVERAL)
        run.rejected.append(RejectedRow(row.line, reason, row.cells))
        return
    if contact is None:
        _add(db, run, row)
        return
    known, profile = run.people.profile(contact), row.profile
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
    if row.stage and _stage(run, row.stage) is None:
        note = sentence(
            N_('"{stage}" is no stage of the SOP: begins as {first}'), **_stage_told(run, row)
        )
        run.notes.append((row.line, note))
        run.unknown_stages[row.stage] = run.unknown_stages.get(row.stage, 0) + 1
        values = (*row.values[:EXTRA], with_stage(row.values[EXTRA], row.stage))
        row = row._replace(values=values, ahead=None)
    is_like = run.people.has_like(row.keys)
    is_likely = is_like or run.people.has_given_up
    alias = is_likely and refused_alias(run.people, row.profile)
    alias = alias or run.strangers.holds(row.profile)
    if is_like:
        run.notes.extend(same_phone(run.people, row.line, row.profile, run.lines))
    contact = run.next_contact
    _bring(db, run, [row], refused=alias or row.refused)
    run.refusals.take(run.people, contact, row, new=True)
    run.refused_kept += alias and not row.refused


def _bring(
    db: sqlite3.Connection, run: _Run, rows: Sequence[ReadRow], *, refused: bool = False
) -> None:
    """Puts people on the desk of whom it is clear that they are new."""
    first = run.next_contact
    run.next_contact += len(rows)
    contacts, words, keys = range(first, run.next_contact), [], []
    begins = []
    for contact, row in zip(contacts, rows, strict=True):
        owner = row.owner or run.shift.operator
        stage = _stage(run, row.stage) or DEFAULT_STAGE
        run.owners[owner] = run.owners.get(owner, 0) + 1
        begins.append(_beginning(db, run, owner, stage, refused=refused))
        body, search_keys = row.ahead or ahead_of(row.values)
        words.append(body)
        keys.append(search_keys)
        run.people.put_new(contact, row.values, row.keys, refused=refused)
        run.lines.meet(contact, row.line)
    seqs = run.batch.add_alike([one.form for one in begins], run.now.day, contacts, words)
    told = [(c, r.keys[PHONE], *r.values) for c, r in zip(contacts, rows, strict=True)]
    run.newcomers.add(begins, contacts, seqs, told, keys)
    run.new += len(rows)


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
