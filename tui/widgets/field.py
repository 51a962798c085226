"""A text field: every key is text in it, a paste of several lines becomes one line."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from rules.plain_text import NOTE_LIMIT, keep, line_ends


class Field(Input):
    """Enter and ↓ leave it; Esc belongs to the dialog around it."""

    @dataclass
    class Left(Message):
        """Enter or ↓ was pressed in the field."""

        field: Field

    def _on_focus(self, event: events.Focus) -> None:
        if not (self.select_on_focus or event.from_app_focus):
            # Selected for a moment, so that the end of a long text comes into view.
            self.action_select_all()
            self.action_end()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual's own keeps only the first line, silently.
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(keep(line_ends(event.text), NOTE_LIMIT).split()))

    def key_down(self, event: events.Key) -> None:
        event.stop()
        self.post_message(self.Left(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left(self))

    @property
    def kept(self) -> str:
        """What was typed, as it may be stored."""
        return keep(self.value, NOTE_LIMIT).strip()
