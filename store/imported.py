"""What an import of contacts did, or would do, and how it treats those who are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.events import Event
from rules.wording import Sentence
from store.exchange.contact_rows import RejectedRow
from store.rows_known import Known, Replaced


class Mode(StrEnum):
    """What happens to people who are on the desk already."""

    APPEND = "append"
    """They stay as they are."""
    UPDATE = "update"
    """Fields that the file has and the desk has not, or has otherwise, are taken over."""


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do."""

    new: int
    changed: int
    same: int
    rejected: tuple[RejectedRow, ...]
    refused_kept: int
    """Rows about people who are not to be contacted, or were erased, and stay so; counted
    above as well."""
    event: Event | None
    """None when nothing was written."""
    notes: tuple[tuple[int, Sentence], ...] = ()
    """Line numbers with what was taken otherwise than the file or the desk says."""
    replaced: int = 0
    """Values of known contacts in whose place the file has others."""
    refused: int = 0
    """People whom the file says not to contact, and who could be contacted before."""
    known: tuple[Known, ...] = ()
    """Rows about somebody known, the first of them, with how they were known."""
    replacements: tuple[Replaced, ...] = ()
    """The first of the replaced values."""
    owners: Mapping[str, int] = field(default_factory=dict)
    """Whose the new contacts are, with how many; who is known stays with their owner."""
    unknown_stages: Mapping[str, int] = field(default_factory=dict)
    """Words for stages that the SOP does not know, with their new contacts."""
