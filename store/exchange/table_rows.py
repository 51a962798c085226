"""One row of a table as it stands in the file."""

from __future__ import annotations

from typing import NamedTuple


class TableRow(NamedTuple):
    """Cells as text, nothing padded or trimmed; a formula guard is taken off."""

    line: int
    """Physical line where the row begins, or the sheet's row number; from 1."""
    cells: tuple[str, ...]
