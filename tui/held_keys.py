"""Presses of Enter told from an Enter that is held down or bounces, by when they arrived.

Enter copies, confirms and goes on, so that a key held for a second would note
messages as sent that nobody wrote. When the app comes to a key says nothing:
under load, the repeats of a held key lie far apart there. Invariant: of a held key
one Enter is left.
"""

from __future__ import annotations

from enum import Enum, auto

REPEAT_GAP = 0.12
"""Seconds between two events of a key that is held down, at most."""
REPEAT_DELAY = 0.7
"""Seconds a terminal waits before a held key repeats, at most."""
TOGETHER = 0.005
"""Seconds within which keys were read at once: they waited, nobody knows since when."""
MOST_TOGETHER = 3
"""Enters in a row that somebody means who types ahead: found, copied, sent."""


class Press(Enum):
    """What an Enter is."""

    MEANT = auto()
    REPEATED = auto()
    OPEN = auto()
    """Pressed again soon, or the first repeat of a held key: known once the next key is."""


class Enters:
    """The Enters of one keyboard in the order of their arrival."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._together = 0

    def press(self, at: float) -> Press:
        """What the Enter that arrived at a moment is; seconds of a clock that only grows."""
        gap, self._last = at - self._last, at
        if gap < TOGETHER:
            self._together += 1
            return Press.MEANT if self._together <= MOST_TOGETHER else Press.REPEATED
        self._together = 1
        if gap < REPEAT_GAP:
            return Press.REPEATED
        return Press.OPEN if gap < REPEAT_DELAY else Press.MEANT

    def other_key(self) -> None:
        """Another key came between: the next Enter is pressed anew."""
        self._last = float("-inf")

    def begins_train(self, at: float, following: float) -> bool:
        """Whether an open Enter was the first repeat, by when another one followed it."""
        return TOGETHER <= following - at < REPEAT_GAP
