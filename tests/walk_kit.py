"""An SOP with one event, one sequence for low interaction and one for recall, on the small desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rules.nouns import Walked
from rules.sop import Sequence, Sop, Step
from rules.timing import Moment
from store import derived
from store.walking import Looked, look_at_sequences
from tests.desk_kit import MONDAY, SOP, Desk, content, moment, shift
from tests.rule_kit import compiled

FAIR_DAY = MONDAY + 16
"""A Wednesday."""


def sequence(sequence_id: str, kind: Walked, when: str, steps: str, **fields: Any) -> Sequence:
    """A sequence whose steps are written as `invite:-7 thanks:2`, the content called alike."""
    pairs = (step.split(":") for step in steps.split())
    walked = tuple(Step(name, int(day), name) for name, day in pairs)
    made = Sequence(sequence_id, sequence_id.title(), (), walked, kind, compiled(when))
    return replace(made, **{"priority": 5, **fields})


FAIR = sequence(
    "fair", Walked.EVENT, "stage <> 'mql'", "invite:-7 remind:-1 notes:2", on=FAIR_DAY, priority=7
)
QUIET = sequence(
    "quiet",
    Walked.LOW_INTERACTION,
    "touch_count >= 1 and unanswered = 1 and days_since_touch >= 3",
    "ask:0 clip:4",
    priority=4,
    again_after=20,
)
BACK = sequence(
    "back", Walked.RECALL, "finished = 1 and days_since_touch >= 10", "news:0", priority=2
)
NAMES = ("invite", "remind", "notes", "ask", "clip", "news")
CONTENTS = tuple(content(name, f"{name} {{name}}") for name in NAMES)


def sop(sequences: Iterable[Sequence] = (FAIR, QUIET, BACK), base: Sop = SOP) -> Sop:
    """The small desk's SOP and these interaction sequences."""
    known = {**base.contents, **{c.id: c for c in CONTENTS}}
    return replace(base, sequences=(*base.sequences, *sequences), contents=known)


def work_by(desk: Desk, *sequences: Sequence, **settings: Any) -> None:
    """The desk works by the SOP with these interaction sequences from now on."""
    desk.shift = shift(desk.shift.operator, sop(sequences), **settings)


def look(desk: Desk, day: int = MONDAY) -> Looked:
    return look_at_sequences(desk.db, desk.shift, moment(day))


def at(day: int = MONDAY, hour: int = 10) -> Moment:
    return moment(day, hour)


def planned(desk: Desk, contact: int) -> dict[str, tuple[str | None, int | None]]:
    """Each plan's step and its due day, counted from the Monday."""
    return {
        name: (walk.step, None if walk.due is None else walk.due - MONDAY)
        for name, walk in derived.plans_of(desk.db, contact).items()
    }


def in_front(desk: Desk, contact: int) -> tuple[str | None, str | None, int | None]:
    """What the queue sees: sequence, step, due day counted from the Monday."""
    state = desk.state(contact)
    return state.sequence, state.step, None if state.due is None else state.due - MONDAY
