"""What one read of the terminal brought: keys, or a text that must press nothing.

A key press and a text look alike on the wire. This module cuts what was read
into pieces (characters, escape sequences, pastes) and decides which characters
are keys. Pure: characters in, pieces out; names of keys and the desk's set of
keys are arguments.

Invariant: a text - a paste, a commit of the input method, an answer of the
terminal - never comes out as characters that a binding could take for keys,
unless a text field has asked for characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

ESC = "\x1b"
PASTE_BEGINS = "\x1b[200~"
PASTE_ENDS = "\x1b[201~"

ESCAPE_PATIENCE = 0.1
"""Seconds of silence after which a lone ESC was the Escape key."""
ANSWER_PATIENCE = 1.0
"""Seconds of silence after which the rest of a terminal's answer is not awaited any more."""
PASTE_PATIENCE = 5.0
"""Seconds of silence after which a paste without an end is taken as it is."""


@dataclass(frozen=True, slots=True)
class Character:
    """One character as it was read; alone in its read it is always a key."""

    text: str


@dataclass(frozen=True, slots=True)
class EscapeSequence:
    """One whole sequence: an arrow, a function key, the mouse, a report. Starts with ESC."""

    text: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Several characters that the terminal itself says were not typed one by one."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste:
    """A text that presses nothing: a paste, or characters found to be a text."""

    text: str


Piece = Character | EscapeSequence | Commit | Paste
Meant = Character | EscapeSequence | Paste

_STRING_ENDS = "\x07\x18\x1a\x1b"
_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[\[."  # a function key of the Linux console
    r"|\[M..."  # the mouse of old terminals: three raw characters
    r"|\[[0-?]*[ -/]*[@-~]"
    r"|O[ -~]"
    r"|(?P<string>[]PX^_][^\x07\x18\x1a\x1b]*(?:\x1b\\|[\x07\x18\x1a]|(?=\x1b[^\\])))"
    r"|[ -Z\\`-~\x00-\x1a\x7f]"  # Alt and a key
    r"|(?:\[[0-?]*[ -/]*)?"  # cut short by a character that cannot belong to it
    r")",
    re.DOTALL,
)
_UNFINISHED = re.compile(
    r"\x1b(?:\[(?:\[|M.{0,2}|[0-?]*[ -/]*)?|O|[]PX^_][^\x07\x18\x1a\x1b]*\x1b?)?\Z",
    re.DOTALL,
)
_NO_KEY = re.compile(r"\x1b\[(?:3[5-9]|[4-9]\d|\d{3,})[\d;:]*[~A-HPQS]")
"""Numbers beyond every function key, which Textual would take for a character's code."""
_KEY_WITH_TEXT = re.compile(r"\x1b\[(\d+)[\d:]*;[\d:]*;([\d:]+)u")


def half_width(character: str) -> str:
    """The half-width twin of a full-width digit, sign or blank; anything else as it is."""
    if character == "\u3000":
        return " "
    if "\uff01" <= character <= "\uff5e":
        twin = chr(ord(character) - 0xFEE0)
        return character if twin.isalpha() else twin
    return character


class Cutter:
    """Cuts the stream of characters into pieces, however the reads were split."""

    def __init__(self) -> None:
        self._held = ""
        self._pasting: list[str] | None = None

    @property
    def patience(self) -> float | None:
        """Seconds of silence to wait before `give_up`; None when nothing is held back."""
        if self._pasting is not None:
            return PASTE_PATIENCE
        if not self._held:
            return None
        return ANSWER_PATIENCE if self._in_answer else ESCAPE_PATIENCE

    def feed(self, text: str) -> list[Piece]:
        """The pieces that are complete now, in order."""
        data, self._held = self._held + text, ""
        pieces: list[Piece] = []
        at = 0
        while at < len(data):
            if self._pasting is not None:
                at = self._read_paste(self._pasting, data, at, pieces)
            elif data[at] != ESC:
                pieces.append(Character(data[at]))
                at += 1
            elif _UNFINISHED.match(data, at):
                self._held = data[at:]
                break
            else:
                at = self._read_sequence(data, at, pieces)
        return pieces

    def give_up(self) -> list[Piece]:
        """What was held back and stays incomplete: Escape itself, a paste without an end."""
        held, self._held = self._held, ""
        if self._pasting is not None:
            paste, self._pasting = "".join([*self._pasting, held]), None
            return _paste(paste)
        if not held or (len(held) > 2 and held[1] in "]PX^_"):
            return []
        return [EscapeSequence(held)]

    @property
    def _in_answer(self) -> bool:
        return len(self._held) > 2 and self._held[1] in "]PX^_"

    def _read_paste(self, pasting: list[str], data: str, at: int, pieces: list[Piece]) -> int:
        """Reads on to the end of the paste, or all there is; returns where it stopped."""
        end = data.find(PASTE_ENDS, at)
        if end >= 0:
            pieces += _paste("".join([*pasting, data[at:end]]))
            self._pasting = None
            return end + len(PASTE_ENDS)
        stop = len(data) - _overlap(data[at:], PASTE_ENDS)
        pasting.append(data[at:stop])
        self._held = data[stop:]
        return len(data)

    def _read_sequence(self, data: str, at: int, pieces: list[Piece]) -> int:
        """Reads one sequence that is not cut off by the end of the data."""
        found = _SEQUENCE.match(data, at)
        if found is None:  # cannot be: the last alternative takes a bare ESC
            return at + 1
        if found.group() == PASTE_BEGINS:
            self._pasting = []
        elif found.group("string") is None:
            pieces += _sequence(found.group())
        elif len(found.group()) == 2:
            pieces.append(EscapeSequence(found.group()))
        return found.end()


def _overlap(data: str, mark: str) -> int:
    """How many characters at the end of `data` may be the beginning of `mark`."""
    longest = min(len(data), len(mark) - 1)
    return next((n for n in range(longest, 0, -1) if data.endswith(mark[:n])), 0)


def _paste(text: str) -> list[Piece]:
    kept = text.replace("\x00", "")
    return [Paste(kept)] if kept else []


def _sequence(sequence: str) -> list[Piece]:
    """The sequence, or the text it carries when it reports more than the key pressed.

    Terminals report what an input method commits as the text of a key: of
    none (0), of the blank or of Enter that chose it. That key was not meant.
    """
    if _NO_KEY.fullmatch(sequence):
        return []
    carried = _KEY_WITH_TEXT.fullmatch(sequence)
    if carried is None:
        return [EscapeSequence(sequence)]
    codes = [int(code) for code in carried.group(2).split(":") if code]
    if not codes or codes == [int(carried.group(1))]:
        return [EscapeSequence(sequence)]
    if any(code > 0x10FFFF or 0xD800 <= code < 0xE000 for code in codes):
        return []
    text = "".join(map(chr, codes))
    return [Character(text) if len(text) == 1 else Commit(text)]


def is_strange(piece: Piece, is_desk_key: Callable[[str], bool]) -> bool:
    """Whether the piece is a character that no key of the desk brings.

    Control characters are nobody's text and decide nothing, but for the line
    feed, which no Enter sends and every text of several lines holds.
    """
    if not isinstance(piece, Character):
        return False
    if unicodedata.category(piece.text) == "Cc" and piece.text != "\n":
        return False
    return not is_desk_key(half_width(piece.text))


def is_text(pieces: Sequence[Piece], is_desk_key: Callable[[str], bool]) -> bool:
    """Whether the characters of one read are a text rather than keys."""
    if any(isinstance(piece, Commit) for piece in pieces):
        return True
    characters = (piece for piece in pieces if isinstance(piece, Character))
    several = next(islice(characters, 1, None), None) is not None
    return several and any(is_strange(piece, is_desk_key) for piece in pieces)


def sort_read(
    pieces: Sequence[Piece], is_desk_key: Callable[[str], bool], *, in_field: bool = False
) -> list[Meant]:
    """What one read means: the same pieces, its characters joined if they are a text.

    `is_desk_key` takes a half-width character. Escape sequences keep their
    place; a text stands where its first character stood, without line ends
    behind it. What follows a paste in its own read came with the paste. With
    `in_field` characters stay characters, since a field takes them one by one.
    """
    first_paste = next((n for n, it in enumerate(pieces) if isinstance(it, Paste)), len(pieces))
    typed, pasted = pieces[:first_paste], pieces[first_paste:]
    if in_field:
        return [*_spelled_out(typed), *_with_rest(pasted)]
    if is_text(typed, is_desk_key):
        return [*_joined(typed), *_with_rest(pasted)]
    return [*_spelled_out(typed), *_with_rest(pasted)]


def _spelled_out(pieces: Sequence[Piece]) -> list[Meant]:
    meant: list[Meant] = []
    for piece in pieces:
        if isinstance(piece, Commit):
            meant += map(Character, piece.text)
        else:
            meant.append(piece)
    return meant


def _joined(pieces: Sequence[Piece]) -> list[Meant]:
    """Everything but the escape sequences as one paste, where its first character stood."""
    text = _plain("".join(it.text for it in pieces if not isinstance(it, EscapeSequence)))
    meant: list[Meant] = []
    for piece in pieces:
        if isinstance(piece, EscapeSequence):
            meant.append(piece)
        elif text:
            meant.append(Paste(text))
            text = ""
    return meant


def _with_rest(pieces: Sequence[Piece]) -> list[Meant]:
    """Pastes as they are, the characters behind the first of them added to it."""
    if not pieces:
        return []
    first, *rest = pieces
    loose = _plain("".join(it.text for it in rest if isinstance(it, Character | Commit)))
    others = [it for it in rest if isinstance(it, EscapeSequence | Paste)]
    return [Paste(first.text + loose), *others]


def _plain(text: str) -> str:
    """The text without control characters, its lines ended by one kind of line end, none last."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
