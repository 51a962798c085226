"""What a file of purchases would bring: what its columns are, its first rows, and the import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.timing import iso_day
from rules.wording import DeskError
from store.backups import Occasion
from store.exchange.contact_rows import RejectedRow
from store.exchange.faults import FileRefused
from store.exchange.headings import Field as ContactField
from store.exchange.money import money_text
from store.exchange.purchases import PurchaseField, PurchaseFile, PurchaseRow
from store.importing import Imported
from store.purchasing import import_purchases
from tui import masking
from tui.field_words import field_word
from tui.keys import APP_KEYS
from tui.opening import OpenDesk
from tui.screens.importing import drawing
from tui.screens.importing.keys import PURCHASE_KEYS
from tui.screens.importing.page import ImportPage
from tui.screens.importing.plan import SAMPLE, SMALL_BYTES, SMALL_ROWS, Tally
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.show import pad, show
from tui.widgets.lines import Line, Lines
from tui.words import _, say
from tui.wrapping import wrap

Row = PurchaseRow | RejectedRow


class PurchaseScreen(ImportPage):
    """One file of purchases; nothing is written before Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in PURCHASE_KEYS]
    KEYS = (*PURCHASE_KEYS, *APP_KEYS)

    def __init__(self, desk: OpenDesk, file: PurchaseFile) -> None:
        super().__init__(desk)
        self.file = file
        self.counted: Imported | None = None
        self._trouble = ""
        """Why the file could not be counted or imported."""

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="file", classes="bar")
        yield Lines(id="meanings", classes="pane")
        yield Lines(id="rows", classes="pane")
        yield Lines(id="counts", classes="pane")

    def on_mount(self) -> None:
        self.call_after_refresh(self.action_count)

    def came_back(self) -> None:
        self.action_count()

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_count(self) -> None:
        """The dry run: what the import would do; nothing of it stays."""

        def ended(outcome: Outcome[Imported] | None) -> None:
            if outcome is not None:
                self.counted = outcome.value
                self._tell(outcome.error)

        title = _("Counting: nothing is written")
        self._run(title, _("Esc skips the counting"), ended, dry_run=True)

    def action_start(self) -> None:
        """The import: all of it, or nothing."""
        if self.in_burst():
            return

        def ended(outcome: Outcome[Imported] | None) -> None:
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
        ended: Callable[[Outcome[Imported] | None], None],
        *,
        dry_run: bool,
    ) -> None:
        """A small file between two frames, a large one behind a window with a bar."""
        desk, file = self.desk, self.file

        def work(watch: Watch) -> Imported:
            if not dry_run:
                desk.before(Occasion.IMPORT)
            source = {"file": file.path.name, "sha256": file.digest}
            rows = watch.each(file.rows())
            to = (desk.db, desk.shift, desk.clock())
            return import_purchases(*to, rows, source, dry_run=dry_run)

        if self._is_small:
            ended(outcome_of(work, Watch()))
        else:
            self.app.push_screen(WorkDialog(title, work, file.size_hint, hint), ended)

    @property
    def _is_small(self) -> bool:
        try:
            size = self.file.path.stat().st_size
        except OSError:
            return True
        return 0 < self.file.size_hint <= SMALL_ROWS and size <= SMALL_BYTES

    def _imported(self, done: Imported) -> None:
        from tui.screens.importing.result import ResultScreen

        self.app.switch_screen(ResultScreen(self.desk, self.file, Tally(done)))

    def _tell(self, error: DeskError | None) -> None:
        remedy = f" {say(error.remedy)}" if error and error.remedy else ""
        self._trouble = say(error.what) + remedy if error else ""
        self.redraw()

    # Drawing

    def redraw(self) -> None:
        top, file = self.query_one("#file", Lines), self.file
        about = [*drawing.how_read(file.table), _("headings in line {n}", n=file.line)]
        name = show(file.path.name, max(16, top.size.width // 3))
        told = show(
            " · ".join([_("purchases"), *about]), max(0, top.size.width - cell_len(name) - 4)
        )
        top.draw([((f" {name}", "strong"), (f"  {told}", "plain"))])
        meanings = self.query_one("#meanings", Lines)
        meanings.border_title = Content(_("What its columns are taken for"))
        lines = meaning_lines(file, meanings.size.width)
        meanings.styles.height = len(lines) + 2
        meanings.draw(lines)
        rows = self.query_one("#rows", Lines)
        rows.border_title = Content(_("The first rows as they would come in"))
        rows.draw(row_lines(_first(file), rows.size.width)[: rows.size.height])
        counts = self.query_one("#counts", Lines)
        counts.border_title = Content(_("What Enter would do"))
        counts.draw(self._counts(counts.size.width)[: counts.size.height])
        self.draw_bars("")

    def _counts(self, width: int) -> list[Line]:
        if self._trouble:
            return [((row, "error"),) for row in wrap("✗ " + self._trouble, width)]
        if self.counted is None:
            told = _("Not counted yet: Space works out what the import would do.")
            return [((row, "dim"),) for row in wrap(told, width)]
        lines: list[Line] = [
            ((row, "strong"),) for row in wrap(drawing.purchase_count(self.counted), width)
        ]
        return lines + [
            ((show(drawing.rejection(row), width), "error"),) for row in self.counted.rejected
        ]


def _first(file: PurchaseFile) -> list[Row]:
    """The first rows as they would come in."""
    found: list[Row] = []
    with suppress(FileRefused):  # the counting says why
        found.extend(islice(file.rows(), SAMPLE))
    return found


def meaning_word(field: PurchaseField) -> str:
    """What a column tells."""
    own = {
        PurchaseField.DAY: _("purchase date"),
        PurchaseField.AMOUNT: _("amount"),
        PurchaseField.CURRENCY: _("currency"),
        PurchaseField.PRODUCT: _("product"),
        PurchaseField.ORDER: _("order"),
    }
    return own.get(field) or field_word(ContactField(field.value))


def meaning_lines(file: PurchaseFile, width: int) -> list[Line]:
    """Each heading with what it means; and those that are left out."""
    told = " · ".join(
        f"{show(file.headings[index], 20)} = {meaning_word(field)}"
        for field, index in file.columns.items()
    )
    used = set(file.columns.values())
    rest = [h for i, h in enumerate(file.headings) if i not in used and h.strip()]
    lines: list[Line] = [((row, "accent"),) for row in wrap(told, width)]
    if rest:
        names = ", ".join(show(heading, 20) for heading in rest)
        left = _("left out: {names}", names=names)
        lines += [((row, "dim"),) for row in wrap(left, width)[:2]]
    return lines


def row_lines(rows: Sequence[Row], width: int) -> list[Line]:
    """The first rows: day, who, how much, what; a rejected row says why."""
    lines: list[Line] = []
    who, money = max(10, min(24, width // 4)), 18
    for row in rows:
        if isinstance(row, RejectedRow):
            lines.append(((show(drawing.rejection(row), width), "error"),))
            continue
        field = "name" if row.buyer.get("name") else next(iter(row.buyer))
        known = masking.field(field, row.buyer[field])
        what = " · ".join(filter(None, (row.product, row.order)))
        lines.append(
            (
                (pad(iso_day(row.day) or "", 12), "dim"),
                (pad(known, who) + " ", "strong"),
                (pad(money_text(row.amount, row.currency), money), "success"),
                (show(what, max(0, width - who - money - 13)), "plain"),
            )
        )
    return lines
