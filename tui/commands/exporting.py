"""`export`: Today's list into a CSV or XLSX file, formula-safe, never over a file unasked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from rules.sop import Sop
from rules.wording import N_, DeskError, sentence
from store.queue import stage_counts
from tui.commands.options import answer, chosen, desk_options
from tui.commands.today import notices
from tui.due_table import due_rows, headings, write_table
from tui.opening import desk
from tui.show import printable, show
from tui.words import _, say

ENDINGS = (".csv", ".xlsx")


@click.command(name="export", help=_("Write who is due today into a CSV or XLSX file."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--stage", help=_("Only this stage"))
@click.option("--replace", is_flag=True, help=_("Replace the file if it exists"))
@desk_options
def export_command(file: Path, stage: str | None, replace: bool) -> None:
    check_target(file, replace=replace)
    with desk(chosen()) as opened:
        for notice in notices(opened, opened.clock()):
            click.echo(printable(f"! {say(notice)}"), err=True)
        stages = chosen_stages(opened.shift.sop, stage) or tuple(
            count.stage
            for count in stage_counts(
                opened.db,
                opened.shift.operator,
                opened.shift.sop.stage_names(),
                opened.clock().day,
            )
        )
        into_file(file, headings(), due_rows(opened, stages))


def chosen_stages(sop: Sop, stage: str | None) -> tuple[str, ...]:
    """The stage that was named, by id or by name; empty without one. Raises DeskError."""
    if stage is None:
        return ()
    found = next((s.id for s in sop.stages if stage.casefold() in (s.id, s.name.casefold())), None)
    if found is None:
        raise DeskError(
            sentence(N_('there is no stage "{stage}"'), stage=show(stage)),
            sentence(N_("Accepted: {fields}."), fields=", ".join(sop.stage_names())),
        )
    return (found,)


def check_target(file: Path, *, replace: bool) -> None:
    """Refuses a name without a known ending, and a file that exists unless it may be replaced."""
    if file.suffix.lower() not in ENDINGS:
        raise DeskError(
            sentence(N_("{file} was not written: its ending says no format"), file=file),
            sentence(N_("Write a name that ends in .csv or .xlsx")),
        )
    if os.path.lexists(file) and not replace:
        raise DeskError(
            sentence(N_("{file} exists already and was left as it is"), file=file),
            sentence(N_("Name another file, or add --replace")),
        )


def exportable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --export FILE and --replace to a command that lists something."""
    told = click.option("--replace", is_flag=True, help=_("Replace the file if it exists"))(command)
    kind = click.Path(path_type=Path)
    return click.option("--export", type=kind, help=_("Write the list into this file"))(told)


def into_file(file: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes the rows under their titles and answers how many there were."""
    n = write_table(file, titles, rows)
    told = _("{n} rows written to {file}", n=n, file=show(str(file)))
    answer({"rows": n, "file": str(file)}, told)
