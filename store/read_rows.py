"""What follows from a row of a contact file alone, whoever is on the desk.

Pure, so that another process may work it out ahead of the import.
"""

from __future__ import annotations

from typing import NamedTuple

from rules.merging import MORE
from rules.wording import Sentence
from store.exchange.contact_rows import ContactRow
from store.known_people import Keys, keys_of_values
from store.log import words_of
from store.met_in_file import MetInFile
from store.profiles import FIELDS, Values
from store.row_profiles import profile_from, values_of_row
from store.search_keys import together_of

EXTRA = FIELDS.index("extra")


class ReadRow(NamedTuple):
    """A row as an import takes it."""

    line: int
    cells: tuple[str, ...]
    """As they stand in the file."""
    stage: str
    """As written."""
    owner: str
    refused: bool
    is_unnamed: bool
    notes: tuple[Sentence, ...]
    values: Values
    """What it says of a profile."""
    keys: Keys
    """What somebody with this profile is known by."""
    is_first: bool = False
    """Whether it is known that no row before it in the file may mean the same person."""
    ahead: tuple[str, str] | None = None
    """The profile as the log has it, and its search keys as the desk has them, where they were
    worked out already: who is known needs neither."""

    @property
    def profile(self) -> dict[str, str]:
        """The fields that have a value."""
        return profile_from(self.values)


def read_row(row: ContactRow, before: MetInFile | None = None) -> ReadRow:
    """A row with its profile; `before` is who came in the rows before it, and learns of it."""
    values = values_of_row(row)
    keys = keys_of_values(values)
    about = (row.stage, row.owner, row.refused, row.is_unnamed, row.notes)
    is_first = before is not None and before.meet(keys, has_more=MORE in values[EXTRA])
    return ReadRow(row.line, row.cells, *about, values, keys, is_first)


def with_ahead(row: ReadRow) -> ReadRow:
    """The row with all that somebody new needs."""
    return ReadRow(*row[:-1], ahead_of(row.values))


def ahead_of(values: Values) -> tuple[str, str]:
    """A profile as the log has it, and its search keys as the desk has them."""
    profile = profile_from(values)
    return words_of(profile), together_of(profile)
