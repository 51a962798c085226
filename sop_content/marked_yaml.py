"""YAML as a tree of texts that know their line and column.

Invariants: every value is text (12:30, no, 010 and 2026-01-01 stay what was
written), nothing is constructed or expanded, depth and size are bounded, and
no text holds a control character or half a surrogate pair. What a file does
against this becomes a fault; nothing is raised.

The tree is built from parser events, not from composed nodes: composing is
recursive, and 5,000 brackets must not exhaust the stack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from rules.plain_text import REPLACEMENT
from rules.wording import N_, sentence
from sop_content.faults import BEGINNING, FaultList, Place, Spot, shortened
from sop_content.plain_words import explain

DEEPEST = 12
"""Levels of lists and fields; an SOP needs five."""

# U+2028, U+2029 and U+0085 end a line for YAML and for no editor.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMMENT_LINE = re.compile(r"\s*#")
_COMMENT_AFTER = re.compile(r"[ ]+#")

_PARSERS = (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader)
"""The fast parser, then the one whose errors `plain_words` knows. The loaders lend only
their parsers here: their resolvers and constructors are never asked."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text."""

    value: str
    line: int
    column: int
    plain: bool = True
    """Written without quotes and not as a block."""
    cut: bool = False
    """A comment follows on the same line; without quotes it may be lost text."""
    raw: str = ""
    """As written in the file, with quotes and escapes."""

    def spot_of(self, offset: int) -> Spot:
        """Where in the file the character at `offset` of the value stands; for a character
        written as an escape, where the text begins."""
        wanted = self.value[offset : offset + 1]
        index = -1
        for _ in range(self.value.count(wanted, 0, offset) + 1):
            index = self.raw.find(wanted, index + 1)
            if index < 0 or not wanted:
                return Spot(self.line, self.column)
        before = self.raw[:index]
        if "\n" not in before:
            return Spot(self.line, self.column + index)
        return Spot(self.line + before.count("\n"), index - before.rfind("\n"))


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in order."""

    items: tuple[Node, ...]
    line: int
    column: int
    flow: bool
    """Written in brackets."""


@dataclass(frozen=True, slots=True)
class Table:
    """Fields with values."""

    fields: Mapping[str, tuple[Scalar, Node]]
    line: int
    column: int
    flow: bool
    """Written in braces."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A value whose fault is already told."""

    line: int
    column: int


Node = Scalar | Listing | Table | Broken


def parse(text: str, faults: FaultList) -> Node | None:
    """The tree of a decoded file; None when it cannot be parsed (told) or holds nothing (not told).

    The text has `\\n` line ends and no byte order mark.
    """
    clean = _cleaned(text, faults)
    error = None
    for parser in _PARSERS:
        tree = _Tree(clean, faults.path)
        try:
            root = tree.built(yaml.parse(clean, Loader=parser))
        except yaml.MarkedYAMLError as caught:
            error = caught
            continue
        except (yaml.YAMLError, ValueError, OverflowError):
            # An escape beyond Unicode, which the pure parser does not catch.
            continue
        for told in tree.faults:
            (faults.error if told.severity == "error" else faults.warning)(told, told.message)
        return root
    spot, message = explain(error, tree.lines)
    # Where a TAB stood for an indentation, what follows from it is no news.
    if "\t" not in text or not any(faults):
        for told in tree.faults:
            faults.error(told, told.message)
        faults.error(spot, message)
    return None


def _cleaned(text: str, faults: FaultList) -> str:
    """The text without TABs and unseen characters, one fault for each line that had any."""
    if "\t" not in text and not _UNSEEN.search(text):
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line and not _COMMENT_LINE.match(line):
            message = sentence(N_("a TAB is used: use spaces"))
            faults.error(Spot(number, line.index("\t") + 1), message)
        if unseen := _UNSEEN.search(line):
            _tell_unseen(unseen.group(), Spot(number, unseen.start() + 1), faults)
    return _UNSEEN.sub(REPLACEMENT, text.replace("\t", " "))


def _tell_unseen(char: str, place: Place, faults: FaultList) -> None:
    message = N_("an invisible control character ({code}) stands here: delete it")
    faults.error(place, sentence(message, code=f"U+{ord(char):04X}"))


@dataclass
class _Open:
    """A list or a table whose end was not yet reached."""

    start: CollectionStartEvent
    items: list[Node] = field(default_factory=list)


class _Tree:
    """Builds nodes from events; keeps its faults until the parse is known to stand."""

    def __init__(self, text: str, path: str) -> None:
        self.lines = text.split("\n")
        self.faults = FaultList(path)
        self._text = text
        self._starts = _line_starts(self.lines)
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0

    def built(self, events: Iterable[Event]) -> Node | None:
        for event in events:
            if not self._took(event):
                return None
        return self._root

    def _took(self, event: Event) -> bool:
        """Whether reading may go on after the event."""
        if isinstance(event, DocumentStartEvent):
            return self._document(event)
        if isinstance(event, CollectionStartEvent):
            return self._opened(event)
        if isinstance(event, CollectionEndEvent):
            self._attach(self._closed(self._open.pop()))
        elif isinstance(event, ScalarEvent):
            self._attach(self._scalar(event))
        elif isinstance(event, AliasEvent):
            self._attach(self._refused_sign(event, "*"))
        return True

    def _document(self, event: DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            message = N_("a second document begins here (---): keep one in a file")
            self.faults.error(_spot(event), sentence(message))
        return self._documents == 1

    def _opened(self, event: CollectionStartEvent) -> bool:
        if len(self._open) >= DEEPEST:
            message = N_("lists and fields are nested more than {count} deep: put a text in quotes")
            self.faults.error(_spot(event), sentence(message, count=DEEPEST))
            return False
        self._signs(event)
        self._open.append(_Open(event))
        return True

    def _closed(self, opened: _Open) -> Node:
        spot, flow = _spot(opened.start), bool(opened.start.flow_style)
        if isinstance(opened.start, MappingStartEvent):
            return Table(self._fields(opened.items), spot.line, spot.column, flow)
        return Listing(tuple(opened.items), spot.line, spot.column, flow)

    def _fields(self, items: list[Node]) -> dict[str, tuple[Scalar, Node]]:
        fields: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                if not isinstance(key, Broken):
                    message = N_("the name of a field must be one word: put a text in quotes")
                    self.faults.error(key, sentence(message))
            elif key.value == "<<" and key.plain:
                message = N_("<< is not supported: write the fields out")
                self.faults.error(key, sentence(message))
            elif key.value in fields:
                first = fields[key.value][0]
                message = N_('"{field}" stands twice here: it is already in line {line}')
                self.faults.error(
                    key, sentence(message, field=shortened(key.value), line=first.line)
                )
            else:
                fields[key.value] = (key, value)
        return fields

    def _attach(self, node: Node) -> None:
        if self._open:
            self._open[-1].items.append(node)
        else:
            self._root = node

    def _signs(self, event: NodeEvent) -> bool:
        """Whether the node carries no tag and no anchor; else a fault for each."""
        if getattr(event, "tag", None) is not None:
            self._refused_sign(event, "!")
            return False
        if event.anchor is not None:
            self._refused_sign(event, "&")
            return False
        return True

    def _refused_sign(self, event: Event, sign: str) -> Broken:
        spot = _spot(event)
        message = N_('nothing may begin with "{sign}": put the whole text in quotes')
        self.faults.error(spot, sentence(message, sign=sign))
        return Broken(spot.line, spot.column)

    def _scalar(self, event: ScalarEvent) -> Node:
        spot = _spot(event)
        value = self._checked(event.value, spot) if self._signs(event) else None
        if value is None:
            return Broken(spot.line, spot.column)
        plain = not event.style
        end = _end(event)
        return Scalar(
            value=value,
            line=spot.line,
            column=spot.column,
            plain=plain,
            cut=plain and _comment_follows(self.lines, end),
            raw=self._text[self._index(spot) : self._index(end)],
        )

    def _index(self, spot: Spot) -> int:
        return self._starts[min(spot.line, len(self._starts)) - 1] + spot.column - 1

    def _checked(self, value: str, spot: Spot) -> str | None:
        """The value in NFC, pairs of surrogates joined; None (told) when it cannot be sent."""
        if _SURROGATE.search(value):
            value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            if REPLACEMENT in value:
                message = N_("half of a surrogate pair (\\ud800 to \\udfff) is no character")
                self.faults.error(spot, sentence(message))
                return None
        if unseen := _UNSEEN.search(value) or re.search("\t", value):
            _tell_unseen(unseen.group(), spot, self.faults)
            return None
        return unicodedata.normalize("NFC", value)


def _line_starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _comment_follows(lines: list[str], end: Spot) -> bool:
    return end.line <= len(lines) and bool(
        _COMMENT_AFTER.match(lines[end.line - 1], end.column - 1)
    )


def _spot(event: Event) -> Spot:
    mark = event.start_mark
    return Spot(mark.line + 1, mark.column + 1) if mark else BEGINNING


def _end(event: Event) -> Spot:
    mark = event.end_mark
    return Spot(mark.line + 1, mark.column + 1) if mark else BEGINNING
