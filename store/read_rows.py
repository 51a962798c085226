"""What follows from a row of a contact file alone, whoever is on the desk.

Pure, so that another process may work it out ahead of the import.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rules.wording import Sentence
from store.exchange.contact_rows import ContactRow
from store.known_people import Keys, keys_of
from store.log import words_of
from store.row_profiles import profile_of_row
from store.search_keys import together_of


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
    profile: Mapping[str, str]
    """The fields that have a value."""
    keys: Keys
    """What somebody with this profile is known by."""
    ahead: tuple[str, str] | None = None
    """The profile as the log has it, and its search keys as the desk has them, where they were
    worked out already: who is known needs neither."""


def read_row(row: ContactRow) -> ReadRow:
    """A row with its profile."""
    profile = profile_of_row(row)
    about = (row.stage, row.owner, row.refused, row.is_unnamed, row.notes)
    return ReadRow(row.line, row.cells, *about, profile, keys_of(profile))


def with_ahead(row: ReadRow) -> ReadRow:
    """The row with all that somebody new needs."""
    return row._replace(ahead=ahead_of(row.profile))


def ahead_of(profile: Mapping[str, str]) -> tuple[str, str]:
    """A profile as the log has it, and its search keys as the desk has them."""
    return words_of(profile), together_of(profile)
