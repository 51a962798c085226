"""Running the app on an opened desk, from the lock to the exit code."""

from __future__ import annotations

import os
import sys

from rules.wording import DeskError
from store.backups import Backup
from tui.opening import Chosen, desk
from tui.reading_desk import may_be_read, wants_to_read
from tui.show import printable
from tui.words import _, say

Greeting = tuple[str, str]
"""What the desk says first, and its look."""


def run_desk(chosen: Chosen, *, reads: bool = False) -> int:
    """Opens the desk and runs the app until it is left; the exit code.

    An app that is left to restore a backup opens again on the restored file. A desk
    that another process has, or that may not be written to, is offered to be read;
    with `reads` it is opened so at once. Without a terminal that can draw, says so
    and returns 2.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb":
        sys.stderr.write(_("The desk needs a terminal. Without one: siyu today") + "\n")
        return 2
    if reads:
        return _look(chosen, _("Opened to be read"))
    greeting: Greeting = ("", "plain")
    while True:
        try:
            code, wanted = _once(chosen, greeting)
        except DeskError as error:
            if not may_be_read(error, chosen):
                raise
            return _look(chosen, say(error.what)) if wants_to_read(error) else 1
        if wanted is None:
            return code
        greeting = _restored(chosen, wanted)


def _once(chosen: Chosen, greeting: Greeting) -> tuple[int, Backup | None]:
    """The exit code of one run, and the backup it was left for."""
    from tui.early_terminal import early_picture
    from tui.screens.today.first_picture import first_picture

    with (
        desk(chosen, writes="desk") as opened,
        early_picture(lambda width, height: first_picture(opened, width, height)),
    ):
        # Loaded while the picture stands.
        from tui.app import DeskApp
        from tui.safekeeping import keep_at_exit

        app = DeskApp(opened, greeting)
        app.run()
        code = app.return_code or 0
        told = keep_at_exit(opened) if code == 0 and app.wanted is None else ""
        if told:
            sys.stderr.write(f"{printable(told)}\n")
        return code, app.wanted


def _look(chosen: Chosen, why: str) -> int:
    """Runs the app on a desk that is only read; the exit code."""
    from tui.early_terminal import early_picture
    from tui.screens.today.first_picture import first_picture

    with (
        desk(chosen, to_look=why) as opened,
        early_picture(lambda width, height: first_picture(opened, width, height)),
    ):
        from tui.app import DeskApp

        app = DeskApp(opened)
        app.run()
        return app.return_code or 0


def _restored(chosen: Chosen, backup: Backup) -> Greeting:
    """Restores between two runs; what the next one says of it."""
    from tui.taking_back import take_back

    try:
        _done, lines = take_back(chosen, backup)
        return "✓ " + " ".join(lines), "success"
    except DeskError as error:
        return f"✗ {say(error.what)}", "error"
