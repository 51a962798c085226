"""What a screen lists, written into a file: the path is asked for, nothing replaced unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.timing import iso_day
from tui.due_table import write_table
from tui.screens.desk_screen import DeskScreen
from tui.screens.importing.folder import begin_in
from tui.screens.saving import ask_path
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.words import _, say

SHORT = 100
"""Rows that are written between two frames."""


@dataclass(frozen=True)
class Table:
    """What a screen lists."""

    name: str
    """Part of the file's proposed name."""
    headings: Sequence[str]
    size: int | None
    """About the number of rows; None when nobody has counted them."""
    rows: Callable[[], Iterator[Sequence[str]]]


def ask_and_write(screen: DeskScreen, table: Table, title: str = "") -> None:
    """Asks where to, writes all rows, and says on the screen what came of it.

    `title` is the dialog's, where it is no list that is written.
    """
    day = iso_day(screen.desk.clock().day)
    proposed = begin_in() / f"siyu-{table.name}-{day}.csv"
    asked = title or _("Write the list to a file")
    ask_path(screen.app, asked, proposed, lambda path: _write(screen, table, path))


def export_found(screen: DeskScreen, text: str) -> None:
    """Everybody whom a search finds, also those beyond its window."""
    from tui import people_table

    desk = screen.desk
    rows = tuple(people_table.found_rows(desk, text))
    ask_and_write(screen, Table("found", people_table.headings(), len(rows), lambda: iter(rows)))


def _write(screen: DeskScreen, table: Table, path: Path) -> None:
    def work(watch: Watch) -> int:
        return write_table(path, table.headings, watch.each(table.rows()))

    def ended(outcome: Outcome[int] | None) -> None:
        if outcome is None or (outcome.value is None and outcome.error is None):
            screen.say(_("Stopped: no file was written."), "warning")
        elif outcome.error:
            remedy = f" · {say(outcome.error.remedy)}" if outcome.error.remedy else ""
            screen.say(f"✗ {say(outcome.error.what)}{remedy}", "error")
        else:
            told = _("✓ {n} rows written to {file}", n=outcome.value or 0, file=path)
            screen.say(told, "success")
        screen.draw_bars("")

    if table.size is not None and table.size <= SHORT:
        ended(outcome_of(work, Watch()))
    else:
        hint = _("Esc stops it, and no file is written")
        screen.app.push_screen(
            WorkDialog(_("Writing the list"), work, table.size or 0, hint), ended
        )
