"""The keys of the SOP screen and of a version that may be published."""

from __future__ import annotations

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
    ),
    Key(
        "6",
        "draft",
        "6",
        N_("draft"),
        N_("Writes the next version from what came back, as files to edit."),
    ),
    Key(
        "7",
        "decide_steps",
        "7",
        N_("changed steps"),
        N_("Steps changed in the files: decides what becomes of contacts under way."),
        footer=False,
    ),
    Key("enter", "reason", "Enter", N_("reason"), N_("In the log: says why a change was made.")),
    Key("tab", "next_view", "Tab", N_("next view"), N_("The next of the views."), footer=False),
    Key("left,h", "version(1)", "←", N_("older"), N_("Compares an older one."), footer=False),
    Key("right,l", "version(-1)", "→", N_("newer"), N_("Compares a newer one."), footer=False),
)
"""On the SOP screen."""

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
