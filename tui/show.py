"""The door at drawing: what text from outside becomes before it reaches a terminal.

Invariant: what leaves this module holds no control character, no invisible or
direction-changing character and at most two marks on a letter, so that a name
can neither send the terminal a command nor push the rest of its row aside.
The result is plain text: hand it over as `Content(show(name))` or with
`markup=False`, because brackets stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size, set_cell_size

from rules.plain_text import NOTE_LIMIT, REPLACEMENT, is_blank, keep

ELLIPSIS = "…"
MARKS = 2
"""Combining marks that one letter may carry."""

# Characters that always pass as they are: a name of these alone needs no second look.
_ORDINARY = (
    "!-~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482"
    "\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf"
    "\u3001-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f"
    "\U0001f300-\U0001f3fa\U0001f400-\U0001f64f\U0001f680-\U0001f6c5\U0001f900-\U0001f9ff"
    "\U00020000-\U0002a6dd"
)
_UNTOUCHED = re.compile(f"[{_ORDINARY} ]*")
_LINE_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
_BLANKS = re.compile(" {2,}")
# Variation selectors, skin tones, the keycap, and marks that nobody sees.
_DROPPED = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180f\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]"
)
_OF_EMOJI = re.compile("[\u200d\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_AS_BLANK = re.compile("[\\s\u115f\u1160\u2800\u3164\uffa0]")
_REGIONALS = re.compile("[\U0001f1e6-\U0001f1ff]+")
_REGIONAL_A = 0x1F1E6


def show(text: str, width: int | None = None, *, empty: str = "") -> str:
    """Text as one line for the screen, cut with "…" to at most `width` cells.

    `empty` (the caller's translated "(no name)") stands in for a text of which
    nothing would be seen.
    """
    if not _is_untouched(text) or not text or text != text.strip(" ") or "  " in text:
        text = clean(text).strip() or empty
    return text if width is None else _cut(text, width)


def own_name(name: str, contact: int) -> str:
    """A name by which its contact is known on the screen.

    One that hides characters looks like another one without them: the contact's
    number stands behind it.
    """
    return f"{name} #{contact}" if not _is_untouched(name) and _hides(name) else name


def show_lines(text: str) -> str:
    """A text of several lines for the screen: each line through the door, joined by newlines."""
    return "\n".join(show(line) for line in _LINE_BREAK.split(text[:NOTE_LIMIT]))


@lru_cache(maxsize=4096)
def pad(text: str, width: int, *, empty: str = "") -> str:
    """Text as one line of exactly `width` cells, cut or filled up with blanks.

    Remembered, because a list asks for the same cells on every key.
    """
    return set_cell_size(show(text, width, empty=empty), max(width, 0))


def printable(text: str) -> str:
    """Lines through the door with their blanks kept, so that columns stand.

    For standard output, and once more where a widget hands its text over: a
    text that has passed the door already costs less than a microsecond.
    """
    if "\n" not in text:
        return _drawn(text)
    return "\n".join(_drawn(line) for line in text.split("\n"))


def clean(text: str) -> str:
    """One line through the door with the blanks at its ends left, for parts of a longer line."""
    return _BLANKS.sub(" ", _drawn(text))


def _drawn(text: str) -> str:
    if _is_untouched(text):
        return text
    kept = _AS_BLANK.sub(" ", _DROPPED.sub("", keep(text, NOTE_LIMIT)))
    kept = _REGIONALS.sub(_flags, kept)
    drawn: list[str] = []
    marks = MARKS
    for char in kept:
        seen = _seen(char)
        if not seen:
            continue
        if get_character_cell_size(seen):
            marks = MARKS if seen == " " else 0
        elif marks < MARKS:
            marks += 1
        else:
            continue
        drawn.append(seen)
    return unicodedata.normalize("NFC", "".join(drawn))


def _is_untouched(text: str) -> bool:
    return len(text) <= NOTE_LIMIT and _UNTOUCHED.fullmatch(text) is not None


def _hides(text: str) -> bool:
    """Whether a name that is seen has characters that are not, other than those of an emoji."""
    if is_blank(text):
        return False
    before = ""
    for char in text:
        unseen = _DROPPED.match(char) or unicodedata.category(char) == "Cf"
        if unseen and not (_OF_EMOJI.match(char) and before and not before.isalpha()):
            return True
        before = before if unseen else char
    return False


def _seen(char: str) -> str:
    """What is drawn of one character: nothing, a replacement, or itself."""
    match unicodedata.category(char):
        case "Cf":
            return ""
        case "Cc" | "Cs" | "Co" | "Cn":
            return REPLACEMENT
    return char


def _flags(found: re.Match[str]) -> str:
    """Pairs of regional indicators stay a flag; a single one becomes its letter."""
    run = found.group()
    paired = len(run) // 2 * 2
    return run[:paired] + "".join(chr(ord(char) - _REGIONAL_A + ord("A")) for char in run[paired:])


def _cut(text: str, width: int) -> str:
    if width <= 0:
        return ""
    # No letter carries more than two marks here, so a longer text cannot fit either.
    text = text[: (width + 1) * (MARKS + 1)]
    if cell_len(text) <= width:
        return text
    # A flag that the cut parted becomes its letter again.
    return _REGIONALS.sub(_flags, set_cell_size(text, width - 1)).rstrip() + ELLIPSIS
