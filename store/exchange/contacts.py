"""Contact files: opened, understood, previewed and read row by row.

Owns the way from a path to rows. Nothing is written and nothing is matched
here. A file that cannot be understood is refused in one line before its first
row; a file that turns out broken further down is refused while it is read, so
whoever writes rows does so in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from rules.plain_text import keep
from rules.wording import N_, DeskError, sentence
from store.exchange.contact_rows import ContactRow, RejectedRow, RowReader
from store.exchange.day_order import DayOrders
from store.exchange.faults import FileRefused
from store.exchange.headings import (
    HEADING_ROWS,
    Column,
    Field,
    HeadingRow,
    find_headings,
    read_headings,
)
from store.exchange.tables import Table, TableRow, open_readings

__all__ = [
    "Column",
    "ContactFile",
    "ContactRow",
    "Field",
    "NobodyNamed",
    "RejectedRow",
    "open_contacts",
    "open_unnamed",
]

_HEADINGS_THAT_NAME = (
    "姓名, 客户名称, 昵称, 手机号, 微信号, external_userid, 邮箱,"
    " name, first name, nickname, phone, wechat, email"
)
COLUMN_LIMIT = 1000
"""Columns with a heading; no export has as many, and some work grows with their square."""
_SHOWN_HEADINGS = 10
_SHOWN_CHARACTERS = 30


class NobodyNamed(FileRefused):
    """A table of which no heading says who a row is about."""


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A file whose headings are understood."""

    table: Table
    heading_row: HeadingRow
    day_orders: DayOrders = field(default_factory=DayOrders, compare=False)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.table.path

    @property
    def encoding(self) -> str:
        """Codec of a text file, "" for a workbook."""
        return self.table.encoding

    @property
    def delimiter(self) -> str:
        """Separator of a text file, "" for a workbook."""
        return self.table.delimiter

    @property
    def sheet(self) -> str:
        """The sheet that is read, "" for a text file."""
        return self.table.sheet

    @property
    def digest(self) -> str:
        """SHA-256 of the file's bytes, hexadecimal: the same file is known again by it."""
        return self.table.digest

    @property
    def size_hint(self) -> int:
        """About the number of lines below the headings; 0 when unknown."""
        return max(0, self.table.size_hint - self.heading_row.line)

    @property
    def mapping(self) -> tuple[Column, ...]:
        """Each column with its heading and field; no field means kept as extra."""
        return self.heading_row.columns

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as shown and as keys of extra fields, each one different."""
        return tuple(column.heading for column in self.mapping)

    def rows(self) -> Iterator[ContactRow | RejectedRow]:
        """The data rows in the file's order, read as a stream; empty rows and totals left out.

        Raises `FileRefused` when the file is broken further down.
        """
        reader = self.reader()
        headings: tuple[str, ...] = ()
        for row in self.table.rows():
            if row.line < self.heading_row.line:
                continue
            if row.line == self.heading_row.line:
                headings = row.cells
            elif row.cells != headings:
                found = reader.read(row)
                if found:
                    yield found

    def reader(self) -> RowReader:
        """What reads one row after the other."""
        at = (self.table, self.heading_row.line)
        return RowReader(self.mapping, partial(self.day_orders.day, *at))

    def preview(self, count: int) -> Sequence[ContactRow | RejectedRow]:
        """The first rows, for a look before the import; raises as `rows` does."""
        return list(islice(self.rows(), count))


def open_contacts(
    path: Path, mapping: Mapping[str, str] | None = None, encoding: str = "", sheet: str = ""
) -> ContactFile:
    """Understands a file's encoding, delimiter or sheet, and headings.

    `mapping` gives headings a meaning of the caller's own: the value of a
    `Field`, or "" for an extra field. `encoding` overrides the usual order of
    trial, `sheet` names the sheet to read, a hidden one too. Raises `FileRefused`,
    or `DeskError` for a mapping to no known field.
    """
    chosen = _checked(mapping or {})
    readings = open_readings(path, encoding, sheet)
    heads = [table.head(HEADING_ROWS) for table in readings]
    understood = [
        ContactFile(table, headings)
        for table, head in zip(readings, heads, strict=True)
        if (headings := find_headings(head, chosen))
    ]
    if understood:
        return _not_too_wide(max(understood, key=lambda file: _fitness(file.heading_row)))
    raise _nobody_named(path, heads)


def open_unnamed(path: Path, sheet: str = "") -> ContactFile:
    """A table without a heading that names a person, for somebody who says what it means.

    The fullest of the first rows is taken for the headings, read with the delimiter
    that gives most columns. Raises `FileRefused` where there is no table.
    """
    found = [
        ContactFile(table, read_headings(max(head, key=_filled_cells), {}))
        for table in open_readings(path, "", sheet)
        if (head := table.head(HEADING_ROWS))
    ]
    if not found:
        raise FileRefused(path, N_("{file} is empty."))
    return _not_too_wide(max(found, key=lambda file: _fitness(file.heading_row)[1]))


def _not_too_wide(file: ContactFile) -> ContactFile:
    """Refuses a file whose every row would take seconds."""
    if sum(1 for column in file.mapping if not column.heading.startswith("#")) > COLUMN_LIMIT:
        raise FileRefused(
            file.path,
            N_("{file} has more than {limit} columns."),
            N_("Delete those that say nothing of a person, then try again."),
            limit=COLUMN_LIMIT,
        )
    return file


def _filled_cells(row: TableRow) -> int:
    return len(_filled(row.cells))


def _fitness(headings: HeadingRow) -> tuple[int, int]:
    return headings.recognised, len(headings.columns)


def _checked(mapping: Mapping[str, str]) -> Mapping[str, Field | None]:
    """The caller's mapping with the fields as types."""
    known = {str(field) for field in Field}
    for heading, meaning in mapping.items():
        if meaning and meaning not in known:
            raise DeskError(
                sentence(
                    N_("The column {heading} cannot become {field}."),
                    heading=heading,
                    field=meaning,
                ),
                sentence(N_("Accepted: {fields}."), fields=", ".join(sorted(known))),
            )
    return {heading: Field(told) if told else None for heading, told in mapping.items()}


def _filled(cells: Sequence[str]) -> Sequence[str]:
    return [cell.strip() for cell in cells if cell.strip()]


def _nobody_named(path: Path, heads: Sequence[Sequence[TableRow]]) -> FileRefused:
    """The refusal of a table without a heading that names a person: its fullest row is shown."""
    split_best = max(heads, key=lambda head: max((len(row.cells) for row in head), default=0))
    fullest = max((_filled(row.cells) for row in split_best), key=len, default=())
    cells = [keep(cell, _SHOWN_CHARACTERS) for cell in fullest]
    if not cells:
        return FileRefused(path, N_("{file} is empty."))
    return NobodyNamed(
        path,
        N_("{file} is no contact list: no column names a person. Found: {found}."),
        N_("Accepted headings are {accepted} and others like them."),
        accepted=_HEADINGS_THAT_NAME,
        found=", ".join(cells[:_SHOWN_HEADINGS]) + (", …" if cells[_SHOWN_HEADINGS:] else ""),
    )
