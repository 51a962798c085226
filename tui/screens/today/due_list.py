"""The rows of Today's list: one stage's due contacts for one operator. Without Textual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.queue import DueRow, Place, StageCount, due_page, due_row, place_of, stage_counts
from tui.opening import OpenDesk
from tui.screens.pages import PAGE, Pages
from tui.screens.today import drawing

if TYPE_CHECKING:
    from tui.widgets.lines import Line


class DueList(Pages[DueRow]):
    """One stage at a time."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self._desk = desk
        self.stage = ""
        self.counts: tuple[StageCount, ...] = ()
        """Every stage in the SOP's order."""
        self._longest = drawing.LONGEST_NAME
        self._place = Place()

    def begin_day(self) -> None:
        """The first stage in which somebody is due, the cursor on whom may be written to now."""
        self.read_counts()
        self.open_stage(next((c.stage for c in self.counts if c.due), self.counts[0].stage))
        self.to_first_open()

    def read_counts(self) -> None:
        desk = self._desk
        names, today = desk.shift.sop.stage_names(), desk.clock().day
        self.counts = stage_counts(desk.db, desk.shift.operator, names, today)

    def to_first_open(self) -> None:
        """The cursor on the first row whose step may go at this hour, if there is one."""
        rows = enumerate(self.rows)
        self.cursor = next((place for place, row in rows if not self._hours(row)), 0)

    def measure_names(self) -> None:
        """Fits the column of names to those of the list."""
        self._longest = drawing.usual_longest([row.name for row in self.rows])

    def row_line(self, index: int, width: int, mark: str = "") -> Line:
        """A row as it is drawn, `mark` before it."""
        desk, row = self._desk, self.rows[index]
        room = desk.shift.settings.daily_cap - sum(count.sent for count in self.counts)
        return drawing.row_line(
            row,
            drawing.step_words(desk.shift.sop, row.sequence, row.step),
            desk.clock().day,
            mark,
            width,
            capped=index >= room and not mark,
            hours="" if mark else self._hours(row),
            longest=self._longest,
        )

    def title_line(self) -> Line:
        """The stages with their counts, the one shown marked."""
        names = self._desk.shift.sop.stage_words()
        return drawing.stages_line(self.counts, names, self.stage)

    def progress_line(self, width: int) -> Line:
        """The day so far."""
        return drawing.progress_line(self.counts, self._desk.shift.settings.daily_cap, width)

    def _hours(self, row: DueRow) -> str:
        return drawing.hours_words(self._desk.shift.sop, row, self._desk.clock().minute)

    def open_stage(self, stage: str, on: int | None = None) -> None:
        """Reads a stage from its beginning, the cursor on contact `on` if it is there."""
        self.stage, self._place = stage, Place()
        self.begin(on)

    def still_due(self, row: DueRow) -> bool:
        """Whether a row, read anew, belongs in the list."""
        fresh = self.fresh(row)
        if fresh is None or fresh.due is None or fresh.stage != self.stage:
            return False
        return fresh.due <= self._desk.clock().day

    def fresh(self, row: DueRow) -> DueRow | None:
        return due_row(self._desk.db, row.contact)

    def page(self) -> Sequence[DueRow]:
        desk = self._desk
        day = desk.clock().day
        found = due_page(desk.db, desk.shift.operator, self.stage, day, self._place, PAGE)
        if found:
            self._place = place_of(found[-1])
        return found
