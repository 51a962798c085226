"""Which panes a screen has room for. Pure, in rows and columns.

Invariant: what is least needed goes first. With a contact in hand: rows of keys, the
progress, the list, the card; the script goes last. Elsewhere: rows of keys, what is told of
a row; the list goes last. Below the least size nothing is drawn but which size is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST_WIDTH, LEAST_HEIGHT = 30, 8
SIDE_BY_SIDE = 70
"""Columns from which the list stands beside the contact; below, above it."""
CARD, SCRIPT = 9, 7
"""Rows of the panes with their frames: the card's on a usual screen, the script's at least."""
PANE = 4
"""Rows below which a pane says nothing: two lines in a frame."""
TOP_AND_MESSAGE = 2
KEY_ROWS = 3
LIST = 6
"""Rows of a list with its frame at least, where more is told of the row under its cursor."""


@dataclass(frozen=True, slots=True)
class Room:
    """What is drawn; nothing of it when the screen is too small."""

    fits: bool = True
    side_by_side: bool = True
    keys: int = KEY_ROWS
    """Rows of keys, at most."""
    progress: bool = True
    queue: int = 0
    """Rows of the list above the card; 0 without one there."""
    card: int = CARD
    """Rows of the card; 0 without one: then the script's frame says who it is."""

    @property
    def is_usual(self) -> bool:
        return self == Room()


def room_for(width: int, height: int, more: int = 0) -> Room:
    """The panes for a screen of that size; `more` are rows of bars beside the usual ones."""
    height -= more
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Room(fits=False)
    side_by_side = width >= SIDE_BY_SIDE
    wanted = CARD + SCRIPT if side_by_side else SCRIPT + 2 * PANE
    keys, progress, left = KEY_ROWS, True, 0
    for keys, progress in ((KEY_ROWS, True), (2, True), (1, True), (1, False)):
        left = height - TOP_AND_MESSAGE - keys - progress
        if left >= wanted:
            break
    rest = left - SCRIPT
    if side_by_side:
        card = min(CARD, rest) if rest >= PANE else 0
        return Room(True, True, keys, progress, 0, card)
    queue = max(PANE, rest // 2) if rest >= 2 * PANE else 0
    card = min(CARD, rest - queue) if rest >= PANE else 0
    return Room(True, False, keys, progress, queue, card)


@dataclass(frozen=True, slots=True)
class Below:
    """A list, and what is told of its row; nothing of it when the screen is too small."""

    fits: bool = True
    side_by_side: bool = True
    keys: int = KEY_ROWS
    """Rows of keys, at most."""
    told: int = 0
    """Rows of what is told, with its frame, where it stands below the list; 0 without it."""


def below_for(width: int, height: int, bars: int, wanted: int) -> Below:
    """A list with what is told below it, `wanted` rows if there is room; `bars` are more bars."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Below(fits=False)
    keys, rest = KEY_ROWS, 0
    for keys in range(KEY_ROWS, 0, -1):
        rest = height - TOP_AND_MESSAGE - bars - keys
        if rest >= LIST + min(wanted, SCRIPT):
            break
    told = min(wanted, rest - LIST)
    return Below(True, width >= SIDE_BY_SIDE, keys, told if told >= PANE else 0)
