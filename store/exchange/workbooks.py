"""XLSX workbooks, read without trusting them.

Keeps that a workbook can neither fill the memory nor run for ever: its size
unpacked, its ratio and its entity declarations are looked at before anything
is parsed, and rows are read as a stream with a limit. Formulas are never
calculated: what the program that saved the file calculated is taken.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from rules.plain_text import keep
from rules.wording import N_
from store.exchange.encodings import file_digest
from store.exchange.faults import FileRefused, unreadable
from store.exchange.sheet_parts import Unseen, unseen
from store.exchange.table_rows import TableRow

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEETS_LOOKED_AT = 8
"""The sheet whose headings say most is read, of so many."""
ROW_LIMIT = 200_000
"""Rows with something in them; more belong into a CSV file."""
LAST_ROW = 1_048_576
"""The last row a sheet can have."""
UNPACKED_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 100
_RATIO_MATTERS = 10 * 1024 * 1024
"""Unpacked bytes below which any ratio is harmless."""
_EXACT_INTEGER = 10**15
"""Excel keeps 15 digits; a float beyond that has lost some."""
_BROKEN = (
    BadZipFile,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What openpyxl, zipfile and the XML parser raise for damaged parts: they check little."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class NoVisibleSheet(FileRefused):
    """A workbook whose sheets are all hidden: one of them must be asked for by its name."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that a workbook has."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """One sheet of a workbook."""

    path: Path
    sheet: str
    digest: str
    size_hint: int
    encoding: str = ""
    delimiter: str = ""

    @classmethod
    def open(cls, path: Path, sheet: str = "") -> Sequence[WorkbookTable]:
        """The visible sheets in their order, or the one that is asked for, hidden or not.

        Looks at the package first; raises `FileRefused`.
        """
        try:
            _check_package(path)
            digest = file_digest(path)
            with _opened(path) as book:
                chosen = _chosen(path, book.worksheets, sheet)
                return [cls(path, each.title, digest, each.max_row or 0) for each in chosen]
        except OSError as error:
            raise _unopened(path, error) from error
        except _BROKEN as error:
            raise _damaged(path) from error

    def head(self, count: int) -> Sequence[TableRow]:
        """The first `count` rows with something in them."""
        with closing(self._rows()) as rows:
            return list(islice(rows, count))

    def rows(self) -> Iterator[TableRow]:
        """Rows with something in them; raises `FileRefused` when damaged or too many."""
        return self._rows()

    def _rows(self) -> Generator[TableRow, None, None]:
        try:
            with _opened(self.path) as book:
                sheet = book[self.sheet]
                # The size a file claims for its sheet is often wrong, or meant to harm.
                sheet.reset_dimensions()
                rows = sheet.iter_rows(1, LAST_ROW, values_only=True)
                yield from self._filled(rows, _unseen(self.path, self.digest, self.sheet))
        except OSError as error:
            raise _unopened(self.path, error) from error
        except _BROKEN as error:
            raise _damaged(self.path) from error

    def _filled(self, rows: Iterable[tuple[object, ...]], unseen: Unseen) -> Iterator[TableRow]:
        filled = 0
        complete = unseen.filler() if unseen.merged or unseen.uncalculated else None
        for line, values in enumerate(rows, 1):
            if not values:  # a gap: a sheet may have a million of them before its last row
                continue
            cells = tuple(map(cell_text, values))
            if complete is not None:
                cells = complete(line, cells)
            if not any(cells):
                continue
            filled += 1
            if filled > ROW_LIMIT:
                raise FileRefused(
                    self.path,
                    N_("{file} has more than {limit} rows."),
                    N_("Save it as CSV, which may have any number of rows."),
                    limit=ROW_LIMIT,
                )
            yield TableRow(line, cells)


@lru_cache(maxsize=SHEETS_LOOKED_AT)
def _unseen(path: Path, digest: str, sheet: str) -> Unseen:  # noqa: ARG001  part of the key
    """Of one content of a file: the rows are read several times, this once."""
    return unseen(path, sheet)


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """The sheets with cells of a workbook; none for a file that cannot be read as one."""
    try:
        _check_package(path)
        with _opened(path) as book:
            return tuple(
                Sheet(each.title, each.sheet_state != "visible") for each in book.worksheets
            )
    except (OSError, FileRefused, *_BROKEN):
        return ()


def cell_text(value: object) -> str:
    """A cell's value as the text of it: whole numbers as digits, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        exact = value.is_integer() and abs(value) < _EXACT_INTEGER
        return str(int(value)) if exact else repr(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time.min else str(value.date())
    return str(value)


def _chosen(path: Path, sheets: Sequence[Worksheet], name: str) -> Sequence[Worksheet]:
    """The sheets to look at, a few at most; raises `FileRefused` when there is none."""
    if name:
        asked = [sheet for sheet in sheets if sheet.title.strip() == name.strip()]
        if not asked:
            known = ", ".join(keep(sheet.title) for sheet in sheets[:SHEETS_LOOKED_AT])
            raise FileRefused(
                path,
                N_("{file} has no sheet {sheet}."),
                N_("Its sheets are {known}."),
                sheet=keep(name),
                known=known,
            )
        return asked[:1]
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    if not visible:
        raise NoVisibleSheet(path, N_("{file} has no visible sheet."))
    return visible[:SHEETS_LOOKED_AT]


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook  # slow to import, and rarely needed

    # It warns on standard error of styles and extensions that no import looks at.
    warnings.filterwarnings("ignore", module="openpyxl")
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        with closing(book):
            yield book


def _check_package(path: Path) -> None:
    """Refuses what is no workbook, is protected, or would unpack into too much."""
    with ZipFile(path) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
            raise FileRefused(path, N_("{file} is an archive, but not an XLSX workbook."))
        if any(part.flag_bits & 1 for part in parts):
            raise FileRefused(path, N_("{file} is protected by a password."))
        unpacked = sum(part.file_size for part in parts)
        packed = max(sum(part.compress_size for part in parts), 1)
        if unpacked > UNPACKED_LIMIT or (
            unpacked > _RATIO_MATTERS and unpacked > packed * RATIO_LIMIT
        ):
            raise FileRefused(
                path,
                N_("{file} unpacks to {size} MB, too much for a list of contacts."),
                size=unpacked // 2**20,
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares(package, part):
                raise FileRefused(path, N_("{file} declares XML entities, which no workbook does."))


def _declares(package: ZipFile, part: ZipInfo) -> bool:
    """Whether an XML part begins with a document type, the place where entities are defined."""
    with package.open(part) as file:
        return b"<!DOCTYPE" in file.read(4096).replace(b"\0", b"")


def _damaged(path: Path) -> FileRefused:
    return FileRefused(path, N_("{file} is cut off or damaged: it is not a whole workbook."))


def _unopened(path: Path, error: OSError) -> FileRefused:
    """openpyxl raises a bare OSError for a missing part; the system's have a number."""
    return _damaged(path) if error.errno is None else unreadable(path, error)
