"""What a file would bring: its columns, its first rows, the counts; and the import itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.wording import DeskError
from store.exchange.mappings import Decisions
from tui.keys import APP_KEYS
from tui.opening import OpenDesk
from tui.screens.importing import drawing
from tui.screens.importing.keys import COLUMN_KEYS
from tui.screens.importing.page import ImportPage
from tui.screens.importing.plan import Plan, Tally, run
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _, say


class PreviewScreen(ImportPage):
    """One plan; every key changes it or starts it, and nothing is written before Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in COLUMN_KEYS]
    KEYS = (*COLUMN_KEYS, *APP_KEYS)

    def __init__(self, desk: OpenDesk, plan: Plan) -> None:
        super().__init__(desk)
        self.plan = plan
        self._trouble = ""
        """Why the file could not be counted or imported."""

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="file", classes="bar")
        columns = QueueList(self._row, id="columns")
        columns.add_class("pane")
        yield columns
        yield Lines(id="rows", classes="pane")
        yield Lines(id="counts", classes="pane")

    def on_mount(self) -> None:
        self.call_after_refresh(self.action_count)

    def came_back(self) -> None:
        self.plan.counted = None
        self._recount()

    # Changing the plan

    def action_move(self, by: int) -> None:
        last = len(self.plan.fields) - 1
        self.plan.cursor = max(0, min(self.plan.cursor + by, last))
        columns = self.query_one(QueueList)
        columns.move_to(self.plan.cursor)

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.query_one(QueueList).size.height - 1))

    def action_end(self, by: int) -> None:
        self.action_move(by * len(self.plan.fields))

    def action_field(self, by: int) -> None:
        self.plan.turn(by)
        self._recount()

    def action_mode(self) -> None:
        self.plan.switch_mode()
        self._recount()

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.action_move(event.index - self.plan.cursor)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    def action_back(self) -> None:
        self.app.pop_screen()

    # Counting and importing

    def action_count(self) -> None:
        """The dry run: what the import would do; nothing of it stays."""

        def ended(outcome: Outcome[Tally] | None) -> None:
            if outcome is not None:
                self.plan.counted = outcome.value
                self._tell(outcome.error)

        title = _("Counting: nothing is written")
        self._run(title, _("Esc skips the counting"), ended, dry_run=True)

    def action_start(self) -> None:
        """The import: all of it, or nothing."""
        if self.in_burst():
            return

        def ended(outcome: Outcome[Tally] | None) -> None:
            if outcome is None or outcome.error:
                self._tell(outcome.error if outcome else None)
            elif outcome.value:
                self._imported(outcome.value)
            else:
                self.say(_("Stopped: nothing was imported."), "warning")
                self._tell(None)

        self._run(_("Importing"), _("Esc stops it, and nothing is imported"), ended, dry_run=False)

    def _run(
        self,
        title: str,
        hint: str,
        ended: Callable[[Outcome[Tally] | None], None],
        *,
        dry_run: bool,
    ) -> None:
        """A small file between two frames, a large one behind a window with a bar."""
        desk, plan = self.desk, self.plan

        def work(watch: Watch) -> Tally:
            return run(desk, plan, watch.each, dry_run=dry_run)

        if plan.is_small:
            ended(outcome_of(work, Watch()))
        else:
            self.app.push_screen(WorkDialog(title, work, plan.file.size_hint, hint), ended)

    def _recount(self) -> None:
        """Counts anew what changed, where that takes no time; else says that it is to be done."""
        self._trouble = ""
        if self.plan.is_small:
            self.action_count()
        else:
            self.redraw()

    def _imported(self, tally: Tally) -> None:
        from tui.screens.importing.result import ResultScreen

        known = Decisions.beside(self.desk.path)
        mapping = self.plan.changed or self.plan.decided
        forgot = ""
        try:
            known.decide(self.plan.file, mapping=mapping)
        except DeskError as error:
            forgot = say(error.what)
        self.app.switch_screen(ResultScreen(self.desk, self.plan.file, tally, forgot))

    def _tell(self, error: DeskError | None) -> None:
        remedy = f" {say(error.remedy)}" if error and error.remedy else ""
        self._trouble = say(error.what) + remedy if error else ""
        self.redraw()

    # Drawing

    def redraw(self) -> None:
        top = self.query_one("#file", Lines)
        top.draw([drawing.file_line(self.plan.file, self.plan.skipped, top.size.width)])
        columns = self.query_one(QueueList)
        columns.border_title = Content(show(drawing.columns_title(self.plan)))
        columns.show_rows(len(self.plan.fields), self.plan.cursor)
        rows = self.query_one("#rows", Lines)
        rows.border_title = Content(_("The first rows as they would come in"))
        width, height = rows.size
        rows.draw(drawing.row_lines(self.plan.first_rows(), self.desk.shift, width, height))
        counts = self.query_one("#counts", Lines)
        counts.border_title = Content(_("What Enter would do"))
        counts.draw(
            drawing.plan_lines(self.plan, self._trouble, counts.size.width, counts.size.height)
        )
        self.draw_bars("")

    def _row(self, index: int, width: int) -> Line:
        return drawing.column_line(self.plan, index, width)
