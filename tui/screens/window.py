"""What the small windows above a screen share: names in them are masked at once, too.

Invariant: words that tell who a contact is are asked for each time a window is
drawn, so that Ctrl+G inside it shows no name that was drawn before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import ModalScreen
from textual.widgets import Input

from tui import masking

if TYPE_CHECKING:
    from tui.screens.outside import Outside

Answer = TypeVar("Answer")
Told = str | Callable[[], str]
"""Words of a window; those that hold a name are made anew whenever they are drawn."""


def words(told: Told) -> str:
    """The words as they are now; they have yet to pass the door."""
    return told if isinstance(told, str) else told()


def hide(field: Input, begun: str) -> None:
    """Dots in place of words that the field began with, while names are masked.

    They come from the contact's file, a draft or a paste; what is typed into an
    empty field stays as it is typed.
    """
    field.password = bool(begun) and masking.is_on()


class Window(ModalScreen[Answer]):
    """A window over a screen, drawn anew when names are masked or shown again."""

    def on_mount(self) -> None:
        turned = cast("Outside", self.app).masking_turned
        turned.subscribe(self, lambda _none: self.draw_anew(), immediate=True)

    def draw_anew(self) -> None:
        """Draws everything that may hold a name."""
