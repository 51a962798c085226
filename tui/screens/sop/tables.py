"""The view of the SOP screen that is shown, as a table for a file."""

from __future__ import annotations

from tui import sop_table
from tui.screens.exporting import Table
from tui.screens.sop.reading import Shown, View


def table_of(view: View, shown: Shown, versions: tuple[str, str] | None) -> Table:
    """What a view lists; without two `versions` the comparison has no rows."""
    sop = shown.desk.shift.sop
    if view is View.STEPS:
        return Table(
            "sop-steps",
            sop_table.step_headings(),
            len(shown.steps),
            lambda: sop_table.step_rows(sop, shown.reviews),
        )
    if view is View.PROBLEMS:
        return Table(
            "sop-problems",
            sop_table.problem_headings(),
            len(shown.problems),
            lambda: sop_table.problem_rows(shown.problems),
        )
    if view is View.LOG:
        told = ((one, shown.effect(one)) for one in shown.log)
        return Table(
            "sop-log", sop_table.log_headings(), len(shown.log), lambda: sop_table.log_rows(told)
        )
    if versions is None:
        return Table("sop-comparison", sop_table.comparison_headings(), 0, lambda: iter(()))
    return Table(
        "sop-comparison",
        sop_table.comparison_headings(),
        None,
        lambda: sop_table.comparison_rows(shown.compared(*versions), versions, sop),
    )
