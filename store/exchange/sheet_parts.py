"""What a sheet's stream of rows leaves out: merged cells, and formulas that nobody calculated.

Read from the sheet's XML in one pass that keeps one part of it at a time. A
value that is merged over several rows counts for each of them, as a person
reads it; across columns it stays in the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from store.exchange.error_cells import UNCALCULATED

PART = 1 << 20
"""Bytes unpacked at once."""
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"'
)
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<of>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_TEXT_RESULT = re.compile(rb'\bt="str"')
"""A formula that came to an empty text was calculated."""


@dataclass(frozen=True)
class Unseen:
    """What has to be put into the rows of one sheet."""

    merged: Mapping[int, list[tuple[int, int]]] = field(default_factory=dict)
    """First line to the columns merged from there on (from 0) and their last lines."""
    uncalculated: Mapping[int, list[int]] = field(default_factory=dict)
    """Line to columns."""

    def filler(self) -> Callable[[int, tuple[str, ...]], tuple[str, ...]]:
        """Completes the rows of one reading, given with their lines in order."""
        open_spans: dict[int, tuple[int, str]] = {}

        def fill(line: int, cells: tuple[str, ...]) -> tuple[str, ...]:
            told = [(column, UNCALCULATED) for column in self.uncalculated.get(line, ())]
            for column, (last, value) in [*open_spans.items()]:
                if line > last:
                    del open_spans[column]
                elif any(cells):
                    told.append((column, value))
            for column, last in self.merged.get(line, ()):
                if column < len(cells) and cells[column]:
                    open_spans[column] = (last, cells[column])
            return _with(cells, told) if told else cells

        return fill


def _with(cells: tuple[str, ...], told: list[tuple[int, str]]) -> tuple[str, ...]:
    filled = [*cells]
    for column, value in told:
        filled += [""] * (column + 1 - len(filled))
        filled[column] = filled[column] or value
    return tuple(filled)


def unseen(path: Path, sheet: str) -> Unseen:
    """Reads it for one sheet; nothing where the package has the sheet in an unusual place."""
    merged: dict[int, list[tuple[int, int]]] = {}
    uncalculated: dict[int, list[int]] = {}
    with ZipFile(path) as package:
        name = _part_of(package, sheet)
        if name is None:
            return Unseen()
        with package.open(name) as file:
            for text in _parts(file):
                for found in _MERGED.finditer(text):
                    first, last = int(found[2]), int(found[3])
                    if last > first:
                        merged.setdefault(first, []).append((_column(found[1]), last))
                if b"<f" not in text and b":f" not in text:
                    continue
                for cell in _EMPTY_FORMULA.finditer(text):
                    place = _PLACE.search(cell["of"])
                    if place and not _TEXT_RESULT.search(cell["of"]):
                        uncalculated.setdefault(int(place[2]), []).append(_column(place[1]))
    return Unseen(merged, uncalculated)


def _part_of(package: ZipFile, sheet: str) -> str | None:
    """Where the package keeps a sheet."""
    from openpyxl.reader.workbook import WorkbookParser

    if "xl/workbook.xml" not in package.namelist():
        return None
    parser = WorkbookParser(package, "xl/workbook.xml", keep_links=False)
    parser.parse()
    found = (rel.target for told, rel in parser.find_sheets() if told.name == sheet)
    return next(found, None)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end with a whole row."""
    rest = b""
    while read := file.read(PART):
        text = rest + read
        end = text.rfind(b"row>") + len(b"row>")
        if end < len(b"row>"):
            rest = text
            continue
        yield text[:end]
        rest = text[end:]
    yield rest


def _column(letters: bytes) -> int:
    """From 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
