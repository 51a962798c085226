"""What a file would bring: its columns, its first rows, the counts; and the import itself."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.wording import DeskError
from store.exchange.mappings import Decisions
from tui.keys import APP_KEYS, Key
from tui.opening import OpenDesk
from tui.screens.importing import drawing
from tui.screens.importing.keys import COLUMN_KEYS
from tui.screens.importing.looking import LookPage
from tui.screens.importing.page import keys_for
from tui.screens.importing.plan import Plan, Tally, plan_for, read_file, run
from tui.screens.working import Watch
from tui.show import show
from tui.widgets.lines import Line, Lines
from tui.widgets.queue_list import QueueList
from tui.words import _, say


class PreviewScreen(LookPage):
    """One plan; every key changes it or starts it, and nothing is written before Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in COLUMN_KEYS]
    KEYS = (*COLUMN_KEYS, *APP_KEYS)

    def __init__(self, desk: OpenDesk, plan: Plan) -> None:
        super().__init__(desk, plan.file.path, plan.file.sheet)
        self.plan = plan

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="file", classes="bar")
        columns = QueueList(self._row, id="columns")
        columns.add_class("pane")
        yield columns
        yield Lines(id="rows", classes="pane")
        yield Lines(id="counts", classes="pane")

    def came_back(self) -> None:
        self.plan.counted = None
        self.recount()

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
        self.recount()

    def action_mode(self) -> None:
        self.plan.switch_mode()
        self.recount()

    def action_told(self) -> None:
        """All that the import would tell of."""
        if self.plan.counted is not None:
            self.show_told(self.plan.counted)

    @property
    def keys_shown(self) -> tuple[Key, ...]:
        """The one that lists what is told only where there is something."""
        tally = self.plan.counted
        return keys_for(super().keys_shown, tally)

    def on_queue_list_pointed(self, event: QueueList.Pointed) -> None:
        self.action_move(event.index - self.plan.cursor)

    def on_queue_list_wheeled(self, event: QueueList.Wheeled) -> None:
        self.action_move(event.rows)

    # Counting and importing

    @property
    def size_hint(self) -> int:
        return self.plan.file.size_hint

    def work(self, watch: Watch, *, dry_run: bool) -> Tally:
        return run(self.desk, self.plan, watch.each, watch.look, dry_run=dry_run)

    def counted(self, tally: Tally | None) -> None:
        self.plan.counted = tally

    def read_sheet(self, sheet: str) -> None:
        file = read_file(self.desk, self.path, by_hand=True, sheet=sheet).contacts
        if file is not None:
            self.plan = plan_for(self.desk, file)
            self.recount()

    def imported(self, tally: Tally) -> None:
        from tui.screens.importing.result import ResultScreen

        known = Decisions.beside(self.desk.path)
        mapping = self.plan.changed or self.plan.decided
        forgot = ""
        try:
            known.decide(self.plan.file, mapping=mapping)
        except DeskError as error:
            forgot = say(error.what)
        self.app.switch_screen(ResultScreen(self.desk, self.plan.file, tally, forgot))

    # Drawing

    def redraw(self) -> None:
        top = self.query_one("#file", Lines)
        top.draw([drawing.file_line(self.plan.file, self.plan.skipped, top.size.width)])
        columns = self.query_one(QueueList)
        columns.border_title = Content(show(drawing.columns_title(self.plan)))
        hidden = len(self.plan.fields) > columns.size.height
        columns.border_subtitle = Content(
            _("↑↓ all {n}", n=len(self.plan.fields)) if hidden else ""
        )
        columns.show_rows(len(self.plan.fields), self.plan.cursor)
        rows = self.query_one("#rows", Lines)
        rows.border_title = Content(_("The first rows as they would come in"))
        width, height = rows.size
        rows.draw(
            drawing.row_lines(self.plan.first_rows(self.desk.db), self.desk.shift, width, height)
        )
        counts = self.query_one("#counts", Lines)
        counts.border_title = Content(_("What Enter would do"))
        most = max(4, self.size.height // 3 - 2)
        lines = drawing.plan_lines(self.plan, self.trouble, counts.size.width, most)
        counts.styles.height = max(4, len(lines)) + 2
        counts.draw(lines)
        self.draw_bars("")

    def _row(self, index: int, width: int) -> Line:
        return drawing.column_line(self.plan, index, width)
