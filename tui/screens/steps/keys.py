"""The key of the Undo screen."""

from __future__ import annotations

from rules.wording import N_
from tui.keys import Key

STEP_KEYS = (
    Key(
        "enter,backspace,space",
        "take_back",
        "Enter",
        N_("take back / do again"),
        N_("Takes the step under the cursor back; once more does it again."),
        writes=True,
    ),
)
