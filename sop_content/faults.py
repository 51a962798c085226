"""What reading an SOP folder brings: faults as values, and without errors the SOP.

Invariant: a reading holds an SOP exactly when none of its faults is an error.
Knows neither YAML nor holidays, so that a reading from the cache loads neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rules.sop import Sop
from rules.timing import WEEKDAYS, WorkdayTable
from rules.wording import N_, Sentence, sentence

Severity = Literal["error", "warning", "note"]

MOST_FAULTS = 100
"""Faults kept of one file; who has more mends these first."""


class Place(Protocol):
    """Anything that stands somewhere in a file."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, both counted from 1, in characters."""

    line: int = 1
    column: int = 1


BEGINNING = Spot()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at one place of one file."""

    path: str
    """Relative to the SOP folder, with forward slashes."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    severity: Severity
    """An error of reading keeps the whole SOP out; a warning or a note does not."""
    message: Sentence
    """Complete in itself; a value of it may be a Sentence too."""
    accepted: tuple[str, ...] = ()
    """What may stand there instead, for programs."""
    proposal: Sentence | None = None
    """What to do, when the message alone does not say it."""
    rule: str = ""
    """The check of the SOP's practice that found it; empty for a fault of the file."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class FaultList:
    """The faults of one file while it is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: list[Fault] = []
        self._dropped = False

    def __iter__(self) -> Iterator[Fault]:
        yield from self._found
        if self._dropped:
            more = sentence(N_("there are more faults in this file: mend these first"))
            yield Fault(self.path, self._found[-1].line, 1, "error", more)

    def error(self, place: Place, message: Sentence, accepted: tuple[str, ...] = ()) -> None:
        self._add(Fault(self.path, place.line, place.column, "error", message, accepted))

    def warning(self, place: Place, message: Sentence, accepted: tuple[str, ...] = ()) -> None:
        self._add(Fault(self.path, place.line, place.column, "warning", message, accepted))

    @property
    def full(self) -> bool:
        """Whether more would not be kept, so that nobody need look for proposals."""
        return self._dropped

    def _add(self, fault: Fault) -> None:
        if len(self._found) >= MOST_FAULTS:
            self._dropped = True
        else:
            self._found.append(fault)


@dataclass(frozen=True)
class ReadSop:
    """What reading a folder brought."""

    sop: Sop | None
    """None when any fault is an error."""
    faults: tuple[Fault, ...] = ()
    """Of all files, by file, line and column."""
    calendar: WorkdayTable = field(default=WEEKDAYS)
    """The working days of the desk's country; plain weekdays without an SOP."""


def shown(word: str) -> str:
    """A word from outside as a message may repeat it: nothing in it is a command to a terminal,
    and nothing is invisible or turns the line round."""
    return "".join(char if char.isprintable() else "?" for char in word)


def shortened(word: str, limit: int = 40) -> str:
    """The same as one line of at most `limit` characters."""
    line = shown(" ".join(word[: limit * 4].split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"
