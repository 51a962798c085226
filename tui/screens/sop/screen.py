"""The SOP screen: four views of the version in use, and the way to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.comparison import Comparison
from rules.sop import Sop
from rules.wording import N_
from sop_content.faults import Fault
from store.adjustments import Adjustment, give_reason
from store.publishing import Reason
from tui.banners import STEPS
from tui.comparison_wording import outcome_words, table_lines
from tui.keys import APP_KEYS, EXPORT_KEYS, FIND_KEY, LIST_KEYS, Key
from tui.opening import OpenDesk
from tui.screens.list_screen import PANE_EDGE, ReadingScreen
from tui.screens.outside import Outside
from tui.screens.sop import drawing
from tui.screens.sop.asking import ask_folder, ask_new_folder, ask_reason
from tui.screens.sop.keys import SOP_KEYS, keys_of_use
from tui.screens.sop.reading import VIEWS, Shown, View, practice_of, read_shown
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _
from tui.wrapping import wrap

MANY = 2
"""Versions beyond which there are others to compare."""
REST = 8
"""Rows of the screen that are neither rows of the list nor of the pane below it."""


class SopScreen(ReadingScreen):
    """Steps with their verdicts, problems, the adjustment log, two versions side by side."""

    NAME = "sop"
    TOLD = "#soptold"
    INTRO = N_(
        "The SOP in use: its steps with what came back to each content, what the checks"
        " found, why it was changed, and the versions side by side."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key.binding() for key in (*SOP_KEYS, FIND_KEY, *EXPORT_KEYS, *LIST_KEYS)
    ]
    KEYS = (*SOP_KEYS, FIND_KEY, *APP_KEYS, *EXPORT_KEYS, *LIST_KEYS)

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.view = View.STEPS
        self.shown = Shown(desk)
        self._older = 1
        """Place of the version that the newest is compared with."""
        self._checked: Sop | None = None
        self._practice: tuple[Fault, ...] = ()
        """What good practice says of it: once for each reading of the SOP's files."""
        self._table: list[Line] = []
        self._compared: Comparison | None = None

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="progress", classes="bar")
        rows = QueueList(self._row, id="soprows")
        rows.add_class("pane")
        yield rows
        yield Lines(id="soptold", classes="pane")

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self._rows)

    @property
    def keys_shown(self) -> Sequence[Key]:
        """Those of one view only there, that for changed steps while they wait."""
        now = {
            "reason": self.view is View.LOG and bool(self.shown.log),
            "version(1)": self.view is View.COMPARE and len(self.shown.known) > MANY,
            "decide_steps": STEPS in self.desk.banners,
        }
        return keys_of_use(self.KEYS, [action for action, here in now.items() if here])

    @property
    def versions(self) -> tuple[str, str] | None:
        """The two versions that are compared, the older first."""
        known = self.shown.known
        if len(known) <= self._older:
            return None
        return known[self._older], known[0]

    @property
    def told_rows(self) -> int:
        """More of it where the list is short and what is told long, nothing below an empty one."""
        if not self._rows:
            return 0
        usual = max(7, min(14, self.size.height // 3))
        if self.view in (View.PROBLEMS, View.LOG):
            return max(usual, self.size.height - len(self._rows) - REST)
        return usual

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.ignore_text()

    def sop_changed(self) -> None:
        self.read()
        self.redraw()

    def action_view(self, name: str) -> None:
        self.view, self.cursor = View(name), 0
        self.redraw()

    def action_next_view(self) -> None:
        self.action_view(VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)])

    def action_version(self, by: int) -> None:
        """Compares the newest version with another one."""
        others = len(self.shown.known) - 1
        if self.view is View.COMPARE and others > 0:
            self._older = 1 + (self._older - 1 + by) % others
            self.redraw()

    def action_reason(self) -> None:
        """Says why the change under the cursor was made."""
        if self.view is not View.LOG or not self.shown.log or self.in_burst():
            return
        ask_reason(self.app, partial(self._reasoned, self.shown.log[self.cursor]))

    def action_export(self) -> None:
        """Writes the view that is shown."""
        # Imported when asked for: the start does not wait for CSV and XLSX.
        from tui.screens.exporting import ask_and_write
        from tui.screens.sop.tables import table_of

        ask_and_write(self, table_of(self.view, self.shown, self.versions))

    def action_open_next(self) -> None:
        """Opens the folder of a version that may be published."""
        if not self.in_burst():
            ask_folder(self.app, self.desk, self._opened)

    def action_draft(self) -> None:
        """Writes the next version from what came back, as files to edit."""
        if not self.in_burst():
            ask_new_folder(
                self.app, self.desk, lambda place: self.attempt(partial(self._draft, place))
            )

    def action_decide_steps(self) -> None:
        """Asks what becomes of contacts under way whose steps changed."""
        if not self.in_burst():
            cast("Outside", self.app).decide_steps()

    def _draft(self, place: Path) -> None:
        from sop_content.writing import write_folder
        from tui.drafting import PAGE, draft_of

        made = draft_of(self.desk)
        write_folder(place, made.files)
        version = show(made.version.sop.version)

        def told(folder: str) -> str:
            words = _("SOP {new} drafted in {folder}; {page} tells why",
                      new=version, folder=show(folder), page=PAGE)  # fmt: skip
            return f"✓ {words} · " + _("5 opens it")

        whole = told(str(place))
        fits = cell_len(whole) <= self.room_for_message
        self.say(whole if fits else told(f"…/{place.name}"), "success")
        self.redraw()

    def _opened(self, folder: Path) -> None:
        from tui.screens.sop.publish_screen import look_at

        self.attempt(partial(look_at, self.app, self.desk, folder))

    def _reasoned(self, one: Adjustment, reason: Reason) -> None:
        def write() -> None:
            desk = self.desk
            give_reason(desk.db, desk.shift, desk.clock(), one.event.seq, reason)
            self.say("✓ " + _("The reason is kept."), "success")
            self.sop_changed()

        self.attempt(write)

    def read(self) -> None:
        if self._checked is not self.desk.shift.sop:
            self._checked, self._practice = self.desk.shift.sop, practice_of(self.desk)
        # Errors of an edit come while the SOP before them stays in use.
        self.shown = read_shown(self.desk, (*self.desk.faults, *self._practice))
        self._older = max(1, min(self._older, len(self.shown.known) - 1))

    @property
    def _rows(self) -> tuple[object, ...]:
        if self.view is View.COMPARE:
            return tuple(self._table)
        by_view: dict[View, tuple[object, ...]] = {
            View.STEPS: self.shown.steps,
            View.PROBLEMS: self.shown.problems,
            View.LOG: self.shown.log,
        }
        return by_view[self.view]

    def redraw(self) -> None:
        progress, rows = self.query_one("#progress", Lines), self.query_one(QueueList)
        progress.draw([drawing.views_line(self.shown, self.view, progress.size.width)])
        self._compare(rows.size.width)
        self.make_room()
        self.cursor = max(0, min(self.cursor, len(self._rows) - 1))
        rows.border_title = Content(show(drawing.view_word(self.view)))
        figures = _("verdict and sends of each content") if self.view is View.STEPS else ""
        rows.border_subtitle = Content(figures)
        nothing = () if self._rows else drawing.empty_lines(self.view, rows.size.width)
        rows.show_rows(len(self._rows), self.cursor, nothing)
        self.draw_told()

    def draw_told(self) -> None:
        told = self.query_one("#soptold", Lines)
        width = self.size.width - PANE_EDGE  # the pane may just have come, without a size yet
        told.border_title = ""
        told.draw(self._told(width) if self._rows else [])
        self.draw_bars("")

    def _told(self, width: int) -> list[Line]:
        if self.view is View.STEPS:
            return drawing.step_lines(self.shown.steps[self.cursor], self.shown, width)
        if self.view is View.PROBLEMS:
            return drawing.problem_lines(self.shown.problems[self.cursor], width)
        if self.view is View.LOG:
            return drawing.log_lines(self.shown.log[self.cursor], self.shown, width)
        if self._compared is None or self.versions is None:
            return []
        texts = (
            drawing.version_choice(self.versions, self.shown.known),
            outcome_words(self._compared),
            _("Equal mix: both versions are weighed with the same mix of stages."),
        )
        return [((row, "plain"),) for text in texts for row in wrap(text, width)]

    def _compare(self, width: int) -> None:
        self._table, self._compared = [], None
        names, sop = self.versions, self.desk.shift.sop
        if self.view is View.COMPARE and names is not None:
            self._compared = self.shown.compared(*names)
            self._table = table_lines(self._compared, names, sop, width)

    def _row(self, index: int, width: int) -> Line:
        if self.view is View.STEPS:
            return drawing.step_line(self.shown.steps[index], self.shown, width)
        if self.view is View.PROBLEMS:
            return drawing.problem_line(self.shown.problems[index], width)
        if self.view is View.LOG:
            return drawing.log_line(self.shown.log[index], self.shown, width)
        return self._table[index]
