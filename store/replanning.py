"""What becomes of contacts under way when the steps of the SOP changed.

Plans follow the steps that were accepted last; those are kept in the desk's
file, so that a change is noticed across restarts too. No contact is given
another step or day before somebody decided it, and the decision is one event,
undone as one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from rules.events import ContactState, Event, Then
from rules.nouns import Kind, Status, Walked
from rules.planning import replanned
from rules.shift import Shift
from rules.sop import Sequence, Sop, Step
from rules.timing import Moment
from store import derived, log
from store.connection import transaction
from store.statements import named
from store.verbs import draft

Move = tuple[ContactState, Then]
"""A contact as it stands, and what it is given."""
Shape = tuple[Sequence, ...]
"""Sequences as plans see them: ids, stages, and each step's id, day and stages."""


@dataclass(frozen=True, slots=True)
class SequenceChange:
    """One sequence whose steps changed, in numbers of contacts; the refused are not counted."""

    sequence: str
    """Its id."""
    under_way: int
    """At a step of it."""
    gone: int
    """Whose step is gone, so that another one follows."""
    ended: int
    """Whose step is gone and nothing is left."""
    moved: int
    """Whose step stays, on another day or in another sequence."""

    @property
    def touched(self) -> int:
        """Contacts that a replan would change."""
        return self.gone + self.ended + self.moved


@dataclass(frozen=True, slots=True)
class Changes:
    """What a replan would do, or did."""

    sequences: tuple[SequenceChange, ...] = ()

    @property
    def touched(self) -> int:
        return sum(change.touched for change in self.sequences)


def is_settled(db: sqlite3.Connection, sop: Sop) -> bool:
    """Whether plans follow the steps of this SOP.

    The first SOP that a desk ever sees is taken as the one that plans follow.
    """
    digest = _digest(_body(sop.sequences))
    kept = _in_force(db)
    if kept is None:
        accept(db, sop)
        return True
    return kept[0] == digest


def accepted(db: sqlite3.Connection) -> Shape:
    """The steps that plans follow; empty on a desk that has seen no SOP yet."""
    kept = _in_force(db)
    return () if kept is None else _shape(kept[1])


def accept(db: sqlite3.Connection, sop: Sop) -> None:
    """Takes an SOP's steps as those that plans follow, where nobody's plan changes by it."""
    with transaction(db):
        keep_shape(db, sop, None)


def begin(db: sqlite3.Connection, sop: Sop) -> None:
    """The same within a transaction, on a desk that has seen no SOP yet."""
    if _in_force(db) is None:
        keep_shape(db, sop, None)


def plan_changes(db: sqlite3.Connection, old: Shape, shift: Shift, today: int) -> Changes:
    """What a replan from `old` to the shift's SOP would change, without changing it."""
    return _summed(_plans(db, old, shift, today))


def keep_plans(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    each: Callable[[Iterable[Move]], Iterable[Move]] = iter,
) -> tuple[Event, Changes]:
    """Leaves every plan that can still be followed; from now on plans follow the shift's SOP.

    Who stands at a step that is gone goes on as by `replan`, with the step that
    follows it or to the sequence's end: nobody is left where nothing comes.
    """
    with transaction(db):
        plans = (plan for plan in _plans(db, accepted(db), shift, now.day) if _is_gone(plan))
        return _give(db, shift, now, tuple(plans), each)


def replan(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    each: Callable[[Iterable[Move]], Iterable[Move]] = iter,
) -> tuple[Event, Changes]:
    """Gives contacts under way the steps and days of the shift's SOP, all or none.

    Works from the steps accepted last. One step of the operator, undone as one;
    what a contact does afterwards stands whatever becomes of it. `each` is
    passed the moves and may count them; if it raises, nothing is kept.
    """
    with transaction(db):
        plans = tuple(_plans(db, accepted(db), shift, now.day))
        return _give(db, shift, now, plans, each)


def move(
    db: sqlite3.Connection, shift: Shift, now: Moment, head: Event, moves: Iterable[Move]
) -> None:
    """Gives contacts their steps and days as parts of `head`, within its transaction."""
    seq, link = db.execute(named()["last_link"]).fetchone()
    for state, then in moves:
        event = draft(shift, now, Kind.PLANNED, state.contact)._replace(ref=head.seq, then=then)
        event, link = log.append_after(db, event, seq, link)
        seq = event.seq
        derived.record(db, event, derived.state_of(db, state.contact))


def keep_shape(db: sqlite3.Connection, sop: Sop, since: int | None) -> None:
    """Keeps an SOP's steps as those that plans follow, within a transaction."""
    body = _body(sop.sequences)
    db.execute(
        named()["keep_shape"],
        {"version": sop.version, "digest": _digest(body), "body": body, "since_seq": since},
    )


Plan = tuple[str, ContactState, Then]
"""The sequence that a contact walked, where it stands, and what a replan decides."""


def _is_gone(plan: Plan) -> bool:
    """Whether the contact's step is gone, so that another one follows or none."""
    _sequence, state, then = plan
    return then.finished or then.step not in (None, state.step)


def _give(
    db: sqlite3.Connection,
    shift: Shift,
    now: Moment,
    plans: Collection[Plan],
    each: Callable[[Iterable[Move]], Iterable[Move]],
) -> tuple[Event, Changes]:
    """Writes the decision and what it gives to whom, within a transaction."""
    moves = [(state, then) for _sequence, state, then in plans if then != Then()]
    changed = dict.fromkeys(sequence for sequence, _state, _then in plans)
    head = _decide(db, shift, now, len(moves), changed)
    move(db, shift, now, head, each(moves))
    return head, _summed(plans)


def _plans(db: sqlite3.Connection, old: Shape, shift: Shift, today: int) -> Iterator[Plan]:
    """Every contact at a step of a sequence that changed."""
    new = {s.id: s for s in _stage_sequences(shift.sop.sequences)}
    for sequence in old:
        walked = new.get(sequence.id)
        if walked is not None and _plain(walked) == _plain(sequence):
            continue
        rows = db.execute(named()["under_way"], {"sequence": sequence.id}).fetchall()
        for state in map(derived.state_from, rows):
            goes_to = walks_on(old, sequence, shift.sop, state.stage)
            then = replanned(sequence, goes_to, state, shift.calendar, today, shift.settings)
            yield sequence.id, state, then


def walks_on(old: Shape, sequence: Sequence, sop: Sop, stage: str) -> Sequence | None:
    """The sequence that a contact of a stage walks on in; None when there is none for it.

    Another one only if the stage was the sequence's and is no longer, or the
    sequence is gone.
    """
    same = next((s for s in _stage_sequences(sop.sequences) if s.id == sequence.id), None)
    served = next((s for s in old if stage in s.stages), None)
    if same is not None and (served is None or served.id != sequence.id):
        return same
    return sop.sequence_for(stage)


def _summed(plans: Iterable[Plan]) -> Changes:
    """Plans as numbers, by sequence."""
    counts: dict[str, list[int]] = {}
    for sequence, state, then in plans:
        if state.status is Status.DO_NOT_CONTACT:
            continue
        found = counts.setdefault(sequence, [0, 0, 0, 0])
        found[0] += 1
        if then.finished:
            found[2] += 1
        elif then != Then():
            found[1 if then.step != state.step else 3] += 1
    return Changes(tuple(SequenceChange(name, *found) for name, found in counts.items()))


def _decide(
    db: sqlite3.Connection, shift: Shift, now: Moment, moved: int, sequences: Iterable[str]
) -> Event:
    """Writes the decision, with the names of the sequences whose people it is about."""
    found = ((id_, shift.sop.sequence(id_)) for id_ in sequences)
    names = ", ".join(sequence.name if sequence else id_ for id_, sequence in found)
    event = draft(shift, now, Kind.REPLAN, None)._replace(
        version=shift.sop.version,
        amount=moved,
        text={"sequence": names} if names else {},
    )
    head = log.append(db, event)
    keep_shape(db, shift.sop, head.seq)
    return head


def _in_force(db: sqlite3.Connection) -> tuple[str, str] | None:
    """Digest and body of the steps accepted last whose decision was not taken back."""
    undone = derived.desk_marks(db)
    for _version, digest, body, since in db.execute(named()["shapes"]):
        if since not in undone:
            return digest, body
    return None


def _stage_sequences(sequences: Iterable[Sequence]) -> list[Sequence]:
    """The sequences whose changes somebody decides about: those for events and states of
    interaction follow the SOP by themselves, see `store.walking`."""
    return [s for s in sequences if s.kind is Walked.STAGE]


def _plain(sequence: Sequence) -> tuple[object, ...]:
    steps = tuple((s.id, s.day, s.stages) for s in sequence.steps)
    return sequence.id, sequence.stages, steps


def _body(sequences: Iterable[Sequence]) -> str:
    """A shape as JSON; the order of the files does not count."""
    plain = sorted(map(_plain, _stage_sequences(sequences)))
    return json.dumps(plain, ensure_ascii=False)


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def _shape(body: str) -> Shape:
    return tuple(
        Sequence(
            sequence,
            sequence,
            tuple(stages),
            tuple(Step(step, day, "", stages=tuple(only)) for step, day, only in steps),
        )
        for sequence, stages, steps in json.loads(body)
    )
