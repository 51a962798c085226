"""The Content screen: each content's figures and verdict, the details of the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from rules.periods import Months, months_of
from rules.sop import Sop
from rules.trends import Trend
from rules.verdicts import Evidence, Verdict
from rules.wording import N_
from scripts.lint import Finding, by_content, lint
from store.carrying import Carried, carried
from store.people import names_known
from store.review import ContentReview, review, trend_of
from tui.keys import APP_KEYS, EXPORT_KEYS, FIND_KEY, LIST_KEYS, Key
from tui.opening import OpenDesk
from tui.screens.contents import columns, drawing
from tui.screens.contents.behind import BehindScreen
from tui.screens.contents.choosing import Filter, Shown, title_of
from tui.screens.contents.keys import CONTENT_KEYS
from tui.screens.list_screen import ReadingScreen
from tui.screens.room import Below
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _

NEWEST = 20_000
"""Contacts whose names no case may show; siyu sop check looks at all of them."""


class ContentScreen(ReadingScreen):
    """What came back, per content and SOP version."""

    NAME = "content"
    TOLD = "#behind"
    INTRO = N_(
        "What came back to each content. A rate stands with the interval in which it"
        " lies with 95 % certainty. Before a title, ↓ means that a premium content wears"
        " out, ! that siyu sop check has something to say; an asterisk marks a script"
        " that is no longer in use."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*CONTENT_KEYS, FIND_KEY, *EXPORT_KEYS, *LIST_KEYS)
    ]
    KEYS = (*CONTENT_KEYS, FIND_KEY, *APP_KEYS, *EXPORT_KEYS, *LIST_KEYS)

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.shown = Shown()
        self.rows: list[ContentReview] = []
        self._all: tuple[ContentReview, ...] = ()
        self._carried: dict[str, Carried] = {}
        self._trends: dict[tuple[str, str], Trend] = {}
        """Of the contents, with their version, that were drawn."""
        self._checked: Sop | None = None
        self._findings: dict[str, list[Finding]] = {}

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="progress", classes="bar")
        contents = QueueList(self._row, id="contents")
        contents.add_class("pane")
        yield contents
        with Horizontal(id="behind"):
            yield Lines(id="figures", classes="pane")
            yield Lines(id="parts", classes="pane")

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self.rows)

    @property
    def keys_shown(self) -> Sequence[Key]:
        """Before anything was sent, no key for a row is of use."""
        return self.KEYS if self._all or self.shown != Shown(self.shown.order) else APP_KEYS

    @property
    def told_rows(self) -> int:
        return max(11, min(14, self.size.height * 2 // 5))

    def place_told(self, room: Below) -> None:
        """On a narrow screen the verdict alone: the figures stand in the list."""
        super().place_told(room)
        self.query_one("#figures").display = room.fits and room.side_by_side

    def sop_changed(self) -> None:
        self.read()
        self.redraw()

    @property
    def current(self) -> ContentReview | None:
        return self.rows[self.cursor] if self.rows else None

    def action_sort(self) -> None:
        self._show(self.shown.next_order())

    def action_filter(self, name: Filter) -> None:
        self._show(self.shown.next_of(name, self._all, self.desk.shift.sop))

    def action_period(self) -> None:
        self._show(self.shown.next_period())

    def action_stage(self, by: int) -> None:
        self._show(self.shown.next_stage(by, self.desk.shift.sop.stage_names()))

    def action_clear(self) -> None:
        self._show(Shown(self.shown.order))

    def action_open_replies(self) -> None:
        """The replies and notes behind the content under the cursor."""
        if self.current is not None:
            self.app.push_screen(self._behind(self.current))

    def _behind(self, row: ContentReview) -> BehindScreen:
        return BehindScreen(self.desk, row, self.shown.stage or None, self._months)

    def action_export(self) -> None:
        """Writes the figures that are listed, filtered and sorted as they are."""
        from tui import content_table
        from tui.screens.exporting import Table, ask_and_write

        rows, sop = tuple(self.rows), self.desk.shift.sop
        told = Table(
            "content",
            content_table.headings(),
            len(rows),
            lambda: (content_table.content_cells(row, sop) for row in rows),
        )
        ask_and_write(self, told)

    def _show(self, shown: Shown) -> None:
        """Another order or filter, from the top."""
        self.shown, self.rows = shown, []
        self.read()
        self.redraw()

    def read(self) -> None:
        """Reads the figures; the cursor stays on its content."""
        desk, here = self.desk, self.current
        self._all = review(desk.db, desk.shift.sop, self.shown.stage or None, self._months)
        self._carried = carried(self._all, desk.shift.sop)
        self._trends = {}
        self.rows = self.shown.only(self._all, desk.shift.sop)
        self._check(desk.shift.sop)
        same = (
            place
            for place, row in enumerate(self.rows)
            if here and (row.content, row.version) == (here.content, here.version)
        )
        self.cursor = next(same, 0)

    def _check(self, sop: Sop) -> None:
        """Checks the contents once for each reading of the SOP's files."""
        if self._checked is not sop:
            people = names_known(self.desk.db, NEWEST)
            found = lint(sop, self.desk.clock().day, people)
            self._checked, self._findings = sop, by_content(found)

    def _found(self, row: ContentReview) -> list[Finding]:
        """What the checks found in a content; nothing in that of an earlier version."""
        same = row.version == self.desk.shift.sop.version
        return self._findings.get(row.content, []) if same else []

    def redraw(self) -> None:
        progress, queue = self.query_one("#progress", Lines), self.query_one(QueueList)
        sop = self.desk.shift.sop
        width = queue.size.width
        heading = columns.heading_line(width, versions=self._several) if self.rows else ()
        progress.draw([((" ", "plain"), *heading)])
        title = drawing.shown_words(self.shown, len(self.rows), sop)
        queue.border_title = Content(show(title, max(0, width - 4)))
        filtered = self.shown != Shown(self.shown.order)
        nothing = () if self.rows else drawing.empty_lines(filtered, queue.size.width)
        queue.show_rows(len(self.rows), self.cursor, nothing)
        self.draw_told()

    def draw_told(self) -> None:
        figures, parts = self.query_one("#figures", Lines), self.query_one("#parts", Lines)
        row, sop = self.current, self.desk.shift.sop
        if row is None:
            figures.border_title = parts.border_title = ""
            figures.draw([])
            parts.draw([])
        else:
            found = self._trend(row)
            title = show(title_of(row, sop), max(0, figures.size.width - 2))
            figures.border_title = Content(title)
            lines = drawing.figure_lines(row, figures.size.width)
            lines[:0] = drawing.earlier_lines(row, self._carried, figures.size.width)
            figures.draw(lines)
            parts.border_title = Content(_("Verdict"))
            verdict_of, width = partial(self._verdict, row), parts.size.width
            told = self._found(row)
            parts.draw(drawing.part_lines(row, sop, verdict_of, told, found, width))
        self.draw_bars("")

    def _row(self, index: int, width: int) -> Line:
        row = self.rows[index]
        title = title_of(row, self.desk.shift.sop)
        marks = columns.Marks(title, self._trend(row).way, found=bool(self._found(row)))
        return columns.row_line(row, marks, width, versions=self._several)

    @property
    def _several(self) -> bool:
        """Whether there is more than one version to tell apart."""
        return len({row.version for row in self._all}) > 1

    def _trend(self, row: ContentReview) -> Trend:
        """Read when a row is drawn, and kept until the figures are read anew."""
        key = row.content, row.version
        if key not in self._trends:
            self._trends[key] = self._read_trend(row)
        return self._trends[key]

    def _read_trend(self, row: ContentReview) -> Trend:
        rules, stage = self.desk.shift.sop.verdicts, self.shown.stage or None
        of = (row.content, row.version, rules, stage, self._months, self.desk.clock().day)
        return trend_of(self.desk.db, *of)

    @property
    def _months(self) -> Months:
        return months_of(self.shown.period, self.desk.clock().day)

    def _verdict(self, row: ContentReview, part: Evidence) -> Verdict:
        return row.part(part, self.desk.shift.sop.verdicts).verdict
