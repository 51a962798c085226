"""The bytes of an SOP folder: which files belong to it, read once and bounded.

Invariant: a file is read once for a reading, so that what was checked is what
was hashed. Never follows a link out of the folder, never opens what is no
plain file (a pipe would wait for ever), never reads more than the limit.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rules.system_words import reason_of
from rules.wording import N_, Sentence, sentence
from sop_content import ships
from sop_content.editions import mark_of
from sop_content.faults import BEGINNING, Fault, FaultList, shown

LARGEST = 1024 * 1024
"""Bytes of one file."""
ROOT_FILES = ("desk.yaml", "lint.yaml", "rules.yaml", "sop.yaml")
NEEDED_AGAIN = ("desk.yaml", "rules.yaml")
"""Files that may be left out, but not taken away unnoticed: without them other limits and no
rules would hold."""
FOLDERS = ("sequences", "content")

Stamp = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class SopFiles:
    """The files of a folder as they were at one moment."""

    data: Mapping[str, bytes]
    """By path relative to the folder; sorted. Without those that have an error below."""
    faults: tuple[Fault, ...]
    ships: bool = False
    """Whether the folder is one that comes with the program."""
    mark: str = ""
    """Of the publish that brought the folder; empty for one that was never published."""

    def digest(self) -> str:
        """SHA-256 (hex) over names, bytes and what could not be read."""
        hashed = sha256()
        for name, content in self.data.items():
            hashed.update(f"{len(name)}:{name}:{len(content)}:".encode())
            hashed.update(content)
        for fault in self.faults:
            hashed.update(str(fault).encode())
        return hashed.hexdigest()


def gather(folder: Path) -> SopFiles:
    """Reads every YAML file of an SOP folder. Never raises for what is in the folder."""
    faults: list[Fault] = []
    data: dict[str, bytes] = {}
    for path, name in _candidates(folder, faults):
        found = FaultList(name)
        content = _bytes_of(path, folder, found)
        if content is not None:
            data[name] = content
        faults.extend(found)
    return SopFiles(data, tuple(faults), ships(folder), mark_of(folder))


def stamps(folder: Path) -> tuple[Stamp, ...]:
    """What a cheap look at the files tells: name, times of change (ns), size and node.

    Equal stamps mean unchanged files; unequal ones mean that it is worth reading them.
    """
    return tuple(_stamp(path, name) for path, name in _candidates(folder, []))


def _stamp(path: Path, name: str) -> Stamp:
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return (name, -1, -1, -1, -1)
    return (name, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino)


def _candidates(folder: Path, faults: list[Fault]) -> Iterator[tuple[Path, str]]:
    """Every file that belongs to an SOP, with its name relative to the folder."""
    if not _is_folder(folder):
        what = N_("there is no folder {folder}: name the folder that holds sop.yaml")
        faults.append(_whole(".", sentence(what, folder=shown(str(folder)))))
        return
    for path in _entries(folder, ".", faults):
        if path.name in ROOT_FILES:
            yield path, path.name
        else:
            faults.append(_unread(path.name, path.name))
    for below in FOLDERS:
        yield from _in_folder(folder, below, faults)


def _in_folder(folder: Path, below: str, faults: list[Fault]) -> Iterator[tuple[Path, str]]:
    place = folder / below
    if not _is_folder(place):
        what = N_('the folder "{folder}" is missing: make it and put its YAML files there')
        faults.append(_whole(below, sentence(what, folder=below)))
        return
    if not _is_inside(place, folder):
        faults.append(_whole(below, _leads_out()))
        return
    for path in _entries(place, below, faults):
        name = f"{below}/{shown(path.name)}"
        if path.suffix == ".yaml":
            yield path, name
        else:
            faults.append(_unread(path.name, name))


def _entries(place: Path, name: str, faults: list[Fault]) -> list[Path]:
    """The YAML files in a folder by name; editors' hidden and backup files are not seen."""
    try:
        found = [p for p in place.iterdir() if p.suffix.lower() in (".yaml", ".yml")]
    except OSError as error:
        faults.append(_whole(name, _cannot_read(error)))
        return []
    return sorted(path for path in found if not path.name.startswith("."))


def _bytes_of(path: Path, folder: Path, found: FaultList) -> bytes | None:
    if shown(path.name) != path.name:
        found.error(BEGINNING, sentence(N_("the name of this file holds invisible characters")))
        return None
    try:
        if not _is_inside(path, folder):
            found.error(BEGINNING, _leads_out())
            return None
        if not stat.S_ISREG(path.stat().st_mode):
            found.error(BEGINNING, sentence(N_("this is no file: a YAML file is expected here")))
            return None
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, RuntimeError, ValueError) as error:
        found.error(BEGINNING, _cannot_read(error))
        return None
    if len(content) > LARGEST:
        message = N_("the file is larger than {count} KB: split it into several files")
        found.error(BEGINNING, sentence(message, count=LARGEST // 1024))
        return None
    return content


def _is_folder(path: Path) -> bool:
    with suppress(OSError):  # a name that is too long
        return path.is_dir()
    return False


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether the path, its links followed, stays in the folder. A link that leads in a
    circle is inside here and fails when it is opened."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def _unread(name: str, path: str) -> Fault:
    message = N_('"{file}" is not read: an SOP is read from {accepted}')
    accepted = (*ROOT_FILES, *(f"{below}/*.yaml" for below in FOLDERS))
    what = sentence(message, file=shown(name), accepted=", ".join(accepted))
    return Fault(shown(path), 1, 1, "warning", what, accepted)


def _leads_out() -> Sentence:
    return sentence(N_("this link leads out of the SOP folder: put the file itself here"))


def _cannot_read(error: Exception) -> Sentence:
    if isinstance(error, PermissionError):
        return sentence(N_("this cannot be read: you have no permission for it"))
    if not isinstance(error, OSError) or error.errno in (None, errno.ENOENT):
        return sentence(N_("this cannot be read: the file is gone or its link leads nowhere"))
    return sentence(N_("this cannot be read: {reason}"), reason=reason_of(error))


def _whole(path: str, message: Sentence) -> Fault:
    return Fault(path, 1, 1, "error", message)
