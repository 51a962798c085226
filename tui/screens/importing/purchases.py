"""What a file of purchases would bring: what its columns are, its first rows, and the import."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from rules.timing import iso_day
from store.backups import Occasion
from store.exchange.contact_rows import RejectedRow
from store.exchange.faults import FileRefused
from store.exchange.headings import Field as ContactField
from store.exchange.money import money_text
from store.exchange.purchases import PurchaseField, PurchaseFile, PurchaseRow, open_purchases
from store.purchasing import import_purchases
from tui import masking
from tui.field_words import field_word
from tui.import_words import how_read
from tui.keys import APP_KEYS
from tui.opening import OpenDesk
from tui.screens.importing import drawing
from tui.screens.importing.keys import PURCHASE_KEYS
from tui.screens.importing.looking import LookPage
from tui.screens.importing.plan import SAMPLE, Tally
from tui.screens.importing.telling import FIRST_TOLD, note_words, rejection
from tui.screens.working import Watch
from tui.show import pad, show
from tui.widgets.lines import Line, Lines
from tui.words import _
from tui.wrapping import wrap

Row = PurchaseRow | RejectedRow


class PurchaseScreen(LookPage):
    """One file of purchases; nothing is written before Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in PURCHASE_KEYS]
    KEYS = (*PURCHASE_KEYS, *APP_KEYS)

    def __init__(self, desk: OpenDesk, file: PurchaseFile) -> None:
        super().__init__(desk, file.path, file.table.sheet)
        self.file = file
        self.tally: Tally | None = None
        """None while what is shown has not been counted."""

    def compose_panes(self) -> ComposeResult:
        yield Lines(id="file", classes="bar")
        yield Lines(id="meanings", classes="pane")
        yield Lines(id="rows", classes="pane")
        yield Lines(id="counts", classes="pane")

    def came_back(self) -> None:
        self.action_count()

    @property
    def size_hint(self) -> int:
        return self.file.size_hint

    def work(self, watch: Watch, *, dry_run: bool) -> Tally:
        desk, file = self.desk, self.file
        if not dry_run:
            desk.before(Occasion.IMPORT)
        source = {"file": file.path.name, "sha256": file.digest}
        to = (desk.db, desk.shift, desk.clock())
        return Tally(import_purchases(*to, watch.each(file.rows()), source, dry_run=dry_run))

    def counted(self, tally: Tally | None) -> None:
        self.tally = tally

    def imported(self, tally: Tally) -> None:
        from tui.screens.importing.result import ResultScreen

        self.app.switch_screen(ResultScreen(self.desk, self.file, tally))

    def read_sheet(self, sheet: str) -> None:
        self.file = open_purchases(self.path, sheet=sheet)
        self.tally = None
        self.recount()

    # Drawing

    def redraw(self) -> None:
        top, file = self.query_one("#file", Lines), self.file
        about = how_read(file.table, file.line)
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
        if self.trouble:
            return [((row, "error"),) for row in wrap("✗ " + self.trouble, width)]
        if self.tally is None:
            told = _("Not counted yet: Space works out what the import would do.")
            return [((row, "dim"),) for row in wrap(told, width)]
        lines: list[Line] = [
            ((row, "strong"),) for row in wrap(drawing.purchase_count(self.tally.done), width)
        ]
        done = self.tally.done
        lines += [
            ((show(note_words(*note), width), "warning"),) for note in done.notes[:FIRST_TOLD]
        ]
        return lines + [((show(rejection(row), width), "error"),) for row in done.rejected]


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
            lines.append(((show(rejection(row), width), "error"),))
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
