"""Running the app on an opened desk, from the lock to the exit code."""

from __future__ import annotations

import os
import sys

import click

from tui.opening import Chosen, desk
from tui.words import _


def run_desk(chosen: Chosen) -> int:
    """Opens the desk and runs the app until it is left; the exit code.

    Without a terminal that can draw, says so and returns 2.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb":
        click.echo(_("The desk needs a terminal. Without one: siyu today"), err=True)
        return 2
    with desk(chosen, writes="desk") as opened:
        from tui.app import DeskApp

        app = DeskApp(opened)
        app.run()
        return app.return_code or 0
