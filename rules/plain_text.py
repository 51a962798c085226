"""The door at input: what text from outside becomes before it is stored, filled in or copied.

Invariant: what `keep` returns holds no control character but newline and tab,
no surrogate and no NUL, is in NFC, and is what `keep` returns for it again.
Drawing has a door of its own in `tui`, since much that may be stored must not
reach a terminal.
"""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT = 256
"""Characters of a name, a company, a title, a tag."""
NOTE_LIMIT = 4000
"""Characters of a note, a reply, a script."""
REPLACEMENT = "\ufffd"
"""Stands where a character could not be kept."""

_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ZERO_WIDTH_JOINER = "\u200d"
_COMPOSED_FROM = 4
"""NFC makes one character of at most four."""
_LOOK_BACK = 16
"""Characters of one grapheme that a cut will step over before it cuts through."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffd")
"""Letters and signs without any ink, and the mark for what was lost."""


def keep(text: str, limit: int = NAME_LIMIT) -> str:
    """Text as it may be stored: at most `limit` characters, cut between graphemes.

    Surrogate pairs are joined, CRLF becomes LF, control characters and lone
    surrogates become U+FFFD. NUL is dropped without a mark: it is what padding
    leaves behind, and no database keeps it.
    """
    if len(text) <= limit and text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nearly every text; nothing unkept is printable
    if _UNKEPT.search(text):
        text = _replaced(text)
    if not unicodedata.is_normalized("NFC", text[:limit]) or len(text) > limit:
        # Normalising is quadratic on piled-up marks, so never more than can count.
        text = unicodedata.normalize("NFC", text[: limit * _COMPOSED_FROM])
    return text if len(text) <= limit else text[: _cut_place(text, limit)]


def line_ends(text: str) -> str:
    """A pasted text with newlines for its line ends: terminals bring them as carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of the text: blanks and invisible characters only."""
    if text[:1].isalnum() and text[0] not in _BLANK_LETTERS:
        return False
    return all(
        char.isspace() or char in _BLANK_LETTERS or unicodedata.category(char) in _UNSEEN
        for char in text
    )


_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me"})


def _replaced(text: str) -> str:
    text = text.replace("\x00", "")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub(REPLACEMENT, text.replace("\r\n", "\n"))


def _cut_place(text: str, limit: int) -> int:
    """The last place not after `limit` where no grapheme is cut; `limit` when it is all one."""
    for place in range(limit, max(limit - _LOOK_BACK, 0), -1):
        if not _joins(text, place):
            return place
    return limit


def _joins(text: str, place: int) -> bool:
    """Whether the character at `place` belongs to the one before it."""
    here, before = text[place], text[place - 1]
    if before == _ZERO_WIDTH_JOINER or here == _ZERO_WIDTH_JOINER:
        return True
    if _is_regional(here) and _is_regional(before):
        return _regionals_before(text, place) % 2 == 1
    return unicodedata.category(here) in ("Mn", "Me", "Mc") or _is_modifier(here)


def _is_modifier(char: str) -> bool:
    """Skin tones, the tags of a flag, and Hangul vowels and finals."""
    return (
        "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or "\u1160" <= char <= "\u11ff"
    )


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regionals_before(text: str, place: int) -> int:
    count = 0
    while count < place and _is_regional(text[place - 1 - count]):
        count += 1
    return count
