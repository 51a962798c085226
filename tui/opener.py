"""Opening a link or file with the system's own program, never through a shell."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https"})


def open_outside(target: str, folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether a program was started for a web link, or a file inside the SOP's folder.

    Nothing is started on a machine without a screen or reached over SSH: it
    would open where nobody sits.
    """
    program = _program(environ)
    place = address(target, folder)
    if program is None or place is None:
        return False
    try:
        subprocess.Popen(  # noqa: S603 - a fixed program, the target is one argument
            [program, place],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def address(target: str, folder: Path) -> str | None:
    """A web link as it is, a file of the folder by its full path; None for anything else."""
    if urlsplit(target).scheme in SCHEMES:
        return target
    file = (folder / target).resolve()
    inside = file.is_relative_to(folder.resolve())
    return str(file) if inside and file.is_file() else None


def _program(environ: Mapping[str, str]) -> str | None:
    if environ.get("SSH_CONNECTION"):
        return None
    if sys.platform == "darwin":
        return shutil.which("open")
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open")
    return None
