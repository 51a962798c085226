"""A desk that is only read: another process has it, or its place may not be written to.

Invariant: on such a desk no key that writes does anything but say so, and no
file beside the desk's changes. What would get through finds a connection that
only reads.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rules.wording import DeskError
from store.connection import ReadOnlyDesk
from store.lock import DeskHeld, NoLock
from tui.keys import Key
from tui.opening import Chosen
from tui.show import printable, show
from tui.words import _, say

LOOK_EVERY = 2.0
"""Seconds between two looks at whether whoever has the desk wrote something."""


def writes(action: str, keys: Iterable[Key]) -> bool:
    """Whether an action is that of a key that writes."""
    return any(key.writes and key.action == action for key in keys)


def told() -> str:
    """What a key that writes says instead."""
    return _("This desk is only read here: nothing can be written.")


def may_be_read(error: DeskError, chosen: Chosen) -> bool:
    """Whether a desk that cannot be opened for writing could be looked at."""
    return isinstance(error, DeskHeld | NoLock | ReadOnlyDesk) and chosen.database_path().exists()


def wants_to_read(error: DeskError) -> bool:
    """Says why the desk cannot be worked at and asks whether to open it to be read."""
    lines = [show(say(error.what))]
    if error.remedy is not None:
        lines.append(show(say(error.remedy)))
    lines.append(_("Enter opens it to be read only; any other answer leaves: "))
    sys.stderr.write(printable("\n".join(lines)))
    sys.stderr.flush()
    return sys.stdin.readline() == "\n"  # nothing at all is no answer
