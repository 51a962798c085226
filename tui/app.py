"""The app: its parts put together, its keys, and its first and last moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, cast

from textual.actions import ActionParseResult
from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.screen import Screen
from textual.signal import Signal
from textual.theme import ThemeProvider
from textual.widgets import Input

from tui import masking, start
from tui.driver import desk_driver
from tui.full_screens import FullScreens
from tui.in_front import in_front
from tui.keys import ALL_KEYS, APP_KEYS, desk_keys
from tui.opening import OpenDesk
from tui.outward import Outward
from tui.reading_desk import told, writes
from tui.screens.desk_screen import DeskScreen
from tui.widgets.lines import COMPONENTS
from tui.words import _

if TYPE_CHECKING:
    from store.backups import Backup
    from tui.day_turn import DayTurn
    from tui.reading_watch import ReadingWatch
    from tui.safekeeping import Safekeeping
    from tui.screens.contact.in_hand import InHandScreen
    from tui.sop_watch import SopWatch

LOOK_AT_CLOCK = 30.0
"""Seconds between two looks at whether the desk's day has ended."""
DESK_KEYS = desk_keys(ALL_KEYS)


class DeskApp(FullScreens, Outward):
    """One desk in a terminal or a browser."""

    CSS_PATH = "siyu.tcss"
    TITLE = "siyu"
    COMPONENT_CLASSES: ClassVar[set[str]] = {*COMPONENTS}
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in APP_KEYS]

    def __init__(self, desk: OpenDesk, greeting: tuple[str, str] = ("", "plain")) -> None:
        """`greeting` is what the first screen says, and its look."""
        super().__init__(driver_class=desk_driver())
        self.desk = desk
        self.greeting = greeting
        self.wanted: Backup | None = None
        """The backup to be restored once the app is left."""
        masking.turn(on=False)
        self.masking_turned: Signal[None] = Signal(cast("App[object]", self), "masking turned")
        """Told to every full screen, so that none comes back with a name on it."""
        self.version_changed: Signal[None] = Signal(cast("App[object]", self), "version changed")
        """Told to every full screen, so that none comes back with words about another version."""

    def on_mount(self) -> None:
        self.call_after_refresh(self.begin_day)
        self.call_after_refresh(self._begin_work)
        self.set_interval(LOOK_AT_CLOCK, lambda: self.day_turn.look())

    @cached_property
    def sop_watch(self) -> SopWatch:
        # Imported here and below: what the first picture does not need comes after it.
        from tui.sop_watch import SopWatch

        return SopWatch(self, self.desk)

    @cached_property
    def reading_watch(self) -> ReadingWatch:
        from tui.reading_watch import ReadingWatch

        return ReadingWatch(self, self.desk)

    @cached_property
    def safekeeping(self) -> Safekeeping:
        from tui.safekeeping import Safekeeping

        return Safekeeping(self, self.desk)

    @cached_property
    def day_turn(self) -> DayTurn:
        from tui.day_turn import DayTurn

        return DayTurn(self, self.desk)

    def _begin_work(self) -> None:
        """Right after the first picture."""
        if self.desk.reads:
            self.reading_watch.start()
            start.end()
            return
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
            self._tell_left(screen)

    def _tell_left(self, screen: InHandScreen) -> None:
        """What else was typed and not saved waits in its window; this says where that is."""
        if not self.desk.drafts.waiting():
            return
        from tui.left_over import left_over, left_words

        told = left_words(left_over(self.desk), screen.contact)
        if told:
            screen.say_first(told)
            screen.draw_bars("")

    def on_sop_watch_read(self, event: SopWatch.Read) -> None:
        self.sop_watch.read(event)
        self.day_turn.look()  # a leave may have been cut short

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
        """The first opening of a day, or `reread`: the day that began while the app was open."""
        self.day_turn.begin(reread=reread)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """On a desk that is only read, a key that writes says so and does nothing else."""
        screen = in_front(self)
        keys = (*getattr(screen, "KEYS", ()), *APP_KEYS)
        if self.desk.reads and isinstance(action, str) and writes(action, keys):
            if isinstance(screen, DeskScreen):
                screen.say(told(), "warning")
                screen.draw_bars("")
            return True
        return await super().run_action(action, default_namespace, namespaces)

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
        from tui.palette import commands

        undecided = self.sop_watch.changes is not None
        return commands(self, screen, self.decide_steps if undecided else None)

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

    def action_help_quit(self) -> None:
        """Ctrl+C leaves nothing by accident; says how the desk is left, as Textual would."""
        screen = in_front(self)
        if isinstance(screen, DeskScreen):
            screen.say(_("Ctrl+Q leaves the desk."))
            screen.draw_bars("")

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
        self.version_changed.publish(None)
        self.sop_watch.taken_over()
        self.day_turn.look()

    def decide_steps(self) -> None:
        """Asks what becomes of contacts under way, now that steps changed."""
        self.sop_watch.ask()
