"""An editable copy of the SOP that ships: all of it, or nothing.

Nothing that stands in a folder already is written over, and a copy that was
interrupted is no SOP: it has no `sop.yaml` at its place.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from rules.wording import N_, DeskError, sentence
from sop_content import shipped


class NotWritten(DeskError):
    """The copy was not made; nothing of it stays."""


def write_copy(language: str, folder: Path) -> tuple[str, ...]:
    """Copies the SOP of a language ("zh", "en") into a folder that is new or empty.

    Returns the files' names relative to it. Raises NotWritten.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise _taken(N_("{folder} is not empty and was left as it is"), folder)
        if folder.exists() and not folder.is_dir():
            raise _taken(N_("{folder} is a file and was left as it is"), folder)
        return _write(shipped(language), folder)
    except OSError as error:
        raise NotWritten(
            sentence(
                N_("{folder} cannot be written: {error}"),
                folder=folder,
                error=error.strerror or error,
            ),
            sentence(N_("Name another folder")),
        ) from error


def _taken(message: str, folder: Path) -> NotWritten:
    return NotWritten(sentence(message, folder=folder), sentence(N_("Name a new folder")))


def _write(source: Path, folder: Path) -> tuple[str, ...]:
    """Builds the copy under another name, then moves it to its place.

    Into an empty folder that exists the parts are moved, sop.yaml last: it may
    be the one that somebody's shell stands in.
    """
    there = folder.is_dir()
    if not there:
        folder.parent.mkdir(parents=True, exist_ok=True)
    building = (folder if there else folder.parent) / f".{uuid4().hex}.new"
    try:
        names = _copied(source, building)
        if not there:
            building.rename(folder)
            return names
        _move(building, folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return names


def _move(building: Path, folder: Path) -> None:
    parts = sorted(building.iterdir(), key=lambda path: path.name == "sop.yaml")
    try:
        for part in parts:
            part.rename(folder / part.name)
        building.rmdir()
    except OSError:
        for place in (folder / part.name for part in parts):
            shutil.rmtree(place, ignore_errors=True)
            if place.is_file():
                place.unlink()
        raise


def _copied(source: Path, building: Path) -> tuple[str, ...]:
    """The YAML files alone, and writable, whatever the installed ones are."""
    found = sorted(source.rglob("*.yaml"))
    for path in found:
        copy = building / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return tuple(path.relative_to(source).as_posix() for path in found)
