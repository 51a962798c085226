"""What every full screen of the desk shares: bars, message, held keys, texts that arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Input

from rules.plain_text import NOTE_LIMIT, keep, line_ends
from rules.timing import Moment
from rules.wording import DeskError
from store.backups import Backup
from store.offering import Offered
from tui import masking
from tui.banners import BACKUP
from tui.beside import tell_untold
from tui.clock import monotonic
from tui.held_keys import REPEAT_DELAY, REPEAT_GAP
from tui.keys import Key
from tui.opening import OpenDesk
from tui.screens.banner import banner_lines
from tui.screens.outside import Outside
from tui.screens.tabs import tab_line
from tui.show import show
from tui.widgets.bars import spread_out, top_line
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Line, Lines
from tui.words import _, say

ARRIVED_REST = 52
"""Cells of what is said around a text that arrived."""
BOUNCE = 0.3
"""Seconds within which the same key for the same contact is one press."""
BURST_QUIET = 1.0
"""Seconds after a text during which Enter does nothing."""


class DeskScreen(Screen[None]):
    """Top line, panes, message, keys."""

    NAME: ClassVar[str] = ""
    """How the app and its keys call it."""
    KEYS: ClassVar[tuple[Key, ...]] = ()
    INTRO: ClassVar[str] = ""
    """What the help says of the screen before its keys; a message id."""

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__()
        self.desk = desk
        self.arrived = ""
        """A text that came by paste or input method and waits for a reaction key."""
        self._message: tuple[str, str] = ("", "plain")
        self._right = ""
        self._quiet_until = 0.0
        self._last_press: tuple[str, float] = ("", float("-inf"))
        self._last_undo = float("-inf")
        self._last_enter = float("-inf")
        self._went_on = False
        self._held: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="top", classes="bar")
        yield Lines(id="banner")
        yield from self.compose_panes()
        yield Lines(id="message")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        # At once, so that a screen that is not shown now is never painted with a name on it.
        turned = cast("Outside", self.app).masking_turned
        turned.subscribe(self, lambda _none: self.masking_turned(), immediate=True)
        # What was said under another version of the SOP, of its publish above all, is not so now.
        changed = cast("Outside", self.app).version_changed
        changed.subscribe(self, lambda _none: self.say(""), immediate=True)

    def compose_panes(self) -> ComposeResult:
        """The screen's own part."""
        yield from ()

    def day_began(self, *, at_top: bool = False) -> None:
        """Another day, or its backlog was spread: what is shown is read anew.

        `at_top` begins at the first line: nobody has looked at the list yet.
        """

    def sop_changed(self) -> None:
        """The SOP is another one: what is drawn by it is drawn anew."""
        self.draw_bars("")

    def come_back(self) -> None:
        """The screen was asked for while it is shown; most are as they were."""

    def redraw(self) -> None:
        """Draws everything anew."""
        self.draw_bars("")

    def masking_turned(self) -> None:
        """Names are masked from now on, or no longer are; what was said may hold one."""
        if self.is_mounted:
            self.say("")
            self.redraw()

    def backup_ended(self, made: Backup | None, *, asked: bool) -> None:
        """A backup was made, or was not needed; on most screens nobody has to know."""

    # Messages

    def say(self, text: str, look: str = "plain") -> None:
        """One line about what just happened; stays until the next."""
        self._message = (show(text), look)

    def say_first(self, text: str) -> None:
        """Something that must not be missed, before what was said already."""
        said, look = self._message
        self.say(" · ".join(filter(None, (show(text), said))), look if said else "accent")

    def forget_message(self) -> None:
        """Another screen is shown: what just happened is over, but not what went wrong."""
        if self._message[1] != "error":
            self.say("")

    def tell_blocked(self, offered: Offered) -> None:
        """Why nothing can be sent to a contact."""
        if offered.blocked is not None:
            self.say("■ " + say(offered.blocked.reason), "warning")
            self.draw_bars("")

    def attempt(self, act: Callable[[], None]) -> None:
        """Runs a verb; what it says went wrong is shown, and nothing typed is lost."""
        try:
            act()
            if tell_untold(self.desk.db, self.desk.banners):
                self.redraw()
            if BACKUP in self.desk.banners:
                self.try_backup_again()
        except DeskError as error:
            remedy = f" · {say(error.remedy)}" if error.remedy else ""
            self.say(f"✗ {say(error.what)}{remedy}", "error")
            self.draw_bars("")

    def try_backup_again(self) -> None:
        """Something was written since a backup failed: perhaps its cause is gone."""
        keeping = getattr(self.app, "safekeeping", None)
        if keeping is not None:
            keeping.try_again()

    @property
    def room_for_message(self) -> int:
        """Cells that a message has beside the word for keys or text."""
        words = max(cell_len(_("KEYS")), cell_len(_("TEXT")))
        return max(0, self.query_one("#message", Lines).size.width - words - 2)

    @property
    def room_at_right(self) -> int:
        """Cells that are left beside the message, with a gap between the two."""
        said = cell_len(self._message[0])
        return self.room_for_message - 1 - (said + 2 if said else 0)

    def draw_bars(self, right: str) -> None:
        """The top line, the message with `right` at its end, and the keys."""
        top = self.query_one("#top", Lines)
        now = self.desk.clock()
        shift = self.desk.shift
        version, width = shift.sop.version, top.size.width
        top.draw([top_line(self.tabs(), now.day, shift.operator, version, width)])
        self._draw_banner(now)
        self._right = right
        self._draw_foot()

    def _draw_foot(self) -> None:
        """The message and the keys; below a dialog neither mode nor keys are this screen's."""
        message, bar = self.query_one("#message", Lines), self.query_one(KeyBar)
        covered = isinstance(self.app.screen, ModalScreen)
        keys = "" if covered else _("TEXT") if isinstance(self.focused, Input) else _("KEYS")
        text, look = self._message
        room, right = message.size.width - cell_len(keys) - 2, self._right
        if self.arrived and self._message[1] != "error":
            waits = self.waits_words() if text else ""
            look = "warning"
            text = f"{show(text, room - cell_len(waits) - 3)} · {waits}" if waits else ""
            text = text or self.arrived_words(room)
        mode: Line = ((f" {keys} ", "key"), (show(text, room), look))
        message.draw(
            [spread_out(mode, ((right + " ", "dim"),) if right else (), message.size.width)]
        )
        if covered:
            bar.draw([])
        else:
            bar.show_keys(self._keys_of_use, self.marked_key)

    def on_screen_suspend(self) -> None:
        if self.is_attached and isinstance(self.app.screen, ModalScreen):
            self._draw_foot()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self._draw_foot()

    def _draw_banner(self, now: Moment) -> None:
        """What stands until its cause is gone: about the day, then about the SOP's files."""
        banner = self.query_one("#banner", Lines)
        rows = banner_lines(self.desk, now, self.size.width)
        banner.display = bool(rows)
        banner.styles.height = len(rows)
        banner.draw(rows)

    def arrived_words(self, room: int) -> str:
        """What is said of the text that arrived, in so many cells."""
        return _(
            'Text arrived: "{text}" · 1 to 4 log it · 7 notes it · Esc drops it',
            text=show(masking.words(self.arrived, {}), max(12, room - ARRIVED_REST)),
        )

    def waits_words(self) -> str:
        """What is said of it behind what was done since."""
        return ""

    @property
    def keys_shown(self) -> Sequence[Key]:
        """The keys of the footer that are of use now, the most needed first."""
        return self.KEYS

    @property
    def _keys_of_use(self) -> Sequence[Key]:
        """On a desk that is only read, those that write are of none."""
        shown = self.keys_shown
        return [key for key in shown if not key.writes] if self.desk.reads else shown

    @property
    def marked_key(self) -> str:
        """The key that is proposed, by its sign; empty for none."""
        return ""

    def tabs(self) -> Line:
        """The screens, the one shown marked."""
        return tab_line(self.NAME)

    # Texts and held keys

    def text_arrived(self, text: str) -> None:
        """Keeps a text for the next reaction; Enter does nothing for a second."""
        self._quiet_until = monotonic() + BURST_QUIET
        self.arrived = keep(line_ends(text), NOTE_LIMIT).strip()
        self.say("")
        self.draw_bars("")

    def ignore_text(self) -> None:
        """A text came where none is asked for: Enter does nothing for a second."""
        self._quiet_until = monotonic() + BURST_QUIET

    def after_a_second(self) -> Callable[[], bool]:
        """Tells whether the keys pressed now can be meant for what appeared at this call."""
        shown = monotonic()
        return lambda: monotonic() - shown >= BURST_QUIET

    def in_burst(self) -> bool:
        return monotonic() < self._quiet_until

    def is_bounce(self, press: str) -> bool:
        """Whether this is the same press again, faster than anybody means it."""
        before, at = self._last_press
        now = monotonic()
        self._last_press = (press, now)
        return press == before and now - at < BOUNCE

    def is_held_on(self) -> bool:
        """Whether this Enter is one of a held key that went on to another contact already.

        Enters pressed fast do their work for one contact; a key held down
        never runs through the list.
        """
        now = monotonic()
        gap, self._last_enter = now - self._last_enter, now
        self._went_on = self._went_on and gap < REPEAT_GAP
        return self._went_on

    def train_went_on(self) -> None:
        """An Enter went on to the next contact; those right behind it do nothing."""
        self._went_on = True

    def once_if_held(self, act: Callable[[], None]) -> None:
        """Acts once for a held key, once a press for single ones.

        A second event that follows within the repeat delay may be a held key:
        it waits a moment to see whether a third comes right after it.
        """
        now = monotonic()
        gap, self._last_undo = now - self._last_undo, now
        if self._held is not None:
            self._held.stop()
            self._held = None
            if gap < REPEAT_GAP:
                return
        if gap >= REPEAT_DELAY:
            act()
        elif gap >= REPEAT_GAP:
            self._held = self.set_timer(REPEAT_GAP, lambda: self._single(act))

    def _single(self, act: Callable[[], None]) -> None:
        self._held = None
        act()

    # What the app does for its screens

    def follow_log(self) -> None:
        """After an undo or redo: the SOP's files follow a publish that was meant."""
        if self.desk.follow_log():
            self.app_took_over()

    def app_took_over(self) -> None:
        """The SOP in use is another one, and every screen is told."""
        cast("Outside", self.app).sop_taken_over()

    def app_copy(self, text: str, instead: str) -> str:
        """Copies a text; what to say about it, with `instead` where it will not arrive."""
        return cast("Outside", self.app).copy_text(text, instead)

    def app_open(self, target: str, folder: Path) -> str:
        """Opens a link or a file of the SOP; what to say about it."""
        return cast("Outside", self.app).open_target(target, folder)
