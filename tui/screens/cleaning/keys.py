"""The keys of the Cleaning screen."""

from __future__ import annotations

from rules.wording import N_
from tui.keys import Key

CLEANING_KEYS = (
    Key(
        "enter",
        "do_it",
        "Enter",
        N_("merge / pause"),
        N_("Sure: merges all that are ticked. Perhaps: merges this pair. Accounts: pauses them."),
    ),
    Key(
        "space",
        "tick",
        "Space",
        N_("tick"),
        N_("Leaves a sure pair or an account out, or takes it in again."),
    ),
    Key(
        "delete,minus",
        "apart",
        "Del",
        N_("keep apart"),
        N_("Two people: the pair is not proposed again."),
    ),
    Key("tab", "swap", "Tab", N_("other goes on"), N_("Chooses which of the two goes on.")),
    Key(
        "backspace,ctrl+z",
        "undo",
        "Backspace",
        N_("undo"),
        N_("Takes back your last step of today, one a press."),
    ),
    Key("left,h", "tab(-1)", "←", N_("page before"), N_("The page before."), footer=False),
    Key("right,l", "tab(1)", "←→", N_("page"), N_("Sure, perhaps, throw-away accounts.")),
)
"""Nothing here sends a message or deletes anything; every step can be taken back."""
