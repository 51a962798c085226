"""What leaves the app: texts to the clipboard, links and files to the system's own programs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from tui.wording import said_of
from tui.words import _, say

if TYPE_CHECKING:
    from tui.clipboard import Run


class Outward(App[int]):
    """An app that says what came of each thing it gave away."""

    run_tool: Run | None = None
    """Starts a clipboard tool in place of the desk's own way; tests put theirs here."""

    def copy_text(self, text: str, instead: str = "") -> str:
        """Copies a text; the words about it say only what is known.

        `instead` is said as well when the copy is too long or will not arrive.
        """
        from tui import clipboard

        run = self.run_tool or clipboard.run_tool
        copied = clipboard.copy(text, os.environ, run, self.copy_to_clipboard)
        said = clipboard.outcome_words(copied, os.environ, run)
        failed = said.message in (clipboard.TOO_LONG, clipboard.KEPT)
        return said_of(say(said), instead) if failed and instead else say(said)

    def open_target(self, target: str, folder: Path) -> str:
        """Opens a link or a file of the SOP with the system's own program, else copies it."""
        from tui.opener import open_outside

        opened = open_outside(target, folder, os.environ)
        if opened:
            return _("Opened.")
        return _("Nothing here opens links; copied instead: ") + self.copy_text(target)

    def open_attachment(self, target: str) -> str:
        """Opens a link or document that was kept with a note, else copies where it is."""
        from tui import opener

        place = opener.attachment_address(target)
        if opener.start(place, os.environ):
            return _("Opened.")
        if place is None:
            return _("It is not there, or no document; copied instead: ") + self.copy_text(target)
        return _("Nothing here opens links; copied instead: ") + self.copy_text(target)
