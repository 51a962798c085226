"""What the three import screens share: their tab, the way back, and texts that press nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from textual import events

from rules.wording import N_
from tui.in_front import in_front
from tui.keys import Key
from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.screens.importing.keys import TOLD_KEY
from tui.screens.importing.plan import Tally
from tui.screens.scrolled import ScrolledScreen
from tui.screens.tabs import tab_line
from tui.widgets.lines import Line
from tui.words import _


class Modes(Protocol):
    """What the app does for a screen that is done."""

    def show_before(self) -> None: ...


class ImportPage(DeskScreen):
    """One of them; the first is always there, the others stand upon it."""

    NAME = "import"
    INTRO = N_(
        "Choose a file, look at what its columns are taken for and what would come in, then "
        "import it: all of it or, when anything fails, nothing. An import adds and completes. It "
        "never deletes, never moves a stage, and never takes a do-not-contact back. Rows that "
        "cannot be understood are listed afterwards with their reasons."
    )

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.left = False
        """Another full screen is shown, or was since this was drawn."""

    def on_resize(self) -> None:
        self.call_after_refresh(self.redraw)

    def on_screen_suspend(self) -> None:
        shown = in_front(self.app)
        self.left = shown is not None and not shown.is_modal

    def on_screen_resume(self) -> None:
        if self.left:
            self.left = False
            self.came_back()

    def came_back(self) -> None:
        """Reads anew what may have changed while another full screen was shown."""
        self.redraw()

    def tabs(self) -> Line:
        return tab_line(self.NAME, _("Import"))

    def show_told(self, tally: Tally) -> None:
        """Every value that is replaced, every row read otherwise, every rejected one."""
        from tui.screens.importing.telling import all_told

        if has_told(tally):
            title = _("What the import tells of")
            screen = ScrolledScreen(title, lambda width: all_told(tally.done, width))
            self.app.push_screen(screen)

    def leave(self) -> None:
        """Back to the screen that was shown before."""
        cast("Modes", self.app).show_before()

    def on_paste(self, event: events.Paste) -> None:
        """A text that arrived presses nothing, and is of no use here."""
        event.stop()
        self.text_arrived(event.text)
        self.arrived = ""
        self.redraw()


def has_told(tally: Tally | None) -> bool:
    """Whether an import replaced, read otherwise or rejected anything."""
    done = tally.done if tally else None
    return done is not None and bool(done.replaced or done.notes or done.rejected)


def keys_for(keys: Sequence[Key], tally: Tally | None) -> tuple[Key, ...]:
    """The keys, the one that lists what is told only where there is something."""
    return tuple(key for key in keys if key is not TOLD_KEY or has_told(tally))
