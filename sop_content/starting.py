"""An editable copy of the SOP that ships: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

from sop_content import shipped
from sop_content.writing import NotWritten, write_folder

__all__ = ["NotWritten", "write_copy"]


def write_copy(language: str, folder: Path) -> tuple[str, ...]:
    """Copies the SOP of a language ("zh", "en") into a folder that is new or empty.

    The YAML files alone, and writable, whatever the installed ones are.
    Returns the files' names relative to it. Raises NotWritten.
    """
    source = shipped(language)
    found = sorted(source.rglob("*.yaml"))
    return write_folder(folder, {path.relative_to(source).as_posix(): path for path in found})
