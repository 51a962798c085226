"""What a path leads to that somebody typed or pasted: what can be no path leads nowhere.

The system refuses to look at a name that is too long, and a text may begin like
a link and be none; neither is a fault of the desk.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from rules.system_words import reason_of
from rules.wording import N_, sentence
from store.connection import NotADesk
from store.desk_file import led_to


def desk_file(told: str | os.PathLike[str]) -> Path:
    """The desk's file under a path as it was told: of a link the file that it leads to.

    The link itself where nothing is there, to be told of. Raises NotADesk where no
    file can stand under the path.
    """
    path = Path(told)
    with suppress(RuntimeError):  # the home of somebody who does not exist
        path = path.expanduser()
    if path.name in ("", ".."):
        raise NotADesk(sentence(N_("{path} is a folder, not a desk file"), path=path))
    try:
        return led_to(path) if path.exists() else path
    except OSError as error:
        raise NotADesk(
            sentence(N_("{path} cannot be read: {error}"), path=path, error=reason_of(error))
        ) from error


def is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def is_file(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file()
    return False


def stands(path: Path) -> bool:
    """Whether anything is there."""
    with suppress(OSError):
        return path.exists()
    return False


def followed(path: Path) -> Path:
    """The path without links, as far as they lead somewhere."""
    return Path(os.path.realpath(path))


def scheme_of(text: str) -> str:
    """https, file, …; empty where the text is no link."""
    with suppress(ValueError):
        return urlsplit(text).scheme
    return ""
