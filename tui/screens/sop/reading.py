"""What the SOP screen shows, read from the desk: rows by view, nothing drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.comparison import Comparison, compare
from rules.sop import Sequence, Step
from scripts.lint import lint
from sop_content.faults import Fault
from sop_content.folder import gather
from sop_content.lint_places import located
from store.adjustments import Adjustment, adjustments, effect, versions
from store.carrying import carried
from store.people import names_known
from store.review import ContentReview, review
from tui.opening import OpenDesk

NEWEST = 20_000
"""Contacts whose names no case may show, the newest."""


class View(StrEnum):
    """What the list holds."""

    STEPS = "steps"
    PROBLEMS = "problems"
    LOG = "log"
    COMPARE = "compare"


VIEWS = tuple(View)


@dataclass(frozen=True)
class StepRow:
    """A sequence, or one of its steps."""

    sequence: Sequence
    step: Step | None = None


@dataclass
class Shown:
    """All that was read; the effects are measured when somebody looks at them."""

    desk: OpenDesk
    steps: tuple[StepRow, ...] = ()
    reviews: Mapping[str, ContentReview] = field(default_factory=dict)
    """By content, of the newest version that is judged, else of the newest that sent it."""
    problems: tuple[Fault, ...] = ()
    log: tuple[Adjustment, ...] = ()
    known: tuple[str, ...] = ()
    """Versions that were sent by, the newest first."""
    _effects: dict[int, Comparison] = field(default_factory=dict)

    def effect(self, one: Adjustment) -> Comparison:
        """What came of a change."""
        found = self._effects.get(one.event.seq)
        if found is None:
            found = effect(self.desk.db, self.log, one, self.desk.shift.sop)
            self._effects[one.event.seq] = found
        return found

    def compared(self, first: str, second: str) -> Comparison:
        """Two versions on equal stages."""
        sides, sop = versions(self.desk.db), self.desk.shift.sop
        return compare(sides.get(first, {}), sides.get(second, {}), sop.verdicts, sop.stage_names())


def read_shown(desk: OpenDesk, problems: tuple[Fault, ...]) -> Shown:
    """Everything but the effects; `problems` are errors, then what `practice_of` found."""
    sop = desk.shift.sop
    found = carried(review(desk.db, sop), sop)
    reviews = {name: one.review for name, one in found.items()}
    return Shown(
        desk,
        tuple(row for sequence in sop.sequences for row in _rows(sequence)),
        reviews,
        problems,
        adjustments(desk.db),
        tuple(versions(desk.db)),
    )


def practice_of(desk: OpenDesk) -> tuple[Fault, ...]:
    """What good practice would do another way in the SOP in use, by file and line."""
    sop = desk.shift.sop
    found = lint(sop, desk.clock().day, names_known(desk.db, NEWEST))
    told = located(found, gather(desk.sop_path))
    return tuple(sorted(told, key=lambda fault: (fault.path, fault.line)))


def _rows(sequence: Sequence) -> list[StepRow]:
    return [StepRow(sequence), *(StepRow(sequence, step) for step in sequence.steps)]
