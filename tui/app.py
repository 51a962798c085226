"""The app: its screens, theme and keys, and what leaves it (clipboard, links)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from tui import clipboard
from tui.driver import desk_driver
from tui.keys import ALL_KEYS, APP_KEYS, desk_characters
from tui.opening import OpenDesk
from tui.screens.today.screen import TodayScreen
from tui.words import _, say

CHARACTERS = desk_characters(ALL_KEYS)
NO_COMMANDS = frozenset({"Screenshot", "Maximize", "Minimize"})
"""Textual's commands that would write names to a file, or make no sense here."""


class DeskApp(App[int]):
    """One desk in a terminal or a browser."""

    CSS_PATH = "siyu.tcss"
    TITLE = "siyu"
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in APP_KEYS]

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(driver_class=desk_driver())
        self.desk = desk
        self.run_tool = clipboard.run_tool
        """Starts a clipboard tool; tests put their own here."""

    def get_default_screen(self) -> Screen[None]:
        return TodayScreen(self.desk)

    @property
    def text_mode(self) -> bool:
        """Whether a field has the keys; the driver then passes characters one by one."""
        return isinstance(self.focused, Input)

    def is_desk_key(self, character: str) -> bool:
        """Whether a character is a key of the desk, asked by the driver about what it read."""
        return character in CHARACTERS

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for command in super().get_system_commands(screen):
            if command.title not in NO_COMMANDS:
                yield command

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            keys = getattr(self.screen, "KEYS", APP_KEYS)
            self.push_screen(HelpScreen(keys))

    def copy_text(self, text: str) -> str:
        """Copies a text; the words about it say only what is known."""
        return say(clipboard.copy(text, os.environ, self.run_tool, self.copy_to_clipboard).said)

    def open_target(self, target: str, folder: Path) -> str:
        """Opens a link or a file of the SOP with the system's own program, else copies it."""
        from tui.opener import open_outside

        opened = open_outside(target, folder, os.environ)
        if opened:
            return _("Opened.")
        return _("Nothing here opens links; copied instead: ") + self.copy_text(target)
