"""In which line of a file each contact was met last.

Those who came by the file are numbered one after the other, so that a number
is held for each of a long file and not an entry of a table.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping


class Lines(Mapping[int, int]):
    """Line by contact; whoever is new must be met in the order of their numbers."""

    def __init__(self, first_new: int) -> None:
        """`first_new` is the number of the first contact that the file may bring."""
        self._first = first_new
        self._new = array("q")
        self._known: dict[int, int] = {}

    def __getitem__(self, contact: int) -> int:
        place = contact - self._first
        if place < 0:
            return self._known[contact]
        if place < len(self._new):
            return self._new[place]
        raise KeyError(contact)

    def meet(self, contact: int, line: int) -> None:
        """Keeps the line that a contact was met in now."""
        place = contact - self._first
        if place < 0:
            self._known[contact] = line
        elif place == len(self._new):
            self._new.append(line)
        else:
            self._new[place] = line

    def __contains__(self, contact: object) -> bool:
        if not isinstance(contact, int):
            return False
        return contact in self._known or 0 <= contact - self._first < len(self._new)

    def __iter__(self) -> Iterator[int]:
        yield from self._known
        yield from range(self._first, self._first + len(self._new))

    def __len__(self) -> int:
        return len(self._known) + len(self._new)
