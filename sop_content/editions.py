"""The folder of the SOP in use, and the versions kept beside it.

A version that is published comes into a folder by steps that can be stopped
between any two of them, with the log of the desk as the judge:

1. `stage` writes the new files into `.NAME.staged` beside the folder NAME, with
   a mark that names the publish, and waits until the disk has them;
2. the desk's log takes the publish event (elsewhere), in one transaction with
   the contacts it moves;
3. `put_in_place` renames the staged folder to `.NAME.next`, the folder in use to
   NAME-VERSION, and `.NAME.next` to NAME.

Stopped before the log has the event, nothing happened: the staged folder is
left over and is written anew. Stopped after it, a staged folder whose mark the
log knows is put in place at the next start. `.NAME.next` exists only after the
event was written, so where NAME is missing it is taken in its place. Going back
after an undo is the same swap with the folder that was kept, and the one that
was undone is set aside as NAME-VERSION-undone, until it is done again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rules.system_words import reason_of
from rules.wording import N_, DeskError, sentence

MARK = ".siyu-edition"
"""The file in an edition's folder that holds its mark."""
LONGEST = 64
"""Characters of a mark that are read, and of a version in a folder's name."""
UNFIT = re.compile(r"[^\w.-]+")
OWN_SETTINGS = "desk.yaml"
"""Settings belong to the desk: a version without them takes over those in use."""


class NotPlaced(DeskError):
    """Files of an edition could not be written or moved."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            sentence(
                N_("{folder} cannot be written: {error}"),
                folder=folder,
                error=reason_of(error),
            ),
            sentence(N_("Mend the cause; the desk finishes it when it is opened again")),
        )


class InUseAlready(DeskError):
    """The folder to publish is the one in use, or lies around it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            sentence(N_("{folder} is the folder in use"), folder=folder),
            sentence(N_("Copy it elsewhere, edit the copy and publish that")),
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the SOP in use has its folder, with what stands beside it."""

    folder: Path
    """It need not exist: then the SOP that ships is in use."""

    @property
    def staged(self) -> Path:
        return self._hidden("staged")

    @property
    def next(self) -> Path:
        return self._hidden("next")

    def beside(self, name: str) -> Path | None:
        """A folder of this name beside the one in use, if there is one."""
        if name in ("", ".", "..") or Path(name).name != name:
            return None
        place = self.folder.with_name(name)
        return place if place.is_dir() else None

    def _hidden(self, end: str) -> Path:
        return self.folder.parent / f".{self.folder.name}.{end}"

    def free_name(self, version: str, end: str = "") -> str:
        """A name beside the folder that nothing has yet: sop-1.0, or sop-1.0-2."""
        fit = UNFIT.sub("_", version).strip("._-")[:LONGEST] or "before"
        wanted = f"{self.folder.name}-{fit}{end}"
        names = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, 10_000))
        return next(name for name in names if not os.path.lexists(self.folder.with_name(name)))

    def set_aside(self, mark: str) -> Path | None:
        """The folder of a publish that was undone."""
        pattern = f"{self.folder.name}-*-undone*"
        found = (p for p in sorted(self.folder.parent.glob(pattern)) if mark_of(p) == mark)
        return next(found, None)


def shelf_of(folder: Path) -> Shelf:
    """The shelf of a folder; a link to a folder stays, what it leads to is replaced."""
    return Shelf(Path(os.path.realpath(folder)))


def mark_of(folder: Path) -> str:
    """The mark of an edition; empty for a folder that was never published."""
    try:
        with (folder / MARK).open("rb") as stream:
            return stream.read(LONGEST).decode("ascii", "replace").strip()
    except OSError:
        return ""


def was_published(shelf: Shelf) -> bool:
    """Whether anything beside the desk tells of a publish: a cheap look, nothing is read."""
    places = (shelf.folder / MARK, shelf.staged, shelf.next)
    return any(os.path.lexists(place) for place in places) or any(
        shelf.folder.parent.glob(f"{shelf.folder.name}-*-undone*")
    )


def stage(source: Path, shelf: Shelf, settings_from: Path) -> str:
    """Copies an SOP beside the folder in use, not in use yet; the mark it was given.

    All plain files but hidden ones, links not followed; `desk.yaml` from
    `settings_from` where the source has none. Raises NotPlaced, InUseAlready.
    """
    here = Path(os.path.realpath(source))
    if here == shelf.folder or here in shelf.folder.parents:
        raise InUseAlready(source)
    mark, place = os.urandom(16).hex(), shelf.staged
    try:
        _drop(place)
        place.mkdir(mode=0o700)
        for path in _files(here):
            _copy(path, place / path.relative_to(here))
        settings = settings_from / OWN_SETTINGS
        if not (place / OWN_SETTINGS).exists() and settings.is_file():
            _copy(settings, place / OWN_SETTINGS)
        _write(place / MARK, f"{mark}\n".encode("ascii"))
        for folder in (*(p for p in place.rglob("*") if p.is_dir()), place, place.parent):
            _settle(folder)
    except OSError as error:
        _drop(place)
        raise NotPlaced(shelf.folder, error) from error
    return mark


def discard(shelf: Shelf) -> None:
    """Takes away what was staged and not published."""
    _drop(shelf.staged)


def put_in_place(shelf: Shelf, new: Path, kept: str) -> None:
    """Makes `new`, a folder beside the one in use, the one in use.

    The one in use gets the name `kept`. Raises NotPlaced; the next opening ends it.
    """
    try:
        if new != shelf.next:
            new.rename(shelf.next)
        _make_way(shelf, kept)
        finish(shelf)
    except OSError as error:
        raise NotPlaced(shelf.folder, error) from error


def take_out(shelf: Shelf, kept: str) -> None:
    """Sets the folder in use aside under a name, so that the SOP that ships is in use."""
    try:
        _make_way(shelf, kept)
    except OSError as error:
        raise NotPlaced(shelf.folder, error) from error


def finish(shelf: Shelf) -> None:
    """Ends a swap that was stopped between its renames, if there is one. Raises NotPlaced."""
    try:
        if shelf.next.is_dir() and not os.path.lexists(shelf.folder):
            with suppress(FileNotFoundError):  # another process ended it
                shelf.next.rename(shelf.folder)
            _settle(shelf.folder.parent)
    except OSError as error:
        raise NotPlaced(shelf.folder, error) from error


def _make_way(shelf: Shelf, kept: str) -> None:
    if os.path.lexists(shelf.folder):
        shelf.folder.rename(shelf.folder.with_name(kept or shelf.free_name("before")))


def _files(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def _drop(folder: Path) -> None:
    # Imported here and below: a start that has nothing to put in place does without.
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _copy(path: Path, place: Path) -> None:
    import shutil

    place.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as source, place.open("xb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Waits until the disk knows the names in a folder, where the system can say so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
