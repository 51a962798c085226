"""A version that may be published: what changes, who moves, and the key that does it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.events import Event
from rules.succession import Choice
from rules.wording import DeskError
from store.publishing import Plan, Reason, SequencePlan
from store.queue import contacts_total
from tui.keys import APP_KEYS, LIST_KEYS
from tui.opening import OpenDesk
from tui.publishing import Proposal, plan_of, proposal, publish
from tui.screens.dialogs import ChoiceDialog, Option
from tui.screens.list_screen import ListScreen
from tui.screens.sop import publish_drawing as drawing
from tui.screens.sop.asking import ask_reason
from tui.screens.sop.keys import PUBLISH_KEYS
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.show import show
from tui.sop_wording import edit_words, unready_lines
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _

MANY = 5000
"""Contacts from which a plan takes longer than a frame or two."""
CHOICES = tuple(Choice)


def look_at(app: App[Any], desk: OpenDesk, folder: Path) -> None:
    """Shows a folder's version and what it would do. Raises SopFaulty, SameVersion."""
    proposed = proposal(desk, folder)
    app.push_screen(PublishScreen(desk, proposed))


class PublishScreen(ListScreen):
    """The changes in words, and a row for each sequence with what becomes of its contacts."""

    NAME = "sop"
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*PUBLISH_KEYS, *LIST_KEYS)]
    KEYS = (*PUBLISH_KEYS, *APP_KEYS, *LIST_KEYS)

    def __init__(self, desk: OpenDesk, proposed: Proposal) -> None:
        super().__init__(desk)
        self.proposed = proposed
        self.cursor = 0
        self.choices: dict[str, Choice] = {}
        self.told = Plan()

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="difference", classes="pane")
        rows = QueueList(self._row, id="soprows")
        rows.add_class("pane")
        yield rows
        yield Lines(id="soptold", classes="pane")

    @property
    def place(self) -> tuple[int, int]:
        return self.cursor, len(self.told.sequences)

    @property
    def current(self) -> SequencePlan | None:
        return self.told.sequences[self.cursor] if self.told.sequences else None

    def on_mount(self) -> None:
        self.call_after_refresh(self._plan)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.ignore_text()

    def sop_changed(self) -> None:
        """The files in use were edited meanwhile: the difference and the plan are others."""
        self.attempt(self._look_again)

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self.told.sequences) - 1))
        self.query_one(QueueList).move_to(self.cursor)
        self._draw_told()

    def action_choose(self, by: int) -> None:
        """Another choice for the contacts of the sequence under the cursor."""
        if self.current is None:
            return
        place = CHOICES.index(self.current.choice)
        self.choices[self.current.sequence] = CHOICES[(place + by) % len(CHOICES)]
        self._plan()

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_publish(self) -> None:
        if self.in_burst():
            return
        if not self.told.blocked:
            ask_reason(self.app, self._publish)
            return

        def decided(answer: str | None) -> None:
            if answer:
                ask_reason(self.app, self._publish)

        body = unready_lines(self.proposed.unready, self.told.blocked, self.proposed.shift.sop)
        options = [Option("1", _("publish all the same"), "anyway")]
        title = _("Not all of it is written")
        self.app.push_screen(ChoiceDialog(title, options, body=[*body, ""]), decided)

    def _look_again(self) -> None:
        self.proposed = proposal(self.desk, self.proposed.folder)
        self._plan()

    def _plan(self) -> None:
        """Who stays, moves, restarts or finishes; behind a window where they are many."""

        def work(watch: Watch) -> Plan:
            return plan_of(self.desk, self.proposed, self.choices, watch.each)

        if contacts_total(self.desk.db) < MANY:
            self._planned(outcome_of(work, Watch()))
        else:
            hint = _("Esc stops it; nothing is changed by looking")
            self.app.push_screen(WorkDialog(_("Looking who moves"), work, 0, hint), self._planned)

    def _planned(self, outcome: Outcome[Plan] | None) -> None:
        if outcome is None or outcome.value is None:
            if outcome is not None and outcome.error is not None:
                self.attempt(partial(_fail, outcome.error))
            return
        self.told = outcome.value
        self.redraw()

    def _publish(self, reason: Reason) -> None:
        desk, folder = self.desk, self.proposed.folder
        work: WorkDialog[Event] = WorkDialog(
            _("Publishing"),
            lambda watch: publish(desk, folder, self.choices, reason, watch.each),
            self.told.under_way,
            _("Esc stops it; then nothing was published"),
        )
        self.app.push_screen(work, self._ended)

    def _ended(self, outcome: Outcome[Event] | None) -> None:
        if outcome is None:
            return
        if outcome.value is None:
            if outcome.error is not None:
                self.attempt(partial(_fail, outcome.error))
            return
        head = outcome.value
        told = _(
            "SOP {version} is in use, {n} contacts moved. F10 takes it back.",
            version=show(head.version or "", 20),
            n=head.amount or 0,
        )
        self.app.pop_screen()
        shown = cast("ListScreen", self.app.screen)

        def follow() -> None:
            shown.follow_log()
            shown.say(f"✓ {told}", "success")
            shown.draw_bars("")

        shown.attempt(follow)

    def redraw(self) -> None:
        new, pane = self.proposed, self.query_one("#difference", Lines)
        pane.border_title = Content(show(drawing.heading(new, self.desk.shift.sop)))
        lines = [edit_words(new.edit, len(new.reading.faults))]
        lines += unready_lines(new.unready, self.told.blocked, new.shift.sop)
        lines += drawing.difference(self.desk.shift.sop, new.shift.sop)
        height = min(len(lines) + 1, max(4, self.size.height // 4))
        pane.styles.height = height + 2
        pane.draw(drawing.columns(lines, pane.size.width, height))
        rows = self.query_one(QueueList)
        rows.border_title = Content(_("Contacts under way"))
        nothing = drawing.empty_lines(rows.size.width)
        count = len(self.told.sequences)
        rows.show_rows(count, self.cursor, () if count else nothing)
        self._draw_told()

    def _draw_told(self) -> None:
        pane, plan = self.query_one("#soptold", Lines), self.current
        lines: list[Line] = []
        if plan is not None:
            lines = drawing.plan_detail(plan, self.desk.shift.sop, pane.size.width)
        pane.draw(lines)
        self.draw_bars("")

    def _row(self, index: int, width: int) -> Line:
        return drawing.plan_line(self.told.sequences[index], self.desk.shift.sop, width)


def _fail(error: DeskError) -> None:
    raise error
