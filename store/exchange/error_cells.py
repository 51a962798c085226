"""Cells in which a spreadsheet shows an error in place of a value, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from rules.wording import N_, Sentence, sentence

UNCALCULATED = "#FORMULA!"
"""Stands for a formula that no program has calculated yet."""
ERROR_CELLS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
) | {UNCALCULATED}
"""What a spreadsheet shows in place of a value."""

_LEFT_ERROR = N_("{value} under {heading} is an error of the spreadsheet: left out")
_LEFT_FORMULA = N_(
    "the formula under {heading} was never calculated: left out; open the file in the program"
    " that made it, and save again"
)
_ERROR = N_("{value} under {heading} is an error of the spreadsheet: mend it there, and save again")
_FORMULA = N_(
    "the formula under {heading} was never calculated: open the file in the program that made"
    " it, and save again"
)


def error_cells(cells: Sequence[str], columns: int) -> list[tuple[int, str]]:
    """The errors among the cells of the first so many columns, each with its column."""
    if ERROR_CELLS.isdisjoint(cells):
        return []
    return [(i, cell) for i, cell in enumerate(cells[:columns]) if cell in ERROR_CELLS]


def left_out(value: str, heading: str) -> Sentence:
    """What is said of an error in a row that is taken without it."""
    template = _LEFT_FORMULA if value == UNCALCULATED else _LEFT_ERROR
    return sentence(template, value=value, heading=heading)


def not_taken(value: str, heading: str) -> Sentence:
    """Why a row is not taken that needs the cell."""
    return sentence(_FORMULA if value == UNCALCULATED else _ERROR, value=value, heading=heading)
