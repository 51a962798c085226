"""The keys of the Backups screen; there, and in the help of it."""

from __future__ import annotations

from rules.wording import N_
from tui.keys import Key

BACKUP_KEYS = (
    Key(
        "enter",
        "take_back",
        "Enter",
        N_("restore"),
        N_("Puts the backup under the cursor in the desk's place, after a yes."),
        writes=True,
    ),
    Key(
        "space",
        "back_up",
        "Space",
        N_("back up now"),
        N_("Makes a backup of the desk as it is."),
        writes=True,
    ),
    Key("escape", "back", "Esc", N_("back"), N_("Back to the screen before.")),
)
"""On the Backups screen."""
