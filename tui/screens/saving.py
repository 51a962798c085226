"""Where to write a file: a path, and a yes before anything is replaced."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from tui.screens.dialogs import ChoiceDialog, Option
from tui.show import show
from tui.typed_paths import is_folder, stands
from tui.widgets.field import Field
from tui.widgets.lines import Lines
from tui.words import _
from tui.wrapping import wrap

ENDINGS = (".csv", ".xlsx")
REPLACE, OTHER = "replace", "other"
HINT_ROWS = 2


def ask_path(app: App[Any], title: str, proposed: Path, decided: Callable[[Path], None]) -> None:
    """Asks for a path and calls `decided` with it, unless Esc was pressed."""

    def answered(path: Path | None) -> None:
        if path is not None:
            decided(path)

    app.push_screen(PathDialog(title, proposed), answered)


class PathDialog(ModalScreen[Path | None]):
    """A field with a path; the answer is one that may be written to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, proposed: Path) -> None:
        super().__init__()
        self._title = title
        # A name that cannot be shown whole cannot be edited either.
        whole = show(str(proposed)) == str(proposed)
        self._proposed = proposed if whole else Path.home() / f"siyu{proposed.suffix}"

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide") as dialog:
            dialog.border_title = Content(show(self._title))
            yield Field(str(self._proposed), id="path", select_on_focus=False)
            hint = Lines(id="hint", classes="hint")
            hint.styles.height = HINT_ROWS
            yield hint

    def on_mount(self) -> None:
        self.query_one(Field).focus()
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """The name stands at the path's end; a long path is scrolled to it."""
        field = self.query_one(Field)
        field.action_home()
        field.action_end()
        self._hint()

    def on_field_left(self, event: Field.Left) -> None:
        event.stop()
        path = Path(event.field.value.strip())
        with suppress(RuntimeError):  # the home of somebody who does not exist; told below
            path = path.expanduser()
        wrong = why_not(path)
        if wrong:
            self._hint(wrong, "warning")
        elif stands(path):
            self._ask_to_replace(path)
        else:
            self.dismiss(path)

    def action_leave(self) -> None:
        self.dismiss(None)

    def _ask_to_replace(self, path: Path) -> None:
        def answered(answer: str | None) -> None:
            if answer == REPLACE:
                self.dismiss(path)
            else:
                self.query_one(Field).focus()

        options = (
            Option("1", _("no, I write another name"), OTHER),
            Option("2", _("yes, replace it"), REPLACE),
        )
        title = _("{file} exists already. Replace it?", file=show(path.name, 40))
        self.app.push_screen(ChoiceDialog(title, options), answered)

    def _hint(self, text: str = "", look: str = "dim") -> None:
        told = text or _(
            "TEXT: the name's ending, .csv or .xlsx, decides the format · Esc drops it"
        )
        hint = self.query_one("#hint", Lines)
        hint.draw([((row, look),) for row in wrap(told, hint.size.width)[:HINT_ROWS]])


def why_not(path: Path) -> str:
    """Why a file cannot be written under this path, in words; empty when it may be tried."""
    if path.suffix.lower() not in ENDINGS:
        return _("Write a name that ends in .csv or .xlsx")
    if is_folder(path):
        return _("{path} is a folder", path=show(str(path), 50))
    if not is_folder(path.parent):
        return _("There is no folder {folder}", folder=show(str(path.parent), 50))
    return ""
