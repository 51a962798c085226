"""The keys of the Cleaning screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rules.wording import N_
from tui.keys import Key
from tui.screens.cleaning.drawing import ACCOUNTS, KEPT, PERHAPS, SURE

CLEANING_KEYS = (
    Key(
        "enter",
        "do_it",
        "Enter",
        N_("merge / pause / erase"),
        N_(
            "Sure: merges all that are ticked. Perhaps: merges this pair. Accounts: pauses them."
            " Kept too long: asks, then erases."
        ),
        writes=True,
    ),
    Key(
        "space",
        "tick",
        "Space",
        N_("tick"),
        N_("Leaves a sure pair out or takes it in; ticks an account to pause, or whom to erase."),
    ),
    Key(
        "delete,minus",
        "apart",
        "Del",
        N_("keep apart"),
        N_("Two people: the pair is not proposed again."),
        writes=True,
    ),
    Key(
        "tab",
        "swap",
        "Tab",
        N_("other goes on / all"),
        N_("Chooses which of the two goes on; on those kept too long, ticks all or nobody."),
    ),
    Key(
        "backspace,ctrl+z",
        "undo",
        "Backspace",
        N_("undo"),
        N_("Takes back your last step of today, one a press."),
        writes=True,
    ),
    Key("left,h", "tab(-1)", "←", N_("page before"), N_("The page before."), footer=False),
    Key(
        "right,l",
        "tab(1)",
        "←→",
        N_("page"),
        N_("Sure, perhaps, throw-away accounts, kept too long."),
    ),
)
"""Nothing here sends a message; only an erasure, which asks first, cannot be taken back."""

PAIRED = {"apart": N_("keep apart"), "swap": N_("other goes on")}
ON_PAGE: Mapping[str, Mapping[str, str]] = {
    SURE: {"do_it": N_("merge"), "tick": N_("tick"), **PAIRED},
    PERHAPS: {"do_it": N_("merge"), **PAIRED},
    ACCOUNTS: {"do_it": N_("pause"), "tick": N_("tick")},
    KEPT: {"do_it": N_("erase"), "tick": N_("tick"), "swap": N_("tick all")},
}
"""What the keys for a row do on each page, by their actions."""


def keys_on(page: str, keys: Sequence[Key]) -> list[Key]:
    """The keys of a page, those for a row under their names there; without `page` none of these."""
    rows = {action for names in ON_PAGE.values() for action in names}
    here = ON_PAGE.get(page, {})
    return [
        replace(key, label=here.get(key.action, key.label))
        for key in keys
        if key.action in here or key.action not in rows
    ]
