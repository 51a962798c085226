"""Screens on which one contact is in hand: every key that acts on it, the same everywhere.

A screen says who is in hand, how to go on and how to draw itself; the sending,
the reactions and the undoing are here, so that no list has its own way of
doing them.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content

from rules.nouns import Kind, Reaction
from rules.sending import Blocked
from rules.wording import N_, sentence
from store import undoing, verbs
from store.timeline import last_touches
from store.undoing import Taken
from tui.keys import CONTACT_KEYS
from tui.opening import OpenDesk
from tui.screens import card, questions
from tui.screens.desk_screen import DeskScreen
from tui.screens.hand import Hand
from tui.show import show
from tui.widgets.lines import Lines
from tui.wording import SIGNS, day_words, kind_word, reaction_word
from tui.words import _, say

TOUCHES_SHOWN = 3


class ContactScreen(DeskScreen):
    """One contact in hand, its card and its script drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in CONTACT_KEYS]

    def __init__(self, desk: OpenDesk) -> None:
        super().__init__(desk)
        self.hand = Hand(desk)
        self._past_refusals = False
        """The key for undo stopped at a do-not-contact and was told how to go on."""
        self.visiting: int | None = None
        """A contact that was found, shown instead of the one under the cursor."""
        self._unsaved: dict[int, dict[str, str]] = {}
        """Notes that could not be written, by contact; the dialog begins with them again."""

    @property
    @abstractmethod
    def listed(self) -> int | None:
        """The contact under the cursor of the screen's list."""

    @abstractmethod
    def go_on(self) -> None:
        """To the next contact of the list."""

    @abstractmethod
    def reread(self, contact: int | None, stage: str | None) -> None:
        """Reads the list anew after an undo, the cursor on that contact if it is in it."""

    @abstractmethod
    def after_write(self) -> None:
        """Reads what a verb changed, and draws."""

    def day_began(self) -> None:
        self.reread(self.listed, None)
        self.hand.take(self.contact)
        self.after_write()

    def sop_changed(self) -> None:
        self.after_write()

    @abstractmethod
    def redraw(self) -> None:
        """Draws everything anew."""

    @property
    def contact(self) -> int | None:
        """The contact that every key acts on: the one whose card is drawn."""
        return self.listed if self.visiting is None else self.visiting

    # Sending

    def action_advance(self) -> None:
        """Enter: copies, then confirms, then goes on."""
        if self.in_burst() or self.contact is None or self.is_held_on():
            return
        if self.hand.phase == "sent":
            self.train_went_on()
            self.go_on()
        elif self.hand.phase == "copied":
            self.attempt(self._confirm)
        else:
            self.action_copy_again()

    def action_copy_again(self) -> None:
        """Copies the script; a first copy waits for the Enter that confirms it."""
        offered = self.hand.offered
        if offered is None:
            return
        text = self.hand.script_text()
        if text is None:
            self.tell_blocked(offered)
            return
        said = self.app_copy(text)
        if self.hand.phase is None:
            self.hand.mark("copied")
            said = f"{said} · " + _("Enter again when it is sent")
        self.say(said)
        self.redraw_contact()

    def _confirm(self) -> None:
        done = self.hand.send()
        if isinstance(done, Blocked):
            self.say(f"■ {self.hand.name}: {say(done.reason)}", "error")
            self.after_write()
            return
        due = done.state.due
        told = _("next on {day}", day=day_words(due)) if due else _("the sequence ends here")
        kind = _("sent") if done.event.kind is Kind.TOUCH else _("answered")
        self.say(f"✓ {self.hand.name}: {kind} · {told} · " + _("Enter or ↓ goes on"), "success")
        self.after_write()

    def action_next_script(self) -> None:
        self.hand.next_script()
        self.redraw_contact()

    def action_choose_content(self) -> None:
        if self.contact is None or self.hand.offered is None:
            return

        def decided(content: str | None) -> None:
            if content:
                self.hand.choose(content)
                self.redraw_contact()

        state = self.hand.offered.state
        self.app.push_screen(questions.contents(self.desk.shift.sop, state.stage), decided)

    def action_open_target(self) -> None:
        offered = self.hand.offered
        content = offered.content if offered else None
        if content is None or content.form is None:
            self.say(_("This script has no link or file."), "warning")
        else:
            self.say(self.app_open(content.target, self.desk.sop_path))
        self.redraw_contact()

    # What came of it

    def action_react(self, value: str) -> None:
        """Logs a reaction of the drawn contact; with the text that arrived, if one did."""
        reaction = Reaction(value)
        contact = self.contact
        if contact is not None and not self.is_bounce(f"{contact}{value}"):
            self.attempt(lambda: self._react(contact, reaction))

    def _react(self, contact: int, reaction: Reaction) -> None:
        words = {"reply": self.arrived} if self.arrived else {}
        now = self.desk.clock()
        done = verbs.react(self.desk.db, self.desk.shift, now, contact, reaction, words)
        self.arrived = ""
        credit = _("kept without credit")
        if done.event.ref is not None:
            credit = self.hand.title_of(done.event.content)
        told = f"{SIGNS[reaction]} {reaction_word(reaction)} → {credit}"
        self.say(f"✓ {self.hand.name}: {told}", "success")
        self.after_write()

    def action_refuse(self) -> None:
        contact = self.contact
        if contact is None:
            return

        def decided(reason: str | None) -> None:
            if reason:
                self.attempt(lambda: self._refuse(contact, reason))

        self.app.push_screen(questions.refusal(self.hand.name), decided)

    def _refuse(self, contact: int, reason: str) -> None:
        self._past_refusals = False
        verbs.refuse(self.desk.db, self.desk.shift, self.desk.clock(), contact, reason)
        self.say(f"✓ {self.hand.name}: " + _("will not be written to again"), "success")
        self.after_write()

    def action_resume(self) -> None:
        contact, offered = self.contact, self.hand.offered
        if contact is None or offered is None:
            return

        def decided(reason: str | None) -> None:
            if reason:
                self.attempt(lambda: self._resume(contact, reason))

        if offered.state.status.value == "active":
            self.say(_("{name} is active already.", name=self.hand.name))
            self.redraw_contact()
        else:
            self.app.push_screen(questions.resumption(self.hand.name), decided)

    def _resume(self, contact: int, reason: str) -> None:
        done = verbs.resume(self.desk.db, self.desk.shift, self.desk.clock(), contact, reason)
        due = done.state.due
        told = _("next on {day}", day=day_words(due)) if due else _("the sequence ends here")
        self.say(f"✓ {self.hand.name}: {kind_word(Kind.RESUMED)} · {told}", "success")
        self.after_write()

    def action_postpone(self) -> None:
        contact = self.contact
        if contact is None:
            return
        today = self.desk.clock().day

        def decided(day: str | None) -> None:
            found = questions.day_of(day, today)
            if found is not None:
                self.attempt(lambda: self._postpone(contact, found))

        self.app.push_screen(questions.postponement(self.hand.name, today), decided)

    def _postpone(self, contact: int, day: int) -> None:
        done = verbs.snooze(self.desk.db, self.desk.shift, self.desk.clock(), contact, day)
        told = _("postponed to {day}", day=day_words(done.state.due or day))
        if done.state.due != day:
            told += " · " + _("{day} is a day off", day=day_words(day))
        self.say(f"✓ {self.hand.name}: {told}", "success")
        self.after_write()

    def action_note(self) -> None:
        contact = self.contact
        if contact is None:
            return

        def decided(words: dict[str, str] | None) -> None:
            self._unsaved.pop(contact, None)
            if words and any(words.values()):
                self._unsaved[contact] = words
                self.attempt(lambda: self._note(contact, words))

        begun = self._unsaved.get(contact, {"note": self.arrived})
        self.app.push_screen(questions.note(self.hand.name, begun), decided)

    def _note(self, contact: int, words: dict[str, str]) -> None:
        verbs.note(self.desk.db, self.desk.shift, self.desk.clock(), contact, words)
        self._unsaved.pop(contact, None)
        self.arrived = ""
        self.say(f"✓ {self.hand.name}: " + _("noted"), "success")
        self.after_write()

    # Finding, undoing, texts

    def action_find(self) -> None:
        def decided(contact: str | None) -> None:
            if contact:
                self.visit(int(contact))

        self.app.push_screen(questions.people(self.desk.db, self.desk.shift), decided)

    def visit(self, contact: int) -> None:
        """Shows a contact that was found, whoever owns it, until Esc or an arrow."""
        self.visiting = contact
        self.hand.take(contact)
        self.say("")
        self.redraw()

    def action_back(self) -> None:
        if self.arrived:
            self.arrived = ""
            self.say(_("The text was dropped; nothing was logged."))
        elif self.visiting is not None:
            self.visiting = None
            self.hand.take(self.contact)
        self.redraw()

    def action_undo(self) -> None:
        """Backspace: one step a press; held down it counts once."""

        def undo() -> None:
            desk, past = self.desk, self._past_refusals
            self._past_refusals = True
            try:
                taken = undoing.undo(
                    desk.db, desk.shift, desk.clock(), same_day=True, past_refusals=past
                )
            except undoing.StaysUndone as error:
                again = N_("F11 takes it back with a reason; Backspace again passes it by")
                raise undoing.StaysUndone(error.what, sentence(again)) from error
            self._past_refusals = past
            self._taken(taken)

        self.once_if_held(lambda: self.attempt(undo))

    def action_redo(self) -> None:
        desk = self.desk
        self.attempt(lambda: self._taken(undoing.redo(desk.db, desk.shift, desk.clock())))

    def _taken(self, taken: Taken) -> None:
        """Shows what an undo or redo did, on the contact it is about."""
        target = taken.target
        word = kind_word(target.kind) if target.reaction is None else reaction_word(target.reaction)
        self.visiting = None
        if target.contact is not None:
            self.hand.forget(target.contact)
        self.reread(target.contact, taken.state.stage if taken.state else None)
        if target.contact is not None and taken.state and self.contact != target.contact:
            self.visiting = target.contact
        self.hand.take(self.contact)
        name = "" if target.contact is None else self.hand.name
        self.say(f"↶ {kind_word(taken.event.kind)}: {word} {name}".rstrip())
        self.after_write()

    def on_paste(self, event: events.Paste) -> None:
        """A text came by paste or from the input method: it presses nothing."""
        event.stop()
        self.text_arrived(event.text)

    # Drawing

    def redraw_contact(self) -> None:
        """Draws the card and the script of the contact that keys act on, and the bars."""
        pane, script = self.query_one("#card", Lines), self.query_one("#script", Lines)
        offered = self.hand.offered
        if offered is None:
            pane.border_title = script.border_title = script.border_subtitle = ""
            pane.draw([])
            script.draw([])
            self.draw_bars("")
            return
        desk = self.desk
        touches = last_touches(desk.db, offered.contact, TOUCHES_SHOWN)
        found = self.visiting is not None
        pane.border_title = Content(_("Found · Esc goes back") if found else _("Contact"))
        pane.draw(card.card_lines(offered, touches, desk.shift.sop, pane.size.width))
        script.border_title = Content(show(card.script_title(offered, self.hand.index)))
        why = card.why_words(offered, self.hand.offer)
        script.border_subtitle = Content(show(why, max(0, script.size.width - 2)))
        script.draw(card.script_lines(offered.content, self.hand.offer, script.size.width))
        today, days = desk.clock().day, desk.shift.settings.credit_days
        credited = next((t for t in touches[:1] if today - t.touch.day <= days), None)
        self.draw_bars(card.credit_words(credited, desk.shift.sop))
