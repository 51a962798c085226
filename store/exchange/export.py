"""Rows of text as CSV and XLSX that no spreadsheet program runs as formulas.

Keeps two promises: what a stranger wrote stays text when the file is opened,
and a failed export leaves the old file as it was. `store.exchange.contacts`
reads these files back to the same text.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from rules.plain_text import REPLACEMENT, keep
from rules.wording import N_, Sentence
from store.exchange.contact_rows import CELL_LIMIT, RejectedRow
from store.exchange.contacts import ContactFile
from store.exchange.faults import ExportFailed, unwritable
from store.exchange.formula_guard import guarded, is_live
from store.exchange.headings import REJECT_HEADINGS
from store.exchange.purchases import PurchaseFile

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

SHEET_ROWS = 1_048_575
"""Rows of a sheet below its headings."""
DAY_FORMAT, DAY_WIDTH = "yyyy-mm-dd", 12
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a day in February 1900 that never was."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Writes UTF-8 with a byte order mark, CRLF, every cell quoted and guarded.

    Returns the number of rows. Raises `ExportFailed` and leaves an old file as it was.
    """
    count = 0
    with replacing(path) as file, _as_text(file) as text:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([_csv_cell(heading) for heading in headings])
        for count, row in enumerate(rows, 1):  # noqa: B007  the last number is the count
            writer.writerow([_csv_cell(cell) for cell in row])
    return count


def write_xlsx(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    days: Collection[str] = (),
) -> int:
    """Writes one sheet in which every cell is text, whatever it looks like.

    But for ISO days under the headings of `days`, which become dates of the sheet.
    Returns the number of rows. Raises `ExportFailed` and leaves an old file as it was.
    """
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl import Workbook  # slow to import, and rarely needed
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    dated = _dated_columns(sheet, headings, days)
    count = 0
    with replacing(path) as file, _finished(sheet):
        sheet.append([_sheet_cell(sheet, heading) for heading in headings])
        for count, row in enumerate(rows, 1):
            if count > SHEET_ROWS:
                raise _too_long(path)
            sheet.append(
                [
                    _day_cell(sheet, cell) if at in dated else _sheet_cell(sheet, cell)
                    for at, cell in enumerate(row)
                ]
            )
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            # Its own way to save leaves the archive open when the disk is full.
            ExcelWriter(book, archive).save()
    return count


@contextmanager
def _finished(sheet: WriteOnlyWorksheet) -> Iterator[None]:
    """Ends a sheet that could not be saved: left alone it complains when it is collected."""
    try:
        yield
    finally:
        if not sheet.closed:
            sheet.close()


def _too_long(path: Path) -> ExportFailed:
    return ExportFailed(
        path,
        N_("{file} was not written: a sheet holds no more than {limit} rows."),
        N_("Export as CSV, which may have any number of rows."),
        limit=SHEET_ROWS,
    )


def write_rejects(
    path: Path,
    file: ContactFile | PurchaseFile,
    rejected: Iterable[RejectedRow],
    say: Callable[[Sentence], str] = str,
) -> int:
    """Writes rejected rows with line, reason and their own cells under their own headings.

    The file can be mended and imported as it is: its first two columns are
    known and ignored. XLSX when the name ends so, CSV otherwise; `say` puts a
    reason into a language. Returns and raises as `write_csv`.
    """
    write = write_xlsx if path.suffix.lower() == ".xlsx" else write_csv
    rows = ([str(row.line), say(row.reason), *row.cells] for row in rejected)
    return write(path, [*REJECT_HEADINGS, *file.headings], rows)


def _csv_cell(text: str) -> str:
    return guarded(keep(text, CELL_LIMIT))


def _sheet_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A text cell; a live text is also marked as quoted, so that editing it is safe."""
    from openpyxl.cell import WriteOnlyCell

    kept = _sheet_text(text)
    cell = WriteOnlyCell(sheet, kept)
    cell.data_type = "s"
    if is_live(kept):
        cell.quotePrefix = True
    return cell


def _dated_columns(
    sheet: WriteOnlyWorksheet, headings: Sequence[str], days: Collection[str]
) -> frozenset[int]:
    """The places of the columns of days, made wide enough to show one."""
    from openpyxl.utils import get_column_letter

    found = frozenset(at for at, heading in enumerate(headings) if heading in days)
    for at in found:
        columns = sheet.column_dimensions  # type: ignore[attr-defined]  # the stubs leave it out
        columns[get_column_letter(at + 1)].width = DAY_WIDTH
    return found


def _day_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A date, as far as a sheet can hold it; any other text as text."""
    from openpyxl.cell import WriteOnlyCell

    found = _ISO_DAY.fullmatch(text)
    day = None
    with suppress(ValueError):
        day = date(*map(int, found.groups())) if found else None
    if day is None or day < _FIRST_DAY:
        return _sheet_cell(sheet, text)
    cell = WriteOnlyCell(sheet, datetime.combine(day, time.min))
    cell.number_format = DAY_FORMAT
    return cell


def _sheet_text(text: str) -> str:
    """Text a sheet can hold: no character that XML forbids, no more than Excel counts.

    Excel counts UTF-16 units, and reads `_x0041_` as the character with that
    number, unless its underscore is written the same way.
    """
    kept = _NOT_IN_XML.sub(REPLACEMENT, keep(text, CELL_LIMIT))
    kept = _LOOKS_ESCAPED.sub("_x005F_", kept)
    units = kept.encode("utf-16-le")
    return kept if len(units) <= 2 * CELL_LIMIT else _first_units(units)


def _first_units(units: bytes) -> str:
    return units[: 2 * CELL_LIMIT].decode("utf-16-le", "ignore")


@contextmanager
def _as_text(file: BinaryIO) -> Iterator[TextIO]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        yield text
    finally:
        text.detach()


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` once it is whole and on disk."""
    target = path.resolve()
    unfinished: Path | None = None
    try:
        _require_writable(target)
        handle, name = tempfile.mkstemp(prefix=".unfinished-", dir=target.parent)
        unfinished = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if unfinished:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)


def _require_writable(target: Path) -> None:
    """A file marked read-only is meant to stay, though its folder would let us replace it."""
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
