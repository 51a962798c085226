"""Where a content's good reactions go, in words; the start does not wait for what tells it."""

from __future__ import annotations

from rules.trends import Trend, Way
from tui.words import _, say


def way_word(way: Way) -> str:
    """Where a content's good reactions go."""
    return {
        Way.RISING: _("rising"),
        Way.FALLING: _("falling"),
        Way.LEVEL: _("level"),
        Way.UNKNOWN: _("too few sends"),
    }[way]


def trend_words(found: Trend) -> str:
    """Where a content goes, and the two halves that tell it."""
    return _("Trend: {way}", way=f"{way_word(found.way)} · {say(found.reason)}")
