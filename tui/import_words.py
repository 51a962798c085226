"""What an import did, in the words that the command line and the Import screens share."""

from __future__ import annotations

from tui.words import _


def refused_words(count: int) -> str:
    """How many people the file says not to contact."""
    return _("{n} not to be contacted from now on, as the file says", n=count)
