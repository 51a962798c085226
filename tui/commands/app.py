"""`siyu` alone: the desk in the terminal."""

from __future__ import annotations

import sys

import click

from tui.commands.options import chosen, desk_options
from tui.words import _


@click.command(name="app", help=_("Open the desk (the same as siyu alone)."))
@click.option("--read-only", is_flag=True, help=_("Open it to be read; nothing is written"))
@desk_options
def app_command(read_only: bool) -> None:
    from tui.running import run_desk

    sys.exit(run_desk(chosen(), reads=read_only))
