"""Sentences for people, carried as data until the screen puts them into a language.

The rooms below `tui` know no language. They say what happened as a message id
(English, with named blanks) and its values; `tui.words` translates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Marks a message id for the catalogue and returns it unchanged."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message id with the values for its blanks; `str()` gives the English."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format_map(self.values)


def sentence(message: str, **values: object) -> Sentence:
    """A sentence; the message must be marked with `N_` where it is written."""
    return Sentence(message, values)


class DeskError(Exception):
    """What a user is told: what happened and where, then what to do.

    Every named error of the project derives from it and builds its own
    sentences, so that one place in the app and one on the command line can
    show them all.
    """

    def __init__(self, what: Sentence, remedy: Sentence | None = None) -> None:
        super().__init__(str(what))
        self.what = what
        self.remedy = remedy
