"""A new folder with files in it: all of them, or nothing.

Nothing that stands in a folder already is written over, and a folder whose
writing was interrupted is no SOP: it has no `sop.yaml` at its place.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from rules.system_words import reason_of
from rules.wording import N_, DeskError, sentence


class NotWritten(DeskError):
    """The folder was not made; nothing of it stays."""


def write_folder(folder: Path, files: Mapping[str, bytes | Path]) -> tuple[str, ...]:
    """Writes files into a folder that is new or empty: bytes as they are, a path as a copy.

    Returns the files' names, which are relative to the folder. Raises NotWritten.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise _taken(N_("{folder} is not empty and was left as it is"), folder)
        if folder.exists() and not folder.is_dir():
            raise _taken(N_("{folder} is a file and was left as it is"), folder)
        _write(files, folder)
    except OSError as error:
        raise NotWritten(
            sentence(
                N_("{folder} cannot be written: {error}"),
                folder=folder,
                error=reason_of(error),
            ),
            sentence(N_("Name another folder")),
        ) from error
    return tuple(files)


def _taken(message: str, folder: Path) -> NotWritten:
    return NotWritten(sentence(message, folder=folder), sentence(N_("Name a new folder")))


def _write(files: Mapping[str, bytes | Path], folder: Path) -> None:
    """Builds the folder under another name, then moves it to its place.

    Into an empty folder that exists the parts are moved, sop.yaml last: it may
    be the one that somebody's shell stands in.
    """
    there = folder.is_dir()
    if not there:
        folder.parent.mkdir(parents=True, exist_ok=True)
    building = (folder if there else folder.parent) / f".{uuid4().hex}.new"
    try:
        for name, content in files.items():
            place = building / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
        if not there:
            building.rename(folder)
            return
        _move(building, folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _move(building: Path, folder: Path) -> None:
    parts = sorted(building.iterdir(), key=lambda path: path.name == "sop.yaml")
    try:
        for part in parts:
            part.rename(folder / part.name)
        building.rmdir()
    except OSError:
        for place in (folder / part.name for part in parts):
            shutil.rmtree(place, ignore_errors=True)
            with suppress(OSError):
                place.unlink()
        raise
