"""What the columns of a file mean when a person decides it, and what they decided before.

Owns the small file beside the desk's own that remembers decisions by the hash
of the headings. It holds headings and fields, never a contact; when it cannot
be read, nothing was decided.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from store.exchange.contacts import ContactFile
from store.exchange.export import replacing
from store.exchange.headings import Column, Field

KEPT = 200
"""Kinds of files remembered; the one decided longest ago is forgotten first."""
_CHOSEN_RANK = -1
"""A column that somebody chose is asked before those that were recognised."""


def with_fields(file: ContactFile, fields: Sequence[Field | None]) -> ContactFile:
    """The file with each column's field in the order of its columns; None keeps it as extra."""
    columns = tuple(map(_with_field, file.mapping, fields))
    return replace(file, heading_row=replace(file.heading_row, columns=columns))


def _with_field(column: Column, chosen: Field | None) -> Column:
    if column.field is chosen:
        return column
    return replace(column, field=chosen, rank=_CHOSEN_RANK)


def fields_of(file: ContactFile, decided: Mapping[str, str]) -> tuple[Field | None, ...]:
    """The columns' fields, with what was decided by heading; unknown words decide nothing.

    A column of refusals is never an extra field because of another decision about
    its file: who means that leaves it out.
    """
    known = {"": None, **{str(each): each for each in Field}}

    def field_of(column: Column) -> Field | None:
        told = known.get(decided.get(column.heading, "?"), column.field)
        refusals = told is None and column.field is Field.DO_NOT_CONTACT
        return column.field if refusals else told

    return tuple(map(field_of, file.mapping))


def decided_by(file: ContactFile) -> dict[str, str]:
    """The file's mapping as it is remembered: heading to a `Field`'s value, "" for extra."""
    return {column.heading: str(column.field or "") for column in file.mapping}


@dataclass(frozen=True)
class Decisions:
    """What was decided before, and the folder that the last file came from."""

    path: Path
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Heading to field, by the hash of all headings."""
    folder: str = ""

    @classmethod
    def beside(cls, desk: Path) -> Decisions:
        """Reads what is remembered beside a desk's file."""
        path = desk.with_name(f".{desk.name}.import.json")
        try:
            told = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return cls(path)
        if not isinstance(told, dict):
            return cls(path)
        mappings, folder = told.get("mappings"), told.get("folder")
        sound = {
            key: mapping
            for key, mapping in (mappings.items() if isinstance(mappings, dict) else ())
            if isinstance(mapping, dict) and all(isinstance(v, str) for v in mapping.values())
        }
        return cls(path, sound, folder if isinstance(folder, str) else "")

    def for_file(self, file: ContactFile) -> Mapping[str, str] | None:
        """What was decided for a file with these headings; None when nothing was."""
        return self.mappings.get(headings_key(file))

    def decide(self, file: ContactFile, *, mapping: bool) -> Decisions:
        """Remembers where a file came from, and with `mapping` what its columns mean.

        Written whole or not at all, readable by its owner alone. Raises `ExportFailed`.
        """
        key = headings_key(file)
        others = {k: known for k, known in self.mappings.items() if k != key or not mapping}
        kept = {**others, key: decided_by(file)} if mapping else others
        newest = dict([*kept.items()][-KEPT:])
        new = replace(self, mappings=newest, folder=str(file.path.absolute().parent))
        document = {"folder": new.folder, "mappings": new.mappings}
        with replacing(self.path) as out:
            # A folder may have a name that is no text; it is escaped, not lost.
            out.write(json.dumps(document, indent=1).encode())
        return new


def headings_key(file: ContactFile) -> str:
    """What files of one kind have in common: a hash over their headings in order."""
    return hashlib.sha256(json.dumps(file.headings).encode()).hexdigest()
