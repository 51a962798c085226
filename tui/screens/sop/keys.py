"""The keys of the SOP screen and of a version that may be published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rules.wording import N_
from tui.keys import Key

SOP_KEYS = (
    Key("1", "view('steps')", "1", N_("steps"), N_("The sequences with their steps.")),
    Key("2", "view('problems')", "2", N_("problems"), N_("What is wrong in the SOP's files.")),
    Key("3", "view('log')", "3", N_("log"), N_("Every change of the SOP and what came of it.")),
    Key("4", "view('compare')", "4", N_("versions"), N_("Two versions side by side.")),
    Key(
        "5",
        "open_next",
        "5",
        N_("next version"),
        N_("Opens the folder of the next version: what changes, who moves, publish."),
        writes=True,
    ),
    Key(
        "6",
        "draft",
        "6",
        N_("draft"),
        N_("Writes the next version from what came back, as files to edit."),
        writes=True,
    ),
    Key(
        "7",
        "decide_steps",
        "7",
        N_("changed steps"),
        N_("Steps changed in the files: decides what becomes of contacts under way."),
        footer=False,
        writes=True,
    ),
    Key(
        "enter",
        "reason",
        "Enter",
        N_("reason"),
        N_("In the log: says why a change was made."),
        writes=True,
    ),
    Key("tab", "next_view", "Tab", N_("next view"), N_("The next of the views."), footer=False),
    Key("left,h", "version(1)", "←→", N_("versions"), N_("Compares an older one."), footer=False),
    Key("right,l", "version(-1)", "→", N_("newer"), N_("Compares a newer one."), footer=False),
)
"""On the SOP screen."""

NOW_AND_THEN = frozenset({"reason", "decide_steps", "version(1)"})
"""Of use in one view only, or while something waits."""


def keys_of_use(keys: Sequence[Key], now: Collection[str]) -> list[Key]:
    """All keys but those that come and go; of these the ones in `now`, in the footer."""
    return [
        replace(key, footer=key.footer or key.action in NOW_AND_THEN)
        for key in keys
        if key.action in now or key.action not in NOW_AND_THEN
    ]


PUBLISH_KEYS = (
    Key(
        "enter",
        "publish",
        "Enter",
        N_("publish"),
        N_("Asks why, then puts the version into use. F10 takes it back."),
    ),
    Key("right,l,space", "choose(1)", "←→", N_("choose"), N_("Move, stay or begin again.")),
    Key("left,h", "choose(-1)", "←", N_("choose back"), N_("The choice before."), footer=False),
    Key("escape", "back", "Esc", N_("back"), N_("Back to the SOP; nothing was changed.")),
)
"""On a version that may be published."""
