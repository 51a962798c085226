"""The names of the full screens at the top of each. Without Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import masking
from tui.keys import SCREEN_KEYS
from tui.words import _

if TYPE_CHECKING:
    from tui.widgets.lines import Line, Piece


def tab_line(here: str, aside: str = "") -> Line:
    """The name of the program and its screens, the one called `here` marked.

    `aside` is what a screen without a tab of its own is called: it stands first.
    """
    pieces: list[Piece] = [] if aside else [(" siyu ", "title")]
    if masking.is_on():
        pieces = [(" " + _("masked") + " ", "masked")]
    if aside:
        pieces.append((f" {aside} ", "tab"))
    for key in SCREEN_KEYS:
        shown = key.action == f"show('{here}')"
        pieces.append((f" {key.sign} ", "dim"))
        pieces.append((f"{_(key.label)}", "tab" if shown else "plain"))
    return tuple(pieces)
