"""What the two screens share that look at a file before it is imported.

Invariant: counting leaves nothing behind, and nothing is written before Enter.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path

from rules.wording import DeskError
from store.exchange.workbooks import Sheet, sheets_of
from tui.keys import Key
from tui.opening import OpenDesk
from tui.screens.dialogs import ChoiceDialog, Option
from tui.screens.importing.page import ImportPage
from tui.screens.importing.plan import Tally, is_small
from tui.screens.working import Outcome, Watch, WorkDialog, outcome_of
from tui.show import show
from tui.words import _, say

MOST_SHEETS = 9
"""As many as there are digits."""


class LookPage(ImportPage):
    """One file: counted when it is shown, imported by Enter, read by another of its sheets."""

    def __init__(self, desk: OpenDesk, path: Path, sheet: str) -> None:
        super().__init__(desk)
        self.path = path
        self.trouble = ""
        """Why the file could not be counted, read or imported."""
        self.sheets: tuple[Sheet, ...] = sheets_of(path) if sheet else ()

    @property
    @abstractmethod
    def size_hint(self) -> int:
        """About the number of rows."""

    @property
    def is_small(self) -> bool:
        """Whether the whole file may be worked through between two frames."""
        return is_small(self.path, self.size_hint)

    @abstractmethod
    def work(self, watch: Watch, *, dry_run: bool) -> Tally:
        """Imports the file, or works out what that would do. Raises DeskError."""

    @abstractmethod
    def counted(self, tally: Tally | None) -> None:
        """Takes what a dry run counted; None where it could not be counted."""

    @abstractmethod
    def imported(self, tally: Tally) -> None:
        """Shows what became of the file."""

    @abstractmethod
    def read_sheet(self, sheet: str) -> None:
        """Takes another sheet of the workbook. Raises DeskError, and keeps the one before."""

    def on_mount(self) -> None:
        self.call_after_refresh(self.action_count)

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_count(self) -> None:
        """The dry run: what the import would do; nothing of it stays."""

        def ended(outcome: Outcome[Tally] | None) -> None:
            if outcome is not None:
                self.counted(outcome.value)
                self.tell(outcome.error)

        title = _("Counting: nothing is written")
        self._run(title, _("Esc skips the counting"), ended, dry_run=True)

    def action_start(self) -> None:
        """The import: all of it, or nothing."""
        if self.in_burst():
            return

        def ended(outcome: Outcome[Tally] | None) -> None:
            if outcome is None or outcome.error:
                self.tell(outcome.error if outcome else None)
            elif outcome.value:
                self.imported(outcome.value)
            else:
                self.say(_("Stopped: nothing was imported."), "warning")
                self.tell(None)

        self._run(_("Importing"), _("Esc stops it, and nothing is imported"), ended, dry_run=False)

    def action_sheet(self) -> None:
        """Asks for another sheet of the workbook, a hidden one too."""
        if not is_choice(self.sheets):
            self.say(_("There is no other sheet in this file."), "warning")
            self.redraw()
            return

        def decided(sheet: str | None) -> None:
            if sheet is None:
                return
            try:
                self.read_sheet(sheet)
            except DeskError as error:
                self.tell(error)

        self.app.push_screen(sheet_dialog(self.path, self.sheets), decided)

    @property
    def keys_shown(self) -> tuple[Key, ...]:
        """All but the one for sheets, where there is only one."""
        return tuple(key for key in self.KEYS if key.action != "sheet" or is_choice(self.sheets))

    def recount(self) -> None:
        """Counts anew what changed, where that takes no time; else says that it is to be done."""
        self.trouble = ""
        if self.is_small:
            self.action_count()
        else:
            self.redraw()

    def tell(self, error: DeskError | None) -> None:
        remedy = f" {say(error.remedy)}" if error and error.remedy else ""
        self.trouble = say(error.what) + remedy if error else ""
        self.redraw()

    def _run(
        self,
        title: str,
        hint: str,
        ended: Callable[[Outcome[Tally] | None], None],
        *,
        dry_run: bool,
    ) -> None:
        """A small file between two frames, a large one behind a window with a bar."""

        def work(watch: Watch) -> Tally:
            return self.work(watch, dry_run=dry_run)

        if self.is_small:
            ended(outcome_of(work, Watch()))
        else:
            self.app.push_screen(WorkDialog(title, work, self.size_hint, hint), ended)


def is_choice(sheets: Sequence[Sheet]) -> bool:
    """Whether there is more than one visible sheet, which is read anyway."""
    return len(sheets) > 1 or any(sheet.hidden for sheet in sheets)


def sheet_dialog(path: Path, sheets: Sequence[Sheet]) -> ChoiceDialog:
    """Which sheet of a workbook is meant."""
    options = [
        Option(
            str(number),
            _("{name} (hidden)", name=show(sheet.name, 40)) if sheet.hidden else sheet.name,
            sheet.name,
        )
        for number, sheet in enumerate(sheets[:MOST_SHEETS], 1)
    ]
    return ChoiceDialog(_("Which sheet of {file}?", file=show(path.name, 40)), options)
