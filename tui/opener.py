"""Opening a link or file with the system's own program, never through a shell."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tui.typed_paths import followed, is_file, scheme_of

SCHEMES = frozenset({"http", "https"})


_ENDINGS = (
    "pdf doc docx odt rtf txt md csv xls xlsx ods ppt pptx odp wps et dps"
    " png jpg jpeg gif webp heic bmp tif tiff"
    " mp3 m4a wav amr ogg mp4 mov avi mkv webm eml zip"
)
DOCUMENTS = frozenset(f".{ending}" for ending in _ENDINGS.split())
"""Endings of files that are looked at, never run."""


def open_outside(target: str, folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether a program was started for a web link, or a file inside the SOP's folder.

    Nothing is started on a machine without a screen or reached over SSH: it
    would open where nobody sits.
    """
    return start(address(target, folder), environ)


def start(place: str | None, environ: Mapping[str, str]) -> bool:
    """Whether the system's own program was started for an address; None is none."""
    program = _program(environ)
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
    if scheme_of(target) in SCHEMES:
        return target
    file = followed(folder / target)
    inside = file.is_relative_to(followed(folder))
    return str(file) if inside and is_file(file) else None


def attachment(text: str) -> str | None:
    """A web link or a file's full path as it is kept beside a note; None for anything else.

    The file need not be there: it may lie on a drive that is away just now.
    """
    told = text.strip().strip("\"'")
    if scheme_of(told) in SCHEMES:
        return told
    with suppress(RuntimeError):  # the home of somebody who does not exist
        path = Path(told).expanduser()
        if told and (path.is_absolute() or is_file(path)):
            return str(path.absolute())
    return None


def attachment_address(target: str) -> str | None:
    """What is opened for an attachment: a web link, or a document that is there."""
    if scheme_of(target) in SCHEMES:
        return target
    file = Path(target)
    is_document = file.suffix.lower() in DOCUMENTS
    return str(followed(file)) if is_document and is_file(file) else None


def _program(environ: Mapping[str, str]) -> str | None:
    if environ.get("SSH_CONNECTION"):
        return None
    if sys.platform == "darwin":
        return shutil.which("open")
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open")
    return None
