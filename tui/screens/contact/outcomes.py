"""What came of a message: reactions, refusals, resuming, postponing, notes.

Each is one write; what was typed for it is a draft until it is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rules.nouns import Kind, Reaction, Status
from store import verbs
from store.verbs import Done
from tui.drafts import Draft
from tui.screens.contact.in_hand import InHandScreen
from tui.screens.dialogs import ChoiceDialog
from tui.wording import SIGNS, day_words, kind_word, next_told, reaction_word
from tui.words import _

if TYPE_CHECKING:
    from scripts.reading.reading import Reading


class Outcomes(InHandScreen):
    """One key each, for the contact in hand, with what its question asked for."""

    def action_react(self, value: str) -> None:
        """Logs a reaction of the drawn contact; with the text that arrived, if one did."""
        reaction = Reaction(value)
        contact = self.contact
        if contact is not None and not self.is_bounce(f"{contact}{value}"):
            self.attempt(lambda: self._react(contact, reaction))

    def _react(self, contact: int, reaction: Reaction) -> None:
        reading = self.reading()
        done = self.log_reply(contact, reaction, self.arrived, reading)
        self.drop_arrived()
        rest = ""
        if done.state.status is Status.PAUSED:
            paused = reaction is Reaction.REJECTING
            rest += " · " + (
                _("paused until F11 resumes") if paused else _("still paused: F11 resumes")
            )
        if reading is not None and reading.answer_with and reaction is reading.reaction:
            rest += self._answer(reading.answer_with)
        told = f"{SIGNS[reaction]} {reaction_word(reaction)} → "
        credit = _("kept without credit")
        if done.event.ref is not None:
            # The title gives way: what is to be done next stands behind it.
            credit = self.hand.title_of(done.event.content, self.room_to_say(told + rest))
        self.say_done(told + credit + rest)
        self.after_write()

    def log_reply(
        self, contact: int, reaction: Reaction, text: str, reading: Reading | None
    ) -> Done:
        """Logs a reaction with its words; a keyword in them is an event of its own."""
        desk, now = self.desk, self.desk.clock()
        words = {"reply": text} if text else {}
        done = verbs.react(desk.db, desk.shift, now, contact, reaction, words)
        if reading is not None and reading.keyword and reaction is reading.reaction:
            verbs.keyword(desk.db, desk.shift, now, contact, reading.keyword.keyword)
        return done

    def _answer(self, content: str) -> str:
        """Takes up what a keyword asked for; it goes as an answer with the next two Enters."""
        self.hand.answer_with(content)
        return " · " + _("Enter copies {title} as the answer", title=self.hand.title_of(content))

    def action_refuse(self) -> None:
        from tui.screens import questions

        contact = self.contact
        if contact is None:
            return

        self._ask_why(Kind.REFUSED, contact, questions.refusal, self._refuse)

    def _refuse(self, contact: int, reason: str) -> None:
        self.refuse_by_reply(contact, reason, self.arrived, self.reading())
        if self._refusing_words():
            self.drop_arrived()
        self.say_done(_("will not be written to again"))
        self.after_write()

    def _refusing_words(self) -> str:
        """The text that arrived, when it refuses: then it is the reason to begin with."""
        reading = self.reading()
        refuses = reading is not None and reading.reaction is Reaction.REJECTING
        return self.arrived if refuses else ""

    def refuse_by_reply(
        self, contact: int, reason: str, text: str, reading: Reading | None
    ) -> None:
        """Do not contact; words that refuse for good count against the message they answer too."""
        self.past_refusals = False
        if reading is not None and reading.for_good:
            self.log_reply(contact, Reaction.REJECTING, text, None)
        verbs.refuse(self.desk.db, self.desk.shift, self.desk.clock(), contact, reason)

    def action_resume(self) -> None:
        from tui.screens import questions

        contact, offered = self.contact, self.hand.offered
        if contact is None or offered is None:
            return

        if offered.state.status.value == "active":
            self.say(_("{name} is active already.", name=self.hand.name))
            self.redraw_contact()
        else:
            self._ask_why(Kind.RESUMED, contact, questions.resumption, self._resume)

    def _resume(self, contact: int, reason: str) -> None:
        done = verbs.resume(self.desk.db, self.desk.shift, self.desk.clock(), contact, reason)
        self.say_done(f"{kind_word(Kind.RESUMED)} · {next_told(done.state)}")
        self.after_write()

    def _ask_why(
        self,
        kind: Kind,
        contact: int,
        question: Callable[[Callable[[], str], Draft], ChoiceDialog],
        act: Callable[[int, str], None],
    ) -> None:
        """Asks for a reason and acts; what could not be written is there again the next time."""

        draft = self.desk.drafts.of(kind.value, contact, self.hand.called)
        said = self._refusing_words() if kind is Kind.REFUSED else ""
        if said and not draft.begun:
            draft.keep({"words": said})
        asked = question(lambda: self.hand.name, draft)
        self.ask_with_draft(asked, draft, lambda reason: act(contact, reason))

    def ask_with_draft(self, asked: ChoiceDialog, draft: Draft, act: Callable[[str], None]) -> None:
        """Asks for a reason, which is a draft until what it was given for is on the disk."""

        def decided(reason: str | None) -> None:
            if reason:
                draft.keep({"words": reason})
                self.attempt(lambda: write(reason))
            else:
                draft.drop()

        def write(reason: str) -> None:
            act(reason)
            draft.drop()

        self.app.push_screen(asked, decided)

    def action_postpone(self) -> None:
        from tui.screens import questions

        contact = self.contact
        if contact is None:
            return
        today = self.desk.clock().day

        def decided(day: str | None) -> None:
            found = questions.day_of(day, today)
            if found is not None:
                self.attempt(lambda: self._postpone(contact, found))

        self.app.push_screen(questions.postponement(lambda: self.hand.name, today), decided)

    def _postpone(self, contact: int, day: int) -> None:
        done = verbs.snooze(self.desk.db, self.desk.shift, self.desk.clock(), contact, day)
        told = _("postponed to {day}", day=day_words(done.state.due or day))
        if done.state.due != day:
            told += " · " + _("{day} is a day off", day=day_words(day))
        self.say_done(told)
        self.after_write()

    def action_note(self) -> None:
        from tui.screens import questions

        contact = self.contact
        if contact is None:
            return

        draft = self.desk.drafts.of(Kind.NOTE.value, contact, self.hand.called)

        def decided(words: dict[str, str] | None) -> None:
            if words and any(words.values()):
                draft.keep(words)
                self.attempt(lambda: self._note(contact, words, draft))
            else:
                draft.drop()

        self.app.push_screen(questions.note(lambda: self.hand.name, draft, self.arrived), decided)

    def _note(self, contact: int, words: dict[str, str], draft: Draft) -> None:
        verbs.note(self.desk.db, self.desk.shift, self.desk.clock(), contact, words)
        draft.drop()
        self.drop_arrived()
        self.say_done(_("noted"))
        self.after_write()
