"""Days with the year behind, 1/5/2026: whether the day or the month stands first.

A column is written one way. Where a cell of it can be read in one way only, as
13/5/2026, all of them are; where none can, or two contradict each other,
nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from rules.wording import N_, Sentence, sentence
from store.exchange.cell_values import clean, day_of
from store.exchange.faults import FileRefused

if TYPE_CHECKING:  # the readers of all kinds of file are not needed to name one
    from store.exchange.tables import Table

_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[,T\s].*)?", re.DOTALL)


class DayOrder(Enum):
    """What stands first in a day whose year stands last."""

    DAY = N_(
        '"{value}" under {heading} is read as day/month/year, since "{proof}" stands there too'
    )
    MONTH = N_(
        '"{value}" under {heading} is read as month/day/year, since "{proof}" stands there too'
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """How the days of a column are written, and a cell that shows it."""

    order: DayOrder
    proof: str

    def told(self, value: str, heading: str) -> Sentence:
        """What is said of the first cell that is read so."""
        return sentence(self.order.value, value=value, heading=heading, proof=self.proof)


def _numbers(text: str) -> tuple[int, int, int] | None:
    """The numbers of a day with its year behind, in their order; None for any other text."""
    found = _YEAR_LAST.fullmatch(unicodedata.normalize("NFKC", text))
    return (int(found[1]), int(found[3]), int(found[4])) if found else None


def day_in_order(text: str, decided: Decided) -> int | None:
    """The day number of a day with its year behind; None where it is none."""
    numbers = _numbers(text)
    if numbers is None:
        return None
    first, second, year = numbers
    if decided.order is DayOrder.DAY:
        return day_of(year, second, first)
    return day_of(year, first, second)


def order_shown(text: str) -> DayOrder | None:
    """The only order in which a cell can be a day; None where both or neither can be."""
    numbers = _numbers(text)
    if numbers is None:
        return None
    first, second, year = numbers
    as_day, as_month = day_of(year, second, first), day_of(year, first, second)
    if (as_day is None) == (as_month is None):
        return None
    return DayOrder.DAY if as_month is None else DayOrder.MONTH


@dataclass(frozen=True, slots=True)
class DayOrders:
    """The columns of a file in which a day with its year behind was met."""

    known: dict[int, Decided | None] = field(default_factory=dict)

    def day(self, table: Table, line: int, index: int, text: str) -> tuple[int, Decided] | None:
        """A day with its year behind, in a column of a table with its headings in `line`.

        The column is read through when the first such cell of it is met.
        """
        if _numbers(text) is None:
            return None
        if index not in self.known:
            self.known[index] = _decided(table, line, index)
        decided = self.known[index]
        day = None if decided is None else day_in_order(text, decided)
        return None if decided is None or day is None else (day, decided)


def _decided(table: Table, line: int, index: int) -> Decided | None:
    found: Decided | None = None
    try:
        for row in table.rows():
            if row.line <= line or index >= len(row.cells):
                continue
            text = clean(row.cells[index])
            order = order_shown(text)
            if found is None and order is not None:
                found = Decided(order, text)
            elif found is not None and order not in (None, found.order):
                return None
    except FileRefused:  # whoever reads the rows is told where the file is broken
        return None
    return found
