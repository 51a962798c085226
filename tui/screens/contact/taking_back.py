"""Undo and redo by key, shown on the contact that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.nouns import Kind
from rules.wording import N_, sentence
from tui.screens.contact.in_hand import InHandScreen
from tui.wording import kind_word, reaction_word, said_of

if TYPE_CHECKING:
    from store.undoing import Taken


class TakingBack(InHandScreen):
    """Steps of today, newest first; a refusal is passed by only when asked twice."""

    def action_undo(self) -> None:
        """Backspace: one step a press; held down it counts once."""
        from store import undoing

        def undo() -> None:
            desk, past = self.desk, self.past_refusals
            self.past_refusals = True
            try:
                taken = undoing.undo(
                    desk.db, desk.shift, desk.clock(), same_day=True, past_refusals=past
                )
            except undoing.StaysUndone as error:
                again = N_("F11 takes it back with a reason; Backspace again passes it by")
                raise undoing.StaysUndone(error.what, sentence(again)) from error
            self.past_refusals = past
            self._taken(taken)

        self.once_if_held(lambda: self.attempt(undo))

    def action_redo(self) -> None:
        from store import undoing

        desk = self.desk
        self.attempt(lambda: self._taken(undoing.redo(desk.db, desk.shift, desk.clock())))

    def _taken(self, taken: Taken) -> None:
        """Shows what an undo or redo did, on the contact it is about."""
        target = taken.target
        # What was told of a contact that was merged shows on the one it goes on under.
        contact = taken.state.contact if taken.state else target.contact
        word = kind_word(target.kind) if target.reaction is None else reaction_word(target.reaction)
        self.visiting = None
        if contact is not None:
            self.hand.forget(contact)
        self.reread(contact, taken.state.stage if taken.state else None)
        if contact is not None and taken.state and self.contact != contact:
            self.visiting = contact
        self.hand.take(self.contact)
        name = "" if contact is None else self.hand.name
        if target.kind is Kind.PUBLISH:
            self.follow_log()
        self.say("↶ " + said_of(kind_word(taken.event.kind), f"{word} {name}".rstrip()))
        self.after_write()
