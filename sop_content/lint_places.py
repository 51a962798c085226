"""Findings as faults with file, line and column, found again in the files by their ids.

Knows where each content, script, sequence and step stands; decides nothing
about what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.lint_rules import Gravity
from scripts.findings import Finding
from sop_content.faults import BEGINNING, Fault, FaultList, Place, Severity
from sop_content.file_text import decoded
from sop_content.folder import SopFiles
from sop_content.marked_yaml import Node, Table, parse
from sop_content.tree_walk import id_place, items_of

_SEVERITIES: dict[Gravity, Severity] = {
    Gravity.ERROR: "error",
    Gravity.WARNING: "warning",
    Gravity.NOTE: "note",
}

Key = tuple[str, str, str]
"""What it is, its id, and the id of the part of it or nothing."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place in one of the files."""

    path: str
    place: Place


def located(findings: Iterable[Finding], files: SopFiles) -> tuple[Fault, ...]:
    """Each finding as a fault at its place; at the folder itself when it is not found there."""
    places = {} if not (found := tuple(findings)) else dict(_places(files))
    return tuple(_fault(finding, places) for finding in found)


def _fault(finding: Finding, places: dict[Key, Spotted]) -> Fault:
    wanted: tuple[Key, ...]
    if finding.sequence:
        named = ("sequence", finding.sequence)
        wanted = ((*named, finding.step), (*named, ""))
    else:
        named = ("content", finding.content)
        wanted = ((*named, finding.script), (*named, ""))
    spotted = next((places[key] for key in wanted if key in places), Spotted(".", BEGINNING))
    return Fault(
        spotted.path,
        spotted.place.line,
        spotted.place.column,
        _SEVERITIES[finding.gravity],
        finding.message,
        (),
        finding.proposal,
        finding.rule.value,
    )


def _places(files: SopFiles) -> Iterator[tuple[Key, Spotted]]:
    """Every place that a finding may name; of an id that stands twice, the first."""
    for path in reversed([*files.data]):
        text = decoded(files.data[path], FaultList(path))
        root = parse(text, FaultList(path)) if text else None
        if not isinstance(root, Table):
            continue
        if path.startswith("content/"):
            for item in items_of(root, "content"):
                yield from _parts("content", item, "scripts", path)
        elif path.startswith("sequences/"):
            yield from _parts("sequence", root, "steps", path)


def _parts(kind: str, item: Node, parts: str, path: str) -> Iterator[tuple[Key, Spotted]]:
    name = id_place(item)
    if name is None or not isinstance(item, Table):
        return
    yield (kind, name.value, ""), Spotted(path, name)
    for part in items_of(item, parts):
        part_name = id_place(part)
        if part_name is not None:
            yield (kind, name.value, part_name.value), Spotted(path, part_name)
