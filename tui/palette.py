"""The commands of the palette: every full screen, the export, and what has no key of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from tui.keys import EXPORT_KEYS, SCREEN_KEYS
from tui.words import _


def commands(
    app: App[Any], screen: Screen[Any], decide: Callable[[], None] | None
) -> Iterator[SystemCommand]:
    """In the order of the list; `decide` when changed steps wait for somebody."""
    for title, told, action in _without_tab():
        yield SystemCommand(title, told, partial(app.run_action, action))
    for key in SCREEN_KEYS:
        run = partial(app.run_action, key.action)
        yield SystemCommand(_(key.label), f"{_(key.told)} ({key.sign})", run)
    export = EXPORT_KEYS[0]
    if export in getattr(screen, "KEYS", ()):
        run = partial(app.run_action, export.action, screen)
        yield SystemCommand(_(export.label), f"{_(export.told)} ({export.sign})", run)
    if decide is not None:
        told = _("Decide what becomes of contacts under way (F7, then 7)")
        yield SystemCommand(_("Changed steps"), told, decide)


def _without_tab() -> tuple[tuple[str, str, str], ...]:
    """Title, what it does, and its action: what stands in no top line."""
    return (
        (_("Theme"), _("Other colours"), "change_theme"),
        (_("Keys"), _("Every key of this screen (F1)"), "help"),
        (_("Quit"), _("Leaves the desk."), "quit"),
        (_("Import contacts"), _("From a CSV, XLSX or vCard file (Ctrl+O)"), "show('import')"),
        (
            _("Backups"),
            _("List, make and restore copies of the desk (Ctrl+S)"),
            "show('backups')",
        ),
        (
            _("Clean up contacts"),
            _("Duplicates and throw-away accounts (Ctrl+D)"),
            "show('cleaning')",
        ),
        (
            _("Mask names"),
            _("For a shared screen: hides who the contacts are, or shows it again (Ctrl+G)"),
            "mask",
        ),
    )
