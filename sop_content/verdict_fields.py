"""The section `verdicts` of `rules.yaml`: thresholds, each of which may be left out.

The fields are those of `rules.verdicts.VerdictRules`, so a threshold that is
added there can be written here at once.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

from rules.verdicts import VerdictRules
from rules.wording import N_, sentence
from sop_content.faults import FaultList, shortened
from sop_content.fields import Record
from sop_content.marked_yaml import Node

THE_VERDICTS = sentence(N_("the thresholds of verdicts"))
LARGEST = 100_000
_DECIMAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


def read_verdicts(node: Node | None, faults: FaultList) -> VerdictRules:
    """The thresholds at a node; what is not there, or wrong (told), is as in a fresh SOP."""
    usual = VerdictRules()
    read = _read(node, usual, faults)
    return read if isinstance(read, VerdictRules) else usual


def _read(node: Node | None, usual: Any, faults: FaultList) -> Any:
    """A dataclass like `usual` with what a record says in its place."""
    names = tuple(field.name for field in fields(usual))
    record = Record.of(node, THE_VERDICTS, names, faults)
    if record is None:
        return usual
    values = {field.name: _value(record, field.name, field.type, usual) for field in fields(usual)}
    try:
        return type(usual)(**values)
    except ValueError:
        # Its own words are for programmers; what it means stands in the page on verdicts.
        message = N_("these thresholds do not fit together: see docs/verdicts.md")
        faults.error(record.table, sentence(message))
        return usual


def _value(record: Record, name: str, kind: object, usual: Any) -> Any:
    before = getattr(usual, name)
    if is_dataclass(before):
        return _read(record.node(name), before, record.faults)
    if kind == "int":
        return record.number(name, 0, LARGEST, before)
    return _decimal(record, name, before)


def _decimal(record: Record, name: str, usual: float) -> float:
    found = record.scalar(name)
    if found is None:
        return usual
    if _DECIMAL.fullmatch(found.value) and float(found.value) <= LARGEST:
        return float(found.value)
    message = N_('"{field}" must be a number such as 30 or 0.8, not "{word}"')
    record.faults.error(found, sentence(message, field=name, word=shortened(found.value)))
    return usual
