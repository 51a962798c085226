"""What can be wrong with a file as a whole, told in one line.

Owns the two refusals of this package. A file that is refused has given no
rows to anybody; a row that is refused is a value (`RejectedRow`), not an error.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from rules.system_words import reason_of
from rules.wording import N_, DeskError, sentence

SAVE_AS_CSV = N_("Open it where it came from and save it as CSV (UTF-8) or XLSX.")
MAKE_ROOM = N_("Close it elsewhere, make room, or choose another name or folder.")


class FileRefused(DeskError):
    """A file from outside cannot be read as contacts; nothing of it was used."""

    def __init__(self, path: Path, what: str, remedy: str = SAVE_AS_CSV, **values: object) -> None:
        super().__init__(sentence(what, file=path.name, **values), sentence(remedy, **values))


class ExportFailed(DeskError):
    """A file could not be written; what stood there before is unchanged."""

    def __init__(self, path: Path, what: str, remedy: str = MAKE_ROOM, **values: object) -> None:
        super().__init__(sentence(what, file=str(path), **values), sentence(remedy, **values))


def unwritable(path: Path, error: OSError) -> ExportFailed:
    """The failure for a file that the system does not let us write."""
    reason = reason_of(error)
    if not path.parent.is_dir():
        return ExportFailed(
            path,
            N_("{file} was not written: there is no folder {folder}."),
            N_("Make the folder, or name another."),
            folder=path.parent,
        )
    if os.path.lexists(path):
        what = N_("{file} was not written: {reason}. The old file is unchanged.")
        return ExportFailed(path, what, MAKE_ROOM, reason=reason)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        remedy = N_("Make room, or choose another folder.")
    else:
        remedy = N_("Choose another name or folder.")
    return ExportFailed(path, N_("{file} was not written: {reason}."), remedy, reason=reason)


def require_at_rest(path: Path) -> None:
    """Refuses a pipe or a device: it may never end, and cannot be read twice."""
    try:
        mode = path.stat().st_mode
    except OSError:  # told when it is opened
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise FileRefused(
            path,
            N_("{file} is a pipe or a device, not a file."),
            N_("Save what it gives as a file first."),
        )


def unreadable(path: Path, error: OSError) -> FileRefused:
    """The refusal for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileRefused(path, N_("There is no file {file}."), N_("Check the name and folder."))
    if isinstance(error, IsADirectoryError):
        return FileRefused(path, N_("{file} is a folder, not a file."), N_("Name a file in it."))
    return FileRefused(
        path,
        N_("{file} cannot be read: {reason}."),
        N_("Close it elsewhere or copy it to another folder, then try again."),
        reason=reason_of(error),
    )
