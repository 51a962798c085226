"""`demo`: a desk of invented contacts to look around in; without a terminal it prints its day."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from tui.commands.options import answer, chosen, desk_options, wants_json
from tui.commands.today import document_of, text_of, the_day
from tui.demo.desk import OPERATOR, demo_desk, make
from tui.opening import Chosen, desk
from tui.show import printable, show
from tui.words import _, language


@click.command(name="demo", help=_("Look around in a desk of invented contacts."))
@click.option("--keep", is_flag=True, help=_("Keep the folder of the demo desk"))
@desk_options
def demo_command(keep: bool) -> None:
    told, spoken = chosen(), language()
    if sys.stderr.isatty():
        click.echo(_("Making a desk of invented contacts: a few seconds"), err=True)
    with place(told.database, keep=keep) as path:
        demo = demo_desk(told, path, spoken)
        make(demo, spoken)
        stays = keep or told.database is not None
        click.echo(printable(line_about(path, stays=stays)), err=True)
        if stays:
            click.echo(printable(again(demo)), err=True)
        code = look(demo)
    sys.exit(code)


@contextmanager
def place(database: Path | None, *, keep: bool) -> Iterator[Path]:
    """Where the demo's file is to stand: where it was told to, else in a folder of its own.

    That folder is only its owner's, and goes at the end unless it is kept.
    """
    if database is not None:
        yield database.expanduser()
        return
    folder = Path(tempfile.mkdtemp(prefix="siyu-demo-"))
    try:
        yield folder / "desk.db"
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def look(demo: Chosen) -> int:
    """Opens the app in a terminal, else tells the day; the exit code."""
    if not wants_json() and in_terminal(os.environ):
        from tui.running import run_desk

        return run_desk(demo)
    with desk(demo) as opened:
        day = the_day(opened)
        answer(document_of(opened, day), text_of(opened, day))
    return 0


def in_terminal(environ: Mapping[str, str]) -> bool:
    """Whether a person sits at both ends, at a terminal that can be drawn on."""
    return sys.stdin.isatty() and sys.stdout.isatty() and environ.get("TERM") != "dumb"


def again(demo: Chosen) -> str:
    """How the desk is opened once more: with its own clock, without which all is overdue."""
    words = [f"SIYU_NOW={demo.environ['SIYU_NOW']}", "siyu"]
    words += ["--database", shlex.quote(show(str(demo.database_path()), 400))]
    if demo.operator not in (None, OPERATOR):
        words += ["--operator", shlex.quote(show(demo.operator))]
    return _("Open it again with its own clock: {command}", command=" ".join(words))


def line_about(path: Path, *, stays: bool) -> str:
    where = show(str(path), 200)
    if stays:
        return _("Demo desk in {path}: nothing of it is real. It stays there.", path=where)
    return _("Demo desk in {path}: nothing of it is real. It goes when you leave.", path=where)
