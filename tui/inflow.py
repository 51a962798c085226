"""From the characters that a terminal sends to Textual's messages, burst by burst.

Owns what is known of one terminal's input so far: the pieces of the burst that
is being read, what is held back because it is incomplete, and Textual's
parser, which is only ever given whole pieces. Invariant: a sequence that the
parser does not know makes no key.

The app may say what it needs: `app.is_desk_key(key)`, whether a key is one of
the desk's, by Textual's name of it (`"1"`, `"slash"`, `"enter"`; without it,
`DESK_KEYS` are), and `app.text_mode`, True while a text field has the focus,
which then gets its characters one by one. Both are asked in the input thread
and must only look something up.

Private part of Textual used, held by a test: `XTermParser` and its `feed`,
which gives the events of a whole sequence at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message import Message

from tui.bursts import (
    ESC,
    Character,
    Cutter,
    EscapeSequence,
    Meant,
    Paste,
    Piece,
    half_width,
    is_strange,
    is_text,
    sort_read,
)

DESK_KEYS = frozenset("0123456789") | {"slash", "space", "enter", "tab", "backspace", "escape"}

_LONGEST_SEQUENCE = 32
"""Characters beyond which Textual's parser gives a sequence up and makes keys of it."""
_FOCUS_REPORT = f"{ESC}[I"


class Inflow:
    """From the characters of one terminal to Textual's messages, burst by burst."""

    def __init__(self, app: App[Any], debug: bool = False) -> None:
        self._app = app
        self._debug = debug
        self._parser = XTermParser(debug)
        self._cutter = Cutter()
        self._burst: list[Piece] = []
        self._key_names: dict[str, str] = {}
        self._silence = 0.0

    def add(self, text: str) -> None:
        """More characters of the burst that is being read."""
        self._silence = 0.0
        self._burst += self._cutter.feed(text)

    @property
    def awaits_more(self) -> bool:
        """Whether what was read is a text, the rest of which may be on its way."""
        if not self._burst:
            return False
        if any(isinstance(piece, Paste) for piece in self._burst):
            return True
        if self._in_field:
            return False
        last = self._burst[-1]
        begun = not last.text.isascii() and is_strange(last, self._is_desk_key)
        return begun or is_text(self._burst, self._is_desk_key)

    def messages(self) -> list[Message]:
        """The messages of the burst, which is over now."""
        burst, self._burst = self._burst, []
        in_field = self._in_field
        meant = sort_read(burst, self._is_desk_key, in_field=in_field)
        return [message for piece in meant for message in self._messages_of(piece, in_field)]

    def after_silence(self, seconds: float) -> list[Message]:
        """What was held back, when nothing came for so many further seconds."""
        self._silence += seconds
        patience = self._cutter.patience
        if patience is None or self._silence < patience:
            return []
        self._burst += self._cutter.give_up()
        return self.messages()

    @property
    def _in_field(self) -> bool:
        return bool(getattr(self._app, "text_mode", False))

    def _is_desk_key(self, character: str) -> bool:
        name = self._key_names.get(character)
        if name is None:
            keys = (it.key for it in self._parse(character) if isinstance(it, events.Key))
            name = self._key_names[character] = next(keys, "")
        answer = getattr(self._app, "is_desk_key", DESK_KEYS.__contains__)
        return bool(answer(name))

    def _messages_of(self, piece: Meant, in_field: bool) -> Iterable[Message]:
        match piece:
            case Paste(text):
                return [events.Paste(text)]
            case Character(text):
                return self._parse(text if in_field else half_width(text))
            case EscapeSequence(text):
                return self._sequence_messages(text)

    def _sequence_messages(self, sequence: str) -> Iterable[Message]:
        """The messages of a sequence that Textual knows; of any other, none."""
        if sequence == ESC:
            return [events.Key("escape", ESC)]
        if len(sequence) > _LONGEST_SEQUENCE or ESC in sequence[2:]:
            return []  # a cut one: the parser would wait for the rest of another
        found = self._parse(sequence)
        if found:
            return found
        # The parser may still wait for the rest: a focus report makes it let go. Whatever
        # it says then, the keys it makes of the unknown sequence too, is nobody's key press.
        let_go = self._parse(_FOCUS_REPORT)
        if len(sequence) == 2 and sequence[1].isprintable():
            keys = [it.key for it in let_go if isinstance(it, events.Key)]
            return [events.Key(f"alt+{key}", None) for key in keys[1:]]
        return []

    def _parse(self, text: str) -> list[Message]:
        """What Textual's parser makes of it; numbers that it cannot read make nothing."""
        try:
            return list(self._parser.feed(text))
        except (ValueError, OverflowError):
            self._parser = XTermParser(self._debug)
            return []
