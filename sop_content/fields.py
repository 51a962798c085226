"""The checker of one record: reads its fields as values and collects every fault on the way.

Invariant: a getter always returns a usable value; where it had to make one
up, it has told an error, and then the SOP is not handed out. So all faults of
all records are found in one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from rules.plain_text import NAME_LIMIT, is_blank
from rules.wording import N_, Sentence, sentence
from sop_content.faults import FaultList, Place, Spot, shortened
from sop_content.marked_yaml import Broken, Listing, Node, Scalar, Table
from sop_content.plain_words import colon_message

Choice = TypeVar("Choice", bound=StrEnum)

ID_LIMIT = 64
MOST_LISTED = 12
"""Accepted words that a message lists; programs get all of them."""

MOST_COMPARED = 1000
"""Known words among which the nearest is looked for; comparing takes 20 µs each."""

_ID = re.compile(rf"\w[\w.-]{{0,{ID_LIMIT - 1}}}")
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,8}")
_FULL_WIDTH_FIELD = re.compile(r"\s*[^\s：]+：")


def nearest(word: str, accepted: Iterable[str]) -> str | None:
    """The accepted word that was probably meant."""
    by_case = {name.casefold(): name for name in islice(accepted, MOST_COMPARED)}
    close = get_close_matches(word.casefold()[:ID_LIMIT], by_case, n=1)
    return by_case[close[0]] if close else None


def with_proposal(what: Sentence, word: str, accepted: Sequence[str]) -> Sentence:
    """A sentence about an unknown word, with the nearest known word or the known ones."""
    near = nearest(word, accepted)
    if near is not None:
        return sentence(N_('{what} Did you mean "{near}"?'), what=what, near=near)
    if not accepted:
        return what
    listed = ", ".join(_most_like(word, accepted))
    listed += ", …" if len(accepted) > MOST_LISTED else ""
    return sentence(N_("{what} Accepted: {accepted}."), what=what, accepted=listed)


def _most_like(word: str, accepted: Sequence[str]) -> Sequence[str]:
    """As many accepted words as a message lists, the most like first when there are more."""
    if len(accepted) <= MOST_LISTED:
        return accepted

    def unlike(name: str) -> float:
        return -SequenceMatcher(None, word.casefold()[:ID_LIMIT], name.casefold()).ratio()

    return sorted(accepted[:MOST_COMPARED], key=unlike)[:MOST_LISTED]


@dataclass(frozen=True)
class Record:
    """One table of a file, read field by field."""

    table: Table
    kind: Sentence
    """What it is, with its article: "a step"."""
    faults: FaultList

    @classmethod
    def of(
        cls, node: Node | None, kind: Sentence, known: Sequence[str], faults: FaultList
    ) -> Record | None:
        """The record at a node, its unknown fields told; None (told) for what is no table."""
        if isinstance(node, Table):
            record = cls(node, kind, faults)
            record._tell_unknown(known)
            return record
        if node is not None and not isinstance(node, Broken):
            _tell_no_table(node, kind, faults)
        return None

    def _tell_unknown(self, known: Sequence[str]) -> None:
        for name, (key, _) in self.table.fields.items():
            if self.faults.full:
                return
            if name not in known:
                message = N_('"{word}" is not a known field of {kind}.')
                what = sentence(message, word=shortened(name), kind=self.kind)
                self.faults.error(key, with_proposal(what, name, known), tuple(known))

    def place(self, name: str) -> Place:
        """Where the value of a field stands, or the record when it has no such field."""
        found = self.table.fields.get(name)
        if found is None:
            return self.table
        key, value = found
        return key if isinstance(value, Scalar) and not value.value else value

    def node(self, name: str) -> Node | None:
        """A field's value as it stands; None when it is absent, or empty (told)."""
        found = self.table.fields.get(name)
        if found is None:
            return None
        key, value = found
        if isinstance(value, Scalar) and value.plain and not value.value:
            self._tell_empty(key, value)
            return Broken(key.line, key.column)
        return value

    def _tell_empty(self, key: Scalar, value: Scalar) -> None:
        if value.cut:
            message = N_('after "{field}:" stands only a comment: put a text with # in quotes')
        else:
            message = N_('"{field}" has no value: write one, or delete the line')
        self.faults.error(key, sentence(message, field=shortened(key.value)))

    def need(self, name: str) -> bool:
        """Whether a required field is there; else its absence is told."""
        if name in self.table.fields:
            return True
        message = sentence(N_('"{field}" is missing in {kind}'), field=name, kind=self.kind)
        self.faults.error(self.table, message, (name,))
        return False

    def scalar(self, name: str) -> Scalar | None:
        """A field that must be one text, not a list and not a table."""
        node = self.node(name)
        return None if node is None else one_text(node, name, self.faults)

    def text(self, name: str, limit: int = NAME_LIMIT, lines: bool = False) -> str:
        """A text, trimmed; empty when the field is absent."""
        found = self.scalar(name)
        return "" if found is None else checked_text(found, name, self.faults, limit, lines)

    def needed_text(self, name: str, limit: int = NAME_LIMIT, lines: bool = False) -> str:
        """A text that must be there and say something."""
        if not self.need(name):
            return ""
        before = self.scalar(name)
        if before is None:
            return ""
        text = checked_text(before, name, self.faults, limit, lines)
        if is_blank(text):
            self.faults.error(before, sentence(N_('"{field}" is empty'), field=name))
        return text

    def id(self, name: str = "id") -> str:
        """A required id: letters of any script, digits, _ - and dots."""
        if not self.need(name):
            return ""
        found = self.scalar(name)
        if found is None:
            return ""
        if not _ID.fullmatch(found.value):
            message = N_(
                '"{word}" is no {field}: write letters, digits, "-", "_" or "." without blanks,'
                " {count} at most"
            )
            what = sentence(message, word=shortened(found.value), field=name, count=ID_LIMIT)
            self.faults.error(found, what)
        return found.value

    def number(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number written in plain digits, both bounds included."""
        found = self.scalar(name)
        if found is None:
            return default
        if _NUMBER.fullmatch(found.value) and low <= int(found.value) <= high:
            return int(found.value)
        message = N_('"{field}" must be a whole number from {low} to {high}, not "{word}"')
        what = sentence(message, field=name, low=low, high=high, word=shortened(found.value))
        self.faults.error(found, what)
        return default

    def flag(self, name: str) -> bool:
        """true or false; absent means false."""
        found = self.scalar(name)
        if found is None or found.value in ("true", "false"):
            return found is not None and found.value == "true"
        message = N_('"{field}" must be true or false, not "{word}"')
        what = sentence(message, field=name, word=shortened(found.value))
        self.faults.error(found, what, ("true", "false"))
        return False

    def choice(self, name: str, kind: type[Choice]) -> Choice | None:
        """One of the values of an enumeration; None when absent or unknown (told)."""
        found = self.scalar(name)
        if found is None:
            return None
        accepted = tuple(str(member) for member in kind)
        if found.value in accepted:
            return kind(found.value)
        tell_unknown_value(found, name, accepted, self.faults)
        return None

    def items(self, name: str) -> Sequence[Node]:
        """The entries of a field that must be a list; none when absent."""
        node = self.node(name)
        if node is None or isinstance(node, Broken):
            return ()
        if isinstance(node, Listing):
            return node.items
        message = N_('"{field}" must be a list: begin each entry on a line of its own with "- "')
        self.faults.error(node, sentence(message, field=name))
        return ()

    def needed_items(self, name: str) -> Sequence[Node]:
        """The entries of a list that must be there and hold something."""
        if not self.need(name):
            return ()
        found = self.items(name)
        node = self.table.fields[name][1]
        if not found and isinstance(node, Listing):
            self.faults.error(node, sentence(N_('"{field}" is empty'), field=name))
        return found

    def texts(self, name: str) -> tuple[Scalar, ...]:
        """The entries of a list of texts, each once."""
        found: dict[str, Scalar] = {}
        for item in self.items(name):
            scalar = one_text(item, name, self.faults)
            if scalar is None:
                continue
            if scalar.value in found or not scalar.value:
                message = N_('"{word}" stands twice or is empty in "{field}"')
                what = sentence(message, word=shortened(scalar.value), field=name)
                self.faults.error(scalar, what)
            else:
                found[scalar.value] = scalar
        return tuple(found.values())


def one_text(node: Node, name: str, faults: FaultList) -> Scalar | None:
    """The node as one text; None (told) for a list or a table."""
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Broken):
        return None
    if node.flow:
        message = N_('"{field}" must be one text: put the whole text in quotes')
    else:
        message = N_('"{field}" must be one text, not a list and not further fields')
    faults.error(node, sentence(message, field=name))
    return None


def checked_text(found: Scalar, name: str, faults: FaultList, limit: int, lines: bool) -> str:
    """The text of a node, trimmed, with what is odd about it told."""
    text = found.value.strip()
    if len(text) > limit:
        message = N_('"{field}" has {count} characters: {limit} at most')
        faults.error(found, sentence(message, field=name, count=len(text), limit=limit))
    if "\n" in text and not lines:
        faults.error(found, sentence(N_('"{field}" must be one line'), field=name))
    if found.cut:
        message = N_('from " #" on it is a comment: put the text in quotes if that belongs to it')
        faults.warning(_end_of(found), sentence(message))
    return text


def tell_unknown_value(
    found: Scalar, name: str, accepted: Sequence[str], faults: FaultList
) -> None:
    """Tells that a value is none of the accepted ones."""
    what = sentence(
        N_('"{word}" is not a known value of "{field}".'), word=shortened(found.value), field=name
    )
    faults.error(found, with_proposal(what, found.value, accepted), tuple(accepted))


def _end_of(found: Scalar) -> Spot:
    """The first blank after a text without quotes."""
    after = found.raw.rsplit("\n", 1)[-1]
    below = found.raw.count("\n")
    start = 1 if below else found.column
    return Spot(found.line + below, start + len(after))


def _tell_no_table(node: Node, kind: Sentence, faults: FaultList) -> None:
    if isinstance(node, Scalar) and (found := _FULL_WIDTH_FIELD.match(node.value)):
        faults.error(node.spot_of(found.end() - 1), colon_message())
        return
    message = N_('{kind} must be written as fields, each "name: value"')
    faults.error(node, sentence(message, kind=kind))
