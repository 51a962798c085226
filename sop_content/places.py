"""Where things of an SOP stand: values with their file and line, and ids that are taken once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.wording import N_, Sentence, sentence
from sop_content.faults import FaultList, Place, shortened

Found = TypeVar("Found", covariant=True)


@dataclass(frozen=True)
class Located(Generic[Found]):
    """A value and where it was read."""

    value: Found
    faults: FaultList
    """Of its file."""
    place: Place


class Ids:
    """The ids of one kind of thing; the second of a pair is told, with the place of the first."""

    def __init__(self, kind: Sentence) -> None:
        self._kind = kind
        self._taken: dict[str, str] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._taken

    def claim(self, word: str, place: Place, faults: FaultList) -> None:
        """Takes an id for what stands at a place; an empty one was already told."""
        if word in self._taken:
            message = N_('"{word}" is already taken by {kind} at {first}')
            first = self._taken[word]
            faults.error(
                place, sentence(message, word=shortened(word), kind=self._kind, first=first)
            )
        elif word:
            self._taken[word] = f"{faults.path}:{place.line}"
