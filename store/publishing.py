"""Another version of the SOP takes over: who stays, moves, restarts or finishes.

The plan is told before anything changes, from the steps that plans follow now.
Publishing is one event with the contacts moved as its parts, in one
transaction: all of it or nothing, undone and done again as one. The files are
not this room's: the event carries the digest of those that belong to it, and
its uuid is the mark that stands in them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rules.events import ContactState, Event, Then
from rules.nouns import Kind, Status
from rules.plain_text import NOTE_LIMIT, keep
from rules.planning import spread
from rules.shift import Shift
from rules.sop import Sequence, Sop
from rules.sop_edits import edit_between, facts_of
from rules.succession import Choice, Fate, Successor, successor
from rules.timing import Moment
from rules.wording import N_, DeskError, sentence
from scripts.readiness import is_unwritten
from store import derived, log, replanning
from store.connection import transaction
from store.statements import named
from store.verbs import NeedsReason, draft

FIRST_NAMES = 5
"""Contacts that a plan names for each fate of a sequence."""

Choices = Mapping[str, Choice]
"""What was decided for the contacts of a sequence, by its id; without an entry they move."""


class Because(StrEnum):
    """What made somebody change the SOP."""

    MARKET = "market"
    NEEDS = "needs"
    """Of the contacts."""
    COMPANY = "company"


class NoSuchSequence(DeskError):
    """A choice was made for a sequence that nobody can be under way in."""

    def __init__(self, name: str, accepted: Iterable[str]) -> None:
        super().__init__(
            sentence(N_('there is no sequence "{name}"'), name=name),
            sentence(N_("Accepted: {words}"), words=", ".join(accepted)),
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the SOP was changed."""

    words: str
    because: Because | None = None
    author: str = ""
    """Who wrote the change; empty for the operator."""


@dataclass(frozen=True)
class SequencePlan:
    """The contacts under way in one sequence; the refused are not counted."""

    sequence: str
    choice: Choice
    counts: Mapping[tuple[Fate, str], int] = field(default_factory=dict)
    """By fate and stage."""
    first: Mapping[Fate, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """The first contacts of each fate: id and name."""

    def of(self, fate: Fate) -> int:
        """How many contacts have this fate."""
        return sum(n for (found, _stage), n in self.counts.items() if found is fate)

    @property
    def under_way(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Plan:
    """What a publish would do to the contacts under way, by sequence."""

    sequences: tuple[SequencePlan, ...] = ()
    blocked: int = 0
    """Contacts due today whose step's scripts are all still to be written."""

    def of(self, fate: Fate) -> int:
        return sum(plan.of(fate) for plan in self.sequences)

    @property
    def under_way(self) -> int:
        return sum(plan.under_way for plan in self.sequences)


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of a version that takes over, and of the one before."""

    mark: str
    """Stands in the files of the new version; the event's uuid."""
    digest: str
    """Of the new version's files."""
    kept: str
    """The name of the folder in which the version before is kept; empty for the one that ships."""


def walked(db: sqlite3.Connection, sop: Sop) -> tuple[Sequence, ...]:
    """The stage sequences that plans follow now, their steps with the contents of the SOP in use.

    Those for events and states of interaction follow the SOP by themselves, see `store.walking`.
    """
    shape = replanning.accepted(db)
    if not shape:
        return tuple(sequence for sequence in sop.sequences if sequence.stages)
    return tuple(_with_contents(sequence, sop.sequence(sequence.id)) for sequence in shape)


def plan(
    db: sqlite3.Connection,
    shift: Shift,
    new: Shift,
    choices: Choices,
    today: int,
    each: Callable[[Iterable[ContactState]], Iterable[ContactState]] = iter,
) -> Plan:
    """What a publish of `new` in place of `shift`'s SOP would do. Raises NoSuchSequence."""
    found: list[SequencePlan] = []
    blocked = 0
    for sequence, fates in _fates(db, shift.sop, new, choices, today, each):
        counts: Counter[tuple[Fate, str]] = Counter()
        first: dict[Fate, list[int]] = {}
        for state, told in fates:
            if state.status is not Status.DO_NOT_CONTACT:
                counts[told.fate, state.stage] += 1
                first.setdefault(told.fate, []).append(state.contact)
                blocked += _is_blocked(state, told, new.sop, today)
        names = {fate: _named(db, ids[:FIRST_NAMES]) for fate, ids in first.items()}
        choice = choices.get(sequence, Choice.MOVE)
        found.append(SequencePlan(sequence, choice, dict(counts), names))
    return Plan(tuple(found), blocked)


def _is_blocked(state: ContactState, told: Successor, new: Sop, today: int) -> bool:
    """Whether a contact is due and would have nothing to be sent, since nobody has written it."""
    then = told.then
    due = state.due if then.due is None else then.due
    sequence = new.sequence(then.sequence or state.sequence or "")
    if state.status is not Status.ACTIVE or then.finished or due is None or due > today:
        return False
    step = then.step or state.step
    steps = sequence.steps if sequence else ()
    return any(is_unwritten(new, s.content, state.stage) for s in steps if s.id == step)


def publish(
    db: sqlite3.Connection,
    shift: Shift,
    new: Shift,
    now: Moment,
    choices: Choices,
    reason: Reason,
    edition: Edition,
    each: Callable[[Iterable[ContactState]], Iterable[ContactState]] = iter,
) -> Event:
    """Writes that `new` took over and moves the contacts, all or none; the event.

    `each` is passed the contacts under way and may count them; if it raises,
    nothing is kept. Raises NeedsReason, NoSuchSequence.
    """
    words = keep(reason.words, NOTE_LIMIT).strip()
    if not words:
        raise NeedsReason
    with transaction(db):
        found = _fates(db, shift.sop, new, choices, now.day, each)
        fates = [fated for _sequence, fates in found for fated in fates]
        spread_out = _spread_out(db, fates, new, now.day)
        moves = [(state, told.then) for state, told in spread_out if told.then != Then()]
        moved = sum(state.status is not Status.DO_NOT_CONTACT for state, _then in moves)
        head = log.append(db, _head(shift, new, now, reason, edition, words, moved))
        replanning.keep_shape(db, new.sop, head.seq)
        if moves:
            replanning.move(db, new, now, head, moves)
    return head


@dataclass(frozen=True, slots=True)
class Published:
    """One publish in the log."""

    event: Event
    undone: bool

    @property
    def fact(self) -> Mapping[str, str]:
        return dict(self.event.then.facts)


def publishes(db: sqlite3.Connection) -> tuple[Published, ...]:
    """Every publish of the desk, newest first."""
    found = [*log.events(db, "publishes")]
    undone = derived.desk_marks(db) if found else {}
    return tuple(Published(event, event.seq in undone) for event in found)


def _head(
    shift: Shift,
    new: Shift,
    now: Moment,
    reason: Reason,
    edition: Edition,
    words: str,
    moved: int,
) -> Event:
    facts = {
        "was": shift.sop.version,
        "kept": edition.kept,
        "because": reason.because.value if reason.because else "",
        **dict(facts_of(edit_between(shift.sop, new.sop))),
    }
    return draft(shift, now, Kind.PUBLISH, None)._replace(
        uuid=edition.mark,
        version=new.sop.version,
        digest=edition.digest,
        amount=moved,
        then=Then(facts=tuple((name, value) for name, value in facts.items() if value)),
        text={"reason": words, "author": keep(reason.author).strip() or shift.operator},
    )


Fated = tuple[ContactState, Successor]


def _fates(
    db: sqlite3.Connection,
    sop: Sop,
    new: Shift,
    choices: Choices,
    today: int,
    each: Callable[[Iterable[ContactState]], Iterable[ContactState]],
) -> Iterator[tuple[str, list[Fated]]]:
    """Each sequence with everybody under way in it and what becomes of them."""
    old = walked(db, sop)
    known = [sequence.id for sequence in old]
    unknown = next((name for name in choices if name not in known), None)
    if unknown is not None:
        raise NoSuchSequence(unknown, known)
    for sequence in old:
        choice = choices.get(sequence.id, Choice.MOVE)
        rows = db.execute(named()["under_way"], {"sequence": sequence.id}).fetchall()
        fates = []
        for state in each(map(derived.state_from, rows)):
            target = replanning.walks_on(old, sequence, new.sop, state.stage)
            fates.append((state, successor(sequence, target, state, choice, new, today)))
        yield sequence.id, fates


def _spread_out(
    db: sqlite3.Connection, fates: list[Fated], new: Shift, today: int
) -> Iterator[Fated]:
    """Those who restart come on working days under the cap, as at an import."""
    again = [state for state, told in fates if told.fate is Fate.RESTARTS]
    days = {owner: _free_days(db, owner, again, new, today) for owner in {s.owner for s in again}}
    for state, told in fates:
        if told.fate is Fate.RESTARTS and state.status is Status.ACTIVE:
            free, earliest = next(days[state.owner]), told.then.due or today
            told = replace(told, then=told.then._replace(due=max(free, earliest)))
        yield state, told


def _free_days(
    db: sqlite3.Connection, owner: str, again: Iterable[ContactState], new: Shift, today: int
) -> Iterator[int]:
    """Days with room for an owner, without the places that those who restart leave."""
    planned = Counter(dict(db.execute(named()["planned_by_day"], {"owner": owner, "day": today})))
    planned.subtract(s.due for s in again if s.owner == owner and s.due is not None)
    sent = db.execute(named()["sends_on"], {"operator": owner, "day": today}).fetchone()[0]
    planned[today] += sent
    return spread(today, planned, new.settings.daily_cap, new.calendar)


def _with_contents(sequence: Sequence, in_use: Sequence | None) -> Sequence:
    known = {step.id: step for step in in_use.steps} if in_use else {}
    steps = (
        replace(s, content=known[s.id].content) if s.id in known else s for s in sequence.steps
    )
    return replace(sequence, name=in_use.name if in_use else sequence.name, steps=tuple(steps))


def _named(db: sqlite3.Connection, contacts: Iterable[int]) -> tuple[tuple[int, str], ...]:
    rows = ((c, db.execute(named()["names_of"], {"contact": c}).fetchone()) for c in contacts)
    return tuple((contact, str(row[0]) if row else "") for contact, row in rows)
