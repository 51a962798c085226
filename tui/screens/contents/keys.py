"""The keys of the Content screen, and of the replies behind one content."""

from __future__ import annotations

from rules.wording import N_
from tui.keys import Key

CONTENT_KEYS = (
    Key(
        "enter",
        "open_replies",
        "Enter",
        N_("replies"),
        N_("Opens the replies and notes behind the figures."),
    ),
    Key("tab", "sort", "Tab", N_("sort"), N_("Sorts by verdict, sends, rate or title.")),
    Key("left,h", "stage(-1)", "←", N_("stage before"), N_("The stage before."), footer=False),
    Key("right,l", "stage(1)", "←→", N_("stage"), N_("Only the figures of one stage.")),
    Key("1", "filter('form')", "1", N_("form"), N_("Only contents of one form.")),
    Key("2", "filter('purpose')", "2", N_("purpose"), N_("Only contents of one purpose.")),
    Key("3", "filter('version')", "3", N_("version"), N_("Only one version of the SOP.")),
    Key("4", "period", "4", N_("period"), N_("Only what was sent in some months.")),
    Key("0", "clear", "0", N_("show all"), N_("Takes every filter away.")),
)
"""On the Content screen."""

BEHIND_KEYS = (
    Key("escape", "back", "Esc", N_("back"), N_("Back to the figures.")),
    *(
        Key(digit, f"only('{told}')", digit, told, N_("Only replies of this reaction."))
        for digit, told in (
            ("1", N_("friendly")),
            ("2", N_("positive")),
            ("3", N_("exploring")),
            ("4", N_("rejecting")),
            ("0", N_("lost")),
        )
    ),
    Key("5", "only('')", "5", N_("show all"), N_("The replies of every reaction.")),
)
"""On the replies behind a content's figures; nothing is logged there."""
