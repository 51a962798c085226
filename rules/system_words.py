"""What the system and SQLite say of a failure, as sentences that can be put into a language.

One table of the words that people meet; in English they are the system's own.
What is not in it is said as the system says it.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

from rules.wording import N_, sentence

BY_NUMBER: Mapping[int, str] = {
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOENT: N_("No such file or directory"),
    errno.EIO: N_("Input/output error"),
    errno.EACCES: N_("Permission denied"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EEXIST: N_("File exists"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EISDIR: N_("Is a directory"),
    errno.EMFILE: N_("Too many open files"),
    errno.EFBIG: N_("File too large"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ENOTEMPTY: N_("Directory not empty"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EDQUOT: N_("Disk quota exceeded"),
}
BY_SQLITE: Mapping[str, str] = {
    "SQLITE_FULL": N_("database or disk is full"),
    "SQLITE_CORRUPT": N_("database disk image is malformed"),
    "SQLITE_NOTADB": N_("file is not a database"),
    "SQLITE_IOERR": N_("disk I/O error"),
    "SQLITE_CANTOPEN": N_("unable to open database file"),
    "SQLITE_READONLY": N_("attempt to write a readonly database"),
    "SQLITE_BUSY": N_("database is locked"),
    "SQLITE_LOCKED": N_("database table is locked"),
    "SQLITE_NOMEM": N_("out of memory"),
}


def reason_of(error: BaseException) -> object:
    """Why something failed, to stand in a sentence: a Sentence when the words are known."""
    if isinstance(error, OSError) and error.errno is not None:
        known = BY_NUMBER.get(error.errno)
        return sentence(known) if known else error.strerror or type(error).__name__
    code = getattr(error, "sqlite_errorname", "") or ""
    found = next((words for name, words in BY_SQLITE.items() if code.startswith(name)), None)
    return sentence(found) if found else str(error) or type(error).__name__
