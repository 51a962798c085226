"""The apostrophe that keeps a spreadsheet program from running a stranger's text.

Keeps that `unguarded(guarded(text)) == text` for every text, so that what is
exported, opened, saved and imported again is the same.
"""

from __future__ import annotations

import re

_UNSEEN = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_LIVE = re.compile(rf"{_UNSEEN}*[=+\-@＝＋－＠]|{_UNSEEN}*[\t\r\n]")
_GUARDED = re.compile(rf"'+(?:{_LIVE.pattern})")


def is_live(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula.

    Blanks and invisible characters before the sign do not hide it, and full-width
    signs count as their twins.
    """
    return bool(_LIVE.match(text))


def guarded(text: str) -> str:
    """A live text, or one that would read as guarded, behind one more apostrophe."""
    return f"'{text}" if is_live(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that guards it."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
