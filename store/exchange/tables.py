"""Files as rows of text, before anybody knows what the columns mean.

Owns the shape that CSV files and workbooks share: numbered rows of cells.
Line numbers are those a person sees: physical lines of a text file, row
numbers of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rules.wording import N_
from store.exchange.cards import CardTable
from store.exchange.delimited import delimited_readings
from store.exchange.faults import FileRefused
from store.exchange.file_kinds import FileKind, kind_of
from store.exchange.table_rows import TableRow
from store.exchange.workbooks import WorkbookTable

__all__ = ["Table", "TableRow", "open_readings"]


class Table(Protocol):
    """Rows of one file; each call of `rows` reads the file anew."""

    @property
    def path(self) -> Path: ...
    @property
    def encoding(self) -> str:
        """Codec of a text file; "" for a workbook."""
        ...

    @property
    def delimiter(self) -> str:
        """Separator of a text file; "" for a workbook."""
        ...

    @property
    def sheet(self) -> str:
        """Name of the sheet that is read; "" for a text file."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of the file's bytes, hexadecimal."""
        ...

    @property
    def size_hint(self) -> int:
        """About the number of rows, for a progress bar; 0 when unknown."""
        ...

    def head(self, count: int) -> Sequence[TableRow]:
        """The first rows, read leniently; never raises for what stands in them."""
        ...

    def rows(self) -> Iterator[TableRow]:
        """All rows, strictly; raises `FileRefused` where the file is broken."""
        ...


def open_readings(path: Path, encoding: str = "", sheet: str = "") -> Sequence[Table]:
    """Every way the file can be read as a table: by its sheets, or one per delimiter.

    Raises `FileRefused` for a file that is no table at all.
    """
    kind = kind_of(path)
    if kind is FileKind.WORKBOOK:
        return WorkbookTable.open(path, sheet)
    if sheet:
        raise FileRefused(path, N_("{file} is no workbook and has no sheets."))
    if kind is FileKind.CARDS:
        return (CardTable.open(path, encoding),)
    return delimited_readings(path, encoding)
