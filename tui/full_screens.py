"""The full screens, by the names that keys use: made when first shown, and the way between them."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.opening import OpenDesk
from tui.screens.desk_screen import DeskScreen

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


class FullScreens(App[int]):
    """An app that shows one full screen at a time, and dialogs over it."""

    DEFAULT_MODE = "today"
    desk: OpenDesk

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._shown_before = self.DEFAULT_MODE
        for name, place in SCREENS.items():
            self.add_mode(name, partial(self._make_screen, place))

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

        self.push_screen(questions.people(screen), self._open_person)

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
            self.screen.forget_message()
            self._shown_before = self.current_mode
            self.switch_mode(name)

    def find_on_today(self) -> None:
        """Asks whom to find, from a screen that has nobody in hand: who is found shows on Today."""
        self._go_to(self.DEFAULT_MODE)
        self.call_after_refresh(lambda: self.run_action("find", self.screen))

    def show_before(self) -> None:
        """Goes back to the full screen that was shown before this one: a file without asking."""
        self._go_to(self._shown_before)
