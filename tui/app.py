"""The app: its screens, theme and keys, and what leaves it (clipboard, links)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.signal import Signal
from textual.theme import ThemeProvider
from textual.widgets import Input

from tui import masking, start
from tui.driver import desk_driver
from tui.in_front import in_front
from tui.keys import ALL_KEYS, APP_KEYS, EXPORT_KEYS, SCREEN_KEYS, desk_keys
from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen
from tui.widgets.lines import COMPONENTS
from tui.words import _, say

if TYPE_CHECKING:
    from store.backups import Backup
    from tui.clipboard import Run
    from tui.safekeeping import Safekeeping
    from tui.sop_watch import SopWatch

LOOK_AT_CLOCK = 30.0
"""Seconds between two looks at whether the desk's day has ended."""
DESK_KEYS = desk_keys(ALL_KEYS)
PERSON = "person"
"""The full screen that is about one contact."""


SCREENS = {
    "today": "tui.screens.today.screen.TodayScreen",
    "replies": "tui.screens.replies.screen.RepliesScreen",
    "lists": "tui.screens.lists.screen.ListsScreen",
    "content": "tui.screens.contents.screen.ContentScreen",
    "person": "tui.screens.person.screen.PersonScreen",
    "sop": "tui.screens.sop.screen.SopScreen",
    "steps": "tui.screens.steps.screen.StepsScreen",
    "import": "tui.screens.importing.screen.ImportScreen",
    "backups": "tui.screens.backups.screen.BackupsScreen",
    "cleaning": "tui.screens.cleaning.screen.CleaningScreen",
}
"""The full screens by the name that keys use."""


class DeskApp(App[int]):
    """One desk in a terminal or a browser."""

    CSS_PATH = "siyu.tcss"
    TITLE = "siyu"
    DEFAULT_MODE = "today"
    COMPONENT_CLASSES: ClassVar[set[str]] = {*COMPONENTS}
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in APP_KEYS]

    def __init__(self, desk: OpenDesk, greeting: tuple[str, str] = ("", "plain")) -> None:
        """`greeting` is what the first screen says, and its look."""
        super().__init__(driver_class=desk_driver())
        self.desk = desk
        self.greeting = greeting
        self.wanted: Backup | None = None
        """The backup to be restored once the app is left."""
        self._day = desk.clock().day
        self._judged = False
        """Whether lists or priorities changed since the screen was drawn."""
        self._shown_before = self.DEFAULT_MODE
        self.run_tool: Run | None = None
        """Starts a clipboard tool in place of the desk's own way; tests put theirs here."""

        masking.turn(on=False)
        self.masking_turned: Signal[None] = Signal(cast("App[object]", self), "masking turned")
        """Told to every full screen, so that none comes back with a name on it."""
        for name, place in SCREENS.items():
            self.add_mode(name, partial(self._make_screen, place))

    def on_mount(self) -> None:
        self.call_after_refresh(self.begin_day)
        self.call_after_refresh(self._begin_work)
        self.set_interval(LOOK_AT_CLOCK, self._look_at_clock)

    @cached_property
    def sop_watch(self) -> SopWatch:
        # Imported here and below: what the first picture does not need comes after it.
        from tui.sop_watch import SopWatch

        return SopWatch(self, self.desk)

    @cached_property
    def safekeeping(self) -> Safekeeping:
        from tui.safekeeping import Safekeeping

        return Safekeeping(self, self.desk)

    def _begin_work(self) -> None:
        """Right after the first picture."""
        self.sop_watch.start()
        self.safekeeping.start()
        self._greet()
        self._take_up_left()
        start.end()

    def _take_up_left(self) -> None:
        """A text that had arrived when the desk was left stands there again."""
        from tui.screens.contact.in_hand import InHandScreen

        screen = in_front(self)
        if isinstance(screen, InHandScreen):
            screen.take_up_left()

    def on_sop_watch_read(self, event: SopWatch.Read) -> None:
        self.sop_watch.read(event)

    def on_sop_watch_counted(self, event: SopWatch.Counted) -> None:
        self.sop_watch.counted(event)

    def on_unmount(self) -> None:
        self.safekeeping.stop()

    def on_safekeeping_ended(self, event: Safekeeping.Ended) -> None:
        told_anew = self.safekeeping.ended(event)
        screen = in_front(self)
        if isinstance(screen, DeskScreen):
            screen.backup_ended(event.made, asked=event.asked)
            if told_anew:
                screen.sop_changed()

    def _greet(self) -> None:
        text, look = self.greeting
        screen = in_front(self)
        if text and isinstance(screen, DeskScreen):
            screen.say(text, look)
            screen.draw_bars("")

    def _fatal_error(self) -> None:
        """Ends the app with words; Textual's own traceback would print names and phones.

        A private part of Textual, held by a test.
        """
        from rich.text import Text

        from tui.fault_words import fault_lines
        from tui.show import show_lines

        lines = fault_lines(self._exception or RuntimeError(), self.desk.path)
        self._exit_renderables.append(Text(show_lines("\n".join(lines))))
        self._close_messages_no_wait()

    def restore(self, backup: Backup) -> None:
        """Leaves the app, so that nothing is open when the backup takes the desk's place."""
        self.wanted = backup
        self.exit(0)

    def begin_day(self, *, reread: bool = False) -> None:
        """The first opening of a day: contacts enter sequences, a backlog beyond the cap moves on.

        Waits while a dialog is open: it may be at work on the desk.
        """
        from store.smoothing import spread_backlog
        from store.walking import Looked, look_at_sequences
        from tui.sop_wording import entered_words

        screen = in_front(self)
        if not isinstance(screen, DeskScreen):
            return
        now = self.desk.clock()
        self._day = now.day
        looked: list[Looked] = []
        moved: list[int] = []
        screen.attempt(self.judge_all)
        screen.attempt(lambda: looked.append(look_at_sequences(self.desk.db, self.desk.shift, now)))
        screen.attempt(lambda: moved.append(spread_backlog(self.desk.db, self.desk.shift, now)))
        told = [entered_words(found) for found in looked if found.entered]
        if any(moved):
            told.append(_("{n} beyond the day's cap moved to the coming days", n=moved[0]))
        if told:
            screen.say(" · ".join(told), "warning" if any(moved) else "success")
        if reread or any(moved) or looked != [Looked()] or self._judged:
            screen.day_began(at_top=self._judged and not reread)
        self._judged = False

    def judge_all(self) -> None:
        """Brings lists and priorities up to the day and the rules in use, if they are behind."""
        from store.list_pass import judge_all

        desk = self.desk
        passed = judge_all(desk.db, desk.shift.sop, desk.clock().day)
        self._judged = self._judged or (passed is not None and passed.changed > 0)

    def _look_at_clock(self) -> None:
        """Midnight, a sleeping machine and a travelled clock are seen here."""
        if self.desk.clock().day != self._day:
            self.begin_day(reread=True)

    def _make_screen(self, place: str) -> Screen[None]:
        """One of the full screens, made when it is first shown."""
        module, _dot, made = place.rpartition(".")
        screen: Screen[None] = getattr(import_module(module), made)(self.desk)
        return screen

    def action_show(self, name: str) -> None:
        """Goes to one of the full screens; from a dialog, nothing happens."""
        if name == PERSON and isinstance(self.screen, DeskScreen):
            self._choose_person(self.screen)
        else:
            self._go_to(name)

    def _choose_person(self, screen: DeskScreen) -> None:
        """The file of the contact in hand; with none, and on a file itself, asks whose."""
        contact = None if screen.NAME == PERSON else getattr(screen, "contact", None)
        if contact is not None:
            self._open_person(str(contact))
            return
        from tui.screens import questions

        asked = questions.people(self.desk.db, self.desk.shift, screen.export_found)
        self.push_screen(asked, self._open_person)

    def _open_person(self, contact: str | None) -> None:
        if contact:
            self.desk.person = int(contact)
            self.call_later(self._go_to, PERSON)

    def _go_to(self, name: str) -> None:
        if not isinstance(self.screen, DeskScreen):
            return
        if name == self.screen.NAME:
            self.screen.come_back()
        else:
            self._shown_before = self.current_mode
            self.switch_mode(name)

    def show_before(self) -> None:
        """Goes back to the full screen that was shown before this one."""
        self.action_show(self._shown_before)

    @property
    def text_mode(self) -> bool:
        """Whether a field has the keys; the driver then passes characters one by one.

        Asked by the input thread, also while the first screen is still being made.
        """
        try:
            return isinstance(self.focused, Input)
        except ScreenStackError:
            return False

    def is_desk_key(self, key: str) -> bool:
        """Whether a key (Textual's name) is one of the desk's; the driver asks while reading."""
        return key in DESK_KEYS

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's commands; Textual's own would write names to a file, or speak English."""
        yield SystemCommand(_("Theme"), _("Other colours"), self.search_themes)
        yield SystemCommand(_("Keys"), _("Every key of this screen (F1)"), self.action_help)
        yield SystemCommand(_("Quit"), _("Leaves the desk."), self.exit)
        yield SystemCommand(
            _("Import contacts"),
            _("From a CSV, XLSX or vCard file (Ctrl+O)"),
            lambda: self.action_show("import"),
        )
        yield SystemCommand(
            _("Backups"),
            _("List, make and restore copies of the desk (Ctrl+S)"),
            lambda: self.action_show("backups"),
        )
        yield SystemCommand(
            _("Clean up contacts"),
            _("Duplicates and throw-away accounts (Ctrl+D)"),
            lambda: self.action_show("cleaning"),
        )
        yield SystemCommand(
            _("Mask names"),
            _("For a shared screen: hides who the contacts are, or shows it again (Ctrl+G)"),
            self.action_mask,
        )
        for key in SCREEN_KEYS:
            yield SystemCommand(
                _(key.label), f"{_(key.told)} ({key.sign})", partial(self.run_action, key.action)
            )
        export = EXPORT_KEYS[0]
        if export in getattr(screen, "KEYS", ()):
            run = partial(self.run_action, export.action, screen)
            yield SystemCommand(_(export.label), f"{_(export.told)} ({export.sign})", run)
        if self.sop_watch.changes is not None:
            yield SystemCommand(
                _("Changed steps"),
                _("Decide what becomes of contacts under way (F7, then 7)"),
                self.decide_steps,
            )

    def action_command_palette(self) -> None:
        if not CommandPalette.is_open(cast("App[object]", self)):
            told = _("Search for commands")
            self.push_screen(CommandPalette(placeholder=told, id="--command-palette"))

    def search_themes(self) -> None:
        told = _("Search for themes")
        self.push_screen(CommandPalette(providers=[ThemeProvider], placeholder=told))

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            keys = getattr(self.screen, "KEYS", APP_KEYS)
            self.push_screen(HelpScreen(keys, getattr(self.screen, "INTRO", "")))

    def action_mask(self) -> None:
        """Masks who the contacts are on every screen, or shows it again."""
        masking.turn(on=not masking.is_on())
        self.masking_turned.publish(None)
        screen = in_front(self)
        if isinstance(screen, DeskScreen):
            if masking.is_on():
                told = _("Masked. Copies, exports and your own typing keep the true text.")
            else:
                told = _("Shown again, as it is.")
            screen.say(told)
            screen.draw_bars("")

    def sop_taken_over(self) -> None:
        """Another version is in use, or the one before is again."""
        self.sop_watch.taken_over()

    def decide_steps(self) -> None:
        """Asks what becomes of contacts under way, now that steps changed."""
        self.sop_watch.ask()

    def copy_text(self, text: str, instead: str = "") -> str:
        """Copies a text; the words about it say only what is known.

        `instead` is said as well when the copy is too long or will not arrive.
        """
        from tui import clipboard

        run = self.run_tool or clipboard.run_tool
        copied = clipboard.copy(text, os.environ, run, self.copy_to_clipboard)
        said = clipboard.outcome_words(copied, os.environ, run)
        failed = said.message in (clipboard.TOO_LONG, clipboard.KEPT)
        return say(said) + (f": {instead}" if failed and instead else "")

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
