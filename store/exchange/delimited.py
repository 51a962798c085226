"""Text files with a delimiter: CSV, tab-separated, semicolons.

Keeps that a broken file gives no half result: an open quote, a NUL or an
endless field ends the reading with the line where it began. The file is read
as a stream, more than once, so memory stays flat.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from rules.wording import N_
from store.exchange.encodings import survey_text
from store.exchange.faults import FileRefused, unreadable
from store.exchange.formula_guard import unguarded
from store.exchange.table_rows import TableRow

DELIMITERS = (",", "\t", ";")
FIELD_LIMIT = 1_000_000
"""Characters of one cell, or of one physical line, beyond which the file is broken."""
_NAMED_DELIMITER = re.compile(r'"?sep=([^\w\s"\']|\t)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """A text file read with one delimiter."""

    path: Path
    encoding: str
    delimiter: str
    digest: str
    size_hint: int
    skipped: int = 0
    """Lines before the table: 1 when the first line only names the delimiter."""
    sheet: str = ""

    def head(self, count: int) -> Sequence[TableRow]:
        """The first `count` rows at most; a quote that stands wrong ends nothing here."""
        with closing(self._records(strict=False)) as records:
            return list(islice(records, count))

    def rows(self) -> Iterator[TableRow]:
        """All rows but blank lines; raises `FileRefused` where the file is broken."""
        return self._records(strict=True)

    def _records(self, *, strict: bool) -> Generator[TableRow, None, None]:
        csv.field_size_limit(FIELD_LIMIT)
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                yield from self._parsed(file, strict)
        except UnicodeError as error:
            raise FileRefused(self.path, N_("{file} changed while it was read.")) from error
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _parsed(self, file: TextIO, strict: bool) -> Iterator[TableRow]:
        reader = csv.reader(
            self._lines(file), delimiter=self.delimiter, strict=strict, skipinitialspace=True
        )
        line = self.skipped + 1
        try:
            for cells in reader:
                if cells:
                    guards = "'" in "".join(cells)
                    yield TableRow(line, tuple(map(unguarded, cells) if guards else cells))
                line = self.skipped + reader.line_num + 1
        except csv.Error as error:
            if strict:
                raise self._broken(line, error) from error

    def _lines(self, file: TextIO) -> Iterator[str]:
        """Physical lines after the skipped ones, each checked for what csv lets pass."""
        lines = iter(partial(file.readline, FIELD_LIMIT), "")
        for number, line in enumerate(lines, 1):
            if "\0" in line:
                raise FileRefused(
                    self.path,
                    N_("{file} is damaged or not text: line {line} holds a NUL character."),
                    line=number,
                )
            if len(line) == FIELD_LIMIT:
                raise self._endless(number)
            if number > self.skipped:
                yield line

    def _broken(self, line: int, error: csv.Error) -> FileRefused:
        if "field limit" in str(error):
            return self._endless(line)
        return FileRefused(
            self.path,
            N_("{file}: a quotation mark in line {line} is not closed, or text follows it."),
            N_("Mend that line, or save the file again as CSV or XLSX."),
            line=line,
        )

    def _endless(self, line: int) -> FileRefused:
        return FileRefused(
            self.path,
            N_("{file}: a cell in line {line} has no end; a quotation mark may not be closed."),
            N_("Mend that line, or save the file again as CSV or XLSX."),
            line=line,
        )


def delimited_readings(path: Path, encoding: str = "") -> Sequence[DelimitedTable]:
    """The file read with each delimiter, or with the one its first line names (`sep=;`)."""
    survey = survey_text(path, encoding)

    def reading(delimiter: str, skipped: int) -> DelimitedTable:
        return DelimitedTable(
            path, survey.encoding, delimiter, survey.digest, survey.lines, skipped
        )

    named = _NAMED_DELIMITER.fullmatch(_first_line(path, survey.encoding))
    if named:
        return (reading(named[1], 1),)
    return [reading(delimiter, 0) for delimiter in DELIMITERS]


def _first_line(path: Path, encoding: str) -> str:
    try:
        with path.open(encoding=encoding, newline="") as file:
            return file.readline(64)
    except OSError as error:
        raise unreadable(path, error) from error
