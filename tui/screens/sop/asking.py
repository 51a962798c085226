"""What the SOP screens ask: which folder, and why the SOP changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App

from scripts.next_version import version_after
from store.publishing import Because, Reason
from tui.opening import OpenDesk
from tui.screens.dialogs import ChoiceDialog, FieldsDialog, Found, Option, PickDialog
from tui.screens.importing.folder import meant
from tui.show import pad, show
from tui.sop_wording import because_word
from tui.typed_paths import followed, is_folder
from tui.widgets.lines import Line
from tui.words import _

MOST = 200
"""Folders that are looked at."""
NAME = 30


def ask_folder(app: App[Any], desk: OpenDesk, chosen: Callable[[Path], None]) -> None:
    """Which folder holds the next version."""
    in_use = followed(desk.sop_path)
    base = desk.shelf.folder.parent if desk.shelf else desk.path.parent
    lies = show(str(base))

    def find(text: str) -> list[Found]:
        found = (place for place in _folders(text, base) if followed(place) != in_use)
        return [Found(str(place), partial(_line, place)) for place in found]

    def picked(answer: str | None) -> None:
        if answer is not None:
            chosen(Path(answer))

    dialog = PickDialog(
        _("Folder of the next version"),
        find,
        _("No folder with a sop.yaml is called so. Type its path."),
        _("TEXT: a path or part of a name, ↑↓ choose, Enter opens · Esc goes back"),
        empty=_("No folder with a sop.yaml lies in {folder}. Esc, then 6 drafts one.", folder=lies),
    )
    app.push_screen(dialog, picked)


def ask_new_folder(app: App[Any], desk: OpenDesk, chosen: Callable[[Path], None]) -> None:
    """Where the next version is to be written; a folder that is not there yet."""
    base = desk.shelf.folder.parent if desk.shelf else desk.path.parent
    version = version_after(desk.shift.sop.version)

    def written(words: dict[str, str] | None) -> None:
        if words and words["folder"]:
            chosen(meant(words["folder"], base))

    begun = str(base / f"sop-{version}-draft")
    fields = (("folder", _("Folder to write into, new or empty"), begun),)
    app.push_screen(FieldsDialog(_("Draft SOP {version}", version=version), fields), written)


def ask_reason(app: App[Any], given: Callable[[Reason], None]) -> None:
    """What made the SOP change, then why in words."""
    options = [Option(str(i), because_word(b), b.value) for i, b in enumerate(Because, 1)]

    def chosen(answer: str | None) -> None:
        if answer is None:
            return
        fields = (
            ("why", _("Why, in a few words"), ""),
            ("wrote", _("Who wrote the change, if not you"), ""),
        )
        title = _("Why the SOP changes: {side}", side=because_word(Because(answer)))

        def written(words: dict[str, str] | None) -> None:
            if words is not None:
                given(Reason(words["why"], Because(answer), words["wrote"]))

        app.push_screen(FieldsDialog(title, fields), written)

    app.push_screen(ChoiceDialog(_("What made the SOP change?"), options), chosen)


def _line(place: Path, width: int) -> Line:
    """The folder's name, then where it lies."""
    where = show(str(place.parent), max(8, width - NAME - 1))
    return ((pad(place.name, NAME), "strong"), (" " + where, "dim"))


def _folders(text: str, base: Path) -> Iterator[Path]:
    """Folders that hold an SOP and fit a text: the one it names, those in it, those beside it."""
    told = text.strip()
    named = meant(told, base) if told else base
    if told and _holds_sop(named):
        yield named
    inside = is_folder(named)
    place, part = (named, "") if inside else (named.parent, named.name)
    try:
        with os.scandir(place) as found:
            names = sorted(entry.name for entry, _n in zip(found, range(5000), strict=False))
    except (OSError, ValueError):
        return
    fitting = [n for n in names if part.casefold() in n.casefold() and not n.startswith(".")]
    for name in fitting[:MOST]:
        if _holds_sop(place / name):
            yield place / name


def _holds_sop(folder: Path) -> bool:
    try:
        return (folder / "sop.yaml").is_file()
    except (OSError, ValueError):
        return False
