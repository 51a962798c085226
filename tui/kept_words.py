"""What was written down beside a step, each text told by what it is. Pure.

Texts come as they were kept, or masked; whoever draws them passes the door of `tui.show`.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.wording import said_of
from tui.words import _

LINK = "link"
"""The words of a note that are a web address or a file's path."""


def told_apart(words: Mapping[str, str]) -> list[str]:
    """The texts of an event, each behind what it is; empty ones are left out."""
    return [_told(name, text) for name, text in words.items() if text]


def note_told(text: str) -> str:
    """A note, told apart from what the contact said."""
    return said_of(_("Note"), text)


def _told(name: str, text: str) -> str:
    if name == LINK:
        return f"↗ {text}"
    label = {
        "reply": _("Reply"),
        "note": _("Note"),
        "interest": _("Interest"),
        "reason": _("Reason"),
        "keyword": _("Keyword"),
    }.get(name)
    return said_of(label, text) if label else text
